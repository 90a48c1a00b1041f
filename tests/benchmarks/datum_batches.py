"""How often the detective of datums is right: batches of real places, labelled rightly and wrongly.

Run: ``python tests/benchmarks/datum_batches.py [ROWS]`` beside a checkout of ../shared.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import Counter, defaultdict
from pathlib import Path
from random import Random

import pandas as pd

from geomap.files.folder import SHIPPED, Geodata
from geomap.pipeline.anchors import judge_datum
from geomap.pipeline.reference import Reference
from geomap.places.datum import Datum, convert

SHARED = Path(__file__).parents[3] / "shared" / "data"
BATCHES = 50
#: Fewer named places than this prove nothing (:mod:`geomap.places.datum_detective`).
LEAST = 5


def batches(size: int, dice: Random) -> list[list[dict[str, str]]]:
    """Return batches of places, each of one prefecture."""
    with gzip.open(SHARED / "points_china_gcj02.csv.gz", "rt", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["town"]]
    cities: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        cities[row["province"] + row["city"]].append(row)
    large = sorted(name for name, held in cities.items() if len(held) >= size)
    return [
        dice.sample(cities[name], size) for name in dice.sample(large, min(BATCHES, len(large)))
    ]


def as_rows(batch: list[dict[str, str]], datum: Datum) -> pd.DataFrame:
    """Return a batch as cleaned rows, its points on ``datum``."""
    written = [[float(row[name]) for row in batch] for name in ("lon", "lat")]
    lon, lat = convert(*written, Datum.GCJ02, datum)
    return pd.DataFrame(
        {
            "name": [row["name"] + "工会驿站" for row in batch],
            "province": [row["province"] for row in batch],
            "city": [row["city"] for row in batch],
            "district": [row["county"] for row in batch],
            "township": [row["town"] for row in batch],
            "address": "", "lon": lon, "lat": lat, "decimals": 6,
        },
        dtype=object,
    )  # fmt: skip


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    reference = Reference(Geodata(SHIPPED))
    wrong, right, told, anchors = Counter[str](), 0, Counter[str](), []
    few = 0
    chosen = batches(size, Random(13))
    for batch in chosen:
        for really in Datum:
            verdict = judge_datum(as_rows(batch, really), reference)
            anchors.append(verdict.anchor_count)
            sure = "right" if verdict.datum is really else "wrong"
            told[sure if verdict.datum else "cannot tell"] += 1
            few += verdict.datum is None and verdict.anchor_count < LEAST
            for said in Datum:
                better = verdict.better_than(said)
                if said is really:
                    right += better is not None
                else:
                    ways = {really: "recognised", None: "cannot tell"}
                    wrong[ways.get(better, "another datum named")] += 1
    median = sorted(anchors)[len(anchors) // 2]
    print(f"{len(chosen)} batches of {size}, {median} named places (median)")
    print(f"mislabelled in six ways: {dict(wrong)}")
    print(f"labelled rightly, flagged all the same: {right} of {len(chosen) * 3}")
    print(f"without a label: {dict(told)}; {few} name fewer than {LEAST} places that are known")


if __name__ == "__main__":
    main()
