"""Which lines are the items of which list: marked ones, short ones under an introduction."""

from __future__ import annotations

import re
from itertools import takewhile

from geomap.find.drafts import split_bracket
from geomap.find.head import Heads
from geomap.find.layout import Layout, Line
from geomap.find.lexicon import Lexicon
from geomap.find.numbers import read_number

#: A line of a list is short, or it is prose (characters before its first stop).
ITEM = 44
BRANCHES = re.compile(
    r"^(?P<chain>[^:、“”]{2,14}?)(?:\([^()]{1,8}\))?:(?P<branches>[^:。;]{2,})[。;]?$"
)
_ORDINAL = re.compile(r"\W*([一二三四五六七八九十\d]{1,3})[、.)]")
#: 舞阳坝街道:, a town that heads its places.
_TOWN = re.compile(r"[\u4e00-\u9fff]{1,8}(?:街道|镇|乡|社区|区|县|苏木)(?:\([^()]{1,8}\))?:")
_ONLY_TOWN = re.compile(r"[\u4e00-\u9fff]{1,8}(?:街道|镇|乡|社区|区|县|苏木|片)[::]?\W*")
#: What a list of duties or offers says, and no list of places.
_VERBAL = re.compile(
    r"提供|开展|进行|做好|加强|落实|完善|服务于|组织|免费|关注|点击|报名|参加|负责|保持|"
    r"不得|应当|必须|可以|能够|为.{1,8}(?:服务|提供)|[。!?]"
)
#: What heads notes, a legend, or what stands in no list of stations; candidates that are voted on.
_NOTES = re.compile(
    r"\W*(?:[一二三四五六七八九十]、)?(?:备注|附?注|说明|(?:几点|特别|有关|使用|其[他它])?说明|注意(?:事项)?|小?贴士|提[示醒]|"
    r"温馨提[示醒]|友情提[示醒]|须知|图例|(?:设施|配置)?代号|其[他它](?:事项|符号)?|[^,。;\n]{0,8}(?:服务(?:项目|内容|事项)|设施(?:清单|设备)|功能分?区)|[^,。;\n]{0,6}(?:不是|并非|不属于?)[^\n]{0,20})"
    r"(?:[:】])?\W*$"
)
_CANDIDATES = re.compile(r"投票|备选|候选|[来请]选|选哪|意向点")
#: How far above a list its heading may stand (characters), where nearer ones come first.
_NEAR = 160
_CUT = re.compile(r"[,。;:!?\t|]|——|--| {2,}|\u3000")
NUMBERED = re.compile(r"[路街巷道弄]\w{0,6}?\d+(?:-\d+)?号|\d+号")
#: 整了三个歇处: how many the items are that follow.
_HOW_MANY = re.compile(
    r"(?P<n>[两三四五六七八九十\d]{1,2})(?:处|家|间|座|个(?=[\u4e00-\u9fff]{0,4}[处站点屋亭角]))"
)
_CUE = re.compile(
    r"位置|地址|名单|如下|下面|公布|分布|附:|附表|列表|名录|都在哪|在哪|点位|一览|"
    r"往下看|具体|分别|包括|:$"
)
#: Who bears an honour is listed, no place of its name.
_HONOUR = re.compile(r"(?:模范|先进|优秀)职工")


def is_aside(layout: Layout, run: list[Line]) -> bool:
    """Whether a run holds notes, a legend or candidates, by the line that heads it."""
    number = layout.number_at(run[0].start)
    above = layout.lines[number - 1] if number else None
    intro = layout.text[above.start : above.end] if above else ""
    return _NOTES.match(intro) is not None or _CANDIDATES.search(intro) is not None


def find_runs(layout: Layout, heads: Heads, lexicon: Lexicon) -> list[list[Line]]:
    """Runs of lines that are items: marked, or short and under an introduction."""
    runs: list[list[Line]] = []
    current: list[Line] = []
    introduced = False
    for number, line in enumerate(layout.lines):
        if line.end <= layout.title_end and not line.marked:
            continue
        content = layout.text[line.body : line.end]
        if _NOTES.fullmatch(layout.text[line.start : line.end]) or _is_section(layout, line, heads):
            if current:
                runs.append(current)
            current, introduced = [], False
            continue
        lone = line.label == "address" and "、" not in content
        if _is_label(line) and (lone or not is_chain(content, lexicon)):
            introduced = introduced or content.endswith(":")
            continue
        if current and current[-1].marked and not line.marked:
            introduced = False
        headline = line is layout.lines[0] and not line.label
        if _is_entry(layout, number) and not headline:
            current.append(line)
            continue
        if not headline and _is_item(line, content, heads, introduced, is_chain(content, lexicon)):
            current.append(line)
            continue
        if current:
            runs.append(current)
            current = []
        introduced = content.rstrip("”)").endswith(
            (":", "——", "如下", "如下。", "名单", "一览", "一览表", "清单")
        )
    if current:
        runs.append(current)
    runs = _with_paragraphs(layout, runs, heads)
    return [run for run in runs if len(run) >= 2 or _stands_alone(layout, run[0], heads)]


def _with_paragraphs(layout: Layout, runs: list[list[Line]], heads: Heads) -> list[list[Line]]:
    """The runs, where numbered names with paragraphs between them (一、…二、…) are one."""
    joined: list[list[Line]] = []
    for run in runs:
        last = joined[-1] if joined else []
        pair = [*last[-1:], run[0]]
        numbers = [_number_of(layout, line) for line in pair]
        follows = len(run) == 1 and numbers[-1] == numbers[0] + 1 and len(pair) == 2
        # 一、江东街道 heads the stations of a town.
        divided = any(_ONLY_TOWN.fullmatch(layout.text, line.body, line.end) for line in pair)
        named = follows and any(h.specific for h in heads.within(last[0].body, run[-1].end))
        if named and numbers[0] and not divided:
            last += run
        else:
            joined.append(run)
    return joined


def _number_of(layout: Layout, line: Line) -> int:
    """The number that opens a line; 0 where none does."""
    found = _ORDINAL.match(layout.text, line.start, line.body)
    return read_number(found[1]) if found else 0


def _is_section(layout: Layout, line: Line, heads: Heads) -> bool:
    """Whether a line heads a section (## 捎句话), and is no station's name."""
    marked = layout.text.startswith("#", line.start)
    return marked and not any(head.specific for head in heads.within(line.start, line.end))


def _is_entry(layout: Layout, number: int) -> bool:
    """A short line right above its address is a name, whatever its words."""
    line, below = layout.lines[number], layout.lines[number + 1 : number + 2]
    content = layout.text[line.body : line.end]
    plain = len(content) <= 30 and not re.search(r"[,。;:!?]", content)
    return plain and bool(below) and below[0].label == "address" and not line.label


def _is_label(line: Line) -> bool:
    return bool(line.label) and line.label != "name"


def _is_item(line: Line, content: str, heads: Heads, introduced: bool, chained: bool) -> bool:
    of_chain = chained and ("、" in content or _TOWN.match(content) is not None)
    if line.marked or line.label == "name" or of_chain:
        return True
    if len(content) > ITEM or content.endswith(("。", "!", "?", "~", ":")):
        return chained
    last = next(heads.ending_from(line.end), None)
    whole = last is not None and last.end == line.end and last.name_start <= line.body + 2
    return (whole and last is not None and bool(last.specific)) or introduced


def is_chain(content: str, lexicon: Lexicon) -> bool:
    """仁和楼:总店、石桥店: a name, and places that belong to it."""
    found = BRANCHES.match(content)
    return found is not None and are_places(found["branches"], lexicon, found["chain"])


def are_divided(contents: list[str]) -> bool:
    """Every line opens with a town and a colon: 高庄镇:高庄村村委会."""
    return sum(_TOWN.match(content) is not None for content in contents) >= 2


def _stands_alone(layout: Layout, line: Line, heads: Heads) -> bool:
    """A single line that is nothing but a station's name is the heading of a block."""
    ending = takewhile(lambda h: h.name_start <= line.body + 1, heads.ending_from(line.end - 1))
    return any(head.specific for head in ending)


def are_places(branches: str, lexicon: Lexicon, chain: str = "") -> bool:
    """Whether every element of a chain ends like a place (总店, 站B口), none like a thing.

    Behind a town (舞阳坝街道:…) half of them are enough.
    """
    words = [word.strip("。;, ") for word in branches.split("、")]
    words = [word for word in words if word]
    if not words or lexicon.facilities(words[0]):
        return False
    places = sum(lexicon.is_place(split_bracket(word)[0]) for word in words)
    if _TOWN.match(chain + ":"):
        return 2 * places >= len(words) and not any(_VERBAL.search(word) for word in words)
    return places == len(words)


def texts_of(layout: Layout, run: list[Line]) -> list[str]:
    """The words of a run's lines, without their markers."""
    return [layout.text[line.body : line.end] for line in run]


def are_mostly_places(layout: Layout, run: list[Line], heads: Heads, lexicon: Lexicon) -> bool:
    """Whether most items of a list say where: then the others are places too."""
    if len(run) < 3:
        return False
    told = 0
    for line in run:
        content = layout.text[line.body : line.end]
        words = split_bracket(content[: first_cut(content)])[0]
        if lexicon.facilities(words) or _VERBAL.search(words):
            return False
        named = bool(heads.within(line.start, line.end))
        whole = lexicon.is_place(words.rstrip(")")) or is_chain(content, lexicon)
        told += named or whole or NUMBERED.search(content) is not None
    return 2 * told >= len(run)


def theme_of(
    layout: Layout, run: list[Line], heads: Heads, lexicon: Lexicon
) -> tuple[str, str] | None:
    """(words, kind) of the head that the list is about: the nearest before it, with a cue.

    Where the first item alone carries it, or divisions head every item, no cue is needed.
    """
    first = run[0]
    opening = [h for h in heads.within(first.start, first.end) if h.specific]
    if opening and layout.last_address > first.start:
        return opening[-1].words, opening[-1].kind
    told = heads.last_before(first.start)
    if told is None or _HONOUR.search(layout.text, max(told.name_start - 4, 0), told.end):
        return None
    chains = sum(is_chain(words, lexicon) for words in texts_of(layout, run))
    if chains >= 2 and 2 * chains >= len(run):
        return told.words, told.kind
    nearest = heads.last_before(first.start, first.start - _NEAR + 1) or told
    gap = layout.text[max(0, first.start - 60) : first.start]
    if not _CUE.search(gap) and first.start - nearest.end > 80:
        return None
    return nearest.words, nearest.kind


def are_named(layout: Layout, run: list[Line], heads: Heads) -> bool:
    """Whether the items of a list are printed with their names: two are, or it says how many."""
    whole = sum(any(head.specific for head in heads.within(line.body, line.end)) for line in run)
    told = _HOW_MANY.search(layout.text, max(run[0].start - _NEAR, 0), run[0].start)
    return whole >= 2 or (whole == 1 and told is not None and read_number(told["n"]) == len(run))


def first_cut(content: str) -> int:
    """Where the name part of an item ends: the first mark outside brackets."""
    depth = 0
    for position, character in enumerate(content):
        depth += (character in "(“") - (character in ")”")
        if depth <= 0 and position and _CUT.match(content, position):
            return position
    return len(content)
