"""Merging: idempotent, order-free, and never across what the texts keep apart."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from geomap.model.records import Evidence, Mention
from geomap.stations.merge import merge_mentions

DISTRICTS = [("浙江省", "杭州市", "临安区"), ("浙江省", "杭州市", "余杭区"), ("", "", "")]
NAMES = [
    "玲珑街道爱心驿家",
    "临安区玲珑街道爱心驿家",
    "玲珑街道工会驿站",
    "玲瓏街道愛心驛家",
    "一号门驿站",
    "二号门驿站",
    "1号门驿站",
    "余杭区玲珑街道驿站",
    "玲珑街道职工之家",
]


def mention(name: str, where: tuple[str, str, str] = ("", "", ""), **more: object) -> Mention:
    doc = str(more.pop("doc", "a.txt"))
    date = str(more.get("date", ""))
    start = int(str(more.pop("start", 0)))
    values: dict[str, object] = {"kind": "station", "story": 0, **more}
    return Mention(
        doc=doc,
        name=name,
        province=where[0],
        city=where[1],
        district=where[2],
        evidence=(Evidence(doc, name, start, start + len(name), date),),
        **values,  # type: ignore[arg-type]
    )


@st.composite
def mentions(draw: st.DrawFn) -> list[Mention]:
    return [
        mention(
            draw(st.sampled_from(NAMES)),
            draw(st.sampled_from(DISTRICTS)),
            doc=draw(st.sampled_from(["a.txt", "b.txt"])),
            start=draw(st.integers(0, 3)),
            date=draw(st.sampled_from(["", "2020-01-01", "2024-05-06"])),
            opening_hours=draw(st.sampled_from(["", "24/7", "Mo-Su 08:00-18:00"])),
            kind=draw(st.sampled_from(["station", "workers_home", "mobile_station"])),
        )
        for _ in range(draw(st.integers(0, 7)))
    ]


@given(mentions())
def test_merging_twice_is_merging_once(found: list[Mention]) -> None:
    once = merge_mentions(found)
    assert merge_mentions(once) == once


@given(mentions(), st.randoms(use_true_random=False))
def test_order_does_not_matter(found: list[Mention], chance: random.Random) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert merge_mentions(shuffled) == merge_mentions(found)


@given(mentions())
def test_no_evidence_is_lost(found: list[Mention]) -> None:
    before = {evidence for m in found for evidence in m.evidence}
    assert {evidence for m in merge_mentions(found) for evidence in m.evidence} == before


def test_newest_document_gives_the_facts_and_both_are_quoted() -> None:
    old = mention(
        "玲珑街道爱心驿家",
        doc="old.txt",
        date="2020-01-01",
        opening_hours="24/7",
        address="一路1号",
    )
    new = mention(
        "玲珑街道爱心驿家", doc="new.txt", date="2024-01-01", opening_hours="Mo-Su 08:00-18:00"
    )
    (merged,) = merge_mentions([old, new])
    assert merged.opening_hours == "Mo-Su 08:00-18:00"
    assert merged.address == "一路1号"
    assert [e.doc for e in merged.evidence] == ["new.txt", "old.txt"]


def test_other_district_other_place() -> None:
    found = [mention("玲珑街道驿站", DISTRICTS[0]), mention("玲珑街道驿站", DISTRICTS[1])]
    assert len(merge_mentions(found)) == 2


def test_one_that_fits_two_places_stays_alone() -> None:
    found = [mention("玲珑街道驿站", where) for where in DISTRICTS]
    assert len(merge_mentions(found)) == 3


def test_ordinals_and_kinds_keep_places_apart() -> None:
    assert len(merge_mentions([mention("一号门驿站"), mention("二号门驿站")])) == 2
    assert len(merge_mentions([mention("1号门驿站"), mention("2号门驿站")])) == 2
    assert (
        len(
            merge_mentions(
                [mention("玲珑街道驿站"), mention("玲珑街道职工之家", kind="workers_home")]
            )
        )
        == 2
    )


def test_counts_are_never_merged_into_places() -> None:
    counted = mention("玲珑街道驿站", mappable=False, count=6)
    assert len(merge_mentions([counted, counted, mention("玲珑街道驿站")])) == 2
