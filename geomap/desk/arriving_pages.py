"""Files and pasted words: kept, looked at, and taken in only when the clerk says so."""

from __future__ import annotations

from collections import Counter

from flask import Flask, Response, abort, request
from werkzeug.wrappers import Response as Answer

from geomap.commands.add import report_intake
from geomap.commands.messages import call
from geomap.desk.desk import Desk
from geomap.desk.drafts import Arrival
from geomap.desk.rows import preview_lines
from geomap.desk.show import go, show
from geomap.model.labels import shipped_texts
from geomap.pipeline.arrive import folder_version, take_paths
from geomap.store.lock import lock_tables

#: Lines of a preview that are shown; the report below them has more.
_SHOWN = 500


def add_routes(app: Flask, desk: Desk) -> None:
    """Add the pages to the application."""

    @app.post("/arrive")
    def arrive() -> Answer:
        sent = [(file.filename or "", file.read()) for file in request.files.getlist("files")]
        given = [(name, content) for name, content in sent if name]
        pasted = request.form.get("pasted", "").strip()
        now = desk.now()
        if pasted:
            given.append((f"粘贴-{now:%Y%m%d-%H%M%S}.txt", f"{pasted}\n".encode()))
        if not given:
            desk.said.append(
                desk.say("没有选文件，也没有粘贴文字", "no file was chosen, no text pasted")
            )
            return go("/")
        return go(f"/arrived/{desk.drafts.take(f'{now:%Y%m%d%H%M%S%f}', given).id}")

    @app.get("/arrived/<name>")
    def arrived(name: str) -> Response:
        arrival = _find(desk, name)
        preview = desk.preview(arrival.id, arrival.paths)
        lines = preview_lines(preview.taken, desk.lang)
        return show(
            desk, "arrived",
            arrival=arrival,
            version=preview.version,
            lines=lines[:_SHOWN],
            more=max(0, len(lines) - _SHOWN),
            tally=Counter(line.mark for line in lines),
            marks={mark: call(desk.lang, "mark", mark) for mark in shipped_texts()["mark"]},
            report="\n".join(report_intake(desk.lang, preview.taken)),
        )  # fmt: skip

    @app.post("/arrived/<name>/accept")
    def accept(name: str) -> Answer:
        arrival = _find(desk, name)
        with lock_tables(desk.geodata.root):
            if folder_version(desk.geodata) != request.form.get("version"):
                desk.said.append(_changed_meanwhile(desk))
                return go(f"/arrived/{arrival.id}")
            taken = take_paths(arrival.paths, desk.geodata)
        desk.drafts.put_away(arrival)
        # The lines that count; what each cell became was on the preview.
        counts = [line for line in report_intake(desk.lang, taken) if not line.startswith(" ")]
        desk.said.extend([desk.say("已收下。", "Taken."), *counts][:4])
        return go("/")

    @app.post("/arrived/<name>/refuse")
    def refuse(name: str) -> Answer:
        arrival = _find(desk, name)
        desk.drafts.put_away(arrival)
        desk.said.append(desk.say(f"没有收下：{arrival.names}", f"not taken: {arrival.names}"))
        return go("/")


def _find(desk: Desk, name: str) -> Arrival:
    arrival = desk.drafts.arrival(name)
    if arrival is None:
        abort(404)
    return arrival


def _changed_meanwhile(desk: Desk) -> str:
    return desk.say(
        "刚才另一个窗口改过台账，什么也没有写；下面是按新台账重新算的，看过再收下",
        "another window changed the ledger meanwhile; nothing was written; this is the new preview",
    )
