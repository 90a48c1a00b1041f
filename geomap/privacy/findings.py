"""What the filter holds back, as findings: file, row, column and kind, never the text itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from geomap.model.records import Finding, Source
from geomap.model.sources import parse_sources
from geomap.privacy.filter import PHONE, WORD, Filter, clean_sources, texts_of
from geomap.privacy.names import FILE, NAME
from geomap.privacy.numbers import ACCOUNT, CARD, IDENTITY, MAIL, MOBILE, PLATE
from geomap.stations.found import split_placed

_NOT_SHOWN = "is not shown on public pages; take it out of the table"
#: Kind → code and what to do.
CODES = {
    MOBILE: ("private-mobile", f"a mobile number {_NOT_SHOWN}"),
    IDENTITY: ("private-identity", f"an identity card's number {_NOT_SHOWN}"),
    CARD: ("private-bank-card", f"a bank card's number {_NOT_SHOWN}"),
    PLATE: ("private-plate", f"a number plate {_NOT_SHOWN}"),
    ACCOUNT: ("private-account", f"a WeChat, QQ or other account {_NOT_SHOWN}"),
    MAIL: ("private-mail", f"a personal mail address {_NOT_SHOWN}; an office's mailbox is"),
    NAME: ("private-name", f"a person's name {_NOT_SHOWN}"),
    WORD: ("sensitive-word", "a word of sensitive.txt: this stays off public pages"),
}


def find_in_table(
    file: str,
    table: pd.DataFrame,
    numbers: Sequence[int],
    columns: Mapping[str, str],
    sieve: Filter,
) -> list[Finding]:
    """Return a finding for every cell of which something is held back.

    Parameters
    ----------
    file : the table's name, as a clerk knows it.
    table : its rows as text; a column ``source`` is read as sources.
    numbers : the row of each as a spreadsheet shows it.
    columns : column → what its texts are, as :data:`geomap.privacy.filter.STATION_TEXTS`.
    sieve : what to hold back.
    """
    cells = [
        (row, "opening_hours" if column == "hours_words" else column, kind)
        for column, what in columns.items()
        if column in table
        for row, cleaned in zip(
            numbers, sieve.clean_all(texts_of(table[column]), what), strict=True
        )
        for kind in cleaned.held
    ]
    written = table["source"].astype(str) if "source" in table else ()
    for row, cell in zip(numbers, written, strict=False):
        if documents := _documents(cell):
            cells += [(row, "source", kind) for _, kind in clean_sources([documents], sieve)[1]]
    found = dict.fromkeys(_finding(file, *cell) for cell in cells)
    return sorted(found, key=lambda each: (each.row, each.column, each.code))


def _documents(cell: str) -> tuple[Source, ...]:
    """The documents of a cell; how a machine placed the row is not shown as one of them."""
    return split_placed(parse_sources(cell))[0]


def _finding(file: str, row: int, column: str, kind: str) -> Finding:
    code, message = CODES[kind]
    if column == PHONE and kind == MOBILE:
        code = "phone-personal"
    return Finding(file, row, column, code, message)


def find_in_names(paths: Sequence[Path], sieve: Filter) -> Iterator[Finding]:
    """Yield a finding for every document whose name says too much; the name is masked there."""
    for path in paths:
        shown = sieve.clean(path.name, FILE)
        yield from (_finding(f"documents/{shown.text}", 0, "document", kind) for kind in shown.held)
