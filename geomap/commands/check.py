"""check: every finding in the folder's tables, one line each; and a template for staff."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from geomap.commands.command import (
    Command,
    force_option,
    geodata_option,
    print_lines,
    put_output,
    refuse_suffix,
)
from geomap.commands.messages import format_finding, format_message, say
from geomap.files.folder import Geodata, open_geodata
from geomap.model.records import Finding
from geomap.store.lock import lock_tables
from geomap.store.output import check_output


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "sheet", type=Path, nargs="?", metavar="SHEET",
        help="any sheet, looked at before it is added; none: the folder's own tables",
    )  # fmt: skip
    geodata_option(parser)
    parser.add_argument("--json", type=Path, metavar="FILE", help="the same findings as JSON")
    parser.add_argument(
        "--template", type=Path, metavar="FILE.xlsx", help="write an empty ledger to fill in"
    )
    parser.add_argument(
        "--marked", type=Path, metavar="FILE.xlsx",
        help="the sheet (or the ledger) back, coloured, with a note in each cell to look at",
    )  # fmt: skip
    force_option(parser)


def _run(chosen: argparse.Namespace) -> int:
    from geomap.commands.sheet_report import say_columns
    from geomap.pipeline.inspect import inspect_folder
    from geomap.pipeline.inspect_sheet import inspect_sheet
    from geomap.pipeline.reference import Reference
    from geomap.sheets.template import make_template

    if chosen.marked:
        refuse_suffix(chosen.marked, ".xlsx")
    for output in filter(None, (chosen.json, chosen.marked)):
        check_output(output, chosen.command, force=chosen.force)
    if chosen.template:
        put_output(chosen, chosen.template, make_template())
        print(say(chosen.lang, "template", file=chosen.template))
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
    if chosen.sheet:
        inspected = inspect_sheet(chosen.sheet, Reference(Geodata(chosen.geodata)), today)
        findings = list(inspected.findings)
        for arriving in inspected.sheets:
            print_lines(say_columns(chosen.lang, arriving))
    else:
        geodata = open_geodata(chosen.geodata)
        with lock_tables(geodata.root):
            findings = inspect_folder(Reference(geodata), today)
    print_lines(format_finding(chosen.lang, finding) for finding in findings)
    if chosen.marked:
        _put_marked(chosen, findings)
    if chosen.json:
        text = json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1)
        put_output(chosen, chosen.json, (text + "\n").encode())
    key = "checked" if findings else "clean"
    print(say(chosen.lang, key, count=len(findings)))
    return 3 if findings else 0


def _put_marked(chosen: argparse.Namespace, findings: Sequence[Finding]) -> None:
    """Write the sheet, or the folder's ledger, with a note in each cell to look at."""
    from geomap.sheets.marked import Mark, annotate_workbook

    path = chosen.sheet or open_geodata(chosen.geodata).file("stations.csv")
    marks = [
        Mark(each.cell, each.heading, format_message(chosen.lang, each))
        for each in findings
        if each.file == path.name
    ]
    title, *head = say(chosen.lang, "marks").split("|")
    put_output(chosen, chosen.marked, annotate_workbook(path, marks, title, head))
    print(say(chosen.lang, "marked", file=chosen.marked, count=len(marks)))


COMMAND = Command(
    "print what is wrong with a sheet or with the folder's tables, one line a finding",
    "check 新站点.xlsx --geodata geodata --json findings.json",
    _options,
    _run,
)
