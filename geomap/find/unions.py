"""Branches that one may join or visit: 工会联合会, 联合工会, 村工会; not unions that merely act."""

from __future__ import annotations

import re

from geomap.find.drafts import Draft, tidy_name
from geomap.find.layout import Layout
from geomap.find.lexicon import Lexicon
from geomap.find.scoped import Communities

_BRANCH = re.compile(r"工会联合会|联合工会|行业协会联合会|行业联合会|村工会")
_VISITED = re.compile(
    r"(?:到|前往|来到|在)(?P<name>[^,。;:!?、]{2,24}总工会)(?=刷卡|领取|办理|报名|咨询|"
    r"参加|免费|现场|窗口|服务大厅)"
)
_NO_BRANCH = re.compile(r"[各等]|基层|所属|区域性|行业性|\(|单独|依托|街乡|产业工会|多家|多种|新型")
_FOUNDING = re.compile(r"(?:组建|成立|建立|召开|举行)(?:了|起)?")
_OPENED = re.compile(
    r"(?:也|正式|近日|日前|在?当天|今天|昨天|于[^,。]{2,8}|在[^,。]{2,10}){0,4}(?:成立|揭牌|挂牌)"
)
#: A list of who is honoured founds nothing.
_AWARDS = re.compile(r"关于表彰|授予[^。]{0,60}称号|拟(?:表彰|命名|推荐)|(?:获奖|表彰|推荐)名单")
#: A trade's union of a whole city has no point.
_CITYWIDE = re.compile(r"^[\u4e00-\u9fff]{0,4}(?:市|省)(?!.*(?:区|县|街道|镇|社区))[^区县]*行业")
#: How far left of its head a branch's name may reach (characters).
_REACH = 40
_WALLS = re.compile(r"[,。;:!?、\n\t]")


def find_unions(layout: Layout, lexicon: Lexicon) -> list[Draft]:
    """Drafts of union branches that were founded, head a line of their own, or are visited."""
    drafts = [_visited(found) for found in _VISITED.finditer(layout.text)]
    told = Communities(layout.text, lexicon)
    for found in _BRANCH.finditer(layout.text):
        draft = _branch(layout, found, lexicon, told)
        if draft:
            drafts.append(draft)
    return drafts


def _visited(found: re.Match[str]) -> Draft:
    name = tidy_name(re.sub(r"^.*(?:可|持\w{1,3}|会员|职工)到", "", found["name"]))
    return Draft(
        name, "union_branch", found.start("name"), found.end("name"), "union-visited", name
    )


def _branch(
    layout: Layout, found: re.Match[str], lexicon: Lexicon, communities: Communities
) -> Draft | None:
    text = layout.text
    lowest = max(0, found.start() - _REACH)
    walls = [wall.end() for wall in _WALLS.finditer(text, lowest, found.start())]
    begin = walls[-1] if walls else lowest
    words = text[begin : found.end()]
    founded = list(_FOUNDING.finditer(words))
    listed = _is_heading(layout, begin, found.end()) and not _AWARDS.search(text)
    told = founded or listed or _OPENED.match(text, found.end())
    if not told and not (_is_joined(text, begin, words) and _founding_sentence(layout, found)):
        return _of_community(layout, found, communities)
    if founded:
        words = words[founded[-1].end() :].removeprefix("的")
    words = re.split(r"(?<=联合会)[和及与]|(?<=工会)[和及与]|^[和及与]", words)[-1]
    specific = words[: len(words) - len(found.group())].strip("的")
    if len(specific) < 2 or _NO_BRANCH.search(specific) or lexicon.is_generic(specific):
        return None
    if _CITYWIDE.search(specific):
        return None
    name = tidy_name(words.replace("的", ""))
    start = found.end() - len(words)
    return Draft(name, "union_branch", start, found.end(), "union", specific)


def _is_heading(layout: Layout, begin: int, end: int) -> bool:
    """The branch opens its line and is followed by a space, a colon or nothing."""
    line = layout.line_at(begin)
    return line.body >= begin - 1 and layout.text[end : end + 1] in ("", " ", "\u3000", ":", "\n")


def _is_joined(text: str, begin: int, words: str) -> bool:
    """A further one of an enumeration of branches."""
    return "和" in words or text.endswith("、", 0, begin)


def _founding_sentence(layout: Layout, found: re.Match[str]) -> bool:
    start, _ = layout.sentence_at(found.start())
    return re.search(r"(?:组建|成立|建立)[了的]", layout.text[start : found.start()]) is not None


def _of_community(layout: Layout, found: re.Match[str], communities: Communities) -> Draft | None:
    """社区联合工会, told in a story about one community, is that community's."""
    text = layout.text
    if found.group() != "联合工会" or not text.endswith("社区", 0, found.start()):
        return None
    if _NO_BRANCH.search(text[max(0, found.start() - 5) : found.start()]):
        return None
    name, times = communities.commonest_before(found.start() - 2)
    if not name or (times < 2 and not communities.is_only(name, found.start() - 2)):
        return None
    return Draft(
        f"{name}联合工会", "union_branch", found.start() - 2, found.end(), "union-community", name
    )
