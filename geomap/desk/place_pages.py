"""Where is the door? Clicked on our own map, pasted from any map app, or known to nobody."""

from __future__ import annotations

import math

from flask import Flask, Response, jsonify, request
from werkzeug.wrappers import Response as Answer

from geomap.arriving.pasted import read_pasted
from geomap.commands.messages import explain_error, format_message
from geomap.desk.around import area_of, draw_around
from geomap.desk.desk import Desk
from geomap.desk.guard import add_headers
from geomap.desk.show import go, show
from geomap.model.records import InputError, Skip
from geomap.pages.page_map import draw_map
from geomap.pages.tiles import tile_hosts
from geomap.pipeline.edit_station import Opened, check_cells, open_station, point_cells
from geomap.pipeline.survey import NOBODY_KNOWS
from geomap.places.datum import Datum

#: What a place that is wrong in the ledger would be: asked about before it is saved.
_GRAVE = ("outside-district", "point-foreign", "point-sea")
#: Where coordinates are copied from, as a clerk says it, and the word that goes into the ledger.
APPS = {"手机": "Phone", "高德": "AMap", "腾讯": "Tencent", "百度": "Baidu", "天地图": "Tianditu"}
#: What may be typed, or be set by a click.
_TYPED = ("pasted", "datum", "lon", "lat", "uncertainty_m")
_WORDS = {Datum.WGS84: "手机", Datum.GCJ02: "高德", Datum.BD09: "百度"}


def add_routes(app: Flask, desk: Desk) -> None:
    """Add the pages to the application."""

    @app.get("/around/<station>")
    def around(station: str) -> Response:
        return jsonify(draw_around(desk.survey(), desk.reference, station))

    @app.get("/place/<station>")
    def place(station: str) -> Response:
        return _ask(desk, station, {})

    @app.post("/place/<station>")
    def answer(station: str) -> Response | Answer:
        typed = dict(request.form.items())
        try:
            told = _save(desk, station, typed)
        except InputError as error:
            kept = {key: typed.get(key, "") for key in _TYPED}
            desk.drafts.keep_form(f"place-{station}", kept)
            return _ask(desk, station, typed, fault=explain_error(desk.lang, error))
        if isinstance(told, tuple):
            return _ask(desk, station, typed, doubts=told)
        desk.drafts.drop_form(f"place-{station}")
        desk.said.append(told)
        return go(_next(desk, station))


def _save(desk: Desk, station: str, typed: dict[str, str]) -> str | tuple[Skip, ...]:
    """Write the answer down; return what is to be said, or what has to be confirmed first."""
    reference = desk.reference
    opened = open_station(station, reference)
    name = opened.cells["name"]
    refuse_changed(opened, typed.get("version", ""))
    if "nobody" in typed:
        source = f"{desk.signature} {NOBODY_KNOWS}"
        desk.save(opened, {}, source)
        return desk.say(f"记下了：{name}，位置没人知道", f"noted: nobody knows where {name} is")
    cells, source = _point(desk, typed)
    if "confirmed" not in typed:
        doubts = check_cells({**opened.cells, **cells}, reference)
        if grave := tuple(doubt for doubt in doubts if doubt.code in _GRAVE):
            return grave
    desk.save(opened, cells, source)
    return desk.say(f"已存：{name}", f"saved: {name}")


def refuse_changed(opened: Opened, version: str) -> None:
    """Raise InputError where a station is no longer what its form was opened with."""
    if opened.version != version:
        raise InputError(
            "another window changed this station", code="station-changed",
            where=opened.cells["name"],
        )  # fmt: skip


def _point(desk: Desk, typed: dict[str, str]) -> tuple[dict[str, str], str]:
    """Return the cells of the point that was given, and the source that says so."""
    if typed.get("pasted", "").strip():
        read = read_pasted(typed["pasted"])
        said = typed.get("datum") or (_WORDS[Datum(read.datum)] if read.datum else "")
        if not said:
            raise InputError("choose where the point is copied from", code="datum-needed")
        datum = "" if said == "unknown" else said
        cells = point_cells(read.lon, read.lat, datum)
        return cells, f"{desk.signature} 坐标（{datum or '来源不明'}）"
    if typed.get("lon") and typed.get("lat"):
        unsure = typed.get("uncertainty_m", "")
        cells = point_cells(typed["lon"], typed["lat"], "wgs84", unsure)
        return cells, f"{desk.signature} 在图上点的"
    raise InputError("click the door, or paste a point", code="paste-no-point")


def _next(desk: Desk, station: str) -> str:
    """Return the page of the next station that somebody should look at."""
    left = (each for each in desk.survey().doubts if not each.asked)
    after = next((each.station_id for each in left if each.station_id != station), "")
    return f"/place/{after}" if after else "/doubts"


def _ask(
    desk: Desk, station: str, typed: dict[str, str], *,
    fault: str = "", doubts: tuple[Skip, ...] = (),
) -> Response:  # fmt: skip
    reference = desk.reference
    survey = desk.survey()
    opened = open_station(station, reference)
    area = area_of(survey, reference, station)
    kept = desk.drafts.form(f"place-{station}")
    drawn = draw_map(area.bounds, reference.settings)
    page = show(
        desk, "place", 409 if fault else 200,
        station=station,
        opened=opened,
        version=opened.version,
        here=area,
        unsure_km=None if math.isinf(area.uncertainty_m) else area.uncertainty_m / 1000,
        typed={name: (typed or kept).get(name, "") for name in _TYPED},
        fault=fault,
        doubts=[format_message(desk.lang, doubt) for doubt in doubts],
        apps={word: desk.say(word, english) for word, english in APPS.items()},
        map_html=drawn.html("/assets"),
        has_tiles=bool(drawn.tiles),
    )  # fmt: skip
    return add_headers(page, " ".join(tile_hosts(drawn.tiles)))
