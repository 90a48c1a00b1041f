"""Valhalla on the same lines, for the benchmark alone (PyPI pyvalhalla-weekly, no dependency)."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import osmium
import shapely


def is_installed() -> bool:
    """Whether Valhalla can be imported here."""
    return importlib.util.find_spec("valhalla") is not None


class Valhalla:
    """Isochrones by distance towards the station, generalize 0, on tiles made from the lines."""

    def __init__(self, lines: np.ndarray, both_ways: np.ndarray, metres: float) -> None:
        import valhalla

        self.folder = tempfile.TemporaryDirectory()
        folder = Path(self.folder.name)
        (folder / "tiles").mkdir()
        extract = folder / "lines.osm.pbf"
        write_extract(extract, lines, both_ways)
        config = valhalla.get_config(tile_extract="", tile_dir=str(folder / "tiles"), verbose=False)
        config["service_limits"]["isochrone"]["max_distance_contour"] = 1000
        (folder / "valhalla.json").write_text(json.dumps(config))
        tool = Path(valhalla.PYVALHALLA_DIR) / "bin" / "valhalla_build_tiles"
        subprocess.run(
            [tool, "-c", folder / "valhalla.json", extract], check=True, capture_output=True
        )
        self.actor = valhalla.Actor(str(folder / "valhalla.json"))
        self.metres = metres

    def __call__(self, lon: float, lat: float) -> object:
        """Return Valhalla's own answer; `read_answer` makes a shape of it, off the clock."""
        return self.actor.isochrone(
            {
                "locations": [{"lon": float(lon), "lat": float(lat)}],
                "costing": "auto",
                "costing_options": {"auto": {"shortest": True}},
                "contours": [{"distance": self.metres / 1000}],
                "polygons": True,
                "reverse": True,
                "generalize": 0,
                "denoise": 0,
            }
        )


def read_answer(answer: object) -> shapely.Geometry:
    """Return the area of an answer."""
    facts = json.loads(answer) if isinstance(answer, str) else answer
    shapes = [shapely.geometry.shape(each["geometry"]) for each in facts["features"]]
    return shapely.union_all(shapely.make_valid(shapes))


def write_extract(path: Path, lines: np.ndarray, both_ways: np.ndarray) -> None:
    """Write the lines as an OpenStreetMap extract: same places, one node each."""
    coords, line = shapely.get_coordinates(lines, return_index=True)
    places, node = np.unique(np.round(coords * 1e7).astype(np.int64), axis=0, return_inverse=True)
    starts = np.r_[0, np.cumsum(np.bincount(line))]
    with osmium.SimpleWriter(str(path)) as writer:
        for number, (x, y) in enumerate(places, start=1):
            writer.add_node(
                osmium.osm.mutable.Node(id=number, location=(x / 1e7, y / 1e7), version=1)
            )
        for number in range(len(lines)):
            nodes = (node[starts[number] : starts[number + 1]] + 1).tolist()
            tags = {"highway": "residential", "oneway": "no" if both_ways[number] else "yes"}
            writer.add_way(osmium.osm.mutable.Way(id=number + 1, nodes=nodes, tags=tags, version=1))
