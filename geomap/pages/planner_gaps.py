"""What the planners' page knows of gaps, of overlaps and of the hours of each district."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import shapely

from geomap.model.edition import Edition
from geomap.pages.columns import DEGREE_PARTS
from geomap.pages.latin_names import spell_near
from geomap.wire import encode_table

#: Gaps and districts that the page tells of; the files have all.
_MOST, _MOST_WEEKS = 60, 200


def encode_gaps(edition: Edition) -> dict[str, Any]:
    """Return gaps with where they are, minutes of the nearest, overlapping stations, and weeks.

    ``weeks``: district_code → seven numbers of days and the days, each 24 numbers for low,
    expected and high share of the headline envelope, in thousandths; days alike are one.
    """
    gaps, weeks = edition.gaps, _weeks(edition)
    if gaps is None:
        return {
            "weeks": weeks,
            "list": [],
            "histogram": [],
            "overlapping": [],
            "unit": "people",
            "squares": 0,
        }
    names = dict(zip(edition.stations["station_id"], edition.stations["name"], strict=True))
    middle = shapely.point_on_surface(gaps.table.geometry.to_numpy())
    return {
        "unit": gaps.unit,
        "squares": len(gaps.squares),
        "unserved": _sum(gaps.squares, "unserved"),
        "total": _sum(gaps.squares, "served") + _sum(gaps.squares, "unserved"),
        "histogram": list(gaps.histogram),
        "overlapping": [[station, names[station]] for station in gaps.overlapping[:_MOST]],
        "overlap_count": len(gaps.overlapping),
        "count": len(gaps.table),
        "list": [
            {"rank": row.rank, "district": row.district_code, "name": row.district,
             "km2": row.area_km2,
             "demand": round(row.demand, 1), "place": place, "place_en": spell_near(place),
             "near": names.get(row.nearest_station_id, ""),
             "min": None if pd.isna(row.nearest_min) else float(row.nearest_min),
             "at": [round(point.x, 4), round(point.y, 4)]}
            for row, place, point in zip(
                gaps.table.head(_MOST).itertuples(), say_gaps(edition), middle, strict=False
            )
        ],
        "weeks": weeks,
    }  # fmt: skip


def say_gaps(edition: Edition) -> list[str]:
    """Return where the gaps are, in words: by the nearest township, else by the nearest station."""
    if edition.gaps is None:
        return []
    names = dict(zip(edition.stations["station_id"], edition.stations["name"], strict=True))
    columns = ["place", "nearest_station_id", "way"]
    table = edition.gaps.table.reindex(columns=columns).astype(object).fillna("")
    return [
        place or (f"{names[near]}{way}" if near in names and way else "")
        for place, near, way in table.itertuples(index=False)
    ]


def _sum(squares: pd.DataFrame, name: str) -> float:
    return round(float(squares[name].sum()), 1) if name in squares else 0.0


def encode_people(edition: Edition) -> dict[str, Any]:
    """Return file name → facts: ``people``, the demand served and not, square by square."""
    gaps = edition.gaps
    if gaps is None or not len(gaps.squares):
        return {}
    names = {"lon": DEGREE_PARTS, "lat": DEGREE_PARTS, "served": 100, "unserved": 100}
    steps: dict[str, Any] = {
        name: (parts, (gaps.squares[name].to_numpy(float) * parts).round())
        for name, parts in names.items()
    }
    return {"people": {"side": gaps.side, "squares": encode_table(len(gaps.squares), steps=steps)}}


def encode_years(edition: Edition) -> dict[str, Any]:
    """Return the years as columns, and of how many rows nobody knows the day."""
    years = edition.years
    if years is None:
        return {"columns": None}
    return {
        "columns": {name: years.table[name].tolist() for name in years.table},
        "unit": years.unit,
        "total": years.total,
        "undated": [years.undated_open, years.undated_closed, years.undated_planned],
        "this": int(edition.edition_date[:4]),
    }


def _weeks(edition: Edition) -> dict[str, Any]:
    hours = edition.hours
    if hours is None:
        return {}
    own = hours[hours["envelope"] == edition.settings.headline.id]
    if own["district_code"].nunique() > _MOST_WEEKS:
        return {}
    found = {}
    for code, week in own.groupby("district_code", sort=True):
        parts = [np.round(week[name].to_numpy() * 1000).astype(int).reshape(7, 24)
                 for name in ("share_low", "share", "share_high")]  # fmt: skip
        days, number = np.unique(np.hstack(parts), axis=0, return_inverse=True)
        found[str(code)] = [number.ravel().tolist(), days.tolist()]
    return found
