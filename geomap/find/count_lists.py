"""Several counts in one sentence or table: shares of divisions, 分别建成30家、45家, rows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from geomap.find.head import Heads
from geomap.find.layout import Layout
from geomap.find.numbers import NUMBER, read_number
from geomap.model.tables import STATION_KINDS

_UNIT = r"(?:个|家|座|处|所|间|辆)"
_DIVISION = r"[\u4e00-\u9fff]{1,8}?(?:区|县|市|镇|街道|旗|州|省|乡)"
#: What a number of places without their head stands behind, or a division.
_BUILT = (
    r"(?:建成|建起|建设|新建|建有|改造|提升|升级|改建|达到?|[增升]?[至到]|现有|已有|共有?|总计|合计|共计|"
    r"累计|增加|新增|设立|设有|布局|投用|启用|挂牌|打造|目标)(?:了|起)?(?:约|近|超过?)?"
)
#: 改造提升41处, 渭滨区45家: of the sentence's stations.
_BARE = re.compile(
    rf"(?:(?P<area>(?:(?<=[,。;:、和及中\n])|^){_DIVISION})(?:{_BUILT})?|{_BUILT}|"
    rf"(?:站点|阵地|点位|服务点|服务站|驿站)(?:总数|数量)?(?:已|达到?|共|有)*)"
    rf"{NUMBER}多?余?{_UNIT}(?=[,。;、!)和\n]|以上|$)"
)
#: 越城区、柯桥区和上虞区分别建有爱心驿家86家、92家和71家.
_RESPECTIVELY = re.compile(
    rf"(?P<areas>[^,。;:!?\n]{{2,60}})分别[^,。;:!?\d\n]{{0,16}}?"
    rf"(?P<numbers>\d+{_UNIT}(?:[、和与及]\d+{_UNIT})+)"
)
_AREA = re.compile(rf"(?:^|(?<=[、和与及])){_DIVISION}(?=[、和与及]|$)")
_EACH = re.compile(rf"(?P<n>\d+){_UNIT}")
#: 三批共29家, 全区57个点, 驿站今年报上来6处: a total in passing, at the end of its clause.
_TOTAL = re.compile(
    rf"(?:(?:[一总拢]共(?:[是有])?|合计|共计|总计|加起来|(?<![公])共|、(?:新建|改造|提升|升级|增设|改建)+)|全[市区县省旗州镇乡][^,。;:!?\n\d]{{0,6}}?|"
    rf"(?P<head>[站家屋吧点栈角湾窝])[^,。;:!?\n\d]{{0,10}}[来到了有开起出办建设布])"
    rf"{NUMBER}多?余?(?:个(?P<point>站?点位?)?|家|座|处|间)(?=[,。;!…\n]|$)"
)
#: How far before a total its stations may be named (characters).
_NEAR = 80
_STATIONS = re.compile(r"站点|阵地|点位|服务点|服务站|这样的[屋小站点]")
#: A row that is nothing but a division and its numbers.
_ROW = re.compile(
    rf"^[ \u3000·•*|\d、.-]*(?P<area>{_DIVISION})(?P<cells>(?:[:: \t|\u3000]+\d+{_UNIT}?)+)"
    r"[、,。; |]*$",
    re.MULTILINE,
)
_CELL = re.compile(rf"(?P<n>\d+){_UNIT}?")
_SUM = re.compile(
    rf"(?:共计|合计|总计|全[市区县省]共有?)[:: \t|]*{NUMBER}{_UNIT}?(?=[、,。; |\n]|$)"
)
_PLANNED = re.compile(r"计划|拟|规划|目标|将")
_ADDED = re.compile(r"新[建增]|当年|本年|今年")
_COUNTED = re.compile(r"数|站|总|现有|已建|建成|个$|家$")
_FEWEST_ROWS = 3

#: start, end, number, where its division stands (-1: in its sentence), planned, added.
Told = tuple[int, int, int, int, bool, bool]


def find_respective(layout: Layout) -> Iterator[Told]:
    """Numbers told one after the other of as many divisions."""
    for found in _RESPECTIVELY.finditer(layout.text):
        areas = list(_AREA.finditer(found["areas"]))
        numbers = list(_EACH.finditer(found["numbers"]))
        if len(areas) != len(numbers):
            continue
        at, begin = found.start("areas"), found.start("numbers")
        for area, number in zip(areas, numbers, strict=True):
            n = read_number(number["n"])
            yield begin + number.start(), begin + number.end(), n, at + area.start(), False, False


def find_bare(layout: Layout, heads: Heads) -> Iterator[Told]:
    """Numbers of the stations that their sentence, or the one before it, speaks of."""
    for found in _BARE.finditer(layout.text):
        start, _ = layout.sentence_at(found.start())
        if layout.text.startswith("其中", start) or layout.text[start - 1 : start] == ";":
            start, _ = layout.sentence_at(max(start - 1, 0))
        near = [head for head in heads.within(start, found.end()) if head.kind in STATION_KINDS]
        if near or _STATIONS.search(layout.text, start, found.end()):
            at = found.start("area") if found["area"] else -1
            yield found.start(), found.end(), read_number(found["n"]), at, False, False


def find_totals(layout: Layout, heads: Heads) -> Iterator[Told]:
    """Totals whose stations are named in their sentence or just before, or that say 点."""
    stations = {head.end for head in heads if head.kind in STATION_KINDS}
    for found in _TOTAL.finditer(layout.text):
        start, _ = layout.sentence_at(found.start())
        if found["head"]:
            told = found.end("head") in stations
        else:
            near = heads.within(start - _NEAR, found.start())
            told = bool(found["point"]) or any(head.kind in STATION_KINDS for head in near)
        if told:
            yield found.start("n"), found.end(), read_number(found["n"]), -1, False, False


def find_rows(layout: Layout) -> Iterator[Told]:
    """The numbers of a table of divisions; columns by its heading, where it has one."""
    rows = list(_ROW.finditer(layout.text))
    if len(rows) < _FEWEST_ROWS:
        return
    columns = _columns(layout, rows[0].start())
    for row in rows:
        cells = list(_CELL.finditer(row["cells"]))
        kinds = columns if len(columns) == len(cells) else ["total"] * (len(cells) == 1)
        for cell, kind in zip(cells, kinds, strict=False):
            if kind:
                at = row.start("cells") + cell.start()
                area = row.start("area")
                n = read_number(cell["n"])
                yield at, at + len(cell.group()), n, area, kind == "planned", kind == "added"
    for found in _SUM.finditer(layout.text):
        yield *found.span(), read_number(found["n"]), -1, False, False


def _columns(layout: Layout, first: int) -> list[str]:
    """What the columns behind the divisions mean: total, added, planned; empty: no count."""
    number = bisect_right(layout.line_starts, first) - 1
    if number < 1:
        return []
    above = layout.lines[number - 1]
    words = re.split(r"[ \t|\u3000]+", layout.text[above.start : above.end].strip(" |\t\u3000"))
    return [_meaning(word) for word in words[1:]]


def _meaning(word: str) -> str:
    if _PLANNED.search(word):
        return "planned"
    if _ADDED.search(word):
        return "added"
    return "total" if _COUNTED.search(word) and not re.search(r"率|%|人|面积", word) else ""
