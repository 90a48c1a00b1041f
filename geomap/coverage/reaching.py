"""What of an envelope's areas may reach each district: all that its shares are made from."""

from __future__ import annotations

import numpy as np

from geomap.coverage.clip import Land
from geomap.coverage.layers import Layers
from geomap.coverage.share import find_districts
from geomap.store.kept import hash_shapes


def list_reaching(layers: Layers, land: Land) -> list[bytes]:
    """Return, for each district, the hashes of what may reach it; b"" where nothing does.

    Pieces whose box meets the district's, and the blurred stations near it, each with its kind.
    """
    found: list[list[bytes]] = [[] for _ in range(len(land))]
    whole = layers.whole
    for kind, pieces in enumerate((whole.certain, whole.sure, whole.possible)):
        for part, shapes in enumerate((pieces.whole, pieces.cut)):
            mark, hashes = bytes([kind, part]), hash_shapes(shapes)
            number, district = land.tree.query(shapes)
            for row in np.lexsort((number, district)):
                found[district[row]].append(mark + hashes[number[row]])
    blurred = layers.blurred
    for district, stations in find_districts(blurred, land).items():
        near = blurred.take(stations)
        columns = (near.lon, near.lat, near.uncertainty_m, near.radius_m)
        found[district].append(b"blurred" + np.stack(columns).tobytes())
    return [b"".join(parts) for parts in found]
