"""The gate against other hosts sees what a browser would ask."""

import pytest

from geomap.pages.planner import draw_planner
from geomap.pages.published import draw_tables
from geomap.static_site.policy import hash_source
from tests.editions import make_edition, make_hostile_edition
from tests.foreign_addresses import find_foreign


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.html", '<img src="https://a.cn/x.png">'),
        ("a.html", '<link href="//a.cn/x.css">'),
        ("a.html", "<a href=' javascript:alert(1)'>"),
        ("a.html", "<script>x()</script>"),
        ("a.html", "<style>a{}</style>"),
        ("a.html", '<b style="color:red">'),
        ("a.html", "<img src=x onerror=x()>"),
        ("a.html", '<meta http-equiv="refresh" content="0;url=https://a.cn">'),
        ("a.css", "a{background:url( 'https://a.cn/x')}"),
        ("a.css", '@import "//a.cn/x.css";'),
        ("a.js", 'fetch("https://a.cn/x")'),
        ("a.js", 'load("//a.cn/x.js")'),
        ("internal/assets/rider.js", 'go("https://uri.amap.com/navigation")'),
    ],
)
def test_what_asks_another_host_is_found(path, content):
    assert find_foreign({path: content.encode()})


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.html", '<p>https://a.cn</p><img src="assets/x.png"><a href="#x">'),
        ("a.css", "/* url(https://a.cn) */ a{background:url(images/x.png)}"),
        ("a.js", 'geomap.take("x","https://a.cn");'),
        ("a.js", "x = 1; // no address"),
        ("public/assets/rider.js", 'go("https://uri.amap.com/navigation")'),
        ("public/data/stations.geojson", '{"quote":"https://a.cn"}'),
    ],
)
def test_what_asks_nobody_passes(path, content):
    assert find_foreign({path: content.encode()}) == []


def _page_with(style: str, named: str) -> bytes:
    policy = f'<meta http-equiv="Content-Security-Policy" content="style-src {hash_source(named)}">'
    return f"{policy}<style>{style}</style>".encode()


def test_a_style_passes_when_the_policy_names_its_hash():
    named = _page_with("a{color:red}", "a{color:red}")
    assert find_foreign({"a.html": named}) == []
    assert find_foreign({"a.html": _page_with("a{color:red}", "b{}")})
    asking = "a{background:url(https://a.cn/x)}"
    assert find_foreign({"a.html": _page_with(asking, asking)})


def test_an_opted_in_host_passes():
    site = {"a.html": b'<img src="https://t0.a.cn/x">'}
    assert find_foreign(site, ["https://t0.a.cn/"]) == []


@pytest.mark.parametrize("edition", [make_edition(), make_hostile_edition()])
def test_the_planners_page_asks_nobody(edition):
    tables = draw_tables(edition)
    assert find_foreign(draw_planner(edition, tables) | tables) == []
