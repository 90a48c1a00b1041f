"""Time: the map of a past day, and stations and people year by year."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from geomap.cli import main
from geomap.pipeline.build import edition_date
from geomap.stations.status_on import is_by, status_on
from tests.roads.road_files import CORNER, STEP
from tests.test_ground import read_districts, write_city

SIDE = STEP * 2.2
ENVELOPE = "ebike_10min_15kmh"


@pytest.mark.parametrize(
    ("each", "day", "known"),
    [
        ("2023-05-01", "2023-05-01", 1), ("2023-05-02", "2023-05-01", 0),
        ("2023-05", "2023-06-01", 1), ("2023-05", "2023-05-10", None), ("2023-05", "2023-04-30", 0),
        ("2023", "2023-12-31", 1), ("2023", "2023-06-30", None), ("2023", "2022-12-31", 0),
        ("", "2023-05-01", None),
    ],
)  # fmt: skip
def test_a_day_is_before_another_where_the_whole_of_it_is(each, day, known):
    (found,) = is_by([each], day).tolist()
    assert (None if found != found else found) == known


@pytest.mark.parametrize(
    ("row", "then"),
    [
        (("operating", "2020-01-01", "", ""), "operating"),
        (("operating", "2024-01-01", "", ""), ""),
        (("operating", "", "", ""), "unknown"),
        (("operating", "", "", "2021-05-01"), "operating"),  # seen then, and open still
        (("operating", "", "", "2024-05-01"), "unknown"),
        (("converted", "2020", "", ""), "converted"),
        (("closed", "2019-01-01", "2023-01-01", ""), "operating"),
        (("closed", "2019-01-01", "2021-01-01", ""), "closed"),
        (("closed", "", "2023-01-01", ""), "unknown"),
        (("closed", "2019-01-01", "", ""), "unknown"),
        (("closed", "2023-01-01", "2024-01-01", ""), ""),
        (("suspended", "2019-01-01", "2020-01-01", ""), "suspended"),
        (("planned", "2027-01-01", "", ""), "planned"),
    ],
)  # fmt: skip
def test_what_a_row_was_on_a_past_day(row, then):
    names = ["status", "opened_on", "closed_on", "verified_on"]
    assert status_on(pd.DataFrame([row], columns=names), "2022-06-30").tolist() == [then]


def test_a_day_to_come_is_no_day_of_the_facts():
    rows = [("operating", "2024-05-01"), ("planned", "2029-06-01")]
    stations = pd.DataFrame(rows, columns=["status", "opened_on"]).assign(
        verified_on="2023-01-01", sources=[()] * 2
    )
    assert edition_date(stations, pd.DataFrame({"as_of": ["2020"]})) == "2024-05-01"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town whose stations a, b, c come, go and have no date, and one that is planned."""
    folder = write_city(tmp_path_factory.mktemp("years") / "city")
    rows = [
        ("a", 1.1, 1.05, "在用", "2019-03-01", "", "2026-02-01"),
        ("b", 2.1, 2.0, "关闭", "2021-05-01", "2024-06-01", ""),
        ("c", 6.0, 3.1, "在用", "", "", "2026-02-01"),
        ("p", 7.0, 7.0, "计划", "2028", "", ""),
    ]
    lines = ["station_id,name,kind,lon,lat,datum,status,opened_on,closed_on,verified_on"]
    lines += [
        f"{name},{name}驿站,station,{CORNER[0] + x * SIDE:.6f},{CORNER[1] + y * SIDE:.6f},手机,"
        f"{status},{opened},{closed},{seen}"
        for name, x, y, status, opened, closed, seen in rows
    ]
    (folder / "stations.csv").write_text("\n".join(lines), encoding="utf-8")
    settings = (
        '[[envelope]]\nid = "ebike_10min_15kmh"\nlabel = "短"\nminutes = 3\nspeed_kmh = 15\n'
        'radius_m = 750\nmethod = "network"\n'
    )
    (folder / "map.toml").write_text(settings, encoding="utf-8")
    return folder


def build(folder: Path, name: str, *options: str) -> Path:
    out = folder.parent / name
    roads = str(folder / "roads.parquet")
    order = ["build", "--geodata", str(folder), "--roads", roads, "--no-clock", "--out", str(out)]
    assert main([*order, *options]) == 0
    return out


@pytest.fixture(scope="module")
def today(folder: Path) -> Path:
    return build(folder, "today")


def test_years_tell_who_was_open_and_whom_they_served(today: Path) -> None:
    table = pd.read_csv(today / "internal/data/years.csv").set_index("year")
    assert table.index.tolist() == list(range(2019, 2029))
    assert table["open_count"].tolist() == [1, 1, 2, 2, 2, 1, 1, 2, 2, 2]
    # c stands open today, but nobody knows since when.
    assert table["maybe_count"].tolist() == [1] * 7 + [0] * 3
    assert table.loc[2021, "opened_count"] == table.loc[2024, "closed_count"] == 1
    assert table.loc[2028, "planned_count"] == table["planned_count"].sum() == 1
    assert table.loc[2022, "served"] > table.loc[2019, "served"] > 0
    assert table.loc[2024, "served"] == table.loc[2019, "served"]
    assert (table["served_high"] >= table["served"]).all()
    assert table.loc[2028, "served_planned"] > table.loc[2027, "served_planned"]
    assert table.loc[2027, "served_planned"] == table.loc[2027, "served"]
    text = next(today.glob("internal/assets/facts/years-*.js")).read_text(encoding="utf-8")
    facts = json.loads(text[text.index("{", text.index("years")) : text.rindex("}") + 1])
    assert facts["undated"] == [1, 0, 0] and facts["unit"] == "people"


def test_this_year_serves_whom_the_gaps_leave(today: Path) -> None:
    table = pd.read_csv(today / "internal/data/years.csv").set_index("year")
    gaps = json.loads((today / "internal/data/gaps.geojson").read_bytes())["features"]
    text = next(today.glob("internal/assets/facts/years-*.js")).read_text(encoding="utf-8")
    facts = json.loads(text[text.index("{", text.index("years")) : text.rindex("}") + 1])
    open_demand = sum(each["properties"]["demand"] for each in gaps)
    assert table.loc[2026, "served"] == pytest.approx(facts["total"] - open_demand, abs=1)


def test_a_past_day_is_the_map_of_the_ledger_that_was(folder: Path, capsys) -> None:
    past = build(folder, "past", "--as-of", "2022-12-31")
    assert "2022-12-31 那天的图" in capsys.readouterr().out
    rows = {
        each["properties"]["station_id"]: each["properties"]["status"]
        for each in json.loads((past / "internal/data/stations.geojson").read_bytes())["features"]
    }
    assert rows == {"a": "operating", "b": "operating", "c": "unknown", "p": "planned"}
    record = json.loads((past / "build.json").read_text(encoding="utf-8"))
    assert record["edition_date"] == "2022-12-31"
    assert record["as_of"] == {"day": "2022-12-31", "not_yet": 0, "unknown": 1}
    # As a ledger of that day would have had it: a and b, and c of whom nobody knows.
    then = folder.parent / "then"
    if not then.exists():
        then.mkdir()
        for each in folder.iterdir():
            (then / each.name).write_bytes(each.read_bytes())
        text = (folder / "stations.csv").read_text(encoding="utf-8")
        text = text.replace("关闭,2021-05-01,2024-06-01", "在用,2021-05-01,")
        text = "\n".join(text.splitlines()[:3])
        (then / "stations.csv").write_text(text, encoding="utf-8")
    one, other = (read_districts(site) for site in (past, build(then, "then-site")))
    for code, row in other.items():
        for name in ("share_low", "share", "people"):
            assert one[code][f"{ENVELOPE}_{name}"] == row[f"{ENVELOPE}_{name}"], (code, name)
    assert any(
        float(one[code][f"{ENVELOPE}_share_high"]) > float(other[code][f"{ENVELOPE}_share_high"])
        for code in other
    )


def test_a_day_to_come_changes_nothing_and_no_day_is_refused(folder: Path, today: Path) -> None:
    late = build(folder, "late", "--as-of", "2030-01-01")
    name = "internal/data/stations.geojson"
    assert (late / name).read_bytes() == (today / name).read_bytes()
    assert main(["build", "--as-of", "去年", "--out", str(folder.parent / "never")]) == 2
