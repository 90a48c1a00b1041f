"""Data files are named by what is in them: one row more renames few, and no editions mix."""

from __future__ import annotations

import re

from geomap.pages import draw_site
from geomap.static_site.json_text import DataFiles, write_data
from tests.rider_editions import make_everyday_rows, make_rider_edition, make_row

_DATA = re.compile(r"(?:public/assets/d|internal/assets/facts)/(.+)-[A-Za-z]{7}\.js")


def _name(path: str) -> str:
    found = _DATA.fullmatch(path)
    return found[1] if found else path


def test_one_row_more_renames_its_district_s_files_and_the_lists() -> None:
    rows = make_everyday_rows()
    more = make_row("S100", "新开的驿站", 0, 0, district_code="110114", district="昌平区")
    before, after = (draw_site(make_rider_edition(each)) for each in (rows, [*rows, more]))
    assert all(before[path] == after[path] for path in before.keys() & after.keys()
               if _DATA.fullmatch(path))  # fmt: skip
    kept = {_name(path) for path in before.keys() & after.keys()}
    assert {"part/110105", "more/110105", "details-0"} <= kept
    changed = {_name(path) for path in after.keys() - before.keys()}
    assert changed >= {"part/110114", "more/110114", "overview", "settings"}
    assert not any("110105" in name for name in changed)


def test_whatever_changes_changes_the_mark_of_the_edition() -> None:
    def mark(edition: str = "c", **changed: object) -> str:
        values = {
            "overview": {"a": 1}, "names": {"n": 1}, "part/1": {"p": 1}, "more/1": {"m": 1},
            "base/7/2-1": {"s": 1}, "base/index": {"levels": [{"zoom": 7, "squares": ""}]},
        }  # fmt: skip
        return write_data(values | changed, "overview", "d", ["1"], edition).mark

    others = [{name: {"x": 2}} for name in ("overview", "names", "part/1", "more/1", "base/7/2-1")]
    marks = {mark(), mark("e"), *(mark(**each) for each in others)}
    assert len(marks) == 2 + len(others) and mark() == mark()


def test_the_marks_of_many_districts_are_a_file_of_their_own() -> None:
    def write(count: int) -> tuple[str, DataFiles]:
        codes = [str(number) for number in range(count)]
        parts = {f"{each}/{code}": {each: code} for each in ("part", "more") for code in codes}
        data = write_data({"overview": {}} | parts, "overview", "d", codes)
        return data.files[data.paths["overview"]].decode(), data

    few, many = write(60), write(61)
    assert "marks" not in few[1].paths and len(few[0]) > 60 * 7
    assert len(many[0]) < 100  # bytes: the list is not in it
    listed = many[1].files[many[1].paths["marks"]].decode()
    assert all(many[1].paths[f"part/{code}"][-10:-3] in listed for code in range(61))


def test_marks_of_squares_stand_by_row_then_column() -> None:
    squares = {
        f"base/7/{column}-{row}": {"s": [column, row]} for column in (9, 10) for row in (2, 1)
    }
    values = {"settings": {}, **squares, "base/index": {"levels": [{"zoom": 7, "squares": ""}]}}
    data = write_data(values, "settings", "d")
    index = data.files[data.paths["base/index"]].decode()
    order = [data.paths[f"base/7/{each}"][-10:-3] for each in ("9-1", "10-1", "9-2", "10-2")]
    assert f'"marks":"{"".join(order)}"' in index
