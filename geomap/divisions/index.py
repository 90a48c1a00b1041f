"""The index of divisions: by code, by name, and what is known of former names.

Names are today's; former names (former.csv) lead to their successors. Everything is read once
from geodata/gazetteer.parquet, which make_gazetteer.py makes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from geomap.divisions.names import LEVEL_DIGITS, parts, short_name
from geomap.divisions.records import LEVELS, Division, NameHit, Resolution
from geomap.divisions.resolve import resolve
from geomap.divisions.scan import Scanner
from geomap.files.parquet import read_table, readable
from geomap.model.records import InputError, Skip
from geomap.model.tables import FORMER, ZONES
from geomap.sheets.table_file import check_table

_COLUMNS = ["code", "name", "level", "province", "city", "district", "township"]


class Divisions:
    """All divisions and their names. Made once by :func:`read_divisions`, never changed."""

    def __init__(
        self,
        divisions: Iterable[Division],
        former: Iterable[tuple[str, Division]] = (),
        skips: tuple[Skip, ...] = (),
        zones: Iterable[tuple[str, Division]] = (),
    ) -> None:
        """Index ``divisions``; ``former`` has (former name, successor of today).

        ``skips`` are the rows of former names that could not be used; ``zones`` has (development
        zone, its city): in a text a zone's name says the city, and no district.
        """
        self._zones = tuple(zones)
        self.all = tuple(divisions)
        self.skips = skips
        self._former: dict[str, list[Division]] = defaultdict(list)
        for name, successor in former:
            if successor not in self._former[name]:
                self._former[name].append(successor)

    # Each index is made when it is first asked for: most commands need only one or two.
    @cached_property
    def _by_code(self) -> dict[tuple[str, str], Division]:
        return {(place.code, place.level): place for place in self.all}

    @cached_property
    def _children(self) -> dict[str, list[Division]]:
        children: dict[str, list[Division]] = defaultdict(list)
        for place in self.all:
            children[_parent(place)].append(place)
        return children

    @cached_property
    def _names(self) -> dict[tuple[str, str], list[Division]]:
        names: dict[tuple[str, str], list[Division]] = defaultdict(list)
        for place in self.all:
            names[place.level, place.name].append(place)
            if short := short_name(place.name, place.level):
                names[place.level, short].append(place)
        return names

    @cached_property
    def _scanner(self) -> Scanner:
        return Scanner(self.all, self._former, self._zones)

    def get(self, code: str, level: str = "") -> Division | None:
        """The division of this code; 441900 is both a city and a district: ``level`` decides."""
        for wanted in (level,) if level else ("district", "city", "province", "township"):
            if found := self._by_code.get((code, wanted)):
                return found
        return None

    def children(self, code: str) -> tuple[Division, ...]:
        """The divisions right below this code, by code."""
        return tuple(self._children.get(code, ()))

    def named(self, word: str, level: str) -> tuple[Division, ...]:
        """Divisions of a level by full or short name, by code."""
        return tuple(self._names.get((level, word), ()))

    def former(self, name: str) -> tuple[Division, ...]:
        """Today's divisions that once were, or were part of, a division of this name."""
        return tuple(self._former.get(name, ()))

    def scan(self, text: str, within: Sequence[str] = ()) -> list[NameHit]:
        """Every name of a division in ``text``: the best segmentation, no overlaps, by start.

        Parameters
        ----------
        within : codes of divisions the text is about. Short names of their townships (玲珑 for
            玲珑街道) are found only then, unless they are long and borne by one township alone.
        """
        return self._scanner.scan(text, tuple(within))

    def best(self, candidates: Sequence[Division], context_codes: Iterable[str]) -> Division | None:
        """The homonym nearest to a story's scope; None when the scope does not decide.

        Nearest: shares the longest run of digits (township, district, city, province) with a
        code of the context. Without any help only a single candidate, or a single province, wins.
        """
        return self.nearest(candidates, {part for code in context_codes for part in parts(code)})

    def nearest(self, candidates: Sequence[Division], context: Collection[str]) -> Division | None:
        """:meth:`best`, with the :func:`parts` of the context's codes."""
        if len(candidates) <= 1:
            return candidates[0] if candidates else None
        scores = [_nearness(place, context) for place in candidates]
        most = max(scores)
        top = [place for place, score in zip(candidates, scores, strict=True) if score == most]
        rank = min(LEVELS.index(place.level) for place in top)
        highest = [place for place in top if LEVELS.index(place.level) == rank]
        decided = len(highest) == 1 and (most > 0 or rank == 0)
        return highest[0] if decided else None

    def resolve(
        self, province: str = "", city: str = "", district: str = "", township: str = ""
    ) -> Resolution:
        """What a stated place means today; short, former and prefixed names are understood."""
        return resolve(self, province, city, district, township)


def _parent(place: Division) -> str:
    if place.level == "township":
        return place.code[:6]
    if place.level == "district" and place.city not in (place.district, place.province):
        return place.code[:4] + "00"
    return place.code[:2] + "0000" if place.level != "province" else ""


def _nearness(place: Division, context: Collection[str]) -> int:
    """How many digits, in whole levels, a division shares with the codes of a context."""
    code = place.code
    return max((n for n in LEVEL_DIGITS if len(code) >= n and code[:n] in context), default=0)


def read_divisions(
    folder: Path, former: Path | None = None, zones: Path | None = None
) -> Divisions:
    """Today's divisions and former names from ``gazetteer.parquet`` and ``former.csv``.

    Parameters
    ----------
    folder : holds all, unless ``former`` names another table of former names and ``zones`` one of
        development zones; an absent one means none.

    Raises
    ------
    InputError
        The gazetteer is missing or has no divisions, or the former names cannot be read.
    """
    path = folder / "gazetteer.parquet"
    with readable(path):
        table = read_table(path, _COLUMNS)
        table = table.filter(pc.is_in(table["level"], value_set=pa.array(LEVELS)))
    columns = [column.to_pylist() for column in table.columns]
    divisions = [Division(*row) for row in zip(*columns, strict=True)]
    if not divisions:
        raise InputError(
            f"{path}: holds no divisions; make it again with make_gazetteer.py",
            code="gazetteer-empty", where=path,
        )  # fmt: skip
    names, skips = _read_former(former or folder / "former.csv", divisions)
    return Divisions(divisions, names, skips, _read_zones(zones or folder / "zones.csv", divisions))


def _read_zones(path: Path, divisions: Sequence[Division]) -> list[tuple[str, Division]]:
    """(zone, its city); rows that cannot be used are told of where zones are placed."""
    cities = {(place.province, place.city): place for place in divisions if place.level == "city"}
    whole = {place.name: place for place in divisions if place.level == "province"}
    rows = check_table(path, ZONES).rows
    rows = rows[rows.township.map(str) == ""]  # else the township's own name in it says more
    told = set(zip(*(rows[name].map(str) for name in ("zone", "province", "city")), strict=True))
    return [
        (zone, place)
        for zone, province, city in sorted(told)
        if (place := cities.get((province, city)) or whole.get(city))
    ]


def _read_former(
    path: Path, divisions: Sequence[Division]
) -> tuple[list[tuple[str, Division]], tuple[Skip, ...]]:
    """(former name, successor), and what of the table cannot be used."""
    today = {place.code: place for place in divisions if place.level in ("city", "district")}
    checked = check_table(path, FORMER)
    unknown = checked.rows[~checked.rows.today_code.isin(today.keys())]
    lost = [
        Skip(FORMER.name, f"{path.name}:{row}:today_code", "code-unknown",
             f"{code}: no division of today has this code")
        for row, code in unknown.today_code.items()
    ]  # fmt: skip
    known = checked.rows.drop(index=unknown.index)
    pairs = [(name, today[code]) for name, code in zip(known.former, known.today_code, strict=True)]
    return pairs, (*checked.skips, *checked.warnings, *lost)
