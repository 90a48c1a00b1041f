"""Counts and promises: "178个暖心驿站", "工会驿站449家", "10分钟服务圈": never a point."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geomap.find.heads import Head, Heads
from geomap.find.layout import Layout
from geomap.find.spans import Cover
from geomap.model.tables import STATION_KINDS

_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
#: No count of places is longer (characters); four hundred digits are a line of a table.
_LONGEST_NUMBER = 12
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_NUMBER = r"(?P<n>\d[\d,]*(?:\.\d+)?[万千百]?|[一二两三四五六七八九十百千万零]+)"
_UNIT = (
    r"(?:个|家|座|处|所|间|辆|台(?![子市州北湾]))(?!分钟|小时|月|多?月|次|镇|街|乡|区|县|市|省|功能|栏目|方面|"
    r"服务|项目|岗位|工作日|车位|床|柜|工位|名额|类|品牌|平方|餐|部门)"
)
#: 178个(暖心驿站)
_BEFORE = re.compile(rf"{_NUMBER}多?余?{_UNIT}(?!、)[^,。;:!?\d建设有为在的]{{0,12}}$")
#: (工会驿站)现有449家
_AFTER = re.compile(
    rf"[”)]?(?:示范点|站点|点位|项目|阵地|服务站|网点|全[市省区县国镇街]|等|目前|现|"
    rf"今年|已|共|累计|总数|总量|数量|达到?|超过?|突破|近|约|有|建成|增[至加到]+|"
    rf"发展到|为|就|的|到|从|[^,。;:!?\d年]{{0,7}}\d*年底?|共计|合计|计|一共|,){{0,8}}"
    rf"(?:[^,。;:!?\d、和与及]{{1,5}}?(?:至|到|达|有|为|是|共))?{_NUMBER}多?余?{_UNIT}(?!社区|村|"
    rf"单位|企业|街道|岗位|镇|人|省|市)"
)
_AWARDED = re.compile(
    r"获评|评上|评为|入选|入围|荣获|授予|获得?了?[“”]|最美|称号|命名|上榜|星级|示范站"
)
_EARLIER = re.compile(
    r"第$|(?:19|20)\d\d年[底末]?的?$|增?从[^,。;]{0,8}$|去年[^,。;]{0,3}$|此前[^,。;]"
    r"{0,4}$|原来?的?$|另外$"
)
_PLANNED = re.compile(
    r"计划|将|拟|预计|力争|目标|年底前|未来|再建|下一步|规划|到20\d\d年(?![底末]?(?:已|共|,))"
)
_UNION = re.compile(
    rf"(?P<what>(?:[^,。;:!?\d]{{0,10}}(?:工会联合会|联合工会|行业联合会|联合会|"
    rf"基层工会|产业工会)|已?建会|(?:新建|组建|建立|成立)工会))(?:现有|已有|共有?|达到?|已?建立?)?{_NUMBER}(?:家|"
    rf"个)"
)
_UNION_BEFORE = re.compile(
    rf"{_NUMBER}(?:家|个)是?(?P<what>[^,。;:!?\d]{{0,14}}?(?:工会联合会|联合工会|"
    rf"行业的?联合会|基层工会|产业工会))(?!主席|干部|职工之家|的)"
)
#: 移动式项目已新建6家: of the story's stations, without their head.
_PROJECT = re.compile(
    rf"(?P<what>(?:移动式|流动式?|智慧|24小时|示范)?(?:项目|站点|点位))(?:现有|已有|"
    rf"共有?|已|累计|新增|新建|建成|达到?|年内)*{_NUMBER}(?:家|个|处|座)"
)
_PART = re.compile(
    rf"[\u4e00-\u9fff]{{1,6}}(?:区|县|市|镇|街道|旗){_NUMBER}(?:个|家|处|座)(?=[、,。;和\n]|$)"
)
#: 丛台区 62个: a line that is nothing but a division and its number.
_ROW = re.compile(
    rf"^[ \u3000·•*|-]*[\u4e00-\u9fff]{{1,8}}(?:区|县|市|镇|街道|旗|州|省)"
    rf"[::  \t|]*{_NUMBER}(?:个|家|处|座)?[、,。; |]*$",
    re.MULTILINE,
)
#: 共计512个, below such lines.
_SUM = re.compile(rf"(?:共计|合计|总计|全[市区县省]共有?){_NUMBER}(?:个|家|处|座)(?=[、,。;\n]|$)")
#: 今年还将新建10个: planned, in a sentence about stations.
_TO_COME = re.compile(
    rf"(?:将|计划|拟|力争|预计|年内|到20\d\d年)[^,。;:!?]{{0,12}}?(?:新建|建设|建成|增设|再建|打造|"
    rf"新增|建){_NUMBER}(?:个|家|处|座)(?=[,。;以])"
)
#: 总数达138家, behind what was built this year.
_TOTAL = re.compile(
    rf"(?:总数|总量|累计|共有?|合计)已?(?:达到?|为|有)?{_NUMBER}(?:个|家|处|座)(?=[,。;])"
)
_ADDED = re.compile(r"新[建增添设](?!就业)|今年[^,。;]{0,6}建成|增加")
_PROMISE = re.compile(
    r"(?P<claim>(?:步行|骑行|车程)?(?P<minutes>\d{1,2})分钟[^,。;:!?]{0,10}(?:服务圈|"
    r"生活圈|可达|就能|便能|内到达|就有))|"
    r"(?P<spread>\d+个(?:镇区?|街道|乡镇|社区|园区|村)(?:、|和|与)?(?:\d+个[\u4e00-\u9fff]{1,4})?"
    r"(?:都|均)?设有?[^,。;:!?\d]{2,10}?(?:服务点|服务站|驿站|站点))"
)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of places told of an area; ``start`` to ``end`` in clean text."""

    start: int
    end: int
    words: str
    kind: str
    count: int
    status: str = "operating"
    awarded: bool = False
    is_added: bool = False

    @property
    def claim(self) -> str:
        """What is claimed: places of the kind that stand, some ``added``, or ``planned`` ones."""
        if self.status == "planned":
            return "planned"
        return "added" if self.is_added else self.kind


def read_number(words: str) -> int:
    """18万 → 180000, 二百三 is left at its plain reading (203); 0 for what is too long to count."""
    words = words.replace(",", "")
    if len(words) > _LONGEST_NUMBER:
        return 0
    scale = 1
    while words and words[-1] in _UNITS and words[0].isdigit():
        scale *= _UNITS[words[-1]]
        words = words[:-1]
    if words and words[0].isdigit():
        return round(float(words) * scale)
    total = section = digit = 0
    for character in words:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character == "万":
            total += (section + digit) * 10000
            section = digit = 0
        else:
            section += (digit or 1) * _UNITS[character]
            digit = 0
    return total + section + digit


def find_counts(layout: Layout, heads: Heads) -> list[Count]:
    """Counts of stations and of union branches, in order, each number once."""
    counts: list[Count] = []
    for head in heads:
        counts += _beside(layout, head, heads)
    for pattern in (_UNION, _UNION_BEFORE):
        for found in pattern.finditer(layout.text):
            words = found["what"].removeprefix("已")
            number = read_number(found["n"])
            clause = layout.text[max(0, found.start() - 12) : found.end()]
            if number > 1 and not _PLANNED.search(clause):
                counts.append(Count(found.start(), found.end(), words, "union_branch", number))
    stations = [head for head in heads if head.kind in STATION_KINDS]
    told = Cover((count.start, count.end) for count in counts)
    numbers = {count.count for count in counts}
    for found in _PROJECT.finditer(layout.text) if stations else ():
        number = read_number(found["n"])
        if number > 1 and found.start() not in told and number not in numbers:
            numbers.add(number)
            counts.append(
                Count(found.start(), found.end(), found["what"], stations[0].kind, number)
            )
    counts += _rows(layout, stations)
    counts += _to_come(layout, heads)
    counts += [part for count in counts for part in _parts(layout, count)]
    return _each_once(counts, layout.title_end)


def find_promises(layout: Layout) -> list[tuple[int, int, str]]:
    """(start, end, words) of promises of reach: 骑行10分钟就能, 14个镇区设有预约服务点."""
    return [(*found.span(), found.group()) for found in _PROMISE.finditer(layout.text)]


def _beside(layout: Layout, head: Head, heads: Heads) -> list[Count]:
    text = layout.text
    start, end = layout.sentence_at(head.start)
    before = text[max(start, head.start - 30) : head.start]
    found = _BEFORE.search(before)
    counts = []
    if found:
        position = head.start - len(before) + found.start()
        counts.append(_count(text, position, head.end, found, head, start, end))
    limit = min([end, *(other.start for other in heads.within(head.end, end)[:1])])
    after = _AFTER.match(text, head.end, limit)
    if after and (not found or read_number(found["n"]) != read_number(after["n"])):
        counts.append(_count(text, head.start, after.end(), after, head, start, end))
    return [count for count in counts if count is not None]


def _count(
    text: str, start: int, end: int, found: re.Match[str], head: Head, first: int, last: int
) -> Count | None:
    number = read_number(found["n"])
    if number < 2:
        return None
    clause_start = max(text.rfind(",", first, start), text.rfind(";", first, start), first)
    clause = text[clause_start:end]
    behind = re.split("[,。;]", text[end:last])[0]
    if _EARLIER.search(text[clause_start:start]) and not text[clause_start:start].endswith("原有"):
        return None
    planned = _PLANNED.search(clause) is not None
    awarded = _AWARDED.search(clause + behind) is not None
    words = head.words if head.words else "驿站"
    return Count(
        start,
        end,
        words,
        head.kind,
        number,
        "planned" if planned else "operating",
        awarded,
        _ADDED.search(clause) is not None,
    )


def _to_come(layout: Layout, heads: Heads) -> list[Count]:
    counts = []
    for pattern, status in ((_TO_COME, "planned"), (_TOTAL, "operating")):
        for found in pattern.finditer(layout.text):
            start, _ = layout.sentence_at(found.start())
            near = heads.within(start - 60 * (status == "planned"), found.start())
            told = [head for head in near if head.kind in STATION_KINDS]
            number = read_number(found["n"])
            if told and number > 1:
                head = told[-1]
                counts.append(Count(*found.span(), head.words, head.kind, number, status))
    return counts


def _rows(layout: Layout, stations: list[Head]) -> list[Count]:
    """A list of divisions with their numbers under a headline that names the kind."""
    rows = list(_ROW.finditer(layout.text))
    if len(rows) < 3 or not stations:
        return []
    kind = stations[0]
    return [
        Count(*_span(found), kind.words, kind.kind, read_number(found["n"]))
        for found in [*rows, *_SUM.finditer(layout.text)]
        if read_number(found["n"]) > 1
    ]


def _span(found: re.Match[str]) -> tuple[int, int]:
    """The match without the white space before it."""
    words = found.group()
    return found.start() + len(words) - len(words.lstrip()), found.end()


def _parts(layout: Layout, count: Count) -> list[Count]:
    """其中南明区126个、云岩区118个: the shares of the divisions."""
    end = layout.sentence_at(count.start)[1]
    if layout.text.startswith("其中", end):
        end = layout.sentence_at(end)[1]
    return [
        Count(
            found.start(),
            found.end(),
            count.words,
            count.kind,
            read_number(found["n"]),
            count.status,
        )
        for found in _PART.finditer(layout.text, count.end, end)
    ]


def _each_once(counts: list[Count], title_end: int) -> list[Count]:
    """Each number of a kind once; the text's own sentence rather than the headline."""
    kept: dict[tuple[int, str], Count] = {}
    for count in sorted(counts, key=lambda c: (c.start < title_end, c.start, c.end)):
        kept.setdefault((count.count, count.kind), count)
    return sorted(kept.values(), key=lambda c: (c.start, c.end, c.kind))
