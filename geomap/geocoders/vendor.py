"""What all geocoders here have in common: WGS-84 out, quality said, keys guarded, errors apart."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias

import numpy as np
from geopy.exc import GeocoderParseError, GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geomap.geocoders.guard import KEY_HERE, Guarded, StrictAdapter
from geomap.geocoders.levels import Quality
from geomap.places.datum import Datum, convert

Located: TypeAlias = Location | list[Location] | None
Json: TypeAlias = Mapping[str, Any]
#: No service takes a longer address (characters).
LONGEST = 84
TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class Found:
    """One place of an answer, in the vendor's own datum, with what it says of itself."""

    name: str
    lon: float
    lat: float
    quality: Quality
    raw: Json


class Explicit(Geocoder):  # type: ignore[misc]  # geopy has no types
    """A geocoder of geopy whose answers say where they are and how sure that is.

    ``Location`` is WGS-84; ``raw`` is the vendor's own record and ``precision``
    (:data:`geomap.model.tables.PRECISIONS`), ``uncertainty_m`` (95 %), ``provider``, ``matched``,
    ``datum`` (always ``wgs84``) and ``source_datum``. An answer without a place is None. geopy's
    exceptions tell the rest apart; see :func:`geomap.geocoders.outcomes.outcome_of`.
    """

    name: ClassVar[str]
    source_datum: ClassVar[Datum] = Datum.WGS84
    #: Requests per second that the service allows without asking, where it says so.
    most_rate: ClassVar[float | None] = None

    def __init__(
        self, *arguments: Any, timeout: Any = TIMEOUT_S, adapter_factory: Any = None,
        api_key: str = "", **options: Any,
    ) -> None:  # fmt: skip
        factory = adapter_factory or StrictAdapter
        super().__init__(*arguments, timeout=timeout, adapter_factory=factory, **options)
        inner: Any = self.adapter
        self.adapter: Any = Guarded(inner, api_key)

    def _to_locations(self, found: Iterable[Found], exactly_one: bool) -> Located:
        locations = [self._to_location(one) for one in found]
        if not locations:
            return None
        return locations[0] if exactly_one else locations

    def _to_location(self, found: Found) -> Location:
        x, y = np.array([found.lon], dtype=np.float64), np.array([found.lat], dtype=np.float64)
        lon, lat = (float(v[0]) for v in convert(x, y, self.source_datum, Datum.WGS84))
        ours = {
            "precision": found.quality.precision, "uncertainty_m": found.quality.uncertainty_m,
            "provider": self.name, "matched": found.name, "datum": Datum.WGS84.value,
            "source_datum": self.source_datum.value,
        }  # fmt: skip
        return Location(found.name, (lat, lon), {**found.raw, **ours})

    def _own_point(self, query: Any) -> tuple[float, float]:
        """Return longitude and latitude of a WGS-84 point in the vendor's datum."""
        point = Point(query)
        x, y = np.array([point.longitude]), np.array([point.latitude])
        lon, lat = convert(x, y, Datum.WGS84, self.source_datum)
        return round(float(lon[0]), 6), round(float(lat[0]), 6)


class Vendor(Explicit):
    """A vendor geopy has no class for: two addresses, and how their answers are read."""

    host: ClassVar[str]
    #: What it calls a status, the one that says nothing was found, and its errors by status.
    status_words: ClassVar[str]
    nothing_found: ClassVar[int]
    errors: ClassVar[Sequence[tuple[type[GeocoderServiceError], Container[int]]]] = ()

    def __init__(
        self, api_key: str, *, domain: str = "", scheme: str | None = None,
        timeout: Any = TIMEOUT_S, proxies: Any = DEFAULT_SENTINEL, user_agent: str | None = None,
        ssl_context: Any = DEFAULT_SENTINEL, adapter_factory: Any = None,
    ) -> None:  # fmt: skip
        super().__init__(
            api_key=api_key, scheme=scheme, timeout=timeout, proxies=proxies,
            user_agent=user_agent, ssl_context=ssl_context, adapter_factory=adapter_factory,
        )  # fmt: skip
        self.domain = (domain or self.host).strip("/")

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> Located:
        """Return where ``query`` is, or None where the vendor knows no such place.

        Parameters
        ----------
        query : an address; province, city and district first.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            The query is empty or longer than :data:`LONGEST`, or the vendor cannot take it.
        geopy.exc.GeocoderServiceError
            Or a kind of it: the key is refused, the quota is used up, or no answer came.
        """
        words = query.strip()
        if not words or len(words) > LONGEST:
            raise GeocoderQueryError(f"an address has 1 to {LONGEST} characters")
        return self._ask(self._geocode_url(words), self._read, exactly_one, timeout)

    def reverse(
        self, query: Any, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> Located:
        """Return what is at a point, or None where the vendor knows nothing of it.

        Parameters
        ----------
        query : latitude, longitude (WGS-84 degrees), in the order that geopy asks for.
        """
        lon, lat = self._own_point(query)

        def read(answer: Json) -> Iterable[Found]:
            return self._read_reverse(answer, lon, lat)

        return self._ask(self._reverse_url(lon, lat), read, exactly_one, timeout)

    def _ask(
        self, path: str, read: Callable[[Json], Iterable[Found]], exactly_one: bool, timeout: Any
    ) -> Located:
        def parse(answer: Any) -> Located:
            return self._to_locations(checked(answer, read), exactly_one)

        url = f"{self.scheme}://{self.domain}/{path}"
        return self._call_geocoder(url, parse, timeout=timeout)

    def _has_result(self, status: int, good: int = 0) -> bool:
        """Whether a status tells of a result; False where the vendor found nothing."""
        if status in (good, self.nothing_found):
            return status == good
        kinds = (kind for kind, codes in self.errors if status in codes)
        raise next(kinds, GeocoderServiceError)(f"{self.status_words} {status}")

    def _geocode_url(self, query: str) -> str:
        raise NotImplementedError

    def _reverse_url(self, lon: float, lat: float) -> str:
        raise NotImplementedError

    def _read(self, answer: Json) -> Iterable[Found]:
        raise NotImplementedError

    def _read_reverse(self, answer: Json, lon: float, lat: float) -> Iterable[Found]:
        raise NotImplementedError


def checked(answer: Any, read: Callable[[Json], Iterable[Found]]) -> list[Found]:
    """Return the places of an answer.

    Raises
    ------
    geopy.exc.GeocoderParseError
        It is not built as the vendor documents.
    """
    try:
        found = list(read(answer))
        good = all(-180 <= one.lon <= 180 and -90 <= one.lat <= 90 for one in found)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        if isinstance(error, GeocoderQueryError):  # geopy's is a ValueError too
            raise
        good, found = False, []
    if not good:
        raise GeocoderParseError("the answer is not built as documented")
    return found


__all__ = ["KEY_HERE", "Explicit", "Found", "Json", "Located", "Vendor", "checked"]
