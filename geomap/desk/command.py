"""desk: open the clerk's window in the browser of this machine."""

from __future__ import annotations

import argparse
import logging
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.commands.command import Command, geodata_option
from geomap.commands.messages import say

if TYPE_CHECKING:
    from werkzeug.serving import BaseWSGIServer


def _options(parser: argparse.ArgumentParser) -> None:
    geodata_option(parser)
    parser.add_argument(
        "--port", type=int, default=0, metavar="N", help="port on 127.0.0.1; without it a free one"
    )
    parser.add_argument(
        "--site", type=Path, default=Path("site"), metavar="DIR",
        help="where the map is built, replaced whole",
    )  # fmt: skip
    parser.add_argument(
        "--no-browser", action="store_true", help="print the address only, open no browser"
    )


def _run(chosen: argparse.Namespace) -> int:
    server, address = make_server(chosen.geodata, chosen.site, chosen.port, chosen.lang)
    print(say(chosen.lang, "desk", address=address), flush=True)
    if not chosen.no_browser:
        webbrowser.open(address)
    with server.socket:
        server.serve_forever()
    return 0


def make_server(
    geodata: Path, site: Path, port: int = 0, lang: str = "zh"
) -> tuple[BaseWSGIServer, str]:
    """Return a server that is bound and not started, and the address that opens it.

    Raises
    ------
    InputError
        The folder cannot be written in.
    """
    from werkzeug.serving import WSGIRequestHandler
    from werkzeug.serving import make_server as bind

    from geomap.desk.app import make_app
    from geomap.desk.desk import Desk
    from geomap.desk.guard import HOST, Guard
    from geomap.pipeline.arrive import writable_folder

    class Quiet(WSGIRequestHandler):
        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Say nothing: the opened address holds the key."""

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    desk = Desk(writable_folder(geodata), site, lang)
    server = bind(HOST, port, lambda *_: [], threaded=True, request_handler=Quiet)
    guard = Guard(server.server_port)
    server.app = make_app(desk, guard)
    return server, f"{guard.origin}/?key={guard.key}"


COMMAND = Command(
    "open the clerk's window in the browser of this machine",
    "desk --geodata my-city",
    _options,
    _run,
)
