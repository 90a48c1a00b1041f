"""The lines of headings of a sheet: one, or two or three that complete each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geomap.arriving.days import is_day
from geomap.arriving.headings import Headings, Meaning
from geomap.arriving.values import read_pair
from geomap.sheets.cells import half_width, read_day
from geomap.sheets.grid import Grid
from geomap.sheets.reading import TITLE_ROWS, plain_heading

#: Lines that headings may stand on, and the longest text that is one.
_MOST_LINES = 3
_LONGEST = 30
#: A later line is the headings of another table when it names so many things.
_LEAST_NAMED = 2


@dataclass(frozen=True, slots=True)
class Top:
    """The headings of a table: the first row below them (from 0), and their lines, top to bottom.

    ``paths`` are the headings of each column from the widest to its own: 地理位置, 东经, 度.
    """

    below: int
    lines: tuple[tuple[str, ...], ...]
    paths: tuple[tuple[str, ...], ...]

    @property
    def first(self) -> int:
        """The row of the first line, from 0."""
        return self.below - len(self.lines)

    def repeats(self, cells: Sequence[str]) -> bool:
        """Whether a row is one of the lines again, as on every page of a long list."""
        return any(_is_same(cells, line) for line in self.lines)


def find_top(grid: Grid, headings: Headings, start: int = 0) -> Top | None:
    """Return the headings of the table at or below a row; None where no line has any."""
    best: tuple[tuple[int, int, int], Top] | None = None
    for number in range(start, min(start + TITLE_ROWS, len(grid.rows))):
        if _holds_data(grid.rows[number]):
            continue
        for top in _stacks(grid.rows, number, headings):
            rank = (count_named(top, headings), len(top.lines), -number)
            if rank[0] and (best is None or rank > best[0]):
                best = rank, top
    return best[1] if best else None


def find_next(grid: Grid, top: Top, headings: Headings) -> Top | None:
    """Return other headings further down, as of a second table below the first; else None.

    A line of at most one cell stands above them, and half of them are known.
    """
    for number in range(top.below + 1, len(grid.rows)):
        cells = [cell.strip() for cell in grid.rows[number] if cell.strip()]
        above = sum(bool(cell.strip()) for cell in grid.rows[number - 1])
        if above > 1 or len(cells) < 2 or top.repeats(grid.rows[number]):
            continue
        named = [str(headings.read(cell)) for cell in cells if len(cell) <= _LONGEST]
        named = [each for each in named if each and not each.startswith("facility")]
        if len({*named} - {"serial"}) >= _LEAST_NAMED and 2 * len(named) >= len(cells):
            return find_top(grid, headings, number)
    return None


def read_path(path: Sequence[str], headings: Headings) -> tuple[Meaning, str]:
    """Return what the lines of a heading mean together, and the label its cells keep."""
    own = headings.read(path[-1]) if path else Meaning()
    upper = [headings.read(each) for each in path[:-1]]
    above = next((each for each in reversed(upper) if each.column), Meaning())
    if not upper:
        return own, ""
    if own.column or not above.column:
        datum = next((each.datum for each in (own, *reversed(upper)) if each.datum), "")
        return replace(own, datum=datum, exact=False), ""
    return above, path[-1]


def count_named(top: Top, headings: Headings) -> int:
    """Return how many different things the headings name, one that looks like a cell not."""
    short = [path for path in top.paths if all(len(each) <= _LONGEST for each in path)]
    return len({str(read_path(path, headings)[0]) for path in short} - {"", "serial"})


def _stacks(rows: Sequence[list[str]], number: int, headings: Headings) -> Iterator[Top]:
    """Return the headings that may begin on a row: that line, and what completes it below."""
    lines: list[list[str]] = []
    for at in range(number, min(number + _MOST_LINES, len(rows))):
        if lines and not _completes(lines[-1], rows[at], headings):
            return
        lines.append(rows[at])
        width = max(map(len, lines))
        padded = [[*line, *[""] * (width - len(line))] for line in lines]
        yield Top(at + 1, tuple(map(tuple, padded)), tuple(_paths(padded)))


def _holds_data(cells: Sequence[str]) -> bool:
    """Whether a row holds a running number and a day, which a line of headings has none of."""
    plain = [half_width(cell).strip() for cell in cells]
    return any(is_day(cell) for cell in plain) and any(cell.isdigit() for cell in plain)


def _paths(lines: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Return the headings over each column; a wide one stands over the columns that go on in it."""
    last = [""] * len(lines)
    for at in range(len(lines[0])):
        own = [line[at].strip() for line in lines]
        for level, text in enumerate(own):
            if text:
                last[level:] = [text, *[""] * (len(lines) - level - 1)]
                continue
            # Under nothing of its own, a column that is named further down belongs to the left.
            last[level] = last[level] if any(own[level + 1 :]) and not any(own[:level]) else ""
        yield tuple(dict.fromkeys(filter(None, last)))


def _completes(above: Sequence[str], below: Sequence[str], headings: Headings) -> bool:
    """Whether a line stands under headings that are wider than one column, or under none."""
    width = max(len(above), len(below))
    above, below = ([*row, *[""] * (width - len(row))] for row in (above, below))
    filled = [at for at in range(width) if below[at].strip()]
    if not filled or sum(bool(cell.strip()) for cell in above) < 2 or len(filled) == width:
        return False
    texts = [half_width(below[at]).strip() for at in filled]
    if any(len(t) > 20 or t.isdigit() or read_day(t) or read_pair(t) for t in texts):
        return False
    open_above = all(not above[at].strip() or above[at + 1 : at + 2] == [""] for at in filled)
    return open_above and (len(filled) > 1 or bool(str(headings.read(texts[0]))))


def _is_same(cells: Sequence[str], line: Sequence[str]) -> bool:
    filled = [(cell, head) for cell, head in zip(cells, line, strict=False) if cell.strip()]
    return len(filled) > 1 and all(
        plain_heading(cell) == plain_heading(head) for cell, head in filled
    )
