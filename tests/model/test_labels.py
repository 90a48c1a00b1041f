"""Every key of every closed list has one name in each language, and words.toml alone gives it."""

from __future__ import annotations

from pathlib import Path

import pytest

from geomap.model.labels import read_labels, shipped_labels
from geomap.model.records import SettingsError
from geomap.model.tables import ACCESSES, FACILITIES, KINDS, PRECISIONS, STATUSES
from geomap.pages.planner_stations import LAYERS
from geomap.plan import ACTIONS

LISTS = {
    "kind": KINDS, "status": STATUSES, "access": ACCESSES, "precision": PRECISIONS,
    "facility": FACILITIES, "layer": LAYERS,
    "outcome": ("inside", "border", "sea", "foreign", "city-only", "none"),
    "action": ACTIONS,
    "unit": ("people", "km2", "people-hours a week", "km2-hours a week"),
    "verdict": ("confirmed", "partly", "unknown", "contradicted"),
}  # fmt: skip


@pytest.mark.parametrize("column", LISTS)
def test_every_key_is_named(column: str) -> None:
    labels = shipped_labels()[column]
    assert set(labels) == set(LISTS[column])
    assert all(zh and en for key, (zh, en) in labels.items() if key != "inside")


def test_a_folder_may_call_things_otherwise(tmp_path: Path) -> None:
    words = tmp_path / "words.toml"
    words.write_text('[facilities]\n[labels.kind]\nstation = ["暖巢", "Nest"]\n', encoding="utf-8")
    labels = read_labels(words)
    assert labels["kind"]["station"] == ("暖巢", "Nest")
    assert labels["kind"]["rest_room"] == shipped_labels()["kind"]["rest_room"]


def test_a_label_without_its_english_is_refused(tmp_path: Path) -> None:
    words = tmp_path / "words.toml"
    words.write_text('[facilities]\n[labels.kind]\nstation = ["暖巢"]\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"words.toml.*labels.kind.*station"):
        read_labels(words)
