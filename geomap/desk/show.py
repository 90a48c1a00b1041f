"""A page of the desk as HTML: our templates, in the language of this start."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, redirect
from werkzeug.wrappers import Response as Answer

from geomap.desk.desk import Desk
from geomap.static_site.page_templates import ENVIRONMENT


def show(desk: Desk, template: str, status: int = 200, **facts: Any) -> Response:
    """Return a page; what was to be said is said once."""
    said = [desk.said.popleft() for _ in range(len(desk.said))]
    html = ENVIRONMENT.get_template(f"desk/{template}.html.j2").render(
        t=desk.say, lang=desk.lang, said=said, token=current_app.config["FORM_TOKEN"],
        folder=desk.geodata.root.name, **facts,
    )  # fmt: skip
    return Response(html, status, mimetype="text/html")


def go(path: str) -> Answer:
    """Send the browser to another page of the desk after something was done (POST, then GET)."""
    return redirect(path, 303)
