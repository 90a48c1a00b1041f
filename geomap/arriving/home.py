"""The area a sheet is about: its title, the tab, a heading between the rows, or map.toml say it."""

from __future__ import annotations

import re

from geomap.divisions import Division, Divisions
from geomap.model.settings import Home

_LEVELS = ("province", "city", "district")


def find_home(text: str, divisions: Divisions, around: Home | None = None) -> Home:
    """Return the finest area that a text names in full and without a second meaning.

    ``around`` decides between namesakes: 朝阳区 under a title of Beijing.
    """
    around = around or Home()
    scope = divisions.resolve(around.province, around.city, around.district).codes
    named: list[Division] = []
    #: 朝阳区 with nothing beside it, 渝北区 that is no more: the name, and nothing made up.
    alone: dict[str, tuple[Division, ...]] = {}
    for hit in divisions.scan(text, scope):
        whole = not (hit.short or hit.ordinary or hit.part)
        context = (*scope, *(place.code for place in named))
        best = divisions.best(hit.candidates, context) if whole and not hit.former else None
        if best is not None and best.level in _LEVELS:
            named.append(best)
        elif whole and {place.level for place in hit.candidates} == {"district"}:
            alone[hit.written if hit.former else hit.candidates[0].name] = hit.candidates
    if not named:
        return Home(district=next(iter(alone))) if len(alone) == 1 else Home()
    last = max(named, key=lambda place: _LEVELS.index(place.level))
    finest = [place for place in named if place.level == last.level]
    if len({place.code for place in finest}) > 1:
        return Home()
    for name, candidates in alone.items() if len(alone) == 1 else ():
        if not last.district and all(place.province == last.province for place in candidates):
            return Home(last.province, last.city, name)
    return Home(last.province, last.city, last.district)


def find_year(text: str) -> str:
    """Return the one year that a text names."""
    years = set(re.findall(r"(?<!\d)(20\d\d)(?=\s*年|[-./]\d)", text))
    return years.pop() if len(years) == 1 else ""
