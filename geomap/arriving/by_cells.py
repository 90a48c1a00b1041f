"""What the cells of a column say it is, where its heading says nothing, or too much."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from geomap.arriving.headings import Meaning, find_datum
from geomap.arriving.pasted import contains_point
from geomap.arriving.values import is_mark, read_pair
from geomap.model.vocabulary import Vocabulary, say_access, split_facilities
from geomap.sheets.cells import half_width, read_day

#: A column is what most of its cells are; so many are looked at.
MOST_CELLS = 200
_SHARE = 0.6
_CLOCK = re.compile(
    r"\d{1,2}\s*[::时点]|24\s*小时|全天|7\s*[*x×]\s*24|上午|下午|24/7|^不开放$|^休息$|[早朝]\s*[\d一-十].*[晚夕]",
    re.IGNORECASE,
)
_TIMES = re.compile(r"\d{1,2}\s*[::时点]")
_TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{1,8}(?:街道|镇|乡|苏木|街道办事处)")


def refine(meaning: Meaning, cells: Sequence[str], words: Vocabulary) -> Meaning:
    """Return what the cells say a column is, against a heading that is not exact or too wide."""
    if not cells:
        return meaning
    if meaning.column in ("", "address", "note", "change", "lon", "lat", "source") and most(
        cells, lambda cell: read_pair(cell) is not None or contains_point(cell)
    ):
        return Meaning("coordinate", meaning.datum)
    if not meaning.column:
        return _unheaded(cells, words)
    if meaning.column in ("opening_hours", "opens", "closes"):
        if meaning.column == "opening_hours" and most(cells, _is_day):
            return Meaning("day")
        timed = meaning.exact or most(cells, lambda cell: bool(_CLOCK.search(half_width(cell))))
        return meaning if timed else Meaning()
    fits = {
        "facility": lambda: most(cells, is_mark),
        "all_day": lambda: most(cells, is_mark),
        "phone": lambda: most(cells, lambda cell: bool(re.search(r"\d{3}", cell))),
        "access": lambda: meaning.exact or most(cells, lambda cell: _is_access(cell, words)),
    }  # fmt: skip
    return meaning if fits.get(meaning.column, lambda: True)() else Meaning()


def _unheaded(cells: Sequence[str], words: Vocabulary) -> Meaning:
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("facilities", lambda cell: _is_facilities(cell, words)),
        ("township", lambda cell: bool(_TOWNSHIP.fullmatch(cell))),
        ("datum", lambda cell: len(cell) <= 10 and bool(find_datum(cell))),
        ("status", lambda cell: cell in words.statuses),
    )
    return Meaning(next((column for column, fits in tests if most(cells, fits)), ""))


def most(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    """Whether most cells fit."""
    return sum(fits(cell) for cell in cells) >= _SHARE * len(cells)


def has_clock_times(cells: Iterable[str]) -> bool:
    """Whether a column of hours tells times of day, and no halves of a day."""
    texts = [half_width(cell) for cell in cells]
    return any(map(_TIMES.search, texts)) and not any("半天" in text for text in texts)


def _is_day(cell: str) -> bool:
    return read_day(cell) is not None and not re.fullmatch(r"\d{4}", cell)


def _is_access(cell: str, words: Vocabulary) -> bool:
    return cell in words.access or bool(say_access(cell, words.access_said))


def _is_facilities(cell: str, words: Vocabulary) -> bool:
    """Whether a cell lists facilities: more than one, and most of its words are such."""
    parts = split_facilities(cell, words)
    return len(parts) > 1 and 2 * sum(bool(key) for _, key in parts) > len(parts)
