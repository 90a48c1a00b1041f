"""Heads (驿站, 职工之家 …) in a text, each with the words that stand before it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import Any

from geomap.divisions import NameHit
from geomap.find.elements import last_place
from geomap.find.lexicon import AND, Lexicon
from geomap.find.phrases import CROSSING
from geomap.find.quoted import is_own
from geomap.find.sightings import is_zone
from geomap.find.spans import between
from geomap.model.tables import STATION_KINDS

#: How far left of a head its name may reach (characters).
REACH = 44
#: How long a nickname of a whole city's stations is (characters).
_BRAND_LENGTHS = (2, 3, 4)
#: What a name never crosses.
_WALLS = ",。;:!?、\n\t|丨▍▶►●○■□◆◇★☆→—…《》【】<>~ \u3000"
_LOCATIVE = re.compile(r"(?:附近|周边|门口|旁边?|对面|楼下|里面?|内|边上?|外面?|中|处|上)?的$")
#: 燕都公园设(劳动者驿站): the place is what the sentence composes, not part of a name.
_MADE_END = re.compile(
    r"(?:设|建|建成|设立|设置|开设|新建|增设|建有|设有|开办|打造|布设|建起|挂出|挂上|挂起|亮出)[了起]?$"
)
#: 沙子口街道汉河社区的汉河(工会驿站): where, then the name.
_OWNED = re.compile(r"(?P<where>[^“”]*)的(?P<rest>[^的]{2,})$")
#: Before 的: divisions say where; another place (图书馆一楼) belongs to the name.
_ADMIN_END = re.compile(
    r"(?:社区|村|街道|镇|乡|区|县|市|省|州|旗|首创|米外|下|旁|边|[^\u4e00-\u9fff])$"
)
#: 物流公司的甘井子区工会(司机之家): a union's own name begins anew.
_OF_UNION = re.compile(r"[\u4e00-\u9fff]{1,6}(?:[省市区县旗镇乡]|街道)总?工会")
_BUILT = re.compile(
    r"(?:新?所?[建设办立]|新建|建起|建成|设立|打造|开设|建设|创办|推出|开办|共建)的$"
)
#: 玉祁街道的全市首个(工会驿站), 燕山街道的一处(驿站).
_FIRST = re.compile(
    r"(?P<place>[^,。;:!?、“”]{3,24})的(?:全?[国省市区县镇]?(?:首|第一)|一)[个家座处间]$"
)
#: What follows a head may name it: 工会驿站·百荷公园, 爱心驿家利安站点, 工会驿站(市图书馆站).
_NAMED_BEHIND = re.compile(
    r"[·•・](?P<name>[\u4e00-\u9fff\d]{2,12})”?|(?P<branch>[\u4e00-\u9fff]{2,8}店)(?=[,。;\s])|(?P<near>[\u4e00-\u9fff]{2,5})(?:站点|"
    r"分站)(?=[被,。、;”入获荣位的]|$)(?!位)|(?P<inner>[\u4e00-\u9fff]{2,10})站(?=\))|\((?P<site>[\u4e00-\u9fff\d·]{3,14})\)|"
    r"—{1,2}(?P<dash>[\u4e00-\u9fff]{3,14}站)(?=位于|设在|坐落|[,。;\s]|$)"
)
#: (附名单) and (以下简称驿站) are no names.
_REMARK = re.compile(
    "[附图摄文]|简称|以下|名单|试行|记者|来源|\\d|[一二三四五六七八九十][月日期批]"
)
_MADE_BEFORE = re.compile(
    r"(?:设立|设置|打造|推出|建成|建起|开设|增设|布设|建设|设|建|成立|投放|揭牌|挂牌)(?:了|起|的)?[^,。;]{0,4}“$|名为“$"
)
#: Between a host with a head of its own and its station: 职工服务中心 + 岳王路 + “爱心驿家”.
_NEAR_NAME = re.compile(
    r"(?:[\u4e00-\u9fff]{2,5}路|[\u4e00-\u9fff]{1,3}(?:门|楼|馆)|一楼|二楼|门口|旁)"
)
_COLOUR = re.compile(r"[橙紫粉鲜深浅]红色")
_MOVING = re.compile(r"流动|移动式")
#: 县总工会新开(武康广场驿站): who did it is not part of the name.
_ACTS = re.compile(
    r"(?:[乡镇](?=设)|街道(?=设)|总工会|工会|管理局|执法局|街道办|政府|集团|公司)(?:新|再|又|已|首次|共|联合)*"
    r"(?:开|建|设(?!计)|办|推|打造|增|投|挂)(?:了|出|起|设|成|立|放|通|用|牌)*(?!的)"
)
#: 加油站莫得休息室, 均非驿站: said before a head of which there is none.
_DENIED = re.compile(
    r"(?:不是|并非|[均都皆]非|[不唔]算|没有|[没莫]得|冇|唔系|不设|未设|无)(?:什么|任何|一?[个间家处座])*“?$"
)
#: 有间全时(驿站)
_MEASURE = re.compile("[间处座](?=.{2})|[个家](?=.{2})(?!家[园乡属和里])")
#: “司机之家土菜馆”, “驿站建设年”: the quotes hold a longer word, which is none.
#: “工会送暖、福满驿站”: a slogan in two halves.
_COUPLET = re.compile("(?:.{3}[、,·].{3}|.{4}[、,· ].{4}|.{5}[、,· ].{5})")
_LONGER = re.compile(r"([\u4e00-\u9fff]{1,8})”")
_NOISE = re.compile(
    rf"^(?:{AND}|与|及|或|的|、|"
    r"[间个家处座](?=“|$)|“|”|·|-|\d+[.、)]|[①-⑳]|\(图?\d*\)|图\d*)+"
)


@dataclass(frozen=True, slots=True)
class Head:
    """One occurrence of a head in clean text.

    Attributes
    ----------
    start, end : of qualifiers and head, quotes included.
    name_start : where the whole name starts (``start`` where nothing stands before it).
    words : qualifiers and head without quotes.
    kind : one of :data:`geomap.model.tables.KINDS`.
    specific : what it is named after; empty for a general mention.
    host : the place or body before "的" or "建的", where it stands at or by whom it was built.
    number : it is one of several that are counted (178个 …).
    quoted : it stands in quotation marks.
    """

    start: int
    end: int
    name_start: int
    words: str
    kind: str
    specific: str
    host: str
    number: bool
    quoted: bool


class Heads(Sequence[Head]):
    """The heads of a text, in order, found by where they stand."""

    def __init__(self, heads: Sequence[Head]) -> None:
        self._heads = tuple(heads)
        self._starts = [head.start for head in heads]
        self._ends = [head.end for head in heads]

    def __getitem__(self, number: Any) -> Any:
        return self._heads[number]

    def __len__(self) -> int:
        return len(self._heads)

    def within(self, start: int, end: int) -> Sequence[Head]:
        """The heads that begin in ``start`` to ``end`` (exclusive)."""
        numbers = between(self._starts, start, end)
        return self._heads[numbers.start : numbers.stop]

    def touching(self, start: int, end: int) -> Sequence[Head]:
        """The heads that share a character with ``start`` to ``end`` (exclusive)."""
        return self._heads[bisect_right(self._ends, start) : bisect_left(self._starts, end)]

    def ending_from(self, position: int) -> Iterator[Head]:
        """The heads that end at ``position`` or later."""
        numbers = range(bisect_left(self._ends, position), len(self._heads))
        return (self._heads[number] for number in numbers)

    def last_before(self, position: int, floor: int = 0) -> Head | None:
        """The last head that ends by ``position``, one with words of its own (工会驿站) first.

        Parameters
        ----------
        floor : heads that begin earlier are left out.
        """
        number = bisect_right(self._ends, position) - 1
        if number < 0 or self._heads[number].start < floor:
            return None
        worded = self._worded[number]
        near = worded >= 0 and self._heads[worded].start >= floor
        return self._heads[worded if near else number]

    def last_station_before(self, position: int) -> Head | None:
        """The last head of a place to rest that ends by ``position``."""
        number = self._stations[bisect_right(self._ends, position)]
        return self._heads[number] if number >= 0 else None

    @cached_property
    def _worded(self) -> list[int]:
        numbers = (n if len(head.words) > 2 else -1 for n, head in enumerate(self._heads))
        return list(accumulate(numbers, max))

    @cached_property
    def _stations(self) -> list[int]:
        numbers = (n if head.kind in STATION_KINDS else -1 for n, head in enumerate(self._heads))
        return list(accumulate(numbers, max, initial=-1))


def find_heads(text: str, lexicon: Lexicon, hits: Sequence[NameHit]) -> Heads:
    """All heads of a clean text, in order, without overlaps."""
    named = {hit.start: hit for hit in hits}
    heads: list[Head] = []
    floor = 0
    for found in lexicon.find_heads(text):
        if found.start() < floor and heads and found.end() <= heads[-1].end:
            continue
        joined = _joined(text, found, heads, lexicon)
        if joined:
            # 职工活动中心 + 户外劳动者服务站点: the first is what the second is named after.
            heads.pop()
            floor = heads[-1].end if heads else 0
        head = _read(text, found, floor, lexicon, named)
        if head is not None:
            heads.append(head)
            floor = head.end
    brands = _brands(heads)
    return Heads([_nicknamed(text, _without_brand(text, head, brands), lexicon) for head in heads])


def _nicknamed(text: str, head: Head, lexicon: Lexicon) -> Head:
    """设立“电力驿站”: what was set up is so called; where stands elsewhere in the sentence.

    Behind a list (在A、B设立“司机小憩”驿站) the quotes need not hold the head.
    """
    before = text[max(0, head.name_start - 40) : head.name_start]
    shared = text[head.name_start] == "“" and "、" in re.split("[,。;!?\n]", before)[-1]
    made = _MADE_BEFORE.search(before[-12:] + "“" * shared)
    quoted = head.quoted or shared
    if not made or not quoted or not head.specific or len(head.specific) > 4:
        return head
    if lexicon.is_place(head.specific):
        return head
    return replace(head, specific="", words=head.specific + head.words)


def _brands(heads: list[Head]) -> set[str]:
    """Nicknames of a whole city's stations (“莞工驿站”): quoted, and carried by others."""
    ends = {
        head.specific[-length:]
        for head in heads
        for length in _BRAND_LENGTHS
        if len(head.specific) > length
    }
    return {head.specific for head in heads if head.quoted and head.specific in ends}


def _without_brand(text: str, head: Head, brands: set[str]) -> Head:
    ends = {head.specific[-length:] for length in _BRAND_LENGTHS}
    for brand in sorted(ends & brands):
        rest = head.specific.removesuffix(brand)
        start = head.start - len(brand) * text.endswith(brand, 0, head.start)
        return replace(head, start=start, specific=rest.strip("“”"), words=brand + head.words)
    return head


def _joined(text: str, found: re.Match[str], heads: list[Head], lexicon: Lexicon) -> bool:
    if not heads:
        return False
    last = heads[-1]
    start = _qualified_start(text, found.start(), last.end, lexicon)
    near = _NEAR_NAME.match(text, last.end) if start > last.end else None
    return start == last.end or (near is not None and near.end() == start)


def _read(
    text: str, found: re.Match[str], floor: int, lexicon: Lexicon, hits: Mapping[int, NameHit]
) -> Head | None:
    rule = lexicon.rule_of(found)
    start = _qualified_start(text, found.start(), floor, lexicon)
    end = found.end()
    quoted = text[end : end + 1] == "”" and "“" in text[max(floor, start - 12) : end]
    opening = text.rfind("“", max(floor, start - 12), found.start())
    within = opening > text.rfind("”", floor, found.start())
    longer = _LONGER.match(text, end) if within else None
    if longer and not lexicon.open_end.search(longer[1]) and not _NAMED_BEHIND.match(text, end):
        return None
    if _DENIED.search(text, max(floor, start - 10), start):
        return None
    if within and _COUPLET.fullmatch(text[opening + 1 : end]) and text[end : end + 1] == "”":
        return None
    inside_quotes = quoted and text.rfind("“", floor, end) > text.rfind("”", floor, end)
    if inside_quotes:
        start = _own_start(text, start, end)
        end += 1
    words = re.sub("[“”的·]", "", text[start:end])
    themed = lexicon.theme.search(words[: -len(found.group())] or "") is not None
    if rule.needs_qualifier and not themed and not is_own(text, found, inside_quotes, start, end):
        return None
    ahead = (
        text[opening + 1 : found.start()] if inside_quotes else text[max(floor, start - 8) : start]
    )
    others = lexicon.others.match if inside_quotes else lexicon.others.search
    shared = inside_quotes and "工会" in text[end : end + 16]
    if others(ahead) and (inside_quotes or start == found.start()) and not shared:
        return None
    left = _left(text, start, floor, inside_quotes)
    name_start, before = _after_stop(text, left, start, lexicon)
    lead, mark, quote = before.partition("“")
    placed = lexicon.is_place(_LOCATIVE.sub("", lead))
    if inside_quotes and mark and lead and not placed:
        # 写着“金江小哥驿站”: only a place before the quotes is part of the name.
        name_start, before = name_start + len(lead), mark + quote
    if inside_quotes and text[start] == "“" and not (placed or "”" in before):
        before = ""  # 他都会来“司机之家”
    specific, host = _split(before, lexicon)
    if not (specific or host):
        host = _first_of(text[max(floor, name_start - REACH) : name_start], lexicon)
    sort = rule.kind == "station" and lexicon.bare.fullmatch(specific)
    if specific and sort and not {"“", "”"} & set(specific):
        specific, words = "", specific + words  # 司机之家“同心驿站” is a sort, and its brand
    specific = _without_divisions(specific, name_start, start, text, hits)
    if rule.needs_qualifier and not (themed or inside_quotes or specific):
        return None
    behind = _NAMED_BEHIND.match(text, end)
    if behind and behind["site"] and not _is_site(behind["site"], lexicon):
        line = text[name_start - 1 : name_start] + text[behind.end() : behind.end() + 1]
        behind = None if line.strip() or _REMARK.search(behind["site"]) else behind
    branded = behind and (behind["name"] or behind["inner"])
    brand = bool(branded and specific and not lexicon.is_place(specific))
    if behind and (brand or (behind["branch"] if inside_quotes else not (specific or host))):
        words = (specific if brand else "") + words + behind.group().strip("”")
        specific, end = behind[behind.lastgroup or "name"], behind.end()
    number = _is_counted(text, name_start, start)
    kind = "mobile_station" if rule.kind == "station" and _MOVING.search(words) else rule.kind
    return Head(start, end, name_start, words, kind, specific, host, number, inside_quotes)


def _is_site(words: str, lexicon: Lexicon) -> bool:
    """Whether words in brackets behind a head name one of its places, and no sort of them.

    市图书馆站 and 大参林民族大道店 do; 以下简称驿站, 爱心驿站 and 嘉工驿站骑手之家 (a whole name)
    do not.
    """
    stem = re.sub("(?:站|店)点?$", "", words)
    if lexicon.says_nothing(stem) or lexicon.says_nothing(words) or _is_head(words, lexicon):
        return False
    is_branch = stem != words and not lexicon.has_stop(words) and not lexicon.open_end.search(stem)
    return lexicon.is_place(words) or (is_branch and len(stem) > 1)


def _is_head(words: str, lexicon: Lexicon) -> bool:
    """Whether words hold a station's own head; 安中加油站 and 菜鸟驿站 are others'."""
    return any(
        not lexicon.rule_of(found).needs_qualifier
        and not lexicon.others.search(words[: found.start()])
        for found in lexicon.find_heads(words)
    )


def _own_start(text: str, start: int, end: int) -> int:
    """Where a quoted name begins: whose it is (园区工会的“花乡e家”) is no part of it."""
    opening = text.rfind("“", 0, end)
    return opening if text[start:opening].removesuffix("的").endswith("工会") else start


def _qualified_start(text: str, start: int, floor: int, lexicon: Lexicon) -> int:
    window = text[max(floor, start - 24) : start]
    found = lexicon.qualifiers.search(window)
    begin = start - (len(window) - found.start()) if found else start
    while begin < start and text[begin] in "的·”":
        begin += 1
    if _COLOUR.match(text, max(begin - 1, 0)) or text[begin - 1 : begin + 2] == "总工会":
        begin += 2
    return begin


def _left(text: str, start: int, floor: int, quoted: bool) -> int:
    """The first character that may belong to the name: back to a wall, over brackets and quotes."""
    position = start
    lowest = max(floor, start - REACH)
    while position > lowest:
        character = text[position - 1]
        if character == "”" and text[position : position + 1] in tuple("“和与及"):
            break
        if character in ")”":
            opening = text.rfind("(" if character == ")" else "“", lowest, position)
            speech = character == "”" and text[position - 2] in "。!?,;"
            if opening < 0 or speech:
                break
            position = opening
            continue
        if character in _WALLS or character == "(":
            break
        if ord(character) > 0x1EFFF or 0x2460 <= ord(character) <= 0x27BF:
            break
        if character == "“":
            if position != start and not quoted:
                break
            quoted = False
        position -= 1
    return position


def _after_stop(text: str, left: int, start: int, lexicon: Lexicon) -> tuple[int, str]:
    """Where the name begins after the last stop, and its words before the head."""
    before = text[left:start]
    acts = list(_ACTS.finditer(before))
    begin = acts[-1].end() if acts else 0
    for found in lexicon.stop.finditer(before):
        if not found.group(1) or found.end() <= begin or _inside_brackets(before, found.start()):
            continue
        # 和 may be a syllable of a name (郑和公园): it parts two places only behind a whole one.
        joins = found.group(1) in ("和", "与", "及")
        if joins and CROSSING.search(before, begin):
            continue
        last = found.end() == len(before)  # no name ends in 和
        if not joins or last or lexicon.is_place(before[begin : found.start()]):
            begin = found.end()
    begin += _MEASURE.match(before, begin) is not None and begin > 0
    return left + begin, before[begin:]


def _inside_brackets(before: str, position: int) -> bool:
    opened = before.count("(", 0, position) - before.count(")", 0, position)
    quoted = before.count("“", 0, position) - before.count("”", 0, position)
    return opened > 0 or (quoted > 0 and before.find("”", position) >= 0)


def _split(before: str, lexicon: Lexicon) -> tuple[str, str]:
    """(specific, host): "X的" is a host when X is a place, "X建的" when X is anything."""
    before = _NOISE.sub("", before)
    if _MADE_END.search(before):
        return "", ""
    owned = _OWNED.match(before)
    if owned and lexicon.is_generic(owned["rest"].strip("“")) and "“" in owned["rest"]:
        before = owned["where"] + "的"  # 加油站内的“加油驿站”: where says which
    elif owned and not before.endswith("的"):
        before = _name_after(owned, lexicon)
    built = _BUILT.search(before)
    if built:
        return "", before[: built.start()]
    if before.endswith("等") and lexicon.is_place(before[:-1]):
        return "", before[:-1]  # 南山公园等(驿站): one of them
    if before.endswith("的"):
        found = _LOCATIVE.search(before)
        stem = before[: found.start()] if found else before[:-1]
        place = stem if stem and lexicon.is_place(stem) else before[:-1]
        return ("", place) if lexicon.is_place(place) else ("", "")
    return before.strip("“”·"), ""


def _first_of(before: str, lexicon: Lexicon) -> str:
    """Where the first of its sort stands: 玉祁街道 of 玉祁街道的全市首个."""
    found = _FIRST.search(before)
    place = last_place(found["place"], lexicon) if found else ""
    return place if lexicon.is_place(place) else ""


def _name_after(owned: re.Match[str], lexicon: Lexicon) -> str:
    """What a place is named after: 汉河 of 汉河社区的汉河, 图书馆书香 of 图书馆一楼的书香.

    What is in quotes is a name by itself (白云路的“庐语”).
    """
    if owned["rest"].startswith("“"):
        return owned["rest"]
    where = re.sub(
        r"(?:[一二三四五六七八九十\d]+[楼层]|门口|里|内|旁|院内|大厅)$", "", owned["where"]
    )
    if _ADMIN_END.search(where) or not lexicon.is_place(where) or _OF_UNION.match(owned["rest"]):
        return owned["rest"]
    return where + owned["rest"]


def _without_divisions(
    specific: str, name_start: int, start: int, text: str, hits: Mapping[int, NameHit]
) -> str:
    """The specific words without the divisions that lead them; empty when nothing is left."""
    specific = re.sub(r"^(?:(?:19|20)\d\d年?度?)?(?:\d{1,2}月)?(?:\d{1,2}日)?起?", "", specific)
    offset = text.rfind(specific, name_start, start) if specific else -1
    if offset < 0:
        return specific
    rest = specific
    while (hit := hits.get(offset)) and not hit.part and hit.end <= offset + len(rest):
        left = len(rest) - (hit.end - hit.start)
        if _is_town(hit) or is_zone(hit) or (hit.short and left == 1):
            break
        if hit.ordinary and hit.short:
            break
        rest = rest[hit.end - hit.start :]
        offset = hit.end
    if rest == "总工会":
        # The union's own house: its district says which.
        return specific
    return re.sub(r"^(?:市|区|县|本市|我市|省)$", "", rest)


def _is_town(hit: NameHit) -> bool:
    """Townships stay in a name: 玲珑街道驿站, and 月湖驿站 where a 月湖街道 is near."""
    levels = [place.level for place in hit.candidates]
    return levels[0] == "township" or (hit.short and "township" in levels)


def _is_counted(text: str, name_start: int, start: int) -> bool:
    ahead = text[max(0, name_start - 8) : name_start]
    return (
        re.search(r"[\d一二两三四五六七八九十百千万几数多]+余?(?:个|家|座|间|处|所|辆|台)$", ahead)
        is not None
    )
