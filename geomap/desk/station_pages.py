"""One station as a form of the ledger's columns: added, corrected, closed."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, request
from werkzeug.wrappers import Response as Answer

from geomap.commands.messages import explain_error, format_message
from geomap.commands.sheet_report import say_pair
from geomap.desk.desk import Desk
from geomap.desk.place_pages import APPS, refuse_changed
from geomap.desk.show import go, show
from geomap.model.labels import shipped_labels
from geomap.model.records import InputError
from geomap.pipeline.edit_station import (
    Opened,
    alike_to,
    check_cells,
    closing_cells,
    new_station,
    open_station,
)
from geomap.sheets.template import CHOICES, HEADINGS
from geomap.stations.duplicates import DuplicatePair

#: Columns of the form, in the order in which a clerk fills them in.
FIELDS = (
    "name", "kind", "status", "access", "province", "city", "district", "township", "address",
    "opening_hours", "facilities", "phone", "opened_on", "closed_on", "verified_on", "note",
    "lon", "lat", "datum", "uncertainty_m",
)  # fmt: skip
_DAYS = ("opened_on", "closed_on", "verified_on")
#: Rows of the list that are shown at once.
_SHOWN = 200


def add_routes(app: Flask, desk: Desk) -> None:
    """Add the pages to the application."""

    @app.get("/stations")
    def stations() -> Response:
        asked = request.args.get("q", "").strip()
        rows = desk.survey().rows
        columns = ["station_id", "name", "province", "city", "district", "township", "address"]
        texts = rows[columns].astype(str).agg(" ".join, axis=1) if len(rows) else rows.name
        found = rows[[all(word in text for word in asked.split()) for text in texts]]
        return show(
            desk, "stations",
            asked=asked, count=len(found), rows=found.head(_SHOWN).to_dict("records"),
            labels=_labels(desk),
        )  # fmt: skip

    @app.get("/station/<station>")
    def station(station: str) -> Response:
        return _form(desk, station, {})

    @app.post("/station/<station>")
    def save(station: str) -> Response | Answer:
        typed = {name: text.strip() for name, text in request.form.items()}
        try:
            answer = _save(desk, station, typed)
        except InputError as error:
            desk.drafts.keep_form(
                f"station-{station}", {name: typed[name] for name in FIELDS if name in typed}
            )
            return _form(desk, station, typed, fault=error)
        if isinstance(answer, tuple):
            return _form(desk, station, typed, doubts=answer)
        desk.drafts.drop_form(f"station-{station}")
        return go(answer)

    @app.post("/station/<station>/close")
    def close(station: str) -> Answer:
        opened = _open(desk, station)
        refuse_changed(opened, request.form.get("version", ""))
        cells = closing_cells(opened, request.form.get("closed_on", ""), request.form["reason"])
        desk.save(opened, cells, f"{desk.signature} 关闭")
        name = opened.cells["name"]
        desk.said.append(desk.say(f"已关闭：{name}（{cells['closed_on']}）", f"closed: {name}"))
        return go("/stations")


def _open(desk: Desk, station: str) -> Opened:
    return new_station() if station == "new" else open_station(station, desk.reference)


def _save(desk: Desk, station: str, typed: dict[str, str]) -> str | tuple[DuplicatePair, ...]:
    """Write the form down; return the page that follows, or what has to be confirmed first."""
    opened = _open(desk, station)
    refuse_changed(opened, typed.get("version", ""))
    cells = {name: _as_written(desk, opened, name, typed[name]) for name in FIELDS if name in typed}
    whole = {**opened.cells, **cells}
    doubts = check_cells(whole, desk.reference)
    if station == "new" and "confirmed" not in typed:
        alike = alike_to(whole, desk.reference)
        if alike:
            return alike
    saved_id = desk.save(opened, cells, desk.signature)
    name = cells.get("name", opened.cells["name"])
    desk.said.append(desk.say(f"已存：{name}", f"saved: {name}"))
    desk.said.extend(format_message(desk.lang, doubt) for doubt in doubts)
    return f"/place/{saved_id}" if not whole["lon"] else "/stations"


def _as_written(desk: Desk, opened: Opened, column: str, text: str) -> str:
    """Return the cell for a chosen key: as it was where that means the same, else a plain word."""
    words = _words(desk, column)
    if not words or text not in words.values():
        return text
    before = opened.cells[column]
    if words.get(before, before) == text:
        return before
    return next((word for word in CHOICES.get(column, ()) if words.get(word) == text), text)


def _words(desk: Desk, column: str) -> dict[str, str]:
    """Return what a ledger may write in a column of keys: word → key."""
    words = desk.reference.vocabulary
    by_column = {"kind": words.kinds, "status": words.statuses, "access": words.access}
    return dict(by_column.get(column, {}))


def _labels(desk: Desk) -> dict[str, dict[str, str]]:
    which = 0 if desk.lang == "zh" else 1
    return {
        column: {key: pair[which] for key, pair in shipped_labels()[column].items()}
        for column in ("kind", "status", "access")
    }


def _form(
    desk: Desk, station: str, typed: dict[str, str], *,
    fault: InputError | None = None, doubts: tuple[DuplicatePair, ...] = (),
) -> Response:  # fmt: skip
    opened = _open(desk, station)
    kept = {} if typed else desk.drafts.form(f"station-{station}")
    values = {**opened.cells, **kept, **{k: v for k, v in typed.items() if k in FIELDS}}
    labels = _labels(desk)
    choices: dict[str, Any] = {}
    for column, called in labels.items():
        words = _words(desk, column)
        values[column] = words.get(values[column], values[column])
        choices[column] = called
    choices["datum"] = {word: desk.say(word, english) for word, english in APPS.items()}
    called = HEADINGS if desk.lang == "zh" else {name: name for name in HEADINGS}
    return show(
        desk, "station", 409 if fault else 200,
        station=station, opened=opened, version=typed.get("version", opened.version),
        fields=FIELDS, days=_DAYS, values=values, choices=choices, called=called,
        kept=bool(kept), today=f"{desk.now():%Y-%m-%d}",
        faults=_faults(desk, fault),
        doubts=[say_pair(desk.lang, pair) for pair in doubts],
    )  # fmt: skip


def _faults(desk: Desk, fault: InputError | None) -> list[tuple[str, str]]:
    """Return column (or "") and words of each fault of a form."""
    if fault is None:
        return []
    if not fault.findings:
        return [("", explain_error(desk.lang, fault))]
    return [(each.column, format_message(desk.lang, each)) for each in fault.findings]
