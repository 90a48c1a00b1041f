"""The law of counting: every combination of kind, status and access, against design's sentences."""

from __future__ import annotations

from itertools import product

import pandas as pd
import pytest

from geomap.model.counting import (
    LISTED_ROLES,
    ROLES,
    is_counted,
    is_listed,
    role_of,
    roles,
    standing_table,
)
from geomap.model.settings import Settings
from geomap.model.tables import ACCESSES, KINDS, STATUSES
from geomap.pages.planner_stations import LAYERS, station_layers
from geomap.pages.visibility import is_public

REST = {"station", "rest_room", "workers_home", "service_center", "mobile_station"}
EVERY = list(product(KINDS, STATUSES, ACCESSES))
ROWS = pd.DataFrame(EVERY, columns=["kind", "status", "access"]).assign(uncertainty_m=30.0)


@pytest.mark.parametrize("kind, status, access", EVERY)
def test_every_combination_says_what_the_design_says(kind: str, status: str, access: str) -> None:
    found = role_of(kind, status, access)
    operates = status in {"operating", "converted"}
    welcome = access in {"public", "outdoor_workers"}
    assert (found == "certain") == (kind in REST and operates and welcome)
    maybe = status == "unknown" or operates
    is_open_to_riders = welcome or access == "unknown"
    assert (found in LISTED_ROLES) == (kind in REST and maybe and is_open_to_riders)
    if status == "closed":
        assert found in {"closed", "former_branch", "former_demand", "undrawn"}
    assert (found == "planned") == (kind in REST and status == "planned")
    assert (found == "branch") == (kind == "union_branch" and status != "closed")


def test_a_table_of_rows_is_judged_as_its_rows() -> None:
    shuffled = ROWS.sample(frac=1, random_state=3)
    found = roles(shuffled)
    assert found.index.equals(shuffled.index)
    assert found.to_dict() == {
        row.Index: role_of(row.kind, row.status, row.access) for row in ROWS.itertuples()
    }
    assert is_counted(ROWS).equals(roles(ROWS).eq("certain"))
    assert is_listed(ROWS).equals(roles(ROWS).isin(LISTED_ROLES))


def test_what_is_for_employees_and_what_is_no_place_to_rest_is_not_public() -> None:
    rows = ROWS.assign(sensitive=False, district_outcome="inside")
    hidden = rows["kind"].isin(["courier_depot", "employer_site", "event_venue"])
    assert is_public(rows).equals(~hidden & (rows["access"] != "employees"))


def test_no_row_gives_no_role() -> None:
    assert roles(ROWS.head(0)).empty


def test_every_role_has_a_reason_and_a_layer() -> None:
    assert set(standing_table().values()) == set(ROLES)
    drawn = ROWS[roles(ROWS) != "undrawn"]
    assert set(station_layers(drawn, Settings())) == set(LAYERS) - {"rough"}


def test_a_word_nobody_knows_is_never_certain() -> None:
    assert role_of("station", "reopened?", "public") == "possible"
    assert role_of("station", "operating", "guests") == "restricted"
