"""Where the templates of pages and layers are, and how they are read."""

from __future__ import annotations

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from geomap.files.shipped import find_shipped

TEMPLATES = find_shipped("templates")

#: Everything printed is escaped, and a name that nobody gave is an error.
ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
