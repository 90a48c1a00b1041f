"""Where the second reader lives: read from the environment, checked once, its key never shown."""

from __future__ import annotations

import ipaddress
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from geomap.model.records import SettingsError

URL, KEY = "GEOMAP_READER_URL", "GEOMAP_READER_KEY"
MODEL, RATE = "GEOMAP_READER_MODEL", "GEOMAP_READER_RATE"
_PATH = "/chat/completions"
#: What may stand in an HTTP header without changing its meaning.
_PLAIN = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One chat-completions address. ``rate`` is requests per second; ``key`` stays out of repr."""

    url: str
    model: str = "default"
    rate: float = 1.0
    key: str = field(default="", repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """The headers of a request: the only place where the key goes."""
        plain = {"Content-Type": "application/json", "Accept": "application/json"}
        return plain | ({"Authorization": f"Bearer {self.key}"} if self.key else {})


def read_endpoint(environ: Mapping[str, str]) -> Endpoint | None:
    """The endpoint that the environment names, or None where ``GEOMAP_READER_URL`` is not set.

    Raises
    ------
    SettingsError
        A variable cannot be used; all faults at once, and neither the key nor the address
        (which may hold a secret written into it by mistake) is repeated.
    """
    url = environ.get(URL, "").strip()
    if not url:
        return None
    key = environ.get(KEY, "").strip()
    rate = _number(environ.get(RATE, "").strip() or "1")
    faults = [*_url_faults(url, bool(key)), *_key_faults(key)]
    if rate is None:
        faults.append(f"{RATE} must be requests per second, a number above 0, such as 0.5")
    if faults or rate is None:
        named = [name for name in (URL, KEY, RATE) if any(name in fault for fault in faults)]
        raise SettingsError("; ".join(faults), code="second-reader-unfit", detail="、".join(named))
    whole = url.rstrip("/").removesuffix(_PATH) + _PATH
    return Endpoint(whole, environ.get(MODEL, "").strip() or "default", rate, key)


def is_loopback(url: str) -> bool:
    """Whether the address is this machine's own."""
    host = urlsplit(url).hostname or ""
    return host == "localhost" or _address(host, "is_loopback")


def _url_faults(url: str, has_key: bool) -> list[str]:
    parts = _split(url)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return [f"{URL} must be a base address such as http://127.0.0.1:8000/v1"]
    if parts.username is not None or parts.query or parts.fragment or not _PLAIN.fullmatch(url):
        return [f"{URL} must hold no user, query or fragment; a key belongs into {KEY}"]
    near = parts.hostname == "localhost" or _address(parts.hostname, "is_private")
    if has_key and parts.scheme == "http" and not near:
        return [f"{URL} must be https where {KEY} is set: http shows the key to the whole way"]
    return []


def _key_faults(key: str) -> list[str]:
    if not key or _PLAIN.fullmatch(key):
        return []
    return [f"{KEY} holds a blank, a line end or a character that no key has; copy it again"]


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        return parts if parts.port != 0 else None  # .port raises where it is no number
    except ValueError:
        return None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and number > 0 else None


def _address(host: str, quality: str) -> bool:
    try:
        return bool(getattr(ipaddress.ip_address(host), quality))
    except ValueError:
        return False
