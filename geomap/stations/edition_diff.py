"""What has changed between two editions of the map: stations, and what districts are served."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from pyproj import Geod

#: In the order in which a person reads them; a station that went has no row any more.
KINDS = ("new", "moved", "located", "closed", "suspended", "reopened", "renamed", "hours",
         "facts", "gone")  # fmt: skip
#: A point that went less far was measured anew; one vaguer than this never moved, it is known now.
_MOVED_M, _SHARP_M = 30.0, 150.0
_FACTS = ("kind", "status", "access", "address", "phone", "facilities")
_SHUT = {"closed": "closed", "suspended": "suspended"}
_GEOD = Geod(ellps="WGS84")

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One edition: its day, the stations' facts with ``lon lat`` by id, shares by district.

    ``shares`` has the share (0-1) of a district that is served, by its name.
    """

    date: str
    stations: Mapping[str, Facts]
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class StationChange:
    """What became of one station; ``metres`` of a move, ``before`` and ``after`` where told."""

    kind: str
    station_id: str
    name: str
    district: str
    before: str = ""
    after: str = ""
    metres: int | None = None


@dataclass(frozen=True, slots=True)
class EditionDiff:
    """All that has changed, in the order of :data:`KINDS`; shares that differ by a percent."""

    before: str
    after: str
    changes: tuple[StationChange, ...]
    shares: tuple[tuple[str, float, float], ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many changes of each kind."""
        tally = Counter(change.kind for change in self.changes)
        return {kind: tally[kind] for kind in KINDS if tally[kind]}

    def to_json(self) -> bytes:
        """Return counts, changes and shares as JSON."""
        told = {
            "before": self.before, "after": self.after, "counts": self.counts,
            "changes": [asdict(change) for change in self.changes],
            "shares": [
                {"district": name, "before": old, "after": new} for name, old, new in self.shares
            ],
        }  # fmt: skip
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def compare(old: Snapshot, new: Snapshot, aliases: Mapping[str, str] | None = None) -> EditionDiff:
    """Return what has changed from one edition to the next.

    Parameters
    ----------
    aliases : id of before → id of today, where a station goes under another.
    """
    now_called = aliases or {}
    before = {now_called.get(id, id): facts for id, facts in old.stations.items()}
    changes = [
        change
        for id in sorted({*before, *new.stations})
        for change in _changes(id, before.get(id), new.stations.get(id))
    ]
    changes.sort(key=lambda change: KINDS.index(change.kind))
    shares = tuple(
        (name, old.shares[name], new.shares[name])
        for name in sorted({*old.shares} & {*new.shares})
        if round(old.shares[name], 2) != round(new.shares[name], 2)
    )
    by_gain = sorted(shares, key=lambda each: -abs(each[2] - each[1]))
    return EditionDiff(old.date, new.date, tuple(changes), tuple(by_gain))


def _changes(id: str, old: Facts | None, new: Facts | None) -> list[StationChange]:
    facts = new or old or {}
    named = (id, str(facts["name"]), str(facts["district"] or ""))
    if old is None or new is None:
        return [StationChange("gone" if new is None else "new", *named)]
    found = [StationChange(kind, *named, was, now) for kind, was, now in _state(old, new)]
    metres = _metres(old, new)
    if metres >= _MOVED_M:
        sharp = max(float(each["uncertainty_m"] or 0) for each in (old, new)) <= _SHARP_M
        kind = "moved" if sharp else "located"
        ends = [str(each["address"] or "") for each in (old, new)]
        left, right = ends if ends[0] != ends[1] else ("", "")
        found.append(StationChange(kind, *named, left, right, round(metres)))
    rest = [name for name in _FACTS if name != "status" and old[name] != new[name]]
    told_of = {change.kind for change in found}
    if {*rest} - ({"address"} if "moved" in told_of else set()):
        before, after = ("; ".join(str(each[n] or "–") for n in rest) for each in (old, new))
        found.append(StationChange("facts", *named, before, after))
    return found


def _state(old: Facts, new: Facts) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    before, after = str(old["status"]), str(new["status"])
    if before != after:
        kind = _SHUT.get(after, "reopened" if before in _SHUT else "facts")
        found.append((kind, before, after))
    for kind, name in (("renamed", "name"), ("hours", "opening_hours")):
        if old[name] != new[name]:
            found.append((kind, str(old[name] or "–"), str(new[name] or "–")))
    return found


def _metres(old: Facts, new: Facts) -> float:
    """Return metres between two points of a station (WGS-84 degrees)."""
    ends = [[each["lon"], each["lat"]] for each in (old, new)]
    if any(value is None for end in ends for value in end):
        return 0.0
    (x, y), (u, v) = ends
    return float(np.abs(_GEOD.inv(x, y, u, v)[2]))
