"""Ways to say when a door is open, made plain for the reader of hours, at the same length."""

from __future__ import annotations

import re

HOUSE = re.compile(r"(?<=[路街巷道弄里村区段])\d+(?:-\d+)?号(?:楼)?|\d+号(?=楼|院|门)")
_TIME = (
    r"(?:(?:清|凌|早|晚|夜|朝|上|下|中|傍|半)[上晨里间早午晚夜]{0,2})?"
    r"(?:\d{1,2}(?::\d\d|[点时](?:\d\d分?|半|整)?)|[一二三四五六七八九十]{1,3}[点时](?:半|整)?)"
)
#: 早上六点半开,夜里九点半落锁.
_OPENS = re.compile(
    rf"(?P<opens>{_TIME})(?P<words>(?:准时|就|便|都|即)?(?:开门|开锁|开放|亮灯|开)[,、;]?"
    rf"(?:一直|每日|每天)?[到至]?)(?P<shuts>{_TIME})"
    r"(?P<rest>(?:才|准时|就|便)?(?:关门|关闭|锁门|落锁|闭门|打烊|熄灯|收摊|关|锁))"
)
#: 只在工作日开,早八点到晚五点半: the days are told with the door's verb, the times follow.
_DAYS_FIRST = re.compile(
    r"(?P<days>工作日|周[一二三四五六日][至到]周[一二三四五六日])(?P<verb>(?:才|都)?(?:开门|开放|上班|开)[,、])"
)
_OFF = re.compile(r"(?P<day>周[一二三四五六日末])(?:不开|维护|盘点|锁门)")
_NIGHT_TOO = re.compile(
    r"(?:昼夜|通宵)(?:不关门?|不熄灯|不打烊|不锁门?|不落锁|开门|开放|亮灯|营业)"
)
_MONTHS = (("十一月", "11月"), ("十二月", "12月"), *zip(
    (f"{n}月" for n in "一二三四五六七八九"), (f"{n}月" for n in range(1, 10)), strict=True
))  # fmt: skip


def plainer(stretch: str) -> str:
    """The stretch, same length: house numbers hidden, ways to say "from … to" made plain.

    >>> plainer("早上六点半开,夜里九点半落锁")
    '早上六点半至 夜里九点半  '
    """
    stretch = HOUSE.sub(lambda found: "某" * len(found.group()), stretch)
    # 其中午休室 names no noon.
    stretch = stretch.replace("上班日", "工作日").replace("开到", " -").replace("其中", "某某")
    for written, digits in _MONTHS if "月" in stretch else ():
        stretch = stretch.replace(written, digits)
    stretch = _NIGHT_TOO.sub(lambda found: "24h".ljust(len(found.group())), stretch)
    stretch = _OFF.sub(lambda found: found["day"] + "休息", stretch)
    stretch = _DAYS_FIRST.sub(lambda f: f["days"] + " " * len(f["verb"]), stretch)
    return _OPENS.sub(_from_to, stretch)


def _from_to(found: re.Match[str]) -> str:
    words, rest = found["words"], found["rest"]
    return f"{found['opens']}至{' ' * (len(words) - 1)}{found['shuts']}{' ' * len(rest)}"
