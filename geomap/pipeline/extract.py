"""extract: what documents say, as a table, and what of it the map does not know yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geomap.files.foreign import list_files, refuse_missing
from geomap.find.rows import COLUMNS, extract_rows, format_jsonl
from geomap.model.records import InputError, Mention, Skip
from geomap.pipeline.any_ledger import read_people
from geomap.pipeline.reading import read_files
from geomap.pipeline.reference import Reference
from geomap.sheets.csv_writing import serialize_records
from geomap.stations.found import mention_row
from geomap.stations.join import join_tables
from geomap.stations.ledger import read_ledger
from geomap.stations.merge import merge_mentions


@dataclass(frozen=True, slots=True)
class Extracted:
    """The table of ``extract``, as written, and counts for its report."""

    content: bytes
    documents: int
    rows: int
    new: int
    changed_hours: int
    known: int
    skips: tuple[Skip, ...]


def extract(
    paths: Sequence[Path], out: Path, reference: Reference, progress: Callable[[str], None]
) -> Extracted:
    """Return one row a place or count, in the form of ``out`` (.csv or .jsonl), and what is new.

    Raises
    ------
    InputError
        A path does not exist, or ``out`` is neither .csv nor .jsonl.
    """
    refuse_missing(paths)
    if out.suffix.lower() not in (".csv", ".jsonl"):
        raise InputError(
            f"{out}: write to a .csv or .jsonl file", code="suffix-unfit", where=out,
            detail=".csv .jsonl",
        )  # fmt: skip
    is_jsonl = out.suffix.lower() == ".jsonl"
    progress("read")
    reading = read_files(list_files(paths), reference)
    rows = extract_rows(reading.mentions)
    progress("compare")
    places = [place for place in merge_mentions(reading.mentions) if place.mappable]
    new, hours, known = compare(places, read_known(reference))
    content = format_jsonl(rows).encode() if is_jsonl else serialize_records(COLUMNS, rows)
    return Extracted(content, reading.documents, len(rows), new, hours, known, reading.skips)


def read_known(reference: Reference) -> pd.DataFrame:
    """Return the stations the folder knows: ledger and found.csv joined."""
    people, machine = (reference.geodata.file(name) for name in ("stations.csv", "found.csv"))
    found = read_ledger(machine, reference.vocabulary)
    return join_tables(read_people(people, reference).rows, found.rows)[0]


def compare(places: Sequence[Mention], known: pd.DataFrame) -> tuple[int, int, int]:
    """Return how many places are new, how many known ones state other hours, how many are known."""
    hours = dict(zip(known.station_id, known.opening_hours, strict=True))
    columns = {"hours_words": "", "decimals": 0}
    rows = pd.DataFrame([mention_row(place) | columns for place in places], dtype=object)
    if not places:
        return 0, 0, 0
    # Joined with the known stations as a ledger, a place that is known takes the known row's id.
    _, adopted = join_tables(known.drop(columns=["confirmed", "sources"]), rows)
    ids = [str(row["station_id"]) for row in rows.to_dict("records")]
    own = [adopted.get(each) for each in ids]
    changed = sum(
        bool(row and place.opening_hours and hours.get(row) != place.opening_hours)
        for row, place in zip(own, places, strict=True)
    )
    new = own.count(None)
    return new, changed, len(places) - new - changed
