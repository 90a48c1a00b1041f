"""Counts and promises: "178个暖心驿站", "工会驿站449家", "10分钟服务圈": never a point."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geomap.find.count_lists import Told, find_bare, find_respective, find_rows, find_totals
from geomap.find.head import Head, Heads
from geomap.find.layout import Layout
from geomap.find.numbers import NUMBER, read_number
from geomap.find.spans import Cover
from geomap.model.tables import STATION_KINDS

_UNIT = (
    r"(?:个|家|座|处|所|间|辆|台(?![子市州北湾]))(?!分钟|小时|月|多?月|次|镇|街|乡|区|县|市|省|功能|栏目|方面|"
    r"服务|项目|岗位|工作日|车位|床|柜|工位|名额|类|品牌|平方|餐|部门)"
)
#: 178个(暖心驿站); 环卫三所 is a body
_BEFORE = re.compile(rf"(?<!环卫){NUMBER}多?余?{_UNIT}(?!、)[^,。;:!?\d建设有为在的]{{0,12}}$")
#: (工会驿站)现有449家
_AFTER = re.compile(
    rf"[”)]?(?:示范点|站点|点位|项目|阵地|服务站|网点|全[市省区县国镇街]|等|目前|现|服务|阵地|并?投入使用|早就|早已|"
    rf"今年|已|共|累计|总数|总量|数量|达到?|超过?|突破|近|约|有|建成|增[至加到]+|"
    rf"发展到|为|就|的|到|[^,。;:!?\d年]{{0,7}}\d*年底?|共计|合计|计|一共|,){{0,8}}"
    rf"(?:[^,。;:!?\d、和与及]{{1,5}}?(?:至|到|达|有|为|是|共))?{NUMBER}多?余?{_UNIT}(?!社区|村|"
    rf"单位|企业|街道|岗位|镇|人|省|市)"
)
_AWARDED = re.compile(
    r"模范|先进|获评|评上|评为|入选|入围|荣获|授予|获得?了?[“”]|最美|称号|命名|上榜|星级|示范站"
)
_EARLIER = re.compile(
    r"第$|(?:19|20)\d\d年[底末]?的?$|增?从[^,。;]{0,8}$|去年[^,。;]{0,3}$|此前[^,。;]"
    r"{0,4}$|原来?的?$|另外$"
)
#: Struck off, or said of no number: 撤销3家, 不要求建100家.
_NO_CLAIM = re.compile(
    r"(?:不(?:要求|追求|是|再|得)|没有|尚无|撤销|撤并|拆除|关闭|停用|取消|关停)[^,。;]{0,8}$"
)
#: 由30家增至如今的88家: what it has become.
_GROWN = re.compile(rf",?(?:增|扩|发展|上升|提高)[加长展]?[至到][^,。;\d]{{0,6}}?{NUMBER}{_UNIT}")
#: 明年拟建15家,2028年达到60家: a clause that goes on with what is to come.
_GOES_ON = re.compile(r",?(?:到?20\d\d年[底末]?|再|并|力争)[^,。;已]*$")
_SHARE = re.compile(
    r"(?:覆盖率|覆盖面|建站率|建成率)[^,。;\d]{0,8}\d{1,3}(?:\.\d+)?%|"
    r"\d{1,3}(?:\.\d+)?%的[^,。;]{2,16}(?:建有|设有|建成|建起|覆盖|配有|有)(?:了)?[^,。;]{2,12}"
)
_PLANNED = re.compile(
    r"计划|将|拟|预计|力争|目标|年底前|未来|再建|下一步|规划|到20\d\d年(?![底末]?(?:已|共|,))"
)
_UNION = re.compile(
    rf"(?P<what>(?:[^,。;:!?\d]{{0,10}}(?:工会联合会|联合工会|行业联合会|联合会|"
    rf"基层工会|产业工会)|已?建会|(?:新建|组建|建立|成立)工会))(?:现有|已有|共有?|达到?|已?建立?)?{NUMBER}(?:家|"
    rf"个)"
)
_UNION_BEFORE = re.compile(
    rf"{NUMBER}(?:家|个)是?(?P<what>[^,。;:!?\d]{{0,14}}?(?:工会联合会|联合工会|"
    rf"行业的?联合会|基层工会|产业工会))(?!主席|干部|职工之家|的)"
)
#: 今年还将新建10个: planned, in a sentence about stations.
_TO_COME = re.compile(
    rf"(?:将|计划|拟|力争|预计|年内|年底前?|打算|准备|想|还要|到20\d\d年)[^,。;:!?]{{0,12}}?"
    rf"(?:新建|建设|建成|增设|再?建|再?[增添开]|打造|新增|改造提升){NUMBER}(?:个点?|家|处|座|间)(?=[,。;、以])"
)
#: 总数达138家, behind what was built this year.
_TOTAL = re.compile(
    rf"(?:总数|总量|累计|共有?|合计)已?(?:达到?|为|有)?{NUMBER}(?:个|家|处|座)(?=[,。;])"
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
    """A number of places told of an area; ``start`` to ``end`` in clean text.

    ``area`` is where the division stands that the number is told of (-1: in its sentence).
    """

    start: int
    end: int
    words: str
    kind: str
    count: int
    status: str = "operating"
    awarded: bool = False
    is_added: bool = False
    area: int = -1

    @property
    def claim(self) -> str:
        """What is claimed: places of the kind that stand, some ``added``, or ``planned`` ones."""
        if self.status == "planned":
            return "planned"
        return "added" if self.is_added else self.kind


def find_counts(layout: Layout, heads: Heads) -> list[Count]:
    """Counts of stations and of union branches, in order, each number once."""
    respective = list(find_respective(layout))
    apart = Cover((start, end) for start, end, *_ in respective)
    counts = [c for head in heads for c in _beside(layout, head, heads) if c.end - 1 not in apart]
    for told in respective:
        head = heads.last_station_before(told[0])
        counts += [_told(layout, heads, head, told)] if head else []
    for pattern in (_UNION, _UNION_BEFORE):
        for found in pattern.finditer(layout.text):
            words = found["what"].removeprefix("已")
            number = read_number(found["n"])
            clause = layout.text[max(0, found.start() - 12) : found.end()]
            if number > 1 and not _PLANNED.search(clause):
                counts.append(Count(found.start(), found.end(), words, "union_branch", number))
    counts += _to_come(layout, heads)
    counts += _told_without_head(layout, heads, counts)
    return _each_once(layout, counts)


def find_promises(layout: Layout) -> list[tuple[int, int, str]]:
    """(start, end, words) of promises of reach: 骑行10分钟就能, 14个镇区设有预约服务点."""
    return [(*found.span(), found.group()) for found in _PROMISE.finditer(layout.text)]


def find_shares(layout: Layout, heads: Heads) -> list[tuple[int, int, str]]:
    """(start, end, words) of shares told of stations: 驿站覆盖率达90%."""
    found = _SHARE.finditer(layout.text)
    return [(*f.span(), f.group()) for f in found if heads.within(*layout.sentence_at(f.start()))]


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
    if grown := _GROWN.match(text, end, last):
        number, end = read_number(grown["n"]), grown.end()
    clause_start = max(text.rfind(",", first, start), text.rfind(";", first, start), first)
    clause = text[clause_start:end]
    if _NO_CLAIM.search(text[clause_start:start]):
        return None
    behind = re.split("[,。;]", text[end:last])[0]
    if _EARLIER.search(text[clause_start:start]) and not text[clause_start:start].endswith("原有"):
        return None
    planned = _is_planned(text[first:clause_start], clause)
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


def _is_planned(before: str, clause: str) -> bool:
    """Whether a clause promises, or goes on with what the sentence ``before`` it promised."""
    if _PLANNED.search(clause):
        return True
    return _PLANNED.search(before) is not None and _GOES_ON.match(clause) is not None


def _to_come(layout: Layout, heads: Heads) -> list[Count]:
    counts = []
    for pattern, status in ((_TO_COME, "planned"), (_TOTAL, "operating")):
        for found in pattern.finditer(layout.text):
            start, _ = layout.sentence_at(found.start())
            near = heads.within(start - 160 * (status == "planned"), found.start())
            told = [head for head in near if head.kind in STATION_KINDS]
            number = read_number(found["n"])
            if told and number > 1:
                head = told[-1]
                counts.append(Count(*found.span(), head.words, head.kind, number, status))
    return counts


def _told_without_head(layout: Layout, heads: Heads, counts: list[Count]) -> list[Count]:
    """Counts of divisions and parts in sentences and tables that name their kind once."""
    stations = [head for head in heads if head.kind in STATION_KINDS]
    if not stations:
        return []
    known = Cover((count.start, count.end) for count in counts)
    told = [*find_bare(layout, heads), *find_rows(layout), *find_totals(layout, heads)]
    return [_told(layout, heads, stations[0], one) for one in told if one[1] - 2 not in known]


def _told(layout: Layout, heads: Heads, first: Head, told: Told) -> Count:
    start, end, number, area, planned, added = told
    head = heads.last_station_before(start) or first
    clause = layout.text[max(layout.text.rfind(mark, 0, start) for mark in ",。;!?\n") + 1 : end]
    before = layout.text[layout.sentence_at(start)[0] : end - len(clause)]
    planned = planned or _is_planned(before, clause)
    added = added or _ADDED.search(clause) is not None
    status = "planned" if planned else "operating"
    awarded = _AWARDED.search(clause) is not None
    return Count(start, end, head.words or "驿站", head.kind, number, status, awarded, added, area)


def _each_once(layout: Layout, counts: list[Count]) -> list[Count]:
    """Each number of a kind and division once; the text's own sentence rather than the headline."""
    kept: dict[tuple[int, str, str], Count] = {}
    told: set[tuple[int, str]] = set()
    for count in sorted(counts, key=lambda c: (c.start < layout.title_end, c.start, c.end)):
        where = layout.text[count.area : count.area + 3] if count.area >= 0 else ""
        if count.count < 2 or (not where and (count.count, count.kind) in told):
            continue
        told.add((count.count, count.kind))
        kept.setdefault((count.count, count.kind, where), count)
    return sorted(kept.values(), key=lambda c: (c.start, c.end, c.kind))
