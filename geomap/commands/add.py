"""add: take documents and sheets in."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.commands.command import Command, geodata_option, print_lines, show_progress
from geomap.commands.messages import format_list, say
from geomap.store.lock import lock_tables

if TYPE_CHECKING:
    from geomap.pipeline.arrive import Taken


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", type=Path, nargs="*", metavar="PATH",
        help="documents, sheets or folders; none: read the folder's own documents again",
    )  # fmt: skip
    geodata_option(parser)


def _run(chosen: argparse.Namespace) -> int:
    from geomap.pipeline.arrive import take_paths, writable_folder

    geodata = writable_folder(chosen.geodata)
    with lock_tables(geodata.root):
        print_lines(report_intake(chosen.lang, take_paths(chosen.paths, geodata, show_progress)))
    return 0


def report_intake(lang: str, taken: Taken) -> Iterator[str]:
    """Return the lines of the report: sheets, reports of riders, documents."""
    from geomap.commands.sheet_report import report_sheets

    if taken.merged:
        yield from report_sheets(lang, taken.merged, taken.sheets - len(taken.merged.unread))
    texts, new, lost = taken.reports
    if texts:
        yield say(lang, "reports", texts=texts, new=new, lost=lost)
    if added := taken.added:
        yield say(
            lang,
            "added",
            documents=added.documents,
            new=len(added.new),
            changed=len(added.changed),
            known=added.known,
            claims=added.claims,
            services=added.services,
        )
        yield from format_list(lang, "skips", added.skips)


COMMAND = Command(
    "take documents into found.csv and sheets into the ledger",
    "add 新站点.xlsx news/ --geodata geodata",
    _options,
    _run,
)
