"""publish: copy the public part of a site to a folder, through the gate."""

from __future__ import annotations

import argparse
from pathlib import Path

from geomap.commands.command import Command
from geomap.messages import say
from geomap.store.publish import publish_site, undo_publish


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--site", type=Path, default=Path("site"), metavar="DIR", help="a built site"
    )
    parser.add_argument(
        "--to", type=Path, required=True, metavar="FOLDER", help="where the public part goes"
    )
    parser.add_argument(
        "--undo", action="store_true", help="go back to the publication before, or forth again"
    )


def _run(chosen: argparse.Namespace) -> int:
    if chosen.undo:
        undo_publish(chosen.to)
        print(say(chosen.lang, "undone", folder=chosen.to))
        return 0
    made = publish_site(chosen.site, chosen.to)
    kib = made.byte_count // 1024
    print(say(chosen.lang, "published", folder=chosen.to, files=made.file_count, kib=kib))
    return 0


COMMAND = Command(
    "publish the public part of a built site, whole or not at all",
    "python build_map.py publish --site site --to /srv/www/stations",
    _options,
    _run,
)
