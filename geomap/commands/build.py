"""build: make the site of a folder."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.commands.command import (
    Command,
    demand_option,
    estimate_printer,
    gazetteer_option,
    geodata_option,
    map_option,
    provider_option,
    roads_option,
    show_progress,
)
from geomap.commands.messages import call, call_column, call_key, format_list, join_parts, say

if TYPE_CHECKING:
    from geomap.pipeline.build import Built

_OFFLINE = "never ask the network, which is so without --provider; this says so"


def _options(parser: argparse.ArgumentParser) -> None:
    geodata_option(parser)
    parser.add_argument(
        "--out", type=Path, default=Path("site"), metavar="DIR", help="site folder, replaced whole"
    )
    roads_option(parser)
    demand_option(parser)
    network = parser.add_mutually_exclusive_group()
    network.add_argument("--offline", action="store_true", help=_OFFLINE)
    provider_option(network)
    map_option(parser)
    gazetteer_option(parser)
    parser.add_argument(
        "--one-file", action="store_true", help="also write the riders' map as one HTML file"
    )
    parser.add_argument(
        "--no-clock", action="store_true", help="leave out the shares of each hour (hours.csv)"
    )
    parser.add_argument(
        "--as-of", type=_day, metavar="DATE",
        help="the map of a past day (2024-12-31), from opened_on and closed_on",
    )  # fmt: skip
    parser.add_argument(
        "--previous", type=Path, metavar="SITE",
        help="the edition that changes are told from; the last one published without it",
    )  # fmt: skip
    parser.add_argument(
        "--strict", action="store_true", help="publish nothing when a row was skipped or doubtful"
    )


def _day(written: str) -> str:
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError as fault:
        raise argparse.ArgumentTypeError(f"{written!r} is no day; write 2024-12-31") from fault


def _run(chosen: argparse.Namespace) -> int:
    from geomap.pipeline.build import Order, build

    order = Order(
        geodata=chosen.geodata,
        out=chosen.out,
        roads=tuple(chosen.roads),
        maps=tuple(chosen.map),
        gazetteer=chosen.gazetteer,
        demand=chosen.demand,
        strict=chosen.strict,
        one_file=chosen.one_file,
        previous=chosen.previous,
        clock=not chosen.no_clock,
        provider=chosen.provider,
        as_of=chosen.as_of or "",
    )
    built = build(order, show_progress, estimate_printer(chosen.lang))
    faulty = bool(built.skips or built.warnings)
    refused = order.strict and faulty
    print("\n".join(_lines(chosen.lang, built, order.out, refused)))
    return 3 if refused else 0


def _lines(lang: str, built: Built, out: Path, refused: bool) -> list[str]:
    report = built.edition.report
    counts = report["counts"]
    status = counts["by_status"]
    tally = counts["by_precision"].items()
    named = (f"{call_key(lang, 'precision', name)} {number}" for name, number in tally)
    places = join_parts(lang, named)
    lines = [
        say(
            lang,
            "stations",
            total=counts["stations"],
            confirmed=counts["confirmed"],
            unconfirmed=counts["stations"] - counts["confirmed"],
            operating=status.get("operating", 0) + status.get("converted", 0),
            planned=status.get("planned", 0),
            closed=status.get("closed", 0),
        ),
        say(lang, "precision", parts=places or "-"),
        say(
            lang,
            "districts",
            count=len(built.edition.districts),
            claims=counts["claims"],
            services=counts["services"],
        ),
        *([say(lang, "as-of", **report["as_of"])] if "as_of" in report else []),
        *_roads(lang, report["roads"]),
        *say_one_file(lang, built),
        *_held_back(lang, report["held_back"]),
        *format_list(lang, "skips", built.skips),
        *format_list(lang, "warnings", built.warnings),
    ]
    if built.story:
        from geomap.commands.story_report import headline

        lines.append(headline(lang, built.story))
    if refused:
        return [*lines, say(lang, "strict")]
    if not built.edition.settings.publish.is_open:
        lines.append(say(lang, "demo" if built.edition.settings.publish.demo else "draft"))
    planner = out / "internal" / "planner.html"
    return [*lines, say(lang, "built", page=out / "public" / "index.html", planner=planner)]


def _roads(lang: str, roads: Mapping[str, Any]) -> list[str]:
    if not roads["detour_pairs"]:
        return []
    count, factor = roads["stations_on_network"], roads["detour_factor"]
    return [say(lang, "roads", stations=count, factor=factor, pairs=roads["detour_pairs"])]


def _held_back(lang: str, by_column: Mapping[str, Mapping[str, int]]) -> list[str]:
    count = sum(sum(kinds.values()) for kinds in by_column.values())
    parts = [
        f"{call_column(lang, column)} {call(lang, 'held', kind)} {number}"
        for column, kinds in by_column.items()
        for kind, number in kinds.items()
    ]
    return [say(lang, "held_back", count=count, parts=join_parts(lang, parts))] if count else []


def say_one_file(lang: str, built: Built) -> list[str]:
    """Return how heavy the one file is, and that it has no streets where they were too heavy."""
    from geomap.pages.one_file import MOST_BYTES, has_streets

    written = built.site.get("public/one-file.html")
    if written is None:
        return []
    lines = [say(lang, "one_file", kib=round(len(written) / 1024))]
    if built.edition.streets is not None and not has_streets(written):
        lines.append(say(lang, "one_file_without_streets", kib=MOST_BYTES // 1024))
    return lines


COMMAND = Command(
    "make the site of a folder of stations",
    "build --geodata geodata --out site",
    _options,
    _run,
)
