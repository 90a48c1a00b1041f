"""The week of districts whose land is reached in circles, measured on a lattice of cells.

A district's week is made from what reaches it alone, so it is kept by that and measured again
only when a station that reaches it, or its hours, are others.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass, field

import numpy as np
import numpy.typing as npt

from geomap.coverage.circles import THREADS
from geomap.coverage.clip import Land, clip_to_land
from geomap.coverage.expected import Blurred, miss_cells
from geomap.coverage.lattice import Lattice, lay_lattice, measure_lines
from geomap.coverage.layers import Layers, Reached, draw_layers
from geomap.coverage.plane import Floats, Geometries, shapes_to_plane
from geomap.coverage.reaching import list_reaching
from geomap.coverage.share import find_districts
from geomap.coverage.stations import Counted
from geomap.store.kept import keep_rows

WEEK_HOURS = 7 * 24
#: Cells of the lattice across a district: shares differ from exact ones by 0.001 at most.
_CELLS_ACROSS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Stations by their week: ``states`` (groups, 168) 0 closed, 1 open, 2 unknown."""

    counted: Counted
    group: npt.NDArray[np.int64]
    states: npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Places of one district in one envelope, and what each group reaches of them.

    Attributes
    ----------
    land_m2 : of each place, (places,).
    miss : for certain, expected and possible stations the logarithm of the chance that none of a
        group reaches the place, (3, groups, places).
    """

    land_m2: Floats
    miss: npt.NDArray[np.float32]

    def tell_week(self, states: npt.NDArray[np.int8], exact: Floats) -> Floats:
        """Return low, expected and high share (3, 168); ``exact``: those of all stations."""
        present = np.flatnonzero(self.miss[2].any(axis=1))
        kinds, hour = np.unique(states[present], axis=1, return_inverse=True)
        everything = np.ones((len(present), 1), dtype=np.int8)
        kinds = np.hstack([kinds, everything])
        touched = self.miss[2, present].any(axis=0)
        weeks = np.zeros((3, kinds.shape[1]))
        for number, is_open in enumerate((kinds == 1, kinds == 1, kinds > 0)):
            missed, weight = _merge(self.miss[number, present][:, touched], self.land_m2[touched])
            # 1 - exp instead of expm1: five times as fast, and exact to 1e-7 of a cell.
            reached = missed.T @ is_open.astype(np.float32)
            np.exp(reached, out=reached)
            np.subtract(1, reached, out=reached)
            weeks[number] = weight.astype(np.float32) @ reached
        whole = weeks[:, -1:]
        ratio = np.divide(weeks, whole, out=(weeks > 0) * 1.0, where=whole > 0)
        low, share, high = np.clip(ratio, 0, 1) * exact[:, None]
        return np.array([low, np.clip(share, low, high), high])[:, hour.ravel()]


def _are_alike(states: npt.NDArray[np.int8]) -> bool:
    """Whether in each hour all of the groups are open, or all unknown, or all closed."""
    return bool((states == states[:1]).all())


def _tell_alike(states: npt.NDArray[np.int8], exact: Floats) -> Floats:
    """Return what :meth:`Found.tell_week` does of such groups: all that is in reach, or nothing."""
    state = states.max(axis=0, initial=0)
    low, share, high = np.array([state == 1, state == 1, state > 0]) * exact[:, None]
    return np.array([low, np.clip(share, low, high), high])


def _merge(
    missed: npt.NDArray[np.float32], weight: Floats
) -> tuple[npt.NDArray[np.float32], Floats]:
    """Return the columns, those that are alike as one: most are all or nothing."""
    marks = np.random.default_rng(7).uniform(1, 2, len(missed))
    _, first, member = np.unique(marks @ missed, return_index=True, return_inverse=True)
    return missed[:, first], np.bincount(member, weights=weight).astype(np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class _Reach:
    """What reaches one district in an envelope, each with its group.

    Attributes
    ----------
    pieces : kind (0 certain, 1 expected, 2 possible) and polygons within the district.
    blurred : the stations whose place is less than sharp.
    """

    pieces: list[tuple[int, int, Geometries]] = field(default_factory=list)
    blurred: list[tuple[int, Blurred]] = field(default_factory=list)

    @property
    def groups(self) -> list[int]:
        """The groups that reach it at all."""
        return sorted({each[0] for each in self.pieces} | {each[0] for each in self.blurred})


def weeks_on_land(land: Land, groups: Groups, radii: dict[str, float], exact: Floats) -> Floats:
    """Return the week of each district and envelope (districts, envelopes, 3, 168), by circles.

    A district's week is made from what reaches it alone, and kept by that.
    """
    if _are_alike(groups.states):
        return np.array([[_tell_alike(groups.states, each) for each in own] for own in exact])
    lattices: dict[int, Lattice] = {}
    # One envelope after the other: the circles of a country's groups fill a gigabyte.
    weeks = [
        _weeks_within(radius_m, land, groups, exact[:, number], lattices)
        for number, radius_m in enumerate(radii.values())
    ]
    return np.stack(weeks, axis=1)


def _weeks_within(
    radius_m: float, land: Land, groups: Groups, exact: Floats, lattices: dict[int, Lattice]
) -> Floats:
    """Return the week of each district (districts, 3, 168) in the envelope of this radius."""
    states = groups.states
    drawn = [
        draw_layers(groups.counted.take(groups.group == group), radius_m, Reached())
        for group in range(len(states))
    ]

    def hash_each() -> list[bytes]:
        parts = [[mark, own.tobytes()] for mark, own in zip(land.digests, exact, strict=True)]
        for state, layers in zip(states, drawn, strict=True):
            for own, reaching in zip(parts, list_reaching(layers, land), strict=True):
                own += [state.tobytes(), reaching] if reaching else []
        return [b"".join(own) for own in parts]

    def make(rows: npt.NDArray[np.int64]) -> Floats:
        some = land.take(rows)
        reaches = _find_reach(some, drawn)

        def tell(district: int) -> Floats:
            reach, reaches[district] = reaches[district], _Reach()  # many districts' are large
            alike, own = states[reach.groups], exact[rows[district]]
            if _are_alike(alike):
                return _tell_alike(alike, own)
            lattice = lattices.get(int(rows[district])) or lay_lattice(
                some.shapes[district], float(some.area_m2[district]), _CELLS_ACROSS
            )
            lattices[int(rows[district])] = lattice
            return _measure_reach(reach, lattice).tell_week(alike, own)

        with ThreadPoolExecutor(max_workers=THREADS) as threads:  # numpy works outside the lock
            return np.array(list(threads.map(tell, range(len(some))))).reshape(-1, 3, WEEK_HOURS)

    return keep_rows("hours on land", hash_each, (3, WEEK_HOURS), make, len(land))


def _find_reach(land: Land, drawn: Sequence[Layers]) -> list[_Reach]:
    """Return what reaches each district; the areas drawn are those of each group."""
    found = [_Reach() for _ in range(len(land))]
    for group, layers in enumerate(drawn):
        whole, blurred = layers.whole, layers.blurred
        for kind, pieces in enumerate((whole.certain, whole.sure, whole.possible)):
            for district, shapes in clip_to_land(pieces, land).by_district():
                found[district].pieces.append((group, kind, shapes))
        for district, stations in find_districts(blurred, land).items():
            found[district].blurred.append((group, blurred.take(stations)))
    return found


def _measure_reach(reach: _Reach, lattice: Lattice) -> Found:
    """Return what each group that reaches a district reaches of the cells of its land."""
    is_land, count = lattice.land > 0, len(reach.groups)
    place = {group: number for number, group in enumerate(reach.groups)}
    sheet = np.concatenate([np.empty(0, np.int64)] + [
        np.full(len(shapes), kind * count + place[group]) for group, kind, shapes in reach.pieces
    ])  # fmt: skip
    shapes = np.concatenate([np.empty(0, object), *(shapes for *_, shapes in reach.pieces)])
    # Most rows of most sheets are empty, and half of a lattice is no land: neither costs much.
    lines, areas = measure_lines(shapes_to_plane(shapes), sheet, lattice)
    line, column = np.nonzero(areas)
    sheet, row = np.divmod(lines[line], lattice.rows)
    cell = row * lattice.columns + column
    held = is_land[cell]
    share = areas[line, column][held] / lattice.land[cell[held]]
    miss = np.zeros((3 * count, np.count_nonzero(is_land)), dtype=np.float32)
    on_land = (np.cumsum(is_land) - 1)[cell[held]]
    miss[sheet[held], on_land] = np.log1p(-np.minimum(share, 1 - 1e-12))
    if reach.blurred:
        columns = [np.column_stack(astuple(own)) for _, own in reach.blurred]
        group = np.repeat([place[group] for group, _ in reach.blurred], list(map(len, columns)))
        blurred = Blurred(*np.concatenate(columns).T)
        miss[count : 2 * count] += miss_cells(lattice, blurred, group, count)[:, is_land]
    return Found(lattice.land[is_land], miss.reshape(3, count, -1))
