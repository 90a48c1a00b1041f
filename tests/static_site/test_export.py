"""StaticSite: the same bytes, nothing inline, words that cannot run, and faults by name."""

import copy
import re

import folium
import pytest
from branca.element import Element
from folium import plugins
from hypothesis import given
from hypothesis import strategies as st

from geomap.static_site import StaticSite, StaticSiteError
from geomap.static_site.markup import find_code, take_apart
from geomap.static_site.rendering import render
from geomap.static_site.styles import list_urls, replace_urls, strip_source_map
from tests.benchmarks.folium_samples import NOT_DRAWN, SAMPLES, list_classes


def _map(*elements):
    m = folium.Map((39.9, 116.4), tiles=None)
    for element in elements:
        element.add_to(m)
    return m


def _faults(m, **options):
    with pytest.raises(StaticSiteError) as caught:
        StaticSite(m, **options).files()
    return caught.value.reasons


def _draw():
    group = folium.FeatureGroup("g")
    folium.Marker((39.9, 116.4), popup="one", tooltip="two").add_to(group)
    return _map(group, folium.LayerControl(), plugins.HeatMap([(39.9, 116.4)]))


def test_two_maps_made_alike_give_the_same_bytes():
    one, two = StaticSite(_draw()), StaticSite(_draw())
    assert one.files() == two.files()
    assert one.one_file() == two.one_file()


def test_a_map_that_was_shown_before_gives_the_same_bytes_and_is_not_changed():
    m = _draw()
    first = StaticSite(m).files()
    m.get_root().render()
    assert StaticSite(m).files() == first
    popup = next(iter(next(iter(m._children.values()))._children.values()))
    assert "_template" not in vars(popup)


def test_nothing_stands_inline_and_no_address_is_foreign():
    files = StaticSite(_draw()).files()
    page = files["index.html"].decode()
    assert not re.search(
        r"<script>|<style|\sstyle=|\son\w+=|https?://", page.replace("http-equiv", "")
    )
    for address in re.findall(r'(?:src|href)="([^"]+)"', page):
        assert address in files or address.startswith("data:")


def test_words_are_no_templates():
    feature = {"type": "Feature", "properties": {"name": "{{ 7 * 7 }} {% raw"},
               "geometry": {"type": "Point", "coordinates": [0, 0]}}  # fmt: skip
    m = _map(folium.GeoJson(feature), folium.Marker((0, 0), popup="{{ 6 * 7 }}"))
    script = StaticSite(m).files()["assets/map/map.js"].decode()
    assert "{{ 7 * 7 }} {% raw" in script and "{{ 6 * 7 }}" in script


def test_what_the_author_put_into_the_figure_is_on_the_page():
    m = _map()
    m.get_root().html.add_child(Element("<h1 style='color: red'>Title</h1>"))
    m.get_root().script.add_child(Element("var own = 1;"))
    files = StaticSite(m).files()
    assert b"<h1 class=" in files["index.html"] and b"var own = 1;" in files["assets/map/map.js"]


def test_ids_that_words_hold_stay_as_they_are():
    digest = "0123456789abcdef" * 2
    script = StaticSite(_map(folium.Marker((0, 0), tooltip=digest))).files()["assets/map/map.js"]
    assert digest.encode() in script


@given(st.text(alphabet="ab`$\\{}%#<>'\"\n\u2028"))
def test_words_reach_the_script_as_one_string(words):
    script = render(_map(folium.Marker((0, 0), tooltip=words)).get_root()).script
    said = re.search(r'bindTooltip\(\s*"((?:[^"\\]|\\.)*)"', script)
    assert said is not None and "`" not in script.replace(said[1], "")


def test_a_popup_s_words_may_be_plain_text():
    m = _map(folium.Marker((0, 0), popup="<img src=x onerror=alert(1)>"))
    script = StaticSite(m, plain_text=True).files()["assets/map/map.js"].decode()
    assert "\\u0026lt;img" in script


@pytest.mark.parametrize(
    "words", ["<b onclick='x()'>b</b>", "<a href=' java\tscript:x'>a</a>".replace("\t", ""),
              "<script>x</script>", "<iframe src='data:text/html,x'></iframe>"],
)  # fmt: skip
def test_code_in_a_popup_is_a_fault_that_names_it(words):
    (fault, *_) = _faults(_map(folium.Marker((0, 0), popup=words)))
    assert fault.where.startswith("Popup <") and "plain_text" in fault.remedy


def test_an_inline_handler_is_a_fault_that_names_it():
    faults = _faults(_map(plugins.ScrollZoomToggler()))
    assert any("<img id=scroll_zoom_toggler_" in fault.where and "onclick" in fault.what
               for fault in faults)  # fmt: skip


def test_a_missing_library_says_what_to_install():
    (fault, *_) = _faults(_map(plugins.Fullscreen()))
    assert "npm install leaflet.fullscreen@3.0.0" in fault.remedy


def test_all_faults_come_at_once():
    m = _map(plugins.Fullscreen(), folium.Marker((0, 0), popup="<i onclick=x>"))
    folium.TileLayer("OpenStreetMap").add_to(m)
    assert len(_faults(m)) == 4


def test_tiles_of_a_host_need_leave_and_are_in_the_policy():
    m = folium.Map((39.9, 116.4))
    (fault,) = _faults(m)
    assert "openstreetmap" in fault.where and "allow_hosts" in fault.remedy
    page = StaticSite(m, allow_hosts=["tile.openstreetmap.org"]).files()["index.html"].decode()
    assert "img-src 'self' data: https://tile.openstreetmap.org;" in page


def test_any_subdomain_is_any_subdomain():
    m = _map(folium.TileLayer("https://{s}.tiles.example/{z}/{x}/{y}.png", attr="-"))
    page = StaticSite(m, allow_hosts=["*.tiles.example"]).files()["index.html"].decode()
    assert "https://*.tiles.example" in page


def test_data_that_a_page_would_fetch_is_a_fault(tmp_path):
    (tmp_path / "a.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    faults = _faults(_map(folium.GeoJson(str(tmp_path / "a.geojson"), embed=False)))
    assert "a.geojson" in faults[0].what and "embed=True" in faults[0].remedy


@pytest.mark.parametrize("name", ["MeasureControl", "Vega"])
def test_code_from_text_is_a_fault(name):
    m = _map()
    SAMPLES[name].add(m)
    assert any(fault.where == name and "eval" in fault.what for fault in _faults(m))


def test_libraries_that_nothing_uses_stay_out_unless_kept():
    names = StaticSite(_map(folium.Marker((0, 0)))).files()
    assert not [name for name in names if "jquery" in name or "bootstrap" in name]
    assert any("jquery" in fault.where for fault in _faults(_map(), keep=["jquery"]))


def test_an_icon_needs_its_libraries():
    wanted = {fault.where.rpartition("/")[2] for fault in _faults(_map(
        folium.Marker((0, 0), icon=folium.Icon(icon="home", prefix="fa"))))}  # fmt: skip
    assert wanted == {"leaflet.awesome-markers.js", "leaflet.awesome-markers.css", "all.min.css"}


def test_an_element_of_no_map_is_refused():
    with pytest.raises(TypeError, match=r"folium\.Map"):
        StaticSite(folium.Marker((0, 0))).files()


def test_styles_move_into_a_sheet_that_beats_ids_and_not_scripts():
    taken = take_apart('<p id="a" class="k" style="width: 3%">x</p><style>p {}</style>', "s")
    assert taken.html == '<p id="a" class="k s-1">x</p>'
    assert [text for _, text in taken.head] == ["p {}", ":is(.s-1, #a#a#a) { width: 3% }"]


def test_words_that_are_no_markup_hold_no_code():
    assert [*find_code("a < b onclick=1", "x")] == []


def test_a_sheet_s_files_are_found_and_data_is_left():
    css = "a{b:url( 'x.png' )}c{d:url(\"data:image/svg+xml,url(#q)\")}e{f:url(y.woff?#i)}"
    assert list_urls(css) == ["x.png", "y.woff?#i"]
    assert replace_urls(css, str.upper).count("X.PNG") == 1


def test_only_the_last_line_names_a_source_map():
    assert strip_source_map('a("//# sourceMappingURL=x");\n//# sourceMappingURL=y.map\n') == (
        'a("//# sourceMappingURL=x");\n'
    )


def test_one_file_cannot_be_ended_by_words():
    m = _map(Element("{% macro script(this, kwargs) %}{% endmacro %}"))
    m.get_root().script.add_child(Element("var words = '</script><script>alert(1)</script>';"))
    page = StaticSite(m).one_file().decode()
    assert "'<\\/script><script>alert(1)<\\/script>'" in page


def test_every_class_of_folium_has_a_sample():
    assert set(list_classes()) == set(SAMPLES)
    assert not NOT_DRAWN & set(SAMPLES)


def test_folium_keeps_its_own_lists():
    before = copy.deepcopy(folium.Map.default_js)
    StaticSite(_draw()).files()
    assert folium.Map.default_js == before
