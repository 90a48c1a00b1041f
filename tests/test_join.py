"""Found rows and the ledger become one table: a person's row wins, both are quoted."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from geomap.model.tables import LEDGER
from geomap.stations.join import join_tables

DEQING = {"province": "浙江省", "city": "湖州市", "district": "德清县", "township": "新市镇"}


def row(name: str = "新市镇社工站户外劳动者服务站点", **cells: object) -> dict[str, object]:
    empty: dict[str, object] = dict.fromkeys(LEDGER.names, "")
    empty |= {"kind": "station", "status": "operating", "lon": None, "lat": None}
    return empty | {"uncertainty_m": None, "hours_words": "", "decimals": 0, "name": name} | cells


def join(ledger: list[dict[str, object]], found: list[dict[str, object]]) -> pd.DataFrame:
    """Return the joined stations."""
    return join_both(ledger, found)[0]


def join_both(ledger: list[dict[str, object]], found: list[dict[str, object]]):
    columns = list(row())
    tables = (pd.DataFrame(rows, columns=columns, dtype=object) for rows in (ledger, found))
    return join_tables(*tables)


def test_a_document_and_a_person_speak_of_one_place() -> None:
    person = row(station_id="DQ-1", **DEQING)
    document = row(source="a.md@2023-04-01「建成新市镇社工站」", **DEQING)
    stations, aliases = join_both([person], [document])
    assert stations.station_id.tolist() == ["DQ-1"]
    assert list(aliases.values()) == ["DQ-1"]
    assert stations.sources[0][0].quote == "建成新市镇社工站"


def test_the_persons_facts_win_and_empty_ones_are_filled() -> None:
    person = row(opening_hours="Mo-Fr 09:00-17:00", hours_words="工作日", **DEQING)
    document = row(opening_hours="24/7", hours_words="24小时", phone="0572-1", **DEQING)
    station = join([person], [document]).iloc[0]
    assert station.opening_hours == "Mo-Fr 09:00-17:00" and station.phone == "0572-1"


def test_a_person_who_writes_the_made_id_adopts_the_place() -> None:
    made = join([], [row(**DEQING)]).station_id[0]
    joined = join([row("社工站（新址）", station_id=made)], [row(**DEQING)])
    assert joined.name.tolist() == ["社工站（新址）"]


def test_a_name_with_its_district_written_out_is_the_same_place() -> None:
    person = row("德清县新市镇社工站户外劳动者服务站点")
    assert len(join([person], [row(**DEQING)])) == 1


def test_another_district_or_another_number_is_another_place() -> None:
    elsewhere = row(**(DEQING | {"district": "安吉县"}))
    numbered = row("新市镇2号驿站", **DEQING)
    assert len(join([elsewhere], [row(**DEQING)])) == 2
    assert len(join([numbered], [row("新市镇1号驿站", **DEQING)])) == 2


def test_two_ledger_rows_never_merge_and_a_mention_that_fits_both_stays_alone() -> None:
    people = [row(station_id="a", **DEQING), row(station_id="b", **DEQING)]
    assert len(join(people, [row(**DEQING)])) == 3


def test_only_a_verified_row_is_confirmed() -> None:
    people = [row(station_id="a", verified_on="2026-11-01"), row("乙", station_id="b")]
    assert join(people, []).confirmed.tolist() == [True, False]


@given(st.permutations([row(name, **DEQING) for name in ("甲站", "乙站", "丙站", "甲驿站")]))
def test_the_order_of_rows_means_nothing(rows: list[dict[str, object]]) -> None:
    one = join(rows[:2], rows[2:])
    assert sorted(one.station_id) == list(one.station_id)
    both = join([], rows)
    again = join([], sorted(rows, key=lambda each: str(each["name"])))
    pd.testing.assert_frame_equal(both, again)
