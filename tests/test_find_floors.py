"""Floors of the finder on labelled articles: our own always, the shared ones where they lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from geomap.divisions import Divisions, read_divisions
from geomap.find import Lexicon, read_lexicon
from tests.scorer import Score, find_rows, read_labels, score

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "tests" / "articles"
LABELLED = ROOT.parent / "shared" / "labelled"


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    return read_divisions(ROOT / "geodata")


@pytest.fixture(scope="module")
def words() -> Lexicon:
    return read_lexicon(ROOT / "geodata" / "words.toml")


def measure(folder: Path, labels: Path, divisions: Divisions, words: Lexicon) -> Score:
    return score(read_labels(labels), find_rows(folder, divisions, words))


def test_own_articles(divisions: Divisions, words: Lexicon) -> None:
    reached = measure(ARTICLES, ARTICLES / "gold.jsonl", divisions, words)
    assert reached.name_f1 >= 0.96
    assert reached.district_f1 >= 0.95
    assert reached.composed_recall >= 0.88
    assert reached.hours >= 0.87
    assert reached.facilities_f1 >= 0.92
    assert reached.counts_f1 >= 0.93
    assert reached.strays == 0


@pytest.mark.skipif(not LABELLED.exists(), reason="the labelled set is not beside the project")
@pytest.mark.parametrize(
    ("folder", "labels", "name_f1", "district_f1"),
    [
        ("seeds", "seeds_gold.jsonl", 0.92, 0.88),
        ("labelled/articles", "articles_gold.jsonl", 0.90, 0.85),
    ],
)
def test_labelled_set(
    folder: str,
    labels: str,
    name_f1: float,
    district_f1: float,
    divisions: Divisions,
    words: Lexicon,
) -> None:
    reached = measure(LABELLED.parent / folder, LABELLED / labels, divisions, words)
    assert reached.name_f1 >= name_f1
    assert reached.district_f1 >= district_f1
    assert reached.composed_recall >= 0.75
    assert reached.hours >= 0.90
    assert reached.facilities_f1 >= 0.85
    assert reached.counts_f1 >= 0.85
    assert reached.strays == 0


def test_the_measure_sees_a_missing_and_an_invented_place() -> None:
    label = {
        "doc": "a",
        "name": "金园社区驿站",
        "kind": "station",
        "province": None,
        "city": None,
        "district": None,
        "opening_hours": None,
        "facilities": [],
        "mappable": True,
        "count": None,
        "optional": False,
        "inferred": False,
        "aliases": [],
    }
    row = {**label, "name": "金园社区户外劳动者驿站"}
    stray = {**label, "doc": "b", "name": "银行大楼驿站"}
    assert score([label], [row]).name_f1 == 1.0
    assert score([label], []).name_f1 == 0.0
    assert score([label], [row, stray]).strays == 1
    assert score([label], [row, stray]).name_f1 == pytest.approx(2 / 3)
