"""Names in Latin letters, for whoever reads no Chinese: 朝阳区 is Chaoyang, 学院路 Xueyuan Road."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise, product

import pandas as pd

from geomap.divisions.names import short_name
from geomap.store.kept import keep_json
from geomap.text.pinyin import list_syllables

_LEVELS = ("province", "city", "district", "township")
#: What stands behind names that have no short form in Chinese: 盐城市, 临城县; not 矿区, 威县.
_SORT = re.compile(r"(?<=..)(?<!矿)[市区县]$")
#: What GB/T 2260 spells by another language than Chinese, and readings that pypinyin does not know.
_SPELT = {
    "陕西": "Shaanxi", "内蒙古": "Inner Mongolia", "香港": "Hong Kong", "澳门": "Macao",
    "呼和浩特": "Hohhot", "鄂尔多斯": "Ordos", "呼伦贝尔": "Hulunbuir", "乌兰察布": "Ulanqab",
    "锡林郭勒": "Xilingol", "阿拉善": "Alxa", "哈尔滨": "Harbin", "齐齐哈尔": "Qiqihar",
    "乌鲁木齐": "Urumqi", "克拉玛依": "Karamay", "吐鲁番": "Turpan", "拉萨": "Lhasa",
    "日喀则": "Xigaze", "那曲": "Nagqu", "林芝": "Nyingchi", "昌都": "Qamdo",
    "长治": "Changzhi", "什邡": "Shifang", "洪洞": "Hongtong", "单县": "Shanxian",
    "浚县": "Xunxian", "涡阳": "Guoyang", "荥经": "Yingjing", "曾都": "Zengdu", "郫都": "Pidu",
    "繁峙": "Fanshi",
}  # fmt: skip
#: What sort of street, water or place a name ends with, the longest first; and what may stand
#: between: 清华东路 is Qinghua East Road.
_SORTS = {
    "高速公路": "Expressway", "火车站": "Railway Station", "地铁站": "Metro Station",
    "幼儿园": "Kindergarten", "图书馆": "Library", "博物馆": "Museum", "体育馆": "Gymnasium",
    "体育场": "Stadium", "派出所": "Police Station", "快速路": "Expressway", "立交桥": "Bridge",
    "大街": "Street", "大道": "Avenue", "大桥": "Bridge", "胡同": "Hutong", "公路": "Highway",
    "高速": "Expressway", "环路": "Ring Road", "公园": "Park", "广场": "Square",
    "医院": "Hospital", "大学": "University", "学院": "College", "中学": "Middle School",
    "小学": "Primary School", "水库": "Reservoir", "机场": "Airport", "社区": "Community",
    "街道": "Subdistrict", "路": "Road", "街": "Street", "巷": "Lane", "桥": "Bridge",
    "站": "Station", "村": "Village", "镇": "Town", "河": "River", "湖": "Lake",
}  # fmt: skip
_SIDES = {"东": "East", "西": "West", "南": "South", "北": "North", "中": "Middle"}
_TAIL = re.compile(f"(?<=.)({'|'.join(_SORTS)})$")
_SIDE = re.compile(f"(?<=..)([{''.join(_SIDES)}])$")
_SIGNS = re.compile("[\u4e00-\u9fff]+")


def spell_place(name: str) -> str:
    """Return a place that no map names in English: its own name in pinyin, what it is in English.

    It is for reading aloud, not a translation: 北京科技大学 is Beijingkeji University. A name
    without Chinese signs stays as it is.
    """
    if not _SIGNS.search(name):
        return name
    tail = _TAIL.search(name)
    own, sort = (name[: tail.start()], _SORTS[tail[1]]) if tail else (name, "")
    side = _SIDE.search(own) if sort in ("Road", "Street", "Avenue") else None
    own, where = (own[: side.start()], _SIDES[side[1]]) if side else (own, "")
    said = _SIGNS.sub(lambda run: f" {_spell_words(run[0])} ", own).replace("（", " (")
    return re.sub(r"\( | (?=\))", lambda gap: gap[0].strip(), " ".join(
        f"{said.replace('）', ') ')} {where} {sort}".split()
    ))  # fmt: skip


#: In which direction from a place something lies (:func:`geomap.pipeline.gaps.say_ways`).
_WAYS = {
    "以东": "east of", "以西": "west of", "以南": "south of", "以北": "north of", "一带": "around",
    "东北": "north-east of", "西北": "north-west of", "西南": "south-west of",
    "东南": "south-east of",
}  # fmt: skip

#: A district, and the place in it.
_WITHIN = re.compile(r"(?:(\S+[区县市旗]) )?(.*)", re.DOTALL)


def spell_near(words: str) -> str:
    """Return where something lies, in English.

    汉阳区 永丰街道以东 is east of Yongfeng Subdistrict, Hanyang.
    """
    home, place = _WITHIN.fullmatch(words).groups()  # type: ignore[union-attr]  # it takes any
    way = _WAYS.get(place[-2:], "")
    near = f"{way} {spell_place(place[:-2])}" if way else spell_place(place)
    return ", ".join(filter(None, (near, home and spell(home, "district"))))


def _spell_words(signs: str) -> str:
    """Return Chinese signs as a word; more than four as words of two, as most words are."""
    said = list_syllables(signs)
    first = range(0, len(said) - 1, 2) if len(said) > 4 else [0]
    cuts = [*first, len(said)]
    return " ".join(_join_syllables(said[a:b]).capitalize() for a, b in pairwise(cuts))


def _join_syllables(syllables: list[str]) -> str:
    return "".join(f"'{each}" if n and each[0] in "aeo" else each
                   for n, each in enumerate(syllables))  # fmt: skip


def spell_divisions(tables: Iterable[pd.DataFrame]) -> dict[str, str]:
    """Return full Chinese name → Latin name of all divisions that tables name, sorted.

    Parameters
    ----------
    tables : each with some of the columns ``province``, ``city``, ``district`` and
        ``township``. A name without Chinese characters stays as it is and is left out.
    """
    tables, levels = list(tables), dict[str, str]()
    for level, table in product(_LEVELS, tables):
        for name in table[level].dropna().unique() if level in table else ():
            if _SIGNS.search(str(name)):
                levels.setdefault(str(name), level)
    named = sorted(levels.items())
    spelt: dict[str, str] = keep_json(
        "latin names", ["\n".join(f"{level} {name!r}" for name, level in named)],
        lambda: {name: spell(name, level) for name, level in named},
    )  # fmt: skip
    return spelt


def spell(name: str, level: str) -> str:
    """Return a division's name without what sort it is, as one word in pinyin: 西安市 is Xi'an.

    It is read whole, because 朝阳 alone is read otherwise than 朝阳区.
    """
    short = short_name(name, level) or _SORT.sub("", name)
    syllables = list_syllables(name)[: len(short)]
    word = _join_syllables(syllables)
    return _SPELT.get(short, word[:1].upper() + word[1:])
