"""Batches on another datum than they say are recognised by named places and by districts."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
import pandas as pd
import pytest

from geomap.files.folder import SHIPPED, Geodata
from geomap.pipeline.anchors import judge_datum
from geomap.pipeline.arriving_rows import read_worksheets
from geomap.pipeline.reference import Reference
from geomap.places.datum import Datum, convert
from geomap.places.datum_detective import Anchors, Verdict, find_datum_of

COUNTIES = ("110105", "330106", "320106", "440106", "510104", "420106", "610113", "370102")


def anywhere(lon: np.ndarray, _: np.ndarray) -> np.ndarray:
    return np.zeros(len(lon), dtype=bool)


def east_of(edge: np.ndarray) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    return lambda lon, _: np.asarray(lon >= edge[: len(lon)] - 1e-9)


def nowhere(count: int) -> Anchors:
    return Anchors(*(np.full(count, np.nan) for _ in range(3)))


def test_districts_alone_prove_a_datum_only_with_two_points() -> None:
    lat = np.linspace(39.8, 40.0, 20)
    edge, _ = convert(np.full(20, 116.4), lat, Datum.GCJ02, Datum.WGS84)
    as_gcj = np.full(20, 116.4)
    at_edge = convert(as_gcj, lat, Datum.GCJ02, Datum.WGS84)
    far = find_datum_of(as_gcj - 0.02, lat, nowhere(20), east_of(edge))
    assert far.datum is None and far.better_than(Datum.WGS84) is None
    whole = find_datum_of(*at_edge, nowhere(20), east_of(edge))
    assert whole.better_than(Datum.BD09) is Datum.WGS84
    assert whole.better_than(Datum.WGS84) is None
    two = find_datum_of(at_edge[0][:2], at_edge[1][:2], nowhere(2), east_of(edge))
    assert two.datum is Datum.WGS84
    one = find_datum_of(at_edge[0][:1], at_edge[1][:1], nowhere(1), east_of(edge))
    assert one.datum is None and one.better_than(Datum.BD09) is None


def test_a_datum_is_named_only_when_it_is_far_likelier_than_both_others() -> None:
    verdict = Verdict({Datum.WGS84: -4.0, Datum.GCJ02: -1.0, Datum.BD09: -30.0}, 20)
    assert verdict.datum is None and verdict.better_than(Datum.BD09) is None
    verdict = Verdict({Datum.WGS84: -7.0, Datum.GCJ02: -1.0, Datum.BD09: -30.0}, 20)
    assert verdict.better_than(Datum.BD09) is Datum.GCJ02


@pytest.mark.parametrize("really", Datum)
def test_a_few_offices_beside_their_names_tell_among_villages_far_away(really: Datum) -> None:
    dice = np.random.default_rng(11)
    lon, lat = dice.uniform(116.2, 116.6, 60), dice.uniform(39.8, 40.1, 60)
    off_m = np.where(np.arange(60) % 4 == 0, 150.0, 4000.0)
    east, north = dice.normal(0, 1, (2, 60)) * off_m / 100_000
    anchors = Anchors(lon + east, lat + north, np.full(60, 15_000.0))
    verdict = find_datum_of(*convert(lon, lat, Datum.WGS84, really), anchors, anywhere)
    assert verdict.datum is really


@pytest.mark.parametrize("said", Datum)
@pytest.mark.parametrize("really", Datum)
def test_named_places_tell_every_mislabelled_batch_and_no_right_one(
    said: Datum, really: Datum
) -> None:
    dice = np.random.default_rng(7)
    lon, lat = dice.uniform(116.2, 116.6, 60), dice.uniform(39.8, 40.1, 60)
    anchors = Anchors(
        lon + dice.normal(0, 0.004, 60), lat + dice.normal(0, 0.003, 60), np.full(60, 1000.0)
    )
    verdict = find_datum_of(*convert(lon, lat, Datum.WGS84, really), anchors, anywhere)
    assert verdict.datum is really
    assert verdict.better_than(said) is (None if said is really else really)


def test_four_named_places_cannot_tell() -> None:
    lon, lat = np.linspace(116.2, 116.6, 4), np.linspace(39.8, 40.1, 4)
    anchors = Anchors(lon, lat, np.full(4, 50.0))
    assert find_datum_of(lon, lat, anchors, anywhere).datum is None


@pytest.mark.parametrize("really", Datum)
def test_stations_near_their_townships_say_what_they_are_on(really: Datum) -> None:
    reference = Reference(Geodata(SHIPPED))
    places, dice = reference.places(), Random(3)
    rows = []
    for code in COUNTIES:
        place = reference.divisions.get(code, "district")
        assert place is not None
        for town, spot in places.county(code).towns.items():
            lon, lat = convert(
                [spot.lon + dice.gauss(0, 0.004)], [spot.lat + dice.gauss(0, 0.004)],
                Datum.WGS84, really,
            )  # fmt: skip
            rows.append(
                {"name": f"{town}驿站", "province": place.province, "city": place.city,
                 "district": place.name, "township": town, "address": "", "decimals": 6,
                 "lon": lon[0], "lat": lat[0]}
            )  # fmt: skip
    verdict = judge_datum(pd.DataFrame(rows, dtype=object), reference)
    assert verdict.datum is really and verdict.anchor_count > 20


def test_a_sheet_that_says_no_datum_gets_the_one_its_places_prove(tmp_path: Path) -> None:
    places = Reference(Geodata(SHIPPED)).places()
    lines = ["北京市朝阳区工会驿站名单", "名称,街道,经度,纬度"]
    for town, spot in places.county("110105").towns.items():
        lon, lat = convert([spot.lon], [spot.lat], Datum.WGS84, Datum.BD09)
        lines.append(f"{town}驿站,{town},{lon[0] + 0.0005:.6f},{lat[0]:.6f}")
    sheet = tmp_path / "a.csv"
    sheet.write_text("\n".join(lines), encoding="utf-8")
    (read,) = read_worksheets(sheet, Reference(Geodata(tmp_path)))
    assert {row.text("datum") for row in read.rows} == {"bd09"}
    assert [skip.code for skip in read.doubts] == ["datum-guessed"]
    sheet.write_text("\n".join(lines[:5]), encoding="utf-8")
    (few,) = read_worksheets(sheet, Reference(Geodata(tmp_path)))
    assert {row.text("uncertainty_m") for row in few.rows} == {"700"}
    assert [skip.code for skip in few.doubts] == ["datum-missing"]
