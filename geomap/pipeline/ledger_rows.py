"""The rows of a ledger as they grow, found by id and by place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from geomap.stations.names import Place, made_id
from geomap.stations.same_place import PlaceIndex, place_of


class LedgerRows:
    """Rows as written, in their order; ``rows`` is changed only through :meth:`update`."""

    def __init__(
        self, rows: Iterable[Mapping[str, str]], aliases: Mapping[str, str] | None = None
    ) -> None:
        self._aliases = aliases or {}
        self.rows: list[dict[str, str]] = []
        self._by_id: dict[str, int] = {}
        self._by_made: dict[str, int] = {}
        self._places = PlaceIndex()
        for row in rows:
            self.append(row)

    def append(self, row: Mapping[str, str]) -> int:
        """Put a row at the end; return its number, from 0."""
        self._by_id.setdefault(row["station_id"], len(self.rows))
        self._by_made.setdefault(self._made(row), len(self.rows))
        self._places.add(len(self.rows), place_of(row))
        self.rows.append(dict(row))
        return len(self.rows) - 1

    def update(self, number: int, cells: Mapping[str, str]) -> None:
        """Give cells of a row new values."""
        self.rows[number].update(cells)
        self._by_id.setdefault(self.rows[number]["station_id"], number)
        self._places.replace(number, place_of(self.rows[number]))

    def number_of(self, cells: Mapping[str, str]) -> int | None:
        """Return the row of the same id, else the only one that means the same place.

        A place that somebody answered to be another's is that one.
        """
        answered = self.answered(cells)
        if answered is not None:
            return answered
        if cells["station_id"]:
            return self._by_id.get(cells["station_id"])
        return self._places.unique_match(place_of(cells))

    def answered(self, cells: Mapping[str, str]) -> int | None:
        """Return the row that a place of another name was answered to be; None where none was."""
        same = self._aliases.get(cells["station_id"] or self._made(cells), "")
        return self._by_id.get(same, self._by_made.get(same)) if same else None

    def _made(self, row: Mapping[str, str]) -> str:
        """Return the id made of name and place; it costs nothing where nobody needs it."""
        return made_id(row) if self._aliases else ""

    def same(self, place: Place) -> set[int]:
        """Return every row that may mean a place."""
        return set(self._places.matches(place))
