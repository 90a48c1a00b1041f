"""What planners count: districts with their stations, people and claims; and what claims are worth.

Pure functions: tables in, tables out, same keys.
"""

from __future__ import annotations

import pandas as pd

from geomap.model.counting import roles
from geomap.model.tables import CLAIMS, OPEN_STATUSES

#: What would settle a claim, by verdict.
_SETTLES = {
    "confirmed": "",
    "partly": "补录其余站点的名称与地址",
    "unknown": "取得站点名单（名称、地址、开放时间）",
    "contradicted": "同一天的文件说法不一，请向发文单位核实",
}


def tally_districts(
    stations: pd.DataFrame, districts: pd.DataFrame, claims: pd.DataFrame, population: pd.Series
) -> pd.DataFrame:
    """Return one row a district with what it has and what documents claim.

    Parameters
    ----------
    stations : columns of :data:`geomap.model.tables.BUILT`.
    districts : ``district_code province city district area_km2`` and geometry (EPSG:4326).
    claims : columns of :data:`geomap.model.tables.CLAIMS` and ``district_code``.
    population : people by district code (2020 census unless the user gave others).

    Returns
    -------
    DataFrame
        The districts with ``population station_count planned_count claimed_count claimed_on
        people_per_station``; population and claims are NaN where nobody said.
    """
    role = roles(stations)
    counted, planned = stations[role == "certain"], stations[role == "planned"]
    newest = newest_counts(claims).set_index("district_code")
    code = districts.district_code
    table = districts.assign(
        population=code.map(population).astype("Float64"),
        station_count=code.map(counted.district_code.value_counts()).fillna(0).astype(int),
        planned_count=code.map(planned.district_code.value_counts()).fillna(0).astype(int),
        claimed_count=code.map(newest["count"]).astype("Int64"),
        claimed_on=code.map(newest["as_of"].astype(object)).astype(object).fillna(""),
    )
    per_station = table.population / table.station_count.where(table.station_count > 0)
    return table.assign(people_per_station=per_station.round(0).astype("Float64"))


def newest_counts(claims: pd.DataFrame) -> pd.DataFrame:
    """Return, for each district, its newest count of kind station (the larger of one day)."""
    counts = claims[
        (claims.kind == "station") & claims["count"].notna() & (claims.district_code != "")
    ]
    ordered = counts.sort_values(["district_code", "as_of", "count"], kind="stable")
    return ordered.drop_duplicates("district_code", keep="last")


def judge_claims(claims: pd.DataFrame, stations: pd.DataFrame) -> pd.DataFrame:
    """Return the claims with ``verdict`` and ``settles``.

    A count is confirmed when the map shows at least as many places of its kind in its district,
    partly when it shows some, unknown when it shows none; contradicted when another document
    gives another number for the same day. What is ``planned`` is held against planned places; what
    was ``added`` is no total and stays unknown, for the map does not know when a place was built.
    A promise ("10 分钟", "24 小时") stays unknown: no
    count of points can settle it.
    """
    shown = stations[stations.status.isin(OPEN_STATUSES)]
    places = shown.groupby(["district_code", "kind"]).size().to_dict()
    planned = stations[stations.status == "planned"].district_code.value_counts()
    places |= {(code, "planned"): number for code, number in planned.items()}
    day = ["district_code", "kind", "as_of"]
    numbers = claims.groupby(day, dropna=False)["count"].transform("nunique")
    verdicts = [
        _judge(
            number,
            int(places.get((code, kind), 0)),
            bool(code and as_of and different > 1 and kind != "added"),
        )
        for number, code, kind, as_of, different in zip(
            claims["count"], claims.district_code, claims.kind, claims.as_of, numbers, strict=True
        )
    ]
    settles = [_SETTLES[verdict] for verdict in verdicts]
    columns = [*CLAIMS.names, "district_code"]
    return claims[columns].assign(verdict=verdicts, settles=settles)


def _judge(claimed: object, mapped: int, is_disputed: bool) -> str:
    if pd.isna(claimed):  # type: ignore[call-overload]
        return "unknown"
    if is_disputed:
        return "contradicted"
    number = int(str(claimed).partition(".")[0])
    return "unknown" if mapped == 0 else "confirmed" if mapped >= number else "partly"
