"""One HTTP request and its answer, or a reason why there is none that gives nothing away."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from typing import Protocol
from urllib.request import (
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from geomap.second_reader.endpoint import is_loopback

#: One try waits this long for the next byte, and this long in all (seconds): models are slow.
STILL_S, WHOLE_S = 60.0, 180.0
#: An answer about one article has a few kilobytes; a larger one is refused unread (bytes).
MAX_BYTES = 2_000_000
_CHUNK = 65_536


class NoAnswerError(Exception):
    """Why nobody answered: ``code`` for the skip, the message for a person.

    Messages are ours throughout: what an endpoint says may repeat the key it was sent.
    ``transient`` says that asking again soon may help, ``final`` that no document will do better.
    """

    def __init__(self, code: str, message: str, *, transient: bool = False, final: bool = False):
        super().__init__(message)
        self.code = code
        self.transient = transient
        self.final = final


@dataclass(frozen=True, slots=True)
class Response:
    """What came back; the names of ``headers`` are in lower case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class Transport(Protocol):
    """Sends one request; :class:`NoAnswerError` is all it may raise."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Response:
        """Return the answer of any status."""
        ...


@dataclass(frozen=True, slots=True)
class HttpTransport:
    """The real one. Redirects are not followed: they would carry key and text elsewhere."""

    still_s: float = STILL_S
    whole_s: float = WHOLE_S
    clock: Callable[[], float] = time.monotonic

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Response:
        """Return the answer of any status.

        Raises
        ------
        NoAnswerError
            ``unreachable``, ``timeout`` or ``too-large``.
        """
        request = Request(url, data=body, headers=dict(headers), method="POST")
        try:
            with _opener(url).open(request, timeout=self.still_s) as response:
                content = self._read(response, self.clock() + self.whole_s)
                named = {name.lower(): value for name, value in response.headers.items()}
                return Response(response.status, named, content)
        except (HTTPException, OSError, UnicodeError) as error:
            raise _explain(error) from None  # the cause may quote the request

    def _read(self, response: HTTPResponse, deadline: float) -> bytes:
        parts: list[bytes] = []
        size = 0
        while chunk := response.read1(_CHUNK):
            parts.append(chunk)
            size += len(chunk)
            if size > MAX_BYTES:
                message = f"the answer is larger than {MAX_BYTES} bytes; it was not read"
                raise NoAnswerError("too-large", message)
            if self.clock() > deadline:
                raise TimeoutError
        return b"".join(parts)


def _opener(url: str) -> OpenerDirector:
    """An opener without redirects and without exceptions for a status; no proxy to ourselves."""
    opener = OpenerDirector()
    for handler in (ProxyHandler({} if is_loopback(url) else None), HTTPHandler(), HTTPSHandler()):
        opener.add_handler(handler)
    return opener


def _explain(error: Exception) -> NoAnswerError:
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return NoAnswerError("timeout", "no answer in time; try again, or take a faster model")
    strerror = reason.strerror if isinstance(reason, OSError) else None
    words = strerror or type(reason).__name__
    message = f"cannot be reached ({words}); check GEOMAP_READER_URL and that it runs"
    return NoAnswerError("unreachable", message, transient=True)
