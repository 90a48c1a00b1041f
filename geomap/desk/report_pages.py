"""What riders reported: shown on no map until a person has looked and said whether it is so."""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.wrappers import Response as Answer

from geomap.desk.desk import Desk
from geomap.desk.show import go, show
from geomap.model.records import InputError
from geomap.pipeline.answer_report import answer_report, open_reports
from geomap.stations.reports import CLAIMS

#: What riders' reports claim, in English.
_ENGLISH = {
    "locked": "said to be locked", "gone": "said to be gone", "hours": "said to have other hours",
    "place": "said to be elsewhere", "facilities": "said to lack facilities",
    "refused": "said to let nobody in", "fine": "said to be all as told",
}  # fmt: skip


def add_routes(app: Flask, desk: Desk) -> None:
    """Add the pages to the application."""

    @app.get("/reports")
    def reports() -> Response:
        rows = desk.survey().rows
        names = dict(zip(rows.station_id, rows.name, strict=True))
        claims = {claim: desk.say(words, _ENGLISH[claim]) for claim, words in CLAIMS.items()}
        return show(desk, "reports", reports=open_reports(desk.geodata), names=names, claims=claims)

    @app.post("/reports")
    def answer_one() -> Answer:
        key = tuple(request.form.get(name, "") for name in ("reported_at", "station_id", "claim"))
        is_so = request.form.get("answer") == "so"
        day = f"{desk.now():%Y-%m-%d}"
        if not answer_report(desk.geodata, key, day if is_so else "", f"{desk.signature} 不属实"):
            raise InputError("answered meanwhile", code="report-answered")
        desk.said.append(desk.say("记下了", "noted"))
        return go("/reports")
