"""Sheets as people keep them: every cell is understood, kept as a column of its own, or named."""

from __future__ import annotations

from geomap.arriving.arrived import Arriving
from geomap.arriving.changes import Change
from geomap.arriving.columns import SheetColumn
from geomap.arriving.reading import read_arriving

__all__ = ["Arriving", "Change", "SheetColumn", "read_arriving"]
