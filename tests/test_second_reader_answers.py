"""Whatever an endpoint answers becomes places or one counted skip."""

from __future__ import annotations

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.chat_server import Reply, error, serve
from tests.second_readers import DOCUMENT, GOOD, Watch, only_skip, reader

WRAPPED = [
    "```json\n{}\n```", "```\n{}\n```", "好的，结果如下：\n{}\n请查收。",
    "<think>{{先看 places}}</think>\n{}", "前言 ```json\n{}\n``` 后语",
]  # fmt: skip


@pytest.mark.parametrize("wrapping", WRAPPED)
def test_json_is_found_in_its_wrapping(tmp_path: Path, wrapping: str) -> None:
    with serve([Reply(wrapping.format(GOOD.content))]) as server:
        assert len(reader(server, tmp_path).read(DOCUMENT).additions) == 1


def test_content_in_parts_is_read(tmp_path: Path) -> None:
    parts = [{"type": "text", "text": half} for half in (GOOD.content or "").split(", ", 1)]
    parts[0]["text"] += ", "
    body = json.dumps({"choices": [{"message": {"content": parts}}]}).encode()
    with serve([Reply(body=body)]) as server:
        assert len(reader(server, tmp_path).read(DOCUMENT).additions) == 1


SHAPES: list[Reply] = [
    Reply(body=b"<html>hello</html>"), Reply(body=b"\xff\xfe\x00"), Reply(body=b""),
    Reply(body=b"[" * 200_000), Reply(body=b"null"), Reply(body=b"{}"),
    Reply(body=b'{"choices": []}'), Reply(body=b'{"choices": [null]}'),
    Reply(body=b'{"choices": {"0": 1}}'), Reply(body=b'{"choices": [{"message": "x"}]}'),
    Reply(body=error("quota", "insufficient_quota")), Reply(None), Reply(""), Reply("好的。"),
    Reply("[" * 200_000), Reply("{" * 200_000), Reply("{}"), Reply('{"places": 3}'),
    Reply('{"places": {"name": "南桥暖心驿站"}}'), Reply("9" * 5000), Reply("NaN"),
    Reply(GOOD.content, finish="length"), Reply(GOOD.content, finish="content_filter"),
    Reply(json.dumps({"places": [{}] * 501})),
    Reply(json.dumps({"places": [{"name": "x", "facts": [{}] * 101}]})),
]  # fmt: skip


@pytest.mark.parametrize("reply", SHAPES, ids=range(len(SHAPES)))
def test_a_bad_answer_is_one_skip_and_is_not_kept(tmp_path: Path, reply: Reply) -> None:
    with serve([reply]) as server:
        assert only_skip(reader(server, tmp_path).read(DOCUMENT)).code == "reader-bad-answer"
        assert len(server.requests) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("places", [
    [None, 3, "x", []], [{"name": None}], [{"name": 3, "facts": []}],
    [{"name": "南桥暖心驿站", "facts": "kind"}],
    [{"name": "南桥暖心驿站", "facts": [None, {"fact": []}]}],
    [{"name": "南桥\ud800驿站", "facts": [
        {"fact": "kind", "value": "station", "quote": "\udfff"},
    ]}],
])  # fmt: skip
def test_places_of_a_wrong_shape_prove_nothing(tmp_path: Path, places: list[object]) -> None:
    with serve([Reply(json.dumps({"places": places}))]) as server:
        assert only_skip(reader(server, tmp_path).read(DOCUMENT)).code == "reader-unproven"


def test_ten_megabytes_are_refused(tmp_path: Path) -> None:
    with serve([Reply(" " * 10_000_000 + (GOOD.content or ""))]) as server:
        assert only_skip(reader(server, tmp_path).read(DOCUMENT)).code == "reader-too-large"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 529])
def test_busy_twice_then_an_answer(tmp_path: Path, status: int) -> None:
    watch = Watch()
    with serve([Reply(status=status), Reply(status=status), GOOD]) as server:
        assert len(reader(server, tmp_path, watch).read(DOCUMENT).additions) == 1
        assert len(server.requests) == 3
    assert [pause for pause in watch.slept if pause >= 1] == [1.0, 2.0]


def test_busy_for_ever_is_one_skip_after_three_tries(tmp_path: Path) -> None:
    with serve([Reply(status=503)]) as server:
        assert only_skip(reader(server, tmp_path).read(DOCUMENT)).code == "reader-busy"
        assert len(server.requests) == 3


DAY = "Sat, 21 Nov 2026 08:00:{} GMT"


@pytest.mark.parametrize(("wanted", "pause"), [
    ("7", 7.0), ("0", 0.0), ("-5", 0.0), (DAY.format("09"), 9.0), ("soon", 1.0), ("nan", 1.0),
    ("inf", 1.0), ("Sat, 99 Nov 2026", 1.0),
])  # fmt: skip
def test_retry_after_is_heeded(tmp_path: Path, wanted: str, pause: float) -> None:
    watch = Watch()
    with serve([Reply(status=429, raw=_busy(wanted)), GOOD]) as server:
        assert reader(server, tmp_path, watch, RATE="1e9").read(DOCUMENT).additions
    assert watch.slept[0] == pytest.approx(pause, abs=1e-6)


def _busy(wanted: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def raw(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(429)
        for name, value in (
            ("Date", DAY.format("00")),
            ("Retry-After", wanted),
            ("Content-Length", "0"),
        ):
            handler.send_header(name, value)
        handler.end_headers()

    return raw


def test_an_hour_of_patience_is_not_had(tmp_path: Path) -> None:
    watch = Watch()
    with serve([Reply(status=429, headers={"Retry-After": "3600"})]) as server:
        skip = only_skip(reader(server, tmp_path, watch).read(DOCUMENT))
        assert len(server.requests) == 1
    assert skip.code == "reader-busy" and "3600" in skip.reason and watch.slept == []
