"""Where the network method holds: the land the road files describe."""

from __future__ import annotations

import numpy as np
import shapely
from scipy.ndimage import binary_closing, binary_dilation

from geomap.roads.contour import trace_mask
from geomap.roads.contract import Edges
from geomap.roads.plane import Plane
from geomap.roads.sampling import sample_pieces
from geomap.roads.streets import Floats

#: Squares of the area's grid; a square with a street, and its neighbours, belong to the area.
_SIDE_M = 500.0
#: Land up to twice this far from streets on both sides (a lake, a park, a hill) belongs to it.
_CLOSE_M = 3000.0
#: A country's grid has at most this many squares a side.
_MOST = 2000


def trace_area(
    edges: Edges, plane: Plane, vertex_xy: tuple[Floats, Floats]
) -> shapely.MultiPolygon:
    """Return the land within about 500 m of a street, gaps of up to 6 km closed, WGS-84.

    A station outside lies where the files say nothing, and gets the circle.
    """
    x, y = vertex_xy
    extent = max(float(np.ptp(x)), float(np.ptp(y)))
    side = max(_SIDE_M, extent / _MOST)
    reach = int(np.ceil(_CLOSE_M / side))
    west, south = float(x.min()) - (reach + 3) * side, float(y.min()) - (reach + 3) * side
    columns = int((float(x.max()) - west) / side) + reach + 4
    rows = int((float(y.max()) - south) / side) + reach + 4
    pieces = np.delete(np.arange(len(x)), edges.starts[1:] - 1)
    samples = sample_pieces(edges, vertex_xy, pieces, side / 2)
    taken = np.zeros((rows, columns), dtype=bool)
    taken[((samples.y - south) / side).astype(int), ((samples.x - west) / side).astype(int)] = True
    square = np.ones((3, 3), dtype=bool)
    whole = binary_closing(binary_dilation(taken, square), square, iterations=reach)
    return trace_mask(whole, west, south, side, plane)
