"""The map's first picture, in the page itself: markers before any script has come.

On a cheap phone the scripts and the overview take half a second longer than the page. Until then
the map shows marks where the browser will draw its own, at the zoom that the map of such a screen
will choose. Nothing is scaled: the picture lies in the middle of the map.
"""

from __future__ import annotations

from math import floor, hypot, log2, log10
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.model.counting import is_listed
from geomap.pages.columns import NOWHERE
from geomap.pages.overview import BOX_PARTS, FIRST_ROWS
from geomap.wire.grid import to_squares

#: Width and height (CSS pixels) of the map on a small phone and on a laptop; a style sheet shows
#: one of the two. rider.css gives the phone's map 40vh, the laptop's what the list leaves.
SCREENS_PX = {"narrow": (360, 256), "wide": (950, 720)}
#: Pixels that the map keeps free on every side (frame.js); the radius of one alone (clusters.js).
PADDING_PX = 16
ALONE_PX = 11.0
#: A larger edition with more districts in view shows counts by district: clusters.js.
FEW_DISTRICTS = 8
ZOOMS = (3, 18)

Bounds = tuple[float, float, float, float]
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def draw_first_pictures(
    rows: pd.DataFrame, districts: pd.DataFrame, bounds: Bounds
) -> dict[str, dict[str, Any]]:
    """Return name of a screen → what the page's template draws as SVG.

    Parameters
    ----------
    rows : public stations, with ``lon``, ``lat`` (WGS-84 degrees), ``code``.
    districts : ``count`` of offered stations and box (hundredths of a degree), as
        :func:`geomap.pages.overview.list_districts` gives.
    bounds : west, south, east, north of the map's first view.

    Returns
    -------
    dict
        ``size`` (pixels) and ``discs``: ``x``, ``y``, ``width`` across and ``text`` of each, from
        the north-west; empty where nothing is placed.
    """
    placed = _points(rows, districts)
    if placed.empty:
        return {}
    return {name: _draw(placed, bounds, size) for name, size in SCREENS_PX.items()}


def _draw(placed: pd.DataFrame, bounds: Bounds, size: tuple[int, int]) -> dict[str, Any]:
    corners = _pixels(np.array([bounds[0], bounds[2]]), np.array([bounds[3], bounds[1]]))
    (west, north), (east, south) = corners.tolist()
    room = [side - 2 * PADDING_PX for side in size]
    scale = 2.0 ** fit_zoom(east - west, south - north, room[0], room[1])
    left = (west + east) / 2 * scale - size[0] / 2
    top = (north + south) / 2 * scale - size[1] / 2
    x, y = _pixels(placed["lon"].to_numpy(), placed["lat"].to_numpy()).T
    discs = _join(x * scale - left, y * scale - top, placed["count"].to_numpy())
    return {"size": size, "discs": discs}


def fit_zoom(width: float, height: float, room_x: float, room_y: float) -> int:
    """Return the largest whole zoom at which a box fits; ``width`` and ``height`` at zoom 0."""
    fits = min(room_x / max(width, 1e-9), room_y / max(height, 1e-9))
    return max(ZOOMS[0], min(ZOOMS[1], floor(log2(fits))))


def _points(rows: pd.DataFrame, districts: pd.DataFrame) -> pd.DataFrame:
    """``lon lat count``: districts where there are many, as the browser draws them; else rows,
    of count 0: alone in their cell they have a sign, not a number.
    """
    known = districts[districts["code"].ne(NOWHERE) & districts["west"].notna()]
    if len(known) > FEW_DISTRICTS and known["count"].sum() > FIRST_ROWS:
        lon, lat = known["lon"] / BOX_PARTS, known["lat"] / BOX_PARTS
        points = pd.DataFrame({"lon": lon, "lat": lat, "count": known["count"]})
        return points[points["count"] > 0]
    placed = rows[is_listed(rows) & rows["lon"].notna() & rows["code"].ne(NOWHERE)]
    return placed[["lon", "lat"]].assign(count=0)


def _pixels(lon: Floats, lat: Floats) -> Floats:
    """Web mercator in pixels of zoom 0, south down, (n, 2)."""
    return to_squares(lon, lat, 0) * 256


def _join(x: Floats, y: Floats, counts: Integers) -> list[dict[str, Any]]:
    """One mark a place, the largest first; those that would overlap one are in its count."""
    kept: list[tuple[float, float, int, bool]] = []
    for n in np.lexsort((y, x, -counts)).tolist():
        count, many = max(1, int(counts[n])), bool(counts[n])
        for k, (left, top, held, is_many) in enumerate(kept):
            reach = _radius(held, is_many) + _radius(count, many)
            if hypot(left - x[n], top - y[n]) < reach:
                kept[k] = (left, top, held + count, True)
                break
        else:
            kept.append((float(x[n]), float(y[n]), count, many))
    return [_disc(*each) for each in kept]


def _radius(count: int, is_many: bool) -> float:
    return 12 + min(14.0, 4 * log10(count + 1)) if is_many else ALONE_PX


def _disc(x: float, y: float, count: int, is_many: bool) -> dict[str, Any]:
    text = "?" if not is_many else str(count) if count < 10_000 else f"{round(count / 1000)}k"
    return {"x": round(x), "y": round(y), "width": round(2 * _radius(count, is_many)), "text": text}
