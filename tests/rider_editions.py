"""Editions for the riders' page: one of every sort around 酒仙桥, and very many over China."""

from __future__ import annotations

import datetime as dt
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.hours import calendar_table
from geomap.model.edition import Edition
from geomap.model.records import Source
from geomap.model.settings import Settings
from tests.editions import make_areas, make_edition, make_station, make_stations

#: A place of 朝阳区 that every row below is near: where the tests stand.
HERE = (116.490, 39.970)
#: What a phone is told that stands there and may be asked.
ALLOWED: dict[str, Any] = {"permissions": ["geolocation"],
                           "geolocation": {"longitude": HERE[0], "latitude": HERE[1]}}  # fmt: skip
CALENDAR = dict(calendar_table(2025))
#: A Friday afternoon on which no row below was verified too long ago.
NOON = dt.datetime(2026, 11, 20, 14, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
_SILENT = {
    "district": "朝阳区", "township": "", "address": "", "district_code": "110105", "phone": "",
    "opening_hours": "", "hours_words": "", "facilities": "", "verified_on": "2026-11-01",
    "sources": (),
}  # fmt: skip
_NOWHERE = {
    "lon": float("nan"), "lat": float("nan"), "precision": "none", "province": "",
    "uncertainty_m": float("nan"), "district_code": "", "district": "", "city": "",
}  # fmt: skip


def make_row(station_id: str, name: str, east: float = 0.0, north: float = 0.0,
             **facts: Any) -> dict[str, Any]:  # fmt: skip
    """A confirmed, exact station of 朝阳区, ``east`` and ``north`` thousandths of a degree off."""
    lon, lat = round(HERE[0] + east / 1000, 6), round(HERE[1] + north / 1000, 6)
    row = make_station(station_id, name=name, lon=lon, lat=lat)
    row |= _SILENT | facts
    row["confirmed"] = bool(row["verified_on"])
    return row


def make_everyday_rows() -> list[dict[str, Any]]:
    """One row of every sort that the page tells apart."""
    return [
        make_row("S001", "酒仙桥街道总工会服务站", 1, 1, township="酒仙桥街道",
                 opening_hours="Mo-Su 07:30-19:30", facilities="microwave;toilet",
                 address="酒仙桥路 12 号", phone="010-12345678",
                 sources=(Source("工人日报.txt", "2026-10-30", "服务站每天开门。"),)),
        make_row("S002", "将台二十四小时驿站", 5, 5, township="将台镇", opening_hours="24/7",
                 facilities="battery_swap;drying;toilet", access="public"),
        make_row("S003", "望京驿站", -20, 25, township="望京街道",
                 opening_hours="Mo-Fr 08:30-11:00,13:30-17:00"),
        make_row("S004", "大山子驿站", -6, 13),
        make_row("S005", "文中驿站", 1, 2, verified_on="", opening_hours="24/7",
                 sources=(Source("劳动午报.txt", "2021-08-24", "新设一处驿站。"),)),
        make_row("S006", "崔各庄驿站", 10, 40, township="崔各庄乡", precision="township",
                 uncertainty_m=2500.0, opening_hours="24/7"),
        make_row("S007", "规划中的驿站", -10, -10, status="planned"),
        make_row("S008", "关闭的驿站", -10, 0, status="closed"),
        make_row("S009", "支局职工小家", -10, 1, access="employees"),
        make_row("S010", "会员之家", -10, 2, access="members", kind="workers_home"),
        make_row("S011", "不知能否进的驿站", -8, 2, access="unknown", opening_hours="24/7"),
        make_row("S012", "去年的驿站", -7, 3, verified_on="2024-01-01", opening_hours="24/7"),
        make_row("S013", "某处驿站", **_NOWHERE),
        make_row("S014", "不能说的驿站", 0, 5, sensitive=True),
        make_row("B001", "朝阳区总工会", -50, -50, kind="union_branch", phone="010-65094321"),
        make_row("B002", "酒仙桥街道总工会", 1, 1, kind="union_branch", township="酒仙桥街道",
                 phone="010-64311111", opening_hours="Mo-Fr 09:00-17:00"),
        make_row("B003", "朝阳区快递行业工会联合会", -40, -40, kind="union_branch"),
    ]  # fmt: skip


def make_tour_rows() -> list[dict[str, Any]]:
    """One always open near by and one far, one shut until the evening, one for members."""
    return [
        make_row("NEAR", "近的驿站", 2, 1, opening_hours="24/7", facilities="microwave"),
        make_row("SHUT", "关着的驿站", 1, 1, opening_hours="Mo-Su 20:00-21:00"),
        make_row("FAR", "远的驿站", 14, 9, opening_hours="24/7", facilities="toilet"),
        make_row("ROOM", "会员之家", 3, 3, access="members", kind="workers_home"),
    ]


def make_boxes(stations: pd.DataFrame) -> gpd.GeoDataFrame:
    """One box a district around its stations."""
    placed = stations[stations["lon"].notna() & stations["district_code"].ne("")]
    grouped = placed.groupby("district_code", sort=True)
    boxes = grouped[["province", "city", "district"]].first().reset_index()
    low, high = grouped[["lon", "lat"]].min() - 0.02, grouped[["lon", "lat"]].max() + 0.02
    shapes = shapely.box(low["lon"], low["lat"], high["lon"], high["lat"])
    return gpd.GeoDataFrame(boxes, geometry=np.asarray(shapes), crs=4326)


def make_rider_edition(rows: list[dict[str, Any]] | None = None, **parts: Any) -> Edition:
    """An edition of ``rows`` whose districts are boxes around them."""
    rows = make_everyday_rows() if rows is None else rows
    settings = parts.pop("settings", Settings(title="测试驿站地图", region="北京市"))
    stations = make_stations(rows)
    made: dict[str, Any] = {
        "settings": settings, "districts": make_boxes(stations), "edition_date": "2026-11-01",
        "areas": make_areas(stations.head(1), settings),
    }  # fmt: skip
    return make_edition(rows, **(made | parts))


_HOURS = ("24/7", "Mo-Su 07:30-19:30", "Mo-Fr 09:00-17:00", "08:30-11:00,13:30-17:00", "")
_FACILITIES = (
    "drinking_water;rest", "drinking_water;microwave;rest;toilet", "charging;drinking_water;rest",
    "battery_swap;rest", "drying;first_aid;microwave;toilet", "",
)  # fmt: skip


def make_scattered_rows(count: int, places: pd.DataFrame, seed: int = 7) -> list[dict[str, Any]]:
    """``count`` stations near random ``places`` (code province city district town lon lat)."""
    chance = np.random.default_rng(seed)
    chosen = places.iloc[chance.integers(0, len(places), count)].reset_index(drop=True)
    lon = (chosen["lon"] + chance.normal(0, 0.01, count)).round(6)
    lat = (chosen["lat"] + chance.normal(0, 0.01, count)).round(6)
    hours, kept = chance.integers(0, 5, count), chance.integers(0, 6, count)
    return [
        make_row(
            f"S{i:07}", f"{place.town}工会驿站{i % 97}号", province=place.province,
            city=place.city, district=place.district, township=place.town,
            district_code=place.code, uncertainty_m=30.0 if i % 5 else 1500.0,
            verified_on="2026-10-01" if i % 3 else "", opening_hours=_HOURS[hours[i]],
            facilities=_FACILITIES[kept[i]],
        ) | {"lon": float(lon[i]), "lat": float(lat[i])}
        for i, place in enumerate(chosen.itertuples())
    ]  # fmt: skip


def make_places(count: int = 400, seed: int = 3) -> pd.DataFrame:
    """Invented places over the mainland, twenty a district, for a machine without real ones."""
    chance = np.random.default_rng(seed)
    numbers = np.arange(count) // 20
    west, south = 100 + numbers % 8 * 2.5, 23 + numbers // 8 * 2.0
    return pd.DataFrame({
        "code": [f"{11 + n // 10}{n % 10:02}05" for n in numbers],
        "province": [f"甲{n // 10}省" for n in numbers],
        "city": [f"乙{n // 3}市" for n in numbers],
        "district": [f"丙{n}区" for n in numbers],
        "town": [f"丁{i}镇" for i in range(count)],
        "lon": west + chance.uniform(0, 1.5, count),
        "lat": south + chance.uniform(0, 1.5, count),
    })  # fmt: skip
