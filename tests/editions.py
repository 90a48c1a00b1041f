"""Synthetic editions: small maps of everything that may happen, for the tests of the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely import buffer, union_all
from shapely.geometry import Point, box

from geomap.model.edition import Edition
from geomap.model.records import Source
from geomap.model.settings import Publish, Settings
from geomap.model.tables import BUILT, CLAIMS, SERVICES

#: Texts that broke maps before: every one must be shown as it stands.
HOSTILE = (
    "<img src=x onerror=\"window.hacked='img'\">",
    "</script><script>window.hacked='script'</script>",
    "${window.hacked='template'}",
    "`+(window.hacked='tick')+`",
    "\\2019 it's \\u003cb\\u003e",
    "=cmd|'/C calc'!A0",
    "\u202egnp.exe \u200fabc\u2066",
    "{{7*7}}{% raw %}",
    "a\u2028b\u2029c\x00d\x1b[31m",
    "'\"><svg onload=window.hacked='svg'>",
    "javascript:window.hacked='url'",
    "@SUM(1+1)*cmd|'/C calc'!A0",
    "长" * 10_000,
)

#: District squares of 0.1 degree: code, province, city, district, west, south.
DISTRICTS = (
    ("110105", "北京市", "北京市", "朝阳区", 116.45, 39.90),
    ("110107", "北京市", "北京市", "石景山区", 116.15, 39.87),
    ("120104", "天津市", "天津市", "南开区", 117.10, 39.08),
    ("330521", "浙江省", "湖州市", "德清县", 119.95, 30.50),
)


def make_station(station_id: str, **facts: Any) -> dict[str, Any]:
    """Return one row of the built table: an exact, operating station of 石景山区."""
    row: dict[str, Any] = {
        "station_id": station_id, "name": f"八角街道驿站 {station_id}", "kind": "station",
        "status": "operating", "access": "outdoor_workers", "province": "北京市",
        "city": "北京市", "district": "石景山区", "township": "八角街道",
        "address": "石景山路 1 号", "lon": 116.20, "lat": 39.91, "precision": "exact",
        "uncertainty_m": 30.0, "provider": "person", "matched": "", "district_code": "110107",
        "in_district": True, "district_outcome": "inside",
        "opening_hours": "Mo-Su 08:00-20:00", "hours_words": "每天 8:00-20:00",
        "facilities": "drinking_water;microwave", "phone": "010-12345678", "opened_on": "",
        "closed_on": "", "verified_on": "2026-03-01", "confirmed": True,
        "sources": (Source("notice.md", "2026-03-01", "八角街道建成一处驿站。"),),
        "note": "", "sensitive": False,
    }  # fmt: skip
    unknown = set(facts) - set(row)
    assert not unknown, unknown
    return row | facts


def make_stations(rows: Iterable[Mapping[str, Any]]) -> gpd.GeoDataFrame:
    """Return the built table of ``rows``, sorted by id; NaN coordinates have no geometry."""
    table = pd.DataFrame(list(rows), columns=BUILT.names).sort_values("station_id")
    points = [
        None if pd.isna(lon) else Point(lon, lat)
        for lon, lat in zip(table["lon"], table["lat"], strict=True)
    ]
    return gpd.GeoDataFrame(table.reset_index(drop=True), geometry=points, crs="EPSG:4326")


def make_districts(settings: Settings, **facts: Any) -> gpd.GeoDataFrame:
    """Return :data:`DISTRICTS` with counts and shares; ``facts`` replace whole columns."""
    rows = []
    for order, (code, province, city, district, west, south) in enumerate(DISTRICTS):
        row: dict[str, Any] = {
            "district_code": code, "province": province, "city": city, "district": district,
            "population": [3_452_460, 567_851, 890_422, float("nan")][order],
            "area_km2": 95.123456 + order, "station_count": order, "planned_count": order % 2,
            "claimed_count": [float("nan"), 23, float("nan"), 5][order],
            "claimed_on": ["", "2018-05-01", "", "2026-01-05"][order],
            "people_per_station": [float("nan"), 567_851.0, 445_211.0, float("nan")][order],
            "served_km2": float("nan"), "roads_share": float("nan"),
            "geometry": box(west, south, west + 0.1, south + 0.1),
        }  # fmt: skip
        for envelope in settings.envelopes:
            row |= {
                f"{envelope.id}_share_low": 0.1 * order, f"{envelope.id}_share": 0.12 * order,
                f"{envelope.id}_share_high": 0.2 * order, f"{envelope.id}_land_share": 0.12 * order,
                f"{envelope.id}_people": float("nan"), f"{envelope.id}_demand_share": float("nan"),
            }  # fmt: skip
        rows.append(row)
    return gpd.GeoDataFrame(pd.DataFrame(rows).assign(**facts), crs="EPSG:4326")


def make_areas(stations: gpd.GeoDataFrame, settings: Settings) -> gpd.GeoDataFrame:
    """Return dissolved rings around the stations that have a place (degrees, not geodesic)."""
    points = stations.geometry.dropna().to_numpy()
    rows = [
        {
            "envelope_id": envelope.id, "method": "circle", "coverage": coverage,
            "geometry": union_all(buffer(points, size * envelope.radius_m / 1e5)),
        }
        for envelope in settings.envelopes
        for coverage, size in (("certain", 0.8), ("possible", 1.2))
    ]  # fmt: skip
    return gpd.GeoDataFrame(pd.DataFrame(rows), crs="EPSG:4326")


def make_claims(rows: Iterable[Mapping[str, Any]] = ()) -> pd.DataFrame:
    """Return the claims' table; a claim of 石景山区 unless ``rows`` are given."""
    first = {
        "doc": "notice.md", "province": "北京市", "city": "北京市", "district": "石景山区",
        "kind": "station", "claim": "23 个", "count": 23, "as_of": "2018-05-01",
        "quote": "全区共有 23 个服务站。", "verdict": "partly", "settles": "逐站核实地址",
    }  # fmt: skip
    written = [first | dict(row) for row in rows] or [first]
    return pd.DataFrame(written, columns=[*CLAIMS.names, "verdict", "settles"])


def make_rows() -> list[dict[str, Any]]:
    """Return one row of every kind, status, access and precision that the pages tell apart."""
    nowhere = {"lon": float("nan"), "lat": float("nan"), "precision": "none",
               "uncertainty_m": float("nan"), "district_code": "", "provider": ""}  # fmt: skip
    nankai = {"province": "天津市", "city": "天津市", "district": "南开区", "township": "学府街",
              "district_code": "120104", "lon": 117.16, "lat": 39.11}  # fmt: skip
    return [
        make_station("d01"),
        make_station("d02", name="学府街劳动者驿站", **nankai, precision="township",
                     uncertainty_m=1200.0, confirmed=False, verified_on="", opening_hours="",
                     hours_words="", provider="gazetteer"),
        make_station("d03", name="规划中的驿站", status="planned", lon=116.22, lat=39.93),
        make_station("d04", name="关闭的驿站", status="closed", closed_on="2025-01-01"),
        make_station("d05", name="八角街道总工会", kind="union_branch", access="members"),
        make_station("d06", name="八角邮政支局", kind="courier_depot", access="employees"),
        make_station("d07", name="某部职工小家", kind="workers_home", access="employees",
                     sensitive=True),
        make_station("d08", name="某酒店会场", kind="event_venue", access="unknown"),
        make_station("d09", name="某物流公司", kind="employer_site", access="unknown"),
        make_station("d10", name="不知在哪的驿站", **nowhere),
        make_station("d11", name="只知城市的驿站", precision="city", uncertainty_m=40_000.0,
                     district="", district_code="", district_outcome="city-only"),
        make_station("d12", name="改建的驿站", status="converted", opening_hours="24/7",
                     lon=116.17, lat=39.90),
        make_station("d13", name="流动驿站", kind="mobile_station", access="public", lon=116.24),
    ]  # fmt: skip


def make_edition(
    rows: Iterable[Mapping[str, Any]] | None = None,
    *,
    settings: Settings | None = None,
    claims: Iterable[Mapping[str, Any]] = (),
    services: Iterable[Mapping[str, Any]] = (),
    **parts: Any,
) -> Edition:
    """Return a whole edition; any part of it can be given."""
    settings = settings or Settings()
    stations = make_stations(make_rows() if rows is None else rows)
    made: dict[str, Any] = {
        "settings": settings,
        "edition_date": "2026-03-01",
        "stations": stations,
        "districts": make_districts(settings),
        # The union of 200,000 rings takes minutes: only for whoever brings none.
        "areas": parts["areas"] if "areas" in parts else make_areas(stations, settings),
        "claims": make_claims(claims),
        "services": pd.DataFrame(
            [dict.fromkeys(SERVICES.names, "") | dict(row) for row in services],
            columns=SERVICES.names,
        ),
        "report": {
            "version": "0.1.0",
            "counts": {"documents": 5, "stations": len(stations)},
            "skipped": [{"stage": "read", "where": "empty.txt", "code": "empty-document",
                         "reason": "0 字节；请换一份文件"}],
        },
    }  # fmt: skip
    return Edition(**(made | parts))


def make_hostile_edition(texts: Sequence[str] = HOSTILE, title: str | None = None) -> Edition:
    """Return an edition in which every free text is one of ``texts``.

    There are a station, a branch and a planned station of each of them. ``title`` stands in every
    free text of the settings; the first two texts that broke maps unless given.
    """
    rows = []
    for order, text in enumerate(texts):
        said = {"name": text, "address": text, "township": text, "phone": text, "note": text,
                "hours_words": text, "matched": text, "lon": 116.16 + order % 60 * 0.001,
                "opening_hours": 'Th "下午"' if order % 2 else text,
                "sources": (Source(text, "2026-03-01", text),)}  # fmt: skip
        for letter, facts in (("h", {}), ("b", {"kind": "union_branch"}),
                              ("p", {"status": "planned"})):  # fmt: skip
            rows.append(make_station(f"{letter}{order:02d}", **said | facts) | {"reports": text})
    claims = [
        {"doc": text, "claim": text, "quote": text, "settles": text, "district": text}
        for text in texts
    ]
    services = [
        {"station_id": f"h{order:02d}", "service": text, "times": text, "source": text}
        for order, text in enumerate(texts)
    ]
    skips = [{"stage": "read", "where": text, "code": "x", "reason": text} for text in texts]
    title = HOSTILE[0] + HOSTILE[1] if title is None else title
    settings = Settings(
        title=title, region=title, night_number=title,
        publish=Publish(decision=title, boundary_source=title),
        envelopes=tuple(replace(one, label=title) for one in Settings().envelopes),
    )  # fmt: skip
    named = [texts[order % len(texts)] for order in range(len(DISTRICTS))]
    districts = make_districts(settings, district=named, city=named, province=named)
    return make_edition(rows, settings=settings, claims=claims, services=services,
                        districts=districts, report={"skipped": skips, "warnings": skips},
                        road_credit=title, aliases=dict.fromkeys(texts, "h00"))  # fmt: skip
