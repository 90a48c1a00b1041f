"""What the cells of a column say it is, where its heading says nothing, or too much."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from geomap.arriving.changes import IS_BACK, IS_NEW, says
from geomap.arriving.days import is_day
from geomap.arriving.headings import Meaning, find_datum, is_of_others
from geomap.arriving.pasted import contains_point
from geomap.arriving.values import (
    PHONE,
    find_status,
    is_mark,
    read_pair,
    says_operating,
    with_colons,
)
from geomap.model.vocabulary import Vocabulary, say_access, split_facilities
from geomap.sheets.cells import half_width

#: A column is what most of its cells are; so many are looked at.
MOST_CELLS = 200
_SHARE = 0.6
_LONGEST_STATUS = 8
_CLOCK = re.compile(
    r"\d{1,2}\s*[::时点]|24\s*小时|全天|7\s*[*x×]\s*24|上午|下午|24/7|^不开放$|^休息$|[早朝]\s*[\d一-十].*[晚夕]",
    re.IGNORECASE,
)
_TIMES = re.compile(r"\d{1,2}\s*[::时点]")
_MOMENT = re.compile(
    r"(?:次日|凌晨|[清早]?[早晨]上?|上午|中午|下午|傍晚|晚上?)?\s*[\d一二两三四五六七八九十]{1,3}"
    r"(?:[::]\d{2}(?::00)?|[点时](?:\d{1,2}分?|半|整)?)"
)
_DATED = re.compile(r"(?:19|20)\d\d[-/年.]\d{1,2}(?!\d)")
_TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{1,8}(?:街道|镇|乡|苏木|街道办事处)")
_CITY = re.compile(r"[\u4e00-\u9fff]{1,7}(?<![超门城菜夜早])(?:市|自治州)")
#: Days of the week alone in a cell; the times stand in another.
_DAY = r"(?:每[天日]|全周|工作日|周末|双休日?|节假日|(?:每?周|星期)[一二三四五六日天])"
_DAYS = re.compile(rf"{_DAY}(?:\s*[-~—–至到、,和及]\s*(?:{_DAY}|[一二三四五六日天]))*")
#: What stands over days on which the door is open, and not over those of rest or of cleaning.
_OPEN_DAYS = re.compile(r"开|营业|服务|对外|星期|周几|[几哪].?天")
_OTHER_DAYS = re.compile(r"[休闭停关值]|保洁|活动|消毒|检修")
_DISTRICT = re.compile(r"[\u4e00-\u9fff]{1,7}(?<![小社园片地])(?:区|县|旗|自治县)")
_STREET = re.compile(r"[路街巷弄里村]|大道|胡同|广场|[国省县]道|高速|\d+号|[GSX]\d{1,3}")
#: What is beside a street and no address: an office, a firm, a station, a township.
_NO_STREET = re.compile(r"(?:会|局|所|处|委|办|公司|中心|街道|镇|乡|[驿车]?站点?|之家)$|[::]")
_STATION = re.compile(
    r"(?:驿站|服务站点?|服务点|休息[点室站]|之家|驿家|小[屋家站]|港湾|服务中心|站点?)(?:\(.*\)|（.*）)?$"
)


def refine(meaning: Meaning, heading: str, cells: Sequence[str], words: Vocabulary) -> Meaning:
    """Return what the cells say a column is, against a heading that is not exact or too wide."""
    if not cells:
        return meaning
    if meaning.column in ("", "address", "note", "change", "lon", "lat", "source") and most(
        cells, lambda cell: read_pair(cell) is not None or contains_point(cell)
    ):
        return Meaning("coordinate", meaning.datum)
    if meaning.column == "opening_hours" and most(cells, is_day):
        return Meaning()
    fits = {
        "opening_hours": lambda: meaning.exact or most(cells, tells_hours),
        "opens": lambda: meaning.exact or most(cells, tells_hours),
        "closes": lambda: meaning.exact or most(cells, tells_hours),
        "facility": lambda: most(cells, is_mark),
        "all_day": lambda: most(cells, is_mark),
        "phone": lambda: most(cells, lambda cell: bool(re.search(r"\d{3}", cell))),
        "access": lambda: meaning.exact or most(cells, lambda cell: _is_access(cell, words)),
        "kind": lambda: meaning.exact or any(_is_kind(cell, words) for cell in cells),
        "opened_on": lambda: meaning.exact or most(cells, _has_digit),
        "verified_on": lambda: meaning.exact or most(cells, is_day),
    }  # fmt: skip
    if meaning.column and fits.get(meaning.column, lambda: True)():
        return meaning
    found = _by_looks(heading, cells, words)
    if meaning.column == "facility" and found.column == "status":
        return Meaning(facility=meaning.facility)  # an oven out of order closes no station
    return found


def _by_looks(heading: str, cells: Sequence[str], words: Vocabulary) -> Meaning:
    """Return what cells are by themselves; what is about somebody else is no fact of a station."""
    tells_days = bool(_OPEN_DAYS.search(heading)) and not _OTHER_DAYS.search(heading)
    hours = ("opening_hours", lambda cell: tells_hours(cell) and not _DATED.search(cell))
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        hours,
        ("datum", lambda cell: len(cell) <= 10 and bool(find_datum(cell))),
        ("facilities", lambda cell: _is_facilities(cell, words)),
        ("township", lambda cell: bool(_TOWNSHIP.fullmatch(cell))),
        ("city", lambda cell: bool(_CITY.fullmatch(cell))),
        ("days", lambda cell: tells_days and bool(_DAYS.fullmatch(half_width(cell)))),
        ("district", lambda cell: bool(_DISTRICT.fullmatch(cell))),
        ("phone", lambda cell: bool(PHONE.search(half_width(cell)))),
        ("status", lambda cell: _is_status(cell, words)),
        ("access", lambda cell: len(cell) <= 12 and _is_access(cell, words)),
        ("address", lambda cell: bool(_STREET.search(cell)) and not _NO_STREET.search(cell)),
    )
    named = (column for column, fits in tests if most(cells, fits))
    return Meaning("" if is_of_others(heading) else next(named, ""), by_cells=True)


def looks(heading: str, cells: Sequence[str], words: Vocabulary) -> frozenset[str]:
    """Return what most cells look like: ``names``, ``days``, ``moment`` (one time of day).

    ``moments``: some tell times of day, and none halves of a day; ``changes``: half of the cells
    say that something has changed.
    """
    texts = [half_width(cell) for cell in cells]
    timed = any(map(_TIMES.search, texts)) and not any("半天" in text for text in texts)
    changed = [
        bool(IS_BACK.fullmatch(text)) or any(says(each, text) for each in words.changes.values())
        for text in texts
    ]
    turned = sum(changed) + sum(bool(IS_NEW.match(text)) for text in texts)
    asked = bool(re.search("[日时期天]", heading))  # 30000 alone may be money
    dated = [text for text in texts if asked or not text.isdigit()]
    said = {
        "names": bool(texts) and most(texts, is_station),
        "days": any(map(is_day, dated)) and most(texts, is_day),
        "moment": bool(texts) and most(texts, lambda text: bool(_MOMENT.fullmatch(text))),
        "moments": timed,
        "changes": any(changed) and len(texts) <= 2 * turned,
    }
    return frozenset(look for look, so in said.items() if so)


def most(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    """Whether most cells fit."""
    return sum(fits(cell) for cell in cells) >= _SHARE * len(cells)


def is_station(cell: str) -> bool:
    """Whether a text ends as the name of a station does."""
    return bool(_STATION.search(cell))


def tells_hours(cell: str) -> bool:
    """Whether a cell speaks of times of day."""
    return bool(_CLOCK.search(with_colons(half_width(cell))))


def _has_digit(cell: str) -> bool:
    return bool(re.search(r"\d", cell))


def _is_kind(cell: str, words: Vocabulary) -> bool:
    return any(cell.lower().endswith(word) for word in words.kinds)


def _is_status(cell: str, words: Vocabulary) -> bool:
    """Whether a short cell says how a station stands: in use, to be built, shut or gone."""
    gone = any(says(words.changes[each], cell) for each in ("closed", "suspended", "moved"))
    plainly = (says_operating(cell) or gone) and not _is_access(cell, words)
    known = bool(find_status(cell, words.statuses)) or plainly
    return known and len(cell) <= _LONGEST_STATUS


def _is_access(cell: str, words: Vocabulary) -> bool:
    known = cell in words.access or bool(say_access(cell, words.access_said))
    return known and not is_station(cell)


def _is_facilities(cell: str, words: Vocabulary) -> bool:
    """Whether a cell lists facilities: more than one, and most of its words are such."""
    parts = split_facilities(cell, words)
    return len(parts) > 1 and 2 * sum(bool(key) for _, key in parts) > len(parts)
