"""geopy's own BaiduV3, Nominatim and Photon, with their datum and quality said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderServiceError,
)
from geopy.geocoders import BaiduV3
from geopy.geocoders import Nominatim as GeopyNominatim
from geopy.geocoders import Photon as GeopyPhoton
from geopy.geocoders.base import DEFAULT_SENTINEL

from geomap.geocoders.guard import KEY_HERE
from geomap.geocoders.levels import DOOR, by_baidu, by_osm
from geomap.geocoders.vendor import Explicit, Found, Json, Located, checked
from geomap.places.datum import Datum

_AGENT = "geomap station map"
_NO_RESULT_WORDS = "无相关结果"
_TOO_FAST = (401, 402)


class Baidu(Explicit, BaiduV3):  # type: ignore[misc]
    """BaiduV3: coordinates BD-09 there, WGS-84 here; its confidence is the radius."""

    name = "baidu"
    source_datum = Datum.BD09

    def __init__(self, api_key: str, *, domain: str = "api.map.baidu.com", **options: Any) -> None:
        Explicit.__init__(self, KEY_HERE, **options)
        self.adapter._key = api_key
        self.api, self.reverse_api = (
            f"{self.scheme}://{domain.strip('/')}{path}"
            for path in (self.api_path, self.reverse_path)
        )

    def reverse(
        self, query: Any, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> Located:
        """Return what is at a point: latitude, longitude (WGS-84 degrees)."""
        lon, lat = self._own_point(query)
        return super().reverse((lat, lon), exactly_one=exactly_one, timeout=timeout)

    def _parse_json(self, page: Any, exactly_one: bool = True) -> Located:
        return self._to_locations(checked(page, self._read), exactly_one)

    def _parse_reverse_json(self, page: Any, exactly_one: bool = True) -> Located:
        return self._to_locations(checked(page, self._read_reverse), exactly_one)

    def _read(self, page: Json) -> Iterable[Found]:
        place = page.get("result")
        if _is_answer(page) and place:
            at, level = place["location"], str(place.get("level") or "")
            quality = by_baidu(place.get("confidence"), level)
            yield Found("", float(at["lng"]), float(at["lat"]), quality, place)

    def _read_reverse(self, page: Json) -> Iterable[Found]:
        place = page.get("result")
        if _is_answer(page) and place:
            at = place["location"]
            name = str(place["formatted_address"])
            yield Found(name, float(at["lng"]), float(at["lat"]), DOOR, place)


def _is_answer(page: Json) -> bool:
    """Whether Baidu found something; its errors are geopy's, told apart more finely than there."""
    status = int(page["status"])
    if status == 0:
        return True
    if status == 1 and _NO_RESULT_WORDS in str(page.get("msg") or page.get("message") or ""):
        return False
    kind: type[GeocoderServiceError] = GeocoderServiceError
    if status in _TOO_FAST:
        kind = GeocoderRateLimited
    elif status == 4 or 300 <= status < 500:
        kind = GeocoderQuotaExceeded
    elif status in (3, 5) or 100 <= status < 300:
        kind = GeocoderAuthenticationFailure
    elif status == 2:
        kind = GeocoderQueryError
    raise kind(f"Baidu answers with status {status}")


class Nominatim(Explicit, GeopyNominatim):  # type: ignore[misc]
    """Nominatim of OpenStreetMap: WGS-84; a radius from what kind of thing it found."""

    name = "nominatim"
    most_rate = 1.0  # https://operations.osmfoundation.org/policies/nominatim/

    def __init__(self, *, user_agent: str = _AGENT, **options: Any) -> None:
        Explicit.__init__(self, user_agent=user_agent, **options)

    def _parse_json(self, places: Any, exactly_one: bool) -> Located:
        return self._to_locations(checked(places, _read_nominatim), exactly_one)


def _read_nominatim(places: Any) -> Iterable[Found]:
    listed = [places] if isinstance(places, dict) else places
    if isinstance(places, dict) and "error" in places:  # a point in the sea
        return []
    return [
        Found(str(one["display_name"]), float(one["lon"]), float(one["lat"]),
              by_osm(str(one.get("addresstype") or one.get("class") or "")), one)
        for one in listed
    ]  # fmt: skip


class Photon(Explicit, GeopyPhoton):  # type: ignore[misc]
    """Photon of komoot, on OpenStreetMap: WGS-84; a radius from what kind of thing it found."""

    name = "photon"
    most_rate = 1.0  # "extensive usage will be throttled": https://photon.komoot.io

    def __init__(self, *, user_agent: str = _AGENT, **options: Any) -> None:
        Explicit.__init__(self, user_agent=user_agent, **options)

    def _parse_json(self, resources: Any, exactly_one: bool = True) -> Located:
        return self._to_locations(checked(resources, self._read), exactly_one)

    def _read(self, resources: Json) -> Iterable[Found]:
        for one in resources["features"]:
            lon, lat = one["geometry"]["coordinates"][:2]
            facts = one["properties"]
            name = " ".join(str(facts[k]) for k in ("city", "street", "housenumber", "name")
                            if facts.get(k))  # fmt: skip
            yield Found(name, float(lon), float(lat), by_osm(str(facts.get("type") or "")), one)
