"""The names that riders may look for: one point each, a street by the middle of its lines."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from geomap.ground import list_names, names, read_ground
from geomap.pages.everywhere import draw_named
from tests.ground.town import at, write_town


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    return list_names(read_ground([write_town(tmp_path_factory.mktemp("town") / "town.osm.pbf")]))


def test_streets_landmarks_and_quarters_have_a_point(found: pd.DataFrame) -> None:
    kinds = {kind: sorted(part.name) for kind, part in found.groupby("kind")}
    assert kinds == {
        "street": ["学院路", "月泉路", "清华东路"],
        "place": ["中国农业大学（东区）", "六道口", "康复医院", "康复医院", "月泉公园"],
        "quarter": ["石板房", "静淑苑"],
    }
    road = found[found.name == "清华东路"].iloc[0]
    assert (road.lon, road.lat) == pytest.approx(at(0, 0), abs=1e-6)


def test_of_too_many_names_the_largest_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: pd.DataFrame
) -> None:
    monkeypatch.setattr(names, "MOST_NAMES", 2)
    few = list_names(read_ground([write_town(tmp_path / "town.osm.pbf")]))
    assert sorted(few.name) == ["学院路", "清华东路"] and len(found) > 2


def test_no_sensitive_name_is_drawn(found: pd.DataFrame) -> None:
    drawn = str(draw_named(found, ["农业大学"]))
    assert "农业大学" not in drawn and "学院路" in drawn
