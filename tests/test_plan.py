"""The command plan: files, words and figures of a small town."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from geomap.cli import main
from geomap.model.settings import Settings
from geomap.pipeline.build import Order, make_edition
from geomap.pipeline.plan_kept import read_kept_plan
from geomap.pipeline.plan_reasons import say_reasons
from tests.roads.road_files import CORNER, STEP
from tests.test_ground import write_city

SIDE = STEP * 2.2
KEYS = {
    "envelope", "method", "objective", "bound", "gap", "demand_total", "covered_before",
    "actions", "alternatives", "curve",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    more = f"p,规划驿站,station,{CORNER[0] + 7 * SIDE:.6f},{CORNER[1] + 7 * SIDE:.6f},手机,\n"
    folder = write_city(tmp_path_factory.mktemp("plan") / "city", more)
    ledger = folder / "stations.csv"
    lines = ledger.read_text(encoding="utf-8").splitlines()
    status = ["status", "operating", "operating", "operating", "planned"]
    text = "\n".join(f"{line},{word}" for line, word in zip(lines, status, strict=True))
    ledger.write_text(text + "\n", encoding="utf-8")
    return folder


def at(column: float, row: float) -> str:
    return f"{CORNER[0] + column * SIDE:.6f},{CORNER[1] + row * SIDE:.6f}"


def write(path: Path, *lines: str) -> str:
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def plan(folder: Path, out: Path, *options: str) -> dict[str, Any]:
    words = ["plan", "--geodata", str(folder), "--out", str(out), *options]
    assert main(words) == 0
    return json.loads((out / "plan.json").read_bytes())


def test_new_and_planned_sites_are_weighed_by_people(folder: Path, tmp_path: Path, capsys) -> None:
    demand = write(
        tmp_path / "demand.csv", "id,lon,lat,datum,weight",
        f"a,{at(1, 1)},wgs84,700", f"b,{at(7, 7)},wgs84,300", f"c,{at(15, 1)},wgs84,120",
    )  # fmt: skip
    sites = write(tmp_path / "sites.csv", "id,lon,lat,datum,cost", f"east,{at(15, 1)},,90000",
                  f"p,{at(7, 7)},,50000")  # fmt: skip
    out = tmp_path / "out"
    options = ("--demand", demand, "--candidates", sites, "--envelope", "standard_1km")
    table = plan(folder, out, "--sites", "2", *options)
    assert table.keys() >= KEYS
    assert (table["demand_total"], table["covered_before"], table["objective"]) == (1120, 700, 1120)
    assert table["gap"] == 0 and table["method"] == "circle" and table["unit"] == "people"
    facts = [(a["rank"], a["action"], a["id"], a["gain"], a["cost"]) for a in table["actions"]]
    assert facts == [(1, "open_planned", "p", 300, 50000), (2, "new_site", "east", 120, 90000)]
    assert "规划驿站" in table["actions"][0]["reason"] and "公里外" in table["actions"][1]["reason"]
    assert [point["objective"] for point in table["curve"][:3]] == [700, 1000, 1120]
    shapes = json.loads((out / "plan.geojson").read_bytes())["features"]
    assert [shape["properties"]["id"] for shape in shapes] == ["p", "east"]
    assert shapes[0]["geometry"]["coordinates"] == [table["actions"][0][k] for k in ("lon", "lat")]
    assert "多覆盖 300 人" in capsys.readouterr().out
    poor = plan(folder, out, "--sites", "2", "--budget", "60000", *options)
    assert [action["id"] for action in poor["actions"]] == ["p"] and poor["spent"] == 50000


@pytest.fixture(scope="module")
def both(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A plan of hours and sites, and the files that it was made of."""
    out = tmp_path_factory.mktemp("both")
    demand = write(out / "demand.csv", "id,lon,lat,datum,weight", *(
        f"{number},{at(column, row)},,{weight}" for number, (column, row, weight) in enumerate(
            ((1.1, 0, 700), (15, 1, 120), (13, 1, 160), (7, 7, 300), (9, 8, 50), (14, 3, 80)))
    ))  # fmt: skip
    sites = write(out / "sites.csv", "id,lon,lat,datum,cost", f"east,{at(15, 1)},,90000",
                  f"near,{at(13.5, 1.5)},,40000")  # fmt: skip
    options = ("--demand", demand, "--candidates", sites, "--envelope", "standard_1km")
    return plan(folder, out / "plan", "--sites", "2", "--actions", "both", *options)


def test_what_is_left_of_a_plan_is_the_sum_of_parts_that_the_others_cover(both) -> None:
    table, weight = both, both["parts"]
    assert len(table["actions"]) == 2 and sum(weight) > 0
    covered = 0.0
    for action in table["actions"]:  # one after the other they add what the plan says
        before = {part for each in table["actions"][: action["rank"] - 1] for part in each["parts"]}
        added = sum(weight[part] for part in set(action["parts"]) - before)
        assert added == pytest.approx(action["gain"], abs=0.01)
        covered += added
    assert table["covered_before"] + covered == pytest.approx(table["objective"], abs=0.01)
    assert table["alternatives"]
    for other in table["alternatives"]:
        kept = [each for each in table["actions"] if each["rank"] != other["instead_of"]]
        parts = {part for each in (*kept, other) for part in each["parts"]}
        left = table["covered_before"] + sum(weight[part] for part in parts)
        assert left == pytest.approx(other["objective"], abs=0.01)


def test_a_gain_by_the_hour_is_told_in_people_and_how_long_the_nearest_is_open() -> None:
    labels = {"unit": {"people-hours a week": ("人·小时/周", ""), "people": ("人", "")}}
    near = {"name": "甲", "m": 500, "open_h": 30}
    action = {"action": "new_site", "name": "", "gain": 168_000.0, "cost": None, "nearest": near}
    told = say_reasons(action, "people-hours a week", labels)[0]
    assert "168,000 人·小时/周（平均每小时 1,000 人）" in told
    assert "“甲”在直线 0.5 公里外（每周确定开 30 小时）" in told


def test_a_plan_in_english_has_no_chinese_words(folder: Path, tmp_path: Path, capsys) -> None:
    sites = write(tmp_path / "sites.csv", "id,lon,lat,datum,cost", f"east,{at(15, 1)},,90000")
    demand = write(tmp_path / "demand.csv", "id,lon,lat,datum,weight",
                   f"a,{at(1.1, 0)},,700", f"b,{at(15, 1)},,120", f"c,{at(7, 7)},,90")  # fmt: skip
    words = ["plan", "--lang", "en", "--geodata", str(folder), "--out", str(tmp_path / "out"),
             "--sites", "3", "--actions", "both", "--envelope", "standard_1km", "--demand", demand,
             "--candidates", sites]  # fmt: skip
    assert main(words) == 0
    told = re.sub("“[^”]*”", "", capsys.readouterr().out)
    assert not re.search(r"[\u4e00-\u9fff，。；：]", told), told
    assert "people-hours a week" in told and "for 10,000 yuan" in told
    assert re.search(r"people-hours a week \([\d,]+ people in the mean hour\)", told)
    assert "in a straight line (hours not known)" in told
    assert main(["plan", *words[3:], "--budget", "95000"]) == 0
    chinese = re.sub("“[^”]*”", "", capsys.readouterr().out)
    assert "人·小时/周" in chinese and not re.search("[a-z]{4,}_|people", chinese), chinese
    assert "没有价格的办法" in chinese


def test_where_hours_are_short_longer_hours_beat_a_building(folder: Path, tmp_path: Path) -> None:
    demand = write(tmp_path / "demand.csv", "id,lon,lat,datum,weight",
                   f"a,{at(1.1, 0)},,700", f"c,{at(15, 1)},,120")  # fmt: skip
    sites = write(tmp_path / "sites.csv", "id,lon,lat,datum", f"east,{at(15, 1)},")
    options = ("--demand", demand, "--candidates", sites, "--envelope", "standard_1km")
    table = plan(folder, tmp_path / "out", "--sites", "1", "--actions", "both", *options)
    (action,) = table["actions"]
    # a is open from 9 to 17; b, open all day, and c, of unknown hours, are too far.
    assert (action["action"], action["id"], action["gain"]) == ("longer_hours", "a", 700 * 112)
    assert table["unit"] == "people-hours a week" and table["stations_of_unknown_hours"] == 1
    visits = plan(folder, tmp_path / "out", "--sites", "2", "--actions", "hours", *options)
    assert [a["action"] for a in visits["actions"]] == ["longer_hours", "mobile_visit"]
    assert visits["actions"][1]["gain"] == 120 * 10


def test_by_road_candidates_come_from_the_open_demand(folder: Path, tmp_path: Path) -> None:
    roads = ("--roads", str(folder / "roads.parquet"))
    table = plan(folder, tmp_path / "out", "--sites", "3", *roads)
    assert table["method"] == "network" and table["demand_from"] == "streets"
    assert table["actions"][0]["gain"] > 0
    gains = [action["gain"] for action in table["actions"]]
    assert sum(gains) == pytest.approx(table["objective"] - table["covered_before"], abs=0.1)
    again = plan(folder, tmp_path / "again", "--sites", "3", *roads)
    assert again == table


def test_what_cannot_be_used_is_said(folder: Path, tmp_path: Path, capsys) -> None:
    words = ["plan", "--geodata", str(folder), "--out", str(tmp_path / "out"), "--sites"]
    assert main([*words, "2", "--envelope", "walk"]) == 1
    assert "standard_1km" in capsys.readouterr().err
    assert main([*words, "2", "--demand", str(tmp_path / "none.csv")]) == 1
    assert "none.csv" in capsys.readouterr().err
    empty = write(tmp_path / "empty.csv", "id,lon,lat", "a,,")
    assert main([*words, "2", "--candidates", empty]) == 1
    assert "empty.csv" in capsys.readouterr().err
    for number in ("0", "2.5", "many"):
        assert main([*words, number]) == 2
    capsys.readouterr()
    (tmp_path / "out").mkdir()
    (tmp_path / "out/plan.json").write_text("mine", encoding="utf-8")
    assert main([*words, "1"]) == 1
    assert (tmp_path / "out/plan.json").read_text(encoding="utf-8") == "mine"


def test_the_plan_beside_the_ledger_is_on_the_page_and_a_changed_ledger_is_said(
    folder: Path, both: dict[str, Any], tmp_path: Path
) -> None:
    path, settings = tmp_path / "plan.json", Settings()
    assert read_kept_plan(path, settings, "") == (None, [])
    path.write_text(json.dumps(both), encoding="utf-8")
    kept, skips = read_kept_plan(path, settings, both["stations"])
    assert kept == {**both, "is_stale": False} and skips == []
    assert read_kept_plan(path, settings, "another ledger")[0]["is_stale"]
    made, _ = make_edition(Order(folder, tmp_path, clock=False))
    assert made.ledger == both["stations"]


@pytest.mark.parametrize("change", [
    {"parts": ["12"]}, {"objective": float("nan")}, {"actions": [{}]}, {"actions": None},
    {"envelope": "walk"}, {"unit": "votes"}, {"curve": [3]}, {"parts": []},
])  # fmt: skip
def test_a_damaged_plan_is_named_and_not_shown(both, tmp_path: Path, change) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps({**both, **change}), encoding="utf-8")
    plan, (skip,) = read_kept_plan(path, Settings(), "")
    assert plan is None and (skip.where, skip.code) == ("plan.json", "plan-unreadable")
    path.write_bytes(b"\xff[[[")
    assert read_kept_plan(path, Settings(), "")[0] is None
