"""Every number of the planners' page, counted anew from its downloads by a script of its own."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from geomap.cli import main
from tests.browser.recount import GLOBE, HEADLINE, POPULATION, RADII, Recount, write_folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = write_folder(tmp_path_factory.mktemp("recount") / "city")
    site, people = folder.parent / "site", str(folder / "people.csv")
    plan = ["plan", "--sites", "2", "--candidates", str(folder / "sites.csv")]
    for words in ([*plan, "--out", str(folder)], ["build", "--out", str(site)]):
        assert main([*words, "--geodata", str(folder), "--demand", people]) == 0
    return folder, site


@pytest.fixture(scope="module")
def again(built: tuple[Path, Path]) -> Recount:
    return Recount(*built)


#: What stands on the page, each as its hooks say it.
_SHOWN = """[...document.querySelectorAll("[data-number]")].map(one => ({ ...one.dataset }))"""


@pytest.fixture
def shown(built: tuple[Path, Path], watch: Any) -> Callable[..., list[dict[str, str]]]:
    """The page's numbers, with each district chosen once; of a column those that are asked for."""
    page = watch(viewport={"width": 1366, "height": 768}).open(
        (built[1] / "internal/planner.html").as_uri(), "html[data-ready]"
    )
    numbers: list[dict[str, str]] = []
    for district in ("德清县", "南浔区"):
        page.locator("#district-table tbody").get_by_role("button", name=district).click()
        page.locator("#facts h2", has_text=district).wait_for()
        numbers += page.evaluate(_SHOWN)

    def take(*columns: str) -> list[dict[str, str]]:
        chosen = [one for one in numbers if one["number"] in columns]
        assert {one["number"] for one in chosen} == set(columns)
        return chosen

    take.columns = {one["number"] for one in numbers}  # type: ignore[attr-defined]
    return take


def test_every_column_of_the_page_is_counted_anew_below(shown) -> None:
    ends = ("share_low", "share", "share_high", "likely_low", "likely_high", "people",
            "demand_share")  # fmt: skip
    known = {f"{envelope}_{end}" for envelope in RADII for end in ends}
    known |= set(COUNTS) | set(HOURS) | set(GAPS) | set(YEARS) | set(PLAN)
    assert shown.columns <= known
    assert known - shown.columns <= {f"{each}_likely_{end}" for each in RADII
                                     for end in ("low", "high")}  # fmt: skip


COUNTS = ("station_count", "planned_count", "claimed_count", "population", "people_per_station",
          "area_km2")  # fmt: skip
HOURS = ("share", "share_high")
GAPS = ("demand", "area_km2", "nearest_min")
YEARS = ("open_count", "maybe_count", "opened_count", "closed_count", "planned_count", "served",
         "served_high", "served_planned")  # fmt: skip
PLAN = ("plan_difference", "plan_covered", "plan_gain", "plan_cost")


def test_counts_of_districts(shown, again) -> None:
    for one in shown(*COUNTS):
        if "district" not in one:
            continue
        code, name = one["district"], one["number"]
        own = [row for row in again.rows if row["district_code"] == code]
        count = sum(row["status"] == "operating" and row["access"] != "unknown" for row in own)
        claimed = [row["count"] for row in again.claims if row["district"] ==
                   again.districts["district"][code]]  # fmt: skip
        expected = {
            "station_count": count,
            "planned_count": sum(row["status"] == "planned" for row in own),
            "claimed_count": float(claimed[0]) if claimed else "",
            "population": POPULATION[code],
            "people_per_station": round(POPULATION[code] / count),
            "area_km2": abs(GLOBE.geometry_area_perimeter(again.districts.geometry[code])[0]) / 1e6,
        }[name]
        value = one["value"]
        assert (value if expected == "" else float(value)) == pytest.approx(expected, rel=1e-4), one


def test_shares_and_people_of_every_envelope(shown, again) -> None:
    for envelope in RADII:
        for end, way in (("share_low", "low"), ("share", "share"), ("share_high", "high")):
            for one in shown(f"{envelope}_{end}"):
                expected = again.share(one["district"], envelope, way)
                assert float(one["value"]) == pytest.approx(expected, abs=0.006), one
        for one in shown(f"{envelope}_people", f"{envelope}_demand_share"):
            reached, total = again.people_reached(one["district"], envelope)
            is_part = one["number"].endswith("demand_share")
            expected = reached / total if is_part else reached
            assert float(one["value"]) == pytest.approx(expected, rel=0.02), one


def test_between_the_likely_ends_lie_nine_of_ten_placements(shown, again) -> None:
    chance, ground = np.random.default_rng(3), again.ground("330521")
    ends = {one["number"]: float(one["value"]) for one in
            shown(f"{HEADLINE}_likely_low", f"{HEADLINE}_likely_high")
            if one["district"] == "330521"}  # fmt: skip
    rows, held = again.open_now(True), 0
    for _ in range(100):
        moved = [row | {"uncertainty_m": 0, "at": again.local.transform(
            *(again.to_metres([row["at"]])[0] + row["uncertainty_m"] * chance.random() ** 0.5
              * np.array([math.cos(turn), math.sin(turn)])), direction="INVERSE")}
            for row, turn in zip(rows, chance.uniform(0, 7, len(rows)), strict=True)]  # fmt: skip
        share = again.chance(ground, moved, RADII[HEADLINE], "low").mean()
        held += ends[f"{HEADLINE}_likely_low"] <= share <= ends[f"{HEADLINE}_likely_high"]
    assert held >= 90


def test_every_hour_of_the_week(shown, again) -> None:
    seen = set()
    for one in shown(*HOURS):
        way = "high" if one["number"] == "share_high" else "share"
        day, hour, code = int(one["weekday"]), int(one["hour"]), one["district"]
        seen.add((code, day, hour))
        key = tuple(row["station_id"] for row in again.open_now(way != "high", day, hour))
        expected = _kept(again, code, way, key, day, hour)
        assert float(one["value"]) == pytest.approx(expected, abs=0.01), one
    assert len(seen) == 2 * 7 * 24


_HOURS_KEPT: dict[Any, float] = {}


def _kept(again: Recount, code: str, way: str, key: Any, day: int, hour: int) -> float:
    if (code, way, key) not in _HOURS_KEPT:
        _HOURS_KEPT[code, way, key] = again.share(code, HEADLINE, way, day, hour)
    return _HOURS_KEPT[code, way, key]


def test_gaps_are_the_demand_that_no_certain_station_reaches(shown, again) -> None:
    at, weight = again.demand
    certain = again.open_now(True)
    far = np.linalg.norm(at[:, None] - again.to_metres([r["at"] for r in certain])[None], axis=2)
    minutes, lost = far.min(axis=1) * 1.3 * 0.06 / 15, ~again.within([r["at"] for r in certain])
    shapes = [shapely.transform(shapely.geometry.shape(gap["geometry"]), again.to_metres)
              for gap in again.gaps]  # fmt: skip
    held = [shapely.contains_xy(shape, *at.T) & lost for shape in shapes]
    assert sum(weight[own].sum() for own in held) == weight[lost].sum()
    for one in shown(*GAPS):
        if "rank" not in one:
            continue
        number = int(one["rank"]) - 1
        own = np.flatnonzero(held[number])
        order = own[np.argsort(minutes[own])]
        half = order[np.searchsorted(np.cumsum(weight[order]), weight[own].sum() / 2)]
        geometry = shapely.geometry.shape(again.gaps[number]["geometry"])
        expected = {
            "demand": weight[own].sum(),
            "area_km2": abs(GLOBE.geometry_area_perimeter(shapely.orient_polygons(geometry))[0])
            / 1e6,
            "nearest_min": minutes[half],
        }[one["number"]]
        assert float(one["value"]) == pytest.approx(expected, rel=0.002, abs=0.06), one


def test_years(shown, again) -> None:
    year_now = 2026  # the newest day of verification
    for one in shown(*YEARS):
        if "year" not in one:
            continue
        year = int(one["year"])
        counts = [row for row in again.rows if row["access"] != "unknown"]

        def began(row: dict[str, Any], by: int = year) -> bool:
            return bool(row["opened_on"]) and int(row["opened_on"][:4]) <= by

        def is_over(row: dict[str, Any], by: int = year) -> bool:
            return bool(row["closed_on"]) and int(row["closed_on"][:4]) <= by

        ran = [row for row in counts if row["status"] != "planned"]
        sure = [row for row in ran if began(row) and not is_over(row)]
        maybe = [row for row in ran if not row["opened_on"] and not is_over(row)]
        if year >= year_now:
            sure, maybe = [row for row in ran if row["status"] == "operating"], []
        due = [row for row in counts if row["status"] == "planned" and began(row)]
        expected = {
            "open_count": len(sure), "maybe_count": len(maybe),
            "opened_count": sum((row["opened_on"] or "")[:4] == one["year"] for row in ran),
            "closed_count": sum((row["closed_on"] or "")[:4] == one["year"] for row in ran),
            "planned_count": sum(row["status"] == "planned" and row["opened_on"][:4] == one["year"]
                                 for row in counts),
            "served": again.served(sure), "served_high": again.served(sure + maybe),
            "served_planned": again.served(sure + due),
        }[one["number"]]  # fmt: skip
        assert float(one["value"]) == pytest.approx(expected, rel=0.001), one


def test_the_plan(shown, again) -> None:
    sure = again.open_now(True)  # wherever in its uncertainty a station stands
    now = again.within([row["at"] for row in sure], [row["uncertainty_m"] for row in sure])
    listed = {**{a["id"]: a for a in again.plan["alternatives"]},
              **{a["id"]: a for a in again.plan["actions"]}}  # fmt: skip
    chosen = [a["id"] for a in again.plan["actions"]]
    weight = again.demand[1]

    def covered(ids: list[str]) -> float:
        places = [(listed[one]["lon"], listed[one]["lat"]) for one in ids]
        return float(weight[now | again.within(places) if places else now].sum())

    (whole, *_), (gain, *_), (cost, *_) = (
        [float(one["value"]) for one in shown(f"plan_{name}")] for name in
        ("covered", "gain", "cost")
    )  # fmt: skip
    assert whole == pytest.approx(covered(chosen), abs=0.5)
    assert gain == pytest.approx(covered(chosen) - covered([]), abs=0.5)
    assert cost == sum(listed[one]["cost"] or 0 for one in chosen)
    expected = [covered([*chosen, one]) - covered([each for each in chosen if each != one])
                for one in [*chosen, *(one for one in listed if one not in chosen)]]  # fmt: skip
    told = [float(one["value"]) for one in shown("plan_difference")][: len(expected)]
    assert sorted(told) == pytest.approx(sorted(expected), abs=0.5)
