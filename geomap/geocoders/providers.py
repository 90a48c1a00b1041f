"""The geocoders by name, made from the environment; keys are read there and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from geomap.geocoders.amap import Amap
from geomap.geocoders.geopys import Baidu, Nominatim, Photon
from geomap.geocoders.tencent import Tencent
from geomap.geocoders.tianditu import Tianditu
from geomap.geocoders.vendor import Explicit
from geomap.model.records import SettingsError

KEYED: Mapping[str, type[Explicit]] = {kind.name: kind for kind in (Amap, Tencent, Tianditu, Baidu)}
KEYLESS: Mapping[str, type[Explicit]] = {kind.name: kind for kind in (Nominatim, Photon)}
PROVIDERS = (*KEYED, *KEYLESS)
_PLAIN = re.compile(r"[\x21-\x7e]+")


def make_geocoder(name: str, environ: Mapping[str, str]) -> Explicit:
    """Return the geocoder ``name`` with the key and address that the environment gives.

    ``GEOMAP_AMAP_KEY`` is AMap's key; ``GEOMAP_AMAP_URL``, where set, a base address to ask
    instead of the vendor's own (a proxy, one's own Nominatim).

    Raises
    ------
    SettingsError
        Nobody has that name, the key is missing or no key; neither key nor address is repeated.
    """
    if name not in PROVIDERS:
        known = ", ".join(PROVIDERS)
        raise SettingsError(
            f"{name[:40]}: no such geocoder; use one of {known}",
            code="geocoder-unknown", where=name[:40], detail=known,
        )  # fmt: skip
    variable = f"GEOMAP_{name.upper()}"
    where = _base(variable + "_URL", environ.get(variable + "_URL", "").strip())
    if name in KEYLESS:
        return KEYLESS[name](**where)
    key = environ.get(variable + "_KEY", "").strip()
    if not _PLAIN.fullmatch(key):
        raise SettingsError(
            f"{variable}_KEY is not set, or holds a character that no key has",
            code="geocoder-key-missing", where=variable + "_KEY",
        )  # fmt: skip
    return KEYED[name](api_key=key, **where)


def _base(variable: str, url: str) -> dict[str, str]:
    """Return scheme and domain of another address, as geopy's classes take them."""
    if not url:
        return {}
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or parts.username is not None or parts.query or not _PLAIN.fullmatch(url):
        raise SettingsError(
            f"{variable} must be a base address such as https://nominatim.example.org",
            code="geocoder-url-unusable", where=variable,
        )  # fmt: skip
    return {"scheme": parts.scheme, "domain": (parts.netloc + parts.path).rstrip("/")}
