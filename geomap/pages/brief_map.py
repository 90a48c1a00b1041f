"""The map of a district as a picture for its Word file: bands or areas, gaps, stations, plan."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from PIL import Image, ImageDraw, ImageFont

from geomap.model.counting import is_listed
from geomap.model.edition import Edition
from geomap.pages.brief import brief_bounds

_ACROSS, _DOWN = 1200, 800
KEY = (
    "深蓝到浅蓝：骑到最近站点由近到远的三档；绿：没有道路文件时的服务范围；橙框：缺口；"
    "红点：站点；紫圈数字：计划的第几项；黑线：区县界"
)
_BANDS = ("#b3dbe3", "#3f93b5", "#08406b")


def draw_brief_map(edition: Edition, code: str) -> bytes:
    """Return a PNG of a district; the same bytes for the same tables."""
    rows = edition.districts.set_index("district_code")
    district = rows.geometry[code]
    paper = _Paper(brief_bounds(district))
    for shape, colour in _grounds(edition):
        paper.fill(shape, colour)
    if edition.gaps is not None:
        for gap in paper.within(edition.gaps.table):
            paper.line(gap, "#e07020", 4)
    for each in paper.within(rows):
        paper.line(each, "#8a94a3", 1)
    paper.line(district, "#1c2430", 4)
    stations = edition.stations[is_listed(edition.stations)]
    for point in paper.within(stations):
        paper.disc(point, 6, "#b3261e")
    for action in edition.plan["actions"] if edition.plan else ():
        paper.disc(shapely.Point(action["lon"], action["lat"]), 15, "#5b2a86", str(action["rank"]))
    return paper.png()


def _grounds(edition: Edition) -> Iterator[tuple[Any, str]]:
    """Yield what lies below, the farthest first."""
    headline = edition.settings.headline.id
    if edition.bands is not None and len(edition.bands):
        own = edition.bands[edition.bands["envelope_id"] == headline]
        yield from zip(_far_first(own), _BANDS, strict=False)
        return
    own = edition.areas[edition.areas["envelope_id"] == headline]
    for coverage, colour in (("possible", "#dcefe4"), ("certain", "#7fbf9d")):
        for shape in own.geometry[own["coverage"] == coverage]:
            yield shape, colour


def _far_first(bands: gpd.GeoDataFrame) -> list[Any]:
    return list(bands.sort_values("to_min", ascending=False).geometry)


class _Paper:
    """A picture whose frame is a box of degrees, as wide as its latitude makes it."""

    def __init__(self, box: tuple[float, ...]) -> None:
        west, south, east, north = box
        narrow = float(np.cos(np.radians((south + north) / 2)))
        scale = min(_ACROSS / ((east - west) * narrow), _DOWN / (north - south))
        self._scale = np.array([scale * narrow, -scale])
        middle = np.array([(west + east) / 2, (south + north) / 2])
        self._origin = np.array([_ACROSS / 2, _DOWN / 2]) - middle * self._scale
        half = np.array([_ACROSS, _DOWN]) / 2 / np.abs(self._scale)
        self._frame = (*(middle - half), *(middle + half))
        self._image = Image.new("RGB", (_ACROSS, _DOWN), "#ffffff")
        self._pen = ImageDraw.Draw(self._image)

    def within(self, table: gpd.GeoDataFrame) -> list[Any]:
        """Return the shapes of a table that the frame meets, in the table's order."""
        return list(table.geometry.iloc[np.sort(table.sindex.query(shapely.box(*self._frame)))])

    def _at(self, points: Any) -> list[tuple[float, float]]:
        return [(x, y) for x, y in (points * self._scale + self._origin).round(1).tolist()]

    def _parts(self, shape: Any) -> list[Any]:
        seen = shapely.clip_by_rect(shape, *self._frame)
        parts = shapely.get_parts(seen)
        return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]

    def fill(self, shape: Any, colour: str) -> None:
        """Fill a polygon with its holes."""
        mask = Image.new("1", self._image.size, 0)
        pen = ImageDraw.Draw(mask)
        for part in self._parts(shape):
            pen.polygon(self._at(shapely.get_coordinates(part.exterior)), fill=1)
            for hole in part.interiors:
                pen.polygon(self._at(shapely.get_coordinates(hole)), fill=0)
        self._image.paste(colour, mask=mask)

    def line(self, shape: Any, colour: str, width: int) -> None:
        """Draw the rings of a polygon."""
        for part in self._parts(shape):
            self._pen.line(self._at(shapely.get_coordinates(part.exterior)), colour, width)

    def disc(self, point: Any, radius: int, colour: str, text: str = "") -> None:
        """Draw a disc with a white edge and a number on it."""
        if not shapely.box(*self._frame).intersects(point):
            return
        ((x, y),) = self._at(shapely.get_coordinates(point))
        box = (x - radius, y - radius, x + radius, y + radius)
        self._pen.ellipse(box, fill=colour, outline="#ffffff", width=2)
        if text:
            font = ImageFont.load_default(18)
            self._pen.text((x, y), text, fill="#ffffff", font=font, anchor="mm")

    def png(self) -> bytes:
        """Return the picture."""
        written = io.BytesIO()
        self._image.save(written, "PNG", optimize=False)
        return written.getvalue()
