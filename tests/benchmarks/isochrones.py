"""Service areas side by side: ours, the OSMnx recipe and, where installed, Valhalla.

usage: python -m tests.benchmarks.isochrones ROADS [--stations 40] [--metres 2500] [--kerb 100]

ROADS is any road file geomap reads. One run, one network, one table: milliseconds a station, and
the verdict of the judge in tests/roads/judge.py on samples no method has seen; the last column is
how many metres the worst station's area oversteps the kerb. Processor time of this process, so
that other work on the machine counts little. With --ours the peers are left out, to judge many
stations. Valhalla (PyPI pyvalhalla-weekly) is measured when it can be imported.
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

from geomap.roads import Network, minutes_to_nearest, reach_areas, reach_union
from geomap.roads.graphml import read_graphml
from geomap.roads.layers import read_layer
from geomap.roads.osmfile import read_osm
from geomap.roads.readers import say_on_terminal
from geomap.roads.rules import find_profile
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

    def __init__(self, network: Network, metres: float, places: np.ndarray, kerb_m: float) -> None:
        self.network, self.metres, self.kerb_m = network, metres, kerb_m
        self.attachment = network.attach(*places.T)
        self.number = {tuple(place): number for number, place in enumerate(places)}

    def __call__(self, lon: float, lat: float) -> shapely.Geometry:
        here = self.attachment.take(np.array([self.number[lon, lat]]))
        return reach_areas(self.network, here, self.metres, kerb_m=self.kerb_m)[0]


class Recipe:
    """OSMnx's: nearest node, ego_graph by distance, whole edges buffered by 25 m, dissolved.

    As people write it, with GeoPandas' buffers (16 segments a quarter circle). The graph is turned
    round beforehand, as riders go to the station; turning the area to degrees is off the clock.
    """

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

    def nearest(self, lon: float, lat: float) -> tuple[float, float]:
        """Return the node nearest to a station (off the clock)."""
        here = gpd.GeoSeries([shapely.Point(lon, lat)], crs="EPSG:4326").to_crs(self.crs)[0]
        return tuple(self.nodes[np.argmin(np.hypot(*(self.nodes - (here.x, here.y)).T))])

    def __call__(self, lon: float, lat: float) -> gpd.GeoSeries:
        reached = nx.ego_graph(self.graph, self.start, radius=self.metres, distance="m")
        shapes = [facts["geometry"] for _, _, facts in reached.edges(data=True)]
        lines = gpd.GeoSeries(shapes, crs=self.crs)
        area = lines.buffer(25).union_all() if len(lines) else shapely.Polygon()
        return gpd.GeoSeries([area], crs=self.crs)

    def prepare(self, lon: float, lat: float) -> None:
        """Snap the station, off the clock."""
        self.start = self.nearest(lon, lat)


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


def measure(
    name: str, method: Method, judge: Judge, places: np.ndarray, chosen: argparse.Namespace
) -> np.ndarray:
    """Print one row of the table and return the milliseconds of each station."""
    taken, verdicts = [], []
    for lon, lat in (places[0], *places):
        if isinstance(method, Recipe):
            method.prepare(lon, lat)
        milliseconds, area = timed(lambda lon=lon, lat=lat: method(lon, lat))
        taken.append(milliseconds)
        if len(taken) > 1:
            shape = shapely.make_valid(as_shape(area))
            verdicts.append(judge.judge(shape, lon, lat, chosen.metres, chosen.kerb))
    # The first station is asked twice: the first call of all is no measurement.
    print_row(name, taken[1:], verdicts)
    return np.array(taken[1:])


def as_shape(area: object) -> shapely.Geometry:
    """Return what a method gave as one shape in degrees."""
    if isinstance(area, gpd.GeoSeries):
        return area.to_crs("EPSG:4326")[0]
    return area if isinstance(area, shapely.Geometry) else valhalla_peer.read_answer(area)


def print_row(name: str, taken: list[float], verdicts: list[Verdict]) -> None:
    """Print one row: median, mean and 95th percentile of the time, means of the shares."""
    columns = [[getattr(each, key) for each in verdicts] for key in ("recall", "false", "land")]
    recall, false, land = (np.mean(column) for column in columns)
    far_m = max(each.far_m for each in verdicts)
    print(
        f"{name:18}{np.median(taken):9.2f}{np.mean(taken):9.2f}{np.percentile(taken, 95):9.2f}"
        f"{recall:9.4f}{false:9.4f}{land:9.4f}{far_m:11.1f}"
    )


def read_lines(path: Path) -> tuple[np.ndarray, np.ndarray, Network, float]:
    """Return the drawn lines in the way they may be followed, both ways or not, and the network.

    The judge and the peers take the lines as they are read; only ours takes the network. The last
    is what reading took, in milliseconds.
    """
    profile = find_profile("any" if path.suffix == ".parquet" else "ebike")
    begin = time.process_time()
    if path.suffix == ".pbf":
        streets = read_osm(path, profile, say_on_terminal)
    elif path.suffix == ".graphml":
        streets = read_graphml(path, profile)
    else:
        streets = read_layer(path, profile)[0]
    network = Network.of_streets(streets, profile.name)
    read_ms = 1000 * (time.process_time() - begin)
    places = np.column_stack([streets.lon, streets.lat])
    usable = np.flatnonzero(streets.forward | streets.backward)
    lines = [
        shapely.LineString(places[begin:end] if streets.forward[line] else places[begin:end][::-1])
        for line, begin, end in zip(
            usable, streets.starts[usable], streets.starts[usable + 1], strict=True
        )
    ]
    both_ways = (streets.forward & streets.backward)[usable]
    return np.array(lines, dtype=object), both_ways, network, read_ms


def say_once(network: Network, read_ms: float, kerb_m: float) -> None:
    """Print what is made once per network."""
    land_ms, _ = timed(lambda: network.land(kerb_m).prepare())
    print(
        f"once per network: read and contract {read_ms:.0f} ms, label the land {land_ms:.0f} ms; "
        f"{network.junction_count} junctions, {network.length_km:.0f} km of street"
    )


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


def choose_places(network: Network, count: int) -> np.ndarray:
    """Return stations beside random junctions, (count, 2) degrees."""
    random = np.random.default_rng(11)
    pick = random.integers(0, network.junction_count, count)
    places = np.column_stack([network.edges.junction_lon[pick], network.edges.junction_lat[pick]])
    places += random.normal(0, 3e-4, places.shape)
    return places[network.attach(*places.T).is_on_network]


def judge_ours(
    network: Network, judge: Judge, places: np.ndarray, chosen: argparse.Namespace
) -> tuple[np.ndarray, float]:
    """Print our rows: one station a call, all in one call, and their union."""
    method = Ours(network, chosen.metres, places, chosen.kerb)
    single = measure("ours, one a call", method, judge, places, chosen)
    together_ms, _ = timed(
        lambda: reach_areas(network, method.attachment, chosen.metres, kerb_m=chosen.kerb)
    )
    together = together_ms / len(places)
    print(f"{'ours, all at once':18}{'':9}{together:9.2f}")
    union_ms, areas = timed(
        lambda: reach_union(network, method.attachment, [chosen.metres], kerb_m=chosen.kerb)
    )
    assert isinstance(areas, list)
    verdict = judge.judge(areas[0], *places.T, chosen.metres, chosen.kerb)
    print_row("ours, their union", [union_ms], [verdict])
    return single, together


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("roads", type=Path)
    parser.add_argument("--stations", type=int, default=40)
    parser.add_argument("--metres", type=float, default=2500.0)
    parser.add_argument("--kerb", type=float, default=100.0)
    parser.add_argument("--ours", action="store_true", help="leave the peers out")
    chosen = parser.parse_args()
    lines, both_ways, network, read_ms = read_lines(chosen.roads)
    say_once(network, read_ms, chosen.kerb)
    say_union(network, chosen.metres)
    judge = Judge(lines, both_ways)
    places = choose_places(network, chosen.stations)
    print(
        f"\n{len(places)} stations, {chosen.metres:.0f} m\n{'method':18}{'ms':>9}{'mean':>9}"
        f"{'p95':>9}{'recall':>9}{'false':>9}{'land':>9}{'past kerb m':>13}"
    )
    single, together = judge_ours(network, judge, places, chosen)
    peers = [] if chosen.ours else list_peers(lines, both_ways, chosen.metres)
    for name, method in peers:
        theirs = measure(name, method, judge, places, chosen)
        if not name.startswith("circle"):
            print(
                f"{'':18}ours is {theirs.mean() / single.mean():.1f} times faster one a call "
                f"(medians {np.median(theirs) / np.median(single):.1f}), "
                f"{theirs.mean() / together:.1f} times all at once"
            )


def list_peers(lines: np.ndarray, both_ways: np.ndarray, metres: float) -> list[tuple[str, Method]]:
    """Return what we are measured against."""
    peers: list[tuple[str, Method]] = [
        ("circle R", circle(metres, 1.0)),
        ("circle R / 1.3", circle(metres, 1.3)),
        ("OSMnx recipe", Recipe(lines, both_ways, metres)),
    ]
    if valhalla_peer.is_installed():
        peers.append(("Valhalla", valhalla_peer.Valhalla(lines, both_ways, metres)))
    return peers


if __name__ == "__main__":
    main()
