"""Readings of characters, and of names whose characters have several."""

import subprocess
import sys

from geomap.text.pinyin import list_readings, spell_initials


def test_a_character_has_all_its_readings_and_a_name_has_one():
    assert set(list_readings("重")) == {"zhong", "chong", "tong"}
    assert list_readings("女")[0] == "nv" and list_readings("a") == ()
    assert spell_initials("酒仙桥") == "jxq"
    assert spell_initials("重庆路") == "cql" and spell_initials("朝阳区A") == "cyq"


def test_phrases_are_loaded_when_a_name_needs_them():
    words = (
        "import sys; from geomap.text.pinyin import *;"
        "print(spell_initials('酒仙桥'), 'pypinyin.phrases_dict' in sys.modules,"
        " spell_initials('重庆路'), 'pypinyin.phrases_dict' in sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, check=True, timeout=120
    )
    assert said.stdout.split() == ["jxq", "False", "cql", "True"]
