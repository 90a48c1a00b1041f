"""Names of divisions in Latin letters, for whoever reads no Chinese: 朝阳区 is Chaoyang."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product

import pandas as pd
import pypinyin

from geomap.divisions.names import short_name

_LEVELS = ("province", "city", "district")
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


def spell_divisions(tables: Iterable[pd.DataFrame]) -> dict[str, str]:
    """Return full Chinese name → Latin name of all divisions that tables name, sorted.

    Parameters
    ----------
    tables : each with some of the columns ``province``, ``city`` and ``district``.
    """
    tables, found = list(tables), dict[str, str]()
    for level, table in product(_LEVELS, tables):
        for name in table[level].dropna().unique() if level in table else ():
            if name:
                found.setdefault(str(name), spell(str(name), level))
    return dict(sorted(found.items()))


def spell(name: str, level: str) -> str:
    """Return a division's name without what sort it is, as one word in pinyin: 西安市 is Xi'an.

    It is read whole, because 朝阳 alone is read otherwise than 朝阳区.
    """
    short = short_name(name, level) or _SORT.sub("", name)
    syllables = pypinyin.lazy_pinyin(name, style=pypinyin.Style.NORMAL, v_to_u=True)[: len(short)]
    word = "".join(f"'{each}" if n and each[0] in "aeo" else each
                   for n, each in enumerate(syllables))  # fmt: skip
    return _SPELT.get(short, word[:1].upper() + word[1:])
