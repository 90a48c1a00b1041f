"""map.toml: defaults, and faults that say what to write instead."""

import re
from pathlib import Path

import pytest

from geomap.find.lexicon import read_lexicon
from geomap.model.records import SettingsError
from geomap.model.settings import Envelope, Settings, read_settings
from geomap.model.vocabulary import read_vocabulary


def settings_file(folder: Path, text: str) -> Path:
    path = folder / "map.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "map.toml") == Settings()


def test_the_headline_is_2500_m_of_road_in_ten_minutes() -> None:
    headline = Settings().envelopes[1]
    assert headline.speed_kmh * 1000 / 60 * headline.minutes == headline.radius_m == 2500


def test_an_envelope_is_told_in_english_by_its_figures() -> None:
    told = [each.label_en for each in Settings().envelopes]
    assert told == ["1 km around", "10 min ride at 15 km/h", "10 min ride at 25 km/h"]
    assert Envelope("a", "步行", 1000.0, "network", 15.0, 4.0).label_en == "15 min walk at 4 km/h"
    assert Envelope("b", "某", 900.0, "network", 7.5).label_en == "7.5 min ride"


def test_what_is_written_wins(tmp_path: Path) -> None:
    text = 'title = "朝阳"\n[publish]\nreview_number = "京S(2026)001号"\n'
    settings = read_settings(settings_file(tmp_path, text))
    assert settings.title == "朝阳" and settings.publish.is_open


def test_own_envelopes_replace_the_three(tmp_path: Path) -> None:
    text = '[[envelope]]\nid = "walk"\nlabel = "步行"\nradius_m = 500\nmethod = "circle"\n'
    assert [each.id for each in read_settings(settings_file(tmp_path, text)).envelopes] == ["walk"]


WALK = "[[envelope]]\nid = 'x'\nlabel = 'X'\nradius_m = 500\n"


@pytest.mark.parametrize(
    "text, key, code, message",
    [
        ("titel = 'x'", "titel", "setting-unknown", "unknown key 'titel'"),
        ("[publish]\nnumber = 'x'", "publish.number", "setting-unknown", "review_number"),
        ("detour_factor = 0.9", "detour_factor", "setting-out-of-range", "at least 1"),
        ("detour_factor = 'much'", "detour_factor", "setting-no-number", "must be a number"),
        ("detour_factor = true", "detour_factor", "setting-no-number", "must be a number"),
        (
            "confirm_days = 0",
            "confirm_days",
            "setting-out-of-range",
            "at most 36500",
        ),
        ("confirm_days = 1.5", "confirm_days", "setting-no-number", "whole number"),
        ("confirm_days = 1e999", "confirm_days", "setting-no-number", "not inf"),
        (f"kerb_m = {'9' * 400}", "kerb_m", "setting-out-of-range", "at most 10000"),
        ("snap_m = nan", "snap_m", "setting-out-of-range", "not nan"),
        ("snap_m = {m = 5}", "snap_m", "setting-no-number", "must be a number"),
        ("title = 3", "title", "setting-no-text", "must be a text"),
        ("title = 2026-01-01", "title", "setting-no-text", "must be a text"),
        ("title = ' '", "title", "setting-empty", "is empty"),
        ('title = "a\\u001b[31m"', "title", "setting-no-line", "one line"),
        (f"title = '{'x' * 2000}'", "title", "setting-no-line", "at most 1000 characters"),
        ("envelope = 5", "envelope", "setting-no-envelopes", "[[envelope]]"),
        ("envelope = []", "envelope", "setting-no-envelopes", "1 to 12"),
        (WALK.replace("[[", "[").replace("]]", "]"), "envelope", "setting-no-envelopes", "[["),
        (WALK * 13, "envelope", "setting-no-envelopes", "1 to 12"),
        ("envelope = [5]", "envelope[1]", "setting-no-table", "must be a table"),
        (WALK + WALK, "envelope.id", "setting-repeated", "'x'"),
        (WALK.replace("500", "nan"), "envelope[1].radius_m", "setting-out-of-range", "not nan"),
        (WALK.replace("500", "-5"), "envelope[1].radius_m", "setting-out-of-range", "at least 1"),
        (WALK.replace("500", "inf"), "envelope[1].radius_m", "setting-out-of-range", "at most"),
        (WALK.replace("radius_m = 500", ""), "envelope[1].radius_m", "setting-missing", "radius_m"),
        (WALK.replace("'x'", "'a b'"), "envelope[1].id", "setting-no-id", "'a b'"),
        (WALK.replace("'x'", "''"), "envelope[1].id", "setting-no-id", "''"),
        (WALK.replace("'X'", "''"), "envelope[1].label", "setting-empty", "is empty"),
        (WALK + "method = 'fly'", "envelope[1].method", "setting-no-choice", "circle, network"),
        ("publish = 'x'", "publish", "setting-no-table", "must be a table"),
        ("[publish]\nkeep_editions = -1", "publish.keep_editions", "setting-out-of-range", "1000"),
        ("[publish]\nreview_number = 5", "publish.review_number", "setting-no-text", "a text"),
        ("[publish]\nreview_number = '   '", "publish.review_number", "setting-empty", "is empty"),
        ('[publish]\ndecision = "\\u3000\\u200b"', "publish.decision", "setting-empty", "empty"),
        ('title = "\\u200b"', "title", "setting-empty", "is empty"),
        ("[geocode]\nmay_store = 'yes'", "geocode.may_store", "setting-no-flag", "true or false"),
        ("[geocode]\nrate = 0", "geocode.rate", "setting-out-of-range", "at least 0.001"),
        ("report_to = '138-1234 5678'", "report_to", "setting-no-address", "no mobile"),
        ("report_to = '13812345678'", "report_to", "setting-no-address", "no mobile"),
        ("report_to = '+86-138-12345678'", "report_to", "setting-no-address", "no mobile"),
        ("tiles = 5", "tiles", "setting-no-table", "must be a table"),
        ("tiles.a = 5", "tiles.a", "setting-no-table", "must be a table"),
        ("[tiles.a]\nid = 'b'", "tiles.a.id", "setting-unknown", "unknown key 'id'"),
        ("[tiles.a]", "tiles.a.url", "setting-missing", "url is missing"),
        ("[tiles.'a b']", "tiles.a b.id", "setting-no-id", "'a b'"),
        ("title = ", "", "toml-unreadable", "not readable as TOML"),
        ("title = 'a'\ntitle = 'b'", "", "toml-unreadable", "not readable as TOML"),
        (f"a = {'[' * 9000}", "", "toml-unreadable", "too deeply"),
        (f"snap_m = {'9' * 9000}", "", "toml-unreadable", "digits"),
    ],
)
def test_a_fault_is_named_with_its_key_and_what_is_allowed(
    tmp_path: Path, text: str, key: str, code: str, message: str
) -> None:
    with pytest.raises(SettingsError, match=re.escape(message)) as caught:
        read_settings(settings_file(tmp_path, text))
    assert (key, code) in {(fault.column, fault.code) for fault in caught.value.findings}
    assert {fault.file for fault in caught.value.findings} == {"map.toml"}
    assert all(len(fault.message) < 400 for fault in caught.value.findings)


def test_settings_of_another_encoding_are_told_the_line(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_bytes("# 甲\ntitle = 1\n".encode("gb18030"))
    with pytest.raises(SettingsError) as caught:
        read_settings(tmp_path / "map.toml")
    (fault,) = caught.value.findings
    assert (fault.row, fault.code) == (1, "toml-encoding")


@pytest.mark.parametrize("text", ["", "facilities = 5", "[facilities]\nrest = 5", "kinds = [1]"])
def test_words_of_another_shape_are_one_clear_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "words.toml").write_text(text, encoding="utf-8")
    for read in (read_vocabulary, read_lexicon):
        with pytest.raises(SettingsError, match=r"words\.toml"):
            read(tmp_path / "words.toml")


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"one.*two"):
        read_settings(settings_file(tmp_path, "one = 1\ntwo = 2\n"))
