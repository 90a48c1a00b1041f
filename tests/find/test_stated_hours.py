"""Hours as running text tells them: over two clauses, by season, through the night."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.model.records import Mention

Places = Callable[[str], dict[str, Mention]]
LEAD = "湖州市德清县总工会近日公布消息。\n"


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("\n时间:工作日9:00-21:00;周末10:00-18:00", "Mo-Fr 09:00-21:00; Sa-Su 10:00-18:00"),
        ("\n时间:周一至周五8:30-17:30;双休9:00-16:00", "Mo-Fr 08:30-17:30; Sa-Su 09:00-16:00"),
        ("\n开放时间:上午8:00-12:00;下午14:00-18:00", "Mo-Su 08:00-12:00,14:00-18:00"),
        ("每天6点半开,10点半关;下午2点再开,夜里12点关", "Mo-Su 06:30-10:30,14:00-24:00"),
        ("启用,周一到周五8:00-18:00;双休日9:00到16:00", "Mo-Fr 08:00-18:00; Sa-Su 09:00-16:00"),
        ("每天8:00-20:00开放;旁边的超市24小时营业", "Mo-Su 08:00-20:00"),
        ("每天8:00-20:00开放;周末有志愿者10:00-11:00讲课", "Mo-Su 08:00-20:00"),
        ("启用,夏季6:00-20:00(周一至周六8:00-17:00)", "?"),
        ("启用,夏季6:00-20:00,其余时间不开", "?"),
        ("旺季(4月至10月)8:00-18:30,淡季不开", "Apr-Oct 08:00-18:30"),
        ("11月至次年5月 6:00-20:00,其余月份关闭", "Nov-May 06:00-20:00"),
        ("6月15日至9月15日每日9:00-21:00,其余时间不开", "Jun 15-Sep 15 09:00-21:00"),
        ("早上六点半开,夜里十一点半才打烊,周末不歇气", "Mo-Su 06:30-23:30"),
        ("每天6:30-21:00开放,双休日不歇业", "Mo-Su 06:30-21:00"),
        ("早八晚六,星期天不开", "Mo-Sa 08:00-18:00"),
        ("一天一夜都不关", "24/7"),
        ("一天24个钟都能进", "24/7"),
        ("通宵开着", "24/7"),
        ("扫码开门,通宵", "24/7"),
        ("昼夜可进,刷身份证开门", "24/7"),
        ("白天黑夜都开着门", "24/7"),
        ("9:00-21:00有管理员值守;其余时间骑手扫码自助进出,不锁门", "24/7"),
        ("9:00-21:00有人值守,其他时段刷卡进门", "24/7"),
        ("周一到周五才有人,8:30-12:00、14:00-17:00", "Mo-Fr 08:30-12:00,14:00-17:00"),
        ("随公厕,保持5:30-22:00不变", "Mo-Su 05:30-22:00"),
        (":24小时自助,刷会员码进", "24/7"),
        ("的自助区24小时可用", ""),
        ("启用。早上通宵班下班的骑手来歇", "?"),
        ("启用。骑手通宵跑单,常来这里", "?"),
        ("启用。清早四点,班长拿钥匙开门;夜里九点,晚班的人锁", "?"),
    ],
)  # fmt: skip
def test_hours_over_clauses_seasons_and_nights(words: str, hours: str, places: Places) -> None:
    (place,) = places(LEAD + f"武康广场工会驿站{words}。").values()
    told = place.opening_hours.removesuffix('; PH "节假日"')
    assert told == hours or (hours == "?" and (not told or "unknown" in told))


def test_the_quote_of_hours_over_two_clauses_holds_both(places: Places) -> None:
    words = "武康广场工会驿站启用。\n时间:周一至周五8:30-17:30;周六9:00-16:00\n"
    (place,) = places(LEAD + words).values()
    assert place.opening_hours == "Mo-Fr 08:30-17:30; Sa 09:00-16:00"
    assert any("8:30-17:30;周六9:00-16:00" in evidence.quote for evidence in place.evidence)


def test_what_the_others_do_is_no_part_of_ones_hours(places: Places) -> None:
    words = "枫林社区工会驿站周二至周日9:00-21:00开放;其他两家每天8:30-20:30开放。"
    found = places(LEAD + "枫林社区工会驿站、竹园社区工会驿站、河西社区工会驿站启用。\n" + words)
    assert found["枫林社区工会驿站"].opening_hours == "Tu-Su 09:00-21:00"


MO_FR, DAILY = "Mo-Fr 09:00-17:00", "Mo-Su 08:00-20:00"


@pytest.mark.parametrize(
    ("heading", "rows", "hours"),
    [
        ("周一至周五\t周六、周日", ["9:00-17:00\t10:00-16:00", "8:00-20:00\t同左"],
         [f"{MO_FR}; Sa-Su 10:00-16:00", DAILY]),
        ("工作日\t双休日", ["9:00-17:00\t不开放", "9:00-17:00\t/"], [MO_FR, MO_FR]),
        ("上午\t下午", ["8:30-12:00\t14:00-17:30", "8:00-12:00\t"],
         ["Mo-Su 08:30-12:00,14:00-17:30", "Mo-Su 08:00-12:00"]),
        ("开放时间\t说明", ["8:00-20:00\t热水", "同上\t药箱"], [DAILY, DAILY]),
        ("几时可进\t备的东西", ["8:00-20:00\t热水", "工作日9:00-17:00\t药箱"], [DAILY, MO_FR]),
        ("开门时间\t关门时间", ["8:00\t20:00", "7:00\t22:00"], [DAILY, "Mo-Su 07:00-22:00"]),
        ("咨询电话时间\t说明", ["9:00-17:00\t热水", "8:00-20:00\t药箱"], ["", ""]),
        ("10月1日—3日\t10月4日—8日", ["8:00-20:00\t休", "休\t9:00-12:00"], ["", ""]),
        ("开放时间\t说明", ["8:00-20:00\t周末有理发", "装修\t原8:00-20:00"], [DAILY, ""]),
    ],
)  # fmt: skip
def test_columns_of_hours(heading: str, rows: list[str], hours: list[str], places: Places) -> None:
    names = ("枫林驿站\t便民大厅", "竹园驿站\t竹园路1号")
    lines = [f"站名\t位置\t{heading}", *map("\t".join, zip(names, rows, strict=True))]
    found = places(LEAD + "\n".join(lines))
    told = [place.opening_hours for place in found.values()]
    assert [one.removesuffix("; PH off").removesuffix('; PH "节假日"') for one in told] == hours


def test_a_sign_before_a_line_has_the_hours_that_the_legend_gives_it(places: Places) -> None:
    legend = "【图例】\n★ 自助站:昼夜可进,刷身份证开门\n● 日间站:9:00-17:00\n◇ 在建:预计5月底开门\n"
    rows = "★ 枫林社区工会驿站\n● 竹园社区工会驿站\n◇ 河西社区工会驿站"
    found = {name[:2]: place.opening_hours for name, place in places(LEAD + legend + rows).items()}
    assert {name: found[name] for name in ("枫林", "竹园", "河西")} == {
        "枫林": "24/7", "竹园": "Mo-Su 09:00-17:00", "河西": ""
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("由每日7:30-22:00改为8:00-21:30", "Mo-Su 08:00-21:30"),
        ("开放时间由8:00-18:00调整为7:00-21:00", "Mo-Su 07:00-21:00"),
        ("试行的24小时开放经评估使用率不高,调整为每日5:30-20:00", "Mo-Su 05:30-20:00"),
        ("原开放时间9:00-17:00,8月起改为每天8:00-22:00", "Mo-Su 08:00-22:00"),
        ("每天早8点开门,闭门时间由18时延至21时30分", "Mo-Su 08:00-21:30"),
        ("早上8:30开门没变,晚上都延到23:30", "Mo-Su 08:30-23:30"),
        ("把关门时间从22点推到凌晨1点,开门还是早上8点", "Mo-Su 08:00-01:00"),
        ("今日起延至晚23点关门,早6点开门照旧", "Mo-Su 06:00-23:00"),
        ("随市场凌晨3点开,下午3点关", "Mo-Su 03:00-15:00"),
        ("上午八点开门,晚上守到十点", "Mo-Su 08:00-22:00"),
        ("六点半开,十点半关,下午两点再开,一直到夜里十二点", "Mo-Su 06:30-10:30,14:00-24:00"),
        ("凌晨4点半亮灯,上午10点关门;下午再开,3点到7点", ""),
        ("计划由8:00-18:00调整为24小时开放", ""),
        ("早上八点开门", ""),
        ("晚上十点关门", ""),
        ("8点开门前有人排队,22点关门后还有人来", ""),
        (",全天可进", 'Mo-Su "全天"'),
        ("全天供应热水", ""),
        ("因停水,7月22日至24日暂停洗澡,其余不变,仍24小时开放", "24/7"),
        ("周一到周五,上午八点半到十二点,下午两点到六点,周末不开", "Mo-Fr 08:30-12:00,14:00-18:00"),
        ("4月至10月8:30-18:30,入冬关门", "Apr-Oct 08:30-18:30"),
        ("朝早5点开到夜晚8点,中间11点半至1点锁门食饭", "Mo-Su 05:00-11:30,13:00-20:00"),
        ("正月初三起停业,初七恢复,平日9:00-17:00", "Mo-Su 09:00-17:00"),
        ("周二停电,平日9:00-17:00", "Mo-Fr 09:00-17:00"),
        (
            "。夏令指5月至10月,冬令指11月至次年4月。\n时间:夏令7:00-21:00,冬令7:30-19:30",
            "May-Oct 07:00-21:00; Nov-Apr 07:30-19:30",
        ),
    ],
)  # fmt: skip
def test_opening_and_closing_told_apart_and_changed(words: str, hours: str, places: Places) -> None:
    (place,) = places(LEAD + f"武康广场工会驿站{words}。").values()
    assert place.opening_hours == hours


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("07-15 09:02【短信】枫林社区工会驿站启用,每天6:00-22:00开放。", "Mo-Su 06:00-22:00"),
        ("[12:43] 工会小妹:枫林社区工会驿站每天10:00-22:00,中午不关", "Mo-Su 10:00-22:00"),
        ("2025-7-8 12:20 枫林社区工会驿站朝9晚6,礼拜一休息。", "Tu-Su 09:00-18:00"),
        ("[12:43] 工会小妹:枫林社区工会驿站有热水", ""),
    ],
)
def test_when_a_line_was_written_is_no_hour_of_a_door(
    text: str, hours: str, places: Places
) -> None:
    (place,) = places(LEAD + text).values()
    assert place.opening_hours == hours


def test_what_all_do_is_not_done_by_the_one_that_says_otherwise(places: Places) -> None:
    text = "各站除括号里另有说明的,都是清早4:30开门,晚上8:30关门。\n"
    items = "1.枫林社区工会驿站\n2.竹园社区工会驿站\n3.河西社区工会驿站,逢农历二、五赶场才开"
    hours = {name[:2]: place.opening_hours for name, place in places(LEAD + text + items).items()}
    assert hours["枫林"] == "Mo-Su 04:30-20:30" and hours["河西"] == ""


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("有专人管。这个驿站以后打算升级为24小时服务", ""),
        ("有专人管。驿站往后要24小时开放", ""),
        ("有专人管。驿站日后24小时开放", ""),
        ("启用,从此以后24小时开放", "24/7"),
        ("改造以后24小时开放", "24/7"),
        ("借24小时或营业时间长的门店开起来", ""),
        ("设在24小时或者开得晚的店里", ""),
        ("24小时开放,或坐或躺都行", "24/7"),
    ],
)
def test_hours_of_days_to_come_and_of_either_kind(words: str, hours: str, places: Places) -> None:
    (place,) = places(LEAD + f"武康广场工会驿站{words}。").values()
    assert place.opening_hours == hours


@pytest.mark.parametrize(
    ("words", "hours", "facilities"),
    [
        ("骑手走进24小时工会驿站(英溪街道农商银行站),冰箱里有水。", "", ()),
        ("骑手走进县里的24小时工会驿站(武康广场站),冰箱里有水。", "", ("fridge",)),
    ],
)
def test_a_station_in_brackets_keeps_what_is_said_of_it(
    words: str, hours: str, facilities: tuple[str, ...], places: Places
) -> None:
    place = places(LEAD + "武康广场站工会驿站启用。\n" + words)["武康广场站工会驿站"]
    assert place.opening_hours == hours
    assert set(facilities) <= set(place.facilities)
    assert facilities or "fridge" not in place.facilities
