"""Counts and verdicts: what the map shows beside what documents claim."""

import pandas as pd
import pytest

from geomap.model.counting import is_counted
from geomap.model.tables import CLAIMS
from geomap.stations.tally import judge_claims, tally_districts


def stations(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["district_code", "kind", "status", "access"])


def claims(*rows: tuple[str, str, int | None, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["district_code", "kind", "count", "as_of"])
    table["count"] = table["count"].astype("Int64")
    for column in CLAIMS.names:
        if column not in table:
            table[column] = ""
    return table


OPEN = ("110107", "station", "operating", "outdoor_workers")


@pytest.mark.parametrize(
    "row, counted",
    [
        (OPEN, True),
        (("110107", "station", "converted", "public"), True),
        (("110107", "station", "planned", "public"), False),
        (("110107", "station", "closed", "public"), False),
        (("110107", "station", "operating", "unknown"), False),
        (("110107", "workers_home", "operating", "employees"), False),
        (("110107", "union_branch", "operating", "public"), False),
    ],
)
def test_only_what_a_rider_may_use_today_counts(row: tuple[str, ...], counted: bool) -> None:
    assert is_counted(stations(row)).tolist() == [counted]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "number, mapped, verdict",
    [
        (23, 0, "unknown"),
        (2, 1, "partly"),
        (1, 1, "confirmed"),
        (1, 2, "confirmed"),
        (None, 1, "unknown"),
    ],
)
def test_a_claim_is_judged_by_what_is_mapped(number: int | None, mapped: int, verdict: str) -> None:
    table = claims(("110107", "station", number, "2021"))
    assert judge_claims(table, stations(*[OPEN] * mapped)).verdict.tolist() == [verdict]


def test_what_is_planned_is_judged_by_what_is_planned_and_what_was_added_is_no_total() -> None:
    table = claims(
        ("110107", "planned", 2, "2021"),
        ("110107", "added", 1, "2021"),
        ("110107", "added", 3, "2021"),
    )
    planned = ("110107", "station", "planned", "public")
    verdicts = [
        judge_claims(table, stations(OPEN, *more)).verdict.tolist() for more in ([], [planned])
    ]
    assert verdicts == [["unknown"] * 3, ["partly", "unknown", "unknown"]]


def test_two_numbers_for_one_day_contradict_each_other() -> None:
    table = claims(("1", "station", 3, "2021"), ("1", "station", 4, "2021"))
    assert judge_claims(table, stations(OPEN)).verdict.tolist() == ["contradicted"] * 2


def test_kinds_are_never_summed_and_the_newest_count_is_shown() -> None:
    table = claims(
        ("110107", "station", 178, "2020"),
        ("110107", "station", 23, "2021"),
        ("110107", "workers_home", 146, "2021"),
    )
    districts = pd.DataFrame({"district_code": ["110107"]})
    row = tally_districts(stations(OPEN), districts, table, pd.Series({"110107": 567851})).iloc[0]
    assert (row.claimed_count, row.claimed_on, row.station_count) == (23, "2021", 1)
    assert row.people_per_station == 567851


def test_without_a_station_nobody_is_served() -> None:
    districts = pd.DataFrame({"district_code": ["110107"]})
    row = tally_districts(stations(), districts, claims(), pd.Series({"110107": 5.0})).iloc[0]
    assert pd.isna(row.people_per_station) and pd.isna(row.claimed_count)
