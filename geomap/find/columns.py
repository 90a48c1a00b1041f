"""What the columns of a table without a heading row mean, judged by most of their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geomap.find.lexicon import Lexicon
from geomap.hours import parse_hours

#: Fewer rows are no table (lines).
LEAST_ROWS = 3
#: What a column may mean, in the order in which its cells are asked (:func:`read_cell`).
_MEANINGS = ("kind", "ordinal", "phone", "opening_hours", "name", "address", "name")
#: Longer cells are prose (characters).
_LONGEST = 30
_ORDINAL = re.compile(r"(?:No\.?)?\d{1,4}[.、]?|[一二三四五六七八九十]{1,3}、?")
_PHONE = re.compile(r"[\d*()\-—转]{7,20}")
_ADDRESS = re.compile(
    r"[路街巷道弄]\d+|\d+号|(?:路|街|大道|巷|街道|镇|乡|村)$|交叉口|交汇处|路口|"
    r"^(?:[\u4e00-\u9fff]{2,6}(?:区|县|市))[\u4e00-\u9fff\d]{2,}"
)


_NO_DOOR = re.compile(
    r"\d+月\d+日|\d+[日—-]|假期|春节|国庆|中秋|元旦|(?:电话|热线|咨询|值班|报名|供餐|供应|活动)[^名]*时[间段]"
)
_WEEKDAY = r"(?:周|星期|礼拜)[一二三四五六日天末]"
_SOME_DAYS = re.compile(
    rf"(?:{_WEEKDAY}(?:(?:至|到|-|—|~|、)(?:周|星期|礼拜)?[一二三四五六日天])*|工作日|平日|双休日?|周末|节假日|"
    rf"法定节假日|夏[季令]|冬[季令]|[上下]午|\d+月?(?:至|到|-|—|~)(?:次年)?\d+月)(?:开放|营业|服务)?(?:时间)?"
)
_OPENS = re.compile(r"(?:开门|开放|开始|营业)(?:开始)?(?:时间|时刻)?$")
_CLOSES = re.compile(r"(?:关门|闭门|关闭|结束|打烊)(?:时间|时刻)?$")
_AS_LEFT = re.compile(r"同左|同前|←")
_IS_HOURS = re.compile(r"hours |opening_hours|dated|opens|closes")


def guess_columns(tallies: Sequence[Sequence[int]], rows: int) -> list[str]:
    """Column names of some rows of equal length; empty where they are no table of places.

    A table needs an address column, and before it one whose cells end like places or stations:
    a list of winners (person, street, prize) is none.

    Parameters
    ----------
    tallies : for each column the sum of :func:`read_cell` over the rows.
    """
    columns = [_guess(tally, rows) for tally in tallies]
    first = columns.index("name") if "name" in columns else -1
    columns = ["" if c == "name" and n != first else c for n, c in enumerate(columns)]
    if first < 0 or "address" not in columns or columns.index("address") < first:
        return []
    return columns


def read_cell(cell: str, lexicon: Lexicon) -> tuple[bool, ...]:
    """Whether a cell is prose, and for each of the meanings whether it may have it."""
    if len(cell) > _LONGEST or re.search(r"[。!?]", cell):
        return (True, *(False for _ in _MEANINGS))
    return (
        False,
        _is_kind(cell, lexicon),
        _ORDINAL.fullmatch(cell) is not None,
        _PHONE.fullmatch(cell) is not None,
        parse_hours(cell) is not None,
        bool(lexicon.find_heads(cell)),
        is_address(cell),
        lexicon.is_place(cell),
    )


def name_column(word: str, lexicon: Lexicon) -> str:
    """What a heading cell means; of hours, of which days they are: ``hours 周六、周日``.

    ``dated`` are those of a holiday or of a telephone: no door's, and no other words state them.
    """
    if _NO_DOOR.search(word):
        return "dated"
    if _SOME_DAYS.fullmatch(word):
        return f"hours {word}"
    return (
        lexicon.column(word)
        or ("opens" if _OPENS.match(word) else "")
        or ("closes" if _CLOSES.match(word) else "")
    )


def with_hours(columns: list[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The columns, where none is of hours with that whose cells state some."""
    if any(_IS_HOURS.match(column) for column in columns):
        alone = "closes" not in columns
        return ["opening_hours" if c == "opens" and alone else c for c in columns]
    for number, column in enumerate(columns):
        cells = [row[number] for row in rows if number < len(row) and row[number].strip("-—/无")]
        told = sum(parse_hours(cell) is not None for cell in cells)
        if not column and len(cells) >= 2 and told >= 0.6 * len(cells):
            return [*columns[:number], "opening_hours", *columns[number + 1 :]]
    return columns


def hours_of_row(columns: Sequence[str], cells: Sequence[str]) -> str:
    """What the cells of a row say of its hours, as one text."""
    words = dict(zip(columns, cells, strict=False))
    if words.get("opens") and words.get("closes"):
        return f"{words['opens']}-{words['closes']}"
    told, last = [], ""
    for column, cell in words.items():
        if column.startswith("hours "):
            last = last if _AS_LEFT.fullmatch(cell) else cell
            told.append((column.removeprefix("hours "), last.strip("-—/无 ")))
    if any("月" in cell for _, cell in told):  # seasons in the cells of days
        return told[0][1] if len({cell for _, cell in told}) == 1 else ""
    said = ";".join(f"{days}{cell}" for days, cell in told if cell)
    return said or words.get("opening_hours", "")


def is_of_hours(columns: Sequence[str]) -> bool:
    """Whether a column states the hours of every row."""
    return any(_IS_HOURS.match(column) for column in columns)


def is_address(cell: str) -> bool:
    """Whether a cell says where in words of an address."""
    return _ADDRESS.search(cell) is not None


def _guess(tally: Sequence[int], rows: int) -> str:
    """Meaning of one column: the first that fits most of its cells; empty where one is prose."""
    prose, *fitting = tally
    fits = (name for name, n in zip(_MEANINGS, fitting, strict=True) if n >= 0.6 * rows)
    return "" if prose else next(fits, "")


def _is_kind(cell: str, lexicon: Lexicon) -> bool:
    """司机之家: a head, and nothing before it but its qualifiers."""
    found = [match for match in lexicon.find_heads(cell) if match.end() == len(cell)]
    if not found:
        return False
    before = lexicon.qualifiers.search(cell[: found[-1].start()])
    return before is not None and before.start() == 0
