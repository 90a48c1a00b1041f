"""Rows of arriving sheets into the ledger: new ones, changed ones, and what must not change."""

from __future__ import annotations

from collections.abc import Mapping

from geomap.arriving import Arriving, Change
from geomap.arriving.cells import NO_DATUM_M
from geomap.model.records import Skip
from geomap.model.tables import LEDGER
from geomap.pipeline.apply_change import PLACE, Edit, change_cells, with_source
from geomap.pipeline.arriving_rows import Incoming
from geomap.pipeline.ledger_rows import LedgerRows
from geomap.pipeline.reference import Reference
from geomap.sheets.reading import Row
from geomap.stations.names import Place

_SHUT = ("closed", "suspended")
#: Kinds of change after which a station is not found open at its old place.
_GRAVE = frozenset(("closed", "suspended", "moved"))
#: Cells that a row which says a change does not state as facts of its own.
_NOT_STATED = ("station_id", "name", "status", "closed_on", "note", "source")
_PLACE = ("address", "township", *PLACE)
#: What a row takes over from found.csv when a sheet speaks of a place that only documents know.
ADOPTED = (
    "station_id", "name", "kind", "status", "access", "province", "city", "district", "township",
    "address",
)  # fmt: skip


class Taking:
    """The ledger while sheets come in, and what was done to it."""

    def __init__(self, ledger: LedgerRows, found: LedgerRows, reference: Reference) -> None:
        self.ledger, self.found = ledger, found
        self.counts = {"new": 0, "changed": 0, "known": 0}
        self.first: list[Skip] = []
        self.doubts: list[Skip] = []
        self.edits: list[Edit] = []
        self.entered: dict[int, str] = {}
        self._statuses = reference.vocabulary.statuses

    def take(self, incoming: Incoming) -> None:
        """Put the rows of one worksheet in."""
        arriving = incoming.arriving
        for row in incoming.rows:
            change = arriving.changes.get(row.number)
            if change and self._take_change(row, change, incoming):
                incoming.applied.add(row.number)
            elif row.number in incoming.usable:
                self._take_row(row, incoming, change)

    def _take_row(self, row: Row, incoming: Incoming, change: Change | None) -> None:
        cells, arriving = _ours(row), incoming.arriving
        where = self._where(arriving, row.number, "name")
        number = self.ledger.number_of(cells)
        if number is not None:
            if number == self.ledger.answered(cells):
                cells |= {"station_id": "", "name": ""}  # it keeps the name that it has
            kept = self._kept_shut(number, cells, arriving, row)
            place = self._whole_place(number, kept, arriving, row)
            self._fill(number, kept | place | dict(row.others), arriving, row, frozenset(place))
            return
        cells["kind"] = cells["kind"] or incoming.kinds.get(row.number, "")
        if change and not change.doubtful:
            cells |= change_cells(cells, change, cells | {"address": ""})
            cells["source"] = with_source(cells, change, arriving.sheet.file)
        self.entered[self.ledger.append(cells | dict(row.others))] = where
        self.counts["new"] += 1

    def _kept_shut(
        self, number: int, cells: dict[str, str], arriving: Arriving, row: Row
    ) -> dict[str, str]:
        """Return the cells without a status that would open a closed station in silence."""
        mate = self.ledger.rows[number]
        before = self._statuses.get(mate["status"], mate["status"])
        after = self._statuses.get(cells["status"], cells["status"])
        if (before in _SHUT or mate["closed_on"]) and after not in _SHUT:
            told = f"{mate['name']}: {before or 'closed'} {mate['closed_on']}".strip()
            self._name(arriving, row.number, "status", "reopen-doubted", told)
            return cells | {"status": ""}
        return cells

    def _whole_place(
        self, number: int, cells: dict[str, str], arriving: Arriving, row: Row
    ) -> dict[str, str]:
        """Return the coordinate as a whole: one's degrees under another's datum are a false place.

        A coordinate without a datum does not take the place of one that is there.
        """
        mate = self.ledger.rows[number]
        same = all(mate[column] == cells[column] for column in ("lon", "lat"))
        if not cells["lon"] or (same and not cells["datum"]):
            return {column: mate[column] for column in PLACE}
        if mate["lon"] and cells["uncertainty_m"] == NO_DATUM_M and not cells["datum"]:
            told = f"{mate['name']}: {cells['lon']}, {cells['lat']}"
            where = self._where(arriving, row.number, "lon")
            self.doubts.append(Skip("ledger", where, "coordinate-kept", told, told))
            return {column: mate[column] for column in PLACE}
        return {column: cells[column] for column in PLACE}

    def _take_change(self, row: Row, change: Change, incoming: Incoming) -> bool:
        """Apply a change to the one row it is about; return whether there is nothing left to do."""
        arriving = incoming.arriving
        cells = _ours(row)
        told = f"{cells['name']}: {change.words}"
        if change.doubtful:
            self._name(arriving, row.number, "change", "change-doubted", told)
            return False
        old = arriving.old_names.get(row.number, "")
        numbers = self._numbers_of(cells, old, change)
        if len(numbers) > 1:
            self._name(arriving, row.number, "name", "change-ambiguous", told)
            return True
        number = numbers.pop() if numbers else self._adopt(cells, old)
        if number is None:
            usable = row.number in incoming.usable
            if _GRAVE & {*change.kinds} or not usable:
                code = "change-entered" if usable else "change-unmatched"
                self._name(arriving, row.number, "name", code, told)
            return not usable
        self._apply(number, row, change, arriving)
        return True

    def _numbers_of(self, cells: Mapping[str, str], old: str, change: Change) -> set[int]:
        """Return the ledger rows a change may be about: by id, else by name before, now, after."""
        if cells["station_id"]:
            number = self.ledger.number_of(cells)
            return set() if number is None else {number}
        area = (cells["province"], cells["city"], cells["district"])
        township = "" if "moved" in change.kinds else cells["township"]
        for name in filter(None, (old, cells["name"], change.name)):
            if numbers := self.ledger.same(Place(name, *area, township)):
                return numbers
        return set()

    def _adopt(self, cells: Mapping[str, str], old: str) -> int | None:
        """Return a new ledger row for a place that only documents know; None where none does."""
        named = {**cells, "name": old or cells["name"], "township": ""}
        number = self.found.number_of(named)
        if number is None:
            return None
        machine = self.found.rows[number]
        row = dict.fromkeys(LEDGER.names, "") | {name: machine[name] for name in ADOPTED}
        adopted = self.ledger.append(row)
        self.counts["new"] += 1
        self.counts["changed"] -= 1  # the change that follows is part of entering it
        return adopted

    def _apply(self, number: int, row: Row, change: Change, arriving: Arriving) -> None:
        mate = self.ledger.rows[number]
        stated = _ours(row)
        needed = (("renamed", change.name), ("hours", change.hours or stated["opening_hours"]))
        new = change_cells(mate, change, stated)
        if "moved" in change.kinds and new.get("status") == "unknown":
            told = f"{mate['name']}: {change.words}"
            self._name(arriving, row.number, "address", "moved-where", told)
        if any(not told for kind, told in needed if kind in change.kinds):
            told = f"{mate['name']}: {change.words}"
            self._name(arriving, row.number, "change", "change-incomplete", told)
        left = {*_NOT_STATED, *(_PLACE if "moved" in change.kinds else ())}
        left |= {"opening_hours"} if "hours" in change.kinds else set()
        if "moved" not in change.kinds:
            stated |= self._whole_place(number, stated, arriving, row)
        facts = {name: text for name, text in stated.items() if text and name not in left}
        facts |= dict(row.others)
        if stated["note"] and stated["note"] not in mate["note"] + change.words:
            new["note"] = "；".join(filter(None, (new.get("note", mate["note"]), stated["note"])))
        new = {name: text for name, text in facts.items() if mate.get(name) != text} | new
        if new:
            new["source"] = with_source(mate, change, arriving.sheet.file)
        self._fill(number, new, arriving, row, emptied=frozenset(new))

    def _fill(
        self, number: int, cells: Mapping[str, str], arriving: Arriving, row: Row,
        emptied: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        """Write cells into a ledger row and name those that had another value."""
        mate = self.ledger.rows[number]
        changes = {
            name: text
            for name, text in cells.items()
            if (text or name in emptied) and mate.get(name, "") != text
        }
        name = mate["name"]
        for column, text in changes.items():
            if column not in ("source", "station_id") and mate.get(column):
                where = self._where(arriving, row.number, column)
                self.edits.append(Edit(where, name, column, mate[column], text))
        self.ledger.update(number, changes)
        self.counts["changed" if changes else "known"] += 1

    def _name(self, arriving: Arriving, number: int, column: str, code: str, told: str) -> None:
        where = self._where(arriving, number, column)
        self.first.append(Skip("ledger", where, code, told, told))

    @staticmethod
    def _where(arriving: Arriving, number: int, column: str) -> str:
        return f"{arriving.sheet.file}:{arriving.cell(number, column)}"


def _ours(row: Row) -> dict[str, str]:
    return {name: row.text(name) for name in LEDGER.names}
