"""Divisions as the English page spells them."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from geomap.pages.latin_names import spell, spell_divisions, spell_near, spell_place
from geomap.pipeline.gaps import say_ways

DISTRICTS = Path(__file__).parents[2] / "geodata" / "districts.parquet"


@pytest.mark.parametrize(
    ("name", "level", "latin"),
    [
        ("陕西省", "province", "Shaanxi"), ("山西省", "province", "Shanxi"),
        ("内蒙古自治区", "province", "Inner Mongolia"), ("西安市", "city", "Xi'an"),
        ("六安市", "city", "Lu'an"), ("重庆市", "city", "Chongqing"),
        ("长治市", "city", "Changzhi"),
        ("恩施土家族苗族自治州", "city", "Enshi"), ("吕梁市", "city", "Lüliang"),
        ("朝阳区", "district", "Chaoyang"), ("威县", "district", "Weixian"),
        ("城区", "district", "Chengqu"), ("临城县", "district", "Lincheng"),
        ("浦东新区", "district", "Pudong"), ("井陉矿区", "district", "Jingxingkuangqu"),
        ("Somewhere <b>", "district", "Somewhere <b>"), ("", "city", ""),
    ],
)  # fmt: skip
def test_a_division_is_spelt_without_what_sort_it_is(name, level, latin):
    assert spell(name, level) == latin


def test_every_division_of_the_country_has_letters_alone():
    columns = ["province", "city", "district"]
    names = spell_divisions([pd.read_parquet(DISTRICTS, columns=columns)])
    assert len(names) > 3000
    odd = {name for name, latin in names.items() if re.search("[^A-Za-z' ü]", latin)}
    assert odd == set()


def test_a_name_without_chinese_characters_is_left_out():
    table = pd.DataFrame({"township": ["酒仙桥街道", "somewhere", ""]})
    assert spell_divisions([table]) == {"酒仙桥街道": "Jiuxianqiao"}


def test_the_first_table_and_the_higher_division_are_heard_first():
    table = pd.DataFrame({"province": ["香港特别行政区"], "city": ["香港特别行政区"]})
    assert spell_divisions([table]) == {"香港特别行政区": "Hong Kong"}


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("学院路", "Xueyuan Road"), ("清华东路", "Qinghua East Road"),
        ("北四环中路", "Beisihuan Middle Road"), ("西单北大街", "Xidan North Street"),
        ("东路", "Dong Road"), ("长安街", "Chang'an Street"), ("六道口", "Liudaokou"),
        ("北京科技大学附属小学", "Beijing Keji Daxue Fushu Primary School"),
        ("地铁13号线", "Ditie 13 Haoxian"), ("石板房南里", "Shiban Fangnanli"),
        ("中国地质大学（北京）", "Zhongguo Dizhi Daxue (Beijing)"),
        ("路", "Lu"), ("Mannerheimintie", "Mannerheimintie"), ("", ""),
    ],
)  # fmt: skip
def test_a_place_is_read_aloud_with_what_it_is_in_english(name, latin):
    assert spell_place(name) == latin


@pytest.mark.parametrize(
    ("words", "latin"),
    [
        ("永丰街道以东", "east of Yongfeng Subdistrict"),
        ("汉阳区 永丰街道东南", "south-east of Yongfeng Subdistrict, Hanyang"),
        ("某镇一带", "around Mou Town"), ("汉阳区", "Hanyangqu"), ("", ""),
        ("Old Wharf以北", "north of Old Wharf"),
    ],
)  # fmt: skip
def test_where_a_gap_lies_is_said_in_english(words, latin):
    assert spell_near(words) == latin


def test_every_direction_has_an_english_word():
    here = np.array([[120.0, 30.0]] * 9)
    east, north = np.array([0, 1, 1, 0, -1, -1, -1, 0, 1]), np.array([0, 0, 1, 1, 1, 0, -1, -1, -1])
    ways = say_ways(shapely.points(here + 0.1 * np.column_stack([east, north])), here)
    told = [spell_near(f"某镇{way}") for way in ways]
    assert len(set(told)) == 9 and not any(re.search("[\u4e00-\u9fff]", each) for each in told)
