"""Heads (驿站, 职工之家 …) in a text, each with the words that stand before it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geomap.divisions import NameHit
from geomap.find.head import Head, Heads
from geomap.find.lexicon import Lexicon
from geomap.find.name_edges import (
    LOCATIVE,
    REACH,
    after_stop,
    first_of,
    is_counted,
    leftmost,
    own_start,
    qualified_start,
    split_name,
    without_divisions,
)
from geomap.find.quoted import is_own

#: How long a nickname of a whole city's stations is (characters).
_BRAND_LENGTHS = (2, 3, 4)
#: What follows a head may name it: 工会驿站·百荷公园, 爱心驿家利安站点, 工会驿站(市图书馆站).
_NAMED_BEHIND = re.compile(
    r"[·•・](?P<name>[\u4e00-\u9fff\d]{2,12})”?|(?P<branch>[\u4e00-\u9fff]{2,8}店)(?=[,。;\s])|(?P<near>[\u4e00-\u9fff]{2,5})(?:站点|"
    r"分站)(?=[被,。、;”入获荣位的]|$)(?!位)|(?P<inner>[\u4e00-\u9fff]{2,10})站(?=\))|\((?P<site>[\u4e00-\u9fff\d·]{3,14})\)|"
    r"—{1,2}(?P<dash>[\u4e00-\u9fff]{3,14}站)(?=位于|设在|坐落|[,。;\s]|$)"
)
#: (附名单) and (以下简称驿站) are no names.
_REMARK = re.compile(
    "[附图摄文]|简称|以下|名单|试行|记者|来源|\\d|[一二三四五六七八九十][月日期批]"
)
_MADE_BEFORE = re.compile(
    r"(?:设立|设置|打造|推出|建成|建起|开设|增设|布设|建设|设|建|成立|投放|揭牌|挂牌)(?:了|起|的)?[^,。;]{0,4}“$|名为“$"
)
#: Between a host with a head of its own and its station: 职工服务中心 + 岳王路 + “爱心驿家”.
_NEAR_NAME = re.compile(
    r"(?:[\u4e00-\u9fff]{2,5}路|[\u4e00-\u9fff]{1,3}(?:门|楼|馆)|一楼|二楼|门口|旁)"
)
_MOVING = re.compile(r"流动|移动式")
#: 加油站莫得休息室, 均非驿站: said before a head of which there is none.
_DENIED = re.compile(
    r"(?:不是|并非|[均都皆]非|[不唔]算|没有|[没莫]得|冇|唔系|不设|未设|无)(?:什么|任何|一?[个间家处座])*“?$"
)
#: “司机之家土菜馆”, “驿站建设年”: the quotes hold a longer word, which is none.
#: “工会送暖、福满驿站”: a slogan in two halves.
_COUPLET = re.compile("(?:.{3}[、,·].{3}|.{4}[、,· ].{4}|.{5}[、,· ].{5})")
_LONGER = re.compile(r"([\u4e00-\u9fff]{1,8})”")


def find_heads(text: str, lexicon: Lexicon, hits: Sequence[NameHit]) -> Heads:
    """All heads of a clean text, in order, without overlaps."""
    named = {hit.start: hit for hit in hits}
    heads: list[Head] = []
    floor = 0
    for found in lexicon.find_heads(text):
        if found.start() < floor and heads and found.end() <= heads[-1].end:
            continue
        joined = _joined(text, found, heads, lexicon)
        if joined:
            # 职工活动中心 + 户外劳动者服务站点: the first is what the second is named after.
            heads.pop()
            floor = heads[-1].end if heads else 0
        head = _read(text, found, floor, lexicon, named)
        if head is not None:
            heads.append(head)
            floor = head.end
    brands = _brands(heads)
    return Heads([_nicknamed(text, _without_brand(text, head, brands), lexicon) for head in heads])


def _nicknamed(text: str, head: Head, lexicon: Lexicon) -> Head:
    """设立“电力驿站”: what was set up is so called; where stands elsewhere in the sentence.

    Behind a list (在A、B设立“司机小憩”驿站) the quotes need not hold the head.
    """
    before = text[max(0, head.name_start - 40) : head.name_start]
    shared = text[head.name_start] == "“" and "、" in re.split("[,。;!?\n]", before)[-1]
    made = _MADE_BEFORE.search(before[-12:] + "“" * shared)
    quoted = head.quoted or shared
    if not made or not quoted or not head.specific or len(head.specific) > 4:
        return head
    if lexicon.is_place(head.specific):
        return head
    return replace(head, specific="", words=head.specific + head.words)


def _brands(heads: list[Head]) -> set[str]:
    """Nicknames of a whole city's stations (“莞工驿站”): quoted, and carried by others."""
    ends = {
        head.specific[-length:]
        for head in heads
        for length in _BRAND_LENGTHS
        if len(head.specific) > length
    }
    return {head.specific for head in heads if head.quoted and head.specific in ends}


def _without_brand(text: str, head: Head, brands: set[str]) -> Head:
    ends = {head.specific[-length:] for length in _BRAND_LENGTHS}
    for brand in sorted(ends & brands):
        rest = head.specific.removesuffix(brand)
        start = head.start - len(brand) * text.endswith(brand, 0, head.start)
        return replace(head, start=start, specific=rest.strip("“”"), words=brand + head.words)
    return head


def _joined(text: str, found: re.Match[str], heads: list[Head], lexicon: Lexicon) -> bool:
    if not heads:
        return False
    last = heads[-1]
    start = qualified_start(text, found.start(), last.end, lexicon)
    near = _NEAR_NAME.match(text, last.end) if start > last.end else None
    return start == last.end or (near is not None and near.end() == start)


def _read(
    text: str, found: re.Match[str], floor: int, lexicon: Lexicon, hits: Mapping[int, NameHit]
) -> Head | None:
    rule = lexicon.rule_of(found)
    start = qualified_start(text, found.start(), floor, lexicon)
    end = found.end()
    quoted = text[end : end + 1] == "”" and "“" in text[max(floor, start - 12) : end]
    opening = text.rfind("“", max(floor, start - 12), found.start())
    within = opening > text.rfind("”", floor, found.start())
    longer = _LONGER.match(text, end) if within else None
    if longer and not lexicon.open_end.search(longer[1]) and not _NAMED_BEHIND.match(text, end):
        return None
    if _DENIED.search(text, max(floor, start - 10), start):
        return None
    if within and _COUPLET.fullmatch(text[opening + 1 : end]) and text[end : end + 1] == "”":
        return None
    inside_quotes = quoted and text.rfind("“", floor, end) > text.rfind("”", floor, end)
    if inside_quotes:
        start = own_start(text, start, end)
        end += 1
    words = re.sub("[“”的·]", "", text[start:end])
    themed = lexicon.theme.search(words[: -len(found.group())] or "") is not None
    if rule.needs_qualifier and not themed and not is_own(text, found, inside_quotes, start, end):
        return None
    ahead = (
        text[opening + 1 : found.start()] if inside_quotes else text[max(floor, start - 8) : start]
    )
    others = lexicon.others.match if inside_quotes else lexicon.others.search
    shared = inside_quotes and "工会" in text[end : end + 16]
    if others(ahead) and (inside_quotes or start == found.start()) and not shared:
        return None
    left = leftmost(text, start, floor, inside_quotes)
    name_start, before = after_stop(text, left, start, lexicon)
    lead, mark, quote = before.partition("“")
    placed = lexicon.is_place(LOCATIVE.sub("", lead))
    if inside_quotes and mark and lead and not placed:
        # 写着“金江小哥驿站”: only a place before the quotes is part of the name.
        name_start, before = name_start + len(lead), mark + quote
    if inside_quotes and text[start] == "“" and not (placed or "”" in before):
        before = ""  # 他都会来“司机之家”
    specific, host = split_name(before, lexicon)
    if not (specific or host):
        host = first_of(text[max(floor, name_start - REACH) : name_start], lexicon)
    sort = rule.kind == "station" and lexicon.bare.fullmatch(specific)
    if specific and sort and not {"“", "”"} & set(specific):
        specific, words = "", specific + words  # 司机之家“同心驿站” is a sort, and its brand
    specific = without_divisions(specific, name_start, start, text, hits)
    if rule.needs_qualifier and not (themed or inside_quotes or specific):
        return None
    behind = _NAMED_BEHIND.match(text, end)
    if behind and behind["site"] and not _is_site(behind["site"], lexicon):
        line = text[name_start - 1 : name_start] + text[behind.end() : behind.end() + 1]
        behind = None if line.strip() or _REMARK.search(behind["site"]) else behind
    branded = behind and (behind["name"] or behind["inner"])
    brand = bool(branded and specific and not lexicon.is_place(specific))
    if behind and (brand or (behind["branch"] if inside_quotes else not (specific or host))):
        words = (specific if brand else "") + words + behind.group().strip("”")
        specific, end = behind[behind.lastgroup or "name"], behind.end()
    number = is_counted(text, name_start, start)
    kind = "mobile_station" if rule.kind == "station" and _MOVING.search(words) else rule.kind
    return Head(start, end, name_start, words, kind, specific, host, number, inside_quotes)


def _is_site(words: str, lexicon: Lexicon) -> bool:
    """Whether words in brackets behind a head name one of its places, and no sort of them.

    市图书馆站 and 大参林民族大道店 do; 以下简称驿站, 爱心驿站 and 嘉工驿站骑手之家 (a whole name)
    do not.
    """
    stem = re.sub("(?:站|店)点?$", "", words)
    if lexicon.says_nothing(stem) or lexicon.says_nothing(words) or _is_head(words, lexicon):
        return False
    is_branch = stem != words and not lexicon.has_stop(words) and not lexicon.open_end.search(stem)
    return lexicon.is_place(words) or (is_branch and len(stem) > 1)


def _is_head(words: str, lexicon: Lexicon) -> bool:
    """Whether words hold a station's own head; 安中加油站 and 菜鸟驿站 are others'."""
    return any(
        not lexicon.rule_of(found).needs_qualifier
        and not lexicon.others.search(words[: found.start()])
        for found in lexicon.find_heads(words)
    )
