"""Which facts belong to which place: a walk through the sentences of a story."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from geomap.find.counts import Count
from geomap.find.drafts import Draft
from geomap.find.facts import read_address, read_change, read_facilities, read_spot
from geomap.find.head import Heads
from geomap.find.layout import Layout
from geomap.find.legend import Legend, read_legend
from geomap.find.lexicon import Lexicon
from geomap.find.spans import Cover
from geomap.find.spoken import has_loose_hours, offers
from geomap.find.times import Times, read_times
from geomap.find.walk import Walk

#: The hours of the row above.
_DITTO = re.compile(r"同上|〃")
_OFFERS = re.compile(r"(?:设施|设备|配[备置]|服务(?!时)|功能)[^\n]{0,6}$")
_NOT_YET = re.compile(
    r"正在(?:装修|建|施工)|装修中|[未没]装好|(?:在|筹|待|拟)建|选址|(?:底|庆|月)见"
)
#: 24小时工会驿站(嘉工驿站工商银行站): a sentence of the station in the brackets.
_BRACKETED = re.compile(
    r"(?:站|家|屋|点|港湾)”?\((?P<name>[^(),;。!?]{3,24}(?:站|家|屋|点|港湾))[”]?\)"
)
#: A story says little of many places at once: beyond so many sentences of more than so many places
#: it is a register or a forum, and what they say goes to nobody.
_MANY, _COMMON = 50, 200
_WEEKEND_TOO = re.compile(r"(?:双休日|周末|节假日)[^,。]{0,4}(?:照常|正常|不休|也开|无休)")


@dataclass(slots=True)
class Facts:
    """What was read for one place. ``facilities`` maps a key to where it stands; ``shared`` are
    those said of several places.
    """

    facilities: dict[str, tuple[int, int]] = field(default_factory=dict)
    shared: set[str] = field(default_factory=set)
    times: list[Times] = field(default_factory=list)
    weekend_too: bool = False
    loose: bool = False
    change: str = ""
    center: bool = False
    address: str = ""


def attach_facts(
    layout: Layout, heads: Heads, drafts: list[Draft], counts: list[Count], lexicon: Lexicon
) -> list[Facts]:
    """Facts of every draft, in the order of ``drafts``."""
    facts = [Facts(center=draft.kind == "service_center") for draft in drafts]
    walk = Walk(layout, heads, drafts, counts, lexicon)
    legend = read_legend(layout, lexicon)
    names = Cover((draft.start, draft.end) for draft in drafts)
    said_of_many = 0
    for start, end in walk.stretches():
        if layout.line_at(start).start in legend.lines:
            continue
        targets = walk.targets(start, end)
        said_of_many += len(targets) > _MANY
        if len(targets) == 1 and _is_of_bracketed(layout.text[start:end], drafts[targets[0]]):
            continue
        if targets and (len(targets) <= _MANY or said_of_many <= _COMMON):
            shared = len(targets) > 1 and (start, end) not in walk.singled
            chosen = [facts[i] for i in targets]
            if walk.names_nobody and not (
                walk.speaks_of(start, end, targets)
                or offers(layout.text[start:end].strip(), lexicon)
            ):
                continue
            own = " ".join(drafts[i].specific or drafts[i].name for i in targets)
            _read(layout.text, start, end, chosen, lexicon, names, shared, own)
            if len(targets) == 1 and targets[0]:
                _copy_above(layout.text[start:end], chosen[0], facts[targets[0] - 1])
            if walk.names_nobody and not walk.speaks_of(start, end, targets):
                for one in chosen:
                    one.times = [t for t in one.times if t.service or not start <= t.start < end]
    for draft, one in zip(drafts, facts, strict=True):
        _read_codes(layout, draft, one, legend)
        one.times = [legend.dated(times) for times in one.times]
        spans = [(draft.start, draft.end), *draft.spans]
        one.address = one.address or read_spot(layout.text, spans, lexicon)
        sentence = layout.text[slice(*layout.sentence_at(draft.start))]
        if one.change == "closed" or _NOT_YET.search(sentence):
            # 各站均有饮水机 is not said of the one that is shut, or not there yet.
            one.facilities = {k: at for k, at in one.facilities.items() if k not in one.shared}
    return facts


def _is_of_bracketed(words: str, draft: Draft) -> bool:
    """Whether a sentence calls a station by a name in brackets that is not this place's."""
    names = [found["name"] for found in _BRACKETED.finditer(words)]
    own = draft.specific or draft.name
    return bool(names) and own not in words and not any(name in draft.name for name in names)


def _read_codes(layout: Layout, draft: Draft, facts: Facts, legend: Legend) -> None:
    """What the codes in a place's row and the sign before it mean."""
    start = layout.line_at(draft.start).start
    row = layout.text[start : max(draft.block[1] if draft.block else 0, draft.end)]
    row += layout.text[start + len(row) : layout.line_at(start + len(row)).end]
    facts.facilities = {**legend.facilities(row), **facts.facilities}
    hours = legend.hours(row)
    if hours and not facts.times:
        facts.times.append(hours)


def _copy_above(words: str, facts: Facts, above: Facts) -> None:
    """What a row says is as above (同上): its facilities, or its hours."""
    ditto = _DITTO.search(words)
    if ditto and _OFFERS.search(words, 0, ditto.start()):
        facts.facilities = {**above.facilities, **facts.facilities}
    elif ditto:
        facts.times += above.times


def _read(
    text: str,
    start: int,
    end: int,
    targets: list[Facts],
    lexicon: Lexicon,
    names: Cover,
    shared: bool,
    own: str,
) -> None:
    stretch = text[start:end]
    center = all(facts.center for facts in targets)
    keys = [
        (key, begin, finish)
        for key, begin, finish in read_facilities(text, start, end, lexicon, own, center)
        if begin not in names
    ]
    # 24小时 in a name is a brand's: what is said of the door goes before it.
    times = [t for t in read_times(text, start, end, own) if t.start not in names]
    alone = len(targets) == 1
    change = read_change(stretch) if alone else ""
    address = read_address(stretch, lexicon) if alone else ""
    for facts in targets:
        for key, begin, finish in keys:
            facts.shared |= {key} if shared and key not in facts.facilities else set()
            facts.facilities.setdefault(key, (begin, finish))
        facts.times += [replace(t, shared=shared) for t in times]
        facts.weekend_too |= len(targets) == 1 and bool(_WEEKEND_TOO.search(stretch))
        facts.loose |= alone and not shared and not times and has_loose_hours(stretch)
        facts.change = facts.change or change
        facts.address = facts.address or address
