"""Keys stay out of sight: they join an address right before it is sent, and no error repeats them.

geopy writes whole addresses into its log and its adapters whole addresses and bodies into their
errors. Here an address holds :data:`KEY_HERE` until the adapter sends it, and every error is said
anew in words of our own.
"""

from __future__ import annotations

import time
from http.client import HTTPException
from typing import Any
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, build_opener

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter, URLLibAdapter, _normalize_proxies
from geopy.exc import (
    ConfigurationError,
    GeocoderParseError,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
    GeopyError,
)

#: Stands in every address for the key.
KEY_HERE = "KEY-HERE"
#: An answer has some kilobytes; one larger, or one that drips for longer, is not read to its end.
MAX_BYTES, WHOLE_S = 2_000_000, 60.0
_CHUNK = 65_536
_WORDS = {
    GeocoderTimedOut: "no answer in time",
    GeocoderUnavailable: "the service cannot be reached",
    GeocoderParseError: "the answer cannot be read",
}


class StrictAdapter(URLLibAdapter):  # type: ignore[misc]  # geopy has no types
    """geopy's own adapter; follows no redirect (it would carry the key away), reads no flood."""

    def __init__(self, *, proxies: Any, ssl_context: Any) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self.urlopen = build_opener(
            HTTPSHandler(context=ssl_context), ProxyHandler(_normalize_proxies(proxies)), _Stay()
        ).open

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        """Return the body of an answer.

        Raises
        ------
        geopy.exc.GeocoderServiceError
            None came, or not in time, or not whole; a status that is no success is
            :class:`geopy.adapters.AdapterHTTPError`.
        """
        try:
            return str(super().get_text(url, timeout=timeout, headers=headers))
        except UnicodeError:  # an address that no server has
            raise GeocoderUnavailable("not an address") from None

    def _decode_page(self, page: Any) -> str:
        try:
            body = _read(page, time.monotonic() + WHOLE_S)
        except TimeoutError:
            raise GeocoderTimedOut("stopped half way") from None
        except (OSError, HTTPException):
            raise GeocoderServiceError("the answer broke off") from None
        try:
            return body.decode(page.headers.get_content_charset() or "utf-8")
        except (LookupError, UnicodeDecodeError):
            raise GeocoderParseError("unknown characters") from None


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Return no further request: a redirect is an answer that is no success."""


def _read(page: Any, deadline: float) -> bytes:
    parts: list[bytes] = []
    while chunk := page.read(_CHUNK):
        parts.append(chunk)
        if sum(map(len, parts)) > MAX_BYTES:
            raise OSError("too large")
        if time.monotonic() > deadline:
            raise TimeoutError
    return b"".join(parts)


class Guarded(BaseSyncAdapter):  # type: ignore[misc]
    """An adapter that puts the key into the address it sends, and into nothing it says."""

    def __init__(self, inner: Any, key: str) -> None:
        if not isinstance(inner, BaseSyncAdapter):
            raise ConfigurationError("only synchronous adapters of geopy are supported")
        self._inner, self._key = inner, key

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        """Return the parsed answer; see :meth:`get_text`."""
        return self._call("get_json", url, timeout=timeout, headers=headers)

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        """Return the body of an answer; an error tells its kind or status and nothing else."""
        return self._call("get_text", url, timeout=timeout, headers=headers)

    def _call(self, verb: str, url: str, **options: Any) -> Any:
        try:
            return getattr(self._inner, verb)(self._with_key(url), **options)
        except AdapterHTTPError as error:
            wait = {k: v for k, v in error.headers.items() if k.lower() == "retry-after"}
            said: Exception = AdapterHTTPError(
                f"HTTP status {error.status_code}", status_code=error.status_code,
                headers={k.lower(): v for k, v in wait.items()}, text=None,
            )  # fmt: skip
        except GeopyError as error:
            known = next((kind for kind in _WORDS if isinstance(error, kind)), None)
            said = known(_WORDS[known]) if known else GeocoderServiceError("no answer")
        raise said  # outside the handler: the first error, which has the address, stays behind

    def _with_key(self, url: str) -> str:
        return url.replace(KEY_HERE, quote(self._key, safe=""))

    def __exit__(self, *left: Any) -> None:
        self._inner.__exit__(*left)
