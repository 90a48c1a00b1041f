"""Mentions of one place become one, whatever their order, however often."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from geomap.merge import merge_mentions
from geomap.records import Evidence, Mention

NAMES = (
    "新市镇社工站户外劳动者服务站点",
    "社工站驿站",
    "德清县社工站",
    "1号驿站",
    "2号驿站",
    "职工之家",
)


def mention(name: str = NAMES[0], doc: str = "a.txt", **facts: object) -> Mention:
    date = str(facts.get("date", ""))
    evidence = (Evidence(doc, name, 0, len(name), date),)
    return Mention(doc=doc, story=0, name=name, kind="station", evidence=evidence, **facts)  # type: ignore[arg-type]


MENTIONS = st.builds(
    mention,
    name=st.sampled_from(NAMES),
    doc=st.sampled_from(["a.txt", "b.txt"]),
    district=st.sampled_from(["", "德清县", "安吉县"]),
    township=st.sampled_from(["", "新市镇"]),
    date=st.sampled_from(["", "2023", "2024-05-01"]),
    opening_hours=st.sampled_from(["", "24/7"]),
)


@given(st.lists(MENTIONS, max_size=8))
def test_merging_twice_equals_merging_once(mentions: list[Mention]) -> None:
    once = merge_mentions(mentions)
    assert merge_mentions(once) == once


@given(st.lists(MENTIONS, max_size=8), st.randoms())
def test_the_order_means_nothing(mentions: list[Mention], random: object) -> None:
    shuffled = list(mentions)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge_mentions(shuffled) == merge_mentions(mentions)


@given(st.lists(MENTIONS, max_size=8))
def test_no_sentence_is_lost(mentions: list[Mention]) -> None:
    merged = {evidence for each in merge_mentions(mentions) for evidence in each.evidence}
    assert merged == {evidence for each in mentions for evidence in each.evidence}


def test_the_newest_document_wins_and_both_are_quoted() -> None:
    old = mention(district="德清县", date="2021", opening_hours="Mo-Fr 09:00-17:00", phone="1")
    new = mention(doc="b.txt", district="德清县", date="2023", opening_hours="24/7")
    (merged,) = merge_mentions([old, new])
    assert (merged.opening_hours, merged.phone, len(merged.evidence)) == ("24/7", "1", 2)


def test_differing_numbers_never_merge() -> None:
    assert len(merge_mentions([mention("1号驿站"), mention("2号驿站")])) == 2


def test_a_mention_that_fits_two_places_stays_alone() -> None:
    two = [mention(district="德清县"), mention(district="安吉县")]
    assert len(merge_mentions([*two, mention(doc="b.txt")])) == 3


def test_a_count_is_never_merged_into_a_place() -> None:
    count = replace(mention("暖心驿站"), mappable=False, count=178)
    assert len(merge_mentions([count, mention("暖心驿站")])) == 2
