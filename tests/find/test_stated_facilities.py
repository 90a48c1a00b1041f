"""Facilities: what is said of all below a list, of some by number, of none; what is no offer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.model.records import Mention

Places = Callable[[str], dict[str, Mention]]
LEAD = "湖州市德清县总工会近日公布消息。\n"
ITEMS = (
    "1.枫林社区工会驿站\n地址:枫林路2号\n2.竹园社区工会驿站\n地址:竹园路5号\n"
    "3.河西社区工会驿站\n地址:河西路8号\n"
)


def told(found: dict[str, Mention]) -> dict[str, str]:
    return {name[:2]: " ".join(place.facilities) for name, place in found.items()}


@pytest.mark.parametrize(
    ("below", "facilities"),
    [
        ("每间屋都有:饮水机|空调", "air_conditioning drinking_water"),
        ("1至3号站都有条凳、饮水机。", "drinking_water rest"),
        ("1-3号均配微波炉。", "microwave"),
        ("每处配饮水机、急救包。", "drinking_water first_aid"),
        ("各站点统一配备空调。", "air_conditioning"),
        ("三处都备有雨伞。", "umbrella"),
        ("以上站点都可给手机充电。", "charging"),
        ("站里有什么?\n答:热水、微波炉各站都有。", "drinking_water microwave"),
        ("问:里面有什么?\n答:热水、微波炉是各站都有的。", "drinking_water microwave"),
        ("问:站里有啥?\n答:饮水机、沙发、雨伞。", "drinking_water rest umbrella"),
        ("编辑:某某\n往期推荐\n职工书屋读书会招募", ""),
    ],
)
def test_what_stands_below_the_last_item_is_not_its_own(
    below: str, facilities: str, places: Places
) -> None:
    found = told(places(LEAD + ITEMS + below))
    assert found == dict.fromkeys(("枫林", "竹园", "河西"), facilities)


@pytest.mark.parametrize(
    ("below", "facilities"),
    [
        ("2号站还可以洗澡、洗衣服。", {"竹园": "laundry shower"}),
        ("03号屋还可以洗澡。", {"河西": "shower"}),
        ("1至2号站另有雨伞。", {"枫林": "umbrella", "竹园": "umbrella"}),
        ("1号、3号有冰箱。", {"枫林": "fridge", "河西": "fridge"}),
    ],
)
def test_numbers_say_who(below: str, facilities: dict[str, str], places: Places) -> None:
    found = told(places(LEAD + ITEMS + below))
    assert found == {name: facilities.get(name, "") for name in ("枫林", "竹园", "河西")}


@pytest.mark.parametrize(
    ("text", "facilities"),
    [
        (
            "以下单位建设的工会驿站达到“三有”标准(有桌椅、有热水、有药箱),现予公布。\n"
            "1.枫林社区工会驿站\n2.竹园社区工会驿站",
            dict.fromkeys(("枫林", "竹园"), "drinking_water first_aid rest"),
        ),
        (
            "问:枫林那边有没有?\n答:枫林社区工会驿站有雨伞。\n问:竹园呢?\n答:竹园社区工会驿站有沙发。\n"
            "问:小站可以充电动车吗?\n答:不可以,只充手机。电动车请去附近充电桩。",
            {"枫林": "umbrella", "竹园": "rest"},
        ),
        (
            "骑手代表:枫林片没地方坐。\n答:枫林社区工会驿站有雨伞。\n竹园社区工会驿站有沙发。\n"
            "骑手代表:要换电柜,要热水,不要书架。\n答:记下了。\n交警:请大家莫拿头盔当凳子坐。",
            {"枫林": "umbrella", "竹园": "rest"},
        ),
    ],
)
def test_whom_lists_and_answers_speak_of(
    text: str, facilities: dict[str, str], places: Places
) -> None:
    assert told(places(LEAD + text)) == facilities


@pytest.mark.parametrize(
    ("text", "facilities"),
    [
        (
            "站名\t位置\t配置\n枫林驿站\t枫林路2号\t①③\n竹园驿站\t竹园路\t②\n河西驿站\t河西路\t①②③\n"
            "配置代号:①饮水 ②微波炉 ③手机充电",
            {
                "枫林": "charging drinking_water",
                "竹园": "microwave",
                "河西": "charging drinking_water microwave",
            },
        ),
        (
            "代号:水=饮水 饭=微波炉 伞=雨伞\n1.枫林社区工会驿站〔水饭〕\n2.竹园社区工会驿站〔伞〕",
            {"枫林": "drinking_water microwave", "竹园": "umbrella"},
        ),
        (
            "1.枫林社区工会驿站:A、C\n2.竹园社区工会驿站:B\n说明:A.空调 B.雨伞 C.冰箱。",
            {"枫林": "air_conditioning fridge", "竹园": "umbrella"},
        ),
        (
            "枫林社区工会驿站已停用。竹园社区工会驿站开放。各站均有饮水机。",
            {"枫林": "", "竹园": "drinking_water"},
        ),
        (
            "枫林社区工会驿站开放。竹园社区工会驿站正在装修,国庆见。各站均有饮水机。",
            {"枫林": "drinking_water", "竹园": ""},
        ),
        (
            "【快讯】枫林社区工会驿站地址有误,应为枫林路9号。该站可洗澡、热饭。\n"
            "【快讯】竹园社区工会驿站开放。",
            {"枫林": "microwave shower", "竹园": ""},
        ),
        (
            "武康镇电商园里的“网商驿家”夜里也开。驿家在武康镇中兴路3号楼一层,配空调、冰箱。",
            {"网商": "air_conditioning fridge"},
        ),
    ],
)
def test_codes_and_subjects_that_go_on(
    text: str, facilities: dict[str, str], places: Places
) -> None:
    found = {name.strip("“"): keys for name, keys in told(places(LEAD + text)).items()}
    assert found == {name: facilities.get(name, "") for name in found}
    assert len(found) == len(facilities)


@pytest.mark.parametrize(
    ("words", "facilities"),
    [
        ("原先是个收费岗亭,去年交给工会,安了空调、饮水机", "air_conditioning drinking_water"),
        ("原来是报刊亭,翻新后有微波炉", "microwave"),
        ("以前只有板凳,去年改造成驿站,添了沙发", "rest"),
        ("的微波炉、饮水机都有,我的充电宝常年寄在那", "drinking_water microwave"),
        ("有热水。司机招聘:缺驾驶员1名,有意者面谈", "drinking_water"),
        ("内雨 伞、微波 炉、常 用 药都有", "first_aid microwave umbrella"),
        ("启用。渔工常把拖鞋当板凳坐", ""),
        ("提供热水、充电,禁止电动车充电", "charging drinking_water"),
        ("不提供休息、就餐,只办理法律援助", "legal_aid"),
        ("设在社区服务站一层,二期楼下,有微波炉、血压计", "blood_pressure microwave"),
        ("启用,门口不准停车", ""),
        ("启用,洗手间在隔壁商场", ""),
        ("有热水吗?有,还有微波炉", "drinking_water microwave"),
        ("有没有微波炉?没有", ""),
    ],
)  # fmt: skip
def test_what_is_there_and_what_is_not(words: str, facilities: str, places: Places) -> None:
    assert list(told(places(LEAD + f"武康广场工会驿站{words}。")).values()) == [facilities]
