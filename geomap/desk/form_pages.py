"""What forms ask while they are filled in: keep this, what do these words mean?"""

from __future__ import annotations

import re

from flask import Flask, Response, abort, jsonify, request
from werkzeug.wrappers import Response as Answer

from geomap.arriving.pasted import read_pasted
from geomap.commands.messages import explain_error
from geomap.desk.desk import Desk
from geomap.desk.show import go
from geomap.hours import parse_hours
from geomap.hours.chinese_text import format_hours
from geomap.model.records import InputError
from geomap.places.datum import Datum, convert, parse_datum

_NAME = re.compile(r"[A-Za-z0-9._-]{1,80}")
#: What a form holds beside what was typed.
_OWN_FIELDS = ("token", "version", "confirmed")


def add_routes(app: Flask, desk: Desk) -> None:
    """Add the addresses to the application."""

    @app.post("/draft/<name>")
    def draft(name: str) -> Answer:
        if not _NAME.fullmatch(name):
            abort(404)
        if request.form.get("drop"):
            desk.drafts.drop_form(name)
            return go(request.form.get("back", "/"))
        fields = request.form.items()
        desk.drafts.keep_form(name, {key: text for key, text in fields if key not in _OWN_FIELDS})
        return Response(status=204)

    @app.post("/paste")
    def paste() -> Response:
        """Say where a pasted text points to; ``datum`` is what the clerk chose, where she did."""
        try:
            read = read_pasted(request.form.get("pasted", ""))
        except InputError as error:
            return jsonify(fault=explain_error(desk.lang, error))
        datum = request.form.get("datum") or read.datum
        if not datum or datum == "unknown":
            told = (
                ""
                if datum
                else desk.say(
                    "看到坐标了；请在下面选它是从哪儿抄的",
                    "a point; choose below where it was copied from",
                )
            )
            return jsonify(lon=float(read.lon), lat=float(read.lat), ask=told)
        lon, lat = convert([float(read.lon)], [float(read.lat)], parse_datum(datum), Datum.WGS84)
        return jsonify(lon=float(lon[0]), lat=float(lat[0]), ask="")

    @app.post("/hours")
    def hours() -> Response:
        """Say what hours were understood, in words."""
        read = parse_hours(request.form.get("hours", ""))
        if read is None:
            told = desk.say(
                "没看懂；例：周一至周五 9:00-17:00", "not understood; e.g. Mo-Fr 09:00-17:00"
            )
            return jsonify(fault=told)
        words = format_hours(read.osm) if desk.lang == "zh" else read.osm
        vague = desk.say("（说得不准，图上按“未知”显示）", " (vague: shown as unknown)")
        return jsonify(words=words + (vague if read.vague else ""))
