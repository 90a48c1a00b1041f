"""One document: its stories read in turn, drafts made into Mentions and Claims."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace

from geomap.divisions import Divisions
from geomap.find.area import Area, agree
from geomap.find.attach import Facts
from geomap.find.claims import count_mention, find_claims
from geomap.find.confidence import rate
from geomap.find.door import door_hours
from geomap.find.drafts import Draft, address_in
from geomap.find.facts import read_access, read_validity, service_key
from geomap.find.lexicon import Lexicon
from geomap.find.once import each_once
from geomap.find.open_heads import introduced, is_about_riders
from geomap.find.page import Page, trim
from geomap.find.scope import Scope, read_scope
from geomap.find.story import StoryFindings, read_story
from geomap.find.times import Times
from geomap.hours import parse_hours
from geomap.model.records import Claim, Document, Evidence, Mention, Service, Skip, Story
from geomap.model.tables import STATION_KINDS
from geomap.text.script import clean

_COMMUNITY = re.compile(r"[\u4e00-\u9fff]{2,8}(?:社区(?!支行|银行)|村(?![委镇]))")
#: 如意湖办事处 of 如意湖办事处绿地社区.
_TOWNS_COMMUNITY = re.compile(
    r"^.*(?:街道|办事处|镇|乡|区|县|市)(?=[\u4e00-\u9fff]{2,}(?:社区|村)$)"
)
#: What stands before places that a sentence says lie there (分别位于A、B; 在A、B设立), by the rule
#: that found them; a whole town is no address.
_PLACED = {"list-after": re.compile(""), "list-before": re.compile("[在于][^,。;]*$")}
_WHOLE = re.compile(r".{2,3}街|.*(?:街道|[镇乡村区县市]|社区|工会|附近|周边)")
#: A whole district is no address.
_REGION = re.compile(r"[^路街巷道\d]{1,12}(?<![小园社校院景厂库])[区县市]")
_ROUND_THE_CLOCK = re.compile(r"24小时|二十四小时")
#: 24小时工会驿站(嘉工驿站工商银行站): its sort stands before its name.
_CALLED_ALWAYS = re.compile(r"24小时[^,。;、:!?()]{0,12}[站家屋点湾][(“]+$")
_BESIDE = 24
#: A place behind a town's short name has so many characters: 马巷加油站, no mere 幸福汇.
_NOUN = 3
#: What is named after a town that it may lie far from.
_ON_WAY = ("服务区", "收费站", "停车区", "高速口")
#: Titles longer than this are paragraphs, not titles.
_TITLE_LINES = 4


@dataclass(frozen=True, slots=True)
class Findings:
    """What one document tells. A count is a mention too: ``mappable`` false."""

    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    skips: tuple[Skip, ...] = ()


def find_in_document(document: Document, divisions: Divisions, words: Lexicon) -> Findings:
    """Every place, count and promise of a document, story by story.

    Parameters
    ----------
    words : the rules of words.toml (:func:`geomap.find.lexicon.read_lexicon`).
    """
    fallback = _about(document, divisions)
    text = clean(f"{document.title}\n{document.text}").text
    if not is_about_riders(text):
        return Findings((), ())
    words = introduced(text, words)
    mentions: list[Mention] = []
    claims: list[Claim] = []
    previous = fallback
    for story in document.stories:
        page = Page(document, story, clean(story.text))
        found = read_story(
            page.clean.text, divisions, words, _inherit(story, previous, fallback), _TITLE_LINES
        )
        mentions += _mentions(page, found, divisions)
        claims += find_claims(page, found)
        previous = found.scope.main if found.scope.main.depth else previous
    return Findings(tuple(each_once(mentions)), tuple(claims))


def _about(document: Document, divisions: Divisions) -> Area:
    """What a document is about as a whole: its title, else its commonest place."""
    title, _ = read_scope(
        clean(f"{document.title}\n{document.source}").text, 999, divisions, Area()
    )
    if title.main.depth >= 2 or len(document.stories) <= 1:
        return title.main
    whole, _ = read_scope(clean(document.text).text, 0, divisions, title.main)
    areas = Counter(s.area.province for s in whole.sightings if s.area.province)
    if not areas:
        return Area()
    (province, count) = min(areas.items(), key=lambda item: (-item[1], item[0]))
    sample = next(s.area for s in whole.sightings if s.area.province == province)
    sure = count * 2 > sum(areas.values())
    city = province if province in ("北京市", "天津市", "上海市", "重庆市") else ""
    return Area(province, city, "", "", sample.code[:2] + "0000") if sure else Area()


def _inherit(story: Story, previous: Area, fallback: Area) -> Area:
    """A section without a place of its own goes on where the story before it was."""
    headed = bool(story.title) and "\n" in story.text.strip()
    return previous if headed and story.number and len(story.title) <= 16 else fallback


def _mentions(page: Page, found: StoryFindings, divisions: Divisions) -> list[Mention]:
    text = found.layout.text
    access = read_access(text)
    rows = [
        _mention(page, found, draft, facts, access, _area(found, draft, divisions))
        for draft, facts in zip(found.drafts, found.facts, strict=True)
    ]
    return rows + [count_mention(page, found, count) for count in found.counts]


def _mention(
    page: Page, found: StoryFindings, draft: Draft, facts: Facts, access: str, area: Area
) -> Mention:
    door, services = _hours(page, found, draft, facts)
    closed = facts.change == "closed" and draft.status == "operating"
    columns = {"name": page.evidence(draft.start, draft.end)}
    columns |= {"opening_hours": page.evidence(door.start, door.end)} if door and door.end else {}
    facilities = sorted({*draft.facilities, *facts.facilities})
    if facts.facilities:
        spans = facts.facilities.values()
        columns["facilities"] = page.evidence(min(s for s, _ in spans), max(e for _, e in spans))
    station = draft.kind in STATION_KINDS
    return Mention(
        doc=page.document.id,
        story=page.story.number,
        name=draft.name,
        kind=draft.kind,
        evidence=_quotes(page, found, draft, door, facts),
        status="closed" if closed else draft.status,
        access="members" if draft.kind == "union_branch" else access,
        province=area.province,
        city=area.city,
        district=area.district,
        township=draft.township or area.township,
        community=_community(draft),
        address=_address(found, draft, facts),
        opening_hours=door.osm if door else "",
        hours_words=door.words if door else "",
        facilities=tuple(facilities) if station else (),
        phone=draft.phone,
        date=page.story.date or page.document.date,
        confidence=rate(draft, area.district),
        services=services,
        note="已搬迁" if facts.change == "moved" and not closed else "",
        facts=columns,
    )


def _quotes(
    page: Page, found: StoryFindings, draft: Draft, door: Times | None, facts: Facts
) -> tuple[Evidence, ...]:
    """The sentence that names the place, then those that state its hours and facilities.

    What a map says of a place has to stand in what it quotes.
    """
    layout = found.layout
    stated = [(draft.start, draft.start), *([(door.start, door.end)] if door and door.end else [])]
    stated += sorted(facts.facilities.values())
    sentences = (
        (layout.sentence_at(start)[0], layout.sentence_at(max(start, end - 1))[1])
        for start, end in stated
    )
    spans = dict.fromkeys(trim(layout.text, *sentence) for sentence in sentences)
    return tuple(page.evidence(*span) for span in spans)


def _area(found: StoryFindings, draft: Draft, divisions: Divisions) -> Area:
    start, end = draft.block or (draft.start, draft.end)
    scope: Scope = found.scope
    if draft.anchor >= 0:
        start, end = draft.anchor, draft.anchor + len(draft.specific)
    line = found.layout.line_at(start)
    area = scope.at(start, end, _floor(found, line.start) if draft.is_member else line.start)
    if not area.district:
        told = (scope.own(*span) for span in draft.spans)
        area = next((own for own in told if own.district and agree(own, area)), area)
    if area.city and area.depth == 2:
        area = _of_town(draft, area, divisions)
    if not area.township and draft.kind != "service_center":
        area = _only_town(found, area, draft.start)
    if draft.district and draft.district not in (area.district, area.district[:-1]):
        area = replace(area, district=draft.district, township="")
    return area


def _of_town(draft: Draft, area: Area, divisions: Divisions) -> Area:
    """The district of the city's one township whose short name opens a place's (马巷加油站)."""
    words = draft.specific
    for hit in divisions.scan(words, within=[area.code]):
        towns = [place for place in hit.candidates if place.level == "township"]
        sure = hit.start == 0 and hit.short and not (hit.part or hit.ordinary)
        sure = sure and len(words) - hit.end >= _NOUN and not words.endswith(_ON_WAY)
        if sure and len(hit.candidates) == len(towns) == 1 and towns[0].city == area.city:
            return replace(area, district=towns[0].district, code=towns[0].code[:6])
    return area


def _address(found: StoryFindings, draft: Draft, facts: Facts) -> str:
    """The address of the place; 河西街道 is only the start of 河西街道鉴江公园管理处一楼."""
    placed = "" if _WHOLE.fullmatch(draft.specific) else draft.specific
    text, start = found.layout.text, found.layout.sentence_at(draft.start)[0]
    if draft.rule not in _PLACED or not _PLACED[draft.rule].search(text[start : draft.start]):
        placed = ""
    told = "" if _REGION.fullmatch(draft.address) else draft.address
    address = told or address_in(draft.name) or facts.address or placed
    return facts.address if facts.address.startswith(address) else address


def _floor(found: StoryFindings, start: int) -> int:
    """Where the text that speaks of an item begins: the heading above it that is a division."""
    number = bisect_left(found.layout.line_starts, start)
    heading = found.headings[number - 1] if number else -1
    return heading if heading >= 0 else start


def _only_town(found: StoryFindings, area: Area, start: int) -> Area:
    """The township of a story that names exactly one inside the place's district.

    One in another place's name (柿铺街道办事处一楼驿站) or sentence is that place's own.
    """
    if not area.district:
        return area
    towns = found.towns[area.city, area.district]
    if len(towns) != 1:
        return area
    ((township, code), of_story) = next(iter(towns.items()))
    own = found.layout.text[slice(*found.layout.sentence_at(start))]
    told = of_story or township in own
    return replace(area, township=township, code=code) if told else area


def _community(draft: Draft) -> str:
    return _TOWNS_COMMUNITY.sub("", next(reversed(_COMMUNITY.findall(draft.specific)), ""))


def _hours(
    page: Page, found: StoryFindings, draft: Draft, facts: Facts
) -> tuple[Times | None, tuple[Service, ...]]:
    """The door's hours, and the services that have times of their own."""
    # What a sentence says of several is not said of the one that is still to be built.
    planned = draft.status == "planned"
    shut = planned or facts.change == "closed" or facts.loose
    door = [t for t in facts.times if not t.service and not (shut and t.shared)]
    door = [] if draft.hours_told else door
    services = tuple(_service(page, found, times) for times in facts.times if times.service)
    written = parse_hours(draft.hours_text) if draft.hours_text else None
    if written:
        return Times(0, 0, written.osm, written.words), services
    best = door_hours(door)
    if not door and not shut and not draft.hours_told and _is_always(found, draft):
        best = Times(draft.start, draft.end, "24/7", "24小时")
    if best is None:
        return None, services
    if facts.weekend_too:
        daily = best.osm.replace("Mo-Fr", "Mo-Su").removesuffix("; PH off")
        best = replace(best, osm=daily, words=f"{best.words},周末照常")
    return best, services


def _is_always(found: StoryFindings, draft: Draft) -> bool:
    """Whether a place is open round the clock by its own name, or as one of a list of such."""
    before = found.layout.text[max(draft.start - _BESIDE, 0) : draft.start]
    if _ROUND_THE_CLOCK.search(draft.name) or _CALLED_ALWAYS.search(before):
        return True
    return found.titled_always and len(found.drafts) >= 3 and not found.tells_hours


def _service(page: Page, found: StoryFindings, times: Times) -> Service:
    sentence = found.layout.text[slice(*found.layout.sentence_at(times.start))]
    first, last = read_validity(sentence)
    return Service(
        service=service_key(times.service),
        times=times.osm,
        evidence=page.evidence(times.start, times.end),
        valid_from=first,
        valid_until=last,
    )
