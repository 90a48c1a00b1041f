"""Whether two rows are one station: asked once, answered by a click, kept for ever."""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.wrappers import Response as Answer

from geomap.commands.messages import call
from geomap.desk.desk import Desk
from geomap.desk.show import go, show
from geomap.model.labels import shipped_texts
from geomap.model.records import InputError
from geomap.stations.answers import answer_pair, open_lines, read_answers, write_answers
from geomap.store.lock import lock_tables


def add_routes(app: Flask, desk: Desk) -> None:
    """Add the pages to the application."""

    @app.get("/same")
    def same() -> Response:
        lines = open_lines(read_answers(desk.geodata.root))
        why = {word: call(desk.lang, "why", word) for word in shipped_texts()["why"]}
        return show(desk, "same", lines=lines, why=why)

    @app.post("/same")
    def answer_same() -> Answer:
        ids = frozenset((request.form.get("station_id", ""), request.form.get("other_id", "")))
        is_same = request.form.get("answer") == "same"
        with lock_tables(desk.geodata.root):
            answers = read_answers(desk.geodata.root)
            asked = (
                frozenset((line["station_id"], line["other_id"])) for line in open_lines(answers)
            )
            if ids not in asked:
                raise InputError("answered meanwhile", code="report-answered")
            write_answers(desk.geodata.root, answer_pair(answers, ids, same=is_same))
        desk.said.append(
            desk.say("记下了：是同一个站", "noted: one station") if is_same
            else desk.say("记下了：是两个站", "noted: two stations")
        )  # fmt: skip
        return go("/same")
