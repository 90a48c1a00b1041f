"""Base maps that a user opted into, and the policy that lets in no host but theirs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from geomap.model.records import SettingsError
from geomap.model.settings import TileProvider
from geomap.static_site.policy import hash_source, write_policy

_HOST = re.compile(r"(https?)://((?:[A-Za-z0-9-]+|\{s\}|[A-Za-z0-9-]*\{s\})(?:\.[A-Za-z0-9-]+)+)"
                   r"(:\d+)?(?=/)")  # fmt: skip


def content_policy(
    tiles: list[dict[str, Any]],
    *,
    offline: bool = False,
    style: str = "",
    more: Mapping[str, str] | None = None,
) -> str:
    """Return the Content-Security-Policy: own files, and pictures of the chosen tile hosts.

    The page's own ``<style>``, where it has one, is let in by its hash; ``more`` are the rules of
    what was added to the map.
    ``'self'`` also holds on ``file://`` in Chromium. ``frame-ancestors`` is left out: browsers
    log an error when a meta tag carries it.
    """
    rules = {
        "script-src": "'self'",
        "style-src": " ".join(["'self'", *([hash_source(style)] if style else [])]),
        "img-src": " ".join(["'self'", "data:", *tile_hosts(tiles)]),
    }
    if offline:
        rules |= {"worker-src": "'self'", "manifest-src": "'self'", "connect-src": "'self'"}
    return write_policy(rules | dict(more or {}))


def tile_hosts(tiles: list[dict[str, Any]]) -> list[str]:
    """Return what a policy calls the hosts of base maps, sorted."""
    return sorted({_policy_host(tile["url"]) for tile in tiles})


def _policy_host(url: str) -> str:
    match = _HOST.match(url)
    if match is None:
        raise SettingsError(
            f"map.toml: tiles: {url!r} is no http(s) address of tiles; correct it",
            code="tiles-address", where="map.toml", detail=url,
        )  # fmt: skip
    scheme, host, port = match.groups()
    if "{s}" in host:  # a policy knows "any subdomain", and nothing between
        host = "*." + host.split(".", 1)[1]
    return f"{scheme}://{host}{port or ''}"


def list_tiles(
    providers: tuple[TileProvider, ...], environ: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the base maps as the browser takes them; those of another datum are an error.

    Raises
    ------
    SettingsError
        No usable address, a missing key, an unknown datum, or providers of different datums:
        one map cannot be shifted two ways.
    """
    for provider in providers:
        _policy_host(provider.url)
        if provider.datum not in ("wgs84", "gcj02"):
            raise SettingsError(
                f"map.toml: [tiles.{provider.id}] datum {provider.datum!r} cannot be drawn; "
                "write wgs84 or gcj02",
                code="tiles-datum", where=f"map.toml [tiles.{provider.id}]", detail="wgs84, gcj02",
            )  # fmt: skip
        if provider.datum != providers[0].datum:
            raise SettingsError(
                f"map.toml: [tiles.{provider.id}] is {provider.datum}, [tiles.{providers[0].id}] "
                f"is {providers[0].datum}; keep one datum",
                code="tiles-two-datums", where="map.toml", detail=f"[tiles.{provider.id}]",
            )  # fmt: skip
    return [_tile(provider, environ) for provider in providers]


def _tile(provider: TileProvider, environ: Mapping[str, str]) -> dict[str, Any]:
    url = provider.url
    if provider.key_env:
        key = environ.get(provider.key_env, "")
        if not re.fullmatch(r"[A-Za-z0-9._-]+", key):
            raise SettingsError(
                f"map.toml: [tiles.{provider.id}] needs its key in the environment variable "
                f"{provider.key_env}; set it, or remove the provider",
                code="tiles-key-missing", where="map.toml", detail=provider.key_env,
            )  # fmt: skip
        url = url.replace("{key}", key)
    return {
        "url": url,
        "label": provider.label,
        "attribution": provider.attribution,
        "datum": provider.datum,
        "maxZoom": provider.max_zoom,
    }
