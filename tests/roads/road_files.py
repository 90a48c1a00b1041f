"""A small invented town of streets in every kind of road file."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import osmium
import shapely

#: Lower left corner and width of a block, degrees: an empty spot of the East China Sea's coast.
CORNER, STEP = (121.9, 30.9), 0.002
KINDS = (
    "osm.pbf", "osm", "osm.gz", "graphml", "geojson", "gpkg", "parquet", "shp", "fgb", "zip",
)  # fmt: skip
SHAPE_PARTS = (".shp", ".shx", ".dbf", ".prj")


def write_town(path: Path, size: int = 5) -> Path:
    """Write a grid of ``size`` by ``size`` junctions; the file's name says in which kind."""
    writers = {
        ".osm.pbf": _write_osm, ".osm": _write_osm, ".osm.gz": _write_packed,
        ".graphml": _write_graph, ".zip": _write_zip,
    }  # fmt: skip
    for suffix, write in writers.items():
        if path.name.endswith(suffix):
            write(path, size)
            return path
    layer = gpd.GeoDataFrame(
        [{"highway": "residential", "oneway": oneway} for *_, oneway in _streets(size)],
        geometry=[shapely.LineString([_place(a), _place(b)]) for a, b, _ in _streets(size)],
        crs="EPSG:4326",
    )
    if path.suffix == ".parquet":
        layer.to_parquet(path)
    else:
        layer.to_file(path)
    return path


def _place(node: tuple[int, int]) -> tuple[float, float]:
    return CORNER[0] + node[0] * STEP, CORNER[1] + node[1] * STEP


def _streets(size: int) -> Iterator[tuple[tuple[int, int], tuple[int, int], str]]:
    for x in range(size):
        for y in range(size):
            if x + 1 < size:
                yield (x, y), (x + 1, y), "yes" if y == 1 else "no"
            if y + 1 < size:
                yield (x, y), (x, y + 1), "no"


def _write_osm(path: Path, size: int) -> None:
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for x in range(size):
            for y in range(size):
                node = osmium.osm.mutable.Node(id=x * size + y + 1, location=_place((x, y)))
                writer.add_node(node)
        for number, (a, b, oneway) in enumerate(_streets(size), 1):
            ends = [x * size + y + 1 for x, y in (a, b)]
            tags = {"highway": "residential", "oneway": oneway}
            writer.add_way(osmium.osm.mutable.Way(id=number, nodes=ends, tags=tags))


def _write_packed(path: Path, size: int) -> None:
    plain = path.with_name(f"plain-{path.stem}")
    _write_osm(plain, size)
    path.write_bytes(gzip.compress(plain.read_bytes(), mtime=0))
    plain.unlink()


def _write_graph(path: Path, size: int) -> None:
    keys = "".join(
        f'<key id="{name}" for="{owner}" attr.name="{name}"/>'
        for name, owner in (("x", "node"), ("y", "node"), ("highway", "edge"), ("crs", "graph"))
    )
    nodes = "".join(
        f'<node id="{x}-{y}"><data key="x">{_place((x, y))[0]}</data>'
        f'<data key="y">{_place((x, y))[1]}</data></node>'
        for x in range(size)
        for y in range(size)
    )
    edges = "".join(
        f'<edge source="{a[0]}-{a[1]}" target="{b[0]}-{b[1]}">'
        '<data key="highway">residential</data></edge>'
        for a, b, _ in _streets(size)
    )
    path.write_text(
        f'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{keys}'
        f'<graph edgedefault="undirected"><data key="crs">epsg:4326</data>{nodes}{edges}'
        "</graph></graphml>",
        encoding="utf-8",
    )


def _write_zip(path: Path, size: int) -> None:
    shape = write_town(path.with_suffix(".shp"), size)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for suffix in SHAPE_PARTS:
            part = shape.with_suffix(suffix)
            archive.write(part, part.name)
            part.unlink()
