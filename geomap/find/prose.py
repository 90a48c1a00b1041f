"""Places that running text composes: "在A、B等地设立驿站", "A门口多了间驿站", "把A改成驿站"."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from geomap.find import phrases
from geomap.find.drafts import Draft, Group, compose, place_words, tidy_name
from geomap.find.elements import (
    IS_DIVISION,
    are_stems,
    clean_element,
    last_place,
    shared_ending,
    split_list,
)
from geomap.find.heads import Head, Heads
from geomap.find.layout import Layout
from geomap.find.lexicon import Lexicon
from geomap.find.numbers import read_number
from geomap.find.pointed import find_one_of, whole_place, with_whole_places

#: More than one place, what was done there and the words up to its head take (characters).
_REACH = 160
#: A list behind a colon (characters).
_LISTED = 360
_TOWN = re.compile("(?:镇|乡|街道|区|县)$")
#: 那间工会驿站: the head of what is pointed at stands so near behind it (characters).
_AHEAD = 10
_SET_UP = re.compile(
    r"、.*?(?:等(?P<of>[两三四五六七八九十]|\d{1,2})(?:个|家|座|间|处)|"
    r"[^\d第](?P<n>[两三四五六七八九十]|\d{1,2})(?:个|家|座|间|处)[^、]{0,8}$)"
)
#: 东孚、马巷两个超限检测站: each is one of them.
_OF_A_KIND = re.compile(
    r"(?P<n>[两三四五六七八九十]|\d{1,2})(?:个|座|家|处|所)(?P<kind>[\u4e00-\u9fff]{2,8}站|[\u4e00-\u9fff]{1,6}(?:所|园|院|厂|校|场|馆))$"
)
#: 被环卫中心(改建成驿站): who did it is no place.
_BY_WHOM = re.compile(r"被[^,。;:!?]*$")
#: 一套桌椅、一台微波炉: what is counted one by one is no place.
_THING = re.compile(r"\s*[一1](?:个|套|台|张|间|把|组|块|部|盏|条|批)")
#: 渝中区解放碑: what is told behind its division is a place.
_IN_DIVISION = re.compile(
    r"[\u4e00-\u9fff]{1,5}[区县市](?![区县市内总])[\u4e00-\u9fff]{2,6}(?<![区县市局会])$"
)
_OF_EACH_PART = re.compile(r"(?P<list>[^的]{2,30}、[^的]{2,14})(?:的[^的]{2,8})?$")
#: 遍布主干道、景区的465家: sorts of places.
_SCATTERED = re.compile(r"大多|多数|一般|往往|遍布|遍及|散布|覆盖|主要(?:分布|集中)")
#: What something is to somebody, and no place.
_IS_LIKE = re.compile("(?:是|成为?|像)[^,。;:!?“”]{2,24}的$|(?:是|成为?|像)[^,。;:!?“”]{0,3}$")
_SHORTLY = re.compile("(?:简称|又称|下称)[为作]?“?$")
#: Shops that take part, and no stations where several are told.
_PARTNERS = ("商家", "商户")
_TOLD_LISTS = (phrases.BARE_LIST, phrases.TAKEN_UP, phrases.OF_THEM)


@dataclass(frozen=True, slots=True)
class _Context:
    layout: Layout
    lexicon: Lexicon
    heads: Heads
    told: list[Draft]
    listed: bool

    def last_told(self, position: int) -> Draft | None:
        """The station told last before a position."""
        number = bisect_left(self.told, position, key=_start)
        return self.told[number - 1] if number else None


def find_composed(
    layout: Layout, heads: Heads, lexicon: Lexicon, counted: set[int], named: list[Draft]
) -> list[Draft]:
    """Drafts of the places that the sentences around general heads name.

    ``counted`` are the starts of heads that a number counts: only an enumeration names their
    places.
    ``named`` are the stations found before: 驿站位于A is then the address of the last of them.
    """
    group = 0
    listed = any(draft.is_member for draft in named)
    context = _Context(layout, lexicon, heads, sorted(named, key=_start), listed)
    drafts: list[Draft] = []
    for head in heads:
        # 街道 of 三个街道驿站, 船工 of 三处船工驿站 say nothing of where they are.
        says = head.specific and not head.number and not lexicon.is_generic(head.specific)
        if says or (head.end <= layout.title_end and len(layout.lines) > 3):
            continue
        if phrases.NAMED_SO.match(layout.text, head.end):
            continue
        if _is_named_in_bracket(context, head) or _SHORTLY.search(
            layout.text, max(head.start - 6, 0), head.start
        ):
            continue
        found = with_whole_places(
            layout.text,
            list(_composed(context, head, group)),
            head.words,
            bool(context.told),
            lexicon,
        )
        if head.start in counted and len(found) < 2:
            continue
        if len(found) == 1:
            found[0].group = None
        drafts += found
        for draft in found:
            insort(context.told, draft, key=_start)
        group += 1
    drafts += find_one_of(layout.text, heads, lexicon)
    drafts += _further(context, heads, group)
    return drafts


def _is_named_in_bracket(context: _Context, head: Head) -> bool:
    """集市的工会驿站(溪工驿站银行站): the bracket holds its name, and it says where that is."""
    text, told = context.layout.text, context.last_told(head.end + 2)
    if told is None or told.start != head.end + 1 or text[head.end : head.end + 1] != "(":
        return False
    told.address = told.address or tidy_name(head.host)
    return text[told.end : told.end + 1] == ")"


def _composed(context: _Context, head: Head, group: int) -> Iterator[Draft]:
    """The places of one head: the first rule that finds any wins."""
    text = context.layout.text
    start, end = context.layout.sentence_at(head.start)
    before, after = text[start : head.name_start], text[head.end : end]
    pointed = re.search(
        r"(?:这|该|此)[间家个座处]?[^,。]{0,4}$",
        text[start : text.rfind(head.host, start, head.start)] if head.host else "",
    )
    if "、" in before and head.words.endswith(_PARTNERS):
        return  # A、B等爱心商家: who takes part
    if "、" in before and phrases.AS_ONE.search(
        text[max(start, head.name_start - 12) : head.start]
    ):
        return
    told = context.last_told(head.start)
    if pointed and told:
        told.address = told.address or tidy_name(head.host)
        return
    if head.quoted and _IS_LIKE.search(before) and not context.lexicon.theme.search(head.words):
        return  # 如今是骑手跑单路上的“补给站”
    if context.listed and head.host and text[head.name_start - 1 : head.name_start] == "、":
        # A、B、C的驿站 over a list: what the list names.
        return
    if head.host and context.lexicon.is_place(head.host) and not _is_many(head, before):
        place = _where_built(context, head, text[start : head.start])
        if place and not phrases.FLOOR.match(place):
            yield _draft(context, head, place, head.name_start, "host", group)
            return
    lead = text[start : head.name_start if head.specific else head.start]
    for pattern, side, base, rule in (
        (phrases.LIST_BEFORE, lead, start, "list-before"),
        (phrases.EACH_HAS, lead, start, "list-before"),
        (phrases.SUBJECTS, lead, start, "list-before"),
        (phrases.COUNTED_LIST, lead, start, "list-before"),
        (phrases.INSPECTED, lead, start, "inspected"),
        (phrases.LIST_ANYHOW, lead, start, "list-before"),
        (phrases.LIST_OF, lead, start, "list-before"),
        (phrases.COLON_AFTER, after, head.end, "colon"),
        (phrases.LIST_AFTER, after, head.end, "list-after"),
        (phrases.NAMED_AFTER, after, head.end, "colon"),
    ):
        if pattern is phrases.COLON_AFTER:
            # Groups of a list are parted by semicolons.
            side = re.split(r"[。!?\n]", text[head.end : head.end + _LISTED])[0]
        found = pattern.search(side) if side is lead else pattern.match(side)
        if found and _SCATTERED.search(found.group()):
            continue
        if found and side is not lead and before.endswith("在"):
            continue  # 在驿站,在书房,在街头: places of another sort
        drafts = _elements(context, head, found, base, rule, group) if found else []
        further = re.search(r"(?:还|另|又)[有设建][^,。;]*$", lead)
        if len(drafts) == 1 and rule == "list-after" and told and not (head.quoted or further):
            told.address = told.address or drafts[0].specific
            return
        lone = pattern not in (phrases.LIST_BEFORE, phrases.LIST_AFTER) or _is_many(head, before)
        if len(drafts) > lone:
            yield from drafts
            return
    yield from _single(context, head, lead, start, before, group)


def _is_many(head: Head, before: str) -> bool:
    """Whether more than one is counted."""
    return head.number and not re.search(r"(?:一|1|首|第.)(?:个|家|座|间|处)“?$", before)


def _where_built(context: _Context, head: Head, lead: str) -> str:
    """Where the host stands; who merely built it (区城管局新建的) is not where it is."""
    if not phrases.BUILDER.search(head.host):
        return place_words(head.host, context.lexicon)
    for found in reversed(list(phrases.INSIDE.finditer(lead))):
        words = last_place(found["place"], context.lexicon)
        if words and context.lexicon.is_place(words):
            return words
    return ""


def _single(
    context: _Context, head: Head, lead: str, start: int, before: str, group: int
) -> Iterator[Draft]:
    if _is_many(head, before):
        return
    for pattern, rule in (
        (phrases.CONVERTED, "converted"),
        (phrases.EXISTS, "exists"),
        (phrases.SCENE, "exists"),
        (phrases.JUST_AT, "exists"),
    ):
        found = pattern.search(lead, max(len(lead) - _REACH, 0))
        if not found:
            continue
        if re.search(
            r"(?:\d+|[两三四五六七八九十几多])(?:辆|个|处|座|间|家|台)(?![子镇乡村街路])",
            found["place"],
        ):
            continue
        if rule == "converted" and _BY_WHOM.search(lead, 0, found.end("place")):
            continue
        together = list(_converted(context, head, found, start, group))
        if len(together) > 1:
            yield from together
            return
        words = last_place(found["place"], context.lexicon)
        host = place_words(found["host"] or "", context.lexicon) if rule == "converted" else ""
        if host and context.lexicon.is_place(host) and not _names_place(words, context.lexicon):
            # 总工会把旧岗亭改成: who did it is not where it is.
            words = host if not (phrases.BUILDER.search(host) and "的" in words) else ""
        if not words or phrases.FLOOR.match(words) or not context.lexicon.is_place(words):
            continue
        if "、" in words or any(context.lexicon.find_heads(words)):
            continue  # a list of sorts, or a clause about stations
        if rule == "exists" and phrases.BUILDER.search(words) and not found["where"]:
            continue
        draft = _draft(context, head, words, start + _offset(found, "place", words), rule, group)
        if rule == "converted":
            draft.status = "converted"
        yield draft
        return
    yield from _told_before(context, head, lead, start, group)


def _converted(
    context: _Context, head: Head, found: re.Match[str], start: int, group: int
) -> Iterator[Draft]:
    """将A、B、C的自助银行区改造成驿站: what is behind 的 is a part of each."""
    listed = _OF_EACH_PART.match(found["place"])
    if found.re is not phrases.CONVERTED or listed is None:
        return
    for draft in _elements(
        context, head, listed, start + found.start("place"), "list-before", group
    ):
        draft.status = "converted"
        yield draft


def _told_before(
    context: _Context, head: Head, lead: str, start: int, group: int
) -> Iterator[Draft]:
    """The place that the sentence named before: 走进A,…就是驿站; 设在A内,有书屋、驿站、茶室."""
    rule, told = "visited", [*phrases.INSIDE.finditer(lead), *phrases.VISITED.finditer(lead)]
    if lead.endswith("、"):
        rule, told = "inside", list(phrases.INSIDE.finditer(lead))
    elif not re.search(r"就是|便是|正是|这是|的", lead[-16:]):
        return
    for found in reversed(told):
        words = last_place(found["place"], context.lexicon)
        if (
            words
            and len(words) >= 4
            and context.lexicon.is_place(words)
            and not phrases.FLOOR.match(words)
        ):
            yield _draft(context, head, words, start + _offset(found, "place", words), rule, None)
            return


def _names_place(words: str, lexicon: Lexicon) -> bool:
    """闲置集装箱 is converted, but says nothing about where."""
    idle = "(?:^|的)(?:闲置|空置|废弃|老旧|旧|原)"
    return lexicon.is_place(words) and not re.search(idle, words)


def _further(context: _Context, heads: Heads, group: int) -> list[Draft]:
    """Places told without a head, after one was told: 另一个在A, A也有一个."""
    drafts = []
    text = context.layout.text
    lists = [f for pattern in _TOLD_LISTS for f in pattern.finditer(text)]
    for found in lists:
        if any(h.end <= found.end() for h in heads.within(found.start("list"), found.end())):
            continue
        if re.search(r"\d+(?:个|家|处|座)[、,]", found.group()):
            continue
        theme = heads.last_station_before(found.start())
        theme = theme or heads.last_station_before(len(context.layout.text))
        if theme:
            drafts += _elements(context, theme, found, 0, "colon", group)
    singles = (
        (phrases.OTHER, "other"),
        (phrases.BARE, "bare"),
        (phrases.NTH, "other"),
        (phrases.ANOTHER, "other"),
        (phrases.THAT_ONE, "bare"),
        (phrases.ONE_MORE, "other"),
    )
    for pattern, rule in singles:
        for found in pattern.finditer(context.layout.text):
            name = "list" if rule == "other" else "place"
            words = last_place(found[name], context.lexicon)
            pointed = pattern is phrases.THAT_ONE
            named = context.last_told(found.end() + _AHEAD)
            if pointed and "这" in found.group() and context.last_told(found.start()):
                continue  # the one told of before
            if named and named.start > found.end():
                continue  # 站边上也有一间,叫“歇气坊”
            if pointed and (_TOWN.search(words) or not context.lexicon.is_place(words)):
                continue
            theme = heads.last_station_before(found.end() + _AHEAD * (pattern is phrases.THAT_ONE))
            if (
                words
                and theme
                and (rule == "bare" or context.lexicon.is_place(words) or len(words) >= 4)
            ):
                drafts.append(
                    _draft(context, theme, words, _offset(found, name, words), rule, None)
                )
    return drafts


def _start(draft: Draft) -> int:
    return draft.start


def _elements(
    context: _Context, head: Head, found: re.Match[str], base: int, rule: str, group: int
) -> list[Draft]:
    """The places of an enumeration; the last one's ending serves those that have none."""
    drafts = []
    position = base + found.start("list")
    parts = split_list(found["list"], context.lexicon)
    if sum(_THING.match(part) is not None for part in parts[::2]) > 1:
        return []
    words, counted = _told(found, parts[::2], rule, context.lexicon)
    numbered = _is_numbered(found, words)
    if not (counted or numbered) and _are_sorts(words, context.lexicon):
        return []
    ending = "" if counted else shared_ending(words, context.lexicon)
    offsets = list(accumulate(map(len, parts), initial=0))[:-1:2]
    if counted:
        offsets = [
            at + part.rfind(w) for at, part, w in zip(offsets, parts[::2], words, strict=True)
        ]
    for word, offset in zip(words, offsets, strict=True):
        if phrases.FLOOR.match(word) or phrases.ON_FLOOR.match(word):
            named = whole_place(context.layout.text, word, position + offset, context.lexicon)
            if not (phrases.FLOOR.match(named) or phrases.ON_FLOOR.match(named)):
                drafts.append(
                    _draft(context, head, named, position + offset, rule, group, len(word))
                )
            continue
        if not word or word.count("(") != word.count(")"):
            continue
        whole = word.endswith(ending) or (
            context.lexicon.is_place(word) and not (ending and are_stems([word]))
        )
        full = word if whole else word + ending
        known = context.lexicon.is_place(full) and not IS_DIVISION.match(full)
        if re.search(
            (
                r"\d+(?:个|家|处|座)|大多|[一二两三四五六七八九十]"
                r"家(?![镇村社街路庄营桥屯湾])|[省市]总工会$"
            ),
            full,
        ) or (not known and context.lexicon.facilities(full)):
            continue
        divided = found.re is phrases.LIST_OF and _IN_DIVISION.match(full)
        told = known or counted or numbered or divided
        if not told and (rule != "colon" or len(words) < 3):
            continue
        if context.heads.touching(position + offset, position + offset + len(word)):
            continue
        drafts.append(_draft(context, head, full, position + offset, rule, group, len(word)))
    return drafts


def _is_numbered(found: re.Match[str], words: list[str]) -> bool:
    """Whether as many are set up as were named (在A、B、C新建3个): each of them is a place."""
    number = _SET_UP.search(found.group())
    return number is not None and 1 < read_number(number["of"] or number["n"]) == len(words)


def _are_sorts(words: list[str], lexicon: Lexicon) -> bool:
    """快餐店、商场、公园等地: sorts of places, and none of them."""
    told = [word for word in words if word]
    return len(told) > 1 and 2 * sum(map(lexicon.is_sort, told)) >= len(told)


def _told(
    found: re.Match[str], parts: list[str], rule: str, lexicon: Lexicon
) -> tuple[list[str], bool]:
    """The words of an enumeration, and whether it counts itself (米市巷、大关、和睦三处)."""
    kind = _OF_A_KIND.search(parts[-1])
    if kind and len(parts) > 1 and read_number(kind["n"]) == len(parts):
        parts = [*parts[:-1], parts[-1][: kind.start()]]
        return [last_place(p, lexicon) + kind["kind"] for p in parts], True
    words = [clean_element(part, lexicon) for part in parts]
    number = found.groupdict().get("n")
    more = found["list"].endswith("等") and 2 <= len(words) < read_number(number or "零")
    if number is not None and (more or read_number(number) == len(words)):
        stems = [last_place(p, lexicon) or w or p for p, w in zip(parts, words, strict=True)]
        return [stem.rpartition("的")[2].removesuffix("等") for stem in stems], True
    if rule == "list-before" and words[-1] and not lexicon.is_place(words[-1]):
        words[-1] = _shortened(words[-1], lexicon)
    return words, False


def _shortened(words: str, lexicon: Lexicon) -> str:
    """横港村书房内嵌: the longest beginning that is a place; the words where there is none."""
    for length in range(len(words) - 1, 3, -1):
        if lexicon.is_place(words[:length]):
            return words[:length]
    return words


def _offset(found: re.Match[str], group: str, words: str) -> int:
    """Where the words that remained of a group stand."""
    return found.start(group) + max(found[group].rfind(words), 0)


def _draft(
    context: _Context,
    head: Head,
    place: str,
    start: int,
    rule: str,
    group: int | None,
    length: int = 0,
) -> Draft:
    text = context.layout.text
    sentence = context.layout.sentence_at(head.start)
    clause = text[
        max(sentence[0], start - 12) : max(
            head.end if head.start >= start else 0, start + len(place) + 16
        )
    ]
    planned = phrases.PLANNED.search(clause) and not phrases.DONE.search(clause)
    return Draft(
        name=compose(place, head.words),
        kind=head.kind,
        start=start,
        end=start + (length or len(place)),
        rule=rule,
        specific=tidy_name(place),
        group=None if group is None else Group("sentence", group),
        status="planned" if planned else "operating",
    )
