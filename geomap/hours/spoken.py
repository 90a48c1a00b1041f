"""Opening hours in plain Chinese, for whoever typed or received OpenStreetMap's signs only."""

from __future__ import annotations

import re
from functools import lru_cache

from geomap.hours.chinese import read_chinese
from geomap.hours.rules import write_rules

_DAYS = dict(zip(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"), "一二三四五六日", strict=True))
_DAY = "|".join(_DAYS)
_WORDS = (
    (re.compile(r"^24/7$"), "24小时开放"),
    (re.compile(r"\bMo-Su\b ?"), "每天"),
    (re.compile(rf"\b({_DAY})-({_DAY})\b"), lambda m: f"周{_DAYS[m[1]]}至周{_DAYS[m[2]]}"),
    (re.compile(rf"\b({_DAY})\b"), lambda m: f"周{_DAYS[m[1]]}"),
    (re.compile(r"\bPH\b"), "法定节假日"),
    (re.compile(r" ?\b(off|closed)\b"), "休息"),
    (re.compile(r"\b00:00-24:00\b"), "24小时"),
    (re.compile(r" *; *"), "；"),
    (re.compile(r" *, *"), "、"),
)


@lru_cache(maxsize=4096)
def say_hours(osm: str) -> str:
    """Return canonical hours as a rider reads them: ``Mo-Fr 09:00-17:00`` → 周一至周五 09:00-17:00.

    What is said means the same when it is read again; where that cannot be had (months, sunrise,
    comments), the hours come back as they are.
    """
    words = osm
    for pattern, said in _WORDS:
        words = pattern.sub(said, words)
    rules = read_chinese(words)
    return words if rules is not None and write_rules(rules) == osm else osm
