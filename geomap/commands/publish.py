"""publish: copy the public part of a site to a folder, through the gate."""

from __future__ import annotations

import argparse
from pathlib import Path

from geomap.commands.command import Command
from geomap.commands.messages import say
from geomap.store.marker import PUBLICATION, read_marker
from geomap.store.publish import publish_site, undo_publish


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--site", type=Path, default=Path("site"), metavar="DIR", help="a built site"
    )
    parser.add_argument(
        "--to", type=Path, required=True, metavar="FOLDER", help="where the public part goes"
    )
    parser.add_argument(
        "--editions", type=Path, metavar="DIR",
        help="where published editions are kept; SITE.editions without it",
    )  # fmt: skip
    parser.add_argument(
        "--undo", type=int, nargs="?", const=0, metavar="EDITION",
        help="go back to the edition that stood there before, or to the one of that number",
    )  # fmt: skip


def _run(chosen: argparse.Namespace) -> int:
    if chosen.undo is not None:
        number = undo_publish(chosen.site, chosen.to, chosen.editions, chosen.undo)
        print(say(chosen.lang, "undone", folder=chosen.to, edition=number))
    else:
        made = publish_site(chosen.site, chosen.to, chosen.editions)
        print(say(chosen.lang, "published", folder=chosen.to, edition=made.edition,
                  files=made.file_count, kib=made.byte_count // 1024,
                  foreign=made.foreign_count))  # fmt: skip
    earlier = chosen.to.with_name(f"{chosen.to.name}.previous")
    if read_marker(earlier, PUBLICATION):
        print(say(chosen.lang, "previous_reachable", folder=earlier))
    return 0


COMMAND = Command(
    "publish the public part of a built site, whole or not at all",
    "publish --site site --to /srv/www/stations",
    _options,
    _run,
)
