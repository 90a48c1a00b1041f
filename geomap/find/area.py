"""Where something is, as far as a text tells."""

from __future__ import annotations

from dataclasses import dataclass

MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")


@dataclass(frozen=True, slots=True)
class Area:
    """Where something is, as far as known; all empty: unknown. ``code`` is the finest known."""

    province: str = ""
    city: str = ""
    district: str = ""
    township: str = ""
    code: str = ""

    @property
    def depth(self) -> int:
        """0 unknown, 1 province, 2 city, 3 district, 4 township."""
        return sum(bool(part) for part in (self.province, self.city, self.district, self.township))


@dataclass(frozen=True, slots=True)
class Sighting:
    """One resolved name of a division in the story."""

    start: int
    end: int
    area: Area
    weight: int
    level: str


def agree(one: Area, other: Area) -> bool:
    """Whether no division that both state contradicts."""
    pairs = ((one.province, other.province), (one.city, other.city), (one.district, other.district))
    return all(not a or not b or a == b for a, b in pairs)


def finer(area: Area, main: Area) -> Area:
    """``area``, filled up from ``main`` where they agree."""
    if area.depth == 0:
        return main
    if not agree(area, main):
        return area
    return area if area.depth >= main.depth else main
