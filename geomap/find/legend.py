"""Codes that a document defines (①饮水 ②微波炉; ★ 自助站:昼夜可进), and what rows say in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from geomap.find.layout import Layout
from geomap.find.lexicon import Lexicon
from geomap.find.times import Times, read_times
from geomap.hours import parse_hours

#: ①饮水, 水=饮水, A.微波炉: a code and what it means.
_DEFINED = re.compile(
    r"(?P<code>[\u2460-\u2473]|(?<![\w])[A-Z\u4e00-\u9fff](?=\s?[=:.]))\s?[=:.]?\s?"
    r"(?P<means>[^\s,、。;=\u2460-\u2473]{1,8})"
)
#: ★ 自助站:昼夜可进: a sign that opens lines, and the hours of those it opens.
_SIGN = re.compile(r"[ \u3000]*(?P<sign>[^\w\s(“【#*•·-])[ \u3000]*[^:\n]{1,10}:")
#: 夏令指5月至10月: what a season means in this document.
_SEASON = re.compile(
    r"(?P<name>[夏冬淡旺](?:季|令时?|天))(?:时间|时段)?(?:指的?是?|是指|为|即|:)"
    r"(?P<months>\d{1,2}月(?:\d{1,2}日)?(?:至|到|-|—|~)(?:次年)?\d{1,2}月(?:\d{1,2}日)?)"
)
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Legend:
    """``codes`` map a code to facilities and where it is defined, ``signs`` a sign to hours,
    ``seasons`` a season to its months; ``lines`` are where the definitions' lines begin: they
    speak of no place.
    """

    codes: dict[str, tuple[set[str], tuple[int, int]]] = field(default_factory=dict)
    signs: dict[str, Times] = field(default_factory=dict)
    lines: frozenset[int] = frozenset()
    seasons: dict[str, str] = field(default_factory=dict)

    def facilities(self, row: str) -> dict[str, tuple[int, int]]:
        """The facilities whose codes stand alone in a cell or bracket of a row, and where each
        code is defined.
        """
        told: dict[str, tuple[int, int]] = {}
        signs = re.escape("".join(self.codes))
        pattern = rf"(?:^|(?<=[\t|(\[〔【 :]))[{signs}、,]+(?=[\t|)\]〕】 。;]|$)"
        for run in re.findall(pattern, row) if signs else ():
            for code in run.strip("、,"):
                keys, where = self.codes.get(code, (set(), (0, 0)))
                told |= dict.fromkeys(keys, where)
        return told

    def dated(self, times: Times) -> Times:
        """The times; a season in them that the document dates has its months."""
        if "unknown" not in times.osm or not self.seasons:
            return times
        words = re.sub("|".join(self.seasons), lambda found: self.seasons[found[0]], times.words)
        read = parse_hours(words)
        return replace(times, osm=read.osm) if read and not read.vague else times

    def hours(self, row: str) -> Times | None:
        """The hours of the sign that opens a row."""
        return self.signs.get(row.lstrip()[:1])


def read_legend(layout: Layout, lexicon: Lexicon) -> Legend:
    """The codes of a story; a definition or two are none."""
    codes: dict[str, tuple[set[str], tuple[int, int]]] = {}
    signs: dict[str, Times] = {}
    of_codes, of_signs = set(), set()
    for line in layout.lines:
        words = layout.text[line.start : line.end]
        told = [(f, _keys(f["means"], lexicon)) for f in _DEFINED.finditer(words)]
        if len([1 for _, keys in told if keys]) >= _FEWEST:
            of_codes.add(line.start)
            at = line.start
            codes |= {f["code"]: (keys, (at + f.start(), at + f.end())) for f, keys in told}
        sign = _SIGN.match(words)
        times = read_times(layout.text, line.start + sign.end(), line.end) if sign else []
        if sign and len(times) == 1:
            of_signs.add(line.start)
            signs[sign["sign"]] = times[0]
    if len(signs) < len(of_signs) or len(signs) < 2:
        signs, of_signs = {}, set()
    seasons = {found["name"]: found["months"] for found in _SEASON.finditer(layout.text)}
    return Legend(codes, signs, frozenset(of_codes | of_signs), seasons)


def _keys(words: str, lexicon: Lexicon) -> set[str]:
    return {key for _, _, key in lexicon.facilities(words)}
