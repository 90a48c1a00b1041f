"""extract: what the finder sees in documents, and what of it is new."""

from __future__ import annotations

import argparse
from pathlib import Path

from geomap.commands.command import (
    Command,
    force_option,
    geodata_option,
    print_lines,
    put_output,
    show_progress,
)
from geomap.commands.messages import format_list, say
from geomap.files.folder import Geodata
from geomap.store.output import check_output


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="documents or folders")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.csv|FILE.jsonl")
    force_option(parser)
    geodata_option(parser)


def _run(chosen: argparse.Namespace) -> int:
    from geomap.pipeline.extract import extract
    from geomap.pipeline.reference import Reference

    check_output(chosen.out, chosen.command, force=chosen.force)
    extracted = extract(chosen.paths, chosen.out, Reference(Geodata(chosen.geodata)), show_progress)
    put_output(chosen, chosen.out, extracted.content)
    print(
        say(
            chosen.lang,
            "extracted",
            documents=extracted.documents,
            rows=extracted.rows,
            new=extracted.new,
            hours=extracted.changed_hours,
            known=extracted.known,
        )
    )
    print_lines(format_list(chosen.lang, "skips", extracted.skips))
    return 0


COMMAND = Command(
    "list the places and counts that documents name, and what of them is new",
    "extract news/ --out found.jsonl",
    _options,
    _run,
)
