"""What a page needs beside itself: Leaflet from its package, and our own scripts and styles."""

from __future__ import annotations

import re
from pathlib import Path

from xstatic.pkg import leaflet

TEMPLATES = Path(__file__).parents[2] / "templates"

_LEAFLET = Path(leaflet.BASE_DIR)
_LEAFLET_FILES = ("leaflet.js", "leaflet.css", "images/layers.png", "images/layers-2x.png")
#: Only a debugger asks for the map file, and then finds nothing.
_SOURCE_MAP = re.compile(rb"\n?//# sourceMappingURL=\S+\s*$")

#: What every page of ours loads: start-up, language switch, map, and the common look.
COMMON = ("frame.js", "gcj02.js", "base.css", "icon.svg")


def read_assets(*own: str) -> dict[str, bytes]:
    """Return path → bytes of Leaflet, :data:`COMMON` and the named files of templates/app.

    Parameters
    ----------
    own : file names below ``templates/app``.

    Returns
    -------
    dict
        Paths begin with ``assets/`` and are relative to the folder of the page.
    """
    assets = {f"assets/{name}": (_LEAFLET / name).read_bytes() for name in _LEAFLET_FILES}
    assets["assets/leaflet.js"] = _SOURCE_MAP.sub(b"\n", assets["assets/leaflet.js"])
    for name in (*COMMON, *own):
        assets[f"assets/{name}"] = (TEMPLATES / "app" / name).read_bytes()
    return assets
