"""The tables for a planner's own tools: a workbook with Chinese headings, a GeoPackage, a style."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyogrio
import shapely
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from pandas.api.types import is_numeric_dtype

from geomap.model.edition import Edition
from geomap.model.records import InputError
from geomap.pages.areas import are_light
from geomap.pages.planner_gaps import say_gaps
from geomap.pages.published import MOST_STATIONS, district_columns
from geomap.pages.qgis_styles import layer_styles, style_stations
from geomap.pages.shapes import MAX_VERTICES
from geomap.sheets.csv_writing import escape_formula
from geomap.sheets.workbook_writing import serialize_workbook, sheet_rows, xml_text

_DISTRICTS = {
    "district_code": "区县代码", "province": "省", "city": "市", "district": "区县",
    "population": "人口", "area_km2": "面积（平方公里）", "station_count": "图上站点",
    "planned_count": "规划站点", "claimed_count": "文中站点数", "claimed_on": "文件日期",
    "people_per_station": "人/站", "served_km2": "街道所及（平方公里）",
    "roads_share": "道路文件覆盖",
}  # fmt: skip
_SHARES = {
    "share_low": "覆盖率（低）", "share": "覆盖率", "share_high": "覆盖率（高）",
    "likely_low": "覆盖率（九成把握，低）", "likely_high": "覆盖率（九成把握，高）",
    "land_share": "占全部土地", "people": "范围内人数（估算）", "demand_share": "占人口",
}  # fmt: skip
#: Columns that are parts of a whole: a workbook shows them as per cent.
_SHARE_ENDS = ("_share", "_share_low", "_share_high", "_likely_low", "_likely_high")
_STATIONS = {
    "station_id": "编号", "name": "名称", "kind": "类型", "status": "状态", "access": "谁可以进",
    "district_code": "区县代码", "district": "区县", "township": "街道乡镇", "address": "地址",
    "lon": "经度（WGS-84）", "lat": "纬度（WGS-84）", "precision": "位置依据",
    "uncertainty_m": "误差（米）", "opening_hours": "开放时间", "facilities": "设施",
    "opened_on": "启用日期", "closed_on": "停用日期", "verified_on": "核实日期",
}  # fmt: skip
_GAPS = {
    "rank": "名次", "district_code": "区县代码", "district": "区县", "place": "地点",
    "area_km2": "面积（平方公里）", "demand": "人数（估算）", "nearest_station_id": "最近站点编号",
    "nearest_min": "到最近站点（分钟，一半人以上）",
}  # fmt: skip
_CLAIMS = {
    "province": "省", "city": "市", "district": "区县", "kind": "类别", "claim": "说法",
    "count": "数目", "as_of": "日期", "verdict": "核对", "rests": "依据",
    "settles": "怎样才能弄清", "doc": "出处", "quote": "原文",
}  # fmt: skip
_PLAN = {
    "rank": "次序", "instead_of": "可替换第几项", "action": "办法", "id": "编号", "name": "名称",
    "place": "地点", "lon": "经度（WGS-84）", "lat": "纬度（WGS-84）", "gain": "多覆盖",
    "loss": "替换后少", "cost": "费用（元）", "reason": "理由",
}  # fmt: skip

_REFUSALS = (
    pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError,
    OSError,
)  # fmt: skip
_WORDED = ("kind", "status", "access", "precision", "action", "verdict")


def draw_downloads(edition: Edition) -> dict[str, bytes]:
    """Return workbook, GeoPackage and style below ``internal/data/``; nothing of a huge map."""
    if len(edition.stations) > MOST_STATIONS:
        return {}
    files = {
        "internal/data/planner.xlsx": draw_workbook(edition),
        "internal/data/planner.gpkg": draw_geopackage(edition),
        "internal/data/stations.qml": style_stations().encode(),
    }
    return {path: content for path, content in files.items() if content}


def draw_workbook(edition: Edition) -> bytes:
    """Return districts, stations, gaps, plan and claims as sheets; the same bytes on every run."""
    book, rows = openpyxl.Workbook(write_only=True), dict[str, bytes]()
    headings = dict(_DISTRICTS)
    for envelope in edition.settings.envelopes:
        headings |= {
            f"{envelope.id}_{name}": f"{envelope.label} {word}" for name, word in _SHARES.items()
        }
    known = {name: headings[name] for name in district_columns(edition.settings)}
    rows["区县"] = _add_sheet(book, "区县", edition.districts, known, "district_code")
    rows["站点"] = _add_sheet(
        book, "站点", _in_words(edition, edition.stations), _STATIONS, "station_id"
    )
    if edition.gaps is not None:
        gaps = edition.gaps.table.assign(place=say_gaps(edition))
        rows["缺口"] = _add_sheet(book, "缺口", gaps, _GAPS, "rank")
    if (plan := list_plan(edition)) is not None:
        rows["计划"] = _add_sheet(book, "计划", _in_words(edition, plan), _PLAN, "rank")
    rows["文中说法"] = _add_sheet(
        book, "文中说法", _in_words(edition, edition.claims), _CLAIMS, "doc"
    )
    return serialize_workbook(book, rows)


def _in_words(edition: Edition, table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its keys (operating, new_site …) in Chinese: who reads it knows none."""
    words = {
        column: {key: pair[0] for key, pair in edition.labels.get(column, {}).items() if pair[0]}
        for column in _WORDED
    }
    words["kind"] = words["kind"] | {key: pair[0] for key, pair in edition.labels["claim"].items()}
    worded = {column: [own.get(key, key) for key in table[column].tolist()]
              for column, own in words.items() if column in table}  # fmt: skip
    return table.assign(**worded)


def _add_sheet(
    book: openpyxl.Workbook, title: str, table: pd.DataFrame, headings: dict[str, str], key: str
) -> bytes:
    """Add a sheet with its headings, and return the rows below them."""
    sheet = book.create_sheet(title)
    ordered = table.reindex(columns=list(headings)).reset_index(drop=True)
    if not ordered[key].is_unique:
        keys = ordered.astype(str).sort_values([*headings], kind="stable").index
        ordered = ordered.loc[keys]
    ordered = ordered.sort_values(key, kind="stable")
    sheet.freeze_panes = "C2"
    for number, name in enumerate(headings.values(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = max(10, 2 * len(name))
    bold = [WriteOnlyCell(sheet, name) for name in headings.values()]
    for cell in bold:
        cell.font = Font(bold=True)
    sheet.append(bold)
    share = WriteOnlyCell(sheet)
    share.number_format = "0.0%"
    styles = [share.style_id if name.endswith(_SHARE_ENDS) else 0 for name in headings]
    columns = ([_cell(value) for value in ordered[name].tolist()] for name in headings)
    return sheet_rows(columns, styles=styles)


def _cell(value: Any) -> Any:
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, str):
        return escape_formula(_clean(value)) or None
    return value.item() if hasattr(value, "item") else value


def _clean(text: str) -> str:
    """Return the text without what neither format can hold: controls, halves of a pair."""
    if text.isprintable():
        return text
    return xml_text(text.encode("utf-8", errors="replace").decode())


def draw_geopackage(edition: Edition) -> bytes:
    """Return stations, districts, areas, bands, gaps and plan as layers, EPSG:4326; b"" of none.

    ``layer_styles`` beside them has the style in which QGIS opens each. Areas that only the
    GeoParquet has (:func:`~geomap.pages.areas.write_areas`) are left to it.
    """
    names = [name for name in _STATIONS if name not in ("lon", "lat")]
    areas = edition.areas.sort_values(["envelope_id", "method", "coverage"])
    layers = [
        ("stations", edition.stations[[*names, "geometry"]].sort_values("station_id")),
        ("districts", _light_districts(edition)),
        ("areas", areas if are_light(areas) else None),
        ("station_areas", edition.own_areas),
        ("bands", _from_far(edition.bands)),
        (
            "gaps",
            None
            if edition.gaps is None
            else edition.gaps.table.drop(columns="way", errors="ignore"),
        ),
        ("plan", list_plan(edition)),
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "planner.gpkg"
        # GDAL writes the time of writing into the file; a map has no clock.
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2000-01-01T00:00:00.000Z"})
        try:
            _write_layers(path, layers)
            if path.exists():
                styles = layer_styles(_minutes(edition), edition.settings.headline.id)
                pyogrio.write_dataframe(styles, path, layer="layer_styles", append=True)
        except _REFUSALS as refusal:  # GDAL tells no number of the system's
            raise InputError(
                f"{Path(folder).parent}: a file of the map cannot be written here ({refusal}); "
                "free space, or set TMPDIR to a folder on another disk",
                code="temp-full", where=Path(folder).parent,
            ) from refusal  # fmt: skip
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
        return path.read_bytes() if path.exists() else b""


def _light_districts(edition: Edition) -> gpd.GeoDataFrame:
    """Return the districts by code; a country's with the simple polygons, where it has them."""
    districts = edition.districts.sort_values("district_code", ignore_index=True)
    vertices = int(shapely.get_num_coordinates(districts.geometry.to_numpy()).sum())
    if edition.outlines is None or vertices <= MAX_VERTICES:
        return districts
    simple = edition.outlines.drop_duplicates("district_code").set_index("district_code").geometry
    drawn = simple.reindex(districts["district_code"]).to_numpy()
    is_known = districts.geometry.notna().to_numpy() & ~shapely.is_missing(drawn)
    return districts.set_geometry(np.where(is_known, drawn, districts.geometry), crs=4326)


def _from_far(bands: gpd.GeoDataFrame | None) -> gpd.GeoDataFrame | None:
    """Return the bands so that the nearest are drawn last: each contains those before it."""
    return None if bands is None else bands.sort_values(["envelope_id", "to_min"], ascending=False)


def _minutes(edition: Edition) -> list[float]:
    return [] if edition.bands is None else sorted(set(edition.bands["to_min"].astype(float)))


def list_plan(edition: Edition) -> gpd.GeoDataFrame | None:
    """Return actions and alternatives of the plan as points, columns of the workbook's sheet."""
    if edition.plan is None:
        return None
    rows = [*edition.plan["actions"], *edition.plan["alternatives"]]
    table = pd.DataFrame(rows).reindex(columns=list(_PLAN))
    numbers = ["rank", "instead_of", "lon", "lat", "gain", "loss", "cost"]
    table[numbers] = table[numbers].apply(pd.to_numeric)
    return gpd.GeoDataFrame(
        table, geometry=gpd.points_from_xy(table["lon"], table["lat"]), crs=4326
    )


def _write_layers(path: Path, layers: Iterable[tuple[str, gpd.GeoDataFrame | None]]) -> None:
    for name, table in layers:
        if table is not None and len(table):
            plain = table.reset_index(drop=True)
            for column in plain.columns.drop("geometry"):
                if plain[column].dtype == "Int64":
                    plain[column] = plain[column].astype("float64")
                elif not is_numeric_dtype(plain[column]):
                    plain[column] = [_clean(str(value)) for value in plain[column].fillna("")]
            pyogrio.write_dataframe(plain, path, layer=name, driver="GPKG", append=path.exists())
