"""What a sentence does not say of a place is not stated of it: invented cases, by their reasons."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.model.records import Mention

Places = Callable[[str], dict[str, Mention]]
LEAD = "湖州市德清县总工会近日公布消息。\n"


@pytest.mark.parametrize(
    "words",
    [
        # planned, wished for, applied for
        "启用,年底前将配备微波炉",
        "启用,空调正在采购",
        "启用,明年再装淋浴间",
        "启用,微波炉要等通电后才能装",
        "启用,热水器、空调都还在申请经费",
        "启用。骑手们建议增设充电柜和淋浴间",
        "启用。有骑手反映没地方热饭,县总工会表示正在研究",
        "启用。待二期完工,还会有书架和电视",
        # not there, broken, taken away
        "启用,暂时没有空调",
        "启用,站内不设卫生间",
        "启用,尚未接通无线网",
        "启用,目前还没装空调",
        "启用,饮水机已损坏报修",
        "启用,冰箱坏了,一直没修",
        "启用。冰箱、微波炉已搬至别处",
        "启用。微波炉因用电安全已撤走",
        "启用,冬季不供应热水",
        "启用。饭菜不能加热,请自带保温桶",
        "启用,禁止给电动车充电",
        "启用。请自备雨衣、水壶",
        "启用,就缺一台微波炉",
        # handed out or done on a day
        "启用。当天,县总工会向环卫工人发放了雨衣、矿泉水和防暑药品",
        "启用。仪式上还为骑手送上雨伞和毛巾",
        "启用。志愿者为骑手现场理发、量血压",
        "启用。活动现场设置了法律咨询台,律师为骑手答疑",
        "启用。端午当天,社区请骑手来吃早餐",
        "启用。县总工会慰问一线职工,送去凉茶、西瓜和藿香正气水",
        "启用。本月起举办骑手技能培训班,报名从速",
        # what people bring, own, do or say
        "启用。骑手小王放下头盔,脱下雨衣",
        "启用。老李掏出自带的水壶",
        "启用。小哥们跑单没空喝水,一天只吃一顿饭",
        "启用。小张的电动车还在换电,先进来看看",
        "启用。女儿在县城读书,老李最盼周末",
        "启用。以前他只能在路边吃饭、在银行门口歇脚",
        "启用。“过去喝口热水都难,充电更别提。”老李说",
        "启用,解决了骑手喝水难、热饭难、如厕难",
        # questions and rumours
        "启用。驿站里能不能洗澡?工作人员没有回答",
        "启用。有没有微波炉?",
        # words for where it is
        "启用,紧挨公厕",
        "启用,就在健身中心对面",
        "启用,位于县图书阅览室一楼",
        "启用,挨着充电桩",
        "启用,从停车位往里走三十米就到",
        "启用,原是一间打印店",
        "启用,由一座旧公厕改建而成",
        "启用,前身是一处职工食堂",
        # others' things
        "启用。对面的加油站可以洗澡、吃饭",
        "启用。隔壁便利店卖凉茶,也能热饭",
        "启用。县医院为职工提供体检",
        "启用。想给电动车充电的,请去西边的充电棚",
        "启用。附近公厕夜里也开",
        "启用。要打印材料,可到旁边的文印店",
        # words that only hold the word
        "启用。点击阅读原文查看地图",
        "启用。驿站由县电视台报道",
        "启用。驿站的标识由县印刷厂打印",
        "启用。法律规定用人单位应当保障休息权",
        "启用。县总工会还将开展维权行动和招聘会",
        "启用。招聘会周六在县体育馆举行",
        "启用。管理员经过培训上岗",
        "逢双休日休息",
        "启用。请勿在站内吸烟、睡觉",
    ],
)
def test_what_is_not_said_to_be_there_is_no_facility(words: str, places: Places) -> None:
    (place,) = places(LEAD + f"武康广场工会驿站{words}。").values()
    assert place.facilities == ()


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("启用,有冰箱、微波炉,以后还将添置空调", "fridge microwave"),
        ("启用,没有空调,但有电风扇和饮水机", "drinking_water"),
        ("启用。以前没有热水,现在饮水机、微波炉都有了", "drinking_water microwave"),
        ("启用,紧挨公厕,有开水", "drinking_water"),
        ("启用。屋里的雨衣可以借穿", "raincoat"),
        ("启用。骑手可在这里喝水、热饭、充电", "charging drinking_water microwave"),
        ("启用,冰箱里放着绿豆汤", "drinking_water fridge"),
        ("启用,不仅有空调,还能淋浴", "air_conditioning shower"),
        ("启用。“饿了能热饭,累了能歇脚。”骑手小王说", "microwave rest"),
        ("启用。驿站常年备有防暑药品、雨伞", "first_aid umbrella"),
        ("启用,从前的公厕改造后,添了空调和微波炉", "air_conditioning microwave"),
        ("启用,设有卫生间、母婴室", "nursing_room toilet"),
        ("启用,县总工会为它配发了冰箱、空调", "air_conditioning fridge"),
        ("启用,不少骑手来这里喝水", "drinking_water"),
        ("启用,无需登记即可热饭", "microwave"),
        ("启用,空调不停,热水不断", "air_conditioning drinking_water"),
    ],
)
def test_what_is_said_to_be_there_stays(words: str, keys: str, places: Places) -> None:
    (place,) = places(LEAD + f"武康广场工会驿站{words}。").values()
    assert " ".join(place.facilities) == keys


ALONE = "枫林社区工会驿站上周启用。\n竹园社区工会驿站也已开门。\n"
LISTED = "德清县工会驿站名单如下:\n1.枫林社区工会驿站\n2.竹园社区工会驿站\n3.河西社区工会驿站\n"


@pytest.mark.parametrize(
    ("text", "facilities"),
    [
        # a room of a place that no rule could name is nobody's of those known
        (ALONE + "第三处叫望江楼,设在渡口。屋里有热水和沙发。", {"枫林": "", "竹园": ""}),
        (ALONE + "在渡口,老张把自家堂屋腾了出来。屋里有热水和沙发。", {"枫林": "", "竹园": ""}),
        (ALONE + "各站都有热水。", {"枫林": "drinking_water", "竹园": "drinking_water"}),
        (ALONE + "两处均配了雨伞。", {"枫林": "umbrella", "竹园": "umbrella"}),
        (ALONE + "问:骑手换电去哪里?", {"枫林": "", "竹园": ""}),
        (ALONE + "各银行网点也提供饮水、雨伞。", {"枫林": "", "竹园": ""}),
        (ALONE + "县里各单位食堂一律对外供热水热饭。", {"枫林": "", "竹园": ""}),
        (
            "枫林社区工会驿站有热水,竹园社区工会驿站有微波炉。",
            {"枫林": "drinking_water", "竹园": "microwave"},
        ),
        (
            "枫林社区、竹园社区两处工会驿站启用。记者在枫林社区的驿站看到,空调开着。",
            {"枫林": "air_conditioning", "竹园": ""},
        ),
        (
            "枫林社区工会驿站、竹园社区工会驿站启用,枫林社区的另有淋浴间。",
            {"枫林": "shower", "竹园": ""},
        ),
        (
            LISTED + "1号、2号有饮水机,3号另有淋浴间。",
            {"枫林": "drinking_water", "竹园": "drinking_water", "河西": "shower"},
        ),
        (LISTED + "河西社区工会驿站因故停用,冰箱移至枫林。", dict.fromkeys(("枫林", "竹园"), "")),
        (LISTED + "需要换电的骑手请到加油站。", dict.fromkeys(("枫林", "竹园", "河西"), "")),
        (LISTED + "驿站内有雨伞。", dict.fromkeys(("枫林", "竹园", "河西"), "umbrella")),
    ],
)  # fmt: skip
def test_whose_facilities_they_are(text: str, facilities: dict[str, str], places: Places) -> None:
    found = {name[:2]: " ".join(place.facilities) for name, place in places(LEAD + text).items()}
    assert {name: found[name] for name in facilities} == facilities


@pytest.mark.parametrize(
    "words",
    [
        "启用,大约早上到晚上开放",
        "启用,开放时间看天气",
        "启用,一般七八点开门",
        "启用,热水供应时间为8:00-20:00",
        "启用,热线电话9:00-17:00有人接听",
        "启用,街道办事处8:30-17:30上班",
        "启用,环卫工人每天4:00-10:00清扫这条街",
        "启用,讲座10:00开始",
        "启用,7月1日至8月31日开放时间延长至22:00",
        "启用。公园每天6:00-22:00开放",
        "启用,早晚高峰7:00-9:00骑手最多",
        "启用,志愿者每周六9:00-11:00值守",
        "启用,免费早餐每天6:00-7:30供应",
        "启用,以往9:00-17:00开放",
        "启用,如遇停电9:00-15:00暂停",
        "启用,周边商铺多在10:00-22:00营业",
        "启用。他从早上8:00等到12:00",
        "启用,拟定开放时间为8:00-20:00",
        "启用,开放时间原为9:00-17:00,现正在调整",
        "启用,外卖柜24小时可用",
        "启用,医务人员24小时待命",
        "启用,站外的自助售货机24小时服务",
        "启用,台风期间24小时开放",
        "启用,考试当天7:00-18:00开放",
        "启用,每天8:00-20:00有驻站民警",
        "启用,全天开放,夜里11点到早上5点锁门",
        "启用,除凌晨1点至5点保洁外全天开放",
    ],
)
def test_hours_that_are_not_the_doors(words: str, places: Places) -> None:
    (place,) = places(LEAD + f"武康广场工会驿站{words}。").values()
    assert place.opening_hours == "" or "unknown" in place.opening_hours


@pytest.mark.parametrize(
    "text",
    [
        "小区门口新开了一家菜鸟驿站,居民取件更方便了。骑手小王常来送件。",
        "德清县新开一家宠物驿站,骑手可代送。",
        "某品牌换电驿站入驻德清,骑手换电只需十秒。",
        "骑手家园公众号今日上线,扫码关注。",
        "一家洗车爱心驿站打出广告:骑手洗车八折。",
        "文章《把驿站办成骑手的家》获评好新闻。",
        "县总工会召开工会驿站建设推进会,部署下一步工作。",
        "骑手们说,家是最温暖的驿站。",
        "渔家驿站民宿推出骑手优惠价,每晚80元。",
        "驿站超市诚招外卖骑手,月薪8000元。",
        "剧组在德清拍摄电视剧《骑手驿站》。",
        "骑手小王把朋友的宿舍当作驿站。",
        "县里举办“小哥驿站杯”骑手篮球赛。",
        "古驿站遗址在德清发现,骑手小哥也来看热闹。",
        "骑行驿站为环湖骑行爱好者提供单车租赁,工会不参与经营。",
        "德清县将出台工会驿站管理办法,向骑手征求意见。",
        "某公司在德清开出首座换电驿站,骑手扫码三秒换电。",
        "县红十字会在武康广场设献血驿站,骑手踊跃献血。",
        "莫干山骑行驿站为自行车爱好者提供补给,工会组织职工骑行活动。",
        "“最美骑手”报告会在德清县工人文化宫举行。",
        "职工夜校开班\n上课地点:德清县工人文化宫三楼\n骑手也可报名。",
        "武康街道便民服务站工作人员帮骑手办居住证。",
        "跑车看过来(广告·商家供稿)\n洗车爱心驿站(永平路口):骑手每天8:00-20:00优惠。",
        "职工夜校在德清县工人文化宫上课,骑手在“职工之家”栏目选课。",
    ],
)
def test_what_is_no_station_gives_none(text: str, places: Places) -> None:
    assert places("德清消息\n" + text) == {}


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        (
            "枫林社区工会驿站和竹园社区工会驿站,前者24小时开放,后者8:00-20:00开放。",
            {"枫林": "24/7", "竹园": "Mo-Su 08:00-20:00"},
        ),
        (
            "枫林社区工会驿站启用。和竹园社区工会驿站不同,这里8:00-20:00开放。",
            {"枫林": "", "竹园": ""},
        ),
        (
            "枫林社区工会驿站8:00-20:00开放。已停用的竹园社区工会驿站曾24小时开放。",
            {"枫林": "Mo-Su 08:00-20:00", "竹园": ""},
        ),
        (
            "枫林社区工会驿站每天8:00-20:00开放,竹园社区工会驿站早一个小时开门。",
            {"枫林": "Mo-Su 08:00-20:00", "竹园": ""},
        ),
        (
            "枫林社区工会驿站启用。附近还有竹园社区工会驿站可去,24小时开放。",
            {"枫林": "", "竹园": "24/7"},
        ),
    ],
)
def test_whose_hours_they_are(text: str, hours: dict[str, str], places: Places) -> None:
    found = {name[:2]: place.opening_hours for name, place in places(LEAD + text).items()}
    assert found == hours


def test_former_and_latter_are_the_two_named_last(places: Places) -> None:
    text = "枫林社区工会驿站和竹园社区工会驿站启用,前者有微波炉,后者有淋浴间。"
    found = {name[:2]: place.facilities for name, place in places(LEAD + text).items()}
    assert found == {"枫林": ("microwave",), "竹园": ("shower",)}


@pytest.mark.parametrize(
    ("text", "facilities"),
    [
        (
            "一、昭阳公园工会驿站\n设施:饮水机、微波炉\n二、五金城工会驿站\n设施:同上,另有打气筒",
            {"昭阳": "drinking_water microwave", "五金": "drinking_water microwave pump"},
        ),
        (
            "枫林社区工会驿站有热水。竹园社区工会驿站预计国庆前装修好,届时会有淋浴间。",
            {"枫林": "drinking_water", "竹园": ""},
        ),
        (
            "枫林社区工会驿站有充电口;没有微波炉,想热饭的往食堂打声招呼。",
            {"枫林": "charging"},
        ),
        (
            "枫林社区工会驿站有长椅。大堂另设血压计,仅供办理业务的客户使用。",
            {"枫林": "rest"},
        ),
        (
            "枫林社区工会驿站有长椅。投用一个月的竹园社区工会驿站里有空调。",
            {"枫林": "rest", "竹园": "air_conditioning"},
        ),
        ("枫林社区工会驿站外,一名快递员把雨披搭在车把上。", {"枫林": ""}),
        ("枫林社区工会驿站:饮水机无水,药箱药品过期。", {"枫林": ""}),
        ("枫林社区工会驿站有热水(微波炉待修)。", {"枫林": "drinking_water"}),
    ],
)
def test_each_place_has_its_own_facilities(
    text: str, facilities: dict[str, str], places: Places
) -> None:
    found = {name[:2]: " ".join(place.facilities) for name, place in places(LEAD + text).items()}
    assert found == facilities


def test_items_end_in_a_weak_head_where_the_text_is_about_such_stations(places: Places) -> None:
    title = "关于公布邵东市户外劳动者服务站点的通知\n"
    text = "一、昭阳公园服务站\n二、五金城服务站\n三、汽车东站服务站\n"
    assert len(places(title + text)) == 3
    assert places("邵东市社区卫生机构名单(骑手可就诊)\n" + text.replace("服务", "卫生服务")) == {}
