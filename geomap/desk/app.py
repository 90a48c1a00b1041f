"""The desk's application: the guard at the door, then one page after another."""

from __future__ import annotations

from flask import Flask, Response, abort, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as Answer

from geomap.commands.messages import format_error
from geomap.desk import (
    arriving_pages,
    form_pages,
    map_pages,
    place_pages,
    report_pages,
    same_pages,
    start_page,
    station_pages,
)
from geomap.desk.desk import Desk
from geomap.desk.guard import Guard, add_headers
from geomap.desk.show import go, show
from geomap.files.limits import MAX_FILE_BYTES
from geomap.model.records import GeomapError, InputError, name_refusal
from geomap.pages.assets import read_assets
from geomap.static_site.page_templates import TEMPLATES

_PAGES = (
    start_page, arriving_pages, form_pages, place_pages, station_pages, report_pages, same_pages,
    map_pages,
)  # fmt: skip
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml",
          ".png": "image/png"}  # fmt: skip


def make_app(desk: Desk, guard: Guard) -> Flask:
    """Return the application of one start."""
    app = Flask("geomap.desk", static_folder=None, template_folder=None)
    app.config["FORM_TOKEN"] = guard.token
    app.config["MAX_CONTENT_LENGTH"] = MAX_FILE_BYTES + 1_000_000
    app.config["MAX_FORM_MEMORY_SIZE"] = 20_000_000
    app.before_request(lambda: _check_request(guard))
    app.after_request(add_headers)
    _answer_errors(app, desk)
    _serve_assets(app)
    for pages in _PAGES:
        pages.add_routes(app, desk)
    return app


def _check_request(guard: Guard) -> Answer | None:
    if guard.is_opening(request):
        answer = go("/")
        assert isinstance(answer, Response)
        return guard.with_cookie(answer)
    if guard.refusal(request):
        abort(403)
    return None


def _answer_errors(app: Flask, desk: Desk) -> None:
    def refused(error: GeomapError) -> Response:
        lines = format_error(desk.lang, error)
        return show(desk, "refusal", 409, lines=lines, back=request.referrer or "/")

    def disk(error: OSError) -> Response:
        fault = InputError(str(error), code=name_refusal(error), where=error.filename or "")
        return refused(fault)

    def wrong(error: HTTPException) -> Response:
        words = {
            403: ("这个窗口已经不是这次打开的了；请关掉它，重新双击打开",
                  "this window is not of this start; close it and start the desk again"),
            404: ("没有这一页", "there is no such page"),
            500: ("程序出错了；台账没有动。重新打开再试，还不行就把黑色窗口里的字发给管地图的人",
                  "the program failed; the ledger is untouched; start again"),
            413: ("文件太大；拆成几份再放进来", "the file is too large; split it"),
        }  # fmt: skip
        code = error.code or 500
        told = desk.say(*words.get(code, ("这个请求看不懂", "this request is not understood")))
        return Response(told, code, mimetype="text/plain")

    app.register_error_handler(GeomapError, refused)
    app.register_error_handler(OSError, disk)
    app.register_error_handler(HTTPException, wrong)


def _serve_assets(app: Flask) -> None:
    assets = read_assets("wire.js", "places.js")
    for path in sorted((TEMPLATES / "desk").glob("*")):
        if path.suffix in _TYPES:
            assets[f"assets/{path.name}"] = path.read_bytes()

    @app.get("/assets/<path:name>")
    def asset(name: str) -> Response:
        content = assets.get(f"assets/{name}")
        if content is None:
            abort(404)
        suffix = name[name.rindex(".") :]
        return Response(content, mimetype=_TYPES[suffix])
