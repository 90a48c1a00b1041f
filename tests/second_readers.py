"""What the tests of the second reader share: a document, an answer, a reader that never waits."""

from __future__ import annotations

from pathlib import Path

from geomap.documents import parse_document
from geomap.model.records import Skip
from geomap.second_reader import SecondReader, reader_from_environment
from geomap.second_reader.asking import RateLimit
from geomap.second_reader.reader import Answer
from geomap.second_reader.transport import Transport
from tests.chat_server import ChatServer, place, places

TEXT = """柳河区总工会新闻
柳河区南桥暖心驿站日前启用，地址在南桥路18号，每日7:30至19:30开放，可以热饭。
全区已有178个暖心驿站。
"""
DOCUMENT = parse_document("柳河.txt", TEXT)
GOOD = places(
    place("南桥暖心驿站", "district=柳河区", "address=南桥路18号",
          "opening_hours=每日7:30至19:30", "facility:microwave=可以热饭"),
)  # fmt: skip


class Watch:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def reader(
    server: ChatServer, cache: Path, watch: Watch | None = None, transport: Transport | None = None,
    **more: str,
) -> SecondReader:  # fmt: skip
    made = reader_from_environment(server.environ(**more), cache, transport)
    assert made is not None
    watch = watch or Watch()
    made.pace = RateLimit(made.endpoint.rate, watch.clock, watch.sleep)
    return made


def only_skip(answer: Answer) -> Skip:
    assert answer.additions == ()
    (skip,) = answer.skips
    assert skip.where == "柳河.txt" and skip.reason
    return skip
