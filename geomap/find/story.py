"""One story: every rule in its order, then one draft a place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from geomap.divisions import Divisions
from geomap.find.area import Area
from geomap.find.attach import Facts, attach_facts
from geomap.find.called import find_called, find_turned
from geomap.find.centers import find_centers
from geomap.find.counts import Count, find_counts, find_shares
from geomap.find.drafts import Draft, is_no_name
from geomap.find.head import Head, Heads
from geomap.find.heads import find_heads
from geomap.find.layout import Layout, read_layout
from geomap.find.lexicon import Lexicon
from geomap.find.lists import find_listed
from geomap.find.named import find_named
from geomap.find.prose import find_composed
from geomap.find.scope import Scope, read_scope
from geomap.find.scoped import TOWN_ENDS, Communities, find_scoped
from geomap.find.sharing import find_sharing, find_stops
from geomap.find.spans import Cover, Words
from geomap.find.tables import find_tables
from geomap.find.told_counts import find_general, told_counts
from geomap.find.unions import find_unions
from geomap.find.unite import unite
from geomap.model.tables import STATION_KINDS

_ADVERT = re.compile(
    r"我司|来电洽谈|欢迎来电|包安装|产品详情|厂家直[供销]|质保|免运费|承接[^。]{0,20}(?:改造|工程|项目)|"
    r"(?<!无)(?<!非)广告[·)]|本[栏版文页][为系是]广告|商家供稿|推广信息|与工会(?:组织)?无关|钟点房|满\d+减\d"
)
#: Who buys for stations says how many there are; the places named are where to deliver.
_TENDER = re.compile(r"供应商|招标公告|报价|磋商|采购人")
_NOT_OURS = re.compile(
    r"(?:不是|非|不归|不属)工会(?:建?的|管)|[和与跟同]工会(?:没|无)(?:有)?关系?|是商家的|属商业"
)
#: Other stories' headlines, which a web page names below its own.
_NAVIGATION = re.compile(r"(?m:^)[^\w\n]*(?:[上下]一[篇条]|相关阅读|相关链接|延伸阅读)[::][^\n]*")
#: What may stand around a division that heads a list.
_AROUND_HEADING = "【】[]<>《》#*·:一二三四五六七八九十、. \u3000"


@dataclass(frozen=True)
class StoryFindings:
    """What the rules found in one story, in clean text."""

    layout: Layout
    scope: Scope
    drafts: list[Draft]
    facts: list[Facts]
    counts: list[Count]
    shares: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def titled_always(self) -> bool:
        """Whether the headline calls all its stations open round the clock."""
        title = self.layout.text[: self.layout.title_end]
        return re.search(r"24小时[^,。;]{0,16}(?:名单|一览|清单|地址|分布|地图)", title) is not None

    @cached_property
    def tells_hours(self) -> bool:
        """Whether the story gives hours of any door."""
        doors = (not times.service for facts in self.facts for times in facts.times)
        return any(doors) or any(draft.hours_text for draft in self.drafts)

    @cached_property
    def headings(self) -> list[int]:
        """For each line where the nearest line up to it begins that is nothing but a division.

        -1 where there is none, or where prose stands between.
        """
        text = self.layout.text
        divisions = {(sighting.start, sighting.end) for sighting in self.scope.sightings}
        headings: list[int] = []
        for line in self.layout.lines:
            words = text[line.start : line.end].strip(_AROUND_HEADING)
            at = text.find(words, line.start, line.end) if words else -1
            if len(words) > 12 and re.search("[。!?]", words):
                headings.append(-1)
            elif (at, at + len(words)) in divisions:
                headings.append(line.start)
            else:
                headings.append(headings[-1] if headings else -1)
        return headings

    @cached_property
    def towns(self) -> Mapping[tuple[str, str], Mapping[tuple[str, str], bool]]:
        """By city and district, the (township, code) named outside the names of places, and
        whether it is told of the story: as a union's, or not in a sentence of one of several.
        """
        names = Cover(draft.block or (draft.start, draft.end) for draft in self.drafts)
        places = [draft for draft in self.drafts if draft.kind != "union_branch"]
        said = Cover(self.layout.sentence_at(draft.start) for draft in places if len(places) > 1)
        towns: dict[tuple[str, str], dict[tuple[str, str], bool]] = defaultdict(dict)
        for s in self.scope.sightings:
            written = self.layout.text[s.start : s.end]
            if s.area.township and written.endswith(TOWN_ENDS) and s.start not in names:
                here, town = towns[s.area.city, s.area.district], (s.area.township, s.area.code)
                union = self.layout.text.startswith(("总工会", "工会"), s.end)
                here[town] = here.get(town, False) or union or s.start not in said
        return towns


def read_story(
    text: str, divisions: Divisions, lexicon: Lexicon, fallback: Area, title_lines: int
) -> StoryFindings:
    """All places, counts and facts of one story's clean text."""
    text = _NAVIGATION.sub(lambda found: " " * len(found.group()), text)
    layout = read_layout(text, lexicon.headings, title_lines)
    items = [(line.start, line.end) for line in layout.lines if line.marked]
    scope, hits = read_scope(text, layout.title_end, divisions, fallback, items)
    if _ADVERT.search(text):
        return StoryFindings(layout, scope, [], [], [])
    # A name the story does not mean as a division (月湖 in 月湖驿站) is part of a name.
    meant = {(sighting.start, sighting.end) for sighting in scope.sightings}
    heads = find_heads(text, lexicon, [hit for hit in hits if (hit.start, hit.end) in meant])
    drafts = _find_drafts(layout, heads, lexicon, scope, divisions)
    drafts = unite(drafts, scope, lexicon)
    _mention_again(layout, drafts, lexicon)
    drafts = [] if _TENDER.search(text) else drafts
    counts = told_counts(find_counts(layout, heads), drafts, layout)
    facts = attach_facts(_with_known_heads(layout, lexicon), heads, drafts, counts, lexicon)
    names = [d.block or (d.start, d.end) for d in drafts if d.kind != "union_branch"]
    shares = find_shares(layout, heads)
    return StoryFindings(layout, scope.without(names, text), drafts, facts, counts, shares)


def _with_known_heads(layout: Layout, lexicon: Lexicon) -> Layout:
    """The layout with every open head ended as the commonest is (歇凉站 as 歇驿站): facts are told
    of it in the same phrases.
    """
    text = layout.text
    for pattern in (lexicon.own, lexicon.open_head):
        text = (
            pattern.sub(lambda found: "驿站".rjust(len(found[0]), "·"), text) if pattern else text
        )
    return replace(layout, text=text)


def _find_drafts(
    layout: Layout, heads: Heads, lexicon: Lexicon, scope: Scope, divisions: Divisions
) -> list[Draft]:
    theme = max(
        (h.words for h in heads), key=lambda words: (len(words) > 2, len(words)), default=""
    )
    drafts, tables = find_tables(layout, heads, lexicon, theme)
    told = Cover(tables)
    listed = [draft for draft in find_listed(layout, heads, lexicon) if draft.start not in told]
    drafts += listed
    turned = list(find_turned(layout, lexicon))
    drafts += turned
    taken = Cover([*tables, *(_line_of(layout, draft) for draft in [*listed, *turned])])
    free = [head for head in heads if head.start not in taken]
    named = find_named(layout, free, lexicon)
    drafts += [*named, *find_sharing(layout, heads, named, lexicon)]
    drafts += [
        called for called in find_called(layout, heads, lexicon) if called.start not in taken
    ]
    drafts += find_centers(layout, free, scope)
    called = {draft.start for draft in named}
    free = [head for head in free if head.start not in called]
    general, counted = find_general(layout, heads, free, drafts)
    named = [draft for draft in drafts if draft.kind in STATION_KINDS]
    composed = find_composed(layout, Heads(general), lexicon, counted, named)
    drafts += [
        draft
        for draft in composed
        if draft.start not in taken and not _is_division_only(draft, scope.main, divisions)
    ]
    known = Cover((draft.start, draft.end) for draft in drafts)
    drafts += [stop for stop in find_stops(layout, heads, lexicon) if stop.start not in known]
    drafts += find_unions(layout, lexicon)
    drafts += _scoped(
        layout, [h for h in general if h.start not in counted], lexicon, scope, drafts
    )
    communities = Communities(layout.text, lexicon)
    for draft in drafts:
        _with_community(draft, communities)
    drafts = [draft for draft in drafts if not is_no_name(draft.name)]
    drafts = [draft for draft in drafts if not _is_headline_only(layout, draft, drafts)]
    drafts = [draft for draft in drafts if not _is_of_others(layout, draft)]
    return [_with_division(draft, scope.main) for draft in drafts]


def _is_division_only(draft: Draft, main: Area, divisions: Divisions) -> bool:
    """A whole district is no place to stand in: 蜀山区爱心驿家, 成都的“骑手驿站” are all theirs."""
    words = draft.specific
    if any(divisions.named(words, level) for level in ("city", "province")):
        return True
    if any(place.city == main.city for place in divisions.named(words, "district")):
        return True
    for division in (main.province, main.city, main.district):
        words = words.removeprefix(division) if division else words
    return words in ("", "总工会", "区总工会", "市总工会") and words != draft.specific and not words


def _is_of_others(layout: Layout, draft: Draft) -> bool:
    """Whether the line goes on to say that it is no union's: (这是商家的,不是工会的)."""
    line = layout.line_at(draft.start)
    return _NOT_OURS.search(layout.text, draft.end, line.end) is not None


def _is_headline_only(layout: Layout, draft: Draft, drafts: list[Draft]) -> bool:
    """A name that only the headline has, over a text that names others, is a figure of speech."""
    if draft.start >= layout.title_end or draft.is_member or draft.block or draft.rule == "center":
        return False
    others = any(d.kind in STATION_KINDS and d.start >= layout.title_end for d in drafts)
    told = draft.name.strip("“”").removeprefix("“")
    return others and told not in layout.text[layout.title_end :]


def _scoped(
    layout: Layout, heads: list[Head], lexicon: Lexicon, scope: Scope, drafts: list[Draft]
) -> list[Draft]:
    """General mentions named after the community they stand in; in a story with named stations
    only where their own line names the community.
    """
    heads = _untold(layout, heads, drafts)
    found = find_scoped(layout, heads, lexicon, scope)
    stations = [draft for draft in drafts if draft.kind in STATION_KINDS]
    if all(draft.rule in ("converted", "exists") for draft in stations):
        told = {draft.name.removeprefix(draft.specific) for draft in stations}
        return [draft for draft in found if draft.name.removeprefix(draft.specific) not in told]
    lines = {layout.line_at(draft.start).start for draft in stations}
    return [
        draft
        for draft in found
        if (line := layout.line_at(draft.start).start) not in lines and draft.anchor >= line
    ]


def _untold(layout: Layout, heads: list[Head], drafts: list[Draft]) -> list[Head]:
    """The heads but “小哥之家” of the headline, or of a sentence that tells where it is."""
    names: dict[int, list[str]] = defaultdict(list)
    for draft in drafts:
        names[layout.sentence_at(draft.start)[0]].append(draft.name.strip("“”"))
    every = [name for group in names.values() for name in group]

    def is_told(head: Head) -> bool:
        titled = head.end <= layout.title_end
        near = every if titled else names[layout.sentence_at(head.start)[0]] if head.quoted else ()
        return any(name.endswith(head.words) for name in near)

    return [head for head in heads if not is_told(head)]


def _with_community(draft: Draft, communities: Communities) -> None:
    """社区党群服务中心驿站 is that of the community spoken of last."""
    if draft.name.startswith("社区"):
        named, _ = communities.last_before(draft.start)
        if named:
            draft.name = named + draft.name.removeprefix("社区")


def _with_division(draft: Draft, main: Area) -> Draft:
    """区总工会爱心驿家 is the story's district's."""
    found = re.match(r"(区|县|市)(?=总工会|职工|工人|工会|行政|政务|人民|图书|文化)", draft.name)
    if found:
        division = (
            main.city if found[1] == "市" and not main.district.endswith("市") else main.district
        )
        if division.endswith(found[1]):
            draft.name = division + draft.name[1:]
    return draft


def _mention_again(layout: Layout, drafts: list[Draft], lexicon: Lexicon) -> None:
    """Further mentions by the bare name (人人屋另有AED), where it can mean one draft only."""
    bare = {draft.specific for draft in drafts if len(draft.specific) >= 3}
    words = Words({name for name in bare if not lexicon.says_nothing(name)})
    holding = Counter(word for draft in drafts for word in words.find(draft.specific))
    again = words.find(layout.text, layout.title_end)
    for draft in drafts:
        if holding[draft.specific] != 1 or draft.kind == "union_branch":
            continue
        own = Cover([(draft.start, draft.end), *draft.spans])
        draft.spans += [(at, end) for at, end in again.get(draft.specific, ()) if at not in own]


def _line_of(layout: Layout, draft: Draft) -> tuple[int, int]:
    """The line of a list item: other rules leave it alone."""
    line = layout.line_at(draft.start)
    return line.start, line.end
