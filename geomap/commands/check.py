"""check: every finding in the folder's tables, one line each; and a template for staff."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from geomap.commands.command import Command, geodata_option
from geomap.folder import open_geodata
from geomap.ground import Ground
from geomap.messages import say, say_one
from geomap.pipeline.inspect import inspect_folder
from geomap.store.atomic import write_bytes
from geomap.template import template_bytes


def _options(parser: argparse.ArgumentParser) -> None:
    geodata_option(parser)
    parser.add_argument("--json", type=Path, metavar="FILE", help="the same findings as JSON")
    parser.add_argument(
        "--template", type=Path, metavar="FILE.xlsx", help="write an empty ledger to fill in"
    )


def _run(chosen: argparse.Namespace) -> int:
    if chosen.template:
        write_bytes(chosen.template, template_bytes())
        print(say(chosen.lang, "template", file=chosen.template))
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
    findings = inspect_folder(Ground(open_geodata(chosen.geodata)), today)
    for finding in findings:
        print(say_one(chosen.lang, finding))
    if chosen.json:
        text = json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1)
        write_bytes(chosen.json, (text + "\n").encode())
    key = "checked" if findings else "clean"
    print(say(chosen.lang, key, count=len(findings)))
    return 3 if findings else 0


COMMAND = Command(
    "print what is wrong with the tables, one line a finding",
    "python build_map.py check --geodata geodata --json findings.json",
    _options,
    _run,
)
