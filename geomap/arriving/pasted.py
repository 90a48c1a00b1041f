"""What map apps copy: the point and its datum, from shared words, a link, or bare degrees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from geomap.arriving.headings import find_datum
from geomap.arriving.values import linked_datum, order_pair, read_pair
from geomap.model.records import InputError
from geomap.places.datum import parse_datum
from geomap.sheets.cells import half_width

_LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s，。；]+|geo:[^\s，。；]+")
#: Two numbers of a link; ``!3d30.28!4d120.13`` has a digit between them.
_PAIR = re.compile(
    r"(?<![\d.])(\d{1,3}\.\d{2,})(?![\d.])(?:!\dd|[^\d]{1,14})(\d{1,3}\.\d{2,})(?![\d.])"
)
#: What a link itself says of its coordinates, stronger than the app it belongs to.
_SAID = re.compile(r"(?:coordinate|coord_type|coordtype|datum)=([A-Za-z0-9]+)", re.IGNORECASE)
_SAID_WORDS = {"gaode": "gcj02", "gps": "wgs84", "wgs84ll": "wgs84"}
#: Links that hold a code and no degrees; the app itself shows them.
_SHORT = re.compile(
    r"surl\.amap\.com|j\.map\.baidu\.com|url\.cn|goo\.gl|map\.qq\.com/m?/?\w*\?l=|/place/\w+"
)


@dataclass(frozen=True, slots=True)
class Pasted:
    """A point as written; ``datum`` is empty where nothing says which."""

    lon: str
    lat: str
    datum: str


def read_pasted(text: str) -> Pasted:
    """Return the point that a pasted text holds, whichever comes first, longitude or latitude.

    Raises
    ------
    InputError
        It holds none: ``paste-short-link`` for a link that only its app can follow,
        ``paste-no-point`` for any other words, ``paste-many-points`` for several points.
    """
    plain = half_width(unquote(text)).strip()
    links = _LINK.findall(plain)
    points = {*_points(links)} or {*_points([_LINK.sub(" ", plain)])}
    pair = read_pair(plain) if not points else None
    points = {pair} if pair else points
    if len(points) != 1:
        raise _refusal(plain, len(points))
    lon, lat = points.pop()
    return Pasted(lon, lat, _datum(plain, links))


def contains_point(text: str) -> bool:
    """Whether a text is what a map app copies, be it a link that only the app can follow."""
    if "." not in text:
        return False
    try:
        read_pasted(text)
    except InputError as error:
        return error.code == "paste-short-link"
    return True


def _points(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    pairs = (order_pair(*pair) for text in texts for pair in _PAIR.findall(text))
    return (pair for pair in pairs if pair)


def _datum(text: str, links: list[str]) -> str:
    said = {_SAID_WORDS.get(word.lower(), word.lower()) for word in _SAID.findall(text)}
    if len(said) == 1:
        try:
            return parse_datum(said.pop()).value
        except InputError:
            return ""  # Baidu's metres and the like: somebody has to say
    if re.search(r"(?:android|ios)amap:.*\bdev=1\b", text):
        return "wgs84"
    return linked_datum(" ".join(links)) or find_datum(_LINK.sub(" ", text))


def _refusal(text: str, points: int) -> InputError:
    shown = text[:80]
    if points:
        return InputError(f"{shown!r} holds several points; paste one", code="paste-many-points")
    if _SHORT.search(text):
        return InputError(
            f"{shown!r} is a short link without degrees; copy the coordinate in the app, or click "
            "the door on the map",
            code="paste-short-link",
        )  # fmt: skip
    return InputError(
        f"{shown!r} holds no point such as 120.1301,30.2801; click the door on the map",
        code="paste-no-point",
    )
