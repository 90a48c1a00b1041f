"""Where the door is: pasted, clicked, known to nobody; each answer with its source, none lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from geomap.places.datum import Datum, convert
from geomap.stations.names import make_station_id
from tests.desk.window import Window

NORTH = make_station_id("北山驿站", "浙江省", "杭州市", "西湖区", "")
PLACE = f"/place/{NORTH}"


def point(window: Window, name: str = "北山驿站") -> tuple[float, float, float]:
    """Return where the map has a station (WGS-84), and how sure that is."""
    stations = window.desk.survey().stations
    row = stations[stations.name == name].iloc[0]
    return float(row.lon), float(row.lat), float(row.uncertainty_m)


def test_the_doubtful_come_first_and_lead_to_the_map(window: Window) -> None:
    page = window.get("/")
    assert f'href="{PLACE}"' in page.text and "A1" not in page.text
    asked = window.get(PLACE)
    assert "北山驿站" in asked.text and "现在的误差" in asked.text
    drawn = window.get(f"/around/{NORTH}").json
    assert (
        drawn and drawn["lines"] and any(name == "文三路驿站" for *_, name, _ in drawn["stations"])
    )


def test_a_pasted_link_places_the_door_on_its_own_datum(window: Window) -> None:
    link = "https://uri.amap.com/marker?position=120.1351,30.2651&name=北山"
    done = window.fill(PLACE, {"pasted": link, "save": "1"})
    assert done.status_code == 303
    row = window.rows()["北山驿站"]
    assert (row["lon"], row["lat"], row["datum"]) == ("120.1351", "30.2651", "高德")
    assert row["source"] == f"{window.desk.signature} 坐标（高德）"
    lon, lat = convert([120.1351], [30.2651], Datum.GCJ02, Datum.WGS84)
    assert point(window)[:2] == pytest.approx((lon[0], lat[0]), abs=1e-6)
    assert point(window)[2] == 30


def test_bare_degrees_are_asked_for_and_never_taken_as_exact(window: Window) -> None:
    before = (window.folder / "stations.csv").read_bytes()
    asked = window.fill(PLACE, {"pasted": "30.2651,120.1351", "save": "1"})
    assert (
        asked.status_code == 409
        and "哪台设备抄的" in asked.text
        and "30.2651,120.1351" in asked.text
    )
    assert (window.folder / "stations.csv").read_bytes() == before
    window.fill(PLACE, {"pasted": "30.2651,120.1351", "datum": "unknown", "save": "1"})
    assert point(window) == pytest.approx((120.1351, 30.2651, 700))


def test_a_click_is_as_sure_as_the_view_was_close(window: Window) -> None:
    window.fill(
        PLACE, {"lon": "120.135100", "lat": "30.265100", "uncertainty_m": "41", "save": "1"}
    )
    assert point(window) == pytest.approx((120.1351, 30.2651, 41))
    assert "在图上点的" in window.rows()["北山驿站"]["source"]


def test_nobody_knows_is_an_answer_and_is_not_asked_first_again(window: Window) -> None:
    done = window.fill(PLACE, {"nobody": "1"})
    assert done.status_code == 303 and NORTH not in done.location
    assert "位置无人知道" in window.rows()["北山驿站"]["source"]
    assert window.desk.survey().doubts[-1].asked


def test_a_point_in_another_district_has_to_be_confirmed(window: Window) -> None:
    typed = {"pasted": "116.40,39.90", "datum": "手机", "save": "1"}
    asked = window.fill(PLACE, typed)
    assert asked.status_code == 200 and "坐标不在所写的区县里" in asked.text
    assert window.rows()["北山驿站"]["lon"] == ""
    assert window.fill(PLACE, {**typed, "confirmed": "1"}).status_code == 303
    assert window.rows()["北山驿站"]["lon"] == "116.40"


def test_a_short_link_says_what_to_do(window: Window) -> None:
    told = window.post(
        "/paste", {"pasted": "【高德地图】北山 https://surl.amap.com/2Yk3aXq8d"}
    ).json
    assert told and told["fault"].startswith("这是短链接，里面没有坐标；在地图软件里复制坐标")
    shown = window.post("/paste", {"pasted": "120.1351,30.2651", "datum": "高德"}).json
    assert shown and shown["lon"] < 120.1351 and not shown["ask"]


def test_a_place_only_documents_know_becomes_a_row_and_keeps_its_id(folder: Path) -> None:
    (folder / "stations.csv").unlink()
    window = Window(folder)
    words = "西湖区总工会的翠苑驿站设在杭州市西湖区翠苑街道，每天8:00-20:00开放，供应热水。"
    window.accept(window.get(window.post("/arrive", {"pasted": words}).location))
    [doubt] = window.desk.survey().doubts
    window.fill(f"/place/{doubt.station_id}", {"pasted": "高德 120.1201,30.2851", "save": "1"})
    [row] = window.rows().values()
    assert row["station_id"] == doubt.station_id and row["datum"] == "高德"
    stations = window.desk.survey().stations
    assert len(stations) == 1 and stations.opening_hours[0] == "Mo-Su 08:00-20:00"


def test_two_windows_on_one_station_do_not_overwrite_each_other(window: Window) -> None:
    other = Window(window.folder)
    seen = window.get(PLACE).text
    version = seen.partition('name="version" value="')[2].partition('"')[0]
    other.fill(PLACE, {"pasted": "高德 120.1351,30.2651", "save": "1"})
    late = window.post(PLACE, {"version": version, "pasted": "百度 120.2,30.3", "save": "1"})
    assert late.status_code == 409 and "别的窗口改过这个站" in late.text
    assert "百度 120.2,30.3" in late.text  # what she typed is still there
    assert window.rows()["北山驿站"]["lon"] == "120.1351"


def test_what_was_typed_outlives_the_window(window: Window) -> None:
    kept = window.post(f"/draft/place-{NORTH}", {"pasted": "高德 120.1351,30.2651"})
    assert kept.status_code == 204
    assert "高德 120.1351,30.2651" in Window(window.folder).get(PLACE).text
    window.fill(PLACE, {"pasted": "高德 120.1351,30.2651", "save": "1"})
    assert not window.desk.drafts.forms()
