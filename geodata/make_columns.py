"""Write geodata/columns.md: every table of the project, from the contracts in
geomap/model/tables.py.

usage: python geodata/make_columns.py
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from geomap.model.tables import (
    ALIASES,
    BUILT,
    CLAIMS,
    DOCUMENTS,
    FORMER,
    LEDGER,
    POPULATION,
    REPORTS,
    SAME_PLACE,
    SERVICES,
    ZONES,
    Table,
)

TABLES = {
    "stations.csv (people) and found.csv (machine)": LEDGER,
    "services.csv": SERVICES,
    "claims.csv": CLAIMS,
    "reports.csv": REPORTS,
    "aliases.csv": ALIASES,
    "same_place.csv": SAME_PLACE,
    "documents.csv": DOCUMENTS,
    "population.csv": POPULATION,
    "zones.csv": ZONES,
    "former.csv": FORMER,
    "built stations (site/internal/data/stations.geojson)": BUILT,
}


def describe(heading: str, table: Table) -> str:
    """Return one table as Markdown: column, type, unit, may it be empty, meaning, allowed words."""
    lines = [
        f"## {heading}",
        "",
        "| column | type | empty | meaning |",
        "| --- | --- | --- | --- |",
    ]
    for column in table.columns:
        kind = f"{column.type}, {column.unit}" if column.unit else column.type
        words = f": {', '.join(column.values)}" if column.values else ""
        meaning = f"{column.meaning}{words}".replace("|", "\\|")
        lines.append(
            f"| {column.name} | {kind} | {'no' if column.required else 'yes'} | {meaning} |"
        )
    return "\n".join(lines)


def page() -> str:
    """Return the whole page."""
    head = (
        "# Tables and their columns\n\nMade by make_columns.py from geomap/model/tables.py; "
        "the checks and the published files follow the same contracts.\n"
    )
    return "\n".join([head, *(describe(*each) + "\n" for each in TABLES.items())])


if __name__ == "__main__":
    (Path(__file__).parent / "columns.md").write_text(page(), encoding="utf-8")
