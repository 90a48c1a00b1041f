"""Which facts belong to which place: a walk through the sentences of a story."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from geomap.find.counts import Count
from geomap.find.drafts import Draft
from geomap.find.facts import Times, read_address, read_change, read_facilities, read_times
from geomap.find.layout import Layout
from geomap.find.lexicon import Lexicon
from geomap.find.phrases import FIRST_GROUP
from geomap.find.singled import single_out

_ALL = re.compile(
    r"(?:以上|上述)[^,。]{0,8}(?:均|都|全)|(?:各|每|所有|这些|这几|均|都|全部|"
    r"[\d几两三四五六七八九十]+)(?:家|个|处|座|间)?[^,。]{0,8}(?:驿站|站点|驿家|站内|"
    r"站里|小屋|港湾|阵地|之家|服务站|站)|[\d几两三四五六七八九十]+(?:处|家|个|座|间)"
    r"(?:均|都|全|皆)|"
    r"(?:驿站|站点|驿家|服务站|服务点|接力站|小屋|港湾)(?:里|内|中)?(?:均|都|统一|全部|"
    r"配|设|有|还|提供|里|内|,)|^(?:站里|站内|里面|室内|屋内|屋里)|开放时间|服务时间|营业时间|^站内:|店内|"
    r"服务内容|服务项目|服务设施|基本配置|配置为|统一为|集[^,。]{2,40}功能"
)
_EACH = re.compile(
    r"各(?:个|家|处)?(?:驿站|站点)|每[家个处座]|所有|这些|(?:站|屋|家|处|点|座)[^,。、]{0,4}(?:均|都|全部)|"
    r"[两三四五六七八九十\d]+(?:家|个|处|座)[^,。]{0,6}(?:站|屋|家|港湾)"
)
_WISH = re.compile(r"目标|希望|愿景|下一步|接下来|今后|未来|争取|努力")
#: A place that no rule could name: what follows is said of it.
_ELSEWHERE = re.compile(r"(?:社区|村|街道|镇)也[把将有建设]")
_EXAMPLE = re.compile(r"以[^,。]{2,40}为例")
_WEEKEND_TOO = re.compile(r"(?:双休日|周末|节假日)[^,。]{0,4}(?:照常|正常|不休|也开|无休)")


@dataclass(slots=True)
class Facts:
    """What was read for one place. ``facilities`` maps a key to where it stands."""

    facilities: dict[str, tuple[int, int]] = field(default_factory=dict)
    times: list[Times] = field(default_factory=list)
    weekend_too: bool = False
    change: str = ""
    center: bool = False
    address: str = ""


def attach_facts(
    layout: Layout, drafts: list[Draft], counts: list[Count], lexicon: Lexicon
) -> list[Facts]:
    """Facts of every draft, in the order of ``drafts``."""
    facts = [Facts(center=draft.kind == "service_center") for draft in drafts]
    walk = _Walk(layout, drafts, counts)
    for start, end in walk.stretches():
        targets = walk.targets(start, end)
        if targets:
            shared = len(targets) > 1 and (start, end) not in walk.singled
            chosen = [facts[i] for i in targets]
            _read(layout.text, start, end, chosen, lexicon, walk.names, shared)
    return facts


def _read(
    text: str,
    start: int,
    end: int,
    targets: list[Facts],
    lexicon: Lexicon,
    names: list[tuple[int, int]],
    shared: bool,
) -> None:
    stretch = text[start:end]
    center = all(facts.center for facts in targets)
    keys = [
        (key, begin, finish)
        for key, begin, finish in read_facilities(text, start, end, lexicon, center)
        if not any(a <= begin < b for a, b in names)
    ]
    times = read_times(text, start, end)
    alone = len(targets) == 1
    change = read_change(stretch) if alone else ""
    address = read_address(stretch) if alone else ""
    for facts in targets:
        for key, begin, finish in keys:
            facts.facilities.setdefault(key, (begin, finish))
        facts.times += [replace(t, shared=shared) for t in times]
        facts.weekend_too |= len(targets) == 1 and bool(_WEEKEND_TOO.search(stretch))
        facts.change = facts.change or change
        facts.address = facts.address or address


def _hour_headings(layout: Layout, drafts: list[Draft]) -> list[int]:
    """Starts of the short lines that give hours to the items right below: ✅7:00-21:00."""
    starts = {layout.line_at(draft.start).start for draft in drafts if draft.group >= 0}
    found = []
    for line, below in pairwise(layout.lines):
        short = line.end - line.body <= 30 and line.start not in starts and below.start in starts
        told = short and line.start >= layout.title_end
        if told and read_times(layout.text, line.body, line.end):
            found.append(line.start)
    return found if len(found) >= 2 else []


class _Walk:
    """The reader's eye: whom the present sentence speaks of."""

    def __init__(self, layout: Layout, drafts: list[Draft], counts: list[Count]) -> None:
        self._layout = layout
        self._drafts = drafts
        self._counts = counts
        self._current: list[int] = []
        self.singled: dict[tuple[int, int], list[int]] = {}
        self._hour_heads = _hour_headings(layout, drafts)
        self.names = [(draft.start, draft.end) for draft in drafts]
        self._primary = {(draft.start, index) for index, draft in enumerate(drafts)}
        self._mentions = sorted(
            (span, index)
            for index, draft in enumerate(drafts)
            for span in [(draft.start, draft.end), *draft.spans]
            if draft.rule != "inside"
        )

    def stretches(self) -> list[tuple[int, int]]:
        """Sentences in order, cut where a further place is named."""
        cut: list[tuple[int, int]] = []
        for line in self._layout.lines:
            if line.end <= self._layout.title_end and not line.marked:
                continue
            alone = single_out(self._layout, self._drafts, line.start, line.end)
            position = line.start
            for begin, stop, chosen in alone:
                cut += self._free(position, begin)
                self.singled[begin, stop] = chosen
                cut.append((begin, stop))
                position = stop
            cut += self._free(position, line.end)
        return cut

    def _free(self, start: int, end: int) -> list[tuple[int, int]]:
        """The sentences between two positions, cut."""
        sentences = self._layout.sentences(start, end) if start < end else []
        return [piece for sentence in sentences for piece in self._cut(*sentence)]

    def _cut(self, start: int, end: int) -> list[tuple[int, int]]:
        inside = [(span, index) for span, index in self._mentions if start <= span[0] < end]
        groups = {self._drafts[index].group for _, index in inside}
        if not inside or (len(inside) > 1 and len(groups) == 1 and -1 not in groups):
            return [(start, end)]
        first = max(self._layout.text.rfind(mark, start, inside[0][0][0]) for mark in ",:;") + 1
        late = self._is_told_late(inside[0][1]) or _ALL.search(self._layout.text, start, first)
        lead = [max(first, start)] if late else []
        walls = sorted({start, *lead, *(span[0] for span, _ in inside[1:]), end})
        return [(a, b) for a, b in pairwise(walls) if a < b]

    def _is_told_late(self, index: int) -> bool:
        """A place composed in the middle of a sentence owns what follows it, not what precedes."""
        return self._drafts[index].rule in ("other", "bare")

    def targets(self, start: int, end: int) -> list[int]:
        """Numbers of the drafts that the stretch speaks of."""
        if (start, end) in self.singled:
            return self.singled[start, end]
        everyone = [i for i, d in enumerate(self._drafts) if d.kind != "union_branch"]
        owners = [
            i
            for i in everyone
            if (block := self._drafts[i].block) is not None and block[0] <= start < block[1]
        ]
        if owners:
            self._current = []
            return owners
        section = self._section(start, everyone)
        if section:
            return section
        inside = [(span[0], i) for span, i in self._mentions if start <= span[0] < end]
        named = [i for _, i in inside if i in everyone]
        if named:
            first_told = [i for at, i in inside if (at, i) in self._primary and i in everyone]
            together = self._with_group(named, first_told)
            # Below a list of names the text speaks of them all, not of those in its last line.
            self._current = [] if self._is_listed(named) else together
            return together
        text = self._layout.text[start:end]
        if _WISH.search(text):
            return []
        if _ELSEWHERE.search(text):
            self._current = []
            return []
        if self._is_area_wide(start, end):
            return []
        labelled = self._labelled(start, everyone)
        if labelled:
            return labelled
        everyone = [i for i in everyone if self._is_near(i, start)]
        if len(everyone) <= 1:
            return everyone
        if _EXAMPLE.search(text):
            return self._current
        if not self._current or (_ALL.search(text) and self._is_plural(text)):
            operating = [i for i in everyone if self._drafts[i].status != "planned"]
            return operating or everyone
        return self._current

    def _labelled(self, start: int, everyone: list[int]) -> list[int]:
        """办公时间:… below one place speaks of it, whatever is named further below."""
        line = self._layout.line_at(start)
        before = [i for i in everyone if self._drafts[i].start < line.start]
        if not line.label or self._current or len(before) != 1:
            return []
        return before if self._drafts[before[0]].group == -1 else []

    def _section(self, start: int, everyone: list[int]) -> list[int]:
        """【8:00-20:00开放】 heads the items below it, up to the next such heading."""
        lines = self._layout.lines
        line = self._layout.line_at(start)
        if line.start in self._hour_heads:
            after = [at for at in self._hour_heads if at > line.start]
            limit = after[0] if after else len(self._layout.text)
            return [i for i in everyone if line.end <= self._drafts[i].start < limit]
        if not self._layout.text.startswith("【", line.start) or line.end - line.start > 24:
            return []
        later = [
            n.start
            for n in lines
            if n.start > line.start and self._layout.text.startswith("【", n.start)
        ]
        limit = later[0] if later else len(self._layout.text)
        below = [i for i in everyone if line.end <= self._drafts[i].start < limit]
        return below if all(self._drafts[i].group >= 0 for i in below) else []

    def _with_group(self, named: list[int], first_told: list[int]) -> list[int]:
        """The sentence that tells of a group speaks of all its members."""
        told = {self._drafts[i].group for i in first_told if not self._is_listed([i])}
        groups = {group for group in told if group >= FIRST_GROUP}
        together = [i for i, draft in enumerate(self._drafts) if draft.group in groups]
        return sorted({*named, *together})

    def _is_listed(self, named: list[int]) -> bool:
        return all(self._drafts[i].rule in ("chain", "list", "list-place", "table") for i in named)

    def _is_area_wide(self, start: int, end: int) -> bool:
        """A sentence that counts places speaks of what it counts."""
        return any(start <= c.start < end and c.kind != "union_branch" for c in self._counts)

    def _is_near(self, index: int, position: int) -> bool:
        """Facts reach a few paragraphs; a list's may stand anywhere in its story."""
        draft = self._drafts[index]
        if draft.group != -1:
            return True
        lines = self._layout.lines
        here = lines.index(self._layout.line_at(position))
        places = [draft.start, *(span[0] for span in draft.spans)]
        reach = 12 if len(self._drafts) == 1 else 4
        return any(-2 <= here - lines.index(self._layout.line_at(at)) <= reach for at in places)

    def _is_plural(self, text: str) -> bool:
        listed = sum(draft.group != -1 for draft in self._drafts) >= 2
        return listed or _EACH.search(text) is not None
