"""Ordinary lists of any length, as they stand in notices: what the finder's work must grow with."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = str.maketrans("0123456789", "甲乙丙丁戊己庚辛壬癸")
_TOWNS = ("灵隐街道", "北山街道", "三墩镇", "古荡街道", "双桥街道")
_TITLE = "杭州市西湖区暖心驿站名单公布\n2023年5月4日\n西湖区总工会公布了一批暖心驿站,地址如下:\n"


def mark(number: int) -> str:
    """Four characters that tell one place from another."""
    return f"{number:04}".translate(_DIGITS)


def _lines(line: str) -> Callable[[int], str]:
    """A notice with ``line`` for each place: {n} its number, {w} its name, {t} its town."""
    return lambda count: (
        _TITLE
        + "".join(
            line.format(n=number + 1, w=mark(number), t=_TOWNS[number % 5])
            for number in range(count)
        )
    )


def _markdown(count: int) -> str:
    head = "| 序号 | 名称 | 地址 | 开放时间 |\n|---|---|---|---|\n"
    rows = (
        f"| {n + 1} | {mark(n)}暖心驿站 | 文三路{n + 1}号 | 8:00-20:00 |\n" for n in range(count)
    )
    return _TITLE + head + "".join(rows)


def html(count: int) -> str:
    """A web page with a table of ``count`` places."""
    rows = ["<tr><th>序号</th><th>名称</th><th>地址</th><th>开放时间</th></tr>"]
    for number in range(1, count + 1):
        cells = (number, f"{mark(number)}暖心驿站", f"文三路{number}号", "8:00-20:00")
        rows.append(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    return (
        "<html><head><title>驿站名单</title></head><body><h1>杭州市西湖区暖心驿站名单公布</h1>"
        f"<table>{''.join(rows)}</table></body></html>"
    )


def _one_line(count: int) -> str:
    told = (
        f"西湖区{_TOWNS[n % 5]}{mark(n)}社区设立了一家暖心驿站,每天8:00-20:00开放,"
        for n in range(count)
    )
    return _TITLE + "".join(told) + "\n"


#: A list by the way it is written: how many places → its text.
LISTS: dict[str, Callable[[int], str]] = {
    "numbered": _lines("{n}. {w}暖心驿站,地址:{t}文三路{n}号,开放时间:8:00-20:00\n"),
    "blocks": _lines(
        "{w}暖心驿站\n地址:{t}文三路{n}号\n开放时间:8:00-20:00\n服务:饮水机、微波炉\n"
    ),
    "prose": _lines("近日,{t}{w}社区门口新设了一家暖心驿站,可以歇脚喝水,每天8:00至20:00开放。\n"),
    "towns": _lines("{t}:{w}社区党群服务中心、{w}广场、{w}公园;\n"),
    "headed": _lines("【{t}】\n{w}暖心驿站:文三路{n}号\n{w}爱心驿家:文二路{n}号\n"),
    "pins": _lines("📍{w}暖心驿站\n📍文三路{n}号\n✅7:00-21:00\n"),
    "cells": _lines("{w}暖心驿站\t{t}文三路{n}号\t8:00-20:00\n"),
    "counts": _lines("{t}建成暖心驿站{n}个,预计将新建{n}家工会驿站;\n"),
    "branches": _lines("近日,{w}社区联合工会成立,{w}街道快递行业工会联合会揭牌。\n"),
    "singled": lambda count: (
        _lines("{n}. {w}暖心驿站\n")(count)
        + "".join(f"{n + 1}号站另设淋浴间,其余站点8:00-20:00。\n" for n in range(count))
    ),
    "communities": _lines("{w}社区近日热闹起来,在驿站里,每天都有人。社区党群服务中心驿站开放。\n"),
    "one name": _lines("{n}. 中国银行暖心驿站,文三路{n}号\n"),
    "stories": _lines("西湖区新添一家\n本报讯 近日,{w}社区暖心驿站启用,每天8:00-20:00开放。\n\n"),
    "run": lambda count: "杭州市西湖区有这些驿站:" + "驿站、" * count,
    "names": lambda count: _TITLE + "、".join(f"{mark(n)}暖心驿站" for n in range(count)) + "。\n",
    "one line": _one_line,
    "markdown": _markdown,
}
