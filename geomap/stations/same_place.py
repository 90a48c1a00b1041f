"""Which of many places a further one may be, found by its name and not by asking each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from geomap.stations.names import Located, Place, is_same_place, name_forms, stem

_ANY = "*"


def place_of(row: Mapping[str, object]) -> Place:
    """Return the name and the stated divisions of a row."""
    return Place(*(str(row[key]) for key in ("name", "province", "city", "district", "township")))


class PlaceIndex:
    """Numbered places; which of them a further one may be by :func:`is_same_place`.

    They are kept by every form of their names and by stated district and township, so that the
    many stations of one name (工会驿站) of other districts are never asked.
    """

    def __init__(self) -> None:
        self._places: dict[int, list[Located]] = {}
        self._numbers: dict[tuple[str, str, str], dict[int, None]] = defaultdict(dict)

    def add(self, number: int, place: Located) -> None:
        """Keep a place under a number; several under one number are one place together."""
        places = self._places.setdefault(number, [])
        if any(_key(place) == _key(other) for other in places):
            return
        places.append(place)
        district, township = stem(place.district), stem(place.township)
        for form in name_forms(place):
            for key in product((form,), {district, _ANY}, {township, _ANY}):
                self._numbers[key][number] = None

    def replace(self, number: int, place: Located) -> None:
        """Keep another place under a number."""
        self._places[number] = []
        self.add(number, place)

    def matches(self, place: Located) -> Iterator[int]:
        """The numbers whose places are all one with ``place``; the order says nothing."""
        seen: set[int] = set()
        for number in self._near(place):
            if number not in seen:
                seen.add(number)
                if all(is_same_place(place, other) for other in self._places[number]):
                    yield number

    def unique_match(self, place: Located) -> int | None:
        """The one number that fits; None where none does, or several, and nobody can say which."""
        fitting = self.matches(place)
        first = next(fitting, None)
        return first if next(fitting, None) is None else None

    def _near(self, place: Located) -> Iterable[int]:
        districts = {stem(place.district), ""} if place.district else {_ANY}
        townships = {stem(place.township), ""} if place.township else {_ANY}
        for key in product(name_forms(place), districts, townships):
            yield from self._numbers.get(key, ())


def _key(place: Located) -> tuple[str, ...]:
    return place.name, place.province, place.city, place.district, place.township
