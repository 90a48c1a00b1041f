"""Coverage: circles on the ellipsoid, shares of districts, and the laws they obey."""

from __future__ import annotations

import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geomap.coverage import Coverage, Envelope, Reached, clip, cover, plane
from geomap.coverage.circles import dissolve_circles, draw_circles, join_pieces
from geomap.coverage.expected import Blurred, lens_share, miss_cells
from geomap.coverage.lattice import lay_lattice, measure_cells
from geomap.coverage.plane import areas_m2, metres_per_degree, shapes_to_plane
from geomap.model.records import InputError

GEOD = Geod(ellps="WGS84")
KILOMETRE = Envelope("km", "1 km", 1000.0, "circle")
RIDE = Envelope("ride", "10 min", 2500.0, "network")
LON, LAT = 116.4, 39.9
EAST, NORTH = (float(value[0]) for value in metres_per_degree(np.array([LAT])))


def at(east_m: float, north_m: float) -> tuple[float, float]:
    """Degrees of a place some metres from the origin of these tests."""
    return LON + east_m / EAST, LAT + north_m / NORTH


def make_stations(*rows: dict[str, object]) -> gpd.GeoDataFrame:
    """Built stations from rows that say only what differs."""
    plain = {
        "kind": "station", "status": "operating", "access": "public", "precision": "exact",
        "uncertainty_m": 0.0, "in_district": True, "east": 0.0, "north": 0.0,
    }  # fmt: skip
    full = [{**plain, "station_id": f"s{number}", **row} for number, row in enumerate(rows)]
    table = pd.DataFrame(full, columns=["station_id", *plain])
    places = [at(row["east"], row["north"]) for row in full]
    points = gpd.points_from_xy([lon for lon, _ in places], [lat for _, lat in places])
    return gpd.GeoDataFrame(table.drop(columns=["east", "north"]), geometry=points, crs=4326)


def make_district(code: str, west: float, south: float, east: float, north: float) -> dict:
    corners = [at(west, south), at(east, south), at(east, north), at(west, north)]
    return {"district_code": code, "geometry": shapely.Polygon(corners)}


def make_districts(*rows: dict) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(list(rows), geometry="geometry", crs=4326)


#: A square of 10 km around the origin, and its neighbour to the east.
SQUARES = make_districts(
    make_district("110101", -5000, -5000, 5000, 5000),
    make_district("110102", 5000, -5000, 15000, 5000),
)
SQUARE_KM2 = 100.0


def shares_of(coverage: Coverage, code: str, envelope: str = "km") -> tuple[float, float, float]:
    row = coverage.shares.loc[code]
    return tuple(row[[f"{envelope}_share_low", f"{envelope}_share", f"{envelope}_share_high"]])


@pytest.mark.parametrize("lat", [0.5, 18.2, 30.0, 40.0, 53.5])
@pytest.mark.parametrize("radius", [769.0, 1923.0, 3205.0, 20_000.0])
def test_circle_agrees_with_the_geodesic(lat: float, radius: float) -> None:
    circle = draw_circles(np.array([110.0]), np.array([lat]), np.array([radius]))[0]
    corners = shapely.get_coordinates(circle)
    count = len(corners)
    distance = GEOD.inv([110.0] * count, [lat] * count, corners[:, 0], corners[:, 1])[2]
    assert np.abs(np.asarray(distance) / radius - 1.0008).max() < 0.0004
    area, _ = GEOD.geometry_area_perimeter(circle)
    assert area == pytest.approx(math.pi * radius**2, rel=2e-6)
    assert areas_m2(np.array([circle]))[0] == pytest.approx(area, rel=1e-6)


def test_one_exact_station_covers_its_circle() -> None:
    coverage = cover(make_stations({}), SQUARES, [KILOMETRE])
    expected = math.pi / SQUARE_KM2
    assert shares_of(coverage, "110101") == pytest.approx((expected,) * 3, rel=1e-3)
    assert shares_of(coverage, "110102") == (0, 0, 0)
    assert list(coverage.areas.coverage) == ["certain", "possible"]


def test_envelope_by_road_has_a_circle_of_radius_by_detour_factor() -> None:
    coverage = cover(make_stations({}), SQUARES, [KILOMETRE, RIDE], detour_factor=1.3)
    expected = math.pi * (2.5 / 1.3) ** 2 / SQUARE_KM2
    assert shares_of(coverage, "110101", "ride")[1] == pytest.approx(expected, rel=1e-3)
    assert shares_of(coverage, "110101")[1] == pytest.approx(math.pi / SQUARE_KM2, rel=1e-3)


def test_neighbours_station_counts_on_both_sides_of_the_border() -> None:
    coverage = cover(make_stations({"east": 5000.0}), SQUARES, [KILOMETRE])
    half = math.pi / 2 / SQUARE_KM2
    assert shares_of(coverage, "110101")[0] == pytest.approx(half, rel=2e-3)
    assert shares_of(coverage, "110102")[0] == pytest.approx(half, rel=2e-3)


#: One sign is 500 m of land of the district it names; ~ is sea; S is the station of a.
PICTURES = {
    "border": """
        aaaaaabbbbbb
        aaaaaabbbbbb
        aaaaaSbbbbbb
        aaaaaabbbbbb
        aaaaaabbbbbb
        """,
    "three districts and the sea": """
        aaaaacc~~
        aaaaacc~~
        aaSaacc~~
        aabbbcc~~
        aabbbcc~~
        """,
    "an island within another district": """
        bbbbbbbbb
        bbbbbbbbb
        bbbaSabbb
        bbbbbbbbb
        bbbbbbbbb
        """,
}
CELL_M = 500.0


def read_picture(picture: str) -> tuple[np.ndarray, tuple[int, int]]:
    """The signs, first row in the south, and row and column of the station."""
    signs = np.array([list(line.strip()) for line in picture.strip().splitlines()])[::-1]
    row, column = (int(number[0]) for number in np.nonzero(signs == "S"))
    return np.where(signs == "S", "a", signs), (row, column)


@pytest.mark.parametrize("name", PICTURES)
def test_picture(name: str) -> None:
    signs, (row, column) = read_picture(PICTURES[name])
    cells: dict[str, list[shapely.Polygon]] = {}
    for (y, x), sign in np.ndenumerate(signs):
        corners = (x * CELL_M, y * CELL_M, (x + 1) * CELL_M, (y + 1) * CELL_M)
        cells.setdefault(str(sign), []).append(make_district("", *corners)["geometry"])
    cells.pop("~", None)
    districts = make_districts(
        *(
            {"district_code": code, "geometry": shapely.union_all(own)}
            for code, own in cells.items()
        )
    )
    east, north = (column + 0.5) * CELL_M, (row + 0.5) * CELL_M
    coverage = cover(make_stations({"east": east, "north": north}), districts, [KILOMETRE])
    for code, expected in paint_circle(signs, east, north).items():
        assert shares_of(coverage, code)[1] == pytest.approx(expected, abs=3e-3)


def paint_circle(signs: np.ndarray, east: float, north: float) -> dict[str, float]:
    """The share of each district within 1 km, by counting dots 10 m apart."""
    dots = np.arange(0, max(signs.shape) * CELL_M, 10.0) + 5
    x, y = np.meshgrid(dots[dots < signs.shape[1] * CELL_M], dots[dots < signs.shape[0] * CELL_M])
    near = np.hypot(x - east, y - north) <= 1000
    sign = signs[(y // CELL_M).astype(int), (x // CELL_M).astype(int)]
    return {str(code): float(near[sign == code].mean()) for code in np.unique(sign) if code != "~"}


def test_uncertain_place_is_certain_within_and_possible_around() -> None:
    stations = make_stations({"uncertainty_m": 600.0})
    low, share, high = shares_of(cover(stations, SQUARES, [KILOMETRE]), "110101")
    assert low == pytest.approx(math.pi * 0.4**2 / SQUARE_KM2, rel=2e-3)
    assert high == pytest.approx(math.pi * 1.6**2 / SQUARE_KM2, rel=2e-3)
    # Wherever the place is, the circle has the same area and lies in the district.
    assert share == pytest.approx(math.pi / SQUARE_KM2, rel=3e-3)


def test_place_less_certain_than_the_radius_is_nowhere_certain() -> None:
    stations = make_stations({"uncertainty_m": 2500.0})
    low, share, high = shares_of(cover(stations, SQUARES, [KILOMETRE]), "110101")
    assert low == 0
    assert share == pytest.approx(math.pi / SQUARE_KM2, rel=3e-3)
    assert high == pytest.approx(math.pi * 3.5**2 / SQUARE_KM2, rel=2e-3)


@pytest.mark.parametrize("uncertainties", [(400.0,), (900.0, 1500.0), (200.0, 700.0, 3000.0)])
def test_expected_share_agrees_with_drawn_places(uncertainties: tuple[float, ...]) -> None:
    """Against 400 maps on which every station was put at random within its uncertainty."""
    places = [(2500.0 * n - 1500, 4200.0 - 1800 * n) for n in range(len(uncertainties))]
    stations = make_stations(*(
        {"east": x, "north": y, "uncertainty_m": u}
        for (x, y), u in zip(places, uncertainties, strict=True)
    ))  # fmt: skip
    random = np.random.default_rng(7)
    dots = np.arange(-5000, 5000, 50.0) + 25
    x, y = np.meshgrid(dots, dots)
    seen = []
    for _ in range(400):
        reached = np.zeros(x.shape, dtype=bool)
        for (east, north), u in zip(places, uncertainties, strict=True):
            far, turn = u * random.random() ** 0.5, 2 * math.pi * random.random()
            away = np.hypot(x - east - far * math.cos(turn), y - north - far * math.sin(turn))
            reached |= away <= 1000
        seen.append(reached.mean())
    share = shares_of(cover(stations, SQUARES, [KILOMETRE]), "110101")[1]
    error = np.std(seen) / len(seen) ** 0.5
    assert share == pytest.approx(np.mean(seen), abs=4 * error + 3e-4)


@pytest.mark.parametrize(
    "row",
    [
        {"status": "planned"},
        {"status": "closed"},
        {"kind": "union_branch"},
        {"kind": "courier_depot"},
        {"access": "members"},
        {"access": "employees"},
        {"precision": "city", "uncertainty_m": 20000.0},
        {"precision": "none"},
        {"uncertainty_m": float("nan")},
    ],
)
def test_row_that_covers_nothing_changes_nothing(row: dict[str, object]) -> None:
    one = make_stations({"east": 2000.0})
    two = make_stations({"east": 2000.0}, {"east": -2000.0, **row})
    assert_same(cover(one, SQUARES, [KILOMETRE]), cover(two, SQUARES, [KILOMETRE]))


@pytest.mark.parametrize("row", [{"access": "unknown"}, {"in_district": False}])
def test_doubtful_row_is_possible_alone(row: dict[str, object]) -> None:
    coverage = cover(make_stations(row), SQUARES, [KILOMETRE])
    low, share, high = shares_of(coverage, "110101")
    assert (low, share) == (0, 0)
    assert high == pytest.approx(math.pi / SQUARE_KM2, rel=1e-3)
    assert list(coverage.areas.coverage) == ["possible"]


def test_row_that_states_no_district_is_certain() -> None:
    stations = make_stations({}, {"east": 3000.0})
    stations["in_district"] = pd.Series([None, True], dtype=object)
    assert shares_of(cover(stations, SQUARES, [KILOMETRE]), "110101")[0] > 0.06


def test_station_without_a_point_is_left_out() -> None:
    stations = make_stations({}, {})
    stations.loc[1, "geometry"] = None
    assert shares_of(cover(stations, SQUARES, [KILOMETRE]), "110101")[0] == pytest.approx(
        math.pi / SQUARE_KM2, rel=1e-3
    )


def test_no_station_at_all() -> None:
    coverage = cover(make_stations(), SQUARES, [KILOMETRE])
    assert len(coverage.areas) == 0
    assert (coverage.shares == 0).all(axis=None)


def test_network_area_stands_for_its_stations_and_is_joined_in_shares() -> None:
    stations = make_stations({}, {"east": 2200.0})
    block = make_district("", -500, -500, 500, 500)["geometry"]
    wide = make_district("", -600, -500, 600, 500)["geometry"]
    reached = {"ride": Reached(frozenset({"s0"}), certain=block, possible=wide)}
    coverage = cover(stations, SQUARES, [RIDE], reached=reached)
    assert list(zip(coverage.areas.method, coverage.areas.coverage, strict=True)) == [
        ("circle", "certain"), ("circle", "possible"),
        ("network", "certain"), ("network", "possible"),
    ]  # fmt: skip
    low, share, high = shares_of(coverage, "110101", "ride")
    alone = cover(stations.iloc[1:], SQUARES, [RIDE])
    circle = shares_of(alone, "110101", "ride")[0]
    assert circle < low < circle + 0.01  # the circle overlaps the block in part
    assert low == share < high
    middle = make_district("", -550, -500, 550, 500)["geometry"]
    reached = {"ride": Reached(frozenset({"s0"}), block, wide, expected=middle)}
    low, share, high = shares_of(
        cover(stations, SQUARES, [RIDE], reached=reached), "110101", "ride"
    )
    assert low < share < high


def test_demand_is_counted_where_it_lives() -> None:
    x = [0.0, 900.0, 4000.0, 10_000.0]
    demand = pd.DataFrame({
        "lon": [at(east, 0)[0] for east in x], "lat": LAT, "weight": [10.0, 20.0, 70.0, 5.0],
    })  # fmt: skip
    coverage = cover(make_stations({}), SQUARES, [KILOMETRE], demand=demand)
    assert list(coverage.shares["km_demand_share"]) == [0.3, 0.0]
    blurred = cover(make_stations({"uncertainty_m": 2000.0}), SQUARES, [KILOMETRE], demand=demand)
    assert blurred.shares.loc["110101", "km_demand_share"] == pytest.approx(0.075, abs=1e-6)
    empty = cover(make_stations({}), SQUARES, [KILOMETRE], demand=demand.iloc[:1])
    assert math.isnan(empty.shares.loc["110102", "km_demand_share"])
    assert "km_demand_share" not in cover(make_stations({}), SQUARES, [KILOMETRE]).shares


def test_faults_are_named() -> None:
    with pytest.raises(InputError, match="uncertainty_m"):
        cover(make_stations({}).drop(columns="uncertainty_m"), SQUARES, [KILOMETRE])
    with pytest.raises(InputError, match="EPSG:4326"):
        cover(make_stations({}).to_crs(3857), SQUARES, [KILOMETRE])
    with pytest.raises(InputError, match="EPSG:4326"):
        cover(make_stations({}), SQUARES.to_crs(3857), [KILOMETRE])
    with pytest.raises(InputError, match="detour_factor"):
        cover(make_stations({}), SQUARES, [KILOMETRE], detour_factor=0.5)
    with pytest.raises(InputError, match="weight"):
        cover(make_stations({}), SQUARES, [KILOMETRE], demand=pd.DataFrame({"lon": [], "lat": []}))


STATION = st.fixed_dictionaries({
    "east": st.floats(-7000, 9000),
    "north": st.floats(-6000, 6000),
    "uncertainty_m": st.sampled_from([0.0, 30.0, 150.0, 151.0, 400.0, 1200.0, 5000.0]),
    "access": st.sampled_from(["public", "outdoor_workers", "unknown"]),
    "in_district": st.booleans(),
})  # fmt: skip
SOME = st.lists(STATION, min_size=1, max_size=6)
SHARES = ["km_share_low", "km_share", "km_share_high"]
LAW = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


@LAW
@given(rows=SOME)
def test_law_shares_are_ordered_and_between_0_and_1(rows: list[dict[str, object]]) -> None:
    shares = cover(make_stations(*rows), SQUARES, [KILOMETRE]).shares
    assert ((shares >= 0) & (shares <= 1)).all(axis=None)
    for names in (SHARES, ["km_share_low", "km_likely_low", "km_share", "km_likely_high",
                           "km_share_high"]):  # fmt: skip
        assert (np.diff(shares[names], axis=1) >= 0).all()


@LAW
@given(rows=SOME, added=STATION)
def test_law_a_station_more_never_lowers_a_share(
    rows: list[dict[str, object]], added: dict[str, object]
) -> None:
    before = cover(make_stations(*rows), SQUARES, [KILOMETRE]).shares[SHARES].to_numpy()
    after = cover(make_stations(*rows, added), SQUARES, [KILOMETRE]).shares[SHARES].to_numpy()
    assert (after >= before).all()


@LAW
@given(rows=SOME, factor=st.floats(1.0, 3.0))
def test_law_more_minutes_never_shrink_an_area(
    rows: list[dict[str, object]], factor: float
) -> None:
    stations = make_stations(*rows)
    longer = Envelope("km", "longer", 1000.0 * factor, "circle")
    short, long = (cover(stations, SQUARES, [envelope]) for envelope in (KILOMETRE, longer))
    assert (long.shares.to_numpy() >= short.shares.to_numpy() - 1e-6).all()
    for row in short.areas.itertuples():
        same = long.areas[long.areas.coverage == row.coverage].geometry.iloc[0]
        assert areas_m2(np.array([row.geometry.difference(same)], dtype=object))[0] < 1.0


@LAW
@given(rows=SOME, data=st.data())
def test_law_order_of_rows_changes_no_byte(
    rows: list[dict[str, object]], data: st.DataObject
) -> None:
    stations = make_stations(*rows)
    order = data.draw(st.permutations(range(len(rows))))
    shuffled = stations.iloc[order]
    assert_same(cover(stations, SQUARES, [KILOMETRE]), cover(shuffled, SQUARES[::-1], [KILOMETRE]))


def assert_same(one: Coverage, other: Coverage) -> None:
    assert one.shares.to_csv() == other.shares.to_csv()
    assert one.areas.to_wkb().to_csv() == other.areas.to_wkb().to_csv()


def test_what_a_network_reaches_for_certain_alone_counts() -> None:
    area = shapely.box(*at(4000, -1000), *at(6000, 1000))
    reached = {"ride": Reached(frozenset(["s0"]), certain=area)}
    coverage = cover(make_stations({}), SQUARES, [RIDE], reached=reached)
    for code in SQUARES.district_code:
        assert shares_of(coverage, code, "ride")[0] == pytest.approx(0.02, rel=1e-3)


def test_a_district_is_measured_once_and_only_where_something_reaches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted = []
    areas = clip.areas_m2
    monkeypatch.setattr(clip, "areas_m2", lambda shapes: counted.append(shapes) or areas(shapes))
    cover(make_stations({"uncertainty_m": 400.0}), SQUARES[:1], [KILOMETRE, RIDE])
    alone, counted[:] = [len(shapes) for shapes in counted], []
    coverage = cover(make_stations({"uncertainty_m": 400.0}), SQUARES, [KILOMETRE, RIDE])
    assert [len(shapes) for shapes in counted] == alone
    assert shares_of(coverage, "110102") == (0, 0, 0)


def test_areas_are_measured_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies of all circles of a country would not fit beside them."""
    circles = draw_circles(LON + np.arange(5) / 10, np.full(5, LAT), np.arange(1.0, 6) * 300)
    whole, copied, move = areas_m2(circles), [], plane.shapes_to_plane
    monkeypatch.setattr(plane, "_AT_ONCE", 2)
    monkeypatch.setattr(
        plane, "shapes_to_plane", lambda shapes: copied.append(len(shapes)) or move(shapes)
    )
    assert (areas_m2(circles) == whole).all() and copied == [2, 2, 1]


def test_input_tables_stay_as_they_are() -> None:
    stations, districts = make_stations({}, {"uncertainty_m": 900.0}), SQUARES.copy()
    demand = pd.DataFrame({"lon": [LON], "lat": [LAT], "weight": [1.0]})
    before = stations.copy(deep=True), districts.copy(deep=True), demand.copy(deep=True)
    cover(stations, districts, [KILOMETRE], demand=demand)
    assert before[0].equals(stations)
    assert before[1].equals(districts)
    assert before[2].equals(demand)


def test_many_circles_cut_into_leaves_are_one_union() -> None:
    random = np.random.default_rng(3)
    lon, lat = LON + random.random(9000) * 1.5, LAT + random.random(9000)
    radius = random.choice([500.0, 900.0, 3000.0], 9000)
    pieces = dissolve_circles(lon, lat, radius)
    whole = shapely.disjoint_subset_union_all(draw_circles(lon, lat, radius))
    area = areas_m2(np.array([whole], dtype=object))[0]
    assert len(pieces.cut) > 0
    assert areas_m2(pieces.all).sum() == pytest.approx(area, rel=1e-9)
    joined = join_pieces(pieces)
    assert joined.is_valid
    assert shapely.symmetric_difference(joined, whole).area < 1e-9
    shuffled = random.permutation(9000)
    again = join_pieces(dissolve_circles(lon[shuffled], lat[shuffled], radius[shuffled]))
    assert again.wkb == joined.wkb


def test_lens_share_agrees_with_counted_dots() -> None:
    dots = np.arange(-1, 1, 0.004) + 0.002
    x, y = (grid.ravel() for grid in np.meshgrid(dots, dots))
    x, y = (grid[np.hypot(x, y) <= 1] for grid in (x, y))
    for radius, uncertainty in ((1000.0, 400.0), (1000.0, 1000.0), (1000.0, 2500.0)):
        for distance in (0.0, 300.0, 600.0, 1100.0, 1800.0, 3400.0, 4000.0):
            counted = (np.hypot(x * uncertainty - distance, y * uncertainty) <= radius).mean()
            share = lens_share(*(np.array([v]) for v in (distance, radius, uncertainty)))[0]
            assert share == pytest.approx(counted, abs=2e-3)


def test_each_group_misses_a_cell_with_the_product_of_its_stations_chances(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The plain formula, station by station; those known to one circle are computed once."""
    places = np.array([[0, 0, 3000, 1000], [4000, -2500, 900, 2500], [90_000, 0, 500, 1000]])
    rows = places[[0, 0, 1, 0, 1, 2]].astype(float)
    group, lattice = np.array([0, 0, 0, 1, 1, 1]), lay_lattice(SQUARES.geometry.iloc[0], 1e8)
    lon, lat = np.array([at(*place) for place in rows[:, :2]]).T
    column, row = np.meshgrid(np.arange(lattice.columns), np.arange(lattice.rows))
    x, y = (lattice.column + column + 0.5) * lattice.wide, (lattice.row + row + 0.5) * lattice.high
    missed = np.ones((2, lattice.rows, lattice.columns))
    for number, station in enumerate(rows):
        own_x, own_y = plane.to_plane(lon[number], lat[number])
        ground = metres_per_degree(lat[number])[0] / np.radians(plane.SEMI_MAJOR_M)
        distance = np.hypot((x - own_x) * ground, (y - own_y) / ground)
        missed[group[number]] *= 1 - lens_share(distance, station[3], station[2])
    computed: list[float] = []

    def counted(distance: plane.Floats, radius: float, uncertainty: float) -> plane.Floats:
        computed.append(uncertainty)
        return lens_share(distance, np.asarray(radius), np.asarray(uncertainty))

    monkeypatch.setattr("geomap.coverage.expected.lens_share", counted)
    found = miss_cells(lattice, Blurred(lon, lat, rows[:, 2], rows[:, 3]), group, 2)
    sure = missed < 1e-9
    assert np.exp(found).reshape(missed.shape)[~sure] == pytest.approx(missed[~sure], rel=1e-9)
    assert (found.reshape(missed.shape)[sure] < np.log(1e-9)).all()
    assert sorted(computed) == [900.0, 3000.0]


@LAW
@given(st.lists(st.tuples(st.floats(-4000, 4000), st.floats(-4000, 4000)), min_size=3, max_size=12))
def test_cells_hold_the_whole_area_of_a_shape(points: list[tuple[float, float]]) -> None:
    hull = shapely.MultiPoint([at(*point) for point in points]).convex_hull
    shape = shapes_to_plane(np.array([hull], dtype=object))
    square = SQUARES.geometry.iloc[0]
    lattice = lay_lattice(square, 1e8)
    cells = measure_cells(shape, lattice)
    assert cells.sum() == pytest.approx(shape[0].area, rel=1e-6, abs=1e-3)
    assert cells.max(initial=0.0) <= lattice.cell_m2 * (1 + 1e-9)


def test_cells_agree_with_clipping() -> None:
    ring = make_district("", -3000, -2000, 2000, 4100)["geometry"]
    shape = ring.difference(make_district("", -1000, -1000, 700, 900)["geometry"])
    plane = shapes_to_plane(np.array([shape], dtype=object))
    lattice = lay_lattice(SQUARES.geometry.iloc[0], 1e8)
    cells = measure_cells(plane, lattice)
    for number in range(0, len(cells), 97):
        row, column = divmod(number, lattice.columns)
        west, south = (lattice.column + column) * lattice.wide, (lattice.row + row) * lattice.high
        cell = shapely.box(west, south, west + lattice.wide, south + lattice.high)
        assert cells[number] == pytest.approx(plane[0].intersection(cell).area, abs=1e-2)
