"""A StaticSite in Chromium: shown under its policy, silent, and inert."""

import folium
import pytest

from geomap.static_site import StaticSite
from tests.benchmarks.folium_features import export, look
from tests.benchmarks.folium_samples import HERE, SAMPLES
from tests.browser.conftest import write_site

pytestmark = pytest.mark.slow

#: Classes that need no library but the installed ones.
INSTALLED = (
    "Choropleth", "ClickForMarker", "DivIcon", "FloatImage", "GeoJsonPopup", "GeoJsonTooltip",
    "HeatMap", "ImageOverlay", "LayerControl", "Popup", "TileLayer", "VideoOverlay",
)  # fmt: skip


@pytest.mark.parametrize("name", [name for name in INSTALLED if name != "Choropleth"])
def test_what_is_installed_is_shown_as_a_folder_and_as_a_file(name, tmp_path, open_page, serve):
    site = export(SAMPLES[name], tmp_path / "none")
    write_site(site.files() | {"one.html": site.one_file()}, tmp_path)
    for address in (f"{serve(tmp_path)}/index.html", (tmp_path / "one.html").as_uri()):
        page, record = open_page(address)
        assert look(page, SAMPLES[name]) == "shown"
        assert record.complaints == []
        assert record.foreign("/".join(address.split("/")[:3])) == []


def test_hostile_words_are_shown_and_do_nothing(tmp_path, open_page):
    hostile = (
        "<img src=x onerror=\"window.hit=1\" style='color:red'>${window.hit=2}`${window.hit=3}"
    )
    feature = {"type": "Feature", "properties": {"name": hostile},
               "geometry": {"type": "Point", "coordinates": HERE[::-1]}}  # fmt: skip
    m = folium.Map(HERE, tiles=None)
    folium.Marker(
        (39.95, 116.4), tooltip=folium.Tooltip("${window.hit=4} `q`", permanent=True)
    ).add_to(m)
    folium.GeoJson(
        {"type": "FeatureCollection", "features": [feature]},
        popup=folium.GeoJsonPopup(["name"]),
        name=hostile,
    ).add_to(m)
    folium.LayerControl(collapsed=False).add_to(m)
    page, record = open_page((StaticSite(m).save(tmp_path)).as_uri())
    assert page.locator(".leaflet-tooltip").inner_text() == "${window.hit=4} `q`"
    page.locator(".leaflet-marker-icon").nth(1).click()
    assert "${window.hit=2}" in page.locator(".foliumpopup").inner_text()
    assert page.evaluate("window.hit === undefined")
    assert [said for said in record.complaints if "Security" in said] == []


def test_a_library_s_html_and_styles_work_without_inline_styles(tmp_path, open_page):
    page, record = open_page(StaticSite(folium.Map(HERE, tiles=None)).save(tmp_path).as_uri())
    seen = page.evaluate(
        """() => {
          const box = document.createElement("div"), style = document.createElement("style");
          document.body.appendChild(box);
          box.innerHTML = '<table><tr style="color: rgb(1, 2, 3)"><td>a</td></tr></table>';
          box.insertAdjacentHTML("beforeend", '<svg><path style="fill: red"/></svg>');
          box.setAttribute("style", "width: 7px");
          box.setAttribute("onclick", "window.hit = 1");
          style.textContent = "td { height: 31px }";
          document.head.appendChild(style);
          box.click();
          const cell = getComputedStyle(box.querySelector("td"));
          return [cell.color, box.querySelector("path").style.fill, box.style.width, cell.height,
            window.hit || 0];
        }"""
    )
    assert seen == ["rgb(1, 2, 3)", "red", "7px", "31px", 0]
    assert record.complaints == []
