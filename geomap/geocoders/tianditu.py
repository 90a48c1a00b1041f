"""Tianditu (天地图): geocoder both ways; coordinates CGCS2000, which is WGS-84 here."""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import urlencode

from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderQuotaExceeded,
    GeocoderServiceError,
)

from geomap.geocoders.guard import KEY_HERE
from geomap.geocoders.levels import DOOR, UNKNOWN, Quality, by_words
from geomap.geocoders.vendor import Found, Json, Vendor

#: The gateway before the service answers with codes of its own, in JSON, whatever the HTTP status.
_REFUSED, _USED_UP = "301", "302"
#: Its score is 0-100; below this what was matched is not what was asked for.
_GOOD_SCORE = 60


class Tianditu(Vendor):
    """Geocoder of Tianditu; see http://lbs.tianditu.gov.cn/server/geocodinginterface.html.

    Parameters
    ----------
    api_key : a key (tk) of the kind 服务端.
    domain : another host, as geopy's Nominatim has it.
    """

    name = "tianditu"
    host = "api.tianditu.gov.cn"
    status_words = "Tianditu answers with status"
    nothing_found = 101

    def _is_answer(self, answer: Json) -> bool:
        """Whether an answer holds a result; False where the vendor found nothing."""
        if "code" not in answer or "status" in answer:
            return self._has_result(int(answer["status"]))
        code = str(int(answer["code"]))
        kind = GeocoderAuthenticationFailure if code.startswith(_REFUSED) else GeocoderServiceError
        kind = GeocoderQuotaExceeded if code.startswith(_USED_UP) else kind
        raise kind(f"Tianditu answers with code {code}")

    def _geocode_url(self, query: str) -> str:
        asked = json.dumps({"keyWord": query}, ensure_ascii=False)
        return "geocoder?" + urlencode({"ds": asked, "tk": KEY_HERE})

    def _reverse_url(self, lon: float, lat: float) -> str:
        asked = json.dumps({"lon": lon, "lat": lat, "ver": 1})
        return "geocoder?" + urlencode({"postStr": asked, "type": "geocode", "tk": KEY_HERE})

    def _geocoder_exception_handler(self, error: Exception) -> None:
        if getattr(error, "status_code", 0) == 418:  # its gateway's word for too many requests
            raise GeocoderQuotaExceeded("Tianditu answers with HTTP status 418") from None

    def _read(self, answer: Json) -> Iterable[Found]:
        if not self._is_answer(answer):
            return []
        place = answer["location"]
        return [Found(str(place.get("keyWord") or ""), float(place["lon"]), float(place["lat"]),
                      _quality(place), place)]  # fmt: skip

    def _read_reverse(self, answer: Json, lon: float, lat: float) -> Iterable[Found]:
        place = answer["result"] if self._is_answer(answer) else {}
        name = str(place.get("formatted_address") or "")
        return [Found(name, lon, lat, DOOR, place)] if name else []


def _quality(place: Json) -> Quality:
    if float(place.get("score") or 0) < _GOOD_SCORE:
        return UNKNOWN
    return by_words(str(place.get("level") or ""))
