"""Served land by road and the trial of the planners' page, counted anew by a script of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from geomap.cli import main
from tests.browser.recount import HEADLINE, Recount, place, write_folder
from tests.browser.recount_streets import EVERY, SNAP, Streets, list_ground, write_streets
from tests.browser.sites import wait_until

METRES = {HEADLINE: 2500.0, "ebike_10min_25kmh": 25_000 / 6}
_SHOWN = """root => [...root.querySelectorAll("[data-number]")].map(one => ({ ...one.dataset }))"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city on its streets, every place of a station exact."""
    folder = write_folder(tmp_path_factory.mktemp("streets") / "city", stations="abdefg")
    words = ["--roads", str(write_streets(folder / "streets.geojson")), "--demand",
             str(folder / "people.csv"), "--geodata", str(folder)]  # fmt: skip
    assert main(["build", "--out", str(folder.parent / "site"), *words]) == 0
    return folder


@pytest.fixture(scope="module")
def again(city: Path) -> Recount:
    return Recount(city, city.parent / "site")


@pytest.fixture(scope="module")
def streets() -> Streets:
    return Streets()


@pytest.fixture
def open_planner(city: Path, watch: Any) -> Any:
    address = (city.parent / "site/internal/planner.html").as_uri()
    record = watch(viewport={"width": 1366, "height": 768})
    return lambda end="": record.open(address + end, "html[data-ready]")


def _stations(again: Recount, sure: bool = True) -> tuple[np.ndarray, np.ndarray]:
    rows = again.open_now(sure)
    return again.to_metres([row["at"] for row in rows]), np.array(
        [row["uncertainty_m"] for row in rows]
    )


def test_served_land_and_who_reaches_it_by_road(open_planner, again, streets) -> None:
    page = open_planner()
    shown = page.locator("#district-table").evaluate(_SHOWN)
    told = {(one["number"], one["district"]): one["value"] for one in shown}
    for code in again.districts.index:
        shape = again.shape(code)
        ground = list_ground(shape)
        is_served, street, along = streets.served(ground)
        street, along = street[is_served], along[is_served]
        served_km2 = len(street) * EVERY**2 / 1e6
        assert float(told["served_km2", code]) == pytest.approx(served_km2, rel=0.01)
        at, weight = again.demand
        own = shapely.contains_xy(shape, *at.T)
        at, weight = at[own], weight[own]
        home, home_at, away = streets.foot(at)
        for envelope, metres in METRES.items():
            sure, wide = _stations(again)
            maybe, may = _stations(again, sure=False)
            reached = {
                "share_low": streets.reaches(sure, metres - wide, street, along).mean(),
                "share": streets.reaches(sure, metres, street, along).mean(),
                "share_high": streets.reaches(maybe, metres + may, street, along).mean(),
            }
            reached["land_share"] = reached["share"] * served_km2 * 1e6 / shape.area
            people = weight[streets.reaches(sure, metres, home, home_at) & (away <= SNAP)].sum()
            reached["demand_share"] = people / weight.sum()
            for name, expected in reached.items():
                value = float(told[f"{envelope}_{name}", code])
                assert value == pytest.approx(expected, abs=0.008), (envelope, name, code)
            assert float(told[f"{envelope}_people", code]) == pytest.approx(people, rel=0.01)


#: Where a station is added, which one is closed, which hour of the week (-1: none), one longer.
TRIALS = (((-830.0, -2720.0), "", -1, ""), ((4830.0, -3950.0), "b", -1, ""),
          ((-830.0, -2720.0), "b", 22, "d"))  # fmt: skip


@pytest.mark.parametrize(("spot", "closed", "hour", "longer"), TRIALS)
def test_the_trial(open_planner, again, streets, spot, closed, hour, longer) -> None:
    lon, lat = place(*spot)
    parts = [f"a{lon:.5f}_{lat:.5f}", f"c{closed}", f"l{longer}", f"h{hour}"]
    page = open_planner("#w=" + "~".join(part for part in parts if part[1:] not in ("", "-1")))
    wait_until(page, "document.querySelector('#trial-result dl')")
    told = {(one["number"], one.get("district")): float(one["value"])
            for one in page.locator("#trial-result").evaluate(_SHOWN)}  # fmt: skip
    rows = again.open_now(True, 0, hour)
    kept = [row for row in again.open_now(True) if row["station_id"] != closed
            and (row in rows or row["station_id"] == longer)]  # fmt: skip
    before = again.to_metres([row["at"] for row in rows])
    now = np.vstack([again.to_metres([row["at"] for row in kept]), [spot]])
    at, weight = again.demand
    home, along, away = streets.foot(at)
    weight = np.where(away <= SNAP, weight, 0)
    was, is_ = (streets.reaches(some, 2500.0, home, along) for some in (before, now))
    expected = {
        "whatif_before": weight[was].sum(), "whatif_now": weight[is_].sum(),
        "whatif_gained": weight[is_ & ~was].sum(), "whatif_lost": weight[was & ~is_].sum(),
    }  # fmt: skip
    for name, people in expected.items():
        assert told[name, None] == pytest.approx(people, rel=0.005, abs=1), name
    for name, number in (("share_before", "before"), ("share", "now")):
        share = expected[f"whatif_{number}"] / weight.sum()
        assert told[f"whatif_{name}", None] == pytest.approx(share, abs=0.003)
    for name, some in (("km_before", before), ("km", now)):
        assert told[f"whatif_{name}", None] == pytest.approx(
            streets.km_within(some, 2500.0), rel=0.005
        )
    for code in again.districts.index:
        own = shapely.contains_xy(again.shape(code), *at.T)
        for name, reached in (("before", was), ("now", is_)):
            if ("whatif_" + name, code) in told:
                people = weight[own & reached].sum()
                assert told[f"whatif_{name}", code] == pytest.approx(people, rel=0.005, abs=1)
