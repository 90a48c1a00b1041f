"""desk: open the clerk's window in the browser of this machine."""

from __future__ import annotations

import argparse
import logging
import os
import socket
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.commands.command import Command, geodata_option, roads_option
from geomap.commands.messages import say
from geomap.model.records import InputError

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
    roads_option(parser)
    parser.add_argument(
        "--no-browser", action="store_true", help="print the address only, open no browser"
    )


def _run(chosen: argparse.Namespace) -> int:
    servers, address = make_servers(
        chosen.geodata, chosen.site, chosen.port, chosen.lang, tuple(chosen.roads)
    )
    print(say(chosen.lang, "desk", address=address), flush=True)
    for server in servers[1:]:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    if not chosen.no_browser:
        webbrowser.open(address)
    servers[0].serve_forever()
    return 0


def make_servers(
    geodata: Path, site: Path, port: int = 0, lang: str = "zh", roads: tuple[Path, ...] = ()
) -> tuple[tuple[BaseWSGIServer, BaseWSGIServer], str]:
    """Return the desk and the preview of its map, bound and not started, and the address to open.

    Raises
    ------
    InputError
        The folder cannot be written in, or the port is taken.
    """
    from werkzeug.serving import WSGIRequestHandler
    from werkzeug.serving import make_server as bind

    from geomap.desk.app import make_app
    from geomap.desk.desk import Desk
    from geomap.desk.guard import HOST, Guard
    from geomap.desk.preview import make_preview
    from geomap.pipeline.arrive import writable_folder

    class Quiet(WSGIRequestHandler):
        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Say nothing: the opened address holds the key."""

    _refuse_busy(HOST, port)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    folder = writable_folder(geodata)
    ours, theirs = (
        bind(HOST, number, lambda *_: [], threaded=True, request_handler=Quiet)
        for number in (port, 0)
    )
    theirs.app, preview_at = make_preview(site, theirs.server_port)
    guard = Guard(ours.server_port)
    ours.app = make_app(Desk(folder, site, lang, roads, preview_at), guard)
    return (ours, theirs), f"{guard.origin}/?key={guard.key}"


def _refuse_busy(host: str, port: int) -> None:
    """Refuse a port that is taken: the server would say so in its own words, and end."""
    with socket.socket() as probe:
        if os.name == "posix":  # elsewhere it would let two programs share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise InputError(
                f"--port {port}: taken by another program; give another one, or none",
                code="port-busy", where=f"--port {port}",
            ) from error  # fmt: skip


COMMAND = Command(
    "open the clerk's window in the browser of this machine",
    "desk --geodata my-city",
    _options,
    _run,
)
