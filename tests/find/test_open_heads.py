"""Heads that no list knows: built of theme and suffix, or introduced by the document itself."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from geomap.divisions import Divisions
from geomap.find import Lexicon
from geomap.find.open_heads import introduced
from tests.scorer import find_rows, read_labels, score

ROOT = Path(__file__).parents[2]
ARTICLES = ROOT / "tests" / "open_heads"
OPEN = tomllib.loads((ROOT / "geodata" / "words.toml").read_text("utf-8"))["open_heads"]


@pytest.mark.parametrize("name", OPEN["yes"])
def test_theme_and_suffix_make_a_head(name: str, lexicon: Lexicon) -> None:
    assert [head for head in lexicon.find_heads(name) if head.end() == len(name)]


@pytest.mark.parametrize("name", OPEN["no"])
def test_what_only_ends_like_a_head_is_none(name: str, lexicon: Lexicon) -> None:
    assert not lexicon.find_heads(name)


@pytest.mark.parametrize(
    "text",
    [
        "区总工会把岗亭改成“凉风阁台”,供环卫工歇脚。",
        "市总工会面向骑手,这样的“凉风阁台”已有31处。",
        "区总工会推出名为“凉风阁台”的服务点,户外劳动者可以进去坐坐。",
        "工会为环卫工建了凉风阁台。北门户外劳动者凉风阁台、南门户外劳动者凉风阁台开门。",
    ],
)
def test_a_document_introduces_a_head(text: str, lexicon: Lexicon) -> None:
    own = introduced(text, lexicon).own
    assert own is not None and own.fullmatch("凉风阁台")


@pytest.mark.parametrize(
    "text",
    [
        "绘本馆推出“凉风阁台”,这样的“凉风阁台”有7间。",
        "区总工会把“公交站”改造,方便骑手。“公交站”有3个。",
        "区总工会为骑手建成“爱心驿站”,这样的“爱心驿站”有3个。",
    ],
)
def test_nothing_is_introduced_without_union_and_riders(text: str, lexicon: Lexicon) -> None:
    assert introduced(text, lexicon) is lexicon


def test_floors_on_invented_brands(divisions: Divisions, lexicon: Lexicon) -> None:
    """Thirty articles in which every head is invented; five of them have no station."""
    reached = score(read_labels(ARTICLES / "gold.jsonl"), find_rows(ARTICLES, divisions, lexicon))
    assert reached.name_f1 >= 0.85
    assert reached.strays == 0
