"""One document: its stories read in turn, drafts made into Mentions and Claims."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace

from geomap.divisions import Divisions
from geomap.find.area import Area, agree
from geomap.find.attach import Facts
from geomap.find.confidence import BY_RULE, rate
from geomap.find.counts import Count, find_promises
from geomap.find.door import door_hours
from geomap.find.drafts import Draft, address_in
from geomap.find.facts import Times, read_access, read_validity, service_key
from geomap.find.lexicon import Lexicon
from geomap.find.open_heads import introduced, is_about_riders
from geomap.find.scope import Scope, read_scope
from geomap.find.story import StoryFindings, read_story
from geomap.hours import parse_hours
from geomap.model.records import Claim, Document, Evidence, Mention, Service, Skip, Story
from geomap.model.tables import STATION_KINDS
from geomap.stations.names import normalise_name
from geomap.text.script import Clean, clean

_COMMUNITY = re.compile(r"[\u4e00-\u9fff]{2,8}(?:社区|村)(?!委)")
#: What a number is told of, right before it.
_WHOLE = re.compile(r"(?<!中华)全国(?!总工会)|全[省市区县]|我[省市区县]")
_ROUND_THE_CLOCK = re.compile(r"24小时|二十四小时")
#: No division's name is longer (characters).
_DIVISION = 9
#: Titles longer than this are paragraphs, not titles.
_TITLE_LINES = 4


@dataclass(frozen=True, slots=True)
class Findings:
    """What one document tells. A count is a mention too: ``mappable`` false."""

    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    skips: tuple[Skip, ...] = ()


@dataclass(frozen=True, slots=True)
class _Page:
    """A story with its clean text: turns clean spans into evidence of the document."""

    document: Document
    story: Story
    clean: Clean

    def evidence(self, start: int, end: int) -> Evidence:
        first, last = self.clean.span(start, end)
        begin, stop = first + self.story.start, last + self.story.start
        date = self.story.date or self.document.date
        return Evidence(self.document.id, self.document.text[begin:stop], begin, stop, date)


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
        page = _Page(document, story, clean(story.text))
        found = read_story(
            page.clean.text, divisions, words, _inherit(story, previous, fallback), _TITLE_LINES
        )
        mentions += _mentions(page, found)
        claims += _claims(page, found)
        previous = found.scope.main if found.scope.main.depth else previous
    return Findings(tuple(_each_once(mentions)), tuple(claims))


def _each_once(mentions: list[Mention]) -> list[Mention]:
    """Places that two stories of a document name, once: what one leaves open, the other says."""
    kept: dict[object, Mention] = {}
    for number, mention in enumerate(mentions):
        name = normalise_name(mention.name, city=mention.city, district=mention.district)
        place = (name, mention.kind, mention.city, mention.district)
        key: object = place if mention.mappable and mention.district else number
        first = kept.get(key)
        kept[key] = mention if first is None else _with_facts_of(first, mention)
    return list(kept.values())


def _with_facts_of(one: Mention, other: Mention) -> Mention:
    hours = one if one.opening_hours else other
    return replace(
        one,
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
        address=one.address or other.address,
        township=one.township or other.township,
        opening_hours=hours.opening_hours,
        hours_words=hours.hours_words,
        facilities=tuple(sorted({*one.facilities, *other.facilities})),
        services=(*one.services, *other.services),
        facts={**other.facts, **one.facts},
    )


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


def _mentions(page: _Page, found: StoryFindings) -> list[Mention]:
    text = found.layout.text
    access = read_access(text)
    rows = [
        _mention(page, found, draft, facts, access)
        for draft, facts in zip(found.drafts, found.facts, strict=True)
    ]
    return rows + [_counted(page, found, count) for count in found.counts]


def _mention(page: _Page, found: StoryFindings, draft: Draft, facts: Facts, access: str) -> Mention:
    area = _area(found, draft)
    door, services = _hours(page, found, draft, facts)
    status, note = _status(draft, facts)
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
        status=status,
        access=_access(draft, access),
        province=area.province,
        city=area.city,
        district=area.district,
        township=draft.township or area.township,
        community=_community(draft),
        address=draft.address or address_in(draft.name) or facts.address,
        opening_hours=door.osm if door else "",
        hours_words=door.words if door else "",
        facilities=tuple(facilities) if station else (),
        phone=draft.phone,
        date=page.story.date or page.document.date,
        confidence=rate(draft, area.district),
        services=services,
        note=note,
        facts=columns,
    )


def _quotes(
    page: _Page, found: StoryFindings, draft: Draft, door: Times | None, facts: Facts
) -> tuple[Evidence, ...]:
    """The sentence that names the place, then those that state its hours and facilities.

    What a map says of a place has to stand in what it quotes.
    """
    stated = [draft.start, *([door.start] if door and door.end else [])]
    stated += sorted(start for start, _ in facts.facilities.values())
    spans = dict.fromkeys(
        _trim(found.layout.text, *found.layout.sentence_at(start)) for start in stated
    )
    return tuple(page.evidence(*span) for span in spans)


def _area(found: StoryFindings, draft: Draft) -> Area:
    start, end = draft.block or (draft.start, draft.end)
    scope: Scope = found.scope
    if draft.anchor >= 0:
        start, end = draft.anchor, draft.anchor + len(draft.specific)
    line = found.layout.line_at(start)
    area = scope.at(start, end, _floor(found, line.start) if draft.group >= 0 else line.start)
    if not area.township and draft.kind != "service_center":
        area = _only_town(found, area)
    if draft.district and draft.district not in (area.district, area.district[:-1]):
        area = replace(area, district=draft.district, township="")
    return area


def _floor(found: StoryFindings, start: int) -> int:
    """Where the text that speaks of an item begins: the heading above it that is a division."""
    number = bisect_left(found.layout.line_starts, start)
    heading = found.headings[number - 1] if number else -1
    return heading if heading >= 0 else start


def _only_town(found: StoryFindings, area: Area) -> Area:
    """The township of a story that names exactly one inside the place's district.

    One in another place's name (柿铺街道办事处一楼驿站) is that place's own.
    """
    if not area.district:
        return area
    towns = found.towns[area.city, area.district]
    if len(towns) != 1:
        return area
    ((township, code),) = towns
    return replace(area, township=township, code=code)


def _access(draft: Draft, access: str) -> str:
    if draft.kind == "union_branch":
        return "members"
    return access


def _community(draft: Draft) -> str:
    found = _COMMUNITY.findall(draft.specific)
    return (
        re.sub(r"^.*(?:街道|镇|乡|区|县|市)(?=[\u4e00-\u9fff]{2,}(?:社区|村)$)", "", found[-1])
        if found
        else ""
    )


def _status(draft: Draft, facts: Facts) -> tuple[str, str]:
    if facts.change == "closed" and draft.status == "operating":
        return "closed", ""
    return draft.status, "已搬迁" if facts.change == "moved" else ""


def _hours(
    page: _Page, found: StoryFindings, draft: Draft, facts: Facts
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
    if _ROUND_THE_CLOCK.search(draft.name):
        return True
    return found.titled_always and len(found.drafts) >= 3 and not found.tells_hours


def _service(page: _Page, found: StoryFindings, times: Times) -> Service:
    sentence = found.layout.text[slice(*found.layout.sentence_at(times.start))]
    first, last = read_validity(sentence)
    return Service(
        service=service_key(times.service),
        times=times.osm,
        evidence=page.evidence(times.start, times.end),
        valid_from=first,
        valid_until=last,
    )


def _counted(page: _Page, found: StoryFindings, count: Count) -> Mention:
    area = _told_area(found, count)
    where = area.district or area.city or area.province
    return Mention(
        doc=page.document.id,
        story=page.story.number,
        name=where + count.words,
        kind=count.kind,
        evidence=(
            page.evidence(*_trim(found.layout.text, *found.layout.sentence_at(count.start))),
        ),
        status=count.status,
        province=area.province,
        city=area.city,
        district=area.district,
        mappable=False,
        count=count.count,
        date=page.story.date or page.document.date,
        confidence=BY_RULE["count"],
        facts={"count": page.evidence(count.start, count.end)},
    )


def _claims(page: _Page, found: StoryFindings) -> list[Claim]:
    """Counts and promises of reach, each with the area it is told of."""
    text = found.layout.text
    counted = [
        _claim(page, found, count.start, text[count.start : count.end], count.claim, count)
        for count in found.counts
    ]
    promised = [
        _claim(page, found, start, words, "reach", None)
        for start, _, words in find_promises(found.layout)
    ]
    return counted + promised


def _claim(
    page: _Page, found: StoryFindings, start: int, words: str, kind: str, count: Count | None
) -> Claim:
    area = _told_area(found, count) if count else found.scope.main
    sentence = _trim(found.layout.text, *found.layout.sentence_at(start))
    return Claim(
        doc=page.document.id,
        kind=kind,
        claim=words,
        count=count.count if count else None,
        evidence=page.evidence(*sentence),
        as_of=page.story.date or page.document.date,
        province=area.province,
        city=area.city,
        district=area.district,
    )


def _told_area(found: StoryFindings, count: Count) -> Area:
    """The division of the count's own clause, or that of 全省, else the story's.

    What is told of the nation is no division's.
    """
    text, main = found.layout.text, found.scope.main
    first, _ = found.layout.sentence_at(count.start)
    if count.area >= 0:
        own = found.scope.within(count.area, count.area + _DIVISION)
        return own[0].area if own else main
    own = found.scope.within(first, count.end)
    whole = list(_WHOLE.finditer(text, first, count.end))
    if whole and not (own and own[-1].start > whole[-1].start()):
        return _whole_area(whole[-1].group(), main)
    if not own:
        return main
    told = found.scope.inside(own[-1].start, own[-1].end)
    close = found.scope.inside(count.start, count.end)
    told = close if close.depth >= told.depth else told
    fits = agree(Area(province=main.province), told)
    if told.depth == 2 and told.city == main.city:
        # 绍兴市柯桥区总工会…: a city alone beside its district is the union's, not the count's.
        return main
    return told if fits else main


def _whole_area(words: str, main: Area) -> Area:
    """What 全国, 全省, 全市 or 全区 mean in a story about ``main``."""
    if words.endswith("国"):
        return Area()
    if words.endswith("省"):
        return Area(main.province, "", "", "", main.code[:2] + "0000")
    if words.endswith("市") and main.city and not main.district.endswith("市"):
        return Area(main.province, main.city, "", "", main.code[:4] + "00")
    return main


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space around it; never empty."""
    words = text[start:end]
    begin = start + len(words) - len(words.lstrip())
    stop = end - (len(words) - len(words.rstrip()))
    return (begin, stop) if begin < stop else (start, max(end, start + 1))
