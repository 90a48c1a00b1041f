"""Heads that a document introduces itself: “歇气台” beside a union or its riders."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from geomap.find.lexicon import Lexicon
from geomap.find.spans import Words

_CLAUSE = re.compile(r"[。!?\n]")
#: What opens a line, up to its first mark.
_ITEM = re.compile(
    r"^[^\w“\n]*(?:\d{1,2}[.、)]|[一二三四五六七八九十]{1,2}、)?[^\w“\n]*([\u4e00-\u9fff“”]{4,22})(?=[,。;:(|\s]|$)",
    re.MULTILINE,
)
#: Whose stations they are, or for whom: elsewhere no word is introduced.
_OURS = re.compile(
    r"工会|户外|劳动者|骑手|骑士|小哥|快递|外卖|环卫|货车司机|的哥|工友|农民工|零工|新就业|一线职工"
)
_CALLED = re.compile(r"(?:工会的?|园区的|名字叫|叫作?|名为|写着)$")
#: A word in quotes right behind a place, or in which somebody is.
_PLACED = re.compile(
    r"(?:[路街道巷镇村区园场站楼店城口院门桥]|[路街道巷镇村区园场站楼店城口院门桥][里内旁边上下]?的)$"
)
_IN_USE = re.compile(r"(?:里|内|位于|设在|揭牌|启用|投用|开张|开放|开门|每[天日])")
#: What so ends is a place even where it is told once.
_SURE = re.compile(r"(?:[站屋栈巢窝湾亭角舍坊驿憩筑铺吧]|e家|客厅|小院|休息间|歇[脚一].{0,2})$")
#: What a document says that is about them in other words.
_KIND = re.compile(
    r"爱心|暖心|暖新|关爱|新业态|卡友|司机|蓝领|便民|职工|驿站[^,。\n]{0,6}(?:名单|一览|清单|分布|数量)"
)
_MADE = re.compile(
    r"设|建|打造|改成|改造|变成|名为|名叫|叫作|叫做|称为|取名|推出|投用|启用|上线|落成|开放|增|挂牌|开门"
)
_UNIT = r"(?:个|处|家|间|座|所)"
_NUMBER = r"(?:\d+|[一二两三四五六七八九十百几数多]+)余?"
_LONGEST = 7
#: Stations of a union or for riders, written out.
_STATIONS = re.compile(
    r"(?:户外|劳动者|职工|骑手|小哥|司机|新就业)[\u4e00-\u9fff]{0,6}?(服务站|服务点)"
)
#: What no head holds: particles, verbs of moving, numbers, divisions.
_NOT_INSIDE = re.compile(
    r"^.?空间$|公共|[的了在是有与和及等到把被就也都又还每第各这那其为向对从市县区省村镇路街巷\d]|社区|广场|公园|大厦|小区|园区"
)


def is_about_riders(text: str) -> bool:
    """Whether a text speaks of unions or of who works outdoors: else its stations are others'."""
    return (_OURS.search(text) or _KIND.search(text)) is not None


def introduced(text: str, lexicon: Lexicon) -> Lexicon:
    """``lexicon`` with the heads that a clean text introduces; itself where there are none."""
    if not _OURS.search(text):
        return lexicon
    told = [*_themed(text, lexicon), *_quoted(text, lexicon), *_counted(text, lexicon)]
    found = Words({word for word, _ in told}).find(text)
    words = {word for word, least in told if len(found.get(word, ())) >= least}
    words |= _repeated(text, lexicon, words)
    weak = _shortened(text)
    strong = [found for found in lexicon.head.finditer(text) if _is_listed(found, lexicon)]
    listed = {found.group() for found in [*strong, *lexicon.open_head.finditer(text)]}
    ends = {end for head in listed for end in _suffixes(head)}
    words = {
        word
        for word in words
        # Not a listed head of the text, nor the end of one, nor what ends in one.
        if _is_open(word, lexicon) and word not in ends and listed.isdisjoint(_suffixes(word))
    }
    words |= weak
    if not words:
        return lexicon
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return replace(lexicon, own=re.compile(f"(?:{'|'.join(map(re.escape, ordered))})(?!点)"))


def _is_open(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is built like a head and is none that is listed or forbidden."""
    return (
        2 <= len(word) <= _LONGEST
        and lexicon.open_end.search(word) is not None
        and not lexicon.no_head.search(word)
        and not lexicon.head.fullmatch(word)
        and not _NOT_INSIDE.search(word)
        and not any(lexicon.others.fullmatch(word[:-cut]) for cut in (1, 2))
    )


def _suffixes(word: str) -> list[str]:
    return [word[at:] for at in range(len(word))]


def _is_listed(found: re.Match[str], lexicon: Lexicon) -> bool:
    rule = lexicon.head_rules[(found.lastindex or 1) - 1]
    return not rule.needs_qualifier


def _bare(word: str, lexicon: Lexicon) -> str:
    """The word without the general qualifiers before it (户外劳动者暖疆吧 → 暖疆吧)."""
    found = lexicon.lead.match(word)
    rest = word[found.end() :] if found else word
    return rest if len(rest) >= 2 else word


def _quoted(text: str, lexicon: Lexicon) -> Iterator[tuple[str, int]]:
    """“歇气台” that something is turned into, that is counted, or that comes again.

    Each with how often it must stand in the text.
    """
    for found in re.finditer(r"“([\u4e00-\u9fffA-Za-z·]{2,9})”", text):
        word = _bare(found[1], lexicon)
        ahead = text[max(0, found.start() - 40) : found.start()]
        behind = text[found.end() : found.end() + 12]
        made = _MADE.search(_CLAUSE.split(ahead)[-1]) or re.match(
            rf"[^,。;]{{0,6}}{_NUMBER}{_UNIT}", behind
        )
        called = _CALLED.search(ahead) and _SURE.search(word)
        stands = _PLACED.search(ahead) or _IN_USE.match(behind)
        yield word, 0 if made or called or (stands and _SURE.search(word)) else 2


def _counted(text: str, lexicon: Lexicon) -> Iterator[tuple[str, int]]:
    """31处歇气台, 建成歇气台31处 in a sentence that speaks of riders, or of a word of theirs."""
    body = r"([\u4e00-\u9fff]{2,9}?)"
    before = (
        rf"(?<!第){_NUMBER}{_UNIT}(?:新的?)?{body}(?=[,。;、”!]|$|\n|建成|面向|已|全|均|同时|启用)"
    )
    after = rf"(?:建成|建起|建有|设立|打造|设有|已有|共有|新增){body}{_NUMBER}{_UNIT}"
    for pattern in (before, after):
        for found in re.finditer(pattern, text):
            yield _bare(found[1], lexicon), 2 if lexicon.theme.search(found.group()) else 3


def _themed(text: str, lexicon: Lexicon) -> Iterator[tuple[str, int]]:
    """户外劳动者互帮站: what stands behind a qualifier that names whose it is."""
    for found in lexicon.themed.finditer(text):
        if not lexicon.open_end.search(found[1]) or any(
            stop.group(1) for stop in lexicon.stop.finditer(found[1])
        ):
            continue
        yield found[1], 0 if _SURE.search(found[1]) else 2


def _shortened(text: str) -> set[str]:
    """Weak heads (服务站) that a text writes out once: 户外劳动者服务站."""
    return {found[1] for found in _STATIONS.finditer(text)}


def _repeated(text: str, lexicon: Lexicon, known: set[str]) -> set[str]:
    """The ending that three or more places share (人民公园歇气台, 中山路歇气台), longest first."""
    if known or any(_is_listed(found, lexicon) for found in lexicon.head.finditer(text)):
        return set()
    ahead: dict[str, set[str]] = defaultdict(set)
    items = {found[1] for found in _ITEM.finditer(text)}
    for run in (*(found.group() for found in lexicon.open_tail.finditer(text)), *items):
        for length in range(2, min(_LONGEST, len(run) - 2) + 1):
            ahead[run[-length:]].add(run[:-length][-2:])
    shared = {word: len(places) for word, places in ahead.items() if len(places) >= 3}
    within = {
        end
        for word, number in shared.items()
        for end in _suffixes(word)[1:]
        if number >= shared.get(end, number + 1)
    }
    ends = {run[-length:] for run in items for length in range(2, _LONGEST)}
    return {
        word
        for word in shared
        if word not in within
        and (lexicon.theme.search(word) or (word in ends and word not in lexicon.place_ends))
    }
