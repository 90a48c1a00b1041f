"""Do the rungs of a map extract say truly how far they may be off? Doors and places held back.

Every door, and every place with an address, that is chosen is taken out of what the ladder knows
and then placed by its words: street and number, and for a place its name too. Printed by rung: how
many, median error, the radius that would hold 95 %, the median radius, the share within its radius.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

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


def print_map(extract: Path, doors: int = 300, places: int = 300) -> None:
    """Print the tables, and what lies beyond its radius."""
    rows, ground = held_back(read_ground([extract]).things, doors, places)
    index = GroundIndex(ground)
    table = pd.DataFrame(
        [_judge(row, index) for row in rows.itertuples()],
        columns=["held", "rung", "error_m", "radius_m", "words"],
    )
    table["within"] = table.error_m <= table.radius_m
    for keys in (["held"], ["held", "rung"]):
        print(table.groupby(keys).agg(
            rows=("held", "size"), median_error_m=("error_m", "median"),
            error_95_m=("error_m", lambda each: each.quantile(0.95)),
            median_radius_m=("radius_m", "median"), within=("within", "mean"),
        ).round(3).to_string())  # fmt: skip
    for row in table[~table.within & table.error_m.notna()].sort_values("error_m").itertuples():
        print(f"{row.rung} {row.error_m:.0f} m beyond {row.radius_m:.0f} m: {row.words}")


def _judge(row: Any, index: GroundIndex) -> tuple[str, str, float, float, str]:
    placed = place_on_ground(row.text, row.row_name, index, lambda *_: True)
    if placed is None:
        return row.held, "none", np.nan, np.nan, ""
    error = distance_m(np.array([placed.lon]), np.array([placed.lat]), *row.at)[0]
    rung = placed.matched.rsplit("（", 1)[1].rstrip("）")
    words = f"{row.row_name}|{row.text} -> {placed.matched}"
    return row.held, rung, float(error), placed.uncertainty_m, words
