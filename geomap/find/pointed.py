"""Places told by a common noun alone (厅里, 校区公交站): the whole name stands before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geomap.find.drafts import Draft, compose
from geomap.find.elements import last_place
from geomap.find.head import Heads
from geomap.find.lexicon import Lexicon
from geomap.find.phrases import ON_FLOOR

_NOUN = re.compile(
    r"(?P<noun>(?:校|园|厂|景|院|小|社|港|矿|库|蓄车|候车|停车|营业)区|服务区|医院|学校|校园|市场|商场|超市|"
    r"公园|广场|车站|机场|码头|口岸|公司|工地|银行|药店|饭店|酒店|书店|餐厅|大厅|门店|厅|店|院|楼)(?P<rest>(?:里|内|上).*|.*)"
)
#: 我们公司门口有驿站: whose it is, nobody knows.
_WHOSE = ("公司", "小区", "工地", "学校", "门店", "店")
_LOCATIVE = re.compile(r"^(?:里面?|内|上|中)$")
#: 这家店就是首批4家工会“驿小站”之一.
_ONE_OF = re.compile(
    r"这[家处个座间](?P<noun>[\u4e00-\u9fff]{1,3}?)(?:就|便|正|也)?是[^,。;!?\n]{2,24}之一"
)
#: What the noun is part of stands so near before it at most (characters).
_REACH = 240
_NAME = 24


def is_noun(place: str) -> bool:
    """Whether a place is told by a common noun alone.

    >>> is_noun("厅里"), is_noun("口岸"), is_noun("校区公交站"), is_noun("武源桥")
    (True, True, False, False)
    """
    found = _NOUN.fullmatch(place)
    return found is not None and (not found["rest"] or bool(_LOCATIVE.match(found["rest"])))


def whole_place(text: str, place: str, start: int, lexicon: Lexicon) -> str:
    """The place with the name that its noun stands for; itself where none stands before it.

    Parameters
    ----------
    start : where the place stands in ``text``.
    """
    if ON_FLOOR.match(place):
        before = re.split("[。;!?\n]", text[max(start - _NAME, 0) : start])[-1]
        house = last_place(before.rpartition(",")[0].rpartition(",")[2], lexicon)
        return house if lexicon.is_place(house) else place
    found = _NOUN.fullmatch(place)
    if found is None:
        return place
    rest = _LOCATIVE.sub("", found["rest"])
    if rest and not lexicon.is_place(rest):
        return place
    noun, end = found["noun"], start
    floor = max(start - _REACH, 0)
    while (at := text.rfind(noun, floor, end)) >= 0:
        clause = re.split(r"[,。;:!?、“”()\s]", text[max(at - _NAME, floor) : at + len(noun)])[-1]
        named = last_place(clause, lexicon)
        if len(named) >= len(noun) + 3 and named.endswith(noun):
            return named + rest
        end = at
    return place


def with_whole_places(
    text: str, drafts: list[Draft], words: str, told: bool, lexicon: Lexicon
) -> list[Draft]:
    """The composed drafts under their whole names.

    Without those that a noun alone tells, where the story has told others (``told``).
    """
    kept = []
    for draft in drafts:
        whole = whole_place(text, draft.specific, draft.start, lexicon)
        if whole != draft.specific:
            draft.name, draft.specific = compose(whole, words), whole
        elif is_noun(whole) and (told or whole in _WHOSE):
            continue
        kept.append(draft)
    return kept


def find_one_of(text: str, heads: Heads, lexicon: Lexicon) -> Iterator[Draft]:
    """The named places that a sentence calls one of the stations: 这家店就是首批驿站之一."""
    for found in _ONE_OF.finditer(text):
        head = next(iter(heads.within(found.end("noun"), found.end())), None)
        start, noun = found.span("noun")[0], found["noun"]
        whole = whole_place(text, noun, start, lexicon)
        if head is not None and whole != noun:
            name = compose(whole, head.words)
            yield Draft(name, head.kind, start, found.end("noun"), "exists", whole)
