"""A ledger as the map half wants it, whatever headings its clerk gave it."""

from __future__ import annotations

from pathlib import Path

from geomap.model.records import InputError
from geomap.pipeline.reference import Reference
from geomap.sheets.reading import Sheet, read_sheet
from geomap.sheets.table_file import Checked
from geomap.sheets.workbooks import sheet_titles
from geomap.stations.ledger import clean_ledger, read_ledger


def read_people(path: Path, reference: Reference) -> Checked:
    """Return the usable rows of a folder's ledger, the skipped ones and every finding.

    Raises
    ------
    InputError
        The file cannot be read, or an id is invalid or given twice.
    """
    if not path.exists():
        return read_ledger(path, reference.vocabulary)
    if (plain := _read_plain(path, reference)) is not None:
        return clean_ledger(plain, reference.vocabulary)
    from geomap.pipeline.clerks_ledger import understand_ledger  # most ledgers need none of it

    return understand_ledger(path, reference)


def _read_plain(path: Path, reference: Reference) -> Sheet | None:
    """Return a ledger of our own columns, in which nothing is left to be understood."""
    try:
        sheet = read_sheet(path, reference.vocabulary.headings)
    except InputError as error:
        if error.code in ("headings-missing", "heading-repeated"):
            return None
        raise
    ours = not sheet.unknown and ("datum" in sheet.columns or "lon" not in sheet.columns)
    is_plain = ours and (path.suffix == ".csv" or len(sheet_titles(path)) == 1)
    return sheet if is_plain else None
