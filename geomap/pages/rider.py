"""The riders' page: nearest, open on arrival, take me there.

The page loads an overview (districts and the first rows); a district's stations are a classic
script of their own, loaded when somebody looks there (:mod:`geomap.static_site.json_text`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from geomap.model.edition import Edition
from geomap.pages.assets import read_assets
from geomap.pages.columns import NOWHERE, draw_photos
from geomap.pages.first_picture import draw_first_pictures
from geomap.pages.first_words import list_cities, say_about, say_example
from geomap.pages.frame import CHINA, Page, draw_page
from geomap.pages.offline import draw_offline
from geomap.pages.overview import FILTER_KINDS
from geomap.pages.page_map import Add, PageMap, draw_map
from geomap.pages.rider_data import Public, draw_values, has_streets, read_public
from geomap.pages.static_list import list_static
from geomap.static_site.json_text import DataFiles, hash_name, write_data

#: Browser code in the order it runs, in two bundles, because every request costs 150 ms: the list
#: and the first picture of the map; and, asked for by it, Leaflet with what a tap may need. A
#: third finds ways by road, where an edition has streets.
FIRST = (
    "frame.js", "wire.js", "places.js", "canvas.js", "clock.js", "hours.js", "columns.js",
    "store.js", "judge.js", "nearest.js", "state.js", "rows.js", "answer.js", "lines.js",
    "clusters.js", "symbols.js", "layer.js", "framing.js", "apart.js", "listing.js", "locate.js",
    "rider.js",
)  # fmt: skip
LATER = (
    "leaflet.js", "china.js", "gcj02.js", "labels.js", "sheet.js", "card.js", "copy.js",
    "handoff.js", "search.js", "search_ground.js", "offline.js",
)  # fmt: skip
#: Asked for at the first touch, for nobody wants it before: a station's own page, a report, a code
#: to show, the union.
SELDOM = ("station.js", "qr.js", "report.js", "union.js")
STREETS = (
    "squares.js", "paths.js", "slices.js", "snap.js", "ways.js", "course.js", "guide.js",
    "base_map.js", "streets.js",
)  # fmt: skip
#: Where the data files and pictures lie: store.js and sw.js ask for them there.
FOLDER = "assets/d"
STYLES = ("leaflet.css", "base.css", "rider.css")
_IMAGE = re.compile(r"url\((?!data:)[^)]*\)")
_COMMENT = re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*\n|^[ \t]+", re.S | re.M)


def draw_rider(edition: Edition, add: Add | None = None) -> dict[str, bytes]:
    """Return path → bytes of the riders' page and all that it loads, below ``public/``.

    Parameters
    ----------
    edition : the built tables; only public rows leave this function.
    add : gets the page's folium map and adds to it; what it adds is public.
    """
    public = read_public(edition)
    page_map = draw_map(_bounds(public.rows), edition.settings, add)
    values = draw_values(public)
    assets = draw_assets(has_streets(public)) | page_map.files
    code = "assets/c" + hash_name(*(part for each in sorted(assets.items()) for part in each))
    data = write_data(values, "overview", FOLDER, public.districts["code"], code)
    files = {f"{code}/{name}": content for name, content in assets.items()} | data.files
    files |= {f"{FOLDER}/{name}": photo for name, photo in draw_photos(edition.photos).items()}
    page = _page(public, data, code, page_map)
    files["index.html"] = draw_page(page, edition.settings, page_map=page_map)
    files |= draw_offline(files, data, code, edition.settings.title)
    return {f"public/{path}": content for path, content in sorted(files.items())}


def draw_assets(has_streets: bool) -> dict[str, bytes]:
    """Return name → bytes of the code's bundles and the icon."""
    files = _read(*FIRST, *LATER, *SELDOM, *STREETS)
    streets = {"streets.js": _join(files, STREETS)} if has_streets else {}
    return {
        "first.js": _join(files, FIRST),
        "rider.js": _join(files, LATER) + b'geomap.take("later", true);\n',
        "seldom.js": _join(files, SELDOM) + b'geomap.take("seldom", true);\n',
        "icon.svg": files["icon.svg"],
        **streets,
    }


def _read(*names: str) -> dict[str, bytes]:
    made = ("leaflet.js", "leaflet.css", "china.js")  # read_assets brings these by itself
    own = sorted({name for name in names if name not in made})
    return {path.removeprefix("assets/"): content for path, content in read_assets(*own).items()}


def draw_style() -> str:
    """Return the style that stands in the page itself.

    Leaflet's style names pictures of controls that this page does not have.
    """
    return _IMAGE.sub("none", _join(_read(*STYLES), STYLES).decode())


def _join(files: Mapping[str, bytes], names: tuple[str, ...]) -> bytes:
    """One file of several; comments that fill their lines stay behind in ours."""
    texts = (files[name].decode().replace("\r\n", "\n") for name in names)
    return "\n".join(
        text if name.startswith("leaflet") else _COMMENT.sub("", text)
        for name, text in zip(names, texts, strict=True)
    ).encode()


def _page(public: Public, data: DataFiles, code: str, page_map: PageMap) -> Page:
    settings, labels = public.edition.settings, public.edition.labels
    bounds = _bounds(public.rows)
    return Page(
        template="rider/page.html.j2",
        title=settings.title,
        description=f"{settings.title}：离您最近的工会驿站、是否开门、怎么去。",
        scripts=(f"{code}/first.js", data.paths["overview"], *page_map.script(code)),
        assets=code,
        bounds=bounds,
        offline=True,
        style=draw_style(),
        words={
            "title": settings.title,
            "rows": list_static(public.first, settings.handoff_max_uncertainty_m, labels),
            "kinds": {kind: labels["kind"][kind] for kind in FILTER_KINDS},
            "has_streets": has_streets(public),
            "road_credit": public.edition.road_credit,
            "pictures": draw_first_pictures(public.rows, public.districts, bounds),
            "edition_date": public.edition.edition_date,
            "about": say_about(public.rows),
            "cities": list_cities(public.districts),
            "example": say_example(public.rows, public.districts),
        },
    )


def _bounds(rows: pd.DataFrame) -> tuple[float, float, float, float]:
    """West, south, east, north of what is placed in a district; with a margin of 1 km."""
    placed = rows[rows["lon"].notna() & rows["code"].ne(NOWHERE)]
    placed = placed if len(placed) else rows[rows["lon"].notna()]
    if placed.empty:
        return CHINA
    lon, lat = placed["lon"], placed["lat"]
    return (lon.min() - 0.01, lat.min() - 0.01, lon.max() + 0.01, lat.max() + 0.01)
