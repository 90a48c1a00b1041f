"""Why an action is in a plan: from its facts, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geomap.model.labels import Labels

#: Hours of a week.
_HOURS = 168
_REASONS = {
    "new_site": (
        "新设站点，多覆盖 {gain}{rate}；{near}",
        "a new station: {gain} more{rate}; {near}",
    ),
    "longer_hours": (
        "“{name}”延长开放时间，多覆盖 {gain}{rate}：这些时段附近没有确定开门的站点",
        "“{name}” opens longer: {gain} more{rate}, in hours when no station nearby is sure to be "
        "open",
    ),
    "open_planned": (
        "规划中的“{name}”开放，多覆盖 {gain}{rate}；{near}",
        "the planned “{name}” opens: {gain} more{rate}; {near}",
    ),
    "mobile_visit": (
        "流动服务车工作日 11:00-13:00 到此，多覆盖 {gain}{rate}；{near}",
        "a mobile station is here on working days, 11:00 to 13:00: {gain} more{rate}; {near}",
    ),
}
_NEAR = (
    "最近的现有站点“{name}”在直线 {km:.1f} 公里外（{hours}）",
    "the nearest station there is, “{name}”, is {km:.1f} km away in a straight line ({hours})",
)
_NONE_NEAR = ("现在没有位置确定的站点", "there is no station whose place is certain")
_OPEN = ("每周确定开 {open_h} 小时", "surely open {open_h} hours a week")
_NO_HOURS = ("开放时间不详", "hours not known")
_MEAN = ("（平均每小时 {mean} {unit}）", " ({mean} {unit} in the mean hour)")
_RATE = ("，每万元 {rate}", ", {rate} for 10,000 yuan")


def say_reasons(action: Mapping[str, Any], unit: str, labels: Labels) -> tuple[str, str]:
    """Return why an action of plan.json is in the plan, in Chinese and in English.

    Parameters
    ----------
    action : its ``action name gain cost`` and ``nearest``: ``name``, ``m`` (metres) and ``open_h``
        (hours a week) of the nearest station, or None.
    unit : of the gain, a key of the labels.
    """
    zh, en = (_say(action, unit, labels, lang) for lang in (0, 1))
    return zh, en


def _say(action: Mapping[str, Any], unit: str, labels: Labels, lang: int) -> str:
    near, cost = action["nearest"], action["cost"]
    said = _NONE_NEAR[lang]
    if near is not None:
        hours = (_OPEN if near["open_h"] else _NO_HOURS)[lang].format(open_h=near["open_h"])
        said = _NEAR[lang].format(name=near["name"], km=near["m"] / 1000, hours=hours)
    rate = ""
    if cost:
        rate = _RATE[lang].format(rate=_amount(action["gain"] / cost * 10_000, unit))
    gain = f"{_amount(action['gain'], unit)} {labels['unit'][unit][lang]}"
    if (plain := unit.removesuffix("-hours a week")) != unit:
        mean, word = _amount(action["gain"] / _HOURS, unit), labels["unit"][plain][lang]
        gain += _MEAN[lang].format(mean=mean, unit=word)
    return _REASONS[action["action"]][lang].format(
        name=action["name"], gain=gain, rate=rate, near=said
    )


def _amount(value: float, unit: str) -> str:
    return f"{value:,.1f}" if unit.startswith("km2") else f"{value:,.0f}"
