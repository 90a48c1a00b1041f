"""Facts: whose they are, and what they are not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.find import Findings
from geomap.model.records import Mention

Places = Callable[[str], dict[str, Mention]]
LEAD = "湖州市德清县总工会近日公布消息。\n"


def test_facts_of_a_list_are_everyones_and_of_an_item_its_own(places: Places) -> None:
    found = places(
        "德清工会驿站名单\n1.武康广场工会驿站:有冰箱\n2.新市公园工会驿站:8:00-20:00\n两处驿站都有饮水机。\n"
    )
    assert found["武康广场工会驿站"].facilities == ("drinking_water", "fridge")
    assert found["新市公园工会驿站"].facilities == ("drinking_water",)
    assert found["武康广场工会驿站"].opening_hours == ""
    assert found["新市公园工会驿站"].opening_hours == "Mo-Su 08:00-20:00"


def test_a_services_times_are_not_the_doors(places: Places) -> None:
    (place,) = places(LEAD + "学府社区温馨驿站每周四下午都有心理咨询师坐诊。").values()
    assert place.opening_hours == ""
    assert [service.times for service in place.services] == ['Th "下午"']


@pytest.mark.parametrize(
    "words",
    [
        "咨询可拨96650(周一至周五9:00-16:00)。",
        "小李早上六点出门,晚上八点收工。",
        "活动将于9:00-11:00举行。",
    ],
)
def test_hours_of_others(words: str, places: Places) -> None:
    (place,) = places(LEAD + "武康广场工会驿站已经启用。" + words).values()
    assert place.opening_hours == ""
    assert place.services == ()


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("每日早7:30到晚19:30开放", "Mo-Su 07:30-19:30"),
        ("24小时开放", "24/7"),
        ("在武康路25号,每天8:00-23:00", "Mo-Su 08:00-23:00"),
        ("每天从9:00开到22:00", "Mo-Su 09:00-22:00"),
        ("凌晨4点开门,晚上8点关门", "Mo-Su 04:00-20:00"),
    ],
)
def test_door_hours(words: str, hours: str, places: Places) -> None:
    (place,) = places(LEAD + f"武康广场工会驿站{words}。").values()
    assert place.opening_hours == hours


def test_wishes_gifts_and_exceptions_state_no_facility(places: Places) -> None:
    (place,) = places(
        LEAD
        + (
            "武康广场工会驿站有冰箱。部分驿站另有沙发。下一步将配微波炉。工会向骑手赠送雨伞,"
            "用于添置书报。"
        )
    ).values()
    assert "microwave" not in place.facilities
    assert "rest" not in place.facilities
    assert "books" not in place.facilities


@pytest.mark.parametrize(
    ("words", "access"),
    [
        ("环卫工人和骑手都能进来歇脚。", "outdoor_workers"),
        ("过路市民都能免费使用。", "public"),
        ("会员凭卡入内,仅限会员。", "members"),
        ("仅限本单位职工使用。", "employees"),
    ],
)
def test_access(words: str, access: str, places: Places) -> None:
    (place,) = places(LEAD + "武康广场工会驿站已经启用。" + words).values()
    assert place.access == access


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("全县已建成178个“暖心驿站”和146个“职工之家”。", [178, 146]),
        ("工会驿站现有449家,12家评上全国最美。", [449]),
        ("全国工会驿站已超过18万个。", [180000]),
        ("县工会计划用3年时间在全县建成15个规范化驿站。", [15]),
        ("暖心驿站、快递小哥之家、司机之家等66个。", [66]),
        ("从2013年的十几个增加到今年的24个“纳凉小屋”。", [24]),
        ("驿站每天接待骑手30名,覆盖10个街镇。", []),
    ],
)
def test_counts(text: str, numbers: list[int], counts: Callable[[str], list[int | None]]) -> None:
    assert counts(LEAD + text) == numbers


def test_a_count_of_the_places_just_named_is_no_claim(find: Callable[[str], Findings]) -> None:
    found = find("德清县设了2家驿站:武康广场工会驿站、新市公园工会驿站。")
    assert all(mention.mappable for mention in found.mentions)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("德清县现有工会驿站126家,长兴县现有工会驿站88家", "德清县 station 126|长兴县 station 88"),
        (
            "德清县建成45家工会驿站;长兴县力争建成60家工会驿站",
            "德清县 station 45|长兴县 planned 60",
        ),
        ("德清县已建成工会驿站126家,到2027年新建40家", "德清县 planned 40|德清县 station 126"),
        ("全国已建成工会驿站18万家。德清县建成126家工会驿站", " station 180000|德清县 station 126"),
        ("浙江省共有工会驿站9800家,其中德清县126家", " station 9800|德清县 station 126"),
        ("德清县今年新建工会驿站12家,总数达138家", "德清县 added 12|德清县 station 138"),
        (
            "工会驿站一览\n| 德清县 | 88 |\n| 长兴县 | 126 |\n| 安吉县 | 70 |",
            "安吉县 station 70|德清县 station 88|长兴县 station 126",
        ),
    ],
)
def test_a_count_has_its_kind_and_the_area_of_its_clause(
    text: str, claims: str, find: Callable[[str], Findings]
) -> None:
    told = find("湖州市总工会近日公布消息。\n" + text + "。").claims
    assert sorted(f"{c.district} {c.kind} {c.count}" for c in told) == sorted(claims.split("|"))


def test_promises_are_claims(find: Callable[[str], Findings]) -> None:
    claims = find(LEAD + "镇区形成10分钟暖“新”服务圈,工会驿站已有38家。").claims
    assert {(claim.kind, claim.count) for claim in claims} == {("station", 38), ("reach", None)}


def test_evidence_points_at_its_characters(find: Callable[[str], Findings]) -> None:
    text = "德清縣總工會消息\n武康廣場工會驛站有冰箱統(tǒng)一配發,每天8:00-20:00開放。"
    (place,) = find(text).mentions
    for evidence in (*place.evidence, *place.facts.values()):
        assert text[evidence.start : evidence.end] == evidence.quote
    assert place.facts["name"].quote == "武康廣場工會驛站"
    assert place.facts["opening_hours"].quote == "每天8:00-20:00"


def test_quotes_carry_no_person(find: Callable[[str], Findings]) -> None:
    found = find(LEAD + "管理员王小明说,武康广场工会驿站有冰箱,电话13912345678。")
    quotes = " ".join(evidence.quote for m in found.mentions for evidence in m.evidence)
    assert "王小明" not in quotes
    assert "139" not in quotes
