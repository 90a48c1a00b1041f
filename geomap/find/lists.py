"""Lists of places: items with a marker, lines under an introduction, blocks under a heading."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from geomap.find import runs
from geomap.find.blocks import extend_blocks, tidy_address
from geomap.find.drafts import (
    Draft,
    Group,
    compose,
    is_no_name,
    name_of_road,
    place_words,
    split_bracket,
    tidy_name,
)
from geomap.find.head import Head, Heads
from geomap.find.layout import SAYS_WHERE, Layout, Line
from geomap.find.lexicon import Lexicon

#: A longer "name" is a sentence (characters).
_LONGEST = 46
_ON_ROAD = re.compile(r"[路街巷道弄]")
#: 桂中大药房 长湖路分店: a brand, then its branch.
_BRANDED = re.compile(r"^([^ \d]{2,8})[ \u3000]([^ ]{2,10}(?:店|支行|网点))$")
#: A name printed with a head of its own is no longer (characters).
_LONGEST_OWN = 18
#: What stands behind a printed name: 〔水饭电〕.
_TRAILING = re.compile(r"[〔\[(][^〔〕\[\]()]*[〕\])]\s*$")
_QUOTED_END = re.compile(r"[^“”]“[^“”]{2,8}”$")
_SIGNED = re.compile(r"(?:总工会|局|委员会|日报|晚报|办公室|中心|协会|宣)$")
#: A clause, and no place.
_SAYS = re.compile(
    r"[?!]|[不没莫勿别请遇凡]|一律|期间|关门|开门|停[水电]|上班|常有|可以|怎么|觉得|点个|^(?:小?贴士|提示)$|^(?:关键词|标签|来源|作者|责编|编辑|审核|摄影|供稿)"
)
_ADDRESS_LABELS = ("address",)


class _Sort(NamedTuple):
    """What is known of a list: its theme (words, kind), whether its items are chains, mostly
    places, or printed with their names.
    """

    theme: tuple[str, str] | None
    chained: bool
    placed: bool
    named: bool


def find_listed(layout: Layout, heads: Heads, lexicon: Lexicon) -> list[Draft]:
    """Drafts of all lists of a story; ``block`` is the text of the item and its labelled lines."""
    drafts: list[Draft] = []
    theme: tuple[str, str] | None = None
    for group, run in enumerate(runs.find_runs(layout, heads, lexicon)):
        if runs.is_aside(layout, run):
            continue
        theme = runs.theme_of(layout, run, heads, lexicon) or (theme if run[0].marked else None)
        chained = any(
            "、" in words and runs.is_chain(words, lexicon) for words in runs.texts_of(layout, run)
        )
        chained = chained or runs.are_divided(runs.texts_of(layout, run))
        sort = _Sort(
            theme,
            chained,
            runs.are_mostly_places(layout, run, heads, lexicon),
            runs.are_named(layout, run, heads),
        )
        items = [d for line in run for d in _item(layout, line, heads, lexicon, sort)]
        for draft in items:
            draft.group = Group("list", group)
        drafts += _distinct_roads(items)
    extend_blocks(layout, drafts)
    return drafts


def _item(layout: Layout, line: Line, heads: Heads, lexicon: Lexicon, sort: _Sort) -> list[Draft]:
    start = line.value if line.label == "name" else line.body
    content = layout.text[start : line.end]
    chain, theme = runs.BRANCHES.match(content), sort.theme
    own = heads.within(start, line.end)
    if (
        chain
        and theme
        and (sort.chained or "、" in content or "(" in content[: chain.end("chain") + 1])
        and not own
        and runs.are_places(chain["branches"], lexicon, chain["chain"])
    ):
        return _chain(line, start, chain, theme)
    cut = runs.first_cut(content)
    first = [h for h in own if h.start < start + cut + 1]
    if first:
        named = _named(layout, line, start, start + cut, first[-1], lexicon)
        return [named] if named else []
    if not own and _is_printed(content, cut, lexicon, sort):
        return [_printed(line, start, content[:cut])]
    if theme is None or cut > runs.ITEM or own:
        return []
    unnamed = _unnamed(layout, line, start, content[:cut], lexicon, theme, sort.placed)
    return [unnamed] if unnamed else []


def _is_printed(content: str, cut: int, lexicon: Lexicon, sort: _Sort) -> bool:
    """Whether an item is a printed name, though its head is of no known kind."""
    if sort.theme is None and SAYS_WHERE.match(content):
        return not lexicon.has_stop(content[:cut])
    words = _TRAILING.sub("", content[:cut])
    quoted = _QUOTED_END.search(words)
    before = words.partition("“")[0] if quoted else words
    if not 4 <= len(words) <= _LONGEST_OWN or lexicon.has_stop(before):
        return False
    if is_no_name(content[:cut]) or lexicon.is_generic(words[:-1]):
        return False
    if sort.named and (quoted or "·" in words):
        return True
    sure = lexicon.open_end.search(words) and not lexicon.no_head.search(words)
    return bool(sure) and (sort.named or (sort.theme is not None and lexicon.is_own_name(words)))


def _printed(line: Line, start: int, words: str) -> Draft:
    """An item whose name is printed, though its head is of no known kind (凯旋路站, 文昌路炕屋)."""
    block = (line.start, line.end)
    words = _TRAILING.sub("", words)
    stem = words.strip("“”").removesuffix("站")
    return Draft(tidy_name(words), "station", start, start + len(words), "list", stem, block)


def _named(
    layout: Layout, line: Line, start: int, end: int, head: Head, lexicon: Lexicon
) -> Draft | None:
    """An item with a head: the name is all that stands before the cut, if it says where."""
    if head.number and not head.specific:
        return None
    words, address = layout.text[start:end], ""
    if not head.words.endswith(")"):  # else its bracket is its name
        words, address = split_bracket(words)
    if head.end < end - 1 and not address and _tail_is_prose(layout.text[head.end : end]):
        # 常有人问“老渤海司机之家”哪去了: a sentence, and a name in it.
        sentence = head.quoted and head.specific and " " not in layout.text[start : head.name_start]
        words = layout.text[head.name_start if sentence else start : head.end]
    town = layout.text[head.name_start : head.start]
    of_town = 2 <= len(town) <= 4 and town.isalpha() and town[-1] not in "区县市省州"
    sort = head.specific and lexicon.is_generic(head.specific) and not (address or head.host)
    if sort and tidy_name(words) == head.specific + head.words:
        return None  # 优秀驿站, 升级改造老旧驿站
    if not head.specific and not head.host and not of_town:
        return _general_item(layout, line, start, head, address)
    name = tidy_name(words)
    if len(name) > _LONGEST or "。" in name:
        return None
    stop = min(max(head.end, start + len(words)), line.end)
    specific = head.specific or head.host or town
    block = (line.start, line.end)
    return Draft(name, head.kind, start, stop, "list", specific, block, address=address)


def _general_item(layout: Layout, line: Line, start: int, head: Head, address: str) -> Draft | None:
    """An item whose head has no name: a division's service centre, or a station at an address."""
    block = (line.start, line.end)
    if head.kind == "service_center" and head.name_start < head.start:
        name = tidy_name(layout.text[head.name_start : head.end])
        return Draft(name, head.kind, head.name_start, head.end, "list", head.words, block)
    where = address or _address_after(layout, line)
    road = name_of_road(where)
    if not road:
        return None
    name = compose(road, head.words)
    return Draft(name, head.kind, start, head.end, "list-address", road, block, address=where)


def _tail_is_prose(tail: str) -> bool:
    return not tail.startswith(("(", "·", "-", "”"))


def _address_after(layout: Layout, line: Line) -> str:
    number = layout.number_at(line.start) + 1
    for other in layout.lines[number : number + 2]:
        if other.label in _ADDRESS_LABELS:
            return layout.text[other.value : other.end]
    return ""


def _unnamed(
    layout: Layout,
    line: Line,
    start: int,
    words: str,
    lexicon: Lexicon,
    theme: tuple[str, str],
    placed: bool,
) -> Draft | None:
    """An item that only says where: the name is composed of the place and the list's theme."""
    place, address = split_bracket(_BRANDED.sub(r"\1\2", words))
    named = place_words(place, lexicon)
    numbered = runs.NUMBERED.search(place)
    if not line.marked and _SIGNED.search(named):
        return None
    ends_as_place = lexicon.is_place(named)
    if not named or not (
        numbered or address or ends_as_place or (placed and not _SAYS.search(named))
    ):
        return None
    denied = re.search(r"不是|并非|不算", layout.text[line.start : line.end])
    headed = "【" in layout.text[line.start : line.body]
    if denied or headed or ("、" in named and lexicon.facilities(named)):
        return None
    road = name_of_road(named)
    specific = road or named
    if numbered and not road and numbered.end() < len(named) and _ON_ROAD.match(numbered.group()):
        specific = named[numbered.end() :].lstrip(",") or named
    where = words if (numbered or address) else ""
    return Draft(
        compose(specific, theme[0]),
        theme[1],
        start,
        start + len(words),
        "list-place",
        specific,
        (line.start, line.end),
        address=tidy_address(where),
    )


def _chain(line: Line, start: int, chain: re.Match[str], theme: tuple[str, str]) -> list[Draft]:
    drafts = []
    position = start + chain.start("branches")
    for branch in chain["branches"].split("、"):
        words = branch.strip("。;, ")
        words, address = split_bracket(words)
        if 2 <= len(words) <= 16:
            specific = chain["chain"] + words
            drafts.append(
                Draft(
                    compose(specific, theme[0]),
                    theme[1],
                    position,
                    position + len(words),
                    "chain",
                    specific,
                    (position, position + len(branch)),
                    address=address,
                )
            )
        position += len(branch) + 1
    return drafts


def _distinct_roads(items: list[Draft]) -> list[Draft]:
    """Two items on one road keep their house numbers in their names."""
    names = Counter(draft.name for draft in items)
    for draft in items:
        if names[draft.name] > 1 and draft.address and draft.rule in ("list-place", "list-address"):
            found = runs.NUMBERED.search(draft.address)
            if found:
                full = draft.address[: found.end()]
                draft.name, draft.specific = draft.name.replace(draft.specific, full, 1), full
    return items
