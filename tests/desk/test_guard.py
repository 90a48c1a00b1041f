"""Another page of the same browser, another name for this machine, a frame: none gets anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.window import Window

OURS = "http://127.0.0.1:8000"


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_opened_address_lets_in_once_and_leaves_no_key_in_the_address(folder: Path) -> None:
    window = Window(folder)
    window.client.delete_cookie(window.guard.cookie, domain="127.0.0.1")
    assert window.get("/").status_code == 403
    opened = window.get(f"/?key={window.guard.key}")
    assert (opened.status_code, opened.location) == (303, "/")
    cookie = opened.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    assert window.get("/").status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example:8000", "localhost:8000", "127.0.0.1:9", "[::1]:8000"]
)
def test_another_name_of_this_machine_is_refused(window: Window, host: str) -> None:
    assert window.get("/", Host=host).status_code == 403
    assert window.get(f"/?key={window.guard.key}", Host=host).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:8001"},
        {"Origin": "http://localhost:8000"},
        {"Origin": OURS, "Sec-Fetch-Site": "cross-site"},
        {"Origin": OURS, "Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_foreign_page_cannot_post(window: Window, headers: dict[str, str]) -> None:
    before = everything(window.folder)
    answer = window.post("/arrive", {"pasted": "某某路驿站"}, headers=headers)
    assert answer.status_code == 403
    assert everything(window.folder) == before


def test_a_form_without_this_starts_token_is_refused(window: Window) -> None:
    other = Window(window.folder)
    assert window.post("/arrive", {"pasted": "x"}, token=False).status_code == 403
    fields = {"pasted": "x", "token": other.guard.token}
    assert window.post("/arrive", fields, token=False).status_code == 403


def test_a_foreign_page_cannot_read_or_frame(window: Window) -> None:
    assert window.get("/", **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    headers = window.get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy
    assert "Access-Control-Allow-Origin" not in headers
    assert headers["X-Frame-Options"] == "DENY" and headers["Cache-Control"] == "no-store"


def test_no_page_carries_the_key(window: Window) -> None:
    for path in ("/", "/assets/desk.js"):
        assert window.guard.key not in window.get(path).text


def test_every_page_that_changes_anything_asks_for_the_token(window: Window) -> None:
    for rule in window.app.url_map.iter_rules():
        assert rule.methods is not None
        if "POST" in rule.methods:
            path = rule.rule.replace("<name>", "1").replace("<station>", "A1")
            assert window.post(path, token=False).status_code == 403, rule
            assert window.post(path, headers={"Origin": "https://evil.example"}).status_code == 403
