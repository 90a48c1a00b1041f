"""The known places of one county, by name: townships, communities and villages, single points."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

_OFFICE = re.compile(r"(?:村民委员会|居民委员会|村委会|居委会|牧委会|委员会)$")
_KIND = re.compile(r"(?:社区|村|嘎查)$")
#: A community's stem counts in a text where a word may begin and its kind follows: 西安 is a city,
#: 西安社区 a community, 杨柳湾社区 not 柳湾社区, 跃进村街道 a township.
_BEFORE = r"(?<![\u4e00-\u9fff])|(?<=[镇乡道区县市处场在于到至和与及的])"
_AFTER = r"(?=(?:社区|村|居委会|居民委员会|嘎查)(?!街道|镇|乡))"
#: A single point's name has to be this long to count when it stands in a text.
MIN_POINT_NAME = 4


@dataclass(frozen=True, slots=True)
class Spot:
    """A known place: WGS-84 degrees; ``uncertainty_m`` is NaN where its source states none."""

    name: str
    level: str
    county: str
    township: str
    lon: float
    lat: float
    uncertainty_m: float
    origin: str


def community_stem(name: str) -> str:
    """The name of a community without its office and kind: 西安社区居委会 is 西安."""
    return _KIND.sub("", _OFFICE.sub("", name))


@dataclass(frozen=True)
class County:
    """The known places of one county; earlier sources first."""

    spots: tuple[Spot, ...]

    @cached_property
    def towns(self) -> dict[str, Spot]:
        """Townships by name: the first source that has it wins, today's before former ones."""
        found: dict[str, Spot] = {}
        for level in ("township", "old_township"):
            for spot in self.spots:
                if spot.level == level:
                    found.setdefault(spot.name, spot)
        return found

    @cached_property
    def _stems(self) -> dict[str, list[Spot]]:
        stems: dict[str, list[Spot]] = {}
        for spot in self.spots:
            stem = community_stem(spot.name)
            if spot.level == "village" and len(stem) >= 2:
                stems.setdefault(stem, []).append(spot)
        return stems

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._stems, key=lambda stem: (-len(stem), stem))
        return re.compile(f"(?:{_BEFORE})({'|'.join(map(re.escape, longest_first))}){_AFTER}")

    def communities(self, text: str) -> list[Spot]:
        """Communities and villages a text names, the longest name's spots only."""
        if not self._stems:
            return []
        stems = {match.group(1) for match in self._pattern.finditer(text)}
        return self._stems[max(sorted(stems), key=len)] if stems else []

    def named(self, text: str) -> list[Spot]:
        """Single points and zones whose full name stands in a text, longest first."""
        hits = [spot for spot in self._single if spot.name in text]
        return sorted(hits, key=lambda spot: -len(spot.name))

    @cached_property
    def _single(self) -> list[Spot]:
        levels = ("poi", "zone")
        return [s for s in self.spots if s.level in levels and len(s.name) >= MIN_POINT_NAME]

    def of_town(self, name: str) -> list[Spot]:
        """The communities known to belong to a township."""
        return [spot for spot in self.spots if spot.level == "village" and spot.township == name]
