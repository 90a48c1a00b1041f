"""Divisions as the English page spells them."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from geomap.pages.latin_names import spell, spell_divisions

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


def test_the_first_table_and_the_higher_division_are_heard_first():
    table = pd.DataFrame({"province": ["香港特别行政区"], "city": ["香港特别行政区"]})
    assert spell_divisions([table]) == {"香港特别行政区": "Hong Kong"}
