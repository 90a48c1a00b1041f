"""geocode: where the rows of any sheet are, and how sure that is."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from geomap.commands.command import (
    Command,
    estimate_printer,
    force_option,
    gazetteer_option,
    geodata_option,
    map_option,
    print_lines,
    provider_option,
    put_output,
    refuse_suffix,
    show_progress,
)
from geomap.commands.messages import call_key, format_asked, format_list, join_parts, say
from geomap.files.folder import Geodata
from geomap.store.output import check_output


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("stations", type=Path, metavar="STATIONS", help="any sheet of places")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.csv")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N rows")
    gazetteer_option(parser)
    parser.add_argument(
        "--gazetteer-datum", metavar="D", default="", help="datum of its coordinates"
    )
    map_option(parser)
    provider_option(parser)
    force_option(parser)
    geodata_option(parser)


def _run(chosen: argparse.Namespace) -> int:
    from geomap.pipeline.geocode import GEOCODED, Wish, geocode_sheet
    from geomap.pipeline.reference import Extra, Reference
    from geomap.sheets.csv_writing import serialize_records

    refuse_suffix(chosen.out, ".csv")
    check_output(chosen.out, chosen.command, force=chosen.force)
    reference = Reference(Geodata(chosen.geodata))
    show_progress("place")
    wish = Wish(
        Extra(chosen.gazetteer, chosen.gazetteer_datum, tuple(chosen.map)),
        chosen.limit, chosen.provider,
        estimate_printer(chosen.lang),
    )  # fmt: skip
    geocoded = geocode_sheet(chosen.stations, reference, wish)
    columns = [*geocoded.columns, *(name for name in GEOCODED if name not in geocoded.columns)]
    put_output(chosen, chosen.out, serialize_records(columns, geocoded.rows))
    tally = Counter(str(row["precision"]) for row in geocoded.rows)
    named = (
        f"{call_key(chosen.lang, 'precision', n)} {count}" for n, count in sorted(tally.items())
    )
    parts = join_parts(chosen.lang, named) or "-"
    print(say(chosen.lang, "geocoded", count=len(geocoded.rows), parts=parts))
    if geocoded.asked:
        print(format_asked(chosen.lang, geocoded.asked.counts))
    print_lines(format_list(chosen.lang, "skips", geocoded.skips))
    return 0


COMMAND = Command(
    "place the rows of a sheet, with precision and uncertainty",
    "geocode 名单.xlsx --out placed.csv",
    _options,
    _run,
)
