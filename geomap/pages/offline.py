"""What makes the page stay: a service worker that keeps an edition, and a web app manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping

from geomap.static_site.json_text import to_json
from geomap.static_site.page_templates import TEMPLATES

#: Search index files are kept with the page when they weigh no more (a town's are 10 KB).
SEARCH_BYTES = 400_000
#: Files of an edition's folder that the page needs whatever it shows.
_ALWAYS = ("overview.js", "readings.js", "ids/0.js", "names.js", "facets.js", "latin.js")


def draw_offline(files: Mapping[str, bytes], mark: str, code: str, title: str) -> dict[str, bytes]:
    """Return ``sw.js`` and ``manifest.webmanifest`` for the page's ``files``.

    Parameters
    ----------
    files : path → bytes below ``public/``, ``index.html`` among them.
    mark : name of the edition; every kept file of an edition lies below ``assets/MARK/``.
    code : folder of the browser code.
    """
    folder = f"assets/{mark}/"
    search = [path for path in files if path.startswith(f"{folder}pairs/")]
    core = [path for path in files if path.startswith(f"{code}/")]
    core += [folder + name for name in _ALWAYS if folder + name in files]
    if sum(len(files[path]) for path in search) <= SEARCH_BYTES:
        core += search
    worker = (TEMPLATES / "app" / "sw.js").read_text(encoding="utf-8")
    head = f"const MARK = {to_json(mark)}, CORE = {to_json(['index.html', *sorted(core)])};\n"
    return {
        "sw.js": (head + worker).encode(),
        "manifest.webmanifest": _manifest(title, f"{code}/icon.svg"),
    }


def _manifest(title: str, icon: str) -> bytes:
    manifest = {
        "name": title,
        "short_name": title[:12],
        "lang": "zh-CN",
        "start_url": "index.html",
        "scope": "./",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#7a1a14",
        "icons": [{"src": icon, "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1).encode()
