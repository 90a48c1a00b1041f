"""A served site that can be stopped and replaced, and a page whose complaints are kept."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, says nothing, and forbids nothing to be kept."""

    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".webmanifest": "application/manifest+json", ".geojson": "application/geo+json",
    }  # fmt: skip

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """A page that is closed reads no further."""
        with contextlib.suppress(ConnectionError):
            super().copyfile(source, outputfile)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


class Site:
    """A site in a folder, and a server that can be stopped and started again at its address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        self._written_s = int(time.time()) - 1_000_000
        self._server: http.server.ThreadingHTTPServer | None = None
        self.start()

    def start(self) -> None:
        handler = functools.partial(_Quiet, directory=str(self.folder))
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def write(self, files: Mapping[str, bytes]) -> None:
        """Replace the whole folder by ``files``, which are newer than any that lay there.

        HTTP dates have whole seconds: of two writes within one, a browser that asks whether a file
        changed would hear "no".
        """
        self._written_s += 10
        for old in self.folder.iterdir():
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        for path, content in files.items():
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            os.utime(target, (self._written_s, self._written_s))

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def file_url(self) -> str:
        return self.folder.as_uri()


def wait_until(page: Page, expression: str, limit_s: float = 15.0) -> None:
    """Wait until an expression holds in the page.

    Playwright's own wait_for_function evaluates the expression anew in the page, which the page's
    policy forbids unless it holds at the first look.
    """
    end = time.monotonic() + limit_s
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never held: {expression}"
        page.wait_for_timeout(50)


class Watched:
    """A page of a context of its own; what the console, the policy or the network says is kept."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.page: Page = context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("requestfailed", lambda request: self.said.append("failed " + request.url))

    def open(self, address: str, ready: str = "#answer:not([hidden])") -> Page:
        """Go to an address and wait until the page has answered."""
        self.page.goto(address)
        self.page.wait_for_selector(ready)
        return self.page
