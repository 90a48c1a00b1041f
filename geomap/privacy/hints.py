"""A cheap first look: most texts of a map hold nothing that could be private."""

from __future__ import annotations

import re

from geomap.privacy.digits import may_hold_number
from geomap.privacy.names import FILE, HINT_OF_NAME
from geomap.privacy.numbers import HINT_OF_ACCOUNT
from geomap.script import simplify

_HINT = re.compile(f"{HINT_OF_ACCOUNT}|{HINT_OF_NAME}")


def may_be_private(text: str, kind: str) -> bool:
    """Whether a text is worth a close look; False is certain."""
    return kind == FILE or bool(_HINT.search(simplify(text))) or may_hold_number(text)
