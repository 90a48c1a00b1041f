"""Service areas side by side: ours, the OSMnx recipe and, where installed, Valhalla.

usage: python -m tests.benchmarks.isochrones EDGES.parquet [--stations 40] [--metres 2500]

EDGES.parquet has directed LineStrings in WGS-84 (a ``oneway`` column that is true everywhere, or
none: then every line is two-way). One run, one network, one table: milliseconds a station, and
the verdict of the judge in tests/roads/judge.py on samples no method has seen. Processor time of
this process, median over the stations, so that other work on the machine counts little. Valhalla
(PyPI pyvalhalla-weekly) is measured when it can be imported.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import shapely

from geomap.roads import Network, minutes_to_nearest, reach_areas, reach_union, read_roads
from geomap.roads.search import remaining_union
from tests.benchmarks import valhalla_peer
from tests.roads.judge import Judge, Verdict

Method = Callable[[float, float], object]


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Milliseconds of processor time, and what the work gave."""
    begin = time.process_time()
    result = work()
    return 1000 * (time.process_time() - begin), result


class Ours:
    """One station at a time; the land is labelled and the stations are attached beforehand."""

    def __init__(self, network: Network, metres: float, places: np.ndarray) -> None:
        self.network, self.metres = network, metres
        attach_ms, self.attachment = timed(lambda: network.attach(*places.T))
        self.number = {tuple(place): number for number, place in enumerate(places)}
        print(f"attaching {len(places)} stations: {attach_ms:.1f} ms in all")

    def __call__(self, lon: float, lat: float) -> shapely.Geometry:
        here = self.attachment.take(np.array([self.number[lon, lat]]))
        return reach_areas(self.network, here, self.metres)[0]


class Recipe:
    """OSMnx's: nearest node, ego_graph by distance, whole edges buffered by 25 m, dissolved."""

    def __init__(self, lines: np.ndarray, both_ways: np.ndarray, metres: float) -> None:
        self.metres = metres
        local = gpd.GeoSeries(lines, crs="EPSG:4326")
        self.crs = local.estimate_utm_crs()
        self.graph = nx.MultiDiGraph()
        for line, both in zip(local.to_crs(self.crs), both_ways, strict=True):
            start, end = line.coords[0], line.coords[-1]
            self.graph.add_edge(end, start, m=line.length, geometry=line)
            if both:
                self.graph.add_edge(start, end, m=line.length, geometry=line)
        self.nodes = np.array(list(self.graph.nodes))

    def __call__(self, lon: float, lat: float) -> shapely.Geometry:
        here = gpd.GeoSeries([shapely.Point(lon, lat)], crs="EPSG:4326").to_crs(self.crs)[0]
        nearest = np.argmin(np.hypot(*(self.nodes - (here.x, here.y)).T))
        node = tuple(self.nodes[nearest])
        reached = nx.ego_graph(self.graph, node, radius=self.metres, distance="m")
        lines = [facts["geometry"] for _, _, facts in reached.edges(data=True)]
        area = shapely.union_all(shapely.buffer(lines, 25)) if lines else shapely.Polygon()
        return gpd.GeoSeries([area], crs=self.crs).to_crs("EPSG:4326")[0]


def circle(metres: float, factor: float) -> Method:
    """The fallback: a geodesic circle."""
    from pyproj import Geod

    geod, steps = Geod(ellps="WGS84"), np.arange(0, 360, 3.0)

    def draw(lon: float, lat: float) -> shapely.Geometry:
        size = len(steps)
        away = np.full(size, metres / factor)
        rim = geod.fwd(np.full(size, lon), np.full(size, lat), steps, away)
        return shapely.Polygon(np.column_stack(rim[:2]))

    return draw


def measure(name: str, method: Method, judge: Judge, places: np.ndarray, metres: float) -> float:
    """Print one row of the table and return the mean milliseconds."""
    method(*places[0])
    taken, verdicts = [], []
    for lon, lat in places:
        milliseconds, area = timed(lambda lon=lon, lat=lat: method(lon, lat))
        taken.append(milliseconds)
        shape = area if isinstance(area, shapely.Geometry) else valhalla_peer.read_answer(area)
        verdicts.append(judge.judge(shapely.make_valid(shape), lon, lat, metres))
    print_row(name, taken, verdicts)
    return float(np.mean(taken))


def print_row(name: str, taken: list[float], verdicts: list[Verdict]) -> None:
    """Print one row: median, mean and 95th percentile of the time, means of the shares."""
    columns = [[getattr(each, key) for each in verdicts] for key in ("recall", "false", "land")]
    recall, false, land = (np.mean(column) for column in columns)
    far_m = max(each.far_m for each in verdicts)
    print(
        f"{name:16}{np.median(taken):9.2f}{np.mean(taken):9.2f}{np.percentile(taken, 95):9.2f}"
        f"{recall:9.4f}{false:9.4f}{land:9.4f}{far_m:9.1f}"
    )


def say_once(path: Path) -> Network:
    """Print what is made once per network."""
    read_ms, network = timed(lambda: read_roads(path, "any"))
    assert isinstance(network, Network)
    land_ms, _ = timed(lambda: network.land().prepare())
    print(
        f"once per network: read and contract {read_ms:.0f} ms, label the land {land_ms:.0f} ms; "
        f"{network.junction_count} junctions, {network.length_km:.0f} km of street"
    )
    return network


def say_union(network: Network, metres: float, count: int = 10_000) -> None:
    """Print what the union of many stations costs."""
    random = np.random.default_rng(3)
    pick = random.integers(0, len(network.edges.lon), count)
    lon = network.edges.lon[pick] + random.normal(0, 3e-4, count)
    lat = network.edges.lat[pick] + random.normal(0, 3e-4, count)
    attach_ms, attachment = timed(lambda: network.attach(lon, lat))
    budget_m = np.full(count, metres)
    search_ms = np.median(
        [timed(lambda: remaining_union(network, attachment, budget_m))[0] for _ in range(5)]
    )
    field_ms, _ = timed(lambda: minutes_to_nearest(network, attachment))
    union_ms, areas = timed(lambda: reach_union(network, attachment, [metres]))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(
        f"union of {count} stations: attach {attach_ms:.0f} ms, search {search_ms:.1f} ms, nearest "
        f"station everywhere {field_ms:.1f} ms, dissolved polygon {union_ms:.0f} ms in all "
        f"({shapely.get_num_coordinates(areas[0])} points), peak memory {peak_mb:.0f} MB"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("edges", type=Path)
    parser.add_argument("--stations", type=int, default=40)
    parser.add_argument("--metres", type=float, default=2500.0)
    chosen = parser.parse_args()
    network = say_once(chosen.edges)
    say_union(network, chosen.metres)
    layer = gpd.read_parquet(chosen.edges)
    lines = layer.geometry.to_numpy()
    both_ways = np.full(len(lines), "oneway" not in layer.columns)
    judge = Judge(lines, both_ways)
    random = np.random.default_rng(11)
    pick = random.integers(0, network.junction_count, chosen.stations)
    places = np.column_stack([network.edges.junction_lon[pick], network.edges.junction_lat[pick]])
    places += random.normal(0, 3e-4, places.shape)
    method = Ours(network, chosen.metres, places)
    print(
        f"\n{'method':16}{'ms':>9}{'mean':>9}{'p95':>9}"
        f"{'recall':>9}{'false':>9}{'land':>9}{'far m':>9}"
    )
    measure("ours, 1 a call", method, judge, places, chosen.metres)
    together_ms, _ = timed(lambda: reach_areas(network, method.attachment, chosen.metres))
    ours = together_ms / len(places)
    print(f"{'ours, all at once':16}{'':8}{ours:9.2f}")
    peers: list[tuple[str, Method]] = [
        ("circle R", circle(chosen.metres, 1.0)),
        ("circle R / 1.3", circle(chosen.metres, 1.3)),
        ("OSMnx recipe", Recipe(lines, both_ways, chosen.metres)),
    ]
    if valhalla_peer.is_installed():
        peers.append(("Valhalla", valhalla_peer.Valhalla(lines, both_ways, chosen.metres)))
    for name, method in peers:
        theirs = measure(name, method, judge, places, chosen.metres)
        if not name.startswith("circle"):
            print(f"{'':16}{'':9}{theirs / ours:9.1f} times ours, all at once")


if __name__ == "__main__":
    main()
