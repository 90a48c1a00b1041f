"""Promises that no count of points can settle: so many minutes, all day and night.

Like is judged with like: a promise for a whole district by the share of the district in reach, in
the envelope of the same minutes or the same radius; one for a town by nothing, since shares are
of districts. A promise is contradicted only where even every possible station leaves a part of
the district out and the map shows at least as many stations as documents count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from geomap.hours import week_hours
from geomap.model.settings import Envelope

#: A promise of this share is kept: a district's rim and hills are never reached.
KEPT_SHARE = 0.95
_MINUTES = re.compile(r"(\d{1,2})\s*分钟")
_KILOMETRES = re.compile(r"(\d+(?:\.\d+)?)\s*(?:公里|千米)")
_WALKED = re.compile("步行|走路|走")
_TOWN = re.compile(
    r"镇区|全镇|镇域|全乡|街道辖区|社区内|园区内|[一-鿿]{2,6}(?:街道|镇|乡)(?:总工会)?[的内]"
)
ALL_DAY = re.compile(r"24\s*小时|二十四小时|全天候|昼夜")
#: A walker's speed (km/h): a promise on foot is not judged by an envelope of riders.
_ON_FOOT_KMH = 6.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """``confirmed partly unknown contradicted``, what it rests on, and what would settle it."""

    verdict: str
    rests: str
    settles: str


def find_envelope(words: str, envelopes: Sequence[Envelope]) -> Envelope | None:
    """Return the envelope that the words promise; None where none is of the same measure."""
    kilometres, minutes = _KILOMETRES.search(words), _MINUTES.search(words)
    if kilometres:
        radius_m = float(kilometres[1]) * 1000
        return next((each for each in envelopes if each.radius_m == radius_m), None)
    if minutes is None:
        return None
    on_foot = bool(_WALKED.search(words))
    alike = [
        each
        for each in envelopes
        if each.minutes == float(minutes[1]) and (each.speed_kmh <= _ON_FOOT_KMH) == on_foot
    ]
    return alike[0] if alike else None


def judge_reach(
    words: str, quote: str, shares: Mapping[str, float] | None, envelopes: Sequence[Envelope],
    is_complete: bool,
) -> Verdict:  # fmt: skip
    """Return the verdict on a promise of minutes or metres for a district.

    Parameters
    ----------
    shares : the district's, ``ID_share_low ID_share ID_share_high``; None where none is known.
    is_complete : the map shows at least as many stations as documents count there.
    """
    if _TOWN.search(quote) and not re.search("全[区县市]", quote):
        return Verdict("unknown", "说的是镇街，覆盖率按区县算，不能相比", "取得镇街范围和站点名单")
    envelope = find_envelope(words, envelopes)
    if envelope is None or shares is None:
        return Verdict(
            "unknown", "地图没有同样标准的覆盖率", "在 map.toml 里设同样的标准，或写明区县"
        )
    low, high = (float(shares[f"{envelope.id}_{name}"]) for name in ("share_low", "share_high"))
    rests = f"{envelope.label}：位置确定的站点覆盖 {low:.1%}，全部可能的站点 {high:.1%}"
    if low >= KEPT_SHARE:
        return Verdict("confirmed", rests, "")
    if high < KEPT_SHARE and is_complete:
        return Verdict("contradicted", rests, "核对有没有漏登的站点")
    if low > 0:
        return Verdict("partly", rests, "补录其余站点，写明坐标")
    return Verdict("unknown", rests, "取得站点名单（名称、地址、开放时间）")


def judge_all_day(number: int | None, hours: Sequence[str], counted: int = 0) -> Verdict:
    """Return the verdict on a promise of doors open day and night.

    Parameters
    ----------
    number : how many doors; None: all of them.
    hours : OSM hours of the district's open stations, "" where unknown.
    counted : how many stations documents count there: of doors the map lacks nobody knows.
    """
    weeks = [week_hours(each) for each in hours]
    always = sum(bool(week[0].all()) for week in weeks)
    unknown = sum(bool(week[1].any()) for week in weeks)
    rests = f"图上在用 {len(hours)} 个：全天开放 {always} 个，时间不详 {unknown} 个"
    least = len(hours) if number is None else number
    wanted = max(least, counted) if number is None else least
    if not hours:
        return Verdict("unknown", rests, "取得站点名单（名称、地址、开放时间）")
    if always >= wanted:
        return Verdict("confirmed", rests, "")
    if always + unknown < least <= len(hours):
        return Verdict("contradicted", rests, "实地核对夜间是否开门")
    return Verdict("partly" if always else "unknown", rests, "写明每个站点的开放时间")


def shares_of(shares: pd.DataFrame | None, code: str) -> Mapping[str, float] | None:
    """Return a district's shares; None where the table has none of it."""
    if shares is None or code not in shares.index:
        return None
    row = shares.columns, shares.loc[[code]].to_numpy(dtype=float)[0]
    return {str(name): float(value) for name, value in zip(*row, strict=True)}
