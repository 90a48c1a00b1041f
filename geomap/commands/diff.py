"""diff: what has changed from one edition of the map to another."""

from __future__ import annotations

import argparse
from pathlib import Path

from geomap.commands.command import Command, force_option, print_lines, put_output
from geomap.store.output import check_output


def _options(parser: argparse.ArgumentParser) -> None:
    for name in ("old", "new"):
        parser.add_argument(
            name, type=Path, metavar=name.upper(),
            help="a built site, a published folder, or a kept edition (SITE.editions/0001_….zip)",
        )  # fmt: skip
    parser.add_argument("--json", type=Path, metavar="FILE", help="the same as JSON")
    force_option(parser)


def _run(chosen: argparse.Namespace) -> int:
    from geomap.commands.story_report import headline, say_changes
    from geomap.pipeline.story import is_public, read_snapshot
    from geomap.stations.edition_diff import compare

    if chosen.json:
        check_output(chosen.json, chosen.command, force=chosen.force)
    public = is_public(chosen.old) or is_public(chosen.new)
    old, new = (read_snapshot(place, public=public) for place in (chosen.old, chosen.new))
    story = compare(old, new)
    print(headline(chosen.lang, story))
    print_lines(say_changes(chosen.lang, story))
    if chosen.json:
        put_output(chosen, chosen.json, story.to_json())
    return 0


COMMAND = Command(
    "say what has changed from one edition to another",
    "diff site.editions/0001_2026-10-01.zip site",
    _options,
    _run,
)
