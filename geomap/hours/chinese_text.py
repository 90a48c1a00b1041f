"""Opening hours in plain Chinese, for whoever typed or received OpenStreetMap's signs only."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from geomap.hours.chinese import read_chinese
from geomap.hours.rules import DAY_NAMES, MONTH_NAMES, write_rules

_DAYS = dict(zip(DAY_NAMES, "一二三四五六日", strict=True))
_DAY = "|".join(_DAYS)
_SIGNS = re.compile(r'[A-Za-z"\[\]]')
_WORDS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"^24/7$"), "24小时开放"),
    *((re.compile(rf"\b{m} (\d+)(?![\d:])"), rf"{n}月\1日") for n, m in enumerate(MONTH_NAMES, 1)),
    *((re.compile(rf"\b{month}\b"), f"{n}月") for n, month in enumerate(MONTH_NAMES, 1)),
    (re.compile(rf"\b({_DAY})\[(\d)\]"), lambda m: f"每月第{m[2]}个周{_DAYS[m[1]]}"),
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
def format_hours(osm: str) -> str:
    """Return canonical hours as a rider reads them: ``Mo-Fr 09:00-17:00`` → 周一至周五 09:00-17:00.

    Quotation marks fall where what is said reads the same without them. Hours with a sign that has
    no word (sunrise) come back as they are.
    """
    words = osm
    for pattern, said in _WORDS:
        words = pattern.sub(said, words)
    for said in (words.replace('"', ""), words):
        rules = read_chinese(said)
        if rules is not None and write_rules(rules) == osm:
            return said
    return osm if _SIGNS.search(words) else words
