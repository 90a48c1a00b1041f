"""The country around an edition: outlines to know where one is, and every district by its name.

An edition draws and lists the districts that hold something. Who looks for another one is led
there and told what is nearest; who sees the whole edition sees which country it lies in.
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geomap.pages.lookup import list_readings
from geomap.pages.outlines import encode_lines, simplify
from geomap.wire import code, encode_table

#: Degrees: provinces seen as a whole, on one screen.
COARSE = 0.06
#: Parts of a degree that the middle of a district is told in: about a kilometre.
MIDDLE_PARTS = 100
#: An edition within so few degrees is a city's: nobody looks at it from afar.
WIDE_DEGREES = 2.0


def draw_districts(everywhere: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return every district's name, city, province and middle, and how the names are read.

    Parameters
    ----------
    everywhere : ``district_code province city district`` and polygons, EPSG:4326.
    """
    middles = shapely.get_coordinates(shapely.centroid(np.asarray(everywhere.geometry.array)))
    names = everywhere["district"].astype(str)
    table = encode_table(
        len(everywhere),
        texts={"name": list(names)},
        steps={axis: (MIDDLE_PARTS, np.round(middles[:, n] * MIDDLE_PARTS))
               for n, axis in enumerate(("lon", "lat"))},
        codes={name: code(everywhere[name].astype(str)) for name in ("city", "province")},
    )  # fmt: skip
    written = {text for name in ("district", "city") for text in everywhere[name].astype(str)}
    readings = list_readings(sorted(written))
    # Apart, so that two characters of one sound never stand there like somebody's name.
    return {"table": table, "readings": {one: " ".join(readings[one]) for one in readings}}


def draw_country(everywhere: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return the provinces' outlines, simplified together, as :mod:`geomap.pages.outlines` does."""
    coarse = gpd.GeoSeries(simplify(np.asarray(everywhere.geometry.array), COARSE), crs=4326)
    provinces = everywhere["province"].astype(str).to_numpy()
    joined = coarse.groupby(provinces, sort=True).agg(lambda group: group.union_all())
    return encode_lines(simplify(np.asarray(joined.array), 2 * COARSE), 2 * COARSE)
