"""Lines that break, endpoints that fail, settings that are wrong; and the key, which is nowhere."""

from __future__ import annotations

import contextlib
import logging
import re
import socket
import time
import traceback
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from geomap.documents import parse_document
from geomap.model.records import SettingsError
from geomap.second_reader import merge_additions, reader_from_environment
from geomap.second_reader.endpoint import read_endpoint
from geomap.second_reader.transport import HttpTransport, NoAnswerError, Response
from geomap.stations.found import mention_row
from tests.chat_server import KEY, ChatServer, Reply, places, serve
from tests.second_readers import DOCUMENT, GOOD, TEXT, Watch, only_skip, reader


def _hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def _gibberish(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"GET OUT\r\n\r\n")


def _half(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")


def _short(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b'HTTP/1.0 200 OK\r\nContent-Length: 999\r\n\r\n{"choices": [')


def _sleep(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(0.4)


def _dribble(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
    with contextlib.suppress(OSError):
        for _ in range(40):
            handler.wfile.write(b" ")
            time.sleep(0.02)


@pytest.mark.parametrize(
    ("raw", "code", "tries"),
    [
        (_hang_up, "reader-unreachable", 3),
        (_gibberish, "reader-unreachable", 3),
        (_half, "reader-unreachable", 3),
        (_short, "reader-bad-answer", 1),
        (_sleep, "reader-timeout", 1),
        (_dribble, "reader-timeout", 1),
    ],
)
def test_a_broken_line_is_one_skip(
    tmp_path: Path, raw: Callable[[BaseHTTPRequestHandler], None], code: str, tries: int
) -> None:
    transport = HttpTransport(still_s=0.15, whole_s=0.3)
    with serve([Reply(raw=raw)]) as server:
        skip = only_skip(reader(server, tmp_path, transport=transport).read(DOCUMENT))
        assert (skip.code, len(server.requests)) == (code, tries)


@pytest.mark.parametrize(
    ("status", "code"),
    [(400, "reader-rejected"), (401, "reader-not-allowed"), (403, "reader-not-allowed"),
     (404, "reader-rejected"), (204, "reader-rejected"), (302, "reader-rejected"),
     (307, "reader-rejected")],
)  # fmt: skip
def test_a_refusal_is_not_asked_again(tmp_path: Path, status: int, code: str) -> None:
    with serve([Reply(status=status, body=b"")]) as server:
        assert only_skip(reader(server, tmp_path).read(DOCUMENT)).code == code
        assert len(server.requests) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_never_takes_the_key_along(tmp_path: Path, status: int) -> None:
    with serve([GOOD]) as other:
        away = {"Location": other.url + "/chat/completions"}
        with serve([Reply(status=status, headers=away)]) as server:
            assert only_skip(reader(server, tmp_path).read(DOCUMENT)).code == "reader-rejected"
        assert other.headers == []


def test_a_dead_endpoint_is_given_up_after_three_documents(tmp_path: Path) -> None:
    with serve([Reply(status=500)]) as server:
        second = reader(server, tmp_path)
        codes = [only_skip(second.read(_numbered(n))).code for n in range(6)]
        assert len(server.requests) == 9
    assert codes == ["reader-busy"] * 3 + ["reader-given-up"] * 3


def test_one_answer_restores_patience(tmp_path: Path) -> None:
    bad = Reply(status=404)
    with serve([bad, bad, GOOD, bad, bad, GOOD]) as server:
        second = reader(server, tmp_path)
        answers = [second.read(_numbered(n)) for n in range(6)]
    assert [len(answer.additions) for answer in answers] == [0, 0, 1, 0, 0, 1]


def test_a_wrong_key_is_tried_once_in_a_run(tmp_path: Path) -> None:
    with serve([GOOD]) as server:
        second = reader(server, tmp_path, KEY="sk-wrong")
        codes = [only_skip(second.read(_numbered(n))).code for n in range(3)]
        assert len(server.requests) == 1
    assert codes == ["reader-not-allowed", "reader-given-up", "reader-given-up"]


def _numbered(number: int) -> object:
    return parse_document("柳河.txt", TEXT + f"第{number}版\n")


@pytest.mark.parametrize(("rate", "pause"), [("", 1.0), ("2", 0.5), ("0.1", 10.0)])
def test_requests_keep_their_distance(tmp_path: Path, rate: str, pause: float) -> None:
    watch = Watch()
    with serve([GOOD]) as server:
        second = reader(server, tmp_path, watch, RATE=rate)
        for number in range(3):
            second.read(_numbered(number))
        second.read(_numbered(2))  # remembered: nobody waits for it
    assert watch.slept == [pytest.approx(pause)] * 2


def test_tries_again_keep_their_distance_too(tmp_path: Path) -> None:
    watch = Watch()
    with serve([Reply(status=503, headers={"Retry-After": "1"}), GOOD]) as server:
        assert reader(server, tmp_path, watch, RATE="0.1").read(DOCUMENT).additions
    assert watch.now == pytest.approx(110.0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("URL", "file:///etc/hosts"), ("URL", "127.0.0.1:80"), ("URL", "http://"), ("URL", "v1"),
        ("URL", "http://me:{key}@127.0.0.1/v1"), ("URL", "http://127.0.0.1/v1?key={key}"),
        ("URL", "http://127.0.0.1/v1#{key}"), ("URL", "http://127.0.0.1:x/{key}"),
        ("URL", "http://[::1/{key}"), ("URL", "http://127.0.0.1/{key} x"),
        ("URL", "http://models.example.com/v1"), ("RATE", "0"), ("RATE", "-1"), ("RATE", "nan"),
        ("RATE", "inf"), ("RATE", "fast"), ("KEY", "{key}\r\nX: y"), ("KEY", "{key} x"),
        ("KEY", "密钥{key}"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_told_without_the_key(tmp_path: Path, name: str, value: str) -> None:
    environ = ChatServer("http://127.0.0.1:9/v1", []).environ(**{name: value.format(key=KEY)})
    with pytest.raises(SettingsError) as caught:
        reader_from_environment(environ, tmp_path)
    assert f"GEOMAP_READER_{name}" in str(caught.value) and KEY not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "key"),
    [("http://models.example.com/v1", ""), ("https://models.example.com/v1", KEY),
     ("http://192.168.1.20:8000/v1/", KEY), ("http://[::1]:8000/v1/chat/completions", KEY),
     ("http://localhost:8000/v1", KEY)],
)  # fmt: skip
def test_addresses_that_will_do(url: str, key: str) -> None:
    endpoint = read_endpoint({"GEOMAP_READER_URL": url, "GEOMAP_READER_KEY": key})
    assert endpoint is not None
    assert re.fullmatch(r"https?://[^/]+/v1/chat/completions", endpoint.url)


class Tell:
    """A transport that answers with all it was given, as a debugging proxy would."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Response:
        told = places({"name": "南桥暖心驿站", "facts": [
            {"fact": "kind", "value": "station", "quote": "暖心驿站"},
            {"fact": "address", "quote": headers["Authorization"]},
            {"fact": "address", "quote": "南桥路18号", "value": headers["Authorization"]},
        ], "key": KEY})  # fmt: skip
        return Response(200, dict(headers), told.bytes("tiny"))


class Refuse:
    """A transport whose own error repeats nothing of ours."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Response:
        raise NoAnswerError("unreachable", "cannot be reached")


def test_the_key_is_nowhere(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    replies = [
        GOOD,
        Reply(f"密钥是 {KEY}"),
        Reply(status=500, body=KEY.encode()),
        Reply(raw=_hang_up),
    ]
    left: list[object] = []
    with serve(replies) as server:
        second = reader(server, tmp_path)
        left += [second, second.endpoint, *(second.read(_numbered(n)) for n in range(4))]
        left.append(reader(server, tmp_path, KEY=KEY + "x").read(_numbered(9)))
        assert any(KEY in str(headers) for headers in server.headers)
        for transport in (Tell(), Refuse()):
            told = reader(server, tmp_path, transport=transport).read(_numbered(10))
            left += [
                told,
                [mention_row(mention) for mention in merge_additions([], told.additions)],
            ]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    left += [path.read_text("ascii") + path.name for path in files]
    left += [record.getMessage() for record in caplog.records]
    assert len(files) == 2 and KEY not in "\n".join(map(repr, left))


def test_the_key_is_in_no_traceback(tmp_path: Path) -> None:
    with serve([Reply(raw=_gibberish)]) as server, pytest.raises(NoAnswerError) as caught:
        HttpTransport().post(server.url + "/chat/completions", {"Authorization": KEY}, b"{}")
    error = caught.value
    assert error.__cause__ is None and error.__suppress_context__
    assert KEY not in "".join(traceback.format_exception(error))
