"""Heads that no list knows: built of theme and suffix, or introduced by the document itself."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from geomap.divisions import Divisions
from geomap.find import Lexicon
from geomap.find.open_heads import introduced
from geomap.model.records import Mention
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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "区总工会为骑手开放以下地点。\n1.北门小筑:北门街12号\n2.南坡小筑:南坡路3号\n3.河口小筑:河口街9号\n",
            ["北门小筑", "南坡小筑", "河口小筑"],
        ),
        (
            "区总工会驿站名单如下:\n1.北门工会驿站\n2.南坡路炕屋\n3.河口街暖窝\n",
            ["北门工会驿站", "南坡路炕屋", "河口街暖窝"],
        ),
        ("区总工会为骑手添了北坡站、河口站和南门站。", ["北坡站", "河口站", "南门站"]),
        ("区总工会在莲市B棚为骑手准备的藕遇小站开张啦。", ["藕遇小站"]),
    ],
)
def test_names_with_heads_of_their_own(
    text: str, names: list[str], places: Callable[[str], dict[str, Mention]]
) -> None:
    assert [name for name in names if name not in places(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "区总工会慰问骑手。从火车站、汽车站和地铁站一路走来。",
        "职工之家若成了推销之家,骑手的脸往哪儿搁?",
        "区总工会请骑手体检:\n1.县人民医院\n2.中医医院\n3.妇幼医院\n",
    ],
)
def test_traffic_and_other_houses_are_no_heads(
    text: str, places: Callable[[str], dict[str, Mention]]
) -> None:
    assert not places(text)
