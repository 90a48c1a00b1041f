"""Private numbers and names, however they are written; and what is none of them."""

import csv
import gzip
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.privacy import has_personal_data, mask_people
from geomap.privacy.digits import read_digits
from geomap.privacy.masking import find_private, mask, may_be_private

SHARED = Path(__file__).parents[2] / "shared"

MOBILES = [
    "13800138000", "138.0013.8000", "138 0013 8000", "138-0013-8000", "138—0013—8000",
    "138_0013_8000", "138/0013/8000", "138·0013·8000", "(138)0013-8000", "[138][0013][8000]",
    "0086 13800138000", "+86-138-0013-8000", "8613800138000", "013800138000",
    "１３８００１３８０００", "１３８－００１３－８０００", "①③⑧⓪⓪①③⑧⓪⓪⓪", "⑴⑶⑻⓪⓪⑴⑶⑻⓪⓪⓪",
    "一三八零零一三八零零零", "幺三八 零零幺三 八零零零", "壹叁捌〇〇壹叁捌〇〇〇",
    "1 3 8 0 0 1 3 8 0 0 0", "1、3、8、0、0、1、3、8、0、0、0", "13 80 01 38 00 0",
    "\u200b".join("13800138000"), "\ufe0f\u20e3".join("13800138000"), "138\n0013\n8000",
    "138OO138OOO", "1992Ol34524", "l38OOl38OOO", "१३८००१३८०००", "𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎", "1-380-013-8000",
    "138 0013 8000 转 8", "138**0013**8000", "138……0013…8000", "138\u22120013\u22128000",
    "138接0013接8000", "１３８点００１３点８０００", "\u202e00083100831\u202c",
    "\u202e0008 3100 831",
]  # fmt: skip
OTHERS = [
    "110101199003071233", "11010119900307123X", "110101 19900307 1234", "110101-900307-123",
    "110101900307123", "6228480402564890018", "4111 1111 1111 1111", "卡号 62220200112233",
    "京A12345", "京A·12345", "京AD12345", "粤B 12345D", "沪a·d1234f", "微信号：abc_123",
    "微信：zhangsan", "VX: zs13800", "wxid_abc123def", "QQ：12345678", "QQ号 1234 5678",
    "zhangsan@qq.com", "zhangsan＠163.com", "zhangsan(at)163.com",
]  # fmt: skip
#: What a station needs, and what only looks like a number of a person.
KEPT = [
    "010-8888 8888", "010-88888888转8001", "0571-85023456", "020 81234567", "400-138-0013",
    "4001380013", "800-810-8888", "12351", "12345", "110", "0531-8888888、8888889",
    "62345678 62345679", "京工发〔2023〕12号", "2023-11-20", "08:00-20:00", "1300-1700 1800-2000",
    "8:00-12:00 13:30-17:30", "8.00-12.00 13.30-17.30", "113.564525,34.819187",
    "131.234567 46.123456", "116.397428 39.908712", "100026", "110105-0001", "20231120001",
    "中山路13号15栋1801室", "13-15、17-19号", "1995-2005-123", "1995.10.12.080", "京藏高速G6",
    "川A座", "第十三届一九九八年", "gonghui@163.com", "bjzgh@bjzgh.org.cn",
    "微信公众号：beijing12351", "QQ群：12345678", "430381001000", "乘138路1234路5678路",
    "138人、1234人、5678人",
    "\u202e12345\u202c",
]  # fmt: skip
NAMED = [
    "联系人 张三", "联系人：王小明 电话 010-88888888", "负责人：李四", "张三 13800138000",
    "站长 李四", "张三（13800138000）",
    "13800138000 李四", "和平路驿站张三13800138000", "王师傅", "王小明师傅",
    "请找张三开门", "店长王五负责", "联系人：张三、李四", "联系人欧阳修", "车主李四 京A12345",
    "联系人：买买提·吐尔逊", "小王 13800138000", "王主任", "李站长 010-88888888", "填报人：王五",
]  # fmt: skip
NOBODY = [
    "张自忠路", "李宁体育园", "王府井", "白云路", "高德地图", "王师傅快餐店", "劳模李素丽工作室",
    "联系人 白云路10号", "负责人办公室", "找不到可问保安", "请联系方庄街道", "保安农场", "田师傅镇",
    "东城管理委员会", "24小时值班", "老师傅食堂", "保安应急点",
    "货车师傅歇脚屋", "龙门三区物业楼一层",
]  # fmt: skip


@pytest.mark.parametrize("written", [*MOBILES, *OTHERS])
@pytest.mark.parametrize("kind", ["prose", "words", "place", "file"])
def test_a_personal_number_is_found_however_it_is_written(written: str, kind: str) -> None:
    text = f"驿站三号，{written}，每天 8:00-20:00"
    found = find_private(text, kind)
    masked = mask(text, found)
    assert len(masked) == len(text) and masked.startswith("驿站三号，")
    assert masked.endswith("，每天 8:00-20:00")
    left = sum(each.isdigit() for each in read_digits(masked[5:-13]))
    assert left <= 1 if "转" in written else left == 0, masked


@pytest.mark.parametrize("written", KEPT)
def test_public_numbers_days_hours_and_places_stay(written: str) -> None:
    text = f"和平里驿站 {written}"
    assert mask(text, find_private(text, "words")) == text


@pytest.mark.parametrize("written", NAMED)
@pytest.mark.parametrize("kind", ["prose", "words", "place"])
def test_a_name_with_a_mark_of_a_person_is_found(written: str, kind: str) -> None:
    masked = mask(written, find_private(written, kind))
    for name in ("张三", "王小明", "李四", "王五", "欧阳修", "买买提", "小王", "王师傅", "王主任"):
        assert name not in masked


#: How clerks name people in notes, sources and telephone cells.
NAMINGS = [
    "{}收", "有事找{}", "{}（站长）", "站点负责人{}", "由{}值守", "{}，13800138000", "{} 主任",
    "电话：010-88888888（{}）", "{} 010-88886666", "{}:010-88886666", "管理员为{}", "请与{}联系",
    "值班人员：{}、李四", "户主{}", "{}同志", "社区干部{}", "由{}提供", "{}供图", "{} 摄",
    "志愿者{}", "联系人（{}）", "联系人／{}", "找{}拿钥匙", "{} 负责", "书记{}", "社工{}",
    "物业{}", "保安{}", "{}（电话13800138000）", "Tel 13800138000 {}", "网格长{}", "第一书记：{}",
    "工会主席{}", "发布人：{}", "编辑：{}", "联系人是{}", "联系{}，010-88886666",
    "{}、李四 13800138000", "{}本人", "法人：{}", "咨询{}", "{}老师 13800138000",
]  # fmt: skip
PEOPLE = ("王小明", "张三", "欧阳修", "李娜", "赵国栋", "洪亮", "陳靜")


@pytest.mark.parametrize("kind", ["words", "file"])
def test_clerks_ways_to_name_somebody_are_known(kind: str) -> None:
    texts = [(naming.format(name), name) for naming in NAMINGS for name in PEOPLE]
    assert all(may_be_private(text, kind) for text, _ in texts)
    missed = [text for text, name in texts if name in mask(text, find_private(text, kind))]
    assert len(texts) > 250 and missed == []


@pytest.mark.parametrize("written", NOBODY)
def test_parts_of_places_are_no_names(written: str) -> None:
    assert find_private(written, "place") == []


@given(st.text(alphabet="13800138OOl一三八 -.、号张王师傅联系人：@qcom\u200b①", max_size=60))
def test_masking_twice_is_masking_once_and_says_that_it_happened(text: str) -> None:
    masked = mask_people(text)
    assert len(masked) == len(text)
    assert mask_people(masked) == masked
    assert has_personal_data(masked) == has_personal_data(text)


def _real_names() -> list[str]:
    stations = SHARED / "data" / "real" / "zhengzhou_stations.csv"
    points = SHARED / "data" / "points_china_gcj02.csv.gz"
    if not (stations.exists() and points.exists()):
        pytest.skip("the lists of real names are not here")
    rows = csv.DictReader(stations.read_text(encoding="utf-8-sig").splitlines())
    texts = [text for row in rows for text in (row["name"], row["address"])]
    with gzip.open(points, "rt", encoding="utf-8-sig") as lines:
        return texts + [line.split(",")[1] for line in itertools.islice(lines, 1, 20_001)]


def test_no_name_of_a_real_place_loses_a_character() -> None:
    texts = _real_names()
    assert len(texts) > 20_000
    assert [text for text in texts if find_private(text, "place")] == []
