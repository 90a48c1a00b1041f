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


def find_town(text: str, divisions: Divisions, around: Home) -> str:
    """Return the one township of an area that a text names in full; empty for none or several."""
    scope = divisions.resolve(around.province, around.city, around.district).codes
    hits = (
        hit for hit in divisions.scan(text, scope) if not (hit.short or hit.ordinary or hit.part)
    )
    towns = {place.township for hit in hits for place in hit.candidates if place.level == "township"
             and place.district == around.district}  # fmt: skip
    return towns.pop() if len(towns) == 1 and around.district else ""


def find_year(text: str) -> str:
    """Return the one year that a text names."""
    years = set(re.findall(r"(?<!\d)(20\d\d)(?=\s*年|[-./]\d)", text))
    return years.pop() if len(years) == 1 else ""


def fill_home(cells: dict[str, str], home: Home, divisions: Divisions) -> None:
    """Fill in the divisions that the sheet names and the row does not."""
    _fill_from_address(cells, divisions)
    stated = Home(cells["province"], cells["city"], cells["district"])
    if not stated.district:
        fits = all(
            not mine or not theirs or mine[:2] == theirs[:2]
            for mine, theirs in ((stated.province, home.province), (stated.city, home.city))
        )
        if fits and not _says_district(cells, divisions):
            cells["district"] = home.district
    elif home.district and home.district[:2] != stated.district[:2]:
        home = Home(home.province, home.city)
    meant = divisions.resolve(home.province, home.city, cells["district"])
    inside = meant.districts
    if not cells["district"] or ((len(inside) == 1 or meant.former) and home.province):
        for level in ("province", "city"):
            own = {getattr(place, level) for place in inside}
            cells[level] = cells[level] or (own.pop() if len(own) == 1 else getattr(home, level))


def _fill_from_address(cells: dict[str, str], divisions: Divisions) -> None:
    """Fill in the divisions that an address begins with (浙江省杭州市西湖区文三路1号)."""
    place, at = None, 0
    codes: list[str] = []
    if not re.search("[省市区县州旗]", cells["address"][:12]):
        return
    for hit in divisions.scan(cells["address"], ()):
        best = divisions.best(hit.candidates, codes)
        if best is None or hit.start != at or hit.short or hit.ordinary or hit.part or hit.former:
            break
        above = re.sub("(?:00)+$", "", place.code) if place else ""  # 330100 is 3301
        if best.level == "township" or not best.code.startswith(above):
            break
        place, at = best, hit.end
        codes.append(best.code)
    levels = ("province", "city", "district")
    agrees = place and all(cells[level][:2] in ("", getattr(place, level)[:2]) for level in levels)
    if place and agrees and place.level == "district":
        for level in levels:
            cells[level] = cells[level] or getattr(place, level)


def _says_district(cells: dict[str, str], divisions: Divisions) -> bool:
    """Whether the address itself names a county: then the sheet's title adds nothing."""
    hits = divisions.scan(cells["address"], ())
    return any(
        place.level == "district"
        for hit in hits
        if not (hit.short or hit.ordinary or hit.part)
        for place in hit.candidates
    )
