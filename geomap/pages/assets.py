"""What a page needs beside itself: Leaflet from its package, and our own scripts and styles."""

from __future__ import annotations

from pathlib import Path

import shapely
from xstatic.pkg import leaflet

from geomap.places.outline import CHINA, read_outline
from geomap.static_site.json_text import data_script
from geomap.static_site.page_templates import TEMPLATES
from geomap.static_site.styles import strip_source_map
from geomap.wire import encode_rings
from geomap.wire.rings import quantise

_LEAFLET = Path(leaflet.BASE_DIR)
_LEAFLET_FILES = ("leaflet.js", "leaflet.css", "images/layers.png", "images/layers-2x.png")

#: What every page of ours loads: start-up, language switch, map, and the common look.
COMMON = ("frame.js", "gcj02.js", "base.css", "icon.svg")
#: China's outline has two decimals.
_OUTLINE_SCALE = 100


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
    return assets | {"assets/china.js": _draw_china()}


def _draw_china() -> bytes:
    """Where the shift of GCJ-02 applies, for gcj02.js; it is never drawn."""
    rings = [
        ring for part in read_outline(CHINA).geoms for ring in (part.exterior, *part.interiors)
    ]
    whole = (quantise(shapely.get_coordinates(ring)[:-1], _OUTLINE_SCALE) for ring in rings)
    return data_script("china", {"scale": _OUTLINE_SCALE, "rings": encode_rings(whole)})


def _find(name: str) -> Path:
    """A file of ours: what both pages use lies in ``shared``."""
    shared = TEMPLATES / "shared" / name
    return shared if shared.exists() else TEMPLATES / "app" / name
