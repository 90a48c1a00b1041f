"""Places that are no division: development zones, and the districts they lie in (zones.csv)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from geomap.records import InputError

_REQUIRED = ("zone", "province", "city", "district_code")


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone: its name, where it lies, and the township its centre is in, where one is known."""

    name: str
    province: str
    city: str
    districts: tuple[str, ...]
    township: str = ""


def read_zones(path: Path) -> tuple[Zone, ...]:
    """Zones of a CSV, one row a zone and district, the longest names first.

    Raises
    ------
    InputError
        When a column is missing. An absent file means no zones.
    """
    if not path.exists():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = [name for name in _REQUIRED if name not in (reader.fieldnames or ())]
        if missing:
            raise InputError(f"{path}: lacks the column {', '.join(missing)}")
        rows = list(reader)
    zones: dict[tuple[str, str, str], Zone] = {}
    for row in rows:
        key = (row["zone"], row["province"], row["city"])
        before = zones.get(key)
        districts = (*(before.districts if before else ()), row["district_code"])
        town = (before.township if before else "") or row.get("township", "")
        zones[key] = Zone(*key, districts, town)
    return tuple(sorted(zones.values(), key=lambda zone: (-len(zone.name), zone.name, zone.city)))
