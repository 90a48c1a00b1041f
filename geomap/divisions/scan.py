"""Find the names of divisions in a text: one automaton over all names, then the best cut.

An Aho-Corasick automaton reports every name at every place. Where names overlap (济南市 + 市中区)
the cut that covers most characters wins, full names before short ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import ahocorasick

from geomap.divisions.names import (
    CONTINUES,
    ORDINARY_FULL,
    STREET_LIKE,
    is_ordinary,
    lies_in,
    short_name,
    trunk,
)
from geomap.divisions.records import LEVELS, Division, NameHit

#: A township's short name of this many characters, borne by it alone, is found without context.
LONG_SHORT = 3
#: Longest run of characters after a hit that CONTINUES looks at.
_AHEAD = 4


@dataclass(slots=True)
class _Entry:
    """Everything one written name may mean."""

    word: str
    full: list[Division]
    short: list[Division]
    former: list[Division]
    towns: list[Division]


class Scanner:
    """The automaton over every name. Built once; :meth:`scan` changes nothing."""

    def __init__(
        self,
        divisions: Iterable[Division],
        former: Mapping[str, Sequence[Division]],
        zones: Iterable[tuple[str, Division]] = (),
    ) -> None:
        entries: dict[str, _Entry] = {}
        self._towns: dict[str, dict[str, list[Division]]] = defaultdict(lambda: defaultdict(list))
        for place in divisions:
            _entry(entries, place.name).full.append(place)
            short = short_name(place.name, place.level)
            if short and place.level == "township":
                _entry(entries, short).towns.append(place)
                if place.name.endswith("街道"):
                    _entry(entries, place.name.removesuffix("道")).towns.append(place)
                elif place.province == "北京市":  # 金盏地区 is the office of 金盏乡
                    _entry(entries, short + "地区").full.append(place)
            elif short:
                _entry(entries, short).short.append(place)
        for name, city in zones:
            _entry(entries, name).full.append(city)
        for name, successors in former.items():
            _entry(entries, name).former.extend(successors)
        self._automaton = ahocorasick.Automaton()
        for word, entry in entries.items():
            self._automaton.add_word(word, entry)
        self._automaton.make_automaton()

    def scan(self, text: str, within: tuple[str, ...] = ()) -> list[NameHit]:
        """The names in ``text``, by start, without overlaps (see :meth:`Divisions.scan`)."""
        trunks = tuple(trunk(code) for code in within)
        cluster: list[NameHit] = []
        hits: list[NameHit] = []
        reach = 0
        for last, entry in self._automaton.iter(text):
            hit = _hit(text, last + 1, entry, trunks)
            if hit is None:
                continue
            if hit.start >= reach:
                hits.extend(_cut(cluster))
                cluster = []
            cluster.append(hit)
            reach = hit.end
        hits.extend(_cut(cluster))
        return _narrow(hits)


def _entry(entries: dict[str, _Entry], word: str) -> _Entry:
    if word not in entries:
        entries[word] = _Entry(word, [], [], [], [])
    return entries[word]


def _hit(text: str, end: int, entry: _Entry, within: tuple[str, ...]) -> NameHit | None:
    """The hit of one name ending at ``end``; None where the name proves nothing here."""
    towns = _towns(entry, within)
    today = [*entry.full, *entry.short, *towns]
    cities = {place.code[:4] for place in entry.full}  # 余杭区 is 余杭区, not what it once held
    former = [p for p in entry.former if p not in today and p.code[:4] not in cities]
    candidates = today + former
    if not candidates:
        return None
    word = entry.word
    is_short = (not entry.full and not entry.former) or word in ORDINARY_FULL
    ahead = text[end : end + _AHEAD]
    return NameHit(
        end - len(word), end, word,
        tuple(sorted(candidates, key=lambda place: (LEVELS.index(place.level), place.code))),
        short=is_short,
        former=not today,
        ordinary=is_ordinary(word),
        part=is_short and CONTINUES.match(ahead) is not None and not _is_airport(candidates, ahead),
    )  # fmt: skip


def _is_airport(candidates: Sequence[Division], ahead: str) -> bool:
    """A city's airport serves that city (杭州机场), a district's name (白云机场) is a mere name."""
    return ahead.startswith("机场") and candidates[0].level == "city"


def _towns(entry: _Entry, within: tuple[str, ...]) -> list[Division]:
    if not entry.towns:
        return []
    near = [place for place in entry.towns if place.code.startswith(within)] if within else []
    alone = len(entry.towns) == 1 and len(entry.word) >= LONG_SHORT
    return near if near or not alone or STREET_LIKE.search(entry.word) else entry.towns


def _cut(cluster: list[NameHit]) -> list[NameHit]:
    """The non-overlapping hits of a cluster (ordered by end) that cover most; full names first."""
    if len(cluster) <= 1:
        return cluster
    best: list[tuple[float, list[NameHit]]] = [(0.0, [])]
    for index, hit in enumerate(cluster):
        before = index
        while before and cluster[before - 1].end > hit.start:
            before -= 1
        weight, kept = best[before]
        # Half a character less for a short name: 北京市 before 北京, 济南 + 市中区 before 济南市;
        # a crumb less for each name, so that one long name wins over two.
        taken = weight + (hit.end - hit.start) - (0.5 if hit.short else 0.0) - 0.01
        best.append(max(best[-1], (taken, [*kept, hit]), key=lambda option: option[0]))
    return best[-1][1]


def _narrow(hits: list[NameHit]) -> list[NameHit]:
    """Hits whose neighbour decides between homonyms: 北京市 + 朝阳区 leaves Beijing's."""
    hits = list(hits)
    for index in range(1, len(hits)):
        outer, inner = hits[index - 1], hits[index]
        if outer.end != inner.start:
            continue
        pairs = [
            (a, b)
            for a in outer.candidates
            for b in inner.candidates
            if a.level != b.level and lies_in(b.code, a.code)
        ]
        if pairs:
            hits[index - 1] = _keep(outer, {a for a, _ in pairs})
            hits[index] = _keep(inner, {b for _, b in pairs})
    return hits


def _keep(hit: NameHit, kept: set[Division]) -> NameHit:
    candidates = tuple(place for place in hit.candidates if place in kept)
    return NameHit(
        hit.start, hit.end, hit.written, candidates, hit.short, hit.former, hit.ordinary, hit.part
    )
