"""Names lead to today's codes; homonyms are decided by what stands beside them, or not at all."""

from __future__ import annotations

import time
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.divisions import Divisions, NameHit, lies_in, read_divisions, short_name
from geomap.model.records import InputError

GEODATA = Path(__file__).parent.parent / "geodata"


@pytest.fixture(scope="module")
def china() -> Divisions:
    return read_divisions(GEODATA)


def codes(hit: NameHit) -> list[str]:
    return [place.code for place in hit.candidates]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (("浙江省", "杭州市", "临安区"), ["330112"]),
        (("浙江", "杭州", "临安市"), ["330112"]),
        (("", "", "临安县"), ["330112"]),
        (("北京市", "", "延庆县"), ["110119"]),
        (("", "杭州市", "江干区"), ["330102", "330114"]),
        (("", "杭州市", "下城区"), ["330105"]),
        (("河北省", "邢台市", "邢台县"), ["130502", "130503"]),
        (("河北", "邢台", "桥西区"), ["130503"]),
        (("河北省", "石家庄市", "桥西区"), ["130104"]),
        (("河北省", "石家庄市", "桥东区"), ["130102", "130104"]),
        (("浙江省", "绍兴市", "绍兴县"), ["330603"]),
        (("北京", "", "崇文区"), ["110101"]),
        (("北京市", "北京市", "朝阳"), ["110105"]),
        (("吉林省", "长春市", "朝阳区"), ["220104"]),
        (("", "", "杭州市临安区"), ["330112"]),
        (("广东省", "东莞市", ""), ["441900"]),
        (("河南省", "济源市", ""), ["419001"]),
        (("", "昆山市", ""), ["320583"]),
        (("安徽省", "巢湖市", "庐江县"), ["340124"]),
        (("重庆市", "", "江北区"), ["500157"]),
    ],
)
def test_stated_places_mean_todays_districts(
    china: Divisions, stated: tuple[str, str, str], expected: list[str]
) -> None:
    assert sorted(china.resolve(*stated).codes) == expected


def test_a_homonym_stays_open_until_something_decides(china: Divisions) -> None:
    assert china.resolve(district="朝阳区").ambiguous
    assert china.resolve(district="朝阳区", township="酒仙桥街道").codes == ("110105",)


def test_an_unknown_or_contradicting_word_is_named(china: Divisions) -> None:
    assert china.resolve("浙江省", "杭州市", "火星区").unknown == ("火星区",)
    assert china.resolve("浙江省", "杭州市", "朝阳区").unknown == ("朝阳区",)


def test_township_lies_in_the_stated_district(china: Divisions) -> None:
    placed = china.resolve("浙江省", "湖州市", "德清县", "新市镇")
    assert [town.code for town in placed.townships] == ["330521114"]
    office = china.resolve("浙江省", "绍兴市", "绍兴县", "柯桥街道办事处")
    assert [town.name for town in office.townships] == ["柯桥街道"]
    assert len(china.resolve(township="新市镇").townships) > 1


def test_a_district_that_kept_its_name_may_reach_into_its_heir(china: Divisions) -> None:
    yuhang = china.resolve("浙江省", "杭州市", "余杭区")
    assert yuhang.codes == ("330110",) and yuhang.holds("330113")
    assert not yuhang.holds("330106")
    moved = china.resolve("浙江省", "杭州市", "余杭区", "南苑街道")
    assert moved.codes == ("330113",) and [t.name for t in moved.townships] == ["南苑街道"]
    assert codes(china.scan("杭州市余杭区")[1]) == ["330110"]
    unknown = china.resolve("浙江省", "杭州市", "余杭区", "火星街道")
    assert unknown.unknown == ("火星街道",) and unknown.codes == ("330110",)


def test_an_abbreviated_township_is_the_only_one_it_can_be(china: Divisions) -> None:
    wide = china.resolve("北京市", "北京市", "西城区", "广外街道")
    assert [town.name for town in wide.townships] == ["广安门外街道"]
    assert china.resolve("北京市", "北京市", "西城区", "广街道").unknown == ("广街道",)
    assert china.resolve("北京市", "北京市", "西城区", "(街道").unknown == ("(街道",)


def test_a_stated_place_holds_its_successors_points(china: Divisions) -> None:
    assert china.resolve("浙江省", "杭州市", "江干区").holds("330114")
    assert not china.resolve("浙江省", "杭州市", "江干区").holds("330105")
    assert china.resolve("北京市").holds("110108")
    assert not china.resolve("北京市").holds("")


def test_scan_cuts_where_most_is_covered(china: Divisions) -> None:
    assert [hit.written for hit in china.scan("济南市中区")] == ["济南", "市中区"]
    assert [hit.written for hit in china.scan("北京市朝阳区总工会")] == ["北京市", "朝阳区"]


def test_scan_narrows_homonyms_by_the_name_before(china: Divisions) -> None:
    assert codes(china.scan("北京市朝阳区")[1]) == ["110105"]
    assert codes(china.scan("长春市朝阳区")[1]) == ["220104"]
    assert len(china.scan("朝阳区")[0].candidates) == 2


def test_scan_flags_what_is_no_proof(china: Divisions) -> None:
    assert china.scan("西安社区")[0].part
    assert china.scan("世界和平")[0].ordinary
    hit = china.scan("临安市的服务站")[0]
    assert hit.former and codes(hit) == ["330112"]
    assert china.scan("海淀的服务站")[0].short


def test_short_township_names_need_the_story_to_be_there(china: Divisions) -> None:
    assert not [hit for hit in china.scan("玲珑的工人") if hit.written == "玲珑"]
    assert codes(china.scan("玲珑的工人", ["330112"])[0]) == ["330112002"]
    assert codes(china.scan("学府街", ["120104"])[0]) == ["120104006"]
    assert not china.scan("各乡镇街道要把服务做好")
    assert not [hit for hit in china.scan("在工业园区和前进路") if not hit.ordinary]


def test_former_names_that_are_ordinary_words_do_not_fire(china: Divisions) -> None:
    assert [hit.written for hit in china.scan("济南市区")] == ["济南市"]
    assert all(hit.ordinary and hit.short for hit in china.scan("新区的郊区"))


def test_district_offices_of_beijing(china: Divisions) -> None:
    assert [town.name for town in china.scan("金盏地区")[0].candidates] == ["金盏乡"]
    placed = china.resolve("北京市", "北京市", "朝阳区", "金盏地区办事处")
    assert [town.name for town in placed.townships] == ["金盏乡"]


@settings(deadline=None)  # the first call builds the automaton
@given(st.text(alphabet="北京市朝阳区临安德清新镇街道工会站济南中", max_size=40))
def test_hits_never_overlap_and_say_what_is_written(text: str) -> None:
    hits = read_once().scan(text)
    assert all(text[hit.start : hit.end] == hit.written for hit in hits)
    assert all(a.end <= b.start for a, b in pairwise(hits))


@cache
def read_once() -> Divisions:
    return read_divisions(GEODATA)


def test_best_takes_the_homonym_nearest_to_the_story(china: Divisions) -> None:
    both = china.named("朝阳区", "district")
    chosen = china.best(both, ["110000"])
    assert chosen is not None and chosen.code == "110105"
    assert china.best(both, []) is None
    jilin = china.scan("吉林")[0].candidates
    assert [place.level for place in jilin] == ["province", "city"]
    province = china.best(jilin, [])
    assert province is not None and province.level == "province"


@pytest.mark.parametrize(
    ("name", "level", "short"),
    [
        ("内蒙古自治区", "province", "内蒙古"),
        ("恩施土家族苗族自治州", "city", "恩施"),
        ("浦东新区", "district", "浦东"),
        ("鄂伦春自治旗", "district", "鄂伦春"),
        ("威县", "district", ""),
        ("井陉矿区", "district", ""),
        ("酒仙桥街道", "township", "酒仙桥"),
    ],
)
def test_short_names(name: str, level: str, short: str) -> None:
    assert short_name(name, level) == short


def test_children_and_codes(china: Divisions) -> None:
    assert len(china.children("110000")) == 16
    assert {place.level for place in china.children("330100")} == {"district"}
    city, county = china.get("441900", "city"), china.get("441900")
    assert city is not None and county is not None and county.level == "district"
    assert lies_in("330112103", "330100") and not lies_in("330112", "330200")


def test_every_county_is_found_by_its_own_full_name(china: Divisions) -> None:
    lost = [
        place.code
        for place in china.all
        if place.level == "district"
        and place.code not in china.resolve(place.province, place.city, place.name).codes
    ]
    assert lost == []


def test_scan_is_fast(china: Divisions) -> None:
    text = "浙江省杭州市临安区玲珑街道的爱心驿家服务站点为户外劳动者提供服务，" * 3000
    china.scan("")
    started = time.process_time()
    china.scan(text)
    assert len(text.encode()) / (time.process_time() - started) > 250_000


def test_a_missing_gazetteer_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"make_gazetteer\.py"):
        read_divisions(tmp_path)


def test_a_damaged_gazetteer_is_one_clear_error(tmp_path: Path) -> None:
    whole = (Path(__file__).parents[1] / "geodata/gazetteer.parquet").read_bytes()
    for damaged in (b"", whole[:5000], whole[:-300] + b"\xff" * 300, b"\0" * 900_000 + whole):
        (tmp_path / "gazetteer.parquet").write_bytes(damaged)
        with pytest.raises(InputError) as fault:
            read_divisions(tmp_path)
        assert fault.value.code == "parquet-damaged"
