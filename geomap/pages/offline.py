"""What makes the page stay: a service worker that keeps an edition, and a web app manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping

from geomap.static_site.json_text import DataFiles, to_json
from geomap.static_site.page_templates import TEMPLATES

#: Search index files are kept with the page when they weigh no more (a town's are 10 KB).
SEARCH_BYTES = 400_000
#: Data files that the page needs whatever it shows.
_ALWAYS = ("overview", "readings", "ids/0", "names", "facets", "latin")


def draw_offline(
    files: Mapping[str, bytes], data: DataFiles, code: str, title: str
) -> dict[str, bytes]:
    """Return ``sw.js`` and ``manifest.webmanifest`` for the page's ``files``.

    Parameters
    ----------
    files : path → bytes below ``public/``, ``index.html`` among them.
    data : which of them are the edition's data.
    code : folder of the browser code.
    """
    search = [path for name, path in data.paths.items() if name.startswith("pairs/")]
    core = [path for path in files if path.startswith(f"{code}/")]
    core += [data.paths[name] for name in _ALWAYS if name in data.paths]
    if sum(len(files[path]) for path in search) <= SEARCH_BYTES:
        core += search
    worker = (TEMPLATES / "app" / "sw.js").read_text(encoding="utf-8")
    head = f"const MARK = {to_json(data.mark)}, CORE = {to_json(['index.html', *sorted(core)])};\n"
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
