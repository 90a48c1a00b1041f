"""What riders report: prefilled texts from the page, kept until a person has confirmed them.

A report holds a station, a claim and a time, and nothing of the rider; whatever else a mail
carries (a signature, a telephone number) is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from geomap.model.tables import REPORTS

HEAD = "【驿站情况反映】"
#: What the page's texts may claim, and how a confirmed one is told on the map.
CLAIMS = {
    "locked": "有人反映上锁",
    "gone": "有人反映已经没有了",
    "hours": "有人反映开放时间不对",
    "place": "有人反映位置不对",
    "facilities": "有人反映设施不对",
    "refused": "有人反映不让进",
    "fine": "有人反映一切属实",
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
_FIELDS = {
    "station_id": re.compile(r"^[^\w\n]*编号[:：]\s*([A-Za-z0-9._-]{1,64})\s*$", re.MULTILINE),
    "claim": re.compile(r"^[^\w\n]*情况[:：].*?[（(]([a-z]+)[）)]\s*$", re.MULTILINE),
    "reported_at": re.compile(
        r"^[^\w\n]*时间[:：]\s*(\d{4}-\d{2}-\d{2}(?: \d{1,2}:\d{2})?)", re.MULTILINE
    ),
    "edition": re.compile(r"^[^\w\n]*版次[:：]\s*(\d{4}[\d-]{0,6})", re.MULTILINE),
}


def is_report(text: str) -> bool:
    """Whether a text is (or quotes) a report of the riders' page."""
    return HEAD in text


def parse_reports(text: str) -> tuple[list[dict[str, str]], int]:
    """Return the reports in a text, and how many could not be read.

    Each has the columns of :data:`geomap.model.tables.REPORTS`; ``confirmed_on`` is empty.
    """
    reports, lost = [], 0
    for part in text.replace("\r\n", "\n").split(HEAD)[1:]:
        found = {name: pattern.search(part) for name, pattern in _FIELDS.items()}
        report = {name: match.group(1) if match else "" for name, match in found.items()}
        if report["station_id"] and report["claim"] in CLAIMS and report["reported_at"]:
            reports.append({"confirmed_on": "", "note": "", **report})
        else:
            lost += 1
    return reports, lost


def merge_reports(
    known: pd.DataFrame, new: Iterable[Mapping[str, str]]
) -> tuple[list[dict[str, str]], int]:
    """Return all reports, sorted, each once; and how many are new. What people wrote stays."""
    rows = {_key(row): row for row in _records(known)}
    before = len(rows)
    for report in new:
        rows.setdefault(_key(report), dict(report))
    return [rows[key] for key in sorted(rows)], len(rows) - before


def summarize_reports(reports: pd.DataFrame) -> dict[str, str]:
    """Return, by station, what is told of it: confirmed reports only, the newest first."""
    confirmed = [row for row in _confirmed(reports) if row["claim"] in CLAIMS]
    confirmed.sort(key=_key, reverse=True)
    told: dict[str, dict[str, None]] = {}
    for row in confirmed:
        line = f"{row['reported_at'][:10]} {CLAIMS[row['claim']]}"
        told.setdefault(row["station_id"], {})[line] = None
    return {station: "；".join(lines) for station, lines in told.items()}


def last_confirmed(reports: pd.DataFrame) -> dict[str, str]:
    """Return, by station, the newest day a confirmed report found everything as said."""
    days: dict[str, str] = {}
    for row in _confirmed(reports):
        if row["claim"] == "fine":
            day = row["reported_at"][:10]
            days[row["station_id"]] = max(day, days.get(row["station_id"], ""))
    return days


def read_texts(paths: Iterable[Path]) -> tuple[list[dict[str, str]], int]:
    """Return the reports of some text files, and how many could not be read."""
    reports: list[dict[str, str]] = []
    lost = 0
    for path in paths:
        found, unread = parse_reports(path.read_text(encoding="utf-8-sig", errors="replace"))
        reports += found
        lost += unread
    return reports, lost


def _confirmed(reports: pd.DataFrame) -> list[dict[str, str]]:
    """Return the reports that a person confirmed; what is no day must not reach a page as one."""
    rows = _records(reports)
    return [row for row in rows if row["confirmed_on"] and _DAY.match(row["reported_at"])]


def _records(table: pd.DataFrame) -> list[dict[str, str]]:
    return [{name: str(row[name]) for name in REPORTS.names} for row in table.to_dict("records")]


def _key(row: Mapping[str, str]) -> tuple[str, str, str]:
    return row["reported_at"], row["station_id"], row["claim"]
