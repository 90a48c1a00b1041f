"""What the planners' page is told."""

import numpy as np
import pandas as pd
import pytest
import shapely

from geomap.model.edition import Edition
from geomap.model.settings import Envelope, Settings
from geomap.pages import draw_site
from geomap.pages.planner import headline
from geomap.pages.planner_facts import (
    FIRST_VERTICES,
    encode_claims,
    encode_districts,
    encode_report,
    list_districts,
)
from geomap.pages.planner_stations import (
    encode_details,
    encode_stations,
    list_drawn,
    station_layers,
)
from tests.editions import make_claims, make_edition, make_station, make_stations
from tests.wire_read import decode_rings, decode_table


@pytest.mark.parametrize(
    ("facts", "layer"),
    [
        ({}, "exact"),
        ({"uncertainty_m": 151.0}, "rough"),
        ({"uncertainty_m": float("nan")}, "rough"),
        ({"access": "unknown"}, "exact"),
        ({"status": "converted"}, "exact"),
        ({"status": "planned"}, "planned"),
        ({"access": "members"}, "restricted"),
        ({"access": "employees"}, "restricted"),
        ({"kind": "union_branch", "access": "members"}, "branch"),
        ({"kind": "courier_depot", "access": "employees"}, "demand"),
        ({"status": "closed", "kind": "employer_site"}, "closed"),
    ],
)
def test_every_station_has_its_layer(facts, layer):
    assert station_layers(make_stations([make_station("x", **facts)]), Settings()) == [layer]


def _list(edition):
    return list_drawn(edition, list_districts(edition)["district_code"])


def test_stations_lie_by_district_and_those_without_one_last():
    drawn = _list(make_edition())
    homes = dict(zip(drawn["station_id"], drawn["home"], strict=True))
    assert homes["d01"] == 1 and homes["d02"] == 2 and homes["d10"] == homes["d11"] == -1
    assert "d08" not in homes  # a venue
    assert list(drawn["home"]) == sorted(drawn["home"], key=lambda home: home if home >= 0 else 99)


def test_places_and_names_are_read_back_as_they_were():
    drawn = _list(make_edition())
    files = encode_stations(drawn, frozenset({"d01"}), chunk_rows=5)
    assert sorted(files) == [f"{kind}-{n}" for kind in ("names", "places") for n in range(3)]
    read = {kind: pd.concat([pd.DataFrame(decode_table(files[f"{kind}-{n}"])) for n in range(3)])
            for kind in ("names", "places")}  # fmt: skip
    assert list(read["names"]["name"]) == list(drawn["name"])
    assert list(read["names"]["confirmed"]) == list(drawn["confirmed"])
    for column in ("home", "layer"):
        assert list(read["places"][column]) == list(drawn[column])
    for column, degrees in (("lon", drawn.geometry.x), ("lat", drawn.geometry.y)):
        np.testing.assert_allclose(read["places"][column], degrees, atol=6e-6)


def test_bands_are_drawn_of_sharp_sure_stations_alone():
    rows = [
        make_station("road"), make_station("circle"),
        make_station("rough", uncertainty_m=900.0), make_station("maybe", access="unknown"),
        make_station("elsewhere", in_district=False), make_station("planned", status="planned"),
    ]  # fmt: skip
    drawn = _list(make_edition(rows))
    places = encode_stations(drawn, frozenset({"road", "maybe"}))["places-0"]
    bands = dict(zip(drawn["station_id"], decode_table(places)["band"], strict=True))
    assert bands == {"road": "road", "circle": "circle", "rough": "", "maybe": "",
                     "elsewhere": "", "planned": ""}  # fmt: skip


def test_details_of_a_home_are_its_own_rows():
    edition = make_edition(services=[{"station_id": "d02", "service": "legal_aid", "times": "Th"}])
    drawn = _list(edition)
    details = encode_details(drawn, edition.services)
    assert sum(file["n"] for file in details.values()) == len(drawn)
    for home, file in details.items():
        own, table = drawn[drawn["home"] == home], decode_table(file)
        # The page finds the first of a district and counts on from there.
        assert list(own.index) == list(range(own.index[0], own.index[0] + file["n"]))
        for name in ("district", "address", "facilities", "note"):
            assert table.get(name, [""] * len(own)) == list(own[name].fillna(""))
    nankai = details[2]["few"]["0"]
    assert nankai["sources"][0]["quote"] == "八角街道建成一处驿站。"
    assert nankai["services"] == [
        {"service": "legal_aid", "times": "Th", "valid_from": "", "valid_until": "", "source": ""}
    ]
    assert "opening_hours" not in decode_table(details[2])  # unknown is not said


def test_missing_numbers_are_null_and_whole_numbers_whole():
    columns = encode_districts(make_edition())["districts"]["columns"]
    assert columns["population"] == [3452460, 567851, 890422, None]
    assert columns["claimed_count"][1] == 23 and columns["standard_1km_demand_share"] == [None] * 4


@pytest.mark.parametrize("kind", ["float64", "Int64", "Float64"])
def test_what_nobody_counted_is_null_whatever_the_column_is_made_of(kind):
    """A claim of nothing is not no claim: a missing number must never be printed as 0."""
    districts = make_edition().districts
    counts = pd.Series([None, 7, *[0] * len(districts)], dtype="Int64").iloc[: len(districts)]
    counts.index = districts.index
    values = counts.astype(kind)
    columns = encode_districts(make_edition(districts=districts.assign(claimed_count=values)))
    shown = columns["districts"]["columns"]["claimed_count"]
    ordered = values.loc[list_districts(make_edition(districts=districts)).index]
    assert shown == [None if pd.isna(value) else int(value) for value in ordered]
    assert None in shown


def test_a_countrys_shapes_are_light_first_and_near_in_patches():
    wavy = [
        shapely.Point(100 + 3 * (n % 8), 25 + 3 * (n // 8)).buffer(1, quad_segs=2000)
        for n in range(24)
    ]
    template = make_edition().districts.iloc[[0] * 24].reset_index(drop=True)
    codes = [f"{110101 + n}" for n in range(24)]
    districts = template.assign(district_code=codes, geometry=wavy).set_crs(4326)
    files = encode_districts(make_edition(districts=districts))
    table = files["districts"]
    first = sum(len(ring) for shape in table["shapes"] for ring in decode_rings(shape))
    assert first <= FIRST_VERTICES and len(table["near"]) > 3
    rows = []
    for west, south, east, north, number in table["near"]:
        patch = files[f"shapes-{number}"]
        rows += patch["rows"]
        for row in patch["rows"]:
            assert shapely.box(west, south, east, north).contains(wavy[row])
    assert sorted(rows) == list(range(24))


def test_a_share_between_nothing_and_all_stays_between():
    districts = make_edition().districts.assign(standard_1km_share=[0.0, 0.000001, 0.99996, 1.0])
    columns = encode_districts(make_edition(districts=districts))["districts"]["columns"]
    assert columns["standard_1km_share"] == [0, 0.0001, 0.9999, 1]


def test_the_week_of_a_station_says_open_closed_and_unknown():
    rows = [
        make_station("a", opening_hours="Mo-Fr 09:00-17:30"), make_station("b", opening_hours=""),
        make_station("c", opening_hours="24/7", status="planned"),
    ]  # fmt: skip
    drawn = _list(make_edition(rows))
    a, b, c = decode_table(encode_stations(drawn, frozenset())["places-0"])["week"]
    assert len(a) == 168 and a[:24] == "0" * 9 + "1" * 8 + "0" * 7 and a[5 * 24 :] == "0" * 48
    assert b == "?" * 168 and c == ""


def test_claims_are_ordered_by_place_then_newest_first():
    rows = [{"as_of": "2018-01-01"}, {"as_of": "2020-01-01"}, {"province": "上海市", "as_of": ""}]
    claims = encode_claims(make_claims(rows).sample(frac=1, random_state=1))
    assert [claim["as_of"] for claim in claims] == ["", "2020-01-01", "2018-01-01"]


def test_counts_of_the_report_are_paths_and_numbers():
    report = encode_report({"counts": {"stations": 2, "by_kind": {"station": 2}}})
    assert report == {
        "counts": [(("stations",), 2), (("by_kind", "station"), 2)],
        "of": {"skipped": 0, "warnings": 0}, "skipped": [], "warnings": [], "meanings": {}
    }  # fmt: skip
    told = encode_report({"skipped": [{"code": "name-missing"}, {"code": "of-nobody"}]})
    assert list(told["meanings"]) == ["name-missing"] and "站名" in told["meanings"]["name-missing"]
    many = encode_report({"skipped": [{"code": "", "where": str(n)} for n in range(700)]})
    assert len(many["skipped"]) == 500 and many["of"] == {"skipped": 700, "warnings": 0}


def test_the_headline_is_ten_minutes_at_the_legal_speed():
    assert headline(Settings()) == 1
    assert headline(Settings(envelopes=(Envelope("a", "A", 1.0),))) == 0


def test_an_empty_edition_has_both_pages():
    whole = make_edition()
    empty: Edition = make_edition(
        [], districts=whole.districts.iloc[:0], areas=whole.areas.iloc[:0]
    )
    site = draw_site(empty)
    assert {"public/index.html", "internal/planner.html"} <= set(site)
    assert isinstance(empty.claims, pd.DataFrame)
