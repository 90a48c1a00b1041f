"""Settings, word lists, reports and the values that people write."""

from __future__ import annotations

from pathlib import Path

from geomap.files.folder import SHIPPED
from geomap.find import read_lexicon
from geomap.hours import find_hours, parse_hours
from geomap.hours.compiled import compile_hours
from geomap.model.settings import read_settings
from geomap.model.vocabulary import read_vocabulary
from geomap.stations.reports import HEAD, parse_reports
from tests.fuzz import seeds
from tests.fuzz.target import file_target, text_target


@file_target(
    "settings", ".toml", lambda: [seeds.SETTINGS.encode()], ("[[", "]]", "=", "nan", "inf")
)
def _settings(path: Path) -> object:
    return read_settings(path)


@file_target("words", ".toml", lambda: [(SHIPPED / "words.toml").read_bytes()], ("[[", "]]", "="))
def _words(path: Path) -> object:
    return read_vocabulary(path), read_lexicon(path)


@text_target(
    "hours",
    ["Mo-Fr 09:00-17:00; PH off", "周一至周五 9:00-17:00，周末休息",
     "每天 7:30-19:30（午休 11:00-13:00）",
     "24/7", 'Th "下午"', "夏季 8:00—18:00 冬季 8:30—17:30", "2026-05-01 至 2026-10-08 全天"],
    ("PH", "SH", "week 1-53", "sunrise-sunset", "除外", "至", "半", "点", "||", "off", "day"),
)  # fmt: skip
def _hours(text: str) -> object:
    parsed = parse_hours(text)
    return find_hours(text), parsed and compile_hours(parsed.osm)


@text_target(
    "reports",
    [f"{HEAD}\n编号：d0123456789\n名称：湖墅暖心驿站\n情况：上锁（locked）\n时间：2026-05-06 10:20"
     "\n版次：2026-05-01\n"],
    (HEAD, "编号：", "情况：", "（gone）", "时间：", "> "),
)  # fmt: skip
def _reports(text: str) -> object:
    return parse_reports(text)
