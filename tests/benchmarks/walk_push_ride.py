"""Where the riders' page sends somebody, against a search that knows nothing of ours.

usage: python tests/benchmarks/walk_push_ride.py [STARTS [STATIONS]]      (default 1000 300)

Jinan's streets (../shared), stations and starts beside them at random. The reference reads the
lines itself and searches with networkx: 15 km/h with the signs, 4 km/h against them and off the
streets. What the page recommends, once it has found its ways, is measured by the reference.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import shapely
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from geomap.pages.rider import draw_rider
from geomap.pipeline.streets import take_streets
from geomap.roads import read_roads
from tests.browser.conftest import _FLAGS, find_chromium
from tests.browser.sites import Site, wait_until
from tests.rider_editions import make_rider_edition, make_row

ROADS = Path(__file__).parents[3] / "shared" / "data" / "roads" / "jinan.parquet"
METRES = 32650
RIDE_M_MIN, PUSH_M_MIN = 15_000 / 60, 4_000 / 60
MIDDLE, SPREAD_M = (117.02, 36.66), 6000.0
#: Noon of a day on which two thirds of the stations are open.
NOON = "2026-11-20T04:00:00Z"
HOURS = ("Mo-Su 07:30-19:30", "24/7", "Mo-Su 18:00-22:00")


class Reference:
    """The lines as a graph of minutes, and of metres walked, by networkx."""

    def __init__(self, roads: gpd.GeoDataFrame) -> None:
        usable = roads[~roads["highway"].isin(("motorway", "motorway_link"))]
        self.lines = usable.to_crs(METRES).geometry.to_numpy()
        self.tree = shapely.STRtree(self.lines)
        ends = shapely.get_coordinates(usable.geometry.to_numpy()).round(7)
        begin = np.r_[0, np.cumsum(shapely.get_num_coordinates(self.lines))]
        self.ends = [(tuple(ends[a]), tuple(ends[b - 1])) for a, b in itertools.pairwise(begin)]
        self.graph = nx.DiGraph()
        for (tail, head), line in zip(self.ends, self.lines, strict=True):
            self._add(tail, head, line.length, RIDE_M_MIN)
            self._add(head, tail, line.length, PUSH_M_MIN)

    def _add(self, tail: object, head: object, metres: float, speed: float) -> None:
        known = self.graph.get_edge_data(tail, head, {"minutes": np.inf, "metres": np.inf})
        if metres / speed < known["minutes"]:
            self.graph.add_edge(tail, head, minutes=metres / speed, metres=metres)

    def join(self, name: str, place: shapely.Point, leaves: bool) -> None:
        """Tie a place to its nearest line, rider (leaves) or station."""
        i = int(self.tree.nearest(place))
        line, (tail, head) = self.lines[i], self.ends[i]
        at, off = line.project(place), line.distance(place) / PUSH_M_MIN
        back = RIDE_M_MIN if self._twins(i) else PUSH_M_MIN
        ties = [(head, line.length - at, RIDE_M_MIN), (tail, at, back)] if leaves else [
            (tail, at, RIDE_M_MIN), (head, line.length - at, back)]  # fmt: skip
        for node, metres, speed in ties:
            pair = (name, node) if leaves else (node, name)
            self.graph.add_edge(*pair, minutes=metres / speed + off, metres=metres)

    def _twins(self, i: int) -> list[int]:
        """The same street drawn the other way: it is two-way."""
        tail, head = self.ends[i]
        return [j for j in self.tree.query(self.lines[i], "covers") if self.ends[j] == (head, tail)]

    def straight(self, name: str, place: shapely.Point, others: dict[str, shapely.Point]) -> None:
        """Two on one line need no junction."""
        i = int(self.tree.nearest(place))
        for other, there in others.items():
            if int(self.tree.nearest(there)) in (i, *self._twins(i)):
                ahead = self.lines[i].project(there) - self.lines[i].project(place)
                speed = RIDE_M_MIN if ahead >= 0 or self._twins(i) else PUSH_M_MIN
                off = (self.lines[i].distance(place) + self.lines[i].distance(there)) / PUSH_M_MIN
                self.graph.add_edge(
                    name, other, minutes=abs(ahead) / speed + off, metres=abs(ahead)
                )


def scatter(roads: gpd.GeoDataFrame, count: int, seed: int) -> np.ndarray:
    """Places at most 40 m beside streets of the middle of the city, WGS-84."""
    chance = np.random.default_rng(seed)
    lines = roads.to_crs(METRES).geometry
    middle = gpd.GeoSeries([shapely.Point(MIDDLE)], crs=4326).to_crs(METRES)[0]
    near = lines[lines.distance(middle) < SPREAD_M].to_numpy()
    chosen = chance.choice(near, count, p=shapely.length(near) / shapely.length(near).sum())
    at = shapely.line_interpolate_point(chosen, chance.random(count), normalized=True)
    places = shapely.get_coordinates(at) + chance.uniform(-28, 28, (count, 2))
    degrees = gpd.GeoSeries(shapely.points(places), crs=METRES).to_crs(4326)
    return np.round(shapely.get_coordinates(degrees.to_numpy()), 6)


def ask(page: Page, starts: np.ndarray) -> Iterator[str]:
    """Stand at each start, and yield whom the page recommends once all its ways are found."""
    for lon, lat in starts.tolist():
        page.evaluate("at => geomap.rider.stand(at[0], at[1], () => '这里', 'tap', 0)", [lon, lat])
        quiet = 0
        while quiet < 3:
            page.wait_for_timeout(40)
            quiet = 0 if page.evaluate("geomap.guide.isBusy") else quiet + 1
        yield page.evaluate(
            "(document.querySelector('[data-recommended]') || { dataset: {} })"
            ".dataset.recommended || ''"
        )


def measure(reference: Reference, starts: np.ndarray, places: np.ndarray, chosen: list[str],
            is_open: np.ndarray) -> None:  # fmt: skip
    """Print how much longer the recommended ways are, and who is sent past a near door."""
    at = gpd.GeoSeries(gpd.points_from_xy(*places.T), crs=4326).to_crs(METRES)
    stations = {f"S{n}": at[n] for n in range(len(places)) if is_open[n]}
    for name, place in stations.items():
        reference.join(name, place, leaves=False)
    ratios, near_count, past, blocked = [], 0, [], 0
    for start, name in zip(starts, chosen, strict=True):
        here = gpd.GeoSeries([shapely.Point(start)], crs=4326).to_crs(METRES)[0]
        reference.join("rider", here, leaves=True)
        reference.straight("rider", here, stations)
        minutes = nx.single_source_dijkstra_path_length(reference.graph, "rider", 40, "minutes")
        known = {one: minutes[one] for one in stations if one in minutes}
        best = min(known.values(), default=np.inf)
        if name in known:
            ratios.append(known[name] / best)
            if ratios[-1] > 1.2:
                print(f"  {start}: {name} {known[name]:.2f} min, best {best:.2f}")
        elif best <= 10:
            ratios.append(np.inf)
            print(f"  {start}: {name or 'none'} recommended, best {best:.2f} min")
        near = [one for one, place in stations.items() if place.distance(here) <= 300]
        if near:
            near_count += 1
            sent = stations[name].distance(here) if name in stations else np.inf
            metres = nx.single_source_dijkstra_path_length(
                reference.graph.to_undirected(as_view=True), "rider", 600, "metres"
            )
            if sent > 600:
                through = {one: (metres[one], known[one]) for one in near if one in metres}
                past.append(name)
                blocked += not through
                if through:
                    print(f"  sent {sent:.0f} m, {known.get(name, np.inf):.1f} min; past doors "
                          f"(metres through, minutes) {list(through.values())}")  # fmt: skip
        reference.graph.remove_node("rider")
    found = np.array(ratios)
    print(f"{len(found)} starts with an answer; minutes over the best way's: median "
          f"{np.median(found):.3f}, 99 % {np.quantile(found, .99):.3f}, most {found.max():.3f}, "
          f"beyond 1.3: {(found > 1.3).sum()}")  # fmt: skip
    print(f"{near_count} with an open door within 300 m; sent beyond 600 m: {len(past)}, of them "
          f"with no way through within 600 m: {blocked}")  # fmt: skip


def main(start_count: int, station_count: int) -> None:
    roads = gpd.read_parquet(ROADS)
    places, starts = scatter(roads, station_count, 3), scatter(roads, start_count, 4)
    hours = [HOURS[n % 3] for n in range(station_count)]
    rows = [make_row(f"S{n}", f"驿站{n}", opening_hours=hours[n], district_code="370102",
                     city="济南市", province="山东省", district="历下区")
            | {"lon": places[n, 0], "lat": places[n, 1]} for n in range(station_count)]  # fmt: skip
    files = draw_rider(make_rider_edition(rows, streets=take_streets(read_roads(ROADS))))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Site(Path(folder))
        site.write(files)
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=_FLAGS)
        page = browser.new_page()
        page.clock.set_fixed_time(NOON)
        page.goto(f"{site.url}/public/index.html")
        wait_until(page, "geomap.taken.later && geomap.taken.streets")
        chosen = list(ask(page, starts))
        browser.close()
        site.stop()
    is_open = np.array([hours[n] != HOURS[2] for n in range(station_count)])
    measure(Reference(roads), starts, places, chosen, is_open)


if __name__ == "__main__":
    main(*(int(word) for word in (*sys.argv[1:], *("1000", "300")[len(sys.argv) - 1 :])))
