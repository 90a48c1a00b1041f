"""Gazetteers of users: read in any form, trusted first, and measured on places held out."""

from __future__ import annotations

import gzip
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geomap.divisions import Divisions
from geomap.model.records import InputError
from geomap.places import place_stations, read_places
from geomap.places.datum import Datum, convert
from geomap.places.gazetteer import read_gazetteer
from tests.placing import place

GEODATA = Path(__file__).parent.parent / "geodata"
POINTS = Path(__file__).parents[2] / "shared" / "data" / "points_china_gcj02.csv.gz"


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_a_users_gazetteer_comes_first(
    tmp_path: Path, divisions: Divisions, districts: gpd.GeoDataFrame
) -> None:
    lines = [
        "名称,经度,纬度,level,city,county,town",
        "大渡社区居委会,120.4801,30.0701,village,绍兴市,绍兴县,柯桥街道",
    ]
    extra = write(tmp_path / "own.csv", "\n".join(lines), "gb18030")
    places = read_places(
        divisions,
        districts,
        gazetteer=GEODATA / "gazetteer.parquet",
        extra=extra,
        extra_datum="高德",
    )
    placed = place(places, name="大渡社区职工“充电站”", district="柯桥区", township="柯桥街道")
    assert placed.precision == "community"
    there = [float(value) for value in convert(120.4801, 30.0701, Datum.GCJ02, Datum.WGS84)]
    assert [placed.lon, placed.lat] == pytest.approx(there, abs=1e-6)


def test_names_begin_where_words_begin(
    tmp_path: Path, divisions: Divisions, districts: gpd.GeoDataFrame
) -> None:
    text = (
        "name,lon,lat,level,town\n柳湾村,119.7,30.23,village,\n梅园新村社区,119.72,30.24,village,\n"
    )
    extra = write(tmp_path / "own.csv", text)
    places = read_places(divisions, districts, gazetteer=GEODATA / "gazetteer.parquet", extra=extra)
    row = {"province": "浙江省", "city": "杭州市", "district": "临安区"}
    assert place(places, **row, name="杨柳湾村驿站").precision == "district"
    assert place(places, **row, name="驿站", address="锦城街道柳湾村").precision == "community"
    assert place(places, **row, name="梅园新村街道驿站").precision == "district"


def test_two_communities_of_one_name_are_no_answer(
    tmp_path: Path, divisions: Divisions, districts: gpd.GeoDataFrame
) -> None:
    rows = ["新民村,119.72,30.24,village,锦城街道", "新民村,119.22,30.16,village,昌化镇"]
    text = "\n".join(["name,lon,lat,level,town", *rows])
    extra = write(tmp_path / "own.csv", text)
    places = read_places(divisions, districts, gazetteer=GEODATA / "gazetteer.parquet", extra=extra)
    row = {"province": "浙江省", "city": "杭州市", "district": "临安区", "name": "新民村驿站"}
    assert place(places, **row).precision == "district"
    assert place(places, **row, township="昌化镇").lon == 119.22


def test_gzip_and_bad_rows(tmp_path: Path, districts: gpd.GeoDataFrame) -> None:
    path = tmp_path / "own.csv.gz"
    text = "name,lon,lat,datum\n甲村,119.7,30.2,\n乙村,,30.2,\n丙村,139.7,35.7,\n丁村,30.2,119.7,\n"
    path.write_bytes(gzip.compress(text.encode()))
    found = read_gazetteer(path, districts)
    assert found.places["name"].tolist() == ["甲村"]  # 丙 lies abroad
    assert [skip.where for skip in found.skips] == [
        "own.csv.gz:3:lon",
        "own.csv.gz:5:lat",
        "own.csv.gz",
    ]
    assert found.places["county"].tolist() == ["330112"]


@pytest.mark.parametrize(
    ("row", "column", "is_used"),
    [
        ("乙村,119.7,30.2,北京54,", "datum", False),
        ("乙村,²,30.2,,", "lon", False),
        ("乙村,119.7,1e308,,", "lat", False),
        (" ,119.7,30.2,,", "name", False),
        ("乙村,119.7,30.2,,1e308", "uncertainty_m", True),
        ("乙村,119.7,30.2,,nan", "uncertainty_m", True),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_a_bad_cell_is_named_and_the_other_rows_are_used(
    tmp_path: Path, districts: gpd.GeoDataFrame, row: str, column: str, is_used: bool, encoding: str
) -> None:
    path = tmp_path / "own.csv"
    text = f"name,lon,lat,datum,uncertainty_m\n甲村,119.7,30.2,,\n{row}\n"
    path.write_bytes(text.encode(encoding))
    found = read_gazetteer(path, districts)
    assert [skip.where for skip in found.skips] == [f"own.csv:3:{column}"]
    assert found.places["name"].tolist() == ["甲村", "乙村"][: 1 + is_used]
    assert found.places["uncertainty_m"].isna().all()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name,x坐标\n甲,1\n", "lacks the column lon, lat"),
        ("", "cannot be read as CSV"),
        ('name,lon,lat\n"甲,119.7,30.2\n', "cannot be read as CSV"),
    ],
)
def test_a_bad_gazetteer_says_what_is_wrong(
    tmp_path: Path, districts: gpd.GeoDataFrame, text: str, complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        read_gazetteer(write(tmp_path / "bad.csv", text), districts)
    (tmp_path / "torn.csv.gz").write_bytes(gzip.compress(b"name,lon,lat\n" * 9999)[:40])
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    for name in ("torn.csv.gz", "picture.csv"):
        with pytest.raises(InputError, match=name):
            read_gazetteer(tmp_path / name, districts)
    with pytest.raises(InputError, match="No such file"):
        read_gazetteer(tmp_path / "none.csv", districts)


@pytest.mark.skipif(not POINTS.exists(), reason="the shared points are not here")
def test_held_out_places_lie_within_their_radius(
    tmp_path: Path, divisions: Divisions, districts: gpd.GeoDataFrame
) -> None:
    """A slice of tests/benchmarks/place_holdout.py: Zhejiang's communities."""
    points = pd.read_csv(POINTS, dtype={"code": str}, keep_default_na=False)
    points = points[points["province"] == "浙江省"].reset_index(drop=True)
    held = (points["level"] == "village") & (points["code"].str[-1].astype(int) % 2 == 0)
    others = tmp_path / "others.csv"
    points[~held].to_csv(others, index=False)
    places = read_places(
        divisions, districts, gazetteer=GEODATA / "gazetteer.parquet", extra=others,
        extra_datum=Datum.GCJ02,
    )  # fmt: skip
    rows = points[held].rename(columns={"county": "district", "town": "township"})
    x, y = convert(rows["lon"], rows["lat"], Datum.GCJ02, Datum.WGS84)
    placed = place_stations(rows.drop(columns=["lon", "lat"]), places)
    d_lon = (placed["lon"] - x) * np.cos(np.radians(y))
    error = np.hypot(d_lon, placed["lat"] - y) * 111_320
    assert len(rows) > 500
    assert (error <= placed["uncertainty_m"]).mean() > 0.93
    assert set(placed["precision"]) <= {"township", "district", "community"}
