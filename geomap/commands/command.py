"""What a command is, and the options that several share."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.commands.messages import say
from geomap.files.folder import SHIPPED
from geomap.model.records import InputError
from geomap.store.output import write_output

if TYPE_CHECKING:
    from geomap.pipeline.ask import Estimate

log = logging.getLogger("geomap")


@dataclass(frozen=True, slots=True)
class Command:
    """One verb of the command line; ``run`` returns the exit status; ``example`` has its words."""

    help: str
    example: str
    options: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def geodata_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--geodata DIR``; without it the folder that came with the program."""
    parser.add_argument(
        "--geodata", type=Path, default=SHIPPED, metavar="DIR", help="folder the map is made of"
    )


def force_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--force``: an output may take the place of a file that is somebody's."""
    parser.add_argument(
        "--force", action="store_true", help="replace a file that is there; it is kept as .N.bak"
    )


def roads_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--roads FILE``: streets that distances are measured on; without them circles."""
    parser.add_argument(
        "--roads", type=Path, nargs="+", action="extend", default=[], metavar="FILE",
        help="road files: .osm.pbf, .osm, .graphml, .gpkg, .parquet, .geojson, .shp, .fgb, .zip",
    )  # fmt: skip


def demand_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--demand FILE``; without it the census figure is spread."""
    parser.add_argument(
        "--demand", type=Path, metavar="FILE", help="where people are: id, lon, lat, datum, weight"
    )


def gazetteer_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--gazetteer FILE``: place names beside the shipped ones."""
    parser.add_argument(
        "--gazetteer", type=Path, metavar="FILE", help="more place names: name, lon, lat …"
    )


def map_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--map FILE``: a city's own map extract, for its names, doors, land and roads."""
    parser.add_argument(
        "--map", type=Path, nargs="+", action="extend", default=[], metavar="FILE.osm.pbf",
        help="a city's OpenStreetMap extract: streets, names, doors, land, and its roads",
    )  # fmt: skip


def provider_option(parser: argparse._ActionsContainer) -> None:
    """Add ``--provider NAME``: a geocoder that may be asked; without it nobody is."""
    parser.add_argument(
        "--provider", metavar="NAME", default="",
        help="ask a geocoder: amap, tencent, tianditu, baidu (key: GEOMAP_NAME_KEY), "
        "nominatim, photon",
    )  # fmt: skip


def estimate_printer(lang: str) -> Callable[[Estimate], None]:
    """Return what prints the estimate of a run, in the reader's language, before it begins."""

    def show(estimate: Estimate) -> None:
        print(say(lang, "estimate", **asdict(estimate)), flush=True)
        if not estimate.kept:
            print(say(lang, "not_kept", provider=estimate.provider), flush=True)

    return show


def put_output(chosen: argparse.Namespace, path: Path, content: bytes) -> None:
    """Write an output where nobody's work lies; say where ``--force`` kept what lay there."""
    kept = write_output(path, content, chosen.command, force=chosen.force)
    if kept:
        print(say(chosen.lang, "kept_file", file=kept))


def refuse_suffix(path: Path, wanted: str) -> None:
    """Raise InputError where an output's name does not end as its content is."""
    if path.suffix.lower() != wanted:
        article = "an" if wanted == ".xlsx" else "a"
        raise InputError(
            f"{path}: write to {article} {wanted} file", code="suffix-unfit", where=path,
            detail=wanted,
        )  # fmt: skip


def print_lines(lines: Iterable[str]) -> None:
    """Print lines of a report; nothing where there are none."""
    for line in lines:
        print(line)


def show_progress(stage: str) -> None:
    """Name the stage that begins: on a terminal, or with -v."""
    if sys.stderr.isatty() and log.getEffectiveLevel() <= logging.WARNING:
        print(f"… {stage}", file=sys.stderr, flush=True)
    else:
        log.info("… %s", stage)
