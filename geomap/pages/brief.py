"""The brief of a district: what stands on its two pages, in print and as a Word file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geomap.model.edition import Edition
from geomap.model.tables import CLAIMS
from geomap.pages.latin_names import spell_near
from geomap.pages.meanings import OF_PART, Pair, list_meanings, part_below
from geomap.pages.planner_gaps import say_gaps
from geomap.pages.published import district_columns

#: A map of more stations is a country's, and no planner's of a district: it has no briefs.
_MOST_STATIONS = 5_000
#: Districts that have a brief, those with most stations first.
MOST_BRIEFS = 100
#: Lines of a list, so that two pages hold all; the page has the others.
_MOST_GAPS, _MOST_ACTIONS, _MOST_CLAIMS = 8, 6, 5
#: One text, or one in Chinese and one in English.
Text = str | Pair


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a brief: rows of cells under a heading, and what there is to say of them."""

    title: Pair
    rows: tuple[tuple[Text, ...], ...]
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """All that the brief of a district says, but for its map."""

    code: str
    title: str
    subtitle: Text
    sections: tuple[Section, ...]


def draw_briefs(edition: Edition) -> list[Brief]:
    """Return the briefs of the districts that have stations or claims, at most a hundred.

    A map of more than 5,000 stations has none.
    """
    if len(edition.stations) > _MOST_STATIONS:
        return []
    columns = [*district_columns(edition.settings), "geometry"]
    rows = edition.districts.reindex(columns=columns)
    rows = rows[rows["geometry"].notna()]
    counts = rows[["station_count", "planned_count", "claimed_count"]].fillna(0)
    rows = rows[(counts > 0).any(axis=1)]
    order = rows.sort_values(["station_count", "district_code"], ascending=[False, True])
    writer = _Writer(edition)
    briefs = [writer.write(row) for _, row in order.head(MOST_BRIEFS).iterrows()]
    return sorted(briefs, key=lambda brief: brief.code)


@dataclass(frozen=True, eq=False)
class _Writer:
    edition: Edition

    def write(self, row: pd.Series) -> Brief:
        code = str(row["district_code"])
        names = dict.fromkeys(str(row[name]) for name in ("province", "city"))
        day = self.edition.edition_date
        where = f"{' '.join(names)} · {code}"
        return Brief(
            code,
            str(row["district"]),
            (f"{where} · 资料截至 {day or '不详'}", f"{where} · facts as of {day or 'unknown'}"),
            (
                Section(("数字", "Numbers"), tuple(self._numbers(row)), ""),
                self._gaps(code),
                self._hours(code),
                self._actions(row),
                self._claims(row),
                self._meanings,
            ),
        )

    @cached_property
    def _meanings(self) -> Section:
        return Section(
            ("每个数字是什么", "What each number is"), tuple(list_meanings(self.edition))
        )

    def _numbers(self, row: pd.Series) -> Iterator[tuple[Text, ...]]:
        claimed, unknown = row["claimed_count"], pd.isna(row["claimed_count"])
        yield ("图上站点", "On the map"), _number(row["station_count"])
        yield ("规划", "Planned"), _number(row["planned_count"])
        yield ("文中站点", "Claimed"), "—" if unknown else f"{claimed:.0f}（{row['claimed_on']}）"
        yield ("人口", "People"), _number(row["population"])
        yield ("人 / 站", "People per station"), _number(row["people_per_station"])
        yield ("面积", "Area"), f"{_number(row['area_km2'], 1)} km²"
        if not pd.isna(row["served_km2"]):
            yield (
                ("街道所及，道路文件覆盖", "Served by streets, road file covers"),
                f"{_number(row['served_km2'], 1)} km², {_percent(row['roads_share'])}",
            )
        headline = self.edition.settings.headline
        for envelope in sorted(self.edition.settings.envelopes, key=lambda one: one != headline):
            low, share, high, land, people, demand = (
                row[f"{envelope.id}_{name}"] for name in
                ("share_low", "share", "share_high", "land_share", "people", "demand_share")
            )  # fmt: skip
            of = f"{_percent(share)}（{_percent(low)} – {_percent(high)}）"
            yield (envelope.label, envelope.label_en), of
            if not pd.isna(people):
                zh, en = OF_PART if row["roads_share"] < part_below(self.edition) else ("", "")
                count, part = _number(people), _percent(demand)
                told = f"约 {count} 人，{zh}{part}", f"about {count}, {en}{part}"
                yield ("　到得了的人", "　people who reach one"), told
                if envelope == headline and demand > 0:
                    lost = _number(people / demand - people)
                    yield (
                        ("　到不了的人", "　people who do not"),
                        (f"约 {lost} 人", f"about {lost}"),
                    )
            if not pd.isna(row["served_km2"]):
                yield ("　占全部土地", "　of all land"), _percent(land)

    def _gaps(self, code: str) -> Section:
        title, gaps = ("缺口", "Gaps"), self.edition.gaps
        if gaps is None:
            return Section(title, (), ("没有算。", "not measured."))
        table = gaps.table.assign(place=say_gaps(self.edition))
        own = table[table["district_code"] == code]
        named = dict(zip(self.edition.stations["station_id"], self.edition.stations["name"],
                         strict=True))  # fmt: skip
        rows = [
            (
                _name_gap(str(gap.place), gap.rank),
                _amount(gap.demand, gaps.unit),
                f"{_number(gap.area_km2, 1)} km²",
                _nearest(gap.nearest_min, named.get(gap.nearest_station_id, "")),
            )
            for gap in own.head(_MOST_GAPS).itertuples()
        ]
        note = (
            "确定能进的站点（各算在最可能的位置）在时限内都到不了的地方，人多的在前；"
            "分钟：这里一半的人至少要骑这么久。",
            "where no station that surely lets riders in is reached in time (each where it is "
            "known best), most people first; minutes: half of the people ride at least so long.",
        )
        return Section(title, tuple(rows), _and_more(note, len(own) - len(rows)))

    def _hours(self, code: str) -> Section:
        title, hours = ("几点在范围内", "In reach, by the hour"), self.edition.hours
        if hours is None:
            return Section(title, (), ("没有算。", "not measured."))
        headline = self.edition.settings.headline
        own = hours[(hours["district_code"] == code) & (hours["envelope"] == headline.id)]
        week = own.set_index(["weekday", "hour"])
        rows = [
            (
                (f"{zh} {hour}:00", f"{en} {hour}:00"),
                _percent(week.at[(day, hour), "share"]),
                (
                    f"时间不详的也算，最多 {_percent(week.at[(day, hour), 'share_high'])}",
                    f"with unknown hours at most {_percent(week.at[(day, hour), 'share_high'])}",
                ),
            )
            for day, zh, en in ((3, "周三", "Wednesday"), (7, "周日", "Sunday"))
            for hour in (2, 8, 14, 22)
            if (day, hour) in week.index
        ]
        return Section(title, tuple(rows), (headline.label, headline.label_en))

    def _actions(self, row: pd.Series) -> Section:
        title, plan = ("下一步", "What next"), self.edition.plan
        if plan is None:
            return Section(title, (), ("没有算过计划（plan）。", "no plan was made."))
        inside = [
            action for action in plan["actions"]
            if shapely.intersects_xy(row["geometry"], action["lon"], action["lat"])
        ]  # fmt: skip
        rows = [
            (str(action["rank"]), (action["reason"], action["reason_en"]),
             "—" if action["cost"] is None else (f"{action['cost']:,.0f} 元",
                                                 f"{action['cost']:,.0f} yuan"))
            for action in inside[:_MOST_ACTIONS]
        ]  # fmt: skip
        note: Pair = ("", "")
        if not inside:
            note = ("计划里没有这个区县的办法。", "the plan has nothing in this district.")
        elif plan["is_stale"]:
            note = ("台账在计划算出之后改过。", "the ledger has changed since the plan was made.")
        return Section(title, tuple(rows), _and_more(note, len(inside) - len(rows)))

    def _claims(self, row: pd.Series) -> Section:
        columns = [*CLAIMS.names, "district_code", "verdict", "settles"]
        claims = self.edition.claims.reindex(columns=columns).reset_index(drop=True)
        code, names = claims["district_code"].astype(object).fillna(""), ["province", "district"]
        is_called = (claims[names] == row[names]).all(axis=1)
        own = claims[code.eq(row["district_code"]) | (code.eq("") & is_called)]
        keys = own.astype(str).sort_values(list(own.columns), kind="stable").index
        own = own.loc[keys].sort_values("as_of", ascending=False, kind="stable")
        verdicts = self.edition.labels["verdict"]
        rows = [
            (
                _short(f"{claim.claim}（{claim.doc} {claim.as_of}）"),
                verdicts.get(str(claim.verdict), (str(claim.verdict),) * 2),
                _short(str(claim.settles or "")),
            )
            for claim in own.head(_MOST_CLAIMS).itertuples()
        ]
        note = ("", "") if rows else ("文件里没有说到。", "documents claim nothing.")
        return Section(("文中说法", "Claims"), tuple(rows), _and_more(note, len(own) - len(rows)))


def _name_gap(place: str, rank: int) -> Text:
    return (place, spell_near(place)) if place else (f"第 {rank} 处", f"No. {rank}")


def _and_more(note: Pair, count: int) -> Pair:
    if count <= 0:
        return note
    return f"{note[0]}另有 {count} 条，见规划页。", f"{note[1]} {count} more on the page.".strip()


def _amount(value: float, unit: str) -> Text:
    if unit == "people":
        return f"约 {_number(value)} 人", f"about {_number(value)} people"
    return f"{_number(value, 1)} km²（人口不详）", f"{_number(value, 1)} km² (people unknown)"


def _nearest(minutes: Any, name: str) -> Text:
    if not name or pd.isna(minutes):
        return "没有确定能进的站点", "no station that surely lets riders in"
    far = ("一小时以上", "over an hour") if minutes > 60 else (f"{minutes:.0f} 分钟",) * 2
    return f"最近 {far[0]}（{name}）", f"nearest {far[1].replace('分钟', 'min')} ({name})"


def _short(text: str, most: int = 90) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def _number(value: Any, digits: int = 0) -> str:
    return "—" if pd.isna(value) else f"{value:,.{digits}f}"


def _percent(share: Any) -> str:
    """Return a share as the page says it: what is above nothing or below all stays so."""
    if pd.isna(share):
        return "—"
    share = round(share, 4)  # so does the page: two numbers of one share must not differ
    if 0 < share < 0.0005:
        return "<0.1%"
    return ">99.9%" if 0.9995 < share < 1 else f"{100 * share:.1f}%"


def brief_bounds(district: gpd.GeoSeries, margin: float = 0.05) -> tuple[float, ...]:
    """Return west, south, east, north around a district, degrees."""
    west, south, east, north = district.bounds
    pad = margin * max(east - west, north - south)
    return west - pad, south - pad, east + pad, north + pad
