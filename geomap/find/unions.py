"""Branches that one may join or visit: 工会联合会, 联合工会, 村工会; not unions that merely act."""

from __future__ import annotations

import re
from collections import Counter

from geomap.find.drafts import Draft, tidy_name
from geomap.find.layout import Layout
from geomap.find.lexicon import Lexicon
from geomap.find.scoped import communities

_BRANCH = re.compile(r"工会联合会|联合工会|行业协会联合会|行业联合会|村工会")
_FOUNDED = re.compile(r"(?:组建|成立|建立|新建|单独建立|筹建)(?:了|起)?$")
_JOINED = re.compile(r"(?:组建|成立|建立|新建)(?:了|起)?[^。;!?]{2,40}(?:和|、|及|与)$")
_VISITED = re.compile(
    r"(?:到|前往|来到|在)(?P<name>[^,。;:!?、]{2,24}总工会)(?=刷卡|领取|办理|报名|咨询|"
    r"参加|免费|现场|窗口|服务大厅)"
)
_NO_BRANCH = re.compile(r"[各等]|基层|所属|区域性|行业性|\(|单独|依托|街乡|产业工会|多家|多种|新型")
_WALLS = re.compile(r"[,。;:!?、\n\t]")


def find_unions(layout: Layout, lexicon: Lexicon) -> list[Draft]:
    """Drafts of union branches that were founded, head a line of their own, or are visited."""
    drafts = [_visited(found) for found in _VISITED.finditer(layout.text)]
    for found in _BRANCH.finditer(layout.text):
        draft = _branch(layout, found, lexicon)
        if draft:
            drafts.append(draft)
    return drafts


def _visited(found: re.Match[str]) -> Draft:
    name = tidy_name(re.sub(r"^.*(?:可|持\w{1,3}|会员|职工)到", "", found["name"]))
    return Draft(
        name, "union_branch", found.start("name"), found.end("name"), "union-visited", name
    )


def _branch(layout: Layout, found: re.Match[str], lexicon: Lexicon) -> Draft | None:
    text = layout.text
    walls = [
        wall.end() for wall in _WALLS.finditer(text, max(0, found.start() - 40), found.start())
    ]
    begin = walls[-1] if walls else max(0, found.start() - 40)
    words = text[begin : found.end()]
    line = layout.line_at(found.start())
    heading = line.body >= begin - 1 and text[found.end() : found.end() + 1] in (
        " ",
        "\u3000",
        ":",
        "\n",
        "",
    )
    founded = list(re.finditer(r"(?:组建|成立|建立|召开|举行)(?:了|起)?", words))
    joined = (
        _JOINED.search(text[max(0, begin - 40) : begin])
        or re.search(r"和", words)
        or text[begin - 1 : begin] == "、"
    )
    if founded:
        words = words[founded[-1].end() :].removeprefix("的")
    parts = re.split(r"(?<=联合会)[和及与]|(?<=工会)[和及与]|^[和及与]", words)
    words = parts[-1]
    if re.match(
        r"(?:也|正式|近日|日前|在?当天|今天|昨天|于[^,。]{2,8}|在[^,。]{2,10})*(?:成立|揭牌|挂牌)",
        text[found.end() : found.end() + 14],
    ):
        heading = True
    if not heading and not founded and not (joined and _founding_sentence(layout, found.start())):
        return _of_community(layout, found, lexicon)
    specific = words[: len(words) - len(found.group())].strip("的")
    if len(specific) < 2 or _NO_BRANCH.search(specific) or lexicon.is_generic(specific):
        return None
    if re.search(
        r"^[\u4e00-\u9fff]{0,4}(?:市|省)(?!.*(?:区|县|街道|镇|社区))[^区县]*行业", specific
    ):
        return None
    start = found.end() - len(words)
    return Draft(
        tidy_name(words.replace("的", "")), "union_branch", start, found.end(), "union", specific
    )


def _founding_sentence(layout: Layout, position: int) -> bool:
    start, _ = layout.sentence_at(position)
    return re.search(r"(?:组建|成立|建立)[了的]", layout.text[start:position]) is not None


def _of_community(layout: Layout, found: re.Match[str], lexicon: Lexicon) -> Draft | None:
    """社区联合工会, told in a story about one community, is that community's."""
    text = layout.text
    if found.group() != "联合工会" or not text[: found.start()].endswith("社区"):
        return None
    if _NO_BRANCH.search(text[max(0, found.start() - 5) : found.start()]):
        return None
    told = Counter(communities(text[: found.start() - 2], lexicon))
    if not told:
        return None
    name, times = min(told.items(), key=lambda item: (-item[1], item[0]))
    if len(told) > 1 and times < 2:
        return None
    return Draft(
        f"{name}联合工会", "union_branch", found.start() - 2, found.end(), "union-community", name
    )
