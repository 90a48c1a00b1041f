"""Recorded answers: what is asked, what is taken, what is kept, and what a kill may cost."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import threading
from pathlib import Path

import pandas as pd
import pytest

from geomap.cli import main
from geomap.files.folder import Geodata
from geomap.geocoders import recording
from geomap.model.records import SettingsError
from geomap.model.tables import LEDGER
from geomap.pipeline.ask import known_places
from geomap.pipeline.contents import read_contents
from geomap.pipeline.geocode import Geocoded, Line, Wish, geocode_sheet
from geomap.pipeline.locate import locate
from geomap.pipeline.reference import Reference
from geomap.places import Answers, place_stations
from geomap.places.recorded import JOURNAL, Candidate, queries, read_answers
from geomap.sheets.csv_writing import write_csv
from geomap.stations.join import join_tables
from tests import geocoder_server as vendor
from tests.geocoder_server import GCJ02, KEY, WGS84, GeocoderServer, Reply, serve

STORE = '[geocode]\nprovider = "amap"\nrate = 1000\nmay_store = true\n'
ROWS = "name,kind,province,city,district,township,address\n"
DOOR = "海淀驿站,驿站,北京市,北京市,海淀区,海淀街道,颐和园路5号\n"
WHERE = "北京市海淀区颐和园路5号"


def folder(at: Path, rows: str = DOOR, settings: str = STORE) -> Path:
    at.mkdir(exist_ok=True)
    (at / "stations.csv").write_text(ROWS + rows, encoding="utf-8")
    (at / "map.toml").write_text(settings, encoding="utf-8")
    return at


def asked(at: Path, server: GeocoderServer, provider: str = "amap") -> Geocoded:
    line = Line(server.environ(provider), sleep=lambda _: None)
    return geocode_sheet(
        at / "stations.csv", Reference(Geodata(at)), Wish(provider=provider, line=line)
    )


def test_the_fullest_question_comes_first_and_says_what_the_words_leave_out() -> None:
    words = {"province": "浙江省", "city": "湖州市", "district": "德清县", "township": "新市镇",
             "address": "德清县健康路3号", "name": "工会驿站"}  # fmt: skip
    assert queries(words) == [
        "浙江省湖州市德清县新市镇健康路3号工会驿站",
        "浙江省湖州市德清县健康路3号",
        "浙江省湖州市德清县新市镇工会驿站",
    ]
    elsewhere = {"district": "高新区", "address": "郑州市中原区翠竹街1号"}
    assert queries(elsewhere) == ["郑州市中原区翠竹街1号"]
    assert queries({"district": "德清县"}) == []
    assert max(map(len, queries({"address": "路" * 200}))) == 84


def test_an_answer_places_the_row_and_says_why(tmp_path: Path) -> None:
    with serve(vendor.amap(WHERE)) as server:
        row = asked(folder(tmp_path), server).rows[0]
    assert (float(str(row["lon"])), float(str(row["lat"]))) == pytest.approx(WGS84, abs=2e-6)
    assert (row["precision"], row["provider"], row["in_district"]) == ("address", "amap", "true")
    assert WHERE in str(row["matched"]) and "在所写区域内" in str(row["matched"])


def test_a_candidate_elsewhere_is_not_taken_silently(tmp_path: Path) -> None:
    in_nanchang = vendor.amap("南昌市西湖区颐和园路5号", at=(115.88, 28.65))
    with serve(in_nanchang) as server:
        geocoded = asked(folder(tmp_path), server)
    assert geocoded.rows[0]["provider"] != "amap"
    assert len(server.asked) == 3  # less and less was asked, and each answer is kept
    assert len(read_answers(tmp_path / "answers.csv").known) == 3


def test_the_best_of_several_candidates_wins(tmp_path: Path) -> None:
    street = {"level": "道路"}
    both = vendor.amap(WHERE).body.replace(b'"geocodes": [', b'"geocodes": [' + _codes(
        vendor.amap("北京市海淀区颐和园路", **street)) + b", ")  # fmt: skip
    with serve(Reply(both)) as server:
        row = asked(folder(tmp_path), server).rows[0]
    assert row["precision"] == "address"


def _codes(answer: Reply) -> bytes:
    return answer.body.split(b'"geocodes": [', 1)[1].rsplit(b"]}", 1)[0]


def test_two_alike_candidates_far_apart_are_no_answer() -> None:
    reference = Reference(Geodata(Path("geodata")))
    apart = [Candidate(116.30 + step, 39.99, "address", 200.0, WHERE) for step in (0, 0.05)]
    answers = Answers({("amap", WHERE + "驿站"): tuple(apart)})
    row = {"district": "海淀区", "city": "北京市", "address": WHERE, "name": "驿站"}
    placed = place_stations(pd.DataFrame([row]), reference.places(answers=answers)).iloc[0]
    assert placed.provider != "amap"
    sure = Answers({("amap", WHERE + "驿站"): tuple(apart[:1])})
    placed = place_stations(pd.DataFrame([row]), reference.places(answers=sure)).iloc[0]
    assert placed.provider == "amap"


def test_a_second_run_asks_nothing_and_answers_alike(tmp_path: Path) -> None:
    rows = DOOR + "无名驿站,驿站,北京市,北京市,海淀区,,不存在路9号\n"
    with serve(vendor.amap(WHERE), vendor.amap()) as server:
        first = asked(folder(tmp_path, rows), server)
        count, kept = len(server.asked), (tmp_path / "answers.csv").read_bytes()
        second = asked(tmp_path, server)
    assert count == 4 == len(server.asked)
    assert second.rows == first.rows and second.asked and not second.asked.counts
    assert (tmp_path / "answers.csv").read_bytes() == kept
    lines = kept.decode("utf-8-sig").splitlines()[1:]
    assert lines == sorted(lines) and not (tmp_path / JOURNAL).exists()
    assert KEY not in kept.decode() and GCJ02[0] != float(next(csv.reader([lines[-1]]))[3])


def test_without_may_store_nothing_is_kept(tmp_path: Path) -> None:
    settings = STORE.replace("true", "false")
    with serve(vendor.amap(WHERE)) as server:
        row = asked(folder(tmp_path, settings=settings), server).rows[0]
        assert row["provider"] == "amap"
        asked(tmp_path, server)
    assert len(server.asked) == 2
    assert not {"answers.csv", JOURNAL} & {path.name for path in tmp_path.iterdir()}
    other = STORE.replace("amap", "tencent")  # the terms that were read are another's
    with serve(vendor.amap(WHERE)) as server:
        asked(folder(tmp_path, settings=other), server)
    assert not (tmp_path / "answers.csv").exists()


@pytest.mark.parametrize(
    "answer, code", [(vendor.amap_error(10003), "geocoder-quota"),
                     (vendor.amap_error(10001), "geocoder-refused"),
                     (Reply(b"", 500), "geocoder-down")]
)  # fmt: skip
def test_rows_nobody_answered_for_are_named_and_asked_again(
    tmp_path: Path, answer: Reply, code: str
) -> None:
    rows = DOOR + DOOR.replace("5号", "7号") * 5
    with serve(vendor.amap(WHERE), answer) as server:
        first = asked(folder(tmp_path, rows), server)
        tries = len(server.asked)
        server.replies[:] = [vendor.amap(WHERE)]
        second = asked(tmp_path, server)
    assert [skip.code for skip in first.skips if "geocoder" in skip.code] == [code] * 5
    assert first.rows[0]["provider"] == "amap" and first.rows[1]["provider"] != "amap"
    assert tries <= 1 + 3 * 3  # three failures in a row are the end, whatever is left
    assert len(server.asked) == tries + 1 and second.asked and not second.asked.skips


def test_a_killed_run_loses_nothing_it_paid_for(tmp_path: Path) -> None:
    rows = "".join(DOOR.replace("5号", f"{n}号") for n in range(1, 30))
    with serve(
        *[vendor.amap(WHERE)] * 7, Reply(b"", raw=lambda _: os.kill(child.pid, 9))
    ) as server:
        command = [sys.executable, "-m", "geomap", "geocode", str(tmp_path / "stations.csv"),
                   "--out", str(tmp_path / "out.csv"), "--provider", "amap",
                   "--geodata", str(tmp_path)]  # fmt: skip
        folder(tmp_path, rows)
        child = subprocess.Popen(command, env=os.environ | server.environ("amap"))
        assert child.wait(60) == -9
        assert len(read_answers(tmp_path / "answers.csv").known) == 7
        server.replies[:] = [vendor.amap(WHERE)]
        again = asked(tmp_path, server)
    assert again.asked and again.asked.counts == {"found": 22}
    assert len(read_answers(tmp_path / "answers.csv").known) == 29
    assert not (tmp_path / JOURNAL).exists()


def test_a_line_cut_short_costs_that_line_alone(tmp_path: Path) -> None:
    place = Candidate(116.0, 40.0, "poi", 200.0, "甲")
    with recording(tmp_path / "answers.csv", may_store=True) as recorder:
        recorder.add("amap", "一", [place])
        recorder.add("amap", "二", [])
        torn = (tmp_path / JOURNAL).read_bytes()[:-9]
    (tmp_path / "answers.csv").unlink()
    (tmp_path / JOURNAL).write_bytes(torn)
    assert read_answers(tmp_path / "answers.csv").known == {("amap", "一"): (place,)}
    with recording(tmp_path / "answers.csv", may_store=True):
        pass
    assert read_answers(tmp_path / "answers.csv").known == {("amap", "一"): (place,)}


def test_two_runs_wait_for_each_other_and_keep_both(tmp_path: Path) -> None:
    path, begun = tmp_path / "answers.csv", threading.Event()

    def other() -> None:
        begun.set()
        with recording(path, may_store=True) as recorder:
            assert ("amap", "一") in recorder.answers.known
            recorder.add("tencent", "一", [])

    thread = threading.Thread(target=other)
    with recording(path, may_store=True) as recorder:
        thread.start()
        begun.wait(5)
        recorder.add("amap", "一", [])
    thread.join(10)
    assert read_answers(path).known.keys() == {("amap", "一"), ("tencent", "一")}


def test_a_map_keeps_answers_only_where_the_terms_were_read(tmp_path: Path) -> None:
    reference = Reference(Geodata(folder(tmp_path, settings="")))
    with pytest.raises(SettingsError) as caught:
        known_places("amap", pd.DataFrame(), reference, None, lambda _: None)
    assert caught.value.code == "geocoder-no-store"


def test_the_command_says_what_it_may_cost_before_it_asks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder(tmp_path, DOOR * 2 + DOOR.replace("5号", "6号"))
    with serve(vendor.amap(WHERE)) as server:
        for name, value in server.environ("amap").items():
            monkeypatch.setenv(name, value)
        words = ["geocode", f"{tmp_path}/stations.csv", "--out", f"{tmp_path}/out.csv",
                 "--provider", "amap", "--geodata", str(tmp_path)]  # fmt: skip
        assert main([*words, "--limit", "2", "--lang", "en"]) == 0
        assert len(server.asked) == 1  # two rows, one address
        said = capsys.readouterr().out
        assert main(["geocode", f"{tmp_path}/stations.csv", "--out", f"{tmp_path}/o.csv",
                     "--geodata", str(tmp_path)]) == 0  # fmt: skip
    assert len(server.asked) == 1  # without --provider nobody is asked; what is recorded is used
    assert "amap: 2 rows to ask about, 1 to 3 questions" in said
    assert "1 questions: found 1, not found 0, service down 0, quota used up 0" in said
    assert "amap" in (tmp_path / "o.csv").read_text("utf-8-sig") and KEY not in said


def test_a_build_asks_only_a_provider_it_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["build", "--geodata", str(folder(tmp_path / "city")), "--out", str(tmp_path / "site")]
    with serve(vendor.amap(WHERE)) as server:
        for name, value in server.environ("amap").items():
            monkeypatch.setenv(name, value)
        assert main([*words, "--offline"]) == 0 and server.asked == []
        assert main([*words, "--provider", "amap"]) == 0 and len(server.asked) == 1
        assert main([*words, "--offline"]) == 0 and len(server.asked) == 1
    stations = (tmp_path / "site/internal/data/stations.geojson").read_text("utf-8")
    assert '"address"' in stations and "39.99195" in stations
    assert not [
        p for p in (tmp_path / "site").rglob("*") if p.is_file() and KEY.encode() in p.read_bytes()
    ]
    assert main([*words, "--offline", "--provider", "amap"]) == 2
    capsys.readouterr()


def test_what_intake_placed_is_placed_anew_where_an_answer_says_better(tmp_path: Path) -> None:
    """And only that: rows without a machine's point are looked up once."""
    folder(tmp_path, rows="")
    mark = "新闻.txt@2026-01-01「海淀驿站」 | 位置:district:district@「海淀区」"
    row = dict(zip(ROWS.strip().split(","), DOOR.strip().split(","), strict=True))
    found = row | {"station_id": "d1", "kind": "station", "lon": "116.2", "lat": "40.0",
                   "datum": "wgs84", "uncertainty_m": "15000", "source": mark}  # fmt: skip
    write_csv(tmp_path / "found.csv", LEDGER.names, [found])
    (query, *_) = queries(row)
    place = Candidate(*WGS84, "address", 200.0, WHERE)
    with recording(tmp_path / "answers.csv", may_store=True) as recorder:
        recorder.add("amap", query, [place])
    reference = Reference(Geodata(tmp_path))
    tables = read_contents(reference)
    joined, _ = join_tables(tables.people.rows, tables.machine.rows)
    for answers, wanted in ((Answers(), "district"), (reference.answers, "address")):
        station = locate(joined, reference, reference.places(answers=answers)).rows.iloc[0]
        assert station.precision == wanted, answers
