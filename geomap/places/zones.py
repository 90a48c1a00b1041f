"""Places that are no division: development zones, and the districts they lie in (zones.csv)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geomap.model.records import Skip
from geomap.model.tables import ZONES
from geomap.sheets.table_file import check_table


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone: its name, where it lies, and the township its centre is in, where one is known."""

    name: str
    province: str
    city: str
    districts: tuple[str, ...]
    township: str = ""


def read_zones(path: Path) -> tuple[tuple[Zone, ...], tuple[Skip, ...]]:
    """Zones of a CSV, one row a zone and district, the longest names first; and rows left out.

    An absent file means no zones.

    Raises
    ------
    InputError
        The file cannot be read, or a column is missing.
    """
    checked = check_table(path, ZONES)
    zones: dict[tuple[str, str, str], Zone] = {}
    for row in checked.rows.to_dict("records"):
        key = (row["zone"], row["province"], row["city"])
        before = zones.get(key)
        districts = (*(before.districts if before else ()), row["district_code"])
        town = (before.township if before else "") or row["township"]
        zones[key] = Zone(*key, districts, town)
    longest = sorted(zones.values(), key=lambda zone: (-len(zone.name), zone.name, zone.city))
    return tuple(longest), (*checked.skips, *checked.warnings)
