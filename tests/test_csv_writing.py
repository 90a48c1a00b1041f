"""One law for every CSV: no live formula, and our own table reads back as it was."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.sheets.csv_writing import escape_formula, serialize_csv, unescape_formula, write_csv
from geomap.sheets.reading import read_sheet

INVISIBLE = (
    "\u200b \u200d \ufeff \u2060 \u00ad \u202e \u2066 \u3000 \u00a0 \x01 \x7f \x9b \u034f \u3164"
)
STARTS = "= + - @ | % ＝ ＋ － ＠ ｜ ％ ﹦ ﹢ ﹣ ﹪ ﹫ ⁼ ₊ ₋ −"
#: Every character that a file can hold, those that hide or begin a formula above all.
TEXTS = st.text(
    st.one_of(
        st.sampled_from("'=+-@|%＝－１1.eE \t\r\n\",;\u200b\ufeff\u3000"),
        st.characters(exclude_characters="\0", exclude_categories=("Cs",)),
    ),
    max_size=12,
)


@pytest.mark.parametrize("start", STARTS.split())
@pytest.mark.parametrize("before", ["", " ", *INVISIBLE, "\u200b \ufeff", "'"])
def test_no_form_of_a_formula_stays_live(start: str, before: str) -> None:
    assert escape_formula(f"{before}{start}1+A1") == f"'{before}{start}1+A1"


@pytest.mark.parametrize(
    "text", ["\t甲", "\r甲", "\n甲", "=cmd|'/c calc'!A1", "+1+1", "-", "=", "-inf"]
)
def test_what_a_spreadsheet_may_run_is_guarded(text: str) -> None:
    assert escape_formula(text) == "'" + text


@pytest.mark.parametrize(
    "text", ["", "甲", "'", "''", "'甲", "——甲", "1-2", " 甲", "5%", "é", "\u0301"]
)
def test_a_harmless_text_stays_as_it_is(text: str) -> None:
    assert escape_formula(text) == text


@pytest.mark.parametrize(
    ("value", "cell"),
    [(-1.5, "-1.5"), ("-1.5", "-1.5"), ("+8", "+8"), ("-1e3", "-1e3"), (None, ""), (7, "7"),
     (float("nan"), ""), (True, "true"), (["a", "=b"], "a;=b"), ("a\0b", "ab"), ("\ud800", "?")],
)  # fmt: skip
def test_a_number_stays_a_number_and_nothing_an_empty_cell(value: object, cell: str) -> None:
    assert serialize_csv(["n", "m"], [[value, 0]]).decode("utf-8-sig") == f"n,m\r\n{cell},0\r\n"


def test_a_spreadsheet_opens_it_right() -> None:
    assert serialize_csv(["name"], [["甲"]]) == b"\xef\xbb\xbfname\r\n\xe7\x94\xb2\r\n"


@given(TEXTS)
def test_reading_undoes_exactly_our_own_guard(text: str) -> None:
    assert unescape_formula(escape_formula(text)) == text


@given(TEXTS)
def test_what_a_screen_shows_first_begins_no_formula(text: str) -> None:
    shown = "".join(each for each in escape_formula(text) if each.isprintable()).lstrip()
    if not re.fullmatch(r"[+-][0-9.]+([eE][+-]?[0-9]+)?", text):
        assert not unicodedata.normalize("NFKC", shown).startswith(tuple("=+-@|%"))


@given(texts=st.lists(TEXTS, min_size=1, max_size=4))
def test_a_table_of_ours_reads_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "round.csv"
    write_csv(path, ["name", "n"], ({"name": text, "n": "0"} for text in texts))
    rows = read_sheet(path, {"name": "name", "n": "n"}).rows
    assert [row.cells["name"] for row in rows] == texts
