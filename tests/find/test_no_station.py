"""What a text says is no station, or is none by its structure: denials, notes, choices, shops."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.model.records import Mention

Places = Callable[[str], dict[str, Mention]]

OURS = "叙永县总工会把骑手能进的驿站理了一遍：\n"
OURS += "1. 鱼凫广场驿站：环城路86号\n2. 豆花街驿站：豆花街12号\n"


@pytest.mark.parametrize(
    "words",
    [
        "国道边的加油站莫得休息室，别跑错。",
        "丹山镇有个加油站，不是驿站，但能上厕所。",
        "水尾镇场口那间不算驿站，是茶馆。",
        "摩尼镇暂时没有驿站。",
        "客运站、农行网点均非驿站，标出仅供辨认。",
        "老街上那家“司机之家土菜馆”停车方便。",
        "滨河路“港湾酒楼”的鸡好吃。",
        "建设路“电驿站”有快充十二把枪。",
        "城东开了一家“星空驿站”，免费喝咖啡。（编者按：这是商家的，不是工会的。）",
        "年底评出“最美歇脚点”若干。",
        "推荐“最美工会驿站”不少于2个。",
        "县里在用的驿站都在表里，时间不变。",
        "“驿站建设年”活动在县城启动。",
    ],
)
def test_a_sentence_that_names_no_station_of_ours(words: str, places: Places) -> None:
    assert set(places(OURS + "\n" + words)) == {"鱼凫广场驿站", "豆花街驿站"}


@pytest.mark.parametrize(
    "notes",
    [
        "备注\n1.台风预警期间一律关门，人先撤。\n2.站点表每季度换一次。\n3.人民医院停车场不收费。",
        "💡小贴士\n① 找不到门？打12351。\n② 觉得安逸，点个“在看”。",
        "## 说明\n\n1. 遇停水、停电临时关门，门口贴条。\n2. 不得给电瓶充电。",
        "【图例】\n★ 自助站：昼夜可进\n◐ 延时站：早7点至晚10点\n● 日间站：9:00—17:00",
        "## 不是驿站，别走错\n\n- 港务调度大厅：交单的，没地方睡。\n- 中转场：不让外车进。\n"
        "- 海防路LNG站：加气，24小时。",
        "注意事项：\n一、雨天路滑，慢些骑。\n二、贵重物品自己看好，遗失找派出所。",
    ],
)
def test_notes_below_a_list_are_no_items_of_it(notes: str, places: Places) -> None:
    assert set(places(OURS + "\n" + notes)) == {"鱼凫广场驿站", "豆花街驿站"}


@pytest.mark.parametrize(
    "text",
    [
        "东兴市总工会手里还剩一间“边关暖驿”的预算，想请大家来选：\nA. 北仑大道路口的彩票亭\n"
        "B. 江平镇万尾村停车场\nC. 马路镇街心公园\n每个微信号一票。",
        "工会驿站建在哪？投票开始了\n东兴市总工会请骑手投票：\n"
        "1. 北仑大道路口\n2. 街心公园\n3. 口岸停车场",
        "东兴市总工会备选的驿站点位如下：\n1. 新田广场北侧岗亭\n2. 火车站行包房\n3. 建材市场物业室",
    ],
)
def test_candidates_are_no_stations(text: str, places: Places) -> None:
    assert not places(text)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("垣上巷爱心屋3月31日停用。", "垣上巷爱心屋"),
        ("桌椅移至市政社区工会驿站。", "市政社区工会驿站"),
        ("饮水机并到塘上村工会驿站。", "塘上村工会驿站"),
        ("常有人问“老渤海司机之家”在哪儿：就在疏港路。", "老渤海司机之家"),
        ("巩固坡上街工会驿站的成果。", "坡上街工会驿站"),
    ],
)
def test_where_a_name_begins(words: str, name: str, places: Places) -> None:
    found = places("侯马市总工会消息\n户外劳动者常去。" + words)
    assert [one.strip("“”") for one in found] == [name]
