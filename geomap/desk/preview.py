"""The built map, shown from a port of its own: what runs on its pages cannot reach the desk."""

from __future__ import annotations

import secrets
from pathlib import Path

from flask import Flask, Response, abort, request, send_from_directory

from geomap.desk.guard import HOST


def make_preview(site: Path, port: int) -> tuple[Flask, str]:
    """Return the application that serves a site below a secret address, and that address."""
    key = secrets.token_urlsafe(24)
    app = Flask("geomap.preview", static_folder=None, template_folder=None)

    @app.get(f"/{key}/<path:name>")
    def file(name: str) -> Response:
        if request.host != f"{HOST}:{port}":
            abort(403)
        answer = send_from_directory(site.absolute(), name)
        answer.headers["Cache-Control"] = "no-cache"
        answer.headers["X-Frame-Options"] = "DENY"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer

    return app, f"http://{HOST}:{port}/{key}"
