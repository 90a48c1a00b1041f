"""Each vendor's documented answers, over HTTP on this machine: each outcome in its own bucket."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from geopy.adapters import BaseAsyncAdapter, RequestsAdapter, URLLibAdapter
from geopy.exc import ConfigurationError, GeocoderQueryError, GeopyError
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from geomap.geocoders import Asker, Outcome, make_geocoder
from geomap.geocoders.outcomes import outcome_of
from geomap.geocoders.providers import PROVIDERS
from geomap.geocoders.vendor import Explicit
from geomap.model.records import SettingsError
from geomap.model.tables import PRECISIONS
from geomap.places.spread import distance_m
from tests import geocoder_server as vendor
from tests.geocoder_server import KEY, WGS84, GeocoderServer, Reply, reply, serve

QUERY = "北京市海淀区颐和园路5号"


def geocoder(provider: str, server: GeocoderServer) -> Explicit:
    return make_geocoder(provider, server.environ(provider))


def outcome(provider: str, *replies: Reply) -> Outcome:
    """What a run makes of the answers; no pause is waited for."""
    with serve(*replies) as server:
        asker = Asker(geocoder(provider, server), 1000.0, sleep=lambda _: None)
        return asker.ask(QUERY)[0]


FOUND = {
    "amap": vendor.amap(QUERY), "tencent": vendor.tencent("颐和园路5号"),
    "tianditu": vendor.tianditu(QUERY), "baidu": vendor.baidu(),
    "nominatim": vendor.nominatim(QUERY), "photon": vendor.photon(QUERY),
}  # fmt: skip
EMPTY = {
    "amap": vendor.amap(), "tencent": vendor.tencent_error(347),
    "tianditu": reply({"msg": "结果为空", "status": "101"}),
    "baidu": vendor.baidu_error(1, "Internal Service Error:无相关结果"),
    "nominatim": vendor.nominatim(), "photon": vendor.photon(),
}  # fmt: skip


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_answer_is_wgs84_and_says_how_sure_it_is(provider: str) -> None:
    with serve(FOUND[provider]) as server:
        found = geocoder(provider, server).geocode(QUERY)
    assert isinstance(found, Location) and isinstance(found.raw, dict)
    away = distance_m(np.array([found.longitude]), np.array([found.latitude]), *WGS84)[0]
    assert away < 1.0
    assert found.raw["datum"] == "wgs84" and found.raw["provider"] == provider
    assert found.raw["precision"] in PRECISIONS and 0 < found.raw["uncertainty_m"] <= 300
    assert server.asked[0].get("key", server.asked[0].get("ak", KEY)) == KEY


@pytest.mark.parametrize("provider", PROVIDERS)
def test_nothing_found_is_none_and_several_are_a_list(provider: str) -> None:
    with serve(EMPTY[provider], FOUND[provider]) as server:
        ask = geocoder(provider, server)
        assert isinstance(ask, Geocoder)
        assert ask.geocode(QUERY) is None
        assert len(ask.geocode(QUERY, exactly_one=False)) == 1


@pytest.mark.parametrize(
    "provider, answer",
    [("amap", vendor.amap("甲", "乙", "丙")), ("nominatim", vendor.nominatim("甲", "乙", "丙")),
     ("photon", vendor.photon("甲", "乙", "丙"))],
)  # fmt: skip
def test_several_candidates_all_arrive(provider: str, answer: Reply) -> None:
    with serve(answer) as server:
        found = geocoder(provider, server).geocode(QUERY, exactly_one=False)
    assert [("甲" in one.address, "乙" in one.address) for one in found] == [
        (True, False), (False, True), (False, False)
    ]  # fmt: skip


REVERSE = {
    "amap": (reply({"status": "1", "infocode": "10000",
                    "regeocode": {"formatted_address": QUERY, "addressComponent": {}}}),
             "location", f"{vendor.GCJ02[0]:.6f},{vendor.GCJ02[1]:.6f}"),
    "tencent": (reply({"status": 0, "result": {"address": QUERY, "ad_info": {}}}),
                "location", f"{vendor.GCJ02[1]:.6f},{vendor.GCJ02[0]:.6f}"),
    "tianditu": (reply({"status": "0", "msg": "ok", "result": {"formatted_address": QUERY}}),
                 "type", "geocode"),
    "baidu": (reply({"status": 0, "result": {"formatted_address": QUERY, "location": {
        "lng": vendor.BD09[0], "lat": vendor.BD09[1]}}}),
              "location", f"{vendor.BD09[1]:.6f},{vendor.BD09[0]:.6f}"),
}  # fmt: skip


@pytest.mark.parametrize("provider", REVERSE)
def test_a_point_is_asked_in_the_vendors_datum_and_answered_in_ours(provider: str) -> None:
    answer, name, wanted = REVERSE[provider]
    with serve(answer, EMPTY[provider]) as server:
        ask = geocoder(provider, server)
        found = ask.reverse((WGS84[1], WGS84[0]))
        if provider != "amap":  # an empty geocode is no documented answer of its regeo
            assert ask.reverse((WGS84[1], WGS84[0])) is None
    assert found.address == QUERY
    assert distance_m(np.array([found.longitude]), np.array([found.latitude]), *WGS84)[0] < 1.0
    asked = [float(x) for x in server.asked[0][name].split(",")] if "," in wanted else []
    assert asked == pytest.approx([float(x) for x in wanted.split(",")], abs=2e-6) if asked else (
        server.asked[0][name] == wanted
    )  # fmt: skip


BUCKETS: list[tuple[str, Reply, Outcome]] = [
    *((p, FOUND[p], Outcome.FOUND) for p in PROVIDERS),
    *((p, EMPTY[p], Outcome.NOT_FOUND) for p in PROVIDERS),
    *((p, Reply(b"oops", 500), Outcome.DOWN) for p in PROVIDERS),
    *((p, Reply(b"", 302, {"Location": "http://127.0.0.1:9/"}), Outcome.DOWN) for p in PROVIDERS),
    *((p, Reply(b"", raw=vendor.cut_off), Outcome.DOWN) for p in PROVIDERS),
    *((p, Reply("{“状态”：1}".encode("gb18030")), Outcome.DOWN) for p in PROVIDERS),
    *((p, reply({"unheard": "of"}), Outcome.DOWN) for p in PROVIDERS),
    *((p, reply(None), Outcome.DOWN) for p in PROVIDERS),
    *((p, Reply(b"", 429, {"Retry-After": "3600"}), Outcome.QUOTA) for p in PROVIDERS),
    *((p, Reply(b"", 403), Outcome.REFUSED) for p in PROVIDERS),
    *(("amap", vendor.amap_error(code), Outcome.REFUSED) for code in (10001, 10005, 10009, 10012)),
    *(("amap", vendor.amap_error(code), Outcome.QUOTA) for code in (10003, 10004, 10021, 10044)),
    *(("amap", vendor.amap_error(code), Outcome.DOWN) for code in (10016, 10017, 20003)),
    *(("amap", vendor.amap_error(code), Outcome.NOT_FOUND) for code in (30001, 20000)),
    *(("tencent", vendor.tencent_error(code), Outcome.REFUSED) for code in (110, 112, 190, 199)),
    *(("tencent", vendor.tencent_error(code), Outcome.QUOTA) for code in (120, 121)),
    *(("tencent", vendor.tencent_error(code), Outcome.DOWN) for code in (500, 510)),
    ("tencent", vendor.tencent_error(310), Outcome.NOT_FOUND),
    ("tianditu", vendor.tianditu_error(301003), Outcome.REFUSED),
    ("tianditu", reply({"code": 301003, "msg": "非法Key"}), Outcome.REFUSED),
    ("tianditu", reply({"code": 302001, "msg": "超限"}), Outcome.QUOTA),
    ("tianditu", Reply(b"", 418), Outcome.QUOTA),
    ("tianditu", reply({"msg": "错误", "status": "404"}), Outcome.DOWN),
    *(("baidu", vendor.baidu_error(code), Outcome.REFUSED) for code in (5, 101, 200, 211, 240)),
    *(("baidu", vendor.baidu_error(code), Outcome.QUOTA) for code in (4, 302, 401)),
    ("baidu", vendor.baidu_error(1), Outcome.DOWN),
    ("baidu", vendor.baidu_error(2), Outcome.NOT_FOUND),
]  # fmt: skip


@pytest.mark.parametrize("provider, answer, wanted", BUCKETS)
def test_each_outcome_has_its_own_bucket(provider: str, answer: Reply, wanted: Outcome) -> None:
    assert outcome(provider, answer) is wanted


def test_a_slow_service_is_down_not_silent_for_ever() -> None:
    def wait(handler: Any) -> None:
        handler.connection.settimeout(5)
        handler.rfile.read(1)  # until the client hangs up

    with serve(Reply(b"", raw=wait)) as server:
        ask = geocoder("amap", server)
        ask.timeout = 0.2
        with pytest.raises(GeopyError) as caught:
            ask.geocode(QUERY)
    assert outcome_of(caught.value) is Outcome.DOWN


def test_what_was_too_fast_is_asked_again_and_a_used_up_quota_is_not() -> None:
    assert outcome("amap", vendor.amap_error(10021), vendor.amap(QUERY)) is Outcome.FOUND
    assert outcome("amap", Reply(b"", 503), vendor.amap(QUERY)) is Outcome.FOUND
    with serve(vendor.amap_error(10003)) as server:
        asker = Asker(geocoder("amap", server), 1000.0, sleep=lambda _: None)
        assert asker.ask(QUERY)[0] is Outcome.QUOTA and asker.ended is Outcome.QUOTA
    assert len(server.asked) == 1


BREAKS: list[Reply] = [
    reply({"status": 190, "infocode": "10001", "code": 301003, "msg": KEY}),
    Reply(f"no {KEY}".encode(), 500), Reply(KEY.encode(), 403),
    Reply(b"", raw=vendor.cut_off), Reply(f"{KEY} is no JSON".encode()),
    Reply(b"", 302, {"Location": f"http://127.0.0.1:9/?key={KEY}"}), reply({"key": KEY}),
]  # fmt: skip


@pytest.mark.parametrize(
    "adapter", [None, URLLibAdapter, *([RequestsAdapter] if RequestsAdapter.is_available else [])]
)
@pytest.mark.parametrize("provider", ["amap", "tencent", "tianditu", "baidu"])
def test_no_key_is_in_a_log_or_an_exception(
    provider: str, adapter: Callable[..., Any] | None, caplog: pytest.LogCaptureFixture
) -> None:
    secrets = {KEY, "k3y%2Fwith%2Bodd%3Dsigns", "k3y/with%2Bodd%3Dsigns", "k3y%2Fwith"}
    with caplog.at_level(logging.DEBUG), serve(*BREAKS) as server:
        ask = geocoder(provider, server)
        kind: Any = type(ask)
        ask = kind(KEY, domain=server.domain, scheme="http", adapter_factory=adapter)
        away = kind(KEY, domain="127.0.0.1:9", scheme="http", adapter_factory=adapter)
        for one in [ask] * len(BREAKS) + [away]:
            with pytest.raises(GeopyError) as caught:
                one.geocode(QUERY)
            said = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
            cause: BaseException | None = caught.value
            while cause is not None:  # what a traceback hides is looked at too
                said += str(cause) + str(vars(cause))
                cause = cause.__cause__ or cause.__context__
            assert not [secret for secret in secrets if secret in said]
    ours = [r.getMessage() for r in caplog.records if r.name.split(".")[0] in ("geopy", "geomap")]
    assert not [line for line in ours if any(secret in line for secret in secrets)]
    assert len(server.asked) >= len(BREAKS)
    assert KEY not in repr(ask) + str(vars(ask))


def test_an_asynchronous_adapter_is_refused() -> None:
    class Later(BaseAsyncAdapter):  # type: ignore[misc]
        get_json = get_text = None

    with pytest.raises(ConfigurationError, match="synchronous"):
        make_geocoder("amap", {"GEOMAP_AMAP_KEY": "k"}).__class__("k", adapter_factory=Later)


@pytest.mark.parametrize("query", ["", "  ", "路" * 85])
def test_words_no_service_takes_are_not_sent(query: str) -> None:
    with serve(vendor.amap()) as server, pytest.raises(GeocoderQueryError):
        geocoder("amap", server).geocode(query)
    assert server.asked == []


def test_an_unreliable_answer_is_less_sure() -> None:
    with serve(vendor.tencent("甲", reliability=7), vendor.tencent("甲", reliability=3)) as server:
        ask = geocoder("tencent", server)
        sure, unsure = ask.geocode(QUERY), ask.geocode(QUERY)
    assert unsure.raw["uncertainty_m"] == 5 * sure.raw["uncertainty_m"]


@pytest.mark.parametrize("confidence, radius", [(100, 20), (80, 100), (70, 300), (30, 5000)])
def test_baidus_confidence_is_the_radius(confidence: int, radius: float) -> None:
    with serve(vendor.baidu(confidence)) as server:
        found = geocoder("baidu", server).geocode(QUERY)
    assert found.raw["uncertainty_m"] == radius


@pytest.mark.parametrize(
    "name, environ, code",
    [
        ("google", {}, "geocoder-unknown"),
        ("amap", {}, "geocoder-key-missing"),
        ("amap", {"GEOMAP_AMAP_KEY": "钥匙"}, "geocoder-key-missing"),
        ("photon", {"GEOMAP_PHOTON_URL": "photon.example"}, "geocoder-url-unusable"),
        ("photon", {"GEOMAP_PHOTON_URL": f"http://u:{KEY}@h/"}, "geocoder-url-unusable"),
    ],
)
def test_what_cannot_be_asked_is_named_and_no_secret_repeated(
    name: str, environ: dict[str, str], code: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        make_geocoder(name, environ)
    assert caught.value.code == code
    assert KEY not in str(caught.value) and "钥匙" not in str(caught.value)


def test_ten_thousand_addresses_take_what_the_rate_takes() -> None:
    """A simulated clock: each answer takes 0.3 s, the rate allows two questions a second."""
    now = [0.0]

    class Steady(Explicit):
        name = "steady"

        def geocode(self, query: str, **_: Any) -> None:
            now[0] += 0.3

    def sleep(seconds: float) -> None:
        now[0] += seconds

    asker = Asker(Steady(), 2.0, clock=lambda: now[0], sleep=sleep)
    for number in range(10_000):
        asker.ask(f"第{number}号")
    assert asker.counts[Outcome.NOT_FOUND] == 10_000
    assert 10_000 / 2.0 * 0.999 <= now[0] <= 10_000 / 2.0 * 1.05


def test_nominatims_policy_bounds_the_rate(tmp_path: Path) -> None:
    assert Asker(make_geocoder("nominatim", {}), 50.0).rate == 1.0
    assert Asker(make_geocoder("amap", {"GEOMAP_AMAP_KEY": "k"}), 50.0).rate == 50.0
