"""Weak heads without a theme (“红心港湾”, 藕遇小站) that are a station's all the same."""

from __future__ import annotations

import re

#: 藕遇小站开张啦.
_SMALL = ("小站", "小屋", "小憩", "港湾")
_STANDS = re.compile(
    r"(?:正式|也|今[天日]|昨[天日]|近日)*(?:开张|揭牌|启用|投用|亮相|开门|挂牌|里|内|位于|设在|每[天日]|[、(,:]|\s|$)"
)
#: Said before a quoted word: that it was set up, or is so called, or where.
_SET_UP = re.compile(
    r"设|建|打造|推出|名为|名叫|取名|命名|叫作?|称为|挂|写着|走进|来到|在|[路街道巷镇村区园场站楼店城口宫院][的嘅]?$"
)
_IN_USE = re.compile(
    r"(?:里|内|揭牌|启用|投用|位于|开放|开门|开张|每[天日]|[^,。;]{0,6}(?:店|站|点)(?![评]))"
)
#: 让驿站成为劳动者的“加油站”, 第一讲“安全加油站”.
_FIGURE = re.compile(
    r"成为|化身|当[作成好]|好比|如同|像|一种|[你我他们人的灵]的$|第[一二三四五六七八九十\d]+[讲课期章篇]"
)


def is_own(text: str, found: re.Match[str], quoted: bool, start: int, end: int) -> bool:
    """Whether a weak head without a theme is a station's all the same: quoted, or just opened."""
    if quoted:
        return _is_set_up(text, start, end)
    return found.group() in _SMALL and _STANDS.match(text, end) is not None


def _is_set_up(text: str, start: int, end: int) -> bool:
    """Whether a quoted word without a theme (“红心港湾”) is said to stand, or where it stands.

    A lecture, a slogan and a figure of speech have such words too.
    """
    opening = text.rfind("“", 0, end)
    clause = re.split("[,。;:!?\n]", text[max(opening - 40, 0) : opening])[-1]
    if _FIGURE.search(clause):
        return False
    return bool(_SET_UP.search(clause) or _IN_USE.match(text, end))
