"""Work grows with its input: calls are counted; a pattern that never ends meets a timeout."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from call_counter import MOST_A_DOUBLING, count_calls
from long_lists import mark

from geomap.arriving.headings import Headings
from geomap.files.folder import Geodata
from geomap.model.records import Evidence, Mention
from geomap.model.vocabulary import Vocabulary
from geomap.pipeline.clerks_ledger import understand_ledger
from geomap.pipeline.merge_sheet import merge_sheets
from geomap.pipeline.reference import Reference
from geomap.sheets.reading import Sheet
from geomap.sheets.table_file import Checked
from geomap.stations.ledger import clean_sheet
from geomap.stations.merge import merge_mentions
from geomap.stations.names import Place, is_same_place
from geomap.stations.same_place import PlaceIndex

ROOT = Path(__file__).parents[1]
NAMED: dict[str, Callable[[int], str]] = {
    "names": lambda number: f"{mark(number)}暖心驿站",
    "one name": lambda _: "中国银行暖心驿站",
}


def mentions(name: Callable[[int], str], count: int) -> list[Mention]:
    return [
        Mention(
            doc=f"{number}.txt", story=0, name=name(number), kind="station",
            evidence=(Evidence(f"{number}.txt", "驿站", 0, 2, ""),),
            city="杭州市", district="西湖区", township=f"{mark(number % 40)}街道",
        )
        for number in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize("name", NAMED)
def test_twice_the_mentions_merge_in_about_twice_the_work(name: str) -> None:
    few, many = mentions(NAMED[name], 400), mentions(NAMED[name], 800)
    short, long = (
        count_calls(lambda: merge_mentions(few)),
        count_calls(lambda: merge_mentions(many)),
    )
    assert long <= MOST_A_DOUBLING * short


@pytest.mark.parametrize("name", NAMED)
def test_twice_the_sheet_is_added_in_about_twice_the_work(name: str, tmp_path: Path) -> None:
    def add(count: int) -> int:
        folder = tmp_path / str(count)
        folder.mkdir()
        rows = (f"{NAMED[name](n)},驿站,西湖区,{mark(n % 40)}街道\n" for n in range(count))
        (folder / "新.csv").write_text("名称,类型,区县,街道\n" + "".join(rows), "utf-8")
        return count_calls(lambda: merge_sheets([folder / "新.csv"], Geodata(folder)))

    add(3)
    short, long = add(300), add(600)
    assert long <= MOST_A_DOUBLING * short


def test_a_ledger_that_states_no_datum_is_cleaned_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No cell below its headings is read as a heading, and no row cleaned again in vain."""
    rows = (f"{mark(n)}驿站,驿站,已关闭,西湖区,120.{n:04},30.2\n" for n in range(200))
    head = "name,kind,status,district,lon,lat\n"
    (tmp_path / "stations.csv").write_text(head + "".join(rows), "utf-8")
    read, cleaned = Headings.read, list[int]()
    headings: list[str] = []

    def clean(sheet: Sheet, words: Vocabulary) -> Checked:
        cleaned.append(len(sheet.rows))
        return clean_sheet(sheet, words)

    monkeypatch.setattr(
        Headings, "read", lambda own, text: headings.append(text) or read(own, text)
    )
    monkeypatch.setattr("geomap.pipeline.arriving_rows.clean_sheet", clean)
    monkeypatch.setattr("geomap.pipeline.clerks_ledger.clean_sheet", clean)
    reference = Reference(Geodata(tmp_path))
    assert len(understand_ledger(tmp_path / "stations.csv", reference).rows) == 200
    assert cleaned == [200]
    assert f"{mark(150)}驿站" not in headings


def test_the_index_finds_what_asking_every_place_finds() -> None:
    divisions = [(), ("北京市", "北京市", "海淀区"), ("", "", "海淀"), ("北京市", "", "")]
    names = ["上地驿站", "海淀上地工会驿站", "海淀区上地驿站", "北京市海淀区上地驿站", "清河驿站"]
    everything = [Place(name, *stated) for name in names for stated in divisions]
    known = PlaceIndex()
    for number, place in enumerate(everything):
        known.add(number, place)
    for place in everything:
        asked = {n for n, other in enumerate(everything) if is_same_place(place, other)}
        assert set(known.matches(place)) == asked


HOSTILE = """
from geomap.hours import find_hours, parse_hours
from geomap.privacy.masking import find_private
from geomap.stations.reports import HEAD, parse_reports
from geomap.text.script import clean

blank, digits, marks = " " * 2000, "1" * 2000, "、" * 2000
for words in (blank, digits, marks, "\\u200b" * 2000, ":" * 2000, "一二三" * 700, "第" * 2000):
    find_hours(words), parse_hours(words), find_private(words * 20)
clean("甲" + " " * 300_000 + "乙")
parse_reports(HEAD + "\\n" * 300_000 + HEAD + ">" * 300_000)
"""


def test_long_runs_of_one_character_come_to_an_end() -> None:
    """Each of these ran for hours: the timeout is a hundred times what they take."""
    subprocess.run([sys.executable, "-c", HOSTILE], cwd=ROOT, check=True, timeout=300)
