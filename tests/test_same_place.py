"""Whether two rows are one station is asked once; the answer is kept and honoured for ever."""

import csv
from pathlib import Path

import pytest

from geomap.cli import main
from geomap.files.folder import Geodata
from geomap.model.tables import LEDGER
from geomap.pipeline.build import Order, make_edition
from geomap.pipeline.merge_sheet import merge_sheets
from geomap.sheets.csv_writing import write_csv
from geomap.stations.answers import answer_pair, read_answers, write_answers

OLD = {"station_id": "A-1", "name": "甲驿站", "kind": "station", "province": "浙江省",
       "city": "杭州市", "district": "西湖区", "address": "文三路100号", "source": "名册",
       "lon": "120.13", "lat": "30.28", "datum": "gcj02"}  # fmt: skip
SHEET = "名称,省,市,区县,地址,电话\n乙小屋,浙江省,杭州市,西湖区,文三路100号,0571-88880000\n"


@pytest.fixture
def folder(tmp_path: Path) -> Geodata:
    write_csv(tmp_path / "stations.csv", LEDGER.names, [OLD])
    (tmp_path / "new.csv").write_text(SHEET, encoding="utf-8")
    return Geodata(tmp_path)


def add(folder: Geodata):
    return merge_sheets([folder.root / "new.csv"], folder)


def names(folder: Geodata) -> dict[str, str]:
    made, _ = make_edition(Order(geodata=folder.root, out=folder.root / "site"))
    return dict(zip(made.edition.stations.name, made.edition.stations.phone, strict=True))


def fill(folder: Geodata, answer: str) -> None:
    """Write into the file as a clerk does, in a spreadsheet that saves GB18030."""
    path = folder.root / "same_place.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["name"], row["other_name"], row["answer"]) for row in rows] == [
        ("乙小屋", "甲驿站", "")
    ]
    lines = [",".join(rows[0])] + [",".join([answer, *list(row.values())[1:]]) for row in rows]
    path.write_text("\n".join(lines), encoding="gb18030")


@pytest.mark.parametrize(("answer", "drawn"), [("同", {"甲驿站"}), ("不同", {"甲驿站", "乙小屋"})])
def test_an_answer_in_the_file_is_kept_and_honoured(
    folder: Geodata, answer: str, drawn: set[str]
) -> None:
    assert len(add(folder).alike) == 1
    assert set(names(folder)) == {"甲驿站", "乙小屋"}, "nothing merges before somebody answers"
    fill(folder, answer)
    assert set(names(folder)) == drawn
    again = add(folder)
    assert (again.new, again.alike) == (0, ())
    aliases = folder.root / "aliases.csv"
    assert aliases.exists() == (answer == "同")
    (folder.root / "stations.csv").unlink()
    write_csv(folder.root / "stations.csv", LEDGER.names, [OLD])
    once_more = add(folder)
    assert once_more.alike == () and once_more.new == (answer == "不同")
    assert set(names(folder)) == drawn
    if answer == "同":
        assert names(folder) == {"甲驿站": "0571-88880000"}, "its facts are taken"


def test_an_answer_by_a_program(folder: Geodata) -> None:
    (pair,) = add(folder).alike
    answers = answer_pair(read_answers(folder.root), pair.ids, same=True)
    write_answers(folder.root, answers)
    assert set(names(folder)) == {"甲驿站"} and add(folder).alike == ()


def test_a_circle_of_answers_merges_nothing(folder: Geodata) -> None:
    (pair,) = add(folder).alike
    one, other = sorted(pair.ids)
    rows = [{"old_id": one, "new_id": other}, {"old_id": other, "new_id": one}]
    write_csv(folder.root / "aliases.csv", ["old_id", "new_id"], rows)
    assert set(names(folder)) == {"甲驿站", "乙小屋"}


def test_what_only_documents_know_gives_way_to_a_persons_row(folder: Geodata) -> None:
    found = OLD | {"station_id": "d0123456789", "name": "丙港湾", "lon": "", "lat": "", "datum": ""}
    write_csv(folder.root / "found.csv", LEDGER.names, [found])
    write_csv(folder.root / "stations.csv", LEDGER.names, [])
    (pair,) = add(folder).alike
    write_answers(folder.root, answer_pair(read_answers(folder.root), pair.ids, same=True))
    assert set(names(folder)) == {"乙小屋"}


def test_check_asks_no_more(folder: Geodata, capsys: pytest.CaptureFixture[str]) -> None:
    add(folder)
    check = ["check", "--geodata", str(folder.root)]
    main(check)
    assert "address-repeated" in capsys.readouterr().out
    fill(folder, "不同")
    main(check)
    assert "address-repeated" not in capsys.readouterr().out
