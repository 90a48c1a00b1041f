"""The map: built, looked at, published through the gate, taken back."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response, jsonify, request
from werkzeug.wrappers import Response as Answer

from geomap.commands.messages import call, say
from geomap.commands.story_report import headline, say_changes
from geomap.desk.desk import Desk
from geomap.desk.show import go, show
from geomap.model.records import InputError, PublishError
from geomap.pipeline.story import read_snapshot
from geomap.stations.answers import read_answers
from geomap.stations.edition_diff import compare
from geomap.store.editions import list_editions
from geomap.store.marker import PUBLICATION, read_marker
from geomap.store.publish import editions_folder, publish_site, undo_publish


def add_routes(app: Flask, desk: Desk) -> None:
    """Add the pages to the application."""

    @app.get("/map")
    def map_page() -> Response:
        folder = _folder(desk)
        settings = desk.reference.settings
        state = desk.building.state()
        current = desk.building.is_current
        return show(
            desk, "map",
            state=state, stage=call(desk.lang, "stage", state.stage), current=current,
            built=(desk.site / "build.json").is_file(), at=desk.preview_at,
            is_open=settings.publish.is_open, folder_to=folder,
            changes=_changes(desk, folder) if current else (),
            has_page=(desk.site / "internal" / "changes.html").is_file(),
            published=_published(folder), editions=list_editions(editions_folder(desk.site))[::-1],
        )  # fmt: skip

    @app.post("/map/build")
    def build() -> Answer:
        desk.building.start()
        return go("/map")

    @app.get("/map/state")
    def state() -> Response:
        now = desk.building.state()
        return jsonify(name=now.name, stage=call(desk.lang, "stage", now.stage))

    @app.post("/map/publish")
    def publish() -> Answer:
        folder = Path(request.form.get("folder", "").strip() or _default(desk))
        desk.drafts.keep_form("publish", {"folder": str(folder)})
        if not desk.building.is_current:
            raise InputError("build the map first", code="map-not-current")
        made = publish_site(desk.site, folder)
        desk.said.append(
            say(desk.lang, "published", folder=folder, edition=made.edition,
                files=made.file_count, kib=made.byte_count // 1024, foreign=made.foreign_count)
        )  # fmt: skip
        return go("/map")

    @app.post("/map/undo")
    def undo() -> Answer:
        folder = _folder(desk)
        number = request.form.get("edition", "")
        chosen = int(number) if number.isdecimal() else None
        back = undo_publish(desk.site, folder, None, chosen)
        desk.said.append(say(desk.lang, "undone", folder=folder, edition=back))
        return go("/map")


def _changes(desk: Desk, folder: Path) -> tuple[str, ...]:
    """Return what publishing would change there: a line with all counts, then each station's.

    None where nothing of ours that can be read is published there.
    """
    if not _published(folder):
        return ()
    try:
        old, new = (read_snapshot(place, public=True) for place in (folder, desk.site))
    except (InputError, ValueError):
        return ()
    story = compare(old, new, read_answers(desk.geodata.root).same)
    return (headline(desk.lang, story), *say_changes(desk.lang, story))


def _default(desk: Desk) -> str:
    site = desk.site.absolute()
    return str(site.with_name(f"{site.name}-published"))


def _folder(desk: Desk) -> Path:
    """Return where the map was published last, else a folder beside the site."""
    return Path(desk.drafts.form("publish").get("folder") or _default(desk))


def _published(folder: Path) -> int:
    """Return the number of the edition that is published; 0 for none."""
    try:
        marker = read_marker(folder, PUBLICATION)
    except PublishError:
        return 0
    return int(marker.content.get("edition", 0)) if marker else 0
