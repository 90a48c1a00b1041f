"""A chat-completions endpoint on this machine that answers as the vendor's API documents."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.local_server import run_server

KEY = "sk-test-9f2c7d1e5b"


@dataclass(frozen=True)
class Reply:
    """One answer: a completion's content, or a status with a body; ``raw`` writes by itself."""

    content: str | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    finish: str = "stop"
    raw: Callable[[BaseHTTPRequestHandler], None] | None = None

    def bytes(self, model: str) -> bytes:
        if self.body is not None:
            return self.body
        if self.status != 200:
            return error("no luck", "server_error")
        message = {"role": "assistant", "content": self.content}
        choice = {"index": 0, "message": message, "finish_reason": self.finish, "logprobs": None}
        usage = {"prompt_tokens": 9, "completion_tokens": 9, "total_tokens": 18}
        whole = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": model}
        return json.dumps({**whole, "choices": [choice], "usage": usage}).encode()


def places(*found: Mapping[str, Any]) -> Reply:
    """The answer that names these places."""
    return Reply(json.dumps({"places": found}, ensure_ascii=False))


def place(name: str, *facts: str, kind: str = "station") -> dict[str, Any]:
    """A place as the instruction asks for it; a fact is ``fact=quote`` or ``fact:value=quote``."""
    listed = [{"fact": "kind", "value": kind, "quote": name}]
    for written in facts:
        what, _, quote = written.partition("=")
        fact, _, value = what.partition(":")
        listed.append({"fact": fact, "quote": quote} | ({"value": value} if value else {}))
    return {"name": name, "facts": listed}


def error(message: str, kind: str) -> bytes:
    """The vendor's error object."""
    return json.dumps({"error": {"message": message, "type": kind, "code": None}}).encode()


@dataclass
class ChatServer:
    """What was asked so far; ``replies`` are given in turn, the last one for ever."""

    url: str
    replies: list[Reply]
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def environ(self, **more: str) -> dict[str, str]:
        """The environment that switches the second reader on; a rate that no test waits for."""
        named = {"URL": self.url, "KEY": KEY, "MODEL": "tiny", "RATE": "1000", **more}
        return {f"GEOMAP_READER_{name}": value for name, value in named.items()}


@contextmanager
def serve(replies: Iterable[Reply]) -> Iterator[ChatServer]:
    """An endpoint that lives as long as the block."""
    state = ChatServer("", list(replies))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.requests.append(request)
            state.headers.append(dict(self.headers.items()))
            reply = self.judge(request) or state.replies[0]
            if reply is state.replies[0] and len(state.replies) > 1:
                state.replies.pop(0)
            if reply.raw:
                reply.raw(self)
            else:
                self.give(reply, reply.bytes(request["model"]))

        def do_GET(self) -> None:
            state.headers.append(dict(self.headers.items()))
            self.give(Reply(), error("a redirect was followed", "invalid_request_error"))

        def judge(self, request: dict[str, Any]) -> Reply | None:
            given = self.headers.get("Authorization", "")
            if given and given != f"Bearer {KEY}":  # the vendor repeats the key
                told = f"Incorrect API key provided: {given.removeprefix('Bearer ')}."
                return Reply(status=401, body=error(told, "invalid_request_error"))
            good = self.path == "/v1/chat/completions" and request["model"] and request["messages"]
            return None if good else Reply(status=404, body=error("unknown url", "not_found"))

        def give(self, reply: Reply, body: bytes) -> None:
            self.send_response(reply.status)
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with run_server(Handler) as port:
        state.url = f"http://127.0.0.1:{port}/v1"
        yield state
