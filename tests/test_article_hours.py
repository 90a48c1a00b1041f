"""The hour phrases of the articles, read by `parse_hours` and compared with their labels."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from geomap.hours import parse_hours

PHRASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "articles" / "hours.jsonl").read_text("utf-8").splitlines()
]
#: All 91 phrases are read as labelled; the labels are another engineer's.
FLOOR = 91


def _plain(osm: str | None) -> str:
    """Every day and public holidays may be written or left out: both mean the same door."""
    bare = re.sub(r";\s*PH off|^Mo-Su\s+", "", osm or "")
    return re.sub(r"\s+", "", bare)


def _read(words: str) -> str:
    parsed = parse_hours(words)
    return _plain(parsed.osm if parsed else None)


def test_most_phrases_are_read_as_labelled() -> None:
    right = [row for row in PHRASES if _read(row["words"]) == _plain(row["opening_hours"])]
    assert len(right) >= FLOOR


@pytest.mark.parametrize(
    "row", [row for row in PHRASES if row["opening_hours"] is None], ids=lambda row: row["words"]
)
def test_no_hours_are_made_of_words_without_any(row: dict[str, str]) -> None:
    assert not _read(row["words"])
