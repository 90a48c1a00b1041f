"""The first page: how the map stands, what needs a look first, and where files are dropped."""

from __future__ import annotations

from flask import Flask, Response

from geomap.desk.desk import Desk
from geomap.desk.show import show
from geomap.model.counting import roles
from geomap.pipeline.answer_report import open_reports
from geomap.stations.answers import open_lines, read_answers

#: Doubtful places that the first page names; their own page has all.
_SHOWN = 8


def add_routes(app: Flask, desk: Desk) -> None:
    """Add the pages to the application."""

    @app.get("/")
    def start() -> Response:
        survey = desk.survey()
        role = roles(survey.rows).value_counts()
        counts = {name: int(role.get(name, 0)) for name in ("certain", "possible", "planned")}
        counts["closed"] = int(role.get("closed", 0) + role.get("suspended", 0))
        return show(
            desk, "start",
            counts=counts,
            total=len(survey.rows),
            confirmed=int(survey.rows.confirmed.sum()),
            doubts=survey.doubts[:_SHOWN],
            doubt_count=len(survey.doubts),
            reports=len(open_reports(desk.geodata)),
            alike=len(open_lines(read_answers(desk.geodata.root))),
            arrivals=desk.drafts.arrivals(),
        )  # fmt: skip

    @app.get("/doubts")
    def doubts() -> Response:
        return show(desk, "doubts", doubts=desk.survey().doubts)
