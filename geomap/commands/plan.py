"""plan: what the budget buys."""

from __future__ import annotations

import argparse
from pathlib import Path

from geomap.commands.command import (
    Command,
    demand_option,
    force_option,
    geodata_option,
    print_lines,
    put_output,
    roads_option,
    show_progress,
)
from geomap.commands.messages import format_list, say
from geomap.store.output import check_output

_FILES = ("plan.json", "plan.geojson")


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--sites", type=_count, required=True, metavar="K", help="at most so many actions"
    )
    parser.add_argument("--envelope", default="", metavar="ID", help="what counts as reached")
    parser.add_argument(
        "--actions", choices=("sites", "hours", "both"), default="sites",
        help="new and planned sites, longer hours and mobile visits, or both (by the hour)",
    )  # fmt: skip
    parser.add_argument(
        "--candidates", type=Path, metavar="FILE",
        help="where a station could be: id, lon, lat, datum, cost; the id of a station: its cost",
    )  # fmt: skip
    demand_option(parser)
    parser.add_argument("--budget", type=_yuan, metavar="YUAN", help="what may be spent")
    roads_option(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    force_option(parser)
    geodata_option(parser)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 to 1000")
    return int(text)


def _yuan(text: str) -> float:
    try:
        amount = float(text)
    except ValueError:
        amount = -1.0
    if not 0 <= amount < 1e15:
        raise argparse.ArgumentTypeError(f"{text!r} is no amount of yuan")
    return amount


def _run(chosen: argparse.Namespace) -> int:
    from geomap.pipeline.plan import PlanOrder, make_plan
    from geomap.pipeline.plan_files import plan_files, tabulate

    for name in _FILES:
        check_output(chosen.out / name, chosen.command, force=chosen.force)
    order = PlanOrder(
        geodata=chosen.geodata,
        sites=chosen.sites,
        envelope=chosen.envelope,
        actions=chosen.actions,
        roads=tuple(chosen.roads),
        candidates=chosen.candidates,
        demand=chosen.demand,
        budget=chosen.budget,
    )
    planned = make_plan(order, show_progress)
    for name, content in plan_files(planned).items():
        put_output(chosen, chosen.out / name, content)
    table = tabulate(planned)
    lang = chosen.lang
    unit = planned.made.edition.labels["unit"][table["unit"]][lang != "zh"]
    print(say(lang, "planned", unit=unit, **{name: table[name] for name in _TOLD}))
    for action in table["actions"]:
        reason = action["reason" if lang == "zh" else "reason_en"]
        print(say(lang, "planned_action", **action | {"reason": reason}))
    if table["unpriced"]:
        print(say(lang, "plan_unpriced", count=table["unpriced"]))
    print_lines(format_list(chosen.lang, "skips", planned.skips))
    return 0


_TOLD = ("demand_total", "covered_before", "objective", "bound", "gap")


COMMAND = Command(
    "what the next stations, longer hours or visits would change, and which are best",
    "plan --sites 5 --geodata my-city --out plan",
    _options,
    _run,
)
