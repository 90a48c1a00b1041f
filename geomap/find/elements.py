"""The elements of an enumeration, and the place at the end of a phrase."""

from __future__ import annotations

import re

from geomap.find.drafts import place_words
from geomap.find.lexicon import Lexicon
from geomap.find.phrases import CROSSING, IN

#: 长虹路与大庆西路交叉口 is one place.
_CROSSED = re.compile(r"[路街道巷][与和][^,。、]{2,8}(?:交叉|交汇|十字|路口|交口|街口)")
#: 金台区、渭滨区工会驿站 are all of theirs.
IS_DIVISION = re.compile(
    r"^[\u4e00-\u9fff]{1,7}(?:(?<![城超夜])市|[省县州旗]|(?<![社小园景校厂矿库街务发新])区)$"
)


def split_list(words: str, lexicon: Lexicon) -> list[str]:
    """Elements and separators in turn; 和 parts them only behind a place (not in 清和街道)."""
    parts = [""]
    pieces = re.split(r"(、|;|以及|和|与|及)", words)
    for number, piece in enumerate(pieces):
        crossed = _CROSSED.search("".join(pieces[number - 1 : number + 2])) if number else None
        joins = piece in ("和", "与", "及") and not crossed and lexicon.is_place(parts[-1])
        if piece in ("、", ";", "以及") or joins:
            parts += [piece, ""]
        else:
            parts[-1] += piece
    return parts


def clean_element(part: str, lexicon: Lexicon) -> str:
    """The place an element of an enumeration names; empty where it names none."""
    part = re.sub(rf"^{IN}", "", part.strip())
    part = re.sub(r"(?:两|三|四|五|六|\d+)对(?=服务区)|(?:等|共|一带|沿线|这).*$", "", part)
    part = re.sub(
        r"(?:建设(?!银行|[东西南北中一二三]?[路街里大])|设立|设置|建成|打造|落地|落户|投用|启用|交付|亮相|率先|揭牌|挂牌|开张|开业|"
        r"正式|试运行|试营业|运营|开门|开放).*$",
        "",
        part,
    )
    part = re.sub(r"^.*(?:市|区|县|州|旗)的(?=.{2,})", "", part)
    part = re.sub(r"^.*(?:联合|携手|会同)(?![社村路大工])(?=.{3,})", "", part)
    part = re.sub(
        r"等?[两三四五六七八九十\d]+(?:座|个|家|处)(?:车站|站点|点位|地方|场所|单位|商圈|"
        r"地点|区域)$|[两三四五六七八九](?:个|家|处|座)$",
        "",
        part,
    )
    part = re.sub(r"(?<=[场站心店楼园区路街口村院馆行])(?:也|都|均|已).*$", "", part)
    part = re.sub(r"(?<=[店楼厦场院馆行厅])内$", "", part)
    if len(part) > 14:
        return last_place(part, lexicon)
    part = re.sub(
        r"(服务区|社区|园区|广场|公园|支行|大厦|街道)(?:项目|评|获|入|选).*$", r"\1", part
    )
    return place_words(part, lexicon)


def shared_ending(words: list[str], lexicon: Lexicon) -> str:
    """服务区 of "辛集、丰乐、休宁服务区"."""
    last = next((word for word in reversed(words) if word), "")
    found = re.search(r"(?:服务区|社区|街道|镇|支行|(?<![酒饭书药])店|小区|村|车站|公厕)$", last)
    if not found or len(last) <= len(found.group()):
        return ""
    others = [word for word in words if word and word != last]
    bare = [word for word in others if not lexicon.is_place(word)]
    return found.group() if bare or are_stems(others) else ""


def are_stems(words: list[str]) -> bool:
    """梅山 and 焦岗湖 before 服务区 are names without their class, though they end like places."""
    return bool(words) and all(
        2 <= len(word) <= 4 and not re.search(r"[区街镇村园场行路]$", word) for word in words
    )


def last_place(words: str, lexicon: Lexicon) -> str:
    """The words after the last stop, without the quotes and counts around them."""
    begin = 0
    for found in lexicon.stop.finditer(words):
        if not found.group(1) or found.end() >= len(words):
            continue
        joins = found.group(1) in ("和", "与")
        if not joins or not (
            CROSSING.search(words, begin) or not lexicon.is_place(words[begin : found.start()])
        ):
            begin = found.end()
            if found.group(1) in tuple("都就也又还"):
                begin += words.startswith("来", begin)  # 天天都来中心广场
    return place_words(words[begin:], lexicon)
