"""map.toml: defaults, and faults that say what to write instead."""

from pathlib import Path

import pytest

from geomap.records import SettingsError
from geomap.settings import Settings, read_settings


def settings_file(folder: Path, text: str) -> Path:
    path = folder / "map.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "map.toml") == Settings()


def test_the_headline_is_2500_m_of_road_in_ten_minutes() -> None:
    headline = Settings().envelopes[1]
    assert headline.speed_kmh * 1000 / 60 * headline.minutes == headline.radius_m == 2500


def test_what_is_written_wins(tmp_path: Path) -> None:
    text = 'title = "朝阳"\n[publish]\nreview_number = "京S(2026)001号"\n'
    settings = read_settings(settings_file(tmp_path, text))
    assert settings.title == "朝阳" and settings.publish.is_open


def test_own_envelopes_replace_the_three(tmp_path: Path) -> None:
    text = '[[envelope]]\nid = "walk"\nlabel = "步行"\nradius_m = 500\nmethod = "circle"\n'
    assert [each.id for each in read_settings(settings_file(tmp_path, text)).envelopes] == ["walk"]


@pytest.mark.parametrize(
    "text, message",
    [
        ("titel = 'x'", "unknown key 'titel'"),
        ("[publish]\nnumber = 'x'", "unknown key 'number'"),
        ("detour_factor = 0.9", "at least 1"),
        ("detour_factor = 'much'", "must be a number"),
        ("confirm_days = 0", "greater than 0"),
        ("title = 3", "must be a text"),
        ("[[envelope]]\nid = 'x'", "radius_m"),
        ("title = ", "not readable as TOML"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        read_settings(settings_file(tmp_path, text))


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"one.*two"):
        read_settings(settings_file(tmp_path, "one = 1\ntwo = 2\n"))
