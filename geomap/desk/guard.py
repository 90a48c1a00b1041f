"""Who may ask: the browser that this start opened, from a page of this start, and nobody else.

- *Another computer*: the server listens on 127.0.0.1 only.
- *Another name for this machine* (DNS rebinding): the Host header must be ours.
- *Another program or page*: a key drawn at the start, in the opened address and then in a cookie.
- *A foreign page that sends forms here* (CSRF): Origin must be ours, Sec-Fetch-Site must not say
  otherwise, and every form carries a second token that foreign pages cannot read.
- *What a page may do*: own scripts and styles only, no frame around it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hmac import compare_digest

from flask import Request, Response

from geomap.static_site.policy import write_policy

HOST = "127.0.0.1"
_READING = ("GET", "HEAD")


def _token() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Guard:
    """The secrets of one start: ``key`` opens the desk, ``token`` stands in every form."""

    port: int
    key: str = field(default_factory=_token, repr=False)
    token: str = field(default_factory=_token, repr=False)

    @property
    def origin(self) -> str:
        """Where the desk's own pages come from."""
        return f"http://{HOST}:{self.port}"

    @property
    def cookie(self) -> str:
        """Name of the cookie: browsers share cookies between the ports of a host."""
        return f"desk-{self.port}"

    def refusal(self, request: Request) -> str:
        """Return why a request gets no answer: ``host``, ``key``, ``origin``, ``token``, or ""."""
        if request.host != f"{HOST}:{self.port}":
            return "host"
        if not compare_digest(request.cookies.get(self.cookie, "").encode(), self.key.encode()):
            return "key"
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            return "origin"
        if request.method in _READING:
            return ""
        if request.headers.get("Origin") != self.origin:
            return "origin"
        sent = request.headers.get("X-Desk-Token") or request.form.get("token", "")
        return "" if compare_digest(sent.encode(), self.token.encode()) else "token"

    def is_opening(self, request: Request) -> bool:
        """Whether this is the address that the start opened."""
        given = request.args.get("key", "")
        at_home = request.host == f"{HOST}:{self.port}" and request.path == "/"
        return at_home and compare_digest(given.encode(), self.key.encode())

    def with_cookie(self, response: Response) -> Response:
        """Return the response with the cookie that opens the desk until it stops."""
        response.set_cookie(self.cookie, self.key, httponly=True, samesite="Strict")
        return response


def add_headers(response: Response, pictures: str = "") -> Response:
    """Return the response with what a browser must hold to; ``pictures`` are hosts of tiles."""
    rules = {
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": f"'self' data: {pictures}".strip(),
        "connect-src": "'self'",
        "frame-ancestors": "'none'",
    }
    policy = write_policy(rules).replace("form-action 'none'", "form-action 'self'")
    wanted: Mapping[str, str] = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    for name, value in wanted.items():
        response.headers.setdefault(name, value)
    return response
