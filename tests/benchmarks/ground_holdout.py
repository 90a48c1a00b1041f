"""Do the rungs of a map extract say truly how far they may be off? Doors and places held back.

usage: python -m tests.benchmarks.ground_holdout EXTRACT.osm.pbf [--doors 300] [--places 300]

Every door, and every place with an address, that is chosen is taken out of what the ladder knows
and then placed by its words: street and number, and for a place its name too. Printed by rung: how
many, median error, median radius, the share within its radius, and the radius that would hold 95 %.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.ground import Ground, read_ground
from geomap.places import GroundIndex
from geomap.places.ground_rungs import place_on_ground
from geomap.places.spread import distance_m


def held_back(things: gpd.GeoDataFrame, doors: int, places: int) -> tuple[pd.DataFrame, Ground]:
    """The rows to place, with their truth, and the ground without them."""
    door = things[things.layer == "door"]
    place = things[(things.layer == "place") & (things.half_m < 30)]
    middle = shapely.centroid(things.geometry.to_numpy())
    here = pd.Series(zip(shapely.get_x(middle), shapely.get_y(middle), strict=True), things.index)
    door = door.assign(at=here[door.index], text=door.name.str.cat(door.number, " "))
    place = place.assign(at=here[place.index]).drop_duplicates("at")
    named = place.merge(door[["at", "text"]], on="at", how="inner").drop_duplicates("at")
    bare = door[~door["at"].isin(place["at"])].drop_duplicates("at")
    chosen = [_every(bare.assign(row_name=""), doors, "door"),
              _every(named.assign(row_name=named.name), places, "place")]  # fmt: skip
    rows = pd.concat(chosen, ignore_index=True)
    return rows, Ground(things[~here.isin(set(rows["at"]))].reset_index(drop=True))


def _every(rows: pd.DataFrame, count: int, kind: str) -> pd.DataFrame:
    """``count`` rows spread evenly over a table."""
    index = np.unique(np.linspace(0, len(rows) - 1, min(count, len(rows))).round().astype(int))
    return rows.iloc[index][["at", "text", "row_name"]].assign(held=kind)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("extract", type=Path)
    parser.add_argument("--doors", type=int, default=300)
    parser.add_argument("--places", type=int, default=300)
    chosen = parser.parse_args()
    things = read_ground([chosen.extract]).things
    rows, ground = held_back(things, chosen.doors, chosen.places)
    index = GroundIndex(ground)
    found = []
    for row in rows.itertuples():
        placed = place_on_ground(row.text, row.row_name, index, lambda *_: True)
        if placed is None:
            found.append((row.held, "none", np.nan, np.nan, ""))
            continue
        error = distance_m(np.array([placed.lon]), np.array([placed.lat]), *row.at)[0]
        rung = placed.matched.rsplit("（", 1)[1].rstrip("）")
        words = f"{row.row_name}|{row.text} -> {placed.matched}"
        found.append((row.held, rung, error, placed.uncertainty_m, words))
    table = pd.DataFrame(found, columns=["held", "rung", "error_m", "radius_m", "words"])
    table["within"] = table.error_m <= table.radius_m
    for keys in (["held"], ["held", "rung"]):
        print(table.groupby(keys).agg(
            rows=("held", "size"), median_error_m=("error_m", "median"),
            error_95_m=("error_m", lambda each: each.quantile(0.95)),
            median_radius_m=("radius_m", "median"), within=("within", "mean"),
        ).round(3).to_string())  # fmt: skip
    for row in table[~table.within & table.error_m.notna()].sort_values("error_m").itertuples():
        print(f"{row.rung} {row.error_m:.0f} m beyond {row.radius_m:.0f} m: {row.words}")


if __name__ == "__main__":
    main()
