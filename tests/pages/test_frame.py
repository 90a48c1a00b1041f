"""The frame of every page: policy, addresses, escaping, tiles."""

import json
from html.parser import HTMLParser

import folium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.model.records import SettingsError
from geomap.model.settings import Publish, Settings, TileProvider
from geomap.pages.frame import DRAFT, Page, draw_page
from geomap.pages.tiles import content_policy, list_tiles
from geomap.static_site.json_text import data_script, to_json

TIANDITU = TileProvider(
    "vec", "天地图", "https://t{s}.example.cn/{z}/{x}/{y}?tk={key}", "天地图 {{7*7}}", key_env="TK"
)


class _Tags(HTMLParser):
    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def _draw(settings=None, environ=None, **words):
    page = Page(template="base.html.j2", title="题 {{7*7}} {% raw %} </title><script>x", **words)
    return draw_page(page, settings or Settings(), environ or {})


def test_a_page_has_no_inline_code_and_no_address():
    html = _draw()
    for tag, attributes in _Tags(html).tags:
        assert tag != "style" and "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        assert tag != "script" or attributes["src"]
    assert b"http" not in html.replace(b"http-equiv", b"")


def test_text_of_a_title_is_neither_template_nor_markup():
    assert "题 {{7*7}} {% raw %} &lt;/title&gt;&lt;script&gt;x" in _draw().decode()


def test_two_drawings_are_equal_and_folium_keeps_its_own_lists():
    stock = list(folium.Map.default_js)
    assert _draw() == _draw()
    assert list(folium.Map.default_js) == stock


def test_the_banner_gives_way_to_the_review_number_only():
    assert DRAFT[0].encode() in _draw()
    passed = Settings(publish=Publish(review_number="GS(2026)1", boundary_source="民政部"))
    html = _draw(passed).decode()
    assert "审图号：GS(2026)1 · 界线来源：民政部" in html
    assert DRAFT[0] not in html and "noindex" not in html


def test_the_policy_opens_for_the_chosen_tiles_alone():
    html = _draw(Settings(tiles=(TIANDITU,)), {"TK": "k1"}).decode()
    assert "img-src 'self' data: https://*.example.cn;" in html
    assert "unsafe" not in html and "tk=k1" in html
    assert "天地图 {{7*7}}" in html


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"url": "javascript:alert(1)//{z}"}, "no http"),
        ({"url": "https://a.cn;script-src *//{z}"}, "no http"),
        ({"datum": "bd09"}, "cannot be drawn"),
        ({"key_env": "MISSING"}, "MISSING"),
    ],
)
def test_unusable_tiles_stop_the_build(change, reason):
    provider = TileProvider(
        **{"id": "x", "label": "x", "url": "https://a.cn/{z}", "attribution": "x"} | change
    )
    with pytest.raises(SettingsError, match=reason):
        list_tiles((provider,), {})


def test_tiles_of_two_datums_cannot_share_a_map():
    gcj02 = TileProvider("g", "g", "https://a.cn/{z}", "g", datum="gcj02")
    wgs84 = TileProvider("w", "w", "https://b.cn/{z}", "w")
    with pytest.raises(SettingsError, match="keep one datum"):
        list_tiles((gcj02, wgs84), {})
    assert content_policy(list_tiles((gcj02,), {})).count("https://a.cn") == 1


@given(st.recursive(st.text() | st.floats() | st.none(), lambda x: st.lists(x, max_size=3)))
def test_json_is_safe_in_a_script_and_reads_back(value):
    text = to_json(value)
    assert not set("<>&\u2028\u2029") & set(text)
    text.encode()
    if "nan" not in repr(value) and "inf" not in repr(value):
        assert json.loads(text) == value


def test_a_data_script_is_one_call():
    assert data_script("x", {"名": "</script>\u2028", "n": float("nan")}) == (
        """geomap.take("x",{"名":"\\u003c/script\\u003e\\u2028","n":null});\n""".encode()
    )
