"""Counts and promises of a story as mentions and claims, each with the area it is told of."""

from __future__ import annotations

import re

from geomap.find.area import Area, agree
from geomap.find.confidence import BY_RULE
from geomap.find.counts import Count, find_promises
from geomap.find.page import Page, trim
from geomap.find.story import StoryFindings
from geomap.model.records import Claim, Mention

#: What a number is told of, right before it.
_WHOLE = re.compile(r"(?<!中华)全国(?!总工会)|全[省市区县]|我[省市区县]")
_YEAR = re.compile(
    r"(?:到|至|在|力争)?(?:20\d\d年[底末]?|[明后今]年|年底前|年内|[\d一二三四五]年内)"
)
#: No division's name is longer (characters).
_DIVISION = 9


def count_mention(page: Page, found: StoryFindings, count: Count) -> Mention:
    """A count as a mention: never a point."""
    area = _told_area(found, count)
    where = area.district or area.city or area.province
    return Mention(
        doc=page.document.id,
        story=page.story.number,
        name=where + count.words,
        kind=count.kind,
        evidence=(page.evidence(*trim(found.layout.text, *found.layout.sentence_at(count.start))),),
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


def find_claims(page: Page, found: StoryFindings) -> list[Claim]:
    """Counts and promises of reach, each with the area it is told of."""
    counted = [
        _claim(page, found, count.start, _words(found, count), count.claim, count)
        for count in found.counts
    ]
    promised = [
        _claim(page, found, start, words, "reach", None)
        for start, _, words in find_promises(found.layout)
    ]
    shares = [_claim(page, found, at, words, "share", None) for at, _, words in found.shares]
    return counted + promised + shares


def _words(found: StoryFindings, count: Count) -> str:
    """The words of a count; those of a plan begin with its year."""
    text, start = found.layout.text, count.start
    if count.status == "planned":
        first, _ = found.layout.sentence_at(start)
        start = max((f.start() for f in _YEAR.finditer(text, first, start)), default=start)
    return text[start : count.end]


def _claim(
    page: Page, found: StoryFindings, start: int, words: str, kind: str, count: Count | None
) -> Claim:
    area = _told_area(found, count) if count else found.scope.main
    sentence = trim(found.layout.text, *found.layout.sentence_at(start))
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
