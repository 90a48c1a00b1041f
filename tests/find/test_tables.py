"""Tables whose cells are wrapped, and tables of some days only."""

from __future__ import annotations

from collections.abc import Callable

from geomap.model.records import Mention

Places = Callable[[str], dict[str, Mention]]

STACKED = """德清县户外职工爱心接力站信息表
序号
站点名称
地址
开放时间
服务项目
1
余英坊党群服务中心
爱心接力站
余英坊北门路328号1楼
周一至周五
8:30—16:30
饮水、休息、充电
2
武源公园北门爱心接力站
武源镇潘园公路北侧
（停车场内）
4月—10月
8:00—18:00
11月—次年3月
8:30—16:30
饮水、药箱
注：各站不收费。
"""


def test_a_cell_may_stand_on_several_lines(places: Places) -> None:
    found = places(STACKED)
    one = found["余英坊党群服务中心爱心接力站"]
    assert (one.address, one.opening_hours) == ("余英坊北门路328号1楼", "Mo-Fr 08:30-16:30")
    assert one.facilities == ("charging", "drinking_water", "rest")
    other = found["武源公园北门爱心接力站"]
    assert other.opening_hours == "Apr-Oct 08:00-18:00; Nov-Mar 08:30-16:30"
    assert other.facilities == ("drinking_water", "first_aid")
    assert len(found) == 2


def test_a_holidays_timetable_says_nothing_of_other_days(places: Places) -> None:
    found = places(
        "德清县工会驿站国庆安排\n站点名称\t10月1日—3日\t10月4日—6日\n"
        "余英坊工会驿站\t9:00—15:00\t休\n武源广场工会驿站\t9:00—12:00\t10:00-14:00\n"
        "舞阳街工会驿站\t24小时\t24小时\n"
    )
    assert len(found) == 3
    assert {place.opening_hours for place in found.values()} == {""}


def test_the_sum_below_a_table_is_no_row(places: Places) -> None:
    found = places(
        "德清县“司机之家”公示表\n序号\t名称\t位置\t服务时间\n1\t娄庄司机之家\t娄庄镇治超站东\t24小时\n"
        "2\t黑塔司机之家\t黑塔镇北街\t6:00—24:00\n合计\t运营2个，拟建1个\t\t\n"
    )
    assert list(found) == ["娄庄司机之家", "黑塔司机之家"]
