"""What planners count: districts with their stations, people and claims; and what claims are worth.

Pure functions: tables in, tables out, same keys.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from geomap.model.counting import roles
from geomap.model.settings import ENVELOPES, Envelope
from geomap.model.tables import CLAIMS, OPEN_STATUSES, STATION_KINDS
from geomap.stations.promises import ALL_DAY, Verdict, judge_all_day, judge_reach, shares_of

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


def judge_claims(
    claims: pd.DataFrame,
    stations: pd.DataFrame,
    shares: pd.DataFrame | None = None,
    envelopes: Sequence[Envelope] = ENVELOPES,
) -> pd.DataFrame:
    """Return the claims with ``verdict``, what it ``rests`` on, and what ``settles`` it.

    A count is confirmed when the map shows at least as many places of its kind in its district,
    partly when it shows some, unknown when it shows none; contradicted when another document
    gives another number for the same day. What is ``planned`` is held against planned places; what
    was ``added`` is no total and stays unknown, for the map does not know when a place was built.
    Promises ("10 分钟", "24 小时") are judged by shares and hours (:mod:`.promises`).

    Parameters
    ----------
    shares : by district_code, as :func:`geomap.coverage.cover` gives them; None: not measured.
    """
    shown = stations[stations.status.isin(OPEN_STATUSES)]
    places = shown.groupby(["district_code", "kind"]).size().to_dict()
    planned = stations[stations.status == "planned"].district_code.value_counts()
    places |= {(code, "planned"): number for code, number in planned.items()}
    day = ["district_code", "kind", "as_of"]
    numbers = claims.groupby(day, dropna=False)["count"].transform("nunique")
    counted = newest_counts(claims).set_index("district_code")["count"].to_dict()
    verdicts = []
    for row, different in zip(claims.itertuples(), numbers, strict=True):
        code, kind, words = str(row.district_code), str(row.kind), str(row.claim)
        mapped = int(places.get((code, kind), 0))
        if ALL_DAY.search(words):
            own = shown[(shown.district_code == code) & shown.kind.isin(STATION_KINDS)]
            number = None if pd.isna(row.count) else int(row.count)  # type: ignore[call-overload]
            hours = [str(osm) for osm in own.get("opening_hours", pd.Series("", own.index))]
            verdicts.append(judge_all_day(number, hours if code else [], counted.get(code, 0)))
        elif kind == "reach":
            complete = code in counted and int(places.get((code, "station"), 0)) >= counted[code]
            known = shares_of(shares, code)
            verdicts.append(judge_reach(words, str(row.quote), known, envelopes, complete))
        elif kind == "share":
            verdicts.append(Verdict("unknown", "没有说一共多少个，无从比较", _SETTLES["unknown"]))
        else:
            disputed = bool(code and row.as_of and different > 1 and kind != "added")
            verdict = _judge(row.count, mapped, disputed)
            of = "规划中的" if kind == "planned" else "在用的同类（不论谁可进）"
            rests = f"图上{of} {mapped} 个" + ("，同一天另有说法" if disputed else "")
            verdicts.append(Verdict(verdict, rests, _SETTLES[verdict]))
    columns = [*CLAIMS.names, "district_code"]
    return claims[columns].assign(
        verdict=[each.verdict for each in verdicts],
        rests=[each.rests for each in verdicts],
        settles=[each.settles for each in verdicts],
    )


def _judge(claimed: object, mapped: int, is_disputed: bool) -> str:
    if pd.isna(claimed):  # type: ignore[call-overload]
        return "unknown"
    if is_disputed:
        return "contradicted"
    number = int(str(claimed).partition(".")[0])
    return "unknown" if mapped == 0 else "confirmed" if mapped >= number else "partly"
