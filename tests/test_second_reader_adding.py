"""The second reader adds to the rules and never replaces them."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.model.records import Evidence, Mention, Service
from geomap.second_reader import merge_additions


def evidence(start: int, quote: str, doc: str = "a.txt") -> Evidence:
    return Evidence(doc, quote, start, start + len(quote))


def rule(name: str = "柳河南桥驿站", start: int = 10, **facts: object) -> Mention:
    made = Mention(
        doc="a.txt", story=0, name=name, kind="station", confidence=0.92,
        evidence=(evidence(start, name + "启用。"),), facts={"name": evidence(start, name)},
    )  # fmt: skip
    return replace(made, **facts)  # type: ignore[arg-type]


def second(name: str = "柳河南桥驿站", start: int = 10, **facts: object) -> Mention:
    given_facts = {column: evidence(start + 40, str(words)) for column, words in facts.items()}
    made = replace(rule(name, start), confidence=0.5, note="第二读者所见，待核实")
    proof = {**made.facts, **given_facts}
    return replace(made, facts=proof, **facts)  # type: ignore[arg-type]


def test_a_new_place_comes_last_is_marked_and_not_trusted() -> None:
    sure = replace(second("北桥驿站", 80), confidence=0.99, note="")
    known, new = merge_additions([rule()], [sure])
    assert known == rule()
    assert (new.name, new.confidence) == ("北桥驿站", 0.5) and "第二读者" in new.note


def test_empty_facts_are_filled_with_their_evidence() -> None:
    addition = second(
        district="柳河区", address="南桥路18号", facilities=("rest",), access="public",
        opening_hours="24/7", hours_words="全天开放",
    )  # fmt: skip
    (filled,) = merge_additions([rule(note="已搬迁")], [addition])
    assert (filled.district, filled.address, filled.access) == ("柳河区", "南桥路18号", "public")
    assert (filled.opening_hours, filled.hours_words) == ("24/7", "全天开放")
    assert filled.facilities == ("rest",) and filled.confidence == 0.92
    assert filled.note == "已搬迁；第二读者补充：区县、地址、谁可以进、设施、开放时间"
    assert filled.facts["address"] == addition.facts["address"]
    assert filled.evidence[0] == rule().evidence[0]
    assert addition.facts["address"] in filled.evidence


def test_given_facts_stay() -> None:
    full = rule(
        province="甲省", city="乙市", district="柳河区", township="丙街道", community="丁社区",
        address="旧址", opening_hours="Mo 09:00-17:00", hours_words="周一", facilities=("wifi",),
        access="members", status="closed", note="已搬迁",
    )  # fmt: skip
    other = second(
        address="新址", opening_hours="24/7", hours_words="全天", facilities=("rest",),
        access="public", status="operating", kind="rest_room",
    )  # fmt: skip
    assert merge_additions([full], [other]) == [full]


def test_no_division_above_those_the_rules_gave() -> None:
    (filled,) = merge_additions(
        [rule(district="柳河区")], [second(province="别省", city="别市", township="南桥街道")]
    )
    assert (filled.province, filled.city, filled.township) == ("", "", "南桥街道")


def test_times_that_the_rules_gave_to_a_service_are_not_the_doors() -> None:
    addition = second(opening_hours="Th 09:00-11:00", hours_words="周四9:00至11:00")
    service = Service(
        service="法律", times="Th 09:00-11:00", evidence=addition.facts["opening_hours"]
    )
    known = rule(services=(service,))
    assert merge_additions([known], [addition]) == [known]


@pytest.mark.parametrize(
    "known",
    [
        [rule("南桥驿站", 10, township="东街道"), rule("南桥驿站", 60, township="西街道")],
        [
            rule(
                "178个驿站",
                8,
                mappable=False,
                count=178,
                facts={"count": evidence(8, "178个南桥驿站")},
            )
        ],
        [rule("新南桥驿站", 9)],  # the rules' name holds the addition's characters
    ],
)
def test_what_is_known_by_other_words_is_not_added_again(known: list[Mention]) -> None:
    assert merge_additions(known, [second("南桥驿站", 10)]) == known


def test_a_name_inside_anothers_words_fills_nobody() -> None:
    known = [rule("南桥驿站", 200), rule("新南桥驿站", 9)]
    assert merge_additions(known, [second("南桥驿站", 10, address="南桥路18号")]) == known


def test_the_part_of_a_name_fills_the_whole_names_place() -> None:
    known = rule("柳河区南桥驿站", 7, district="柳河区")
    (filled,) = merge_additions([known], [second("南桥驿站", 10, address="南桥路18号")])
    assert (filled.name, filled.address) == ("柳河区南桥驿站", "南桥路18号")


def test_another_document_is_left_to_the_merge() -> None:
    known = replace(rule(), doc="b.txt", facts={})
    assert merge_additions([known], [second(address="南桥路18号")])[0] == known


NAMES = st.sampled_from(["柳河南桥驿站", "南桥驿站", "北桥驿站", "职工之家", "一号门驿站"])
EMPTY_OR = {
    "province": ("", "甲省"),
    "district": ("", "柳河区", "青石县"),
    "township": ("", "丙街道"),
    "address": ("", "南桥路18号", "北桥路7号"),
    "access": ("unknown", "public", "members"),
    "status": ("operating", "closed", "planned"),
    "kind": ("station", "rest_room"),
    "facilities": ((), ("rest",), ("microwave", "rest")),
    "opening_hours": ("", "24/7", "Mo 09:00-17:00"),
    "note": ("", "已搬迁"),
}
FACTS = st.fixed_dictionaries({}, optional={k: st.sampled_from(v) for k, v in EMPTY_OR.items()})
RULES = st.builds(lambda n, s, f: rule(n, s, **f), NAMES, st.integers(0, 60), FACTS)
COUNTS = st.builds(
    lambda s: rule("站", s, mappable=False, count=9, facts={"count": evidence(s, "9个驿站")}),
    st.integers(0, 60),
)
KNOWN = st.lists(st.one_of(RULES, COUNTS), max_size=5)
ADDED = st.lists(
    st.builds(lambda n, s, f: second(n, s, **f), NAMES, st.integers(0, 60), FACTS), max_size=5
)
UNTOUCHED = (
    "doc",
    "story",
    "name",
    "kind",
    "status",
    "mappable",
    "count",
    "confidence",
    "date",
    "services",
)


@settings(deadline=None)  # the machine may be busy
@given(KNOWN, ADDED)
def test_no_addition_changes_a_fact_the_rules_gave(
    known: list[Mention], added: list[Mention]
) -> None:
    result = merge_additions(known, added)
    for before, after in zip(known, result, strict=False):
        for each in fields(Mention):
            old, new = getattr(before, each.name), getattr(after, each.name)
            if each.name in UNTOUCHED:
                assert new == old
            elif each.name in ("evidence", "note"):
                assert new[: len(old)] == old
            elif each.name == "facts":
                assert {column: new[column] for column in old} == old
            elif old not in ("", (), "unknown"):
                assert new == old
        assert before.mappable or after == before
    for new_place in result[len(known) :]:
        assert new_place.confidence <= 0.5 and "第二读者" in new_place.note
        assert new_place.mappable and new_place.count is None


APART = ["柳河南桥驿站", "北桥驿站", "职工之家", "一号门驿站"]
EACH_ONCE = st.lists(
    st.tuples(st.sampled_from(APART), FACTS), max_size=4, unique_by=lambda each: each[0]
)


@settings(deadline=None)  # the machine may be busy
@given(KNOWN, EACH_ONCE)
def test_adding_twice_is_adding_once(
    known: list[Mention], each_once: list[tuple[str, dict[str, object]]]
) -> None:
    added = [second(name, 100 + 10 * APART.index(name), **facts) for name, facts in each_once]
    once = merge_additions(known, added)
    assert merge_additions(once, added) == once


@settings(deadline=None)  # the machine may be busy
@given(KNOWN)
def test_nothing_added_is_nothing_changed(known: list[Mention]) -> None:
    assert merge_additions(known, []) == known
