"""Published tables: exact columns, no live formula, nothing that must not be public."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
import shapely

from geomap.coverage.circles import dissolve_circles, join_pieces
from geomap.model.records import Source
from geomap.model.settings import Settings
from geomap.pages.areas import write_areas
from geomap.pages.published import (
    draw_tables,
    write_claims,
    write_csv,
    write_districts,
    write_hours,
    write_internal,
    write_stations,
)
from geomap.pages.visibility import is_public, select_public
from geomap.pipeline.story import as_snapshot
from tests.editions import (
    HOSTILE,
    make_claims,
    make_districts,
    make_edition,
    make_hostile_edition,
    make_rows,
    make_station,
    make_stations,
)

PUBLIC = "public/data/stations.geojson"
INTERNAL = "internal/data/stations.geojson"


def _features(content):
    return {f["properties"]["station_id"]: f for f in json.loads(content)["features"]}


def _rows(content):
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_public_file_has_the_columns_of_the_design_and_no_other():
    feature = _features(draw_tables(make_edition())[PUBLIC])["d02"]
    assert ",".join(feature["properties"]) == (
        "station_id,name,kind,status,access,district_code,district,township,address,"
        "opening_hours,facilities,phone,precision,uncertainty_m,confirmed,verified_on,sources"
    )
    assert feature["geometry"] == {"type": "Point", "coordinates": [117.16, 39.11]}
    assert feature["properties"]["sources"] == [
        {"document": "notice.md", "date": "2026-03-01", "quote": "八角街道建成一处驿站。"}
    ]
    assert feature["properties"]["uncertainty_m"] == 1200
    assert feature["properties"]["confirmed"] is False


def test_what_must_not_be_public_is_internal_only():
    tables = draw_tables(make_edition())
    public, internal = _features(tables[PUBLIC]), _features(tables[INTERNAL])
    assert set(internal) - set(public) == {"d06", "d07", "d08", "d09"}
    assert "职工小家" not in tables[PUBLIC].decode()
    assert internal["d07"]["properties"]["sensitive"] is True


def test_a_place_nobody_knows_has_no_geometry():
    feature = _features(draw_tables(make_edition())[PUBLIC])["d10"]
    assert feature["geometry"] is None and feature["properties"]["uncertainty_m"] is None


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({}, True),
        ({"status": "closed"}, True),
        ({"status": "planned"}, True),
        ({"kind": "union_branch", "access": "members"}, True),
        ({"access": "unknown"}, True),
        ({"access": "employees"}, False),
        ({"sensitive": True}, False),
        ({"kind": "courier_depot"}, False),
        ({"kind": "employer_site"}, False),
        ({"kind": "event_venue"}, False),
    ],
)
def test_who_is_public(facts, shown):
    assert is_public(make_stations([make_station("x", **facts)])).tolist() == [shown]


def test_another_stations_quote_does_not_name_a_withheld_place():
    quote = "中央某局职工小家与八角驿站同日启用。"
    rows = [
        make_station("a", name="中央某局职工小家", sensitive=True),
        make_station("b", address="中央某局职工小家隔壁", sources=(Source("n.md", "", quote),)),
    ]
    (shown,) = select_public(make_stations(rows)).to_dict("records")
    assert shown["address"] == "" and shown["sources"] == (Source("n.md", "", ""),)
    assert "中央某局" not in draw_tables(make_edition(rows))[PUBLIC].decode()


def test_districts_have_the_columns_of_the_design():
    header, *rows = _rows(write_districts(make_districts(Settings()), Settings()))
    assert ",".join(header[:13]) == (
        "district_code,province,city,district,population,area_km2,station_count,planned_count,"
        "claimed_count,claimed_on,people_per_station,served_km2,roads_share"
    )
    assert header[13:19] == [
        f"standard_1km_{name}"
        for name in ("share_low", "share", "share_high", "land_share", "people", "demand_share")
    ]
    assert header[-2:] == ["ebike_10min_25kmh_likely_low", "ebike_10min_25kmh_likely_high"]
    assert rows[1][:11] == ["110107", "北京市", "北京市", "石景山区", "567851", "96.123", "1", "1",
                            "23", "2018-05-01", "567851"]  # fmt: skip
    assert rows[1][11:19] == ["", "", "0.100000", "0.120000", "0.200000", "0.120000", "", ""]
    assert rows[3][4] == ""  # unknown population


def test_hours_of_many_districts_are_one_file_a_province():
    codes = [f"{province}01{number:02d}" for province in (11, 33) for number in range(1, 100)]
    table = pd.DataFrame({"envelope": "e", "district_code": codes, "weekday": 1, "hour": 0,
                          "share_low": 0.0, "share": 0.25, "share_high": 1.0})  # fmt: skip
    ((path, content),) = write_hours(table).items()
    assert path == "internal/data/hours.csv"
    assert content.splitlines()[1] == b"e,110101,1,0,0.000000,0.250000,1.000000"
    more = pd.concat([table, table.assign(district_code="500" + table.district_code.str[3:])])
    assert list(write_hours(more)) == [f"internal/data/hours/{p}.csv" for p in ("11", "33", "50")]
    written = write_hours(pd.concat([more, more.assign(envelope="f")]))[
        "internal/data/hours/33.csv"
    ]
    lines = [
        f"{envelope},33{n},1,0,0,0.250000,1"
        for envelope in "ef"
        for n in (f"01{number:02d}" for number in range(1, 100))
    ]
    assert written.decode("utf-8-sig").splitlines()[1:] == lines
    assert write_hours(None) == {} and len(write_hours(table.iloc[:0])) == 1


def test_claims_have_their_verdict():
    header, row = _rows(write_claims(make_claims()))
    assert header == ["doc", "province", "city", "district", "kind", "claim", "count", "as_of",
                      "quote", "verdict", "settles"]  # fmt: skip
    assert row[6] == "23" and row[9] == "partly"


def test_no_cell_of_a_csv_is_a_live_formula():
    tables = draw_tables(make_hostile_edition())
    for path in ("internal/data/districts.csv", "internal/data/claims.csv"):
        for row in _rows(tables[path]):
            assert not [cell for cell in row if cell.strip().startswith(tuple("=+-@|%\t\r"))]
    cells = {cell for row in _rows(tables["internal/data/claims.csv"]) for cell in row}
    assert "'=cmd|'/C calc'!A0" in cells and HOSTILE[0] in cells and HOSTILE[-1] in cells


def test_negative_numbers_stay_numbers():
    assert _rows(write_csv(pd.DataFrame({"lon": [-1.5], "n": [-2]})))[1] == ["-1.500000", "-2"]


def test_shuffled_rows_give_the_same_bytes():
    edition = make_edition(claims=[{"doc": d, "count": c} for d in "ab" for c in (1, None, 3)])
    mixed = {
        name: getattr(edition, name).sample(frac=1, random_state=5)
        for name in ("stations", "districts", "areas", "claims")
    }
    assert draw_tables(replace(edition, **mixed)) == draw_tables(edition)
    assert write_stations(mixed["stations"], ["name"]) == write_stations(edition.stations, ["name"])


def test_areas_have_five_decimals_and_are_valid():
    content = write_areas(make_edition().areas)["service_areas.geojson"]
    for feature in json.loads(content)["features"]:
        assert set(feature["properties"]) == {"envelope_id", "method", "coverage"}
        shape = shapely.geometry.shape(feature["geometry"])
        assert shape.is_valid and shape.area > 0
        assert not (shapely.get_coordinates(shape).round(5) - shapely.get_coordinates(shape)).any()
    table = gpd.read_file(content.decode())
    assert sorted(set(table["coverage"])) == ["certain", "possible"]


def test_the_same_areas_as_geoparquet_which_alone_is_written_beyond_the_limit():
    edition = make_edition()
    files = write_areas(edition.areas)
    assert sorted(files) == ["service_areas.geojson", "service_areas.parquet"]
    table = gpd.read_parquet(io.BytesIO(files["service_areas.parquet"]))
    written = gpd.read_file(files["service_areas.geojson"].decode())
    keys = ["envelope_id", "method", "coverage"]
    assert table[keys].to_numpy().tolist() == written[keys].to_numpy().tolist()
    assert table.crs == "EPSG:4326" and table.geometry.geom_equals(written.geometry).all()
    assert list(write_areas(edition.areas, most_bytes=1)) == ["service_areas.parquet"]
    assert write_areas(edition.areas.sample(frac=1, random_state=1)) == files


def test_a_countrys_areas_are_valid_half_a_metre_off_at_most_and_weigh_a_third():
    lon, lat = np.random.default_rng(3).uniform((116, 39), (117, 40), (400, 2)).T
    circles = join_pieces(dissolve_circles(lon, lat, np.full(400, 1900.0)))
    touching = shapely.multipolygons([shapely.box(0, 0, 1, 1), shapely.box(1, 1, 2 + 1e-9, 2)])
    slivers = shapely.multipolygons([shapely.box(n, 0, n + 1e-6, 1e-7) for n in range(3)])
    exact = gpd.GeoDataFrame(
        {"envelope_id": list("abc"), "method": "circle", "coverage": "certain"},
        geometry=[circles, touching, slivers], crs=4326,
    )  # fmt: skip
    packed = write_areas(exact, most_bytes=1)["service_areas.parquet"]
    assert pq.ParquetFile(io.BytesIO(packed)).num_row_groups == len(exact)  # read one by one
    table = gpd.read_parquet(io.BytesIO(packed))
    shapes = table.geometry.to_numpy()
    assert shapely.is_valid(shapes).all() and table.crs == "EPSG:4326"
    moved = shapely.get_coordinates(shapes) - shapely.get_coordinates(exact.geometry.to_numpy())
    assert np.abs(moved).max() * 111_320 < 0.5
    whole = io.BytesIO()
    exact.to_parquet(whole, compression="zstd", index=False)
    assert len(packed) < len(whole.getvalue()) / 3


def test_of_many_stations_the_internal_ones_are_geoparquet_with_the_same_facts():
    edition = make_edition()
    (path, few), (packed_path, packed) = (
        *write_internal(edition.stations).items(),
        *write_internal(edition.stations, most_stations=1).items(),
    )
    assert (path, packed_path) == (INTERNAL, "internal/data/stations.parquet")
    one, other = (as_snapshot({path: few}, Path()), as_snapshot({packed_path: packed}, Path()))
    assert len(one.stations) == len(make_rows()) and one.stations == other.stations
    table = gpd.read_parquet(io.BytesIO(packed))
    assert table.crs == "EPSG:4326" and list(table["station_id"]) == sorted(one.stations)
    shuffled = edition.stations.sample(frac=1, random_state=2)
    assert write_internal(shuffled, most_stations=1) == {packed_path: packed}


def test_a_map_without_stations_has_its_files():
    tables = draw_tables(make_edition([], areas=make_edition().areas.iloc[:0]))
    assert json.loads(tables[PUBLIC]) == {"type": "FeatureCollection", "features": []}
    assert json.loads(tables["internal/data/service_areas.geojson"])["features"] == []


def test_every_row_is_internal():
    assert len(_features(draw_tables(make_edition())[INTERNAL])) == len(make_rows())
