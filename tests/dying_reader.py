"""A reader that dies of some files, as a parser in C may: its process ends without a word."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from geomap.pipeline import reading

read_here = reading._read_here


def read_or_die(paths: Sequence[Path]) -> list[Any]:
    """Read the files; end the process where one is named so."""
    if any(path.name.startswith("deadly") for path in paths):
        os._exit(9)
    return read_here(paths)


def die(_geodata: object) -> None:
    """End a process before it has read anything."""
    os._exit(9)
