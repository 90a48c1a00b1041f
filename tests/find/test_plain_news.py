"""Names as plain news prints them: edges, sorts that are no place, brands, scattered stations."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.model.records import Mention

Places = Callable[[str], dict[str, Mention]]
LEAD = "湖州市德清县总工会近日公布消息。\n"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("武源路社区的暖新禾彩爱心驿站,空调、冰箱都有", "暖新禾彩爱心驿站"),
        ("在余英坊社区户外劳动者微站点,骑手常来喝水", "余英坊社区户外劳动者微站点"),
        ("余英坊爱心小屋点亮街角", "余英坊爱心小屋"),
        ("柯师傅走进武源路的“溪语”暖城驿站,倒杯温水坐下", "“溪语”暖城驿站"),
        (
            "一共评上两家,分别是余英城商圈户外劳动者服务站点、武源桥户外劳动者服务站",
            "余英城商圈户外劳动者服务站点",
        ),
        ("视频里余英坊驿站关着门", "余英坊驿站"),
        ("驿站不少,大家叫“贴心驿站”的余英坊驿站最热闹", "余英坊驿站"),
    ],
)
def test_a_name_begins_and_ends_where_it_is_printed(words: str, name: str, places: Places) -> None:
    assert name in places(LEAD + "暖城驿站多了。\n" + words + "。")


@pytest.mark.parametrize(
    "words",
    [
        "画面里驿站关着门,骑手站在门外",
        "镜头中驿站灯亮着",
        "大家管驿站叫“暖心驿站”“贴心驿站”“称心驿站”",
        "骑手们称它们为“舒心驿站”“省心驿站”",
        "县里把“品质小暖驿站”当成一件大事来抓",
        "各级总工会靠工会职工服务中心(站)和社会各方出力办驿站",
        "遍布主干街路、热门商圈、湿地景区的465家工会驿站都敞开了",
        "散布在公园、广场的80家工会驿站都敞开了",
        "回复【纳凉】,可查全市人防纳凉点、各街道清凉驿站地址和开放时间",
        "另外还有约200处“小溪蜂驿站”,德清县小溪蜂驿站都能歇脚",
        "热门商圈驿站、重点商圈驿站都要建好",
    ],
)
def test_sorts_of_stations_and_what_people_call_them_are_no_places(
    words: str, places: Places
) -> None:
    assert not [one for one, place in places(LEAD + words + "。").items() if "总工会" not in one]


def test_names_in_a_row_that_are_not_praise_stay(places: Places) -> None:
    found = places(LEAD + "骑手常去余英坊“溪心驿站”、武源桥“暖心驿站”。")
    assert set(found) == {"余英坊“溪心驿站”", "武源桥“暖心驿站”"}


def test_a_place_that_can_be_looked_up_by_its_name_is_one(places: Places) -> None:
    assert "余英坊驿站" in places(LEAD + "扫码可查看余英坊驿站地址。")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("骑手推开武源路四段加油站内的“加油驿站”大门", {"武源路四段加油站驿站"}),
        ("快递员小张指着身后的城北工会驿站说,天天来", {"城北工会驿站"}),
        ("在溪塔巷子工会驿站值班的志愿者说,人多了", {"溪塔巷子工会驿站"}),
        (
            "德清县余英碑、吴兴区溪塔坪、南浔区武源广场等地的工会驿站都已开放",
            {"德清县余英碑工会驿站", "吴兴区溪塔坪工会驿站", "南浔区武源广场工会驿站"},
        ),
        (
            "骑手常去的是余英步行街工会驿站、溪塔碑工会驿站和武源坪户外劳动者驿站",
            {"余英步行街工会驿站", "溪塔碑工会驿站", "武源坪户外劳动者驿站"},
        ),
        ("我天天都来中心广场的那个工会驿站", {"中心广场工会驿站"}),
        (
            "总工会在余英塘、溪塔坪、心连心广场新建3个工会驿站",
            {"余英塘工会驿站", "溪塔坪工会驿站", "心连心广场工会驿站"},
        ),
        ("总工会在小巷、闹市、车流密集处新建30个工会驿站", set()),
        ("快餐店、商场、公园等地的工会驿站都已开放", set()),
        ("吴兴区、南浔区、德清县等地的工会驿站都已开放", set()),
        ("骑手推开“加油驿站”大门", set()),
        ("温馨的工会驿站和整洁的服务站点让人安心", set()),
        ("县里的工会驿站和爱心驿站值班的人不多", set()),
    ],
)
def test_where_a_name_begins_and_who_says_so(words: str, names: set[str], places: Places) -> None:
    found = places(LEAD + words + "。").items()
    assert {one for one, place in found if place.kind != "union_branch"} == names


@pytest.mark.parametrize(
    "text",
    [
        "驿站为骑手提供了歇脚避暑的“温馨港湾”。",
        "小屋虽小,却给环卫工人提供暖心的“途中休息站”,谁都能进。",
        "要让遍布城区的工会驿站成为骑手信赖的家。",
        "这是职工身边的“10分钟暖心港湾”。",
        "打开地图,在搜索框输入户外驿站就能看到。",
        "工会驿站的建设标准为:一间屋子、一套沙发、一台冰箱、一个药箱。",
        "平台携手涪城、游仙、安州等5个区的20家工会驿站给骑手送水。",
        "他送完货都会来“司机之家”歇一歇。",
        "工会驿站成了骑手的避风港、全社会关爱环卫工人的暖心站和城市的窗口。",
        "工会的体检车开进了园区、配送站点和工会驿站。",
        "今年将在人多的地方建设智能化驿站。",
        "经开区总工会户外劳动者驿站向骑手敞开大门。",
        "打造集“歇脚驿站、补给站点、维权窗口”于一体的工会阵地。",
    ],
)
def test_praise_standards_and_parts_of_a_whole_are_no_place(text: str, places: Places) -> None:
    assert places("绵阳市的骑手有处歇\n" + text) == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "总工会选择涪江服务区、三台服务区、盐亭服务区等3个服务区出城方向设立“司机小憩”驿站。",
            {"涪江服务区", "三台服务区", "盐亭服务区"},
        ),
        (
            "交通部门依托青义、石马两个治超检测站设立的“共享司机之家”,为司机供水。",
            {"青义治超检测站", "石马治超检测站"},
        ),
        ("昨天,在绵阳市涪城区城厢街道,24小时工会驿站,骑手进进出出。", {"城厢街道"}),
        (
            "区商务局联合万福来商场,在三楼扶梯旁腾出一角,设置了骑手驿站,有沙发。",
            {"万福来商场"},
        ),
        (
            "总工会陆续在老城门警务厅、滨江路供水公司、新体育场等三处人流量较大的地方设置了"
            "工会驿站。",
            {"老城门警务厅", "滨江路供水公司", "新体育场"},
        ),
    ],
)
def test_where_a_sentence_says_that_it_is(text: str, names: set[str], places: Places) -> None:
    found = places("绵阳市的骑手有处歇\n" + text)
    assert len(found) == len(names)
    assert {name for name in names if any(name in one for one in found)} == names


def test_what_somebody_says_is_no_part_of_a_name(places: Places) -> None:
    found = places("绵阳市的驿站\n“外头太晒,进来凉快多了!”城西商圈工会驿站内,骑手说。")
    assert list(found) == ["城西商圈工会驿站"]


@pytest.mark.parametrize(
    "text",
    [
        "市政务服务中心工会驿站启用了。骑手说,服务中心内的工会驿站有微波炉。",
        "总工会在美顺公司门店设立工会驿站。记者在美顺工会驿站里看到,骑手在喝水。",
    ],
)
def test_a_place_told_again_by_a_part_of_its_name_is_one(text: str, places: Places) -> None:
    assert len(places("绵阳市的驿站\n" + text)) == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("门楣上,“工会驿站·骑士之家”的白色标识亮着,骑手推门进去。", "工会驿站·骑士之家"),
        ("涪城区首个环境暖新驿站暨“芙蓉姐姐”暖新驿站开站。", "“芙蓉姐姐”暖新驿站"),
        ("安州万达广场“骑士之家”工会驿站开展送早餐活动。", "安州万达广场“骑士之家”工会驿站"),
        ("青年路上有间全时暖心驿站,骑手都往里钻。", "全时暖心驿站"),
        ("(记者 某某)游仙团结路工会驿站昨天挂牌。", "游仙团结路工会驿站"),
    ],
)
def test_a_name_is_whole_with_its_sign_and_its_quotes(text: str, name: str, places: Places) -> None:
    assert list(places("绵阳市的驿站\n" + text)) == [name]


@pytest.mark.parametrize("head", ["工会驿站", "户外劳动者服务站点工会驿站", "司机之家", "暖心驿站"])
def test_a_common_head_is_told_from_its_like_by_the_place_in_brackets(
    head: str, places: Places
) -> None:
    sites = ["市图书馆站", "城厢社区站", "涪江路社区", "好又多超市店", "园艺支行"]
    listed = "\n".join(f"{head}({site})" for site in sites)
    told = f"昨天,骑手走进{head}(青年广场站)喝了杯凉茶。"
    names = {f"{head}({site})" for site in [*sites, "青年广场站"]}
    assert set(places(f"绵阳市最美驿站名单\n{listed}\n{told}")) == names


@pytest.mark.parametrize("aside", ["以下简称驿站", "爱心驿站", "共3家", "工会服务站", "名单见附件"])
def test_what_else_stands_in_brackets_names_no_place(aside: str, places: Places) -> None:
    assert not [name for name in places(f"绵阳市的工会驿站({aside})免费开放。") if "(" in name]


@pytest.mark.parametrize(
    "text",
    [
        "旧衣可以捐到就近的工会驿站、工人文化宫、职工服务中心等工会阵地。",
        "让基础较好的职工服务中心、企业、社会组织发挥所长。",
        "十座停用的垃圾房,今年被市环卫中心改建成“爱心驿站”。",
        "下一步要把银行营业网点也变成暖心驿站。",
        "负责人说,要把工会驿站办成户外劳动者的“温暖之家”。",
    ],
)
def test_sorts_doers_and_figures_of_speech_are_no_place(text: str, places: Places) -> None:
    assert not places("绵阳市的驿站\n绵阳市总工会说。" + text)


def test_a_short_form_that_is_introduced_is_no_second_place(places: Places) -> None:
    found = places("绵阳市的驿站\n科创园有首个“新驿家·司机之家”(以下简称司机之家),昨天开门。")
    assert not [name for name in found if "简称" in name]


def test_a_centre_that_is_told_of_alone_is_its_division_s(places: Places) -> None:
    found = places("绵阳市的驿站\n绵阳市职工服务中心昨天启用,骑手可以来。")
    assert list(found) == ["绵阳市职工服务中心"]


def test_what_is_rebuilt_where_it_stands_is_a_place(places: Places) -> None:
    found = places("绵阳市的驿站\n市环卫中心把青年广场岗亭改建成了爱心驿站。")
    assert list(found) == ["青年广场岗亭爱心驿站"]


@pytest.mark.parametrize(
    "text",
    [
        "要使它成为能量补给角、技能加油站“两站合一”的智能化工会驿站。",
        "该驿站将享家服务站、志愿者服务站、学习驿站、爱心托管站等功能融为一体。",
        "驿站集骑手加油站、读书驿站、法律服务站于一体。",
    ],
)
def test_what_one_house_is_used_as_is_no_list_of_places(text: str, places: Places) -> None:
    assert not places("绵阳市的驿站\n绵阳市总工会说。" + text)
