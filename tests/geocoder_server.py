"""Geocoders on this machine that answer as their vendors document."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.local_server import run_server

KEY = "k3y/with+odd=signs"
#: A door in 海淀区, in each vendor's own datum; all are the same WGS-84 point within a metre.
WGS84 = (116.310003, 39.991957)
GCJ02 = (116.316107, 39.993238)
BD09 = (116.322664, 39.999135)


@dataclass(frozen=True)
class Reply:
    """One answer; ``raw`` writes by itself."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: Callable[[BaseHTTPRequestHandler], None] | None = None


def reply(body: Any, status: int = 200, **headers: str) -> Reply:
    return Reply(json.dumps(body, ensure_ascii=False).encode(), status, headers)


def amap(*names: str, level: str = "门牌号", at: tuple[float, float] = GCJ02) -> Reply:
    codes = [
        {"formatted_address": name, "country": "中国", "province": "北京市", "citycode": "010",
         "city": "北京市", "district": "海淀区", "township": [], "street": "颐和园路",
         "neighborhood": {"name": [], "type": []}, "building": {"name": [], "type": []},
         "adcode": "110108", "number": "5号", "location": f"{at[0]},{at[1]}", "level": level}
        for name in names
    ]  # fmt: skip
    return reply({"status": "1", "info": "OK", "infocode": "10000", "count": str(len(codes)),
                  "geocodes": codes})  # fmt: skip


def amap_error(code: int) -> Reply:
    return reply({"status": "0", "info": f"NO {KEY}", "infocode": str(code)})


def tencent(title: str, level: int = 9, reliability: int = 7) -> Reply:
    parts = {"province": "北京市", "city": "北京市", "district": "海淀区", "street": "颐和园路"}
    return reply({"status": 0, "message": "query ok", "result": {
        "title": title, "location": {"lng": GCJ02[0], "lat": GCJ02[1]}, "similarity": 0.8,
        "ad_info": {"adcode": "110108"}, "address_components": parts, "deviation": 1000,
        "reliability": reliability, "level": level}})  # fmt: skip


def tencent_error(status: int) -> Reply:
    return reply({"status": status, "message": f"no {KEY}", "request_id": "1"})


def tianditu(words: str, score: int = 100) -> Reply:
    return reply({"msg": "ok", "location": {"score": score, "level": "门址", "lon": str(WGS84[0]),
                  "lat": str(WGS84[1]), "keyWord": words}, "searchVersion": "6.4.9V",
                  "status": "0"})  # fmt: skip


def tianditu_error(code: int) -> Reply:
    return reply({"code": code, "msg": f"非法Key {KEY}", "resolve": "重新申请"}, 403)


def baidu(confidence: int = 80) -> Reply:
    return reply({"status": 0, "result": {"location": {"lng": BD09[0], "lat": BD09[1]},
                  "precise": 1, "confidence": confidence, "comprehension": 100,
                  "level": "门址"}})  # fmt: skip


def baidu_error(status: int, message: str = "") -> Reply:
    return reply({"status": status, "message": message or f"no {KEY}"})


def nominatim(*names: str) -> Reply:
    return reply([
        {"place_id": n, "osm_type": "node", "lat": str(WGS84[1]), "lon": str(WGS84[0]),
         "class": "amenity", "type": "bank", "addresstype": "amenity", "display_name": name}
        for n, name in enumerate(names)
    ])  # fmt: skip


def photon(*names: str) -> Reply:
    return reply({"type": "FeatureCollection", "features": [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": list(WGS84)},
         "properties": {"type": "house", "name": name, "city": "北京市", "street": "颐和园路",
                        "osm_key": "amenity", "countrycode": "CN"}}
        for name in names
    ]})  # fmt: skip


def cut_off(handler: BaseHTTPRequestHandler) -> None:
    """Promise more than is sent."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"status": "1", "geo')


@dataclass
class GeocoderServer:
    """What was asked so far; ``replies`` are given in turn, the last one for ever."""

    domain: str
    replies: list[Reply]
    asked: list[dict[str, str]] = field(default_factory=list)

    def environ(self, provider: str) -> dict[str, str]:
        named = f"GEOMAP_{provider.upper()}"
        return {f"{named}_KEY": KEY, f"{named}_URL": f"http://{self.domain}"}


@contextmanager
def serve(*replies: Reply) -> Iterator[GeocoderServer]:
    state = GeocoderServer("", list(replies))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            state.asked.append({"path": parts.path, **asked})
            given = state.replies.pop(0) if len(state.replies) > 1 else state.replies[0]
            if given.raw:
                given.raw(self)
                return
            self.send_response(given.status)
            for name, value in given.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(given.body)))
            self.end_headers()
            self.wfile.write(given.body)

    with run_server(Handler) as port:
        state.domain = f"127.0.0.1:{port}"
        yield state
