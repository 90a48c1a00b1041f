"""extract: what documents say, as a table, compared with what the ledger knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geomap.documents import read_documents
from geomap.find import extract_bytes, extract_rows, find_all
from geomap.ground import Ground
from geomap.join import join_tables
from geomap.ledger import Ledger, clean_sheet, read_ledger
from geomap.atomic import write_bytes
from geomap.found import mention_row
from geomap.merge import merge_mentions
from geomap.records import Mention, Skip
from geomap.sheets import Row, Sheet
from geomap.tables import LEDGER


@dataclass(frozen=True, slots=True)
class Extracted:
    """Counts for the report of ``extract``."""

    documents: int
    rows: int
    new: int
    changed_hours: int
    known: int
    skips: tuple[Skip, ...]
