"""Sheets, and what is read out of their cells."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from geomap.files.folder import SHIPPED
from geomap.model.vocabulary import Vocabulary, read_vocabulary
from geomap.stations.ledger import read_ledger
from tests.fuzz import seeds
from tests.fuzz.target import file_target

_XML = (
    '<c r="XFD1048576"><v>1</v></c>', '<row r="99999999999">', ' t="s"', ' t="d"', ' t="e"',
    '<mergeCell ref="A1:XFD1048576"/>', "<v>99</v>", ' s="9"', "<f>1/0</f>", '<sheet name="x"/>',
)  # fmt: skip


@cache
def known_words() -> Vocabulary:
    """Return the words a ledger may use."""
    return read_vocabulary(SHIPPED / "words.toml")


def _read(path: Path) -> object:
    return read_ledger(path, known_words())


file_target("xlsx", ".xlsx", seeds.workbooks, _XML)(_read)
file_target("csv", ".csv", seeds.sheets, ('"', '"\n', "sep=;", "名称,", "高德"))(_read)
