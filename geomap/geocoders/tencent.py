"""Tencent (腾讯位置服务): WebService API, geocoder/v1 both ways; coordinates GCJ-02."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
)

from geomap.geocoders.levels import DOOR, by_tencent
from geomap.geocoders.vendor import KEY_HERE, Found, Json, Vendor
from geomap.places.datum import Datum


class Tencent(Vendor):
    """Geocoder of Tencent; see https://lbs.qq.com/service/webService/webServiceGuide/address.

    Parameters
    ----------
    api_key : a key with WebService API switched on.
    domain : another host, as geopy's Nominatim has it.
    """

    name = "tencent"
    source_datum = Datum.GCJ02
    host = "apis.map.qq.com"
    status_words = "Tencent answers with status"
    nothing_found = 347
    errors = (
        (GeocoderRateLimited, (120,)),
        (GeocoderQuotaExceeded, (121, 122)),
        (GeocoderAuthenticationFailure, (*range(110, 115), 190, 199, 311)),
        (GeocoderQueryError, range(300, 400)),
    )

    def _geocode_url(self, query: str) -> str:
        return "ws/geocoder/v1/?" + urlencode({"address": query, "key": KEY_HERE})

    def _reverse_url(self, lon: float, lat: float) -> str:
        return "ws/geocoder/v1/?" + urlencode({"location": f"{lat:.6f},{lon:.6f}", "key": KEY_HERE})

    def _read(self, answer: Json) -> Iterable[Found]:
        if not self._has_result(int(answer["status"])):
            return []
        place = answer["result"]
        at = place["location"]
        quality = by_tencent(place.get("level"), place.get("reliability"))
        return [Found(_address(place), float(at["lng"]), float(at["lat"]), quality, place)]

    def _read_reverse(self, answer: Json, lon: float, lat: float) -> Iterable[Found]:
        if not self._has_result(int(answer["status"])):
            return []
        place = answer["result"]
        return [Found(str(place["address"]), lon, lat, DOOR, place)] if place["address"] else []


def _address(place: Json) -> str:
    """Return the divisions and the title of an answer, in one line."""
    parts = place.get("address_components") or {}
    names = [str(parts.get(name) or "") for name in ("province", "city", "district")]
    return "".join(dict.fromkeys(names)) + str(place.get("title") or "")
