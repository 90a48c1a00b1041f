"""The sea: what invented coasts enclose with the edges of an extract."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import osmium
import pytest
import shapely
from osmium.osm.mutable import Node, Way

from geomap.cli import main
from geomap.ground import list_breaks, read_ground
from geomap.ground.coast import draw_sea
from geomap.pages.base_map import draw_base

Line = list[tuple[float, float]]
#: A box of ten hundredths of a degree, and coasts in hundredths from its south-west corner.
WEST, SOUTH = 120.0, 36.0
BOX = (WEST, SOUTH, WEST + 0.1, SOUTH + 0.1)
#: A shore drawn going east: land is north of it, on its left.
SHORE: Line = [(-1, 5), (4, 6), (11, 5)]
ISLAND: Line = [(2, 2), (4, 2), (4, 3), (2, 3), (2, 2)]
LAKE: Line = [(6, 8), (6, 9), (8, 9), (8, 8), (6, 8)]


def place(line: Line) -> Line:
    return [(round(WEST + x / 100, 7), round(SOUTH + y / 100, 7)) for x, y in line]


def draw(*lines: Line) -> tuple[shapely.Geometry, list[tuple[float, float]]]:
    """Return the sea, and where the coast is broken, in hundredths from the corner."""
    coasts = np.array([shapely.LineString(place(line)) for line in lines], dtype=object)
    sea, breaks = draw_sea(coasts, BOX)
    assert shapely.is_valid(sea).all()
    moved = shapely.transform(shapely.union_all(sea), lambda xy: (xy - (WEST, SOUTH)) * 100)
    at = shapely.get_coordinates(breaks) - (WEST, SOUTH)
    return moved, sorted(map(tuple, (at * 100).round(2).tolist()))


def test_the_sea_is_on_the_right_of_a_coast_and_around_its_islands() -> None:
    sea, breaks = draw(SHORE, ISLAND)
    assert breaks == [] and sea.bounds == pytest.approx((0, 0, 10, 6), abs=1e-6)
    # Half a box below a shore that rises by 0.8 to its top and falls by 0.857; the island is land.
    below = (5.2 + 6) / 2 * 4 + (6 + 5.142857) / 2 * 6
    assert sea.area == pytest.approx(below - 2, abs=1e-4)
    assert not sea.contains(shapely.Point(3, 2.5)) and sea.contains(shapely.Point(1, 1))


def test_a_coast_in_pieces_and_an_inlet_behind_it_are_one_sea() -> None:
    whole, _ = draw(SHORE)
    pieces, breaks = draw(SHORE[1:], SHORE[:2])
    assert breaks == [] and pieces.equals(whole)
    with_inlet, breaks = draw(SHORE, LAKE)  # drawn clockwise: what it encloses is sea
    assert breaks == [] and with_inlet.area == pytest.approx(whole.area + 2, abs=1e-6)


def test_an_island_alone_has_sea_all_around() -> None:
    sea, breaks = draw(ISLAND)
    assert breaks == [] and sea.area == pytest.approx(98, abs=1e-6)


def test_a_coast_that_a_cut_ends_just_within_the_box_is_drawn_on() -> None:
    sea, breaks = draw([(0.3, 5), (9.8, 5)])
    assert breaks == [] and sea.area == pytest.approx(50, abs=0.01)


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ([[(-1, 5), (4, 5)]], [(0, 5)]),  # the piece that ends in the middle
        ([[(-1, 5), (4, 5)], [(11, 5), (4, 5)]], [(2, 5)]),  # the shorter runs the other way
    ],
)
def test_a_broken_coast_is_named_and_no_sea_is_guessed(lines: list[Line], where: Line) -> None:
    sea, breaks = draw(*lines)
    assert sea.is_empty
    assert breaks == where


def test_no_coast_in_the_box_is_no_sea() -> None:
    assert draw([(20, 20), (30, 20)])[0].is_empty


def write_harbour(path: Path, coasts: list[Line], box: bool = True) -> Path:
    """A town of one street above a shore."""
    lines = [({"natural": "coastline"}, place(line)) for line in coasts]
    lines.append(({"highway": "primary", "name": "港湾路"}, place([(1, 8), (9, 8)])))
    header = osmium.io.Header()
    if box:
        header.add_box(osmium.osm.Box(*BOX))
    nodes = {
        at: n + 1 for n, at in enumerate(dict.fromkeys(at for _, line in lines for at in line))
    }
    with osmium.SimpleWriter(str(path), overwrite=True, header=header) as writer:
        for at, number in nodes.items():
            writer.add_node(Node(id=number, location=at, version=1))
        for number, (tags, line) in enumerate(lines):
            refs = [nodes[at] for at in line]
            writer.add_way(Way(id=number + 1, nodes=refs, tags=tags, version=1))
    return path


@pytest.mark.parametrize("has_box", [True, False])
def test_the_sea_of_an_extract_is_water_on_the_base_map(tmp_path: Path, has_box: bool) -> None:
    coast: Line = [(0, 5), (5, 3), (10, 5)]
    ground = read_ground([write_harbour(tmp_path / "a.osm.pbf", [coast], has_box)])
    sea = ground.layer("water")
    assert set(sea.kind) == {"sea"} and set(sea.name) == {""} and list_breaks(ground) == ()
    if has_box:
        assert sea.area_m2[0] == pytest.approx(0.1 * 111_320 * 0.0809 * 0.4 * 111_320, rel=0.01)
    drawn = draw_base(ground.base, np.array(place([(5, 6)])))
    assert sum("water" in file for name, file in drawn.items() if name.startswith("base/13/"))


def test_a_broken_coast_is_a_line_of_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    harbour = write_harbour(tmp_path / "港.osm.pbf", [[(-1, 5), (4, 5)]])
    lon, lat = place([(5, 8)])[0]
    ledger = f"station_id,name,kind,lon,lat\na,驿站,station,{lon},{lat}\n"
    (tmp_path / "stations.csv").write_text(ledger, encoding="utf-8")
    words = ["build", "--geodata", str(tmp_path), "--map", str(harbour)]
    assert main([*words, "--out", str(tmp_path / "site"), "--no-clock"]) == 0
    assert "没有画海" in capsys.readouterr().out
