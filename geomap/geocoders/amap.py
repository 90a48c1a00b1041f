"""AMap (高德): web service API v3, geocode/geo and geocode/regeo; coordinates GCJ-02."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
)

from geomap.geocoders.levels import DOOR, by_words
from geomap.geocoders.vendor import KEY_HERE, Found, Json, Vendor
from geomap.places.datum import Datum


class Amap(Vendor):
    """Geocoder of AMap; see https://lbs.amap.com/api/webservice/guide/api/georegeo.

    Parameters
    ----------
    api_key : a key of the kind Web 服务.
    domain : another host, as geopy's Nominatim has it.
    """

    name = "amap"
    source_datum = Datum.GCJ02
    host = "restapi.amap.com"
    status_words = "AMap answers with infocode"
    nothing_found = 30001
    errors = (
        (GeocoderRateLimited, (10004, 10014, 10015, 10019, 10020, 10021, 10022, 10029)),
        (GeocoderQuotaExceeded, (10003, 10010, 10044, 10045, 40000, 40002, 40003)),
        (GeocoderAuthenticationFailure,
         (10001, 10002, *range(10005, 10010), *range(10011, 10014), 10026, 10041)),
        # Bad parameters; and what the geocoder says of words that are no address.
        (GeocoderQueryError, (20000, 20001, 20002, 20012)),
        (GeocoderParseError, (0,)),
    )  # fmt: skip

    def _is_answer(self, answer: Json) -> bool:
        return str(answer["status"]) == "1" or self._has_result(int(answer["infocode"]), good=-1)

    def _geocode_url(self, query: str) -> str:
        return "v3/geocode/geo?" + urlencode({"address": query, "output": "JSON", "key": KEY_HERE})

    def _reverse_url(self, lon: float, lat: float) -> str:
        asked = {"location": f"{lon:.6f},{lat:.6f}", "output": "JSON", "key": KEY_HERE}
        return "v3/geocode/regeo?" + urlencode(asked)

    def _read(self, answer: Json) -> Iterable[Found]:
        return [_found(one) for one in answer["geocodes"]] if self._is_answer(answer) else []

    def _read_reverse(self, answer: Json, lon: float, lat: float) -> Iterable[Found]:
        if not self._is_answer(answer):
            return []
        place = answer["regeocode"]
        name = _text(place["formatted_address"])
        return [Found(name, lon, lat, DOOR, place)] if name else []


def _found(place: Json) -> Found:
    lon, _, lat = str(place["location"]).partition(",")
    level = by_words(_text(place.get("level")))
    return Found(_text(place["formatted_address"]), float(lon), float(lat), level, place)


def _text(value: Any) -> str:
    """Return a text; AMap writes [] for none."""
    return value if isinstance(value, str) else ""
