"""What leaves for public pages: nothing private, in no column, document, page or file."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from editions import make_edition, make_station
from planted import OFFICES, Planted, plant, read_public, search

from geomap.cli import main
from geomap.files.folder import open_geodata
from geomap.model.records import GeomapError, Source
from geomap.pages import draw_one_file, draw_site, public_edition
from geomap.pipeline.build import Built, Order, make_site
from geomap.pipeline.inspect import inspect_folder
from geomap.pipeline.intake import add
from geomap.pipeline.reference import Reference
from geomap.privacy.filter import PHONE, make_filter
from geomap.privacy.masking import find_private, may_be_private
from geomap.privacy.scan import refuse_private_numbers
from geomap.store.kept import keeping

SECRETS = ("13800138000", "张三")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, list[Planted]]:
    folder = tmp_path_factory.mktemp("planted") / "geodata"
    planted = plant(folder, seed=5)
    add([], open_geodata(folder))
    return make_site(Order(folder, folder / "site", one_file=True)), planted


def test_nothing_that_was_planted_is_public(built: tuple[Built, list[Planted]]) -> None:
    made, planted = built
    assert len(planted) > 800 and search(made.site, planted) == []


def test_the_search_would_have_found_it(built: tuple[Built, list[Planted]]) -> None:
    made, planted = built
    inside = {path.replace("internal", "public"): made.site[path] for path in made.site}
    found = {each for each, _ in search(inside, planted)}
    assert {each.form for each in found} == {each.form for each in planted}
    assert {"stations.note", "stations.phone", "documents.file"} <= {each.place for each in found}


def test_offices_keep_their_numbers(built: tuple[Built, list[Planted]]) -> None:
    texts = [text for path, text in read_public(built[0].site) if path.endswith(".geojson")]
    assert [number for number in OFFICES if number not in texts] == []


def test_the_report_counts_what_was_held_back_and_never_says_it(
    built: tuple[Built, list[Planted]],
) -> None:
    made, planted = built
    report = json.loads(made.site["build.json"])
    assert report["held_back"]["note"]["name"] and report["held_back"]["sources"]["mobile"]
    cells = [each for each in report["warnings"] if each["stage"] == "privacy"]
    assert {"private-mobile", "private-name", "phone-personal"} <= {each["code"] for each in cells}
    assert all(len(each["where"].split(":")) == 3 for each in cells)
    said = json.dumps(cells, ensure_ascii=False)
    assert [each for each in planted if each.secret in said] == []


@pytest.mark.parametrize("column", ["name", "address", "township", "hours_words", "phone", "note"])
def test_no_text_of_a_station_names_a_person_on_any_public_page(column: str) -> None:
    station = make_station("a1", **{column: f"联系人张三 {SECRETS[0]}"})
    edition = make_edition([station])
    site = draw_site(edition) | {"public/one.html": draw_one_file(public_edition(edition))}
    public = b"".join(site[path] for path in site if path.startswith("public/")).decode(
        "utf-8", "replace"
    )
    assert not any(secret in public for secret in SECRETS)
    assert SECRETS[0] in site["internal/data/stations.geojson"].decode()


def test_a_documents_name_is_masked_and_an_official_one_is_not() -> None:
    sources = (
        Source("张三身份证.docx", "2026-01-01", "甲"),
        Source("总工会2023年12号.docx"),
    )
    shown = public_edition(make_edition([make_station("a1", sources=sources)])).stations
    names = [source.document for source in shown["sources"][0]]
    assert names == ["张某身份证.docx", "总工会2023年12号.docx"]


@pytest.mark.parametrize("column", ["hours_words", "phone", "opening_hours", "province", "note"])
@pytest.mark.parametrize("written", ["某军区南门", "某軍 區南门"])
def test_a_sensitive_word_silences_whatever_text_it_stands_in(column: str, written: str) -> None:
    edition = make_edition([make_station("a1", **{column: written})], sensitive=("军区",))
    shown = public_edition(edition)
    assert shown.stations[column].tolist() == [""]
    assert shown.report["held_back"] == {column: {"word": 1}}


def test_a_telephone_keeps_its_landlines_and_loses_who_answers() -> None:
    cleaned = make_filter().clean("王师傅 138 0013 8000 / 010-88886666转801；张三", PHONE)
    assert cleaned.text == "010-88886666转801" and cleaned.held == ("mobile", "name")
    assert make_filter().clean("010-8888 6661", PHONE).text == "010-8888 6661"


@pytest.mark.parametrize(
    "content",
    [
        '{"note":"找一三八 零零一三 八零零零"}', "<p>138.0013.8000</p>",
        '<a title="１３８００１３８０００">',
        'geomap.take("x",{"said":["110101199003071233"]})',
    ],
)  # fmt: skip
def test_a_number_that_reached_a_public_file_stops_the_build(content: str) -> None:
    with pytest.raises(GeomapError) as stopped:
        refuse_private_numbers({"public/data/x.html": content.encode()})
    assert stopped.value.code == "private-in-public" and stopped.value.where == "public/data/x.html"
    assert not any(digit * 3 in str(stopped.value) for digit in "0123456789")


@pytest.mark.parametrize(
    "content",
    [
        '{"x":[116397428,39908712,-13800],"y":[13,80,0,1,380,0,0]}',
        '<path d="M13 80 01 38 00 0"/>',
        '{"coordinates":[131.234567,46.123456]}',
        '{"phone":"010-88886666","hours":"08:00-20:00"}',
        '{"id":"14010500001"}',
    ],
)  # fmt: skip
def test_coordinates_outlines_and_ids_stop_nothing(content: str) -> None:
    refuse_private_numbers({"public/x.html": content.encode()}, {"14010500001"})
    refuse_private_numbers({"internal/x.html": b"13800138000"})


def test_the_gate_looks_at_whatever_it_did_not_pass_for_good(tmp_path: Path) -> None:
    clean, own_id = {"public/a.js": b"clean"}, {"public/b.js": b'{"id":"13800138000"}'}

    def build(files: dict[str, bytes], *ids: str) -> None:
        with keeping(tmp_path, Path("site")):
            refuse_private_numbers(files, ids)

    build(clean | own_id, "13800138000")
    with pytest.raises(GeomapError):
        build(clean | own_id)
    with pytest.raises(GeomapError):
        build({"public/a.js": b"clean 13800138000"})
    # What a page may hold as an outline, a table may not.
    outline = b'<path d="13800138000"/>'
    build({"public/a.html": outline})
    with pytest.raises(GeomapError):
        build({"public/a.js": outline})


@pytest.mark.parametrize("kind", ["prose", "words", "place"])
def test_the_first_look_overlooks_nothing(kind: str, built: tuple[Built, list[Planted]]) -> None:
    for each in built[1]:
        assert may_be_private(each.text, kind) or not find_private(each.text, kind)


def _check(folder: Path, capsys: pytest.CaptureFixture[str], lang: str) -> str:
    assert main(["check", "--geodata", str(folder), "--lang", lang]) == 3
    return capsys.readouterr().out


def test_check_says_which_cell_and_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "stations.csv").write_text(
        "name,kind,district,address,phone,opening_hours,source,note\n"
        "甲驿站,驿站,朝阳区,一号,13800138000,军区内 8:00,张三,京A12345 联系人 李四\n",
        encoding="utf-8",
    )
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "张三身份证.md").write_text("甲", encoding="utf-8")
    lines = _check(tmp_path, capsys, "zh")
    for cell in (
        "stations.csv:2:phone: phone-personal", "stations.csv:2:opening_hours: sensitive-word",
        "stations.csv:2:source: private-name", "stations.csv:2:note: private-plate",
        "stations.csv:2:note: private-name", "documents/张某身份证.md:0:document: private-name",
    ):  # fmt: skip
        assert cell in lines
    said = lines + _check(tmp_path, capsys, "en")
    assert "从表里删去" in said and "take it out of the table" in said
    ours = [line for line in said.splitlines() if re.search("private-|personal|sensitive-", line)]
    assert len(ours) >= 12
    assert not any(secret in line for line in ours for secret in (*SECRETS, "李四", "京A12345"))


def test_an_id_that_is_a_mobile_gives_way_and_a_districts_code_does_not(tmp_path: Path) -> None:
    (tmp_path / "stations.csv").write_text(
        "station_id,name,kind,district\n13800138000,甲驿站,驿站,石景山区\n14010500001,乙,驿站,小店区\n",
        encoding="utf-8",
    )
    made = make_site(Order(tmp_path, tmp_path / "site"))
    ids = sorted(made.edition.stations.station_id)
    assert ids[0] == "14010500001" and ids[1].startswith("d")
    assert "id-personal" in {warning.code for warning in made.warnings}


def test_masking_stands_still_on_the_public_edition() -> None:
    once = public_edition(make_edition([make_station("a1", note="联系人 张三")]))
    twice = public_edition(replace(once, report={}))
    assert twice.stations["note"].tolist() == once.stations["note"].tolist() == ["联系人 张某"]


def test_the_shipped_map_gives_no_false_alarm() -> None:
    geodata = Path(__file__).parent.parent / "geodata"
    findings = inspect_folder(Reference(open_geodata(geodata)), "2026-11-30")
    assert [finding for finding in findings if finding.code.startswith("private-")] == []


def test_the_address_of_an_asset_is_never_read_as_a_number() -> None:
    with pytest.raises(GeomapError):
        refuse_private_numbers({"public/index.html": b'<script src="assets/d/x-13800138000.js">'})
    addresses = [path for path in draw_site(make_edition()) if path.startswith("public/assets/")]
    assert addresses
    named = r"public/assets/(c[A-Za-z]{7}/|d/(\w+/)?[\w-]+-[A-Za-z]{7}\.js$)"
    assert all(re.match(named, path) for path in addresses)
