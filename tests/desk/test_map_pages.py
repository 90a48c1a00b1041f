"""The map is built beside the desk, shown from another origin, and published through the gate."""

from __future__ import annotations

import shutil
import time

import pytest

from geomap.desk.building import State, read_version
from geomap.desk.preview import make_preview
from tests.desk.window import Window


def built(window: Window, limit_s: float = 240) -> State:
    """Press 生成地图 and wait for the outcome."""
    assert window.post("/map/build").status_code == 303
    end = time.monotonic() + limit_s
    while (state := window.desk.building.state()).name == "running":
        assert time.monotonic() < end
        time.sleep(0.1)
    return state


def test_a_closed_gate_is_explained_and_publishes_nothing(window: Window) -> None:
    assert "还没有生成" in window.get("/map").text
    assert built(window).name == "done"
    page = window.get("/map").text
    assert "按现在的台账生成的" in page and "review_number" in page
    refused = window.post("/map/publish", {"folder": str(window.folder.with_name("www"))})
    assert refused.status_code == 409 and "还没有审图号" in refused.text
    assert not window.folder.with_name("www").exists()
    photos = window.folder / "photos"
    photos.mkdir()
    (photos / "A1.jpg").write_bytes(b"")
    assert "按现在的台账生成的" not in window.get("/map").text
    shutil.rmtree(photos)
    assert "按现在的台账生成的" in window.get("/map").text
    window.fill("/station/A1", {"note": "看过"})
    assert "台账、照片或设置在生成之后改过" in window.get("/map").text
    late = window.post("/map/publish")
    assert late.status_code == 409 and "先点“生成地图”" in late.text


@pytest.mark.parametrize("name", ["photos/A1.jpg", "map.toml", "plan.json", "population.csv"])
def test_what_a_build_reads_and_no_table_is_makes_a_map_old_too(window: Window, name: str) -> None:
    before = read_version(window.desk.geodata)
    for name_of in (".hidden", "~$stations.xlsx"):  # what Excel leaves beside an open sheet
        (window.folder / name_of).write_text("x", encoding="utf-8")
    assert read_version(window.desk.geodata) == before
    path = window.folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"one")
    added = read_version(window.desk.geodata)
    path.write_bytes(b"another")
    assert len({before, added, read_version(window.desk.geodata)}) == 3
    path.unlink()
    (window.folder / ".hidden").unlink()


def test_a_build_that_fails_says_why_and_leaves_what_lay_there(window: Window) -> None:
    window.desk.site.mkdir()
    (window.desk.site / "mine.txt").write_text("mine", encoding="utf-8")
    assert built(window).name == "failed"
    assert "里面有别的文件" in window.get("/map").text
    assert [path.name for path in window.desk.site.iterdir()] == ["mine.txt"]


def test_nothing_published_nothing_to_take_back(window: Window) -> None:
    refused = window.post("/map/undo")
    assert refused.status_code == 409 and "没有上一版可退" in refused.text


def test_the_preview_answers_its_secret_address_under_its_own_name_only(window: Window) -> None:
    site = window.desk.site
    (site / "public").mkdir(parents=True)
    (site / "public" / "index.html").write_text("map", encoding="utf-8")
    (site.parent / "other.txt").write_text("other", encoding="utf-8")
    app, address = make_preview(site, 9000)
    path = address.partition(":9000")[2]
    home = "http://127.0.0.1:9000"

    def ask(asked: str, at: str = home) -> tuple[int, str]:
        with app.test_client().get(asked, base_url=at) as answer:
            return answer.status_code, answer.text

    assert ask(f"{path}/public/index.html") == (200, "map")
    assert ask(f"{path}/public/index.html", "http://evil.example:9000")[0] == 403
    assert ask("/public/index.html")[0] == 404
    assert ask(f"{path}/../other.txt")[0] == 404
    assert ask(f"{path}/%2e%2e/other.txt")[0] == 404


def test_before_publishing_the_page_says_what_will_change(window: Window) -> None:
    (window.folder / "map.toml").write_text('[publish]\nreview_number = "GS(2026)1"\n', "utf-8")
    www = window.folder.with_name("www")
    assert built(window).name == "done"
    window.post("/map/publish", {"folder": str(www)})
    assert "没有" in window.get("/map").text.partition("发布后会变的")[2].partition("</p>")[0]
    window.fill("/station/A1", {"name": "文三路东驿站", "opening_hours": "每天 9:00-18:00"})
    assert 'id="changes"' not in window.get("/map").text
    assert built(window).name == "done"
    page = window.get("/map").text
    assert "发布后会变的" in page and "更名 1" in page and "时间变更 1" in page
    assert "文三路东驿站" in page and "/internal/changes.html" in page
    planner = (window.desk.site / "internal" / "planner.html").read_text("utf-8")
    assert '<a href="changes.html"' in planner
    assert (window.desk.site / "internal" / "changes.html").is_file()
