"""What a geodata folder holds, read in one go, so that no ``add`` writes in between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

import pandas as pd

from geomap.model.records import Skip
from geomap.model.tables import ALIASES, CLAIMS, REPORTS, SERVICES
from geomap.pipeline.any_ledger import read_people
from geomap.pipeline.document_list import unread_documents
from geomap.pipeline.reference import Reference
from geomap.sheets.cells import read_whole
from geomap.sheets.table_file import Checked, check_table
from geomap.stations.answers import read_answers
from geomap.stations.ledger import read_ledger
from geomap.store.lock import lock_tables


@dataclass(frozen=True, slots=True, eq=False)
class Contents:
    """The tables of one moment: ledger, found.csv and what belongs to them.

    ``same`` has the old ids that somebody answered to be another station's; ``unread`` are the
    documents that ``add`` has not read or left out, or that changed since.
    """

    people: Checked
    machine: Checked
    claims: Checked
    services: Checked
    reports: Checked
    aliases: Checked
    same: Mapping[str, str]
    unread: tuple[Skip, ...]

    @property
    def skips(self) -> tuple[Skip, ...]:
        """The rows that were left out."""
        return tuple(chain(*(table.skips for table in self._tables)))

    @property
    def warnings(self) -> tuple[Skip, ...]:
        """The cells that were left empty or are doubtful, and the unread documents."""
        return (*chain(*(table.warnings for table in self._tables)), *self.unread)

    @property
    def _tables(self) -> tuple[Checked, ...]:
        return (
            self.people, self.machine, self.claims, self.services, self.reports, self.aliases
        )  # fmt: skip


def read_contents(reference: Reference) -> Contents:
    """Return the tables of a folder under its lock; a table it lacks is empty.

    Raises
    ------
    InputError
        A table cannot be read, or another run does not end.
    """
    geodata = reference.geodata
    with lock_tables(geodata.root):
        return Contents(
            people=read_people(geodata.file("stations.csv"), reference),
            machine=read_ledger(geodata.file("found.csv"), reference.vocabulary),
            claims=check_table(geodata.file("claims.csv"), CLAIMS),
            services=check_table(geodata.file("services.csv"), SERVICES),
            reports=check_table(geodata.file("reports.csv"), REPORTS),
            aliases=check_table(geodata.file("aliases.csv"), ALIASES),
            same=read_answers(geodata.root).same,
            unread=unread_documents(geodata),
        )


def count_claims(written: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Return claims.csv with numbers as numbers and the district each claim speaks of."""
    numbers = pd.array([read_whole(count) for count in written["count"]], dtype="Int64")
    resolved = (
        reference.divisions.resolve(province=province, city=city, district=district)
        for province, city, district in zip(
            written.province, written.city, written.district, strict=True
        )
    )
    codes = [places.districts[0].code if len(places.districts) == 1 else "" for places in resolved]
    return written.assign(
        count=numbers, district_code=pd.Series(codes, written.index, dtype=object)
    )


def match_services(
    written: pd.DataFrame, aliases: Mapping[str, str], stations: pd.DataFrame
) -> tuple[pd.DataFrame, list[Skip]]:
    """Return services.csv under the ids of the map, and the rows whose station is not on it."""
    services = written.assign(station_id=written.station_id.replace(dict(aliases)))
    known = services.station_id.isin(set(stations.station_id))
    lost = [
        Skip("services", f"services.csv:{row}:station_id", "station-unknown",
             f"no station {station[:80]}", station[:80])
        for row, station in written.station_id[~known].items()
    ]  # fmt: skip
    return services[known].sort_values(SERVICES.names, ignore_index=True), lost
