"""Places that running text composes: "在A、B等地设立驿站", "A门口多了间驿站", "把A改成驿站"."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterator

from geomap.find import phrases
from geomap.find.drafts import Draft, place_words, tidy_name
from geomap.find.elements import (
    last_place,
)
from geomap.find.head import Head, Heads
from geomap.find.layout import Layout
from geomap.find.lexicon import Lexicon
from geomap.find.listed_places import (
    Context,
    elements_of,
    offset_of,
    place_draft,
    start_of,
    where_built,
)
from geomap.find.pointed import find_one_of, with_whole_places

#: More than one place, what was done there and the words up to its head take (characters).
_REACH = 160
#: A list behind a colon (characters).
_LISTED = 360
_TOWN = re.compile("(?:镇|乡|街道|区|县)$")
#: 那间工会驿站: the head of what is pointed at stands so near behind it (characters).
_AHEAD = 10
#: 被环卫中心(改建成驿站): who did it is no place.
_BY_WHOM = re.compile(r"被[^,。;:!?]*$")
_OF_EACH_PART = re.compile(r"(?P<list>[^的]{2,30}、[^的]{2,14})(?:的[^的]{2,8})?$")
#: 遍布主干道、景区的465家: sorts of places.
_SCATTERED = re.compile(r"大多|多数|一般|往往|遍布|遍及|散布|覆盖|主要(?:分布|集中)")
#: What something is to somebody, and no place.
_IS_LIKE = re.compile("(?:是|成为?|像)[^,。;:!?“”]{2,24}的$|(?:是|成为?|像)[^,。;:!?“”]{0,3}$")
_SHORTLY = re.compile("(?:简称|又称|下称)[为作]?“?$")
#: Shops that take part, and no stations where several are told.
_PARTNERS = ("商家", "商户")
_TOLD_LISTS = (phrases.BARE_LIST, phrases.TAKEN_UP, phrases.OF_THEM)


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
    context = Context(layout, lexicon, heads, sorted(named, key=start_of), listed)
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
            insort(context.told, draft, key=start_of)
        group += 1
    drafts += find_one_of(layout.text, heads, lexicon)
    drafts += _further(context, heads, group)
    return drafts


def _is_named_in_bracket(context: Context, head: Head) -> bool:
    """集市的工会驿站(溪工驿站银行站): the bracket holds its name, and it says where that is."""
    text, told = context.layout.text, context.last_told(head.end + 2)
    if told is None or told.start != head.end + 1 or text[head.end : head.end + 1] != "(":
        return False
    told.address = told.address or tidy_name(head.host)
    return text[told.end : told.end + 1] == ")"


def _composed(context: Context, head: Head, group: int) -> Iterator[Draft]:
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
        place = where_built(context, head, text[start : head.start])
        if place and not phrases.FLOOR.match(place):
            yield place_draft(context, head, place, head.name_start, "host", group)
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
        drafts = elements_of(context, head, found, base, rule, group) if found else []
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


def _single(
    context: Context, head: Head, lead: str, start: int, before: str, group: int
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
        draft = place_draft(
            context, head, words, start + offset_of(found, "place", words), rule, group
        )
        if rule == "converted":
            draft.status = "converted"
        yield draft
        return
    yield from _told_before(context, head, lead, start, group)


def _converted(
    context: Context, head: Head, found: re.Match[str], start: int, group: int
) -> Iterator[Draft]:
    """将A、B、C的自助银行区改造成驿站: what is behind 的 is a part of each."""
    listed = _OF_EACH_PART.match(found["place"])
    if found.re is not phrases.CONVERTED or listed is None:
        return
    for draft in elements_of(
        context, head, listed, start + found.start("place"), "list-before", group
    ):
        draft.status = "converted"
        yield draft


def _told_before(
    context: Context, head: Head, lead: str, start: int, group: int
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
            yield place_draft(
                context, head, words, start + offset_of(found, "place", words), rule, None
            )
            return


def _names_place(words: str, lexicon: Lexicon) -> bool:
    """闲置集装箱 is converted, but says nothing about where."""
    idle = "(?:^|的)(?:闲置|空置|废弃|老旧|旧|原)"
    return lexicon.is_place(words) and not re.search(idle, words)


def _further(context: Context, heads: Heads, group: int) -> list[Draft]:
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
            drafts += elements_of(context, theme, found, 0, "colon", group)
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
                    place_draft(context, theme, words, offset_of(found, name, words), rule, None)
                )
    return drafts
