"""Where the name before a head begins, and what of it says which place."""

from __future__ import annotations

import re
from collections.abc import Mapping

from geomap.divisions import NameHit
from geomap.find.elements import last_place
from geomap.find.lexicon import AND, Lexicon
from geomap.find.phrases import CROSSING
from geomap.find.sightings import is_zone

#: How far left of a head its name may reach (characters).
REACH = 44
#: What a name never crosses.
_WALLS = ",。;:!?、\n\t|丨▍▶►●○■□◆◇★☆→—…《》【】<>~ \u3000"
LOCATIVE = re.compile(r"(?:附近|周边|门口|旁边?|对面|楼下|里面?|内|边上?|外面?|中|处|上)?的$")
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
_COLOUR = re.compile(r"[橙紫粉鲜深浅]红色")
#: 县总工会新开(武康广场驿站): who did it is not part of the name.
_ACTS = re.compile(
    r"(?:[乡镇](?=设)|街道(?=设)|总工会|工会|管理局|执法局|街道办|政府|集团|公司)(?:新|再|又|已|首次|共|联合)*"
    r"(?:开|建|设(?!计)|办|推|打造|增|投|挂)(?:了|出|起|设|成|立|放|通|用|牌)*(?!的)"
)
#: 有间全时(驿站)
_MEASURE = re.compile("[间处座](?=.{2})|[个家](?=.{2})(?!家[园乡属和里])")
_NOISE = re.compile(
    rf"^(?:{AND}|与|及|或|的|、|"
    r"[间个家处座](?=“|$)|“|”|·|-|\d+[.、)]|[①-⑳]|\(图?\d*\)|图\d*)+"
)


def own_start(text: str, start: int, end: int) -> int:
    """Where a quoted name begins: whose it is (园区工会的“花乡e家”) is no part of it."""
    opening = text.rfind("“", 0, end)
    return opening if text[start:opening].removesuffix("的").endswith("工会") else start


def qualified_start(text: str, start: int, floor: int, lexicon: Lexicon) -> int:
    """Where a head begins, the qualifiers before it included (户外劳动者驿站)."""
    window = text[max(floor, start - 24) : start]
    found = lexicon.qualifiers.search(window)
    begin = start - (len(window) - found.start()) if found else start
    while begin < start and text[begin] in "的·”":
        begin += 1
    if _COLOUR.match(text, max(begin - 1, 0)) or text[begin - 1 : begin + 2] == "总工会":
        begin += 2
    return begin


def leftmost(text: str, start: int, floor: int, quoted: bool) -> int:
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


def after_stop(text: str, left: int, start: int, lexicon: Lexicon) -> tuple[int, str]:
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


def split_name(before: str, lexicon: Lexicon) -> tuple[str, str]:
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
        found = LOCATIVE.search(before)
        stem = before[: found.start()] if found else before[:-1]
        place = stem if stem and lexicon.is_place(stem) else before[:-1]
        return ("", place) if lexicon.is_place(place) else ("", "")
    return before.strip("“”·"), ""


def first_of(before: str, lexicon: Lexicon) -> str:
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


def without_divisions(
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


def is_counted(text: str, name_start: int, start: int) -> bool:
    """Whether a number of them is said before (12个)."""
    ahead = text[max(0, name_start - 8) : name_start]
    return (
        re.search(r"[\d一二两三四五六七八九十百千万几数多]+余?(?:个|家|座|间|处|所|辆|台)$", ahead)
        is not None
    )
