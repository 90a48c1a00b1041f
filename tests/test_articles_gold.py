"""The labels of tests/articles agree with the articles and with the words of the contracts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from opening_hours import validate

from geomap.model.tables import ACCESSES, FACILITIES, KINDS, STATUSES

ARTICLES = Path(__file__).parent / "articles"
SUFFIXES = (".txt", ".md", ".html")
ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (ARTICLES / "gold.jsonl").read_text("utf-8").splitlines()
]
NEGATIVES = (ARTICLES / "negatives.txt").read_text("utf-8").split()
LABELS = [f"{row['doc']}:{row['name']}" for row in ROWS]
COLUMNS = (
    "doc", "name", "kind", "status", "province", "city", "district", "township", "community",
    "address", "opening_hours", "facilities", "mappable", "count", "evidence", "date",
    "optional", "inferred", "aliases",
)  # fmt: skip


def _articles() -> set[str]:
    return {p.name for p in ARTICLES.glob("[adn][0-9]*") if p.suffix in SUFFIXES}


def _is_expected(row: dict[str, Any]) -> bool:
    return row["mappable"] and not row["optional"]


def test_every_article_is_labelled_or_negative() -> None:
    labelled = {row["doc"] for row in ROWS}
    assert labelled.isdisjoint(NEGATIVES)
    assert labelled | set(NEGATIVES) == _articles()


def test_corpus_is_large_enough() -> None:
    assert len(_articles()) - len(NEGATIVES) >= 40
    assert len(NEGATIVES) >= 10
    assert len({row["province"] for row in ROWS}) >= 25


@pytest.mark.parametrize("row", ROWS, ids=LABELS)
def test_row_keeps_the_contract(row: dict[str, Any]) -> None:
    assert tuple(row) == COLUMNS
    assert row["kind"] in KINDS
    assert row["status"] in STATUSES
    assert set(row["facilities"]) <= set(FACILITIES)
    assert len(set(row["facilities"])) == len(row["facilities"])
    assert row["mappable"] == (row["count"] is None)


@pytest.mark.parametrize("row", ROWS, ids=LABELS)
def test_evidence_stands_in_the_article(row: dict[str, Any]) -> None:
    assert row["evidence"] in (ARTICLES / row["doc"]).read_text("utf-8")


@pytest.mark.parametrize("hours", sorted({r["opening_hours"] or "24/7" for r in ROWS}))
def test_hours_are_osm_syntax(hours: str) -> None:
    assert validate(hours)


def test_hours_come_in_many_forms() -> None:
    assert len({row["opening_hours"] for row in ROWS if row["opening_hours"]}) >= 20


def test_every_facility_and_status_occurs() -> None:
    assert {key for row in ROWS if _is_expected(row) for key in row["facilities"]} == set(
        FACILITIES
    )
    # What a ledger alone can say: shut for a time, or a word nobody can read.
    assert {row["status"] for row in ROWS} == set(STATUSES) - {"suspended", "unknown"}


def test_no_place_is_labelled_twice() -> None:
    places = [(row["doc"], row["district"], row["name"]) for row in ROWS if _is_expected(row)]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("name", ["access.jsonl", "services.jsonl"])
def test_further_labels_speak_of_labelled_places(name: str) -> None:
    known = {(row["doc"], row["name"]) for row in ROWS}
    for line in (ARTICLES / name).read_text("utf-8").splitlines():
        row = json.loads(line)
        assert (row["doc"], row["name"]) in known
        assert row["evidence"] in (ARTICLES / row["doc"]).read_text("utf-8")
        assert row.get("access", "unknown") in ACCESSES


def test_hour_phrases_stand_in_their_articles() -> None:
    for line in (ARTICLES / "hours.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        assert row["words"] in (ARTICLES / row["doc"]).read_text("utf-8")
        assert row["opening_hours"] is None or validate(row["opening_hours"])


def test_merge_pairs_are_labelled_places() -> None:
    known = {(row["doc"], row["name"]) for row in ROWS}
    for line in (ARTICLES / "merges.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        assert {tuple(row["a"]), tuple(row["b"])} <= known
