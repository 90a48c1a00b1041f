"""What a page needs beside itself: Leaflet from its package, and our own scripts and styles."""

from __future__ import annotations

from pathlib import Path

from xstatic.pkg import leaflet

from geomap.static_site.page_templates import TEMPLATES
from geomap.static_site.styles import strip_source_map

_LEAFLET = Path(leaflet.BASE_DIR)
_LEAFLET_FILES = ("leaflet.js", "leaflet.css", "images/layers.png", "images/layers-2x.png")

#: What every page of ours loads: start-up, language switch, map, and the common look.
COMMON = ("frame.js", "gcj02.js", "base.css", "icon.svg")


def read_assets(*own: str) -> dict[str, bytes]:
    """Return path → bytes of Leaflet, :data:`COMMON` and the named files of templates.

    Parameters
    ----------
    own : file names below ``templates/shared`` or ``templates/app``.

    Returns
    -------
    dict
        Paths begin with ``assets/`` and are relative to the folder of the page.
    """
    assets = {f"assets/{name}": (_LEAFLET / name).read_bytes() for name in _LEAFLET_FILES}
    leaflet_js = assets["assets/leaflet.js"].decode()
    assets["assets/leaflet.js"] = strip_source_map(leaflet_js).encode()
    for name in (*COMMON, *own):
        assets[f"assets/{name}"] = _find(name).read_bytes()
    return assets


def _find(name: str) -> Path:
    """A file of ours: what both pages use lies in ``shared``."""
    shared = TEMPLATES / "shared" / name
    return shared if shared.exists() else TEMPLATES / "app" / name
