"""What the riders' page knows before it asks for more: the districts, and the first rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from geomap.hours import NIGHT, is_always_open, may_open_at_night
from geomap.model.counting import is_for_members, is_listed
from geomap.model.edition import Edition
from geomap.model.settings import Settings
from geomap.model.tables import FACILITIES
from geomap.pages.columns import NOWHERE, rank_rows
from geomap.wire import VERSION, code, encode_table

#: Rows that the page can list before it knows a place: an edition of a town has them all.
FIRST_ROWS = 120
#: A larger edition has only these: who looks further says where.
FIRST_ROWS_OF_MANY = 40
#: Where no envelope says how fast somebody rides: Road Traffic Safety Law §58.
RIDE_KMH = 15.0
#: Whoever pushes goes at a walk.
PUSH_KMH = 4.0
#: A district's box is kept in hundredths of a degree, rounded outwards.
BOX_PARTS = 100
#: What riders filter by → the facilities of which any one will do. They are counted per district,
#: so that a search skips the others.
FILTERS = {
    "drinking_water": ("drinking_water",), "toilet": ("toilet",), "rest": ("rest",),
    "charging": ("charging", "ev_charging"), "battery_swap": ("battery_swap",),
    "climate": ("air_conditioning", "heating"), "microwave": ("microwave",),
    "drying": ("drying",),
}  # fmt: skip
#: Kinds a rider filters by; a branch is in "my union" only.
FILTER_KINDS = ("workers_home", "service_center", "mobile_station")
_OWN = ("district", "city", "province", "lon", "lat")
#: Counts a district; ``members``: rooms that only members of a union may enter.
FACETS = ("late", "24h", *FILTERS, *(f"kind:{kind}" for kind in FILTER_KINDS), "members")


def first_rows(rows: pd.DataFrame, exact_m: float) -> pd.DataFrame:
    """Return the first offered rows of the edition: sure ones first, then by id."""
    offered = rows[is_listed(rows)]
    ranked = offered.assign(rank=rank_rows(offered, exact_m))
    count = FIRST_ROWS if len(ranked) <= FIRST_ROWS else FIRST_ROWS_OF_MANY
    return ranked.sort_values(["rank", "station_id"], kind="stable").head(count)


def list_districts(rows: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Return one row a district that holds a public row: names, counts and box.

    Columns ``code name city province``, ``count`` (offered), one count a facet (``late``: offered,
    and its stated hours may hold at night; ``24h``: they always hold), ``west south east north``
    and ``lon lat`` (the place nearest to the middle of all) in hundredths of a degree; sorted by
    code, with :data:`geomap.pages.columns.NOWHERE` last.
    """
    facts = pd.DataFrame({name: rows[name] for name in ("code", *_OWN)}).join(_facets(rows))
    grouped = facts.groupby("code", sort=True)
    districts = grouped[["count", *FACETS]].sum()
    districts = districts.join(_boxes(facts)).join(_names(facts, edition))
    return districts.reset_index().sort_values(
        "code", key=lambda codes: codes.where(codes.ne(NOWHERE), "~"), ignore_index=True
    )


def _facets(rows: pd.DataFrame) -> pd.DataFrame:
    """Return ``count`` and what is counted of each row, 0 or 1 (same index)."""
    offered = is_listed(rows).astype(int)
    hours, held = rows["hours"], rows["facilities"]
    found = {"count": offered}
    for name, holds_at in (("late", may_open_at_night), ("24h", is_always_open)):
        known = {each: bool(each) and holds_at(each) for each in hours.unique()}
        found[name] = hours.map(known) * offered
    for name, keys in FILTERS.items():
        holds = {each: not set(keys).isdisjoint(each.split(";")) for each in held.unique()}
        found[name] = held.map(holds) * offered
    for kind in FILTER_KINDS:
        found[f"kind:{kind}"] = rows["kind"].eq(kind) * offered
    found["members"] = is_for_members(rows).astype(int)
    return pd.DataFrame(found).astype(int)


def _boxes(rows: pd.DataFrame) -> pd.DataFrame:
    grouped = rows.groupby("code")[["lon", "lat"]]
    low, high = grouped.min() * BOX_PARTS, grouped.max() * BOX_PARTS
    return _middles(rows).join(pd.DataFrame(
        {
            "west": np.floor(low["lon"]),
            "south": np.floor(low["lat"]),
            "east": np.ceil(high["lon"]),
            "north": np.ceil(high["lat"]),
        }
    ))  # fmt: skip


def _middles(rows: pd.DataFrame) -> pd.DataFrame:
    """The place of each district that lies nearest to the mean of its offered ones."""
    placed = rows[rows["lon"].notna()]
    first = placed[placed["count"].gt(0)] if placed["count"].any() else placed
    mean = first.groupby("code")[["lon", "lat"]].transform("mean")
    off = ((first[["lon", "lat"]] - mean) ** 2).sum(axis=1)
    nearest = off.groupby(first["code"]).idxmin()
    middles = first.loc[nearest].set_index("code")[["lon", "lat"]] * BOX_PARTS
    return middles.round().reindex(sorted(rows["code"].unique()))


def _names(rows: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Names of the districts table; of the stations themselves where it is silent."""
    names = ["district", "city", "province"]
    own = rows.groupby("code")[names].first()
    own.loc[own.index == NOWHERE, names] = ""
    table = edition.districts.set_index("district_code")[names]
    table = table[~table.index.duplicated()].reindex(own.index)
    named: pd.DataFrame = table.fillna(own).fillna("")
    return named.rename(columns={"district": "name"})


def encode_overview(edition: Edition, districts: pd.DataFrame) -> dict[str, Any]:
    """Return settings, calendar and the districts of :func:`list_districts` as JSON."""
    settings = edition.settings
    return {
        "wire": VERSION,
        "date": edition.edition_date,
        "title": settings.title,
        "region": settings.region,
        "confirmDays": settings.confirm_days,
        "exact": settings.handoff_max_uncertainty_m,
        "detour": settings.detour_factor,
        "ride_kmh": _ride_kmh(settings),
        "push_kmh": PUSH_KMH,
        "night": settings.night_number,
        "late": NIGHT,
        "report": settings.report_to,
        "facilities": list(FACILITIES),
        "filters": {
            name: [FACILITIES.index(key) for key in keys] for name, keys in FILTERS.items()
        },
        "calendar": dict(edition.holidays),
        "districts": _encode_boxes(districts),
    }


def _ride_kmh(settings: Settings) -> float:
    """How fast a rider is: as the first envelope by road has it, the headline."""
    by_road = [each.speed_kmh for each in settings.envelopes if each.method == "network"]
    return next((speed for speed in by_road if speed > PUSH_KMH), RIDE_KMH)


def _encode_boxes(districts: pd.DataFrame) -> dict[str, Any]:
    """Boxes by their south-west corner and their size, which is small; codes by their steps.

    Codes of a folder's own districts may be words; those of the country are numbers, sorted.
    """
    codes, texts = districts["code"], {"count": districts["count"].astype(int).tolist()}
    corners = {name: (BOX_PARTS, districts[name]) for name in ("west", "south")}
    sizes = {"wide": districts["east"] - districts["west"],
             "high": districts["north"] - districts["south"]}  # fmt: skip
    steps = corners | {name: (BOX_PARTS, size) for name, size in sizes.items()}
    if codes.str.fullmatch(rf"[1-9][0-9]{{5}}|{NOWHERE}").all():
        steps["number"] = (1, pd.to_numeric(codes.where(codes.ne(NOWHERE))))
    else:
        texts["code"] = list(codes)
    return encode_table(len(districts), texts=texts, steps=steps)


def encode_names(districts: pd.DataFrame) -> dict[str, Any]:
    """Return names and middles of the districts: for labels, search, and counts near by."""
    codes = {name: code(districts[name]) for name in ("city", "province")}
    middles = {name: (BOX_PARTS, districts[name]) for name in ("lon", "lat")}
    texts = {"name": list(districts["name"])}
    return encode_table(len(districts), texts=texts, steps=middles, codes=codes)


def encode_facets(districts: pd.DataFrame) -> dict[str, Any]:
    """Return how many stations of each district hold what riders filter by."""
    return {name: districts[name].astype(int).tolist() for name in FACETS}
