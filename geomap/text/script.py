"""One plain script to read in: simplified, half-width, without debris, offsets kept.

Shared ground of the text half: the finder reads clean text and quotes the original, so every
clean character knows which original character it came from.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

#: Dictionaries list several simplified forms; the first is right except where a text of our field
#: (never classical) uses another.
_PREFERRED = {
    "乾": "干", "於": "于", "裏": "里", "裡": "里", "後": "后", "「": "“", "」": "”", "『": "“",
    "』": "”", "〝": "“", "〞": "”", "‘": "“", "’": "”", "﹑": "、", "、": "、", "・": "·",
}  # fmt: skip
#: 乾县, 乾安, 乾元 are names; elsewhere 乾 is 干 of a traditional text.
_KEPT = "\ufdd0"
_QIAN = re.compile("乾(?=[县縣安元陵坤隆德清门門明镇鎮])")
#: Characters that say nothing: zero width, soft hyphen, byte order mark.
_NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\r"), " ")
#: One toned syllable in brackets after its character: 統(tǒng).
_PINYIN = (
    r"(?<=[\u4e00-\u9fff])\((?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])"
    r"?[aoeiuüāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ]+(?:ng?|r)?\)"
)
#: Marks of emphasis (not what hides digits: 66**19), paragraph tags that lost their opening
#: bracket, runs of question marks from a lost encoding.
_DEBRIS = r"(?<![\d*])\*\*(?![\d*])|"
_DEBRIS += r"[??]/p>|</?p>|&nbsp;|(?<=[。!?])\?(?=[\u4e00-\u9fff“])|(?m:^[ \t]*\?{2,})"
_JUNK = re.compile(f"{_PINYIN}|{_DEBRIS}")
_LIST_START = re.compile(
    r"[ \t]*(?:[-*•·#|【〔(\u2460-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]|\d{1,"
    r"3}(?:[.、)\t /]|\s*\n)|[一二三四五六七八九十]{1,3}[、.]|"
    r"第[一二三四五六七八九十\d]+|[^,。;]{2,8}:)"
)
#: What begins an item even below a line that is full.
_MARK_START = re.compile(
    r"[ \t]*(?:[•#|【〔(\u2460-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]|\d{1,3}[.、)/](?!\d))"
)
#: Three lines as long as any, and so long (characters), were cut there.
_HARD = 24
_SENTENCE_END = "。!?;:”…》)】~>"
#: White space is read from its first character on, or a long run would be read from each of them.
_BREAK = re.compile(r"(?<![ \t\u3000])[ \t\u3000]*\n(?:[ \t\u3000]*\n)*[ \t\u3000]*")
_SPACED = re.compile(
    r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff,。、:;])|(?<=[,。、:;\d—-]) "
    r"+(?=[\u4e00-\u9fff\d:—,。-])"
)
#: 已有 17 处: a number set apart between words.
_NUMBER_SET_APART = re.compile(r"(?<=[\u4e00-\u9fff])( )\d+(?:\.\d+)?( )(?=[\u4e00-\u9fff])")
#: 【快讯】 before a paragraph says what it is; 【鱼峰区】 and 【西湖驿站】 say what it is about.
_TAG = re.compile(
    r"(?m:^)[ \t]*【(?!\d)[^【】\n]{1,8}(?<![区县市镇乡村道社站家屋州旗省])】(?=[^\n]{20})"
)
#: A full stop typed as a point.
_POINT = re.compile(
    r"(?:(?<=[\u4e00-\u9fff”)])|(?<=[\u4e00-\u9fff,:-]\d)|(?<=[\u4e00-\u9fff,:-]\d\d))"
    r"\.(?=[\s\u4e00-\u9fff“\"(]|$)"
)
_STRAIGHT = re.compile(r'"([^"\n]{1,30})"')
#: A time as a scanner reads it: O6:00一2l:00.
_TIME = re.compile(r"(?<![\dA-Za-z])[\dOol]{1,2}:[\dOol]{2}(?![\dA-Za-z])(?:一(?=[\dOol]{1,2}:))?")
_MISREAD = str.maketrans("Ool一", "001-")
#: Fewer rows are no table.
_ROWS = 4
#: A member of a list is no longer (characters).
_WORD = 12
#: 红旗街道;清和街道: two of a kind; 8:00-12:00;14:00-18:00: one day.
_PLACE = r"(?:社区|村|街道|镇|路|街|巷|店|支行|站|广场|公园|公厕|营业厅|服务区|书房|公寓|服务中心)"
_PLACE_AHEAD = re.compile(f"{_PLACE}$")
_PLACE_BEHIND = re.compile(rf"[\u4e00-\u9fff]{{2,10}}?{_PLACE}[^:]{{0,24}}$")
_PERIODS = re.compile(r"(?<=\d);(?=\d{1,2}:\d\d)")
_SENTENCE = re.compile(r"[^。!?\n]+")
_CELLS = re.compile(r"[\t|]")
_NAME_END = re.compile(r"[站家店室点心所园场号楼口\d)]$")
_BODY_MARK = re.compile(r"[,。]")


@dataclass(frozen=True, slots=True)
class Clean:
    """Clean text and, for each kept run, where it starts in the clean and the original text."""

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, position: int) -> int:
        """Original offset of the clean character at ``position`` (the end maps to the end)."""
        run = bisect_right(self.starts, position) - 1
        return self.origins[run] + position - self.starts[run]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Original offsets of the clean span, end exclusive."""
        return self.origin(start), self.origin(max(start, end - 1)) + 1


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """One character to one character: traditional to simplified, full width to half width."""
    table: dict[int, str] = {}
    for code in [*range(0xA0, 0x3100), *range(0xF900, 0xFB00), *range(0xFE30, 0xFFEF)]:
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code) and not unicodedata.combining(chr(code)):
            table[code] = plain
    characters = files("opencc") / "dictionary" / "TSCharacters.txt"
    for line in characters.read_text(encoding="utf-8").splitlines():
        traditional, _, simplified = line.partition("\t")
        if len(traditional) == 1 and simplified:
            table[ord(traditional)] = simplified.split(" ")[0]
    table.update({ord(old): new for old, new in _PREFERRED.items()})
    table[0x2236] = ":"
    for circled in range(0x2460, 0x2474):
        table.pop(circled, None)
    return table | _NOTHING


def simplify(text: str) -> str:
    """Simplified script and half-width forms; the same length as ``text``."""
    return _QIAN.sub(_KEPT, text).translate(_table()).replace(_KEPT, "乾")


def clean(text: str) -> Clean:
    """Simplify, drop pinyin and debris, join lines and columns that break inside a sentence."""
    plain = _typed(simplify(text))
    cuts = [match.span() for match in _JUNK.finditer(plain)]
    spaced = [match.span() for match in _SPACED.finditer(plain)]
    if len(spaced) >= 12 and len(spaced) * 15 > len(plain) and not _is_table(plain):
        # Every word or character is set apart: spaces say nothing here.
        cuts += spaced
    cuts += [m.span(n) for m in _NUMBER_SET_APART.finditer(plain) for n in (1, 2)]
    cuts += [match.span() for match in _TAG.finditer(plain)]
    cuts += _false_breaks(plain)
    return _keep(plain, sorted(cuts))


def _is_table(plain: str) -> bool:
    """Whether most lines with blanks have as many of them: cells, not characters set apart."""
    blanks = Counter(len(line.split()) for line in plain.splitlines() if len(line.split()) > 2)
    rows = max(blanks.values(), default=0)
    return rows >= _ROWS and 2 * rows > blanks.total()


def _typed(plain: str) -> str:
    """Marks as print has them, of the same length: points that end sentences, quotes, lists."""
    plain = _STRAIGHT.sub(r"“\1”", _POINT.sub("。", plain))
    plain = _TIME.sub(lambda found: found.group().translate(_MISREAD), plain)
    plain = _PERIODS.sub("、", plain)
    return _SENTENCE.sub(lambda found: _listed(found.group()), plain) if ";" in plain else plain


def _listed(sentence: str) -> str:
    """甲;乙;丙 is a list like 甲、乙、丙 where what stands between the marks is a word or two."""
    parts = sentence.split(";")
    joined = parts[0]
    for number in range(1, len(parts)):
        ahead, behind = re.split("[,:]", parts[number - 1])[-1], re.split("[,:]", parts[number])[0]
        around = [
            p for n in (number - 1, number) for p in parts[n : n + 1] if 0 < n < len(parts) - 1
        ]
        paired = _PLACE_AHEAD.search(ahead) and _PLACE_BEHIND.match(parts[number])
        short = paired or any(
            len(part) <= _WORD and not re.search(r"[,:]", part) for part in around
        )
        joined += "、" if short and max(len(ahead), len(behind)) <= 2 * _WORD else ";"
        joined += parts[number]
    return joined


def _keep(plain: str, cuts: list[tuple[int, int]]) -> Clean:
    parts, starts, origins = [], [], []
    position = length = 0
    for start, end in [*cuts, (len(plain), len(plain))]:
        if start > position:
            parts.append(plain[position:start])
            starts.append(length)
            origins.append(position)
            length += start - position
        position = max(position, end)
    return Clean("".join(parts), tuple(starts) or (0,), tuple(origins) or (0,))


def _false_breaks(plain: str) -> list[tuple[int, int]]:
    """Breaks between two halves of one sentence.

    A body line (it has a comma or a full stop) that ends without closing punctuation goes on in
    the next line unless that one is a list item, a label or indented; a line as long as the
    document's wrapping width goes on even without a comma.
    """
    width = _wrap_width(plain)
    cuts = []
    line_start = 0
    above = False
    for found in _BREAK.finditer(plain):
        line = plain[line_start : found.start()].strip()
        first_line = not above and "。" not in line
        above = above or bool(line)
        line_start = found.end()
        if not line or line[-1] in _SENTENCE_END or first_line or _CELLS.search(line):
            continue
        body = len(line) >= 14 and _BODY_MARK.search(line) and not _LIST_START.match(line)
        body = body and not line[-1].isdigit()
        wrapped = width and len(line) >= width - 2 and found.group().strip(" \t\u3000") == "\n"
        full = bool(wrapped) and len(line) == width
        if (body or wrapped) and _goes_on(plain, found, _MARK_START if full else _LIST_START):
            cuts.append(found.span())
    return cuts


def _goes_on(plain: str, found: re.Match[str], item: re.Pattern[str]) -> bool:
    indented = found.group().rpartition("\n")[2].strip("\n") not in ("", " ")
    rest = plain[found.end() : found.end() + 24]
    return bool(rest) and not indented and not item.match(rest)


def _wrap_width(plain: str) -> int:
    """Characters a wrapped line holds; 0 where lines are not wrapped at one width.

    Wrapped prose has most lines about equally long, a mark of punctuation in many of them, and
    few that end like the name of a place: a list of stations has that too.
    """
    lines = [line.strip() for line in plain.splitlines() if line.strip()]
    lengths = Counter(len(line) for line in lines if len(line) >= 10)
    if not lengths:
        return 0
    longest = max(lengths)
    if longest >= _HARD and lengths[longest] >= 3:
        return longest
    width = max(lengths, key=lambda length: (lengths[length], length))
    full = [line for line in lines if width - 2 <= len(line) <= width + 2]
    marked = sum(bool(_BODY_MARK.search(line) or "、" in line) for line in full)
    named = sum(bool(_NAME_END.search(line)) for line in full)
    prose = marked * 3 >= len(full) and named * 3 < len(full)
    return width if len(full) >= 4 and len(full) * 2 >= len(lines) and prose else 0
