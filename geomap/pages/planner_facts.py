"""What the planners' page knows of districts, claims and the report, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.model.edition import Edition
from geomap.model.labels import shipped_texts
from geomap.model.tables import CLAIMS
from geomap.pages.outlines import outline_districts
from geomap.pages.patches import patch_boxes
from geomap.pages.published import district_columns
from geomap.pages.shapes import MAX_VERTICES, SCALE, encode_coverage, encode_polygons
from geomap.store.kept import keep_json

#: District lines of the first view: 110 KB compressed where a country is shown.
FIRST_VERTICES = 20_000
#: Skipped rows, and warnings, that the page lists.
MOST_SKIPS = 500
#: From this zoom on districts have their near shapes: a pixel is a kilometre at 36° north.
NEAR_ZOOM = 7


def encode_districts(edition: Edition) -> dict[str, Any]:
    """Return file name → facts: ``districts``, the table as columns with shapes, and patches.

    A country's shapes are light at first. Their near ones come in patches: ``near`` lists west,
    south, east, north and the number of the file ``shapes-N``, which has ``rows`` and ``shapes``.
    """
    districts = list_districts(edition)
    columns = district_columns(edition.settings)
    inside = districts.geometry.representative_point()
    outlines = outline_districts(replace(edition, districts=districts)).geometry
    whole = np.asarray(districts.geometry.array, dtype=object)
    first, near, files = keep_json(
        "district shapes",
        [whole, np.asarray(outlines.array, dtype=object)],
        lambda: _shapes(districts.geometry, outlines),
    )
    table = {
        "scale": SCALE,
        "columns": {name: _column(districts, name) for name in columns},
        "shapes": first,
        "from": NEAR_ZOOM,
        "near": near,
        "lon": [round(float(x), 4) for x in inside.x],
        "lat": [round(float(y), 4) for y in inside.y],
    }
    return {"districts": table, **files}


def _shapes(
    whole: gpd.GeoSeries, outlines: gpd.GeoSeries
) -> tuple[list[str], list[list[float]], dict[str, Any]]:
    """Return first shapes, index and files of near ones; none where the first are as good."""
    if int(shapely.get_num_coordinates(whole.array).sum()) <= FIRST_VERTICES:
        return encode_coverage(whole, FIRST_VERTICES), [], {}
    is_light = int(shapely.get_num_coordinates(whole.array).sum()) <= MAX_VERTICES
    first = encode_coverage(outlines, FIRST_VERTICES)
    near, sizes = encode_polygons(whole if is_light else outlines)
    index: list[list[float]] = []
    files: dict[str, Any] = {}
    for box, rows in patch_boxes(shapely.bounds(np.asarray(whole.array, dtype=object)), sizes):
        index.append([*box, len(files)])
        files[f"shapes-{len(files)}"] = {
            "rows": rows.tolist(), "shapes": [near[row] for row in rows]
        }  # fmt: skip
    return first, index, files


def list_districts(edition: Edition) -> gpd.GeoDataFrame:
    """Return the districts that can be drawn, by code: the rows of the page's table."""
    ordered = edition.districts.sort_values("district_code", kind="stable", ignore_index=True)
    return ordered[ordered.geometry.notna()].reset_index(drop=True)


def _column(table: pd.DataFrame, name: str) -> list[Any]:
    if name not in table:
        return [None] * len(table)
    if pd.api.types.is_numeric_dtype(table[name]) and not table[name].isna().all():
        digits = 4 if "_share" in name else 0 if name.endswith("_people") else 6
        return [
            None if pd.isna(value) else _short(_round(float(value), digits))
            for value in table[name]
        ]
    return [None if pd.isna(value) else str(value) for value in table[name]]


def _round(value: float, digits: int) -> float:
    """A page prints a tenth of a percent; what is above nothing or below all stays so."""
    rounded = round(value, digits)
    if rounded == 0 < value:
        return 10.0**-digits
    return 1 - 10.0**-digits if rounded == 1 > value else rounded


def _short(value: float) -> float | int:
    return int(value) if value.is_integer() else value


def encode_claims(claims: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the claims, sorted by place, newest first, then document."""
    columns = [*CLAIMS.names, "district_code", "verdict", "rests", "settles"]
    known = claims.reindex(columns=columns)
    records = [
        dict(zip(columns, row, strict=True))
        for row in zip(*(_column(known, name) for name in columns), strict=True)
    ]
    records.sort(key=lambda claim: str(sorted((k, str(v)) for k, v in claim.items())))
    records.sort(key=lambda claim: claim["as_of"] or "", reverse=True)
    return sorted(records, key=lambda claim: [claim[k] or "" for k in CLAIMS.names[1:4]])


def encode_report(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return counts, the first skipped rows and warnings for reading, and how many there are.

    ``meanings`` are their codes in the staff's words; the whole report is build.json.
    """
    lists = {name: report.get(name, []) for name in ("skipped", "warnings")}
    shown = {name: [dict(skip) for skip in each[:MOST_SKIPS]] for name, each in lists.items()}
    codes, words = (
        {skip["code"] for each in shown.values() for skip in each},
        shipped_texts()["code"],
    )
    return {
        "counts": list(_flat(report.get("counts", {}))),
        "of": {name: len(each) for name, each in lists.items()},
        "meanings": {code: words[code] for code in sorted(codes & words.keys())},
        **shown,
    }


def _flat(counts: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterable[tuple[Any, Any]]:
    for key, value in counts.items():
        if isinstance(value, Mapping):
            yield from _flat(value, (*above, key))
        else:
            yield (*above, key), value
