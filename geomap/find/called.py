"""Places whose printed name ends in no word of a station: “歇一哈”, 24小时; 喊它“大炕屋”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geomap.find.drafts import Draft, tidy_name
from geomap.find.elements import last_place
from geomap.find.head import Heads
from geomap.find.layout import Layout
from geomap.find.lexicon import Lexicon

_QUOTED = re.compile(r"“(?P<word>[\u4e00-\u9fffA-Za-z]{2,16})”")
#: Said right before it: what it is called, or that it is one of its sort.
_NAMED = re.compile(
    r"(?:叫[作做它]?|喊[作做它]?|管它叫|称[作为]?|名[为叫]|取名|写着|写的|挂着|[这那有添开设了多]一?[间个家处座]|"
    r"[间个家处座](?:新的?)?)$"
)
_AT = re.compile(r"[屋棚亭楼门口院里旁边室站场路街巷桥头园区村镇厅房铺库店上下][的,]?$")
#: 更名为“桥北街道新就业群体e家”: whose word ends like a station's needs no door.
_MADE = re.compile(
    r"(?:更名|改名|改称|改作|改叫|改成|改建|改造|命名|取名)[为成作]?[了]?$|(?:添|开|设|多|办|建|搭)[了起]?一?[间个家处座]$"
)
_LONGEST = 8
_TURNED = re.compile(
    r"(?m:^)[^\w“\n]*[\u4e00-\u9fff]{2,14}[ \t\u3000]*(?:→|➜|⟶|⇒|[-=]>|—>)[ \t\u3000]*"
    r"(?P<now>“?[\u4e00-\u9fff]{2,12}”?)[ \t\u3000]*$",
    re.MULTILINE,
)
#: A door opens and shuts, in the same sentence or the next one.
_OPENS = re.compile(
    r"[^。!?\n]{0,16}?(?:。[^。!?\n“]{0,8}?)?(?:\d{1,2}:\d\d|\d{1,2}点|[一二三四五六七八九十两半]+点|早[一二三四五六七八九十\d]+晚|全天|"
    r"24小时|昼夜|通宵|工作日|开门|关门|锁门|打烊|不关)"
)
#: Shops have doors too; lessons, shows and slogans have times.
_OTHERS = re.compile(
    r"[店馆所院行楼市场]$|超市|公司|银行|[你我他请勿莫别不要]|(?<![歇等])[之中]|[节课班圈讲周]$|^第[一二三]|服务|行动|活动|工程|守护"
)
_EVENT = re.compile(
    r"[^“”,。;]{0,2}(?:节目|课|班|讲|行动|活动|栏目|专场|大赛|服务|培训|牌匾|标语|行字)"
)


def find_called(layout: Layout, heads: Heads, lexicon: Lexicon) -> Iterator[Draft]:
    """Drafts of quoted names without a head that stand somewhere, or are so called, and open."""
    text = layout.text
    for found in _QUOTED.finditer(text, layout.title_end):
        if heads.touching(found.start(), found.end()) or _OTHERS.search(found["word"]):
            continue
        if lexicon.head.search(found["word"]):
            continue  # a head that was refused: “电驿站”
        start, _ = layout.sentence_at(found.start())
        ahead = text[max(start, layout.line_at(found.start()).start) : found.start()]
        named, at, made = (p.search(ahead) for p in (_NAMED, _AT, _MADE))
        if made and lexicon.open_end.search(found["word"]):
            yield _draft(found, "")
            continue
        if len(found["word"]) > _LONGEST:
            continue
        if not (named or at) or _EVENT.match(text, found.end()):
            continue
        if not _OPENS.match(text, found.end()):
            continue
        if named and any(
            head.specific or head.quoted for head in heads.within(start, found.start())
        ):
            continue  # 牌子上写的“湖畔驿站”,我们喊它“桥头屋”: another name of the same.
        where = last_place(ahead.split(",")[-1], lexicon) if not named else ""
        yield _draft(found, where if lexicon.is_place(where) else "")


def find_turned(layout: Layout, lexicon: Lexicon) -> Iterator[Draft]:
    """Drafts of lines that say what a house became: 公厕二楼 → 环卫工人休息间."""
    for found in _TURNED.finditer(layout.text):
        words = tidy_name(found["now"])
        if found.start() >= layout.title_end and lexicon.open_end.search(words.rstrip("”")):
            span, block = found.span("now"), found.span()
            yield Draft(words, "station", *span, "list", words, block, status="converted")


def _draft(found: re.Match[str], place: str) -> Draft:
    word = found["word"]
    name = f"{place}“{word}”" if place else word
    return Draft(name, "station", *found.span(), "named", place + word, address=place)
