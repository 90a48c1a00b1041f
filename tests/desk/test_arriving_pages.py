"""What is dropped is looked at first; nothing is written before the clerk says so."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl

from tests.desk.window import Window

ROWS = [
    ("站点名称", "类型", "区县", "地址", "坐标（高德）", "营业状态"),
    ("文三路驿站", "驿站", "西湖区", "文三路 1 号", "", "已停用"),
    ("古墩路驿站", "驿站", "西湖区", "古墩路 8 号", "120.1201,30.2901", "正常营业"),
    ("文一路驿站", "驿站", "西湖区", "文三路 1 号", "", "看情况"),
]  # fmt: skip


def sheet(folder: Path) -> Path:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.worksheets[0].append(row)
    book.save(folder / "名单.xlsx")
    return folder / "名单.xlsx"


def names(window: Window) -> dict[str, str]:
    return {name: row["status"] for name, row in window.rows().items()}


def marks(text: str) -> list[tuple[str, str]]:
    """Return mark and cells of each line of a preview."""
    rows = re.findall(r'<tr class="mark-\w+" data-mark="(\w+)">(.*?)</tr>', text, re.DOTALL)
    return [(mark, re.sub(r"(?:\s*<[^>]+>\s*)+", "|", cells)) for mark, cells in rows]


def test_a_preview_says_what_would_become_of_each_row_and_writes_nothing(window: Window) -> None:
    before = {path.name: path.read_bytes() for path in window.folder.iterdir()}
    page = window.bring(sheet(window.folder.parent))
    lines = marks(page.text)
    assert ("new", "古墩路驿站") in [(m, c.strip("|").split("|")[-1]) for m, c in lines]
    assert any(m == "changed" and "文三路驿站" in c and "→ 已关闭" in c for m, c in lines)
    assert any(m == "same" and "文一路驿站" in c and "|Sheet|4|A|" in c for m, c in lines)
    assert ".bak" not in page.text
    written = [path for path in window.folder.iterdir() if not path.name.startswith(".")]
    assert {path.name: path.read_bytes() for path in written} == before


def test_what_was_previewed_is_what_is_taken(window: Window) -> None:
    page = window.bring(sheet(window.folder.parent))
    done = window.accept(page)
    assert "已收下" in done.text and "还没有收下的" not in done.text
    assert names(window)["文三路驿站"] == "closed"
    assert "古墩路驿站" in names(window)
    assert list(window.folder.glob("stations.csv.*.bak"))


def test_a_ledger_that_changed_meanwhile_is_not_overwritten(window: Window) -> None:
    page = window.bring(sheet(window.folder.parent))
    path = window.folder / "stations.csv"
    other = path.read_text(encoding="utf-8-sig") + "B2,另一个窗口的驿站,驿站,运营,,,西湖区,,,,,\n"
    path.write_text(other, encoding="utf-8-sig")
    again = window.accept(page)
    assert "另一个窗口改过台账" in again.text and "古墩路驿站" in again.text
    assert path.read_text(encoding="utf-8-sig") == other
    window.accept(again)
    assert {"另一个窗口的驿站", "古墩路驿站"} <= names(window).keys()


def test_an_article_is_previewed_and_taken(window: Window) -> None:
    words = (
        "西湖区总工会的翠苑驿站设在杭州市西湖区翠苑街道学院路77号，每天8:00-20:00开放，供应热水。"
    )
    answer = window.post("/arrive", {"pasted": words})
    page = window.get(answer.location)
    assert any(mark == "new" and "翠苑" in cells for mark, cells in marks(page.text)), page.text
    assert not (window.folder / "documents").exists()
    window.accept(page)
    assert len(list((window.folder / "documents").iterdir())) == 1


def test_what_is_not_accepted_yet_outlives_the_window(window: Window) -> None:
    window.bring(sheet(window.folder.parent))
    again = Window(window.folder)
    listed = again.get("/").text
    assert "还没有收下的" in listed and "名单.xlsx" in listed
    again.accept(again.get(re.search(r'href="(/arrived/\d+)"', listed)[1]))  # type: ignore[index]
    assert "古墩路驿站" in names(again)


def test_a_name_that_leads_elsewhere_stays_in_its_folder(window: Window) -> None:
    from io import BytesIO

    outside = window.folder.parent
    before = sorted(path.name for path in outside.iterdir())
    window.post("/arrive", {"files": (BytesIO("甲驿站\n".encode()), "../../../x.txt")})
    assert sorted(path.name for path in outside.iterdir()) == before
    kept = [path.name for path in (window.folder / ".desk").rglob("*.txt")]
    assert kept == ["x.txt"]


def test_whether_two_rows_are_one_station_is_asked_once(window: Window) -> None:
    path = sheet(window.folder.parent)
    done = window.accept(window.bring(path))
    assert "可能是同一个站，等你回答：1" in done.text
    page = window.get("/same").text
    ids = {name: re.search(rf'name="{name}" value="([^"]+)"', page) for name in (
        "station_id", "other_id")}  # fmt: skip
    fields = {name: found[1] for name, found in ids.items() if found}
    assert "文一路驿站" in page and "文三路驿站" in page and len(fields) == 2
    assert window.post("/same", {**fields, "answer": "same"}).status_code == 303
    assert "是不是同一个站：0" in window.get("/same").text
    late = window.post("/same", {**fields, "answer": "different"})
    assert late.status_code == 409
    names = [*window.desk.survey().rows.name]
    assert sum(name in ("文一路驿站", "文三路驿站") for name in names) == 1
    window.bring(path)
    assert "是不是同一个站：0" in window.get("/same").text
