"""Whom the sentences of a story speak of, read in their order."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from geomap.find import spoken
from geomap.find.blocks import hour_headings
from geomap.find.counts import Count
from geomap.find.drafts import Draft, Group
from geomap.find.head import Heads
from geomap.find.layout import Layout, Line
from geomap.find.lexicon import Lexicon
from geomap.find.singled import Singles
from geomap.find.spans import Holders, between
from geomap.find.times import goes_on
from geomap.find.unite import unclaimed

#: “…!”: a speech that whoever said it follows.
_SAID = re.compile("[ \u3000]*(?:[^“”。!?\n]{2,12}(?:讯|电)(?:\\([^()]*\\))?)?[ \u3000]*“[^“”]*”")
#: So many names in one sentence are a list, whose next sentence speaks of them all.
_LISTED = 3
#: Between names that are one subject.
_JOINS = ("和", "与", "及", "以及", "、")


class Walk:
    """The reader's eye: whom the present sentence speaks of."""

    def __init__(
        self,
        layout: Layout,
        heads: Heads,
        drafts: list[Draft],
        counts: list[Count],
        lexicon: Lexicon,
    ) -> None:
        self._layout = layout
        self._lexicon = lexicon
        self._drafts = drafts
        self._current: Sequence[int] = []
        self._subjects: set[int] = set()
        #: Whether the present subject is one of a list that the text has come back to.
        self._visited = False
        self._addresses = [line for line in layout.lines if line.label == "address"]
        self._marked_items = any(layout.line_at(draft.start).marked for draft in drafts)
        self._hour_labels = len(spoken.HOURS_LABEL.findall(layout.text))
        #: Whether the stretch looked at last names none of those it was taken to speak of.
        self.names_nobody = False
        self.singled: dict[tuple[int, int], list[int]] = {}
        self._hour_heads = hour_headings(layout, drafts)
        self._brackets = [n.start for n in layout.lines if layout.text.startswith("【", n.start)]
        self._counted = sorted(count.start for count in counts if count.kind != "union_branch")
        self._singles = Singles(layout, drafts)
        self._primary = {(draft.start, index) for index, draft in enumerate(drafts)}
        self._mentions = sorted(
            (span, index)
            for index, draft in enumerate(drafts)
            for span in [(draft.start, draft.end), *draft.spans]
            if draft.rule != "inside"
        )
        self._mention_starts = [start for (start, _), _ in self._mentions]
        self._number_places()
        self._unknown = unclaimed(heads, drafts, lexicon)
        self._silent = set(spoken.find_silent(layout))

    def _number_places(self) -> None:
        """Number the drafts by what is asked of them; union branches are no places."""
        drafts = self._drafts
        self._places = [i for i, draft in enumerate(drafts) if draft.kind != "union_branch"]
        self._place_starts = [drafts[i].start for i in self._places]
        blocks = ((drafts[i].block, i) for i in self._places)
        self._owners = Holders((block, i) for block, i in blocks if block is not None)
        self._groups: dict[Group | None, list[int]] = defaultdict(list)
        for index, draft in enumerate(drafts):
            self._groups[draft.group].append(index)
        self._grouped = [i for i in self._places if drafts[i].group is not None]
        self._operating = self._operating_of(self._grouped)
        self._alone_at = sorted(
            (self._layout.number_at(at), i)
            for i in self._places
            if drafts[i].group is None
            for at in [drafts[i].start, *(span[0] for span in drafts[i].spans)]
        )

    def stretches(self) -> list[tuple[int, int]]:
        """Sentences in order, cut where a further place is named."""
        cut: list[tuple[int, int]] = []
        for line in self._layout.lines:
            if line.end <= self._layout.title_end and not line.marked:
                continue
            alone = self._singles.single_out(line.start, line.end)
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
        sentences = self._joined(self._layout.sentences(start, end)) if start < end else []
        return [piece for sentence in sentences for piece in self._cut(*sentence)]

    def _joined(self, sentences: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The sentences; one that goes on with the hours before a semicolon is part of that one,
        and what somebody says of the sentence that tells who says it, and where.
        """
        joined: list[tuple[int, int]] = []
        text = self._layout.text
        for start, end in sentences:
            said = bool(joined) and _SAID.fullmatch(text, *joined[-1]) and text[start] != "“"
            if said and self._mentioned(start, end) and not self._mentioned(*joined[-1]):
                start = joined.pop()[0]
            behind = bool(joined) and self._layout.text[start - 1] == ";"
            told = behind and not self._mentioned(start, end)
            if told and goes_on(self._layout.text, start, end):
                start = joined.pop()[0]
            joined.append((start, end))
        return joined

    def _cut(self, start: int, end: int) -> list[tuple[int, int]]:
        inside = self._mentioned(start, end)
        groups = {self._drafts[index].group for _, index in inside}
        if not inside or (len(inside) > 1 and len(groups) == 1 and None not in groups):
            return [(start, end)]
        first = max(self._layout.text.rfind(mark, start, inside[0][0][0]) for mark in ",:;") + 1
        text = self._layout.text
        of_all = spoken.OF_PLACES.search(text, start, first) and not _SAID.match(text, start)
        late = self._is_told_late(inside[0][1]) or of_all
        lead = [max(first, start)] if late else []
        apart = [
            span[0]
            for (before, _), (span, _) in pairwise(inside)
            if text[before[1] : span[0]] not in _JOINS
        ]
        walls = sorted({start, *lead, *apart, end})
        return [(a, b) for a, b in pairwise(walls) if a < b]

    def _mentioned(self, start: int, end: int) -> list[tuple[tuple[int, int], int]]:
        numbers = between(self._mention_starts, start, end)
        return self._mentions[numbers.start : numbers.stop]

    def _is_told_late(self, index: int) -> bool:
        """A place composed in the middle of a sentence owns what follows it, not what precedes."""
        return self._drafts[index].rule in ("other", "bare")

    def targets(self, start: int, end: int) -> Sequence[int]:
        """Numbers of the drafts that the stretch speaks of."""
        self.names_nobody = False
        if (start, end) in self.singled:
            return self.singled[start, end]
        line = self._layout.line_at(start)
        if line.start in self._silent:
            self._current, self._subjects = [], set()
            return []
        owners = self._owners.at(start)
        if owners:
            self._current = []
            return owners
        section = self._section(start)
        if section:
            return section
        inside = [
            (span[0], i)
            for span, i in self._mentioned(start, end)
            if self._drafts[i].kind != "union_branch"
        ]
        named = [i for _, i in inside]
        if named:
            first_told = [i for at, i in inside if (at, i) in self._primary]
            sentence = self._layout.sentence_at(inside[0][0])
            self._subjects = {i for _, i in self._mentioned(*sentence)}
            together = self._with_group(named, first_told)
            # Below a list of names the text speaks of them all, not of those in its last line; who
            # walks into one of them goes on with that one.
            again = not first_told and len(set(named)) == 1 and not self._is_name(start, end)
            listed = self._is_listed(named) and not again
            self._visited = again and self._is_listed(named)
            listed = listed and not self._is_heading(start, end, first_told)
            self._current = [] if listed else together
            return together
        text = self._layout.text[start:end]
        if spoken.EVERYWHERE.search(text) or self._is_area_wide(start, end):
            self._current = []  # what follows goes on with all of them
            return []
        if spoken.WISH.search(text):
            return []
        if spoken.points_back(text) and len(self._current) == 1:
            return self._current
        if spoken.is_of_all(text):
            self.names_nobody = True
            return self._operating_of(self._places)
        if between(self._unknown, start, end) or self._is_elsewhere(text):
            self._current = []
            return []
        if number := spoken.last_named(text):
            return self._named_last(start, number)
        labelled = self._labelled(start)
        self.names_nobody = not labelled
        return labelled or self._said_of_all(start, text)

    def _operating_of(self, numbers: Sequence[int]) -> list[int]:
        return [i for i in numbers if self._drafts[i].status != "planned"]

    def _is_elsewhere(self, text: str) -> bool:
        drafts = [self._drafts[i] for i in self._current or self._places]
        sentences = (slice(*self._layout.sentence_at(d.start)) for d in drafts)
        own = " ".join(f"{d.name}{d.address}{d.township}" for d in drafts)
        own += "".join(self._layout.text[sentence] for sentence in sentences)
        return spoken.is_elsewhere(text, own, self._lexicon)

    def _named_last(self, start: int, number: int) -> list[int]:
        """The ``number`` places named last before a position; all, where there are no more."""
        if number >= len(self._places):
            return list(self._places)
        named: list[int] = []
        for _, i in reversed(self._mentions[: bisect_left(self._mention_starts, start)]):
            if i not in named and len(named) < number and self._drafts[i].kind != "union_branch":
                named.append(i)
        return sorted(named) if len(named) == number else []

    def speaks_of(self, start: int, end: int, targets: Sequence[int]) -> bool:
        """Whether a stretch that names nobody states the hours of ``targets`` all the same.

        It does of the story's only place, of all it says it speaks of, and of the one place that
        the sentence before it had as its subject.
        """
        # A sentence may go on from the line above: 各站每天⏎7:30至20:30开放.
        sentence = self._layout.text[max(start - 40, 0) : end]
        sentence = re.split("[。;!?]", sentence[:-1])[-1]
        unnamed_item = self._marked_items and self._layout.line_at(start).marked
        if unnamed_item or len(self._addresses) > max(len(self._places), 1):
            return False  # items that no rule could name
        if len(self._places) == 1 or spoken.TOLD_OF_ALL.search(sentence) or self._is_answer(start):
            return True
        if self._hour_labels == 1 and spoken.HOURS_LABEL.search(sentence):
            return True
        return len(targets) == 1 and targets == self._current and len(self._subjects) == 1

    def _is_answer(self, start: int) -> bool:
        """Whether a line answers when the places open."""
        return spoken.ASKED.search(self._layout.text, max(start - 30, 0), start) is not None

    def _said_of_all(self, start: int, text: str) -> Sequence[int]:
        """Whom a sentence speaks of that names nobody: those told of before it, or all."""
        near = self._alone_near(start)
        if len(near) + len(self._grouped) <= 1:
            return near or self._grouped
        again = spoken.OF_PLACES.search(text) is not None
        plural = bool(spoken.TOLD_OF_ALL.search(text) or spoken.OF_EACH.search(text))
        if again and not plural and self._current and len(self._subjects) >= _LISTED:
            return sorted(self._subjects)  # cut where another city's begin (柳州市的…,桂林市的…)
        told_again = again and self._is_plural(start, text) and not self._visited
        below = bool(self._layout.line_at(start).label) and start > self._place_starts[-1]
        below = below or self._is_answer(start)
        if self._current and not below and not (told_again and len(self._current) == 1):
            return self._current
        operating = self._operating_of(near)
        everybody = _merged(self._operating or self._grouped, operating or near)
        return everybody if below or plural or self._are_told_together else self._current

    @cached_property
    def _are_told_together(self) -> bool:
        """Whether one list or sentence tells all places: else nobody is meant without a word."""
        return len({self._drafts[i].group for i in self._places} | {None}) == 2

    def _labelled(self, start: int) -> list[int]:
        """办公时间:… below one place speaks of it, whatever is named further below."""
        line = self._layout.line_at(start)
        before = self._places[: bisect_left(self._place_starts, line.start)]
        if not line.label or self._current or len(before) != 1:
            return []
        return before if self._drafts[before[0]].group is None else []

    def _section(self, start: int) -> list[int]:
        """【8:00-20:00开放】 heads the items below it, up to the next such heading."""
        line = self._layout.line_at(start)
        after = bisect_right(self._hour_heads, line.start)
        if after and self._hour_heads[after - 1] == line.start:
            later = [at for at in (*self._hour_heads, *self._brackets) if at > line.start]
            return self._below(line, sorted(later))
        if not self._layout.text.startswith("【", line.start) or line.end - line.start > 24:
            return []
        after = bisect_right(self._brackets, line.start)
        below = self._below(line, self._brackets[after : after + 1])
        return below if all(self._drafts[i].is_member for i in below) else []

    def _below(self, line: Line, later: Sequence[int]) -> list[int]:
        """The places below a heading, up to the next one."""
        limit = later[0] if later else len(self._layout.text)
        numbers = between(self._place_starts, line.end, limit)
        return self._places[numbers.start : numbers.stop]

    def _with_group(self, named: list[int], first_told: list[int]) -> list[int]:
        """The sentence that tells of several of a group speaks of all its members."""
        told = (self._drafts[i] for i in first_told if not self._is_listed([i]))
        here = Counter(self._drafts[i].group for i in self._subjects)
        groups = {d.group for d in told if d.is_told_together and here[d.group] > 1}
        return sorted({*named, *(i for group in groups for i in self._groups[group])})

    def _is_listed(self, named: list[int]) -> bool:
        return all(self._drafts[i].rule in ("chain", "list", "list-place", "table") for i in named)

    def _is_heading(self, start: int, end: int, first_told: list[int]) -> bool:
        """A line that is nothing but the name of a place told before heads what follows; captions
        of pictures stand in rows.
        """
        number = self._layout.number_at(start)
        above = self._layout.lines[max(number - 1, 0)]
        return not first_told and self._is_name(start, end) and not self._is_name(*_span(above))

    def _is_name(self, start: int, end: int) -> bool:
        names = {self._layout.text[slice(*span)] for span, _ in self._mentioned(start, end)}
        return names == {self._layout.text[start:end].strip(" \u3000\n")}

    def _is_area_wide(self, start: int, end: int) -> bool:
        """A sentence that counts places speaks of what it counts."""
        return len(between(self._counted, start, end)) > 0

    def _alone_near(self, position: int) -> list[int]:
        """The places of no list: facts reach a few paragraphs; a list's stand anywhere."""
        here = self._layout.number_at(position)
        reach = 12 if len(self._drafts) == 1 else 4
        first = bisect_left(self._alone_at, (here - reach, -1))
        last = bisect_left(self._alone_at, (here + 3, -1))
        return sorted({i for _, i in self._alone_at[first:last]})

    def _is_plural(self, start: int, text: str) -> bool:
        """Whether several of a list were told before, or each is spoken of."""
        second = self._grouped[1:2]
        told = bool(second) and self._drafts[second[0]].start < start
        return told or spoken.OF_EACH.search(text) is not None


def _span(line: Line) -> tuple[int, int]:
    return line.start, line.end


def _merged(listed: list[int], alone: list[int]) -> list[int]:
    return sorted([*listed, *alone]) if alone else listed
