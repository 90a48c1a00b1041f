"""The second reader against a real endpoint on this machine: off, refusing, asking, remembering."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from geomap.documents import parse_document
from geomap.second_reader import reader_from_environment
from tests.chat_server import KEY, ChatServer, Reply, place, serve
from tests.second_readers import DOCUMENT, GOOD, TEXT, only_skip, reader


@pytest.fixture
def endpoint() -> Iterator[ChatServer]:
    with serve([GOOD]) as server:
        yield server


def test_off_unless_the_environment_names_an_address(tmp_path: Path) -> None:
    assert reader_from_environment({}, tmp_path) is None
    assert reader_from_environment({"GEOMAP_READER_URL": " "}, tmp_path) is None
    assert reader_from_environment({"GEOMAP_READER_KEY": KEY}, tmp_path) is None


def test_a_good_answer_becomes_a_mention(endpoint: ChatServer, tmp_path: Path) -> None:
    answer = reader(endpoint, tmp_path).read(DOCUMENT)
    (mention,) = answer.additions
    assert answer.skips == ()
    assert (mention.name, mention.district, mention.address) == (
        "南桥暖心驿站",
        "柳河区",
        "南桥路18号",
    )
    assert (mention.opening_hours, mention.hours_words) == ("Mo-Su 07:30-19:30", "每日7:30至19:30")
    assert mention.facilities == ("microwave",)
    assert mention.mappable and mention.count is None and mention.confidence <= 0.5
    assert "第二读者" in mention.note


def test_the_request_is_deterministic_and_keeps_the_text_inside_json(
    endpoint: ChatServer, tmp_path: Path
) -> None:
    for folder in ("a", "b"):
        reader(endpoint, tmp_path / folder).read(DOCUMENT)
    one, other = endpoint.requests
    assert one == other and one["temperature"] == 0 and one["model"] == "tiny"
    system, user = one["messages"]
    assert json.loads(user["content"]) == {"document": DOCUMENT.text}
    assert system["role"] == "system" and "南桥" not in system["content"]
    assert endpoint.headers[0]["Authorization"] == f"Bearer {KEY}"


def test_no_key_no_header(endpoint: ChatServer, tmp_path: Path) -> None:
    assert reader(endpoint, tmp_path, KEY="").read(DOCUMENT).additions
    assert "Authorization" not in endpoint.headers[0]


@pytest.mark.parametrize(
    "words",
    ["记者王建国报道：", "李师傅说，", "电话13800138000。", "邮箱 wang@example.cn。", "王某某，"],
)
def test_personal_data_is_refused_and_nothing_sent(
    endpoint: ChatServer, tmp_path: Path, words: str
) -> None:
    skip = only_skip(reader(endpoint, tmp_path).read(parse_document("柳河.txt", TEXT + words)))
    assert skip.code == "reader-personal-data"
    assert endpoint.requests == [] and list(tmp_path.iterdir()) == []


def test_a_book_is_not_sent(endpoint: ChatServer, tmp_path: Path) -> None:
    long = parse_document("柳河.txt", TEXT * 1000)
    assert only_skip(reader(endpoint, tmp_path).read(long)).code == "reader-too-long"
    assert endpoint.requests == []


def test_the_second_run_asks_nobody(tmp_path: Path) -> None:
    unproven = json.loads(GOOD.content or "")
    unproven["places"].append(place("北桥驿站"))
    with serve([Reply(json.dumps(unproven))]) as server:
        first = reader(server, tmp_path).read(DOCUMENT)
        assert len(server.requests) == 1
    assert [skip.code for skip in first.skips] == ["reader-unproven"]
    again = reader(server, tmp_path)  # the endpoint is gone
    assert again.read(DOCUMENT) == first
    other = parse_document("柳河.txt", TEXT.replace("18号", "19号"))
    assert only_skip(again.read(other)).code == "reader-unreachable"


@pytest.mark.parametrize("more", [{"MODEL": "other"}, {"URL": "http://localhost:{port}/v1"}])
def test_another_model_or_address_is_another_question(
    endpoint: ChatServer, tmp_path: Path, more: dict[str, str]
) -> None:
    reader(endpoint, tmp_path).read(DOCUMENT)
    port = endpoint.url.rpartition(":")[2].removesuffix("/v1")
    changed = {name: value.format(port=port) for name, value in more.items()}
    reader(endpoint, tmp_path, **changed).read(DOCUMENT)
    assert len(endpoint.requests) == len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    "spoil",
    [
        lambda kept: b"",
        lambda kept: kept[: len(kept) // 2],
        lambda kept: b"\xff" + kept,
        lambda kept: b"[" * 100_000,
        lambda kept: b"[" * 100_000 + b'{"places": []}',
        lambda kept: b'[{"places": []}]',
        lambda kept: b'{"places": []}',
        lambda kept: kept.replace(b"microwave", b"lodging__"),
        lambda kept: kept.replace(b'"station"', b'"closed"'),
    ],
)
def test_a_spoilt_cache_entry_is_asked_again(
    endpoint: ChatServer, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    first = reader(endpoint, tmp_path).read(DOCUMENT)
    (entry,) = tmp_path.iterdir()
    kept = entry.read_bytes()
    entry.write_bytes(spoil(kept))
    assert reader(endpoint, tmp_path).read(DOCUMENT) == first
    assert len(endpoint.requests) == 2 and entry.read_bytes() == kept


def test_a_cache_that_cannot_be_written_costs_one_skip(
    endpoint: ChatServer, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    answer = reader(endpoint, tmp_path / "file").read(DOCUMENT)
    assert len(answer.additions) == 1
    assert [skip.code for skip in answer.skips] == ["reader-cache-unwritable"]
