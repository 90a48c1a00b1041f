"""add: take documents and sheets in."""

from __future__ import annotations

import argparse
from pathlib import Path

from geomap.commands.command import Command, geodata_option, print_lines, show_progress
from geomap.commands.messages import say, say_list
from geomap.files.folder import SHIPPED, Geodata
from geomap.files.shipped import is_installed
from geomap.model.records import InputError
from geomap.store.lock import lock_tables


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", type=Path, nargs="*", metavar="PATH",
        help="documents, sheets or folders; none: read the folder's own documents again",
    )  # fmt: skip
    geodata_option(parser)


def _run(chosen: argparse.Namespace) -> int:
    if not chosen.geodata.is_dir():
        raise InputError(
            f"{chosen.geodata}: no such folder; make it first, or check --geodata",
            code="folder-missing", where=chosen.geodata,
        )  # fmt: skip
    if chosen.geodata == SHIPPED and is_installed():
        raise InputError(
            "--geodata: name your own folder; the one that came with the program is only read",
            code="folder-shipped", where="--geodata",
        )  # fmt: skip
    with lock_tables(chosen.geodata):
        return _add(chosen, Geodata(chosen.geodata))


def _add(chosen: argparse.Namespace, geodata: Geodata) -> int:
    from geomap.commands.sheet_report import report_sheets
    from geomap.pipeline.intake import add, documents_in, is_sheet, take_reports
    from geomap.pipeline.merge_sheet import merge_sheets

    sheets = [path for path in chosen.paths if is_sheet(path)]
    others = [path for path in chosen.paths if path not in sheets]
    if sheets:
        merged = merge_sheets(sheets, geodata)
        print_lines(report_sheets(chosen.lang, merged, len(sheets) - len(merged.unread)))
    texts, new, lost = take_reports(others, geodata)
    if texts:
        print(say(chosen.lang, "reports", texts=texts, new=new, lost=lost))
    if documents_in(others) or not (sheets or texts):
        added = add(others, geodata, show_progress)
        print(
            say(
                chosen.lang,
                "added",
                documents=added.documents,
                new=added.new,
                changed=added.changed,
                known=added.known,
                claims=added.claims,
                services=added.services,
            )
        )
        print_lines(say_list(chosen.lang, "skips", added.skips))
    return 0


COMMAND = Command(
    "take documents into found.csv and sheets into the ledger",
    "add 新站点.xlsx news/ --geodata geodata",
    _options,
    _run,
)
