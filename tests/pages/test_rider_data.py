"""Columns, lines and the search index of the riders' page, read back as the browser reads them."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geomap.hours import compile_hours, is_always_open, may_open_at_night
from geomap.model.counting import is_listed
from geomap.model.tables import FACILITIES
from geomap.pages.columns import (
    curve_codes,
    encode_parts,
    encode_rows,
    list_public,
    read_columns,
    read_facts,
)
from geomap.pages.lookup import hash_id, index_ids, index_pairs, list_readings, split_pairs
from geomap.pages.outlines import draw_exactly, draw_first_lines, encode_lines, outline_districts
from geomap.pages.overview import encode_overview, list_districts
from geomap.pages.rider import draw_rider
from tests.editions import make_stations
from tests.rider_editions import (
    make_everyday_rows,
    make_places,
    make_rider_edition,
    make_row,
    make_scattered_rows,
)
from tests.wire_read import decode_rings, decode_steps, decode_table

LON = st.floats(73.5, 134.8)
LAT = st.floats(18.1, 53.6)


def test_a_part_reads_back_to_the_rows_it_was_made_of():
    rows = list_public(make_stations(make_scattered_rows(300, make_places(40))))
    columns = read_columns(rows, compile_hours)
    for code, (start, end) in columns.parts.items():
        encoded, own = encode_rows(columns, np.arange(start, end)), rows.iloc[start:end]
        part = decode_table(encoded)
        assert set(own["code"]) == {code} and part["id"] == list(own["station_id"])
        np.testing.assert_allclose(part["lon"], own["lon"], atol=5e-7)
        np.testing.assert_allclose(part["lat"], own["lat"], atol=5e-7)
        assert part["hours"] == list(own["hours"])
        forms = encoded["codes"]["hours"][0]
        assert encoded["rules"] == [compile_hours(form) if form else None for form in forms]
        keys = [";".join(FACILITIES[i] for i in numbers) for numbers in part["facilities"]]
        assert [sorted(k.split(";")) for k in keys] == [
            sorted(k.split(";")) for k in own["facilities"]
        ]
    assert sum(end - start for start, end in columns.parts.values()) == len(rows) == 300


@given(st.lists(st.tuples(LON, LAT), min_size=1, max_size=60))
def test_every_cell_of_every_zoom_is_one_range(points):
    lon, lat = (np.array(values) for values in zip(*points, strict=True))
    codes = np.sort(curve_codes(lon, lat))
    for zoom in range(0, 27, 2):
        cells = codes >> np.uint64(2 * (26 - zoom))
        changes = int((np.diff(cells.astype(np.int64)) != 0).sum())
        assert changes == len(np.unique(cells)) - 1


def test_all_parts_at_once_are_the_parts_one_by_one():
    scattered = make_scattered_rows(300, make_places(40))
    rows = list_public(make_stations([*scattered, *make_everyday_rows()]))
    columns = read_columns(rows, compile_hours)
    assert encode_parts(columns) == {
        code: encode_rows(columns, np.arange(start, end))
        for code, (start, end) in columns.parts.items()
    }


def test_districts_drawn_together_are_those_drawn_alone():
    holed = shapely.box(0, 0, 1, 1).difference(shapely.box(0.4, 0.4, 0.6, 0.6))
    wavy = shapely.Point(100, 30).buffer(1, quad_segs=1000)
    both = shapely.multipolygons([shapely.box(3, 3, 4, 4), shapely.box(5, 5, 6, 6)])
    mixed = shapely.GeometryCollection([shapely.box(7, 7, 8, 8), shapely.Point(9, 9)])
    shapes = [None, holed, shapely.Polygon(), wavy, both, mixed, holed]
    together = draw_exactly(shapes)
    assert together == [draw_exactly([shape])[0] for shape in shapes]
    counts = [[len(ring) for ring in _rings(drawn)] for drawn in together]
    assert counts[:3] == [[], [4, 4], []] and counts[4:] == [[4, 4], [4], [4, 4]]
    assert 20 < counts[3][0] < 500


def test_a_page_says_a_stations_place_once_a_file():
    rows = list_public(make_stations(make_everyday_rows())).assign(province="北京市")
    facts = read_facts(rows, make_rider_edition().services)
    assert set(facts) == set(rows["code"])
    for code, own in facts.items():
        said = {name for each in own.values() for name in each}
        assert ("province" in said) == (code == "none")


def test_a_row_without_a_place_comes_last_and_is_null():
    rows = list_public(make_stations(make_everyday_rows()))
    columns = read_columns(rows, compile_hours)
    start, end = columns.parts["none"]
    part = decode_table(encode_rows(columns, np.arange(start, end)))
    assert part["lon"] == [None] == part["lat"]


def test_who_may_stand_in_the_list():
    rows = list_public(make_stations(make_everyday_rows()))
    offered = set(rows[is_listed(rows)]["station_id"])
    assert offered == {"S001", "S002", "S003", "S004", "S005", "S006", "S011", "S012", "S013"}


def test_counts_and_boxes_of_the_districts():
    edition = make_rider_edition()
    districts = list_districts(list_public(edition.stations), edition)
    assert list(districts["code"]) == ["110105", "none"]
    first = districts.iloc[0]
    assert (first["count"], first["late"], first["toilet"]) == (8, 5, 2)
    placed = list_public(edition.stations).dropna(subset=["lon"])
    assert first["west"] / 100 <= placed["lon"].min() <= placed["lon"].max() <= first["east"] / 100


def test_districts_travel_as_steps_and_sizes_and_come_back():
    """A country's codes and boxes are half of what a first look loads; words stay words."""
    edition = make_rider_edition()
    districts = list_districts(list_public(edition.stations), edition)
    sent = decode_table(encode_overview(edition, districts)["districts"])
    assert sent["number"] == [110105, None] and "code" not in sent
    east = [west + wide for west, wide in zip(sent["west"], sent["wide"], strict=True) if west]
    assert east == [pytest.approx(districts["east"][0] / 100)]
    named = encode_overview(edition, districts.assign(code=["A-1", "none"]))["districts"]
    assert decode_table(named)["code"] == ["A-1", "none"]


def test_which_hours_may_hold_at_night():
    late = (
        "24/7", "Mo-Su 00:00-24:00", "Mo-Su 22:00-06:00", "Mo-Fr 18:00-02:00", "Mo-Su 18:00-01:00",
        "Mo-Su 00:00-06:00", "Sa 23:30-24:00", "PH 00:00-05:00", 'Fr "夜里"', "Dec 22:00-23:00", "",
    )  # fmt: skip
    assert [may_open_at_night(hours) for hours in late] == [True] * len(late)
    early = ("Mo-Su 07:30-19:30", "08:30-11:00,13:30-17:00", "Mo-Su 06:00-22:00", "24/7 off")
    assert [may_open_at_night(hours) for hours in early] == [False] * len(early)


def test_which_hours_are_always():
    always = (
        "24/7",
        "Mo-Su 00:00-24:00",
        "Mo-Su,PH 00:00-24:00",
        "Mo-Fr 00:00-24:00; Sa,Su 00:00-24:00",
    )
    assert [is_always_open(hours) for hours in always] == [True] * len(always)
    not_always = ("", "24/7; Su off", "24/7; PH off", "Mo-Su 00:00-24:00; Dec off", "Mo-Fr 24/7",
                  "Mo-Su 00:01-24:00", '24/7; Fr "夜里"')  # fmt: skip
    assert [is_always_open(hours) for hours in not_always] == [False] * len(not_always)


def _rings(lines):
    return decode_rings(lines["rings"], lines["scale"])


def test_lines_keep_every_shape_and_their_place():
    squares = [shapely.box(110 + i * 0.02, 30, 110.02 + i * 0.02, 30.02) for i in range(20)]
    lines = encode_lines(np.array(squares), 0.01)
    assert len(_rings(lines)) == 20
    assert np.allclose(_rings(lines)[3].min(axis=0), (110.06, 30), atol=1e-3)


def test_the_first_lines_fit_and_a_district_is_whole():
    chance = np.random.default_rng(1)
    ring = [(115 + np.cos(a) * (1 + chance.uniform(0, 0.2)), 35 + np.sin(a))
            for a in np.linspace(0, 2 * np.pi, 4000, endpoint=False)]  # fmt: skip
    shape = shapely.Polygon(ring).buffer(0)
    table = gpd.GeoDataFrame(
        {"district_code": ["1"], "province": ["p"], "city": ["c"], "district": ["d"]},
        geometry=[shape], crs=4326,
    )  # fmt: skip
    outlined = outline_districts(make_rider_edition(districts=table))
    assert draw_first_lines(outlined, room=4000)["rings"]
    holed = shapely.box(0, 0, 1, 1).difference(shapely.box(0.4, 0.4, 0.6, 0.6))
    rings = _rings(draw_exactly([holed])[0])
    assert [len(one) for one in rings] == [4, 4]
    assert draw_first_lines(outlined.iloc[:0])["rings"] == ""


def test_provinces_that_are_known_are_drawn_as_they_are():
    """Joining a country's districts to provinces took a second of every build."""
    corners = [(100 + n % 30 / 10, 30 + n // 30 / 10) for n in range(300)]
    boxes = [shapely.box(x, y, x + 0.1, y + 0.1) for x, y in corners]
    districts = gpd.GeoDataFrame(
        {"district_code": [f"{n}" for n in range(300)], "province": ["甲省", "乙省"] * 150,
         "city": [f"{n % 150}" for n in range(300)], "district": ["d"] * 300},
        geometry=boxes, crs=4326,
    )  # fmt: skip
    wider = [shapely.box(90, 20, 100, 30), shapely.box(100, 20, 110, 30), shapely.box(0, 0, 9, 9)]
    provinces = gpd.GeoDataFrame({"province": ["乙省", "甲省", "丙省"]}, geometry=wider, crs=4326)
    lines = draw_first_lines(districts, provinces)
    assert lines["unit"] == "province" and len(_rings(lines)) == 2
    assert np.allclose(sorted(ring.min() for ring in _rings(lines)), (20, 20))
    assert len(_rings(draw_first_lines(districts, provinces.iloc[1:]))) > 2  # 乙省 is not known


def test_pairs_of_initials_lead_to_every_district_that_holds_the_name():
    pairs = index_pairs({0: ["酒仙桥街道", "驿站"], 1: ["酒泉驿站"], 2: ["重庆驿站"]})
    assert pairs["jx"] == [0] and pairs["xq"] == [0] and pairs["jq"] == [1]
    assert pairs["cq"] == [2] and pairs["zq"] == [2]  # 重 reads chong and zhong
    assert set(split_pairs(pairs, 3)) == {"all"}
    split = split_pairs(pairs, 1000)
    assert decode_steps(split["j"]["jx"]).tolist() == [0] and all(
        len(letter) == 1 for letter in split
    )


def test_readings_know_characters_that_read_in_several_ways():
    readings = list_readings(["银行", "行走", "绿"])
    assert "行" in readings["hang"] and "行" in readings["xing"] and "绿" in readings["lv"]


def test_ids_are_found_by_their_hash():
    ids = {f"S{i:05}": i % 7 for i in range(9000)}
    files = index_ids(ids)
    assert len(files) == 3
    for name in ("S00000", "S04321", "S08999"):
        file = files[hash_id(name) % 3]
        hashes = decode_steps(file["hash"]).tolist()
        assert decode_steps(file["district"])[hashes.index(hash_id(name))] == ids[name]


def test_an_empty_edition_is_drawn():
    site = draw_rider(make_rider_edition([make_row("B1", "某工会", kind="courier_depot")]))
    assert "public/index.html" in site
    assert not [path for path in site if "/part/" in path]


def test_the_same_rows_in_another_order_are_the_same_bytes():
    rows = make_scattered_rows(60, make_places(40))
    assert draw_rider(make_rider_edition(rows)) == draw_rider(make_rider_edition(rows[::-1]))
