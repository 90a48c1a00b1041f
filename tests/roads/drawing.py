"""Streets drawn as text: what is drawn is built, what is reached is drawn again.

``#`` street, ``S`` street with the station, ``> < ^ v`` one-way street, anything else no street.
Neighbouring street cells are joined; an arrow is left only the way it points and never entered
against it. A cell is `STEP_M` wide, so two streets with one cell between are 300 m apart.
"""

import numpy as np
import shapely

from geomap.roads.network import Network
from geomap.roads.plane import Plane
from geomap.roads.reach import reach_areas
from geomap.roads.streets import Streets

STEP_M = 150.0
PLANE = Plane(117.0, 36.5)
ARROWS = {">": (0, 1), "<": (0, -1), "^": (-1, 0), "v": (1, 0)}


def rows_of(drawing: str) -> list[str]:
    return drawing.strip("\n").split("\n")


def place(row: float, column: float) -> tuple[float, float]:
    """Longitude and latitude of a cell's centre."""
    lon, lat = PLANE.to_degrees(np.array([column * STEP_M]), np.array([-row * STEP_M]))
    return float(lon[0]), float(lat[0])


def may_go(drawing: list[str], start: tuple[int, int], end: tuple[int, int]) -> bool:
    step = (end[0] - start[0], end[1] - start[1])
    here, there = drawing[start[0]][start[1]], drawing[end[0]][end[1]]
    opposite = (-step[0], -step[1])
    return ARROWS.get(here, step) == step and ARROWS.get(there, step) != opposite


def draw_streets(drawing: str) -> tuple[Streets, tuple[float, float]]:
    """Streets of a drawing, one line per pair of neighbours, and where the station is."""
    rows = rows_of(drawing)
    streets = {
        (row, column)
        for row, line in enumerate(rows)
        for column, mark in enumerate(line)
        if mark in "#S><^v"
    }
    lines, directions = [], []
    for row, column in sorted(streets):
        for other in ((row, column + 1), (row + 1, column)):
            if other in streets:
                ways = may_go(rows, (row, column), other), may_go(rows, other, (row, column))
                if any(ways):
                    lines.append([place(row, column), place(*other)])
                    directions.append(ways)
    station = next(cell for cell in streets if rows[cell[0]][cell[1]] == "S")
    return make_streets(lines, directions), place(*station)


def make_streets(lines, directions, node_id=None, afoot=None) -> Streets:
    coords = np.array([point for line in lines for point in line], dtype=float)
    starts = np.cumsum([0, *(len(line) for line in lines)])
    ways = np.array(directions, dtype=bool).reshape(-1, 2)
    return Streets.of(
        coords[:, 0], coords[:, 1], starts, ways[:, 0], ways[:, 1],
        np.full(len(lines), 6, np.uint8), node_id, afoot,
    )  # fmt: skip


def draw_reached(drawing: str, distance_m: float) -> str:
    """The drawing again with # where the middle of a cell is served, . elsewhere."""
    streets, (lon, lat) = draw_streets(drawing)
    network = Network.of_streets(streets)
    attachment = network.attach(np.array([lon]), np.array([lat]))
    area = reach_areas(network, attachment, distance_m)[0]
    return "\n".join(
        "".join(
            "#" if shapely.contains_xy(area, *place(row, column)) else "."
            for column in range(len(line))
        )
        for row, line in enumerate(rows_of(drawing))
    )
