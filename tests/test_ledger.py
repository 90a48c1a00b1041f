"""What the rows of a ledger mean, and what is wrong with them."""

from pathlib import Path

import pytest

from geomap.model.records import InputError
from geomap.model.tables import LEDGER
from geomap.model.vocabulary import read_vocabulary
from geomap.privacy.filter import PHONE, make_filter
from geomap.sheets.cells import read_day
from geomap.stations.ledger import read_ledger

WORDS = read_vocabulary(Path(__file__).parent.parent / "geodata" / "words.toml")
GOOD = {"name": "新市镇社工站驿站", "kind": "station", "lon": "120.291", "lat": "30.617"}


def ledger_file(folder: Path, *rows: dict[str, str], columns: list[str] | None = None) -> Path:
    columns = columns or LEDGER.names
    lines = [",".join(columns)]
    lines += [
        ",".join('"' + row.get(name, "").replace('"', '""') + '"' for name in columns)
        for row in rows
    ]
    path = folder / "stations.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def only_row(folder: Path, **cells: str) -> dict[str, object]:
    ledger = read_ledger(ledger_file(folder, GOOD | cells), WORDS)
    return dict(ledger.rows.iloc[0])


def skip_codes(folder: Path, **cells: str) -> list[str]:
    return [skip.code for skip in read_ledger(ledger_file(folder, GOOD | cells), WORDS).skips]


@pytest.mark.parametrize(
    "cells, code",
    [
        ({"name": " "}, "name-missing"),
        ({"kind": "spaceship"}, "kind-unknown"),
        ({"access": "朋友"}, "access-unknown"),
        ({"lon": "30.617", "lat": "120.291"}, "lonlat-swapped"),
        ({"lon": "NaN"}, "coordinate-unreadable"),
        ({"lon": "nan", "lat": "nan"}, "coordinate-unreadable"),
        ({"lon": "inf"}, "coordinate-unreadable"),
        ({"lon": ""}, "coordinate-half"),
        ({"lon": "1203", "lat": "30"}, "coordinate-impossible"),
        ({"datum": "gjc02"}, "datum-unknown"),
        ({"lon": "", "lat": ""}, "place-missing"),
    ],
)
def test_a_bad_row_is_a_counted_explained_skip(
    tmp_path: Path, cells: dict[str, str], code: str
) -> None:
    assert set(skip_codes(tmp_path, **cells)) == {code}


def test_a_status_nobody_can_read_is_unknown_not_as_before(tmp_path: Path) -> None:
    ledger = read_ledger(ledger_file(tmp_path, GOOD | {"status": "也许"}), WORDS)
    assert ledger.rows.status.tolist() == ["unknown"]
    assert [finding.code for finding in ledger.findings] == ["status-unknown"]


@pytest.mark.parametrize(
    "written, status",
    [("已停用", "closed"), ("已撤销", "closed"), ("暂停开放", "suspended"), ("正常", "operating")],
)
def test_words_for_a_status(tmp_path: Path, written: str, status: str) -> None:
    ledger = read_ledger(ledger_file(tmp_path, GOOD | {"status": written}), WORDS)
    assert ledger.rows.status.tolist() == [status]


def test_one_bad_row_does_not_lose_the_others(tmp_path: Path) -> None:
    ledger = read_ledger(ledger_file(tmp_path, GOOD, GOOD | {"kind": "x"}, GOOD), WORDS)
    assert len(ledger.rows) == 2 and ledger.skips[0].where == "stations.csv:3:kind"


@pytest.mark.parametrize(
    "cells, code",
    [
        ({"opening_hours": "看心情"}, "hours-unreadable"),
        ({"facilities": "饮水机;时光机"}, "facility-unknown"),
        ({"verified_on": "昨天"}, "date-unreadable"),
        ({"uncertainty_m": "很近"}, "uncertainty-unreadable"),
    ],
)
def test_a_doubtful_cell_is_reported_and_the_row_kept(
    tmp_path: Path, cells: dict[str, str], code: str
) -> None:
    path = ledger_file(tmp_path, GOOD | cells)
    assert len(read_ledger(path, WORDS).rows) == 1
    assert [finding.code for finding in read_ledger(path, WORDS).findings] == [code]


def test_unreadable_hours_keep_their_words_and_are_unknown(tmp_path: Path) -> None:
    row = only_row(tmp_path, opening_hours="看心情")
    assert (row["opening_hours"], row["hours_words"]) == ("", "看心情")


def test_chinese_words_become_our_terms(tmp_path: Path) -> None:
    row = only_row(
        tmp_path, kind="驿站", status="运营", datum="高德", facilities="微波炉、饮水机",
        opening_hours="周一至周五 9:00-17:00", verified_on="2026年11月20日",
    )  # fmt: skip
    assert row["kind"] == "station" and row["datum"] == "gcj02"
    assert row["facilities"] == "drinking_water;microwave"
    assert row["opening_hours"] == "Mo-Fr 09:00-17:00" and row["verified_on"] == "2026-11-20"


@pytest.mark.parametrize(
    "kind, access", [("station", "outdoor_workers"), ("service_center", "unknown")]
)
def test_who_may_enter_where_the_row_is_silent(tmp_path: Path, kind: str, access: str) -> None:
    assert only_row(tmp_path, kind=kind)["access"] == access


def test_full_width_digits_are_digits(tmp_path: Path) -> None:
    row = only_row(tmp_path, lon="１２０．２９１", verified_on="２０２６－１１－０１")
    assert row["lon"] == 120.291 and row["verified_on"] == "2026-11-01"


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("0572-8066000", "0572-8066000"),
        ("12351", "12351"),
        ("联系人张三13812345678", ""),
        ("0572-8066000 / 138 1234 5678", "0572-8066000"),
    ],
)
def test_a_personal_number_is_not_shown(tmp_path: Path, written: str, phone: str) -> None:
    assert only_row(tmp_path, phone=written)["phone"] == written
    assert make_filter().clean(written, PHONE).text == phone


def test_what_has_closed_does_not_operate(tmp_path: Path) -> None:
    assert only_row(tmp_path, status="operating", closed_on="2026-10-01")["status"] == "closed"


def test_all_faults_of_a_file_come_at_once(tmp_path: Path) -> None:
    path = ledger_file(tmp_path, columns=["station_id", "opening_hours"])
    with pytest.raises(InputError, match=r"name(.|\n)*kind(.|\n)*lon(.|\n)*lat"):
        read_ledger(path, WORDS)


@pytest.mark.parametrize("ids", [("a1", "a1"), ("a b",), ("<script>",), ("x" * 65,)])
def test_an_invalid_or_repeated_id_stops(tmp_path: Path, ids: tuple[str, ...]) -> None:
    path = ledger_file(tmp_path, *(GOOD | {"station_id": each} for each in ids))
    with pytest.raises(InputError, match="station_id"):
        read_ledger(path, WORDS)


@pytest.mark.parametrize(
    "written, day",
    [
        ("2026-11-20", "2026-11-20"),
        ("2026/1/2", "2026-01-02"),
        ("2026年11月20日", "2026-11-20"),
        ("20261120", "2026-11-20"),
        ("2026-11", "2026-11"),
        ("2026年", "2026"),
        ("2026-02-30", None),
        ("11/20", None),
    ],
)
def test_days_are_read_in_the_forms_people_write(written: str, day: str | None) -> None:
    assert read_day(written) == day


def test_a_month_of_verification_ages_from_its_first_day(tmp_path: Path) -> None:
    assert only_row(tmp_path, verified_on="2026-05")["verified_on"] == "2026-05-01"
