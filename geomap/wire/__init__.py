"""How tables, shapes and streets travel to the browser: one codec, and its version.

Numbers travel as letters (:mod:`geomap.wire.letters`); ``templates/shared/wire.js`` reads them for
both pages. ``tests/wire/golden`` holds examples that
:mod:`tests.wire_read` and the browser must read alike.
"""

from geomap.wire.rings import encode_rings
from geomap.wire.tables import Coded, code, encode_steps, encode_table, encode_tables

#: Changes whenever a browser of before could misread what is written now.
VERSION = 1

__all__ = [
    "VERSION", "Coded", "code", "encode_rings", "encode_steps", "encode_table", "encode_tables",
]  # fmt: skip
