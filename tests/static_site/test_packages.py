"""From an address to a file of a package: names, versions, plain folders."""

import json

import folium
import pytest

from geomap.static_site.addresses import read_address
from geomap.static_site.library import Library


@pytest.mark.parametrize(
    ("url", "spec", "path"),
    [
        ("https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.js",
         "leaflet@1.9.3", "dist/leaflet.js"),
        ("https://cdn.jsdelivr.net/npm//vega@5", "vega@5", ""),
        ("https://unpkg.com/@geoman-io/leaflet-geoman-free@latest/dist/leaflet-geoman.js",
         "@geoman-io/leaflet-geoman-free", "dist/leaflet-geoman.js"),
        ("https://cdnjs.cloudflare.com/ajax/libs/moment.js/2.18.1/moment.min.js",
         "moment@2.18.1", "moment.min.js"),
        ("https://cdn.jsdelivr.net/gh/jieter/Leaflet.Sync/L.Map.Sync.min.js",
         "leaflet.sync", "L.Map.Sync.min.js"),
        ("https://code.jquery.com/jquery-3.7.1.min.js", "jquery@3.7.1", "jquery.min.js"),
        ("https://d3js.org/d3.v4.min.js", "d3@4", "d3.min.js"),
        ("https://netdna.bootstrapcdn.com/bootstrap/3.0.0/css/bootstrap-glyphicons.css",
         "glyphicons-only-bootstrap", "css/bootstrap-glyphicons.css"),
        ("https://example.org/lib/own.js?v=2", "", "own.js"),
    ],
)  # fmt: skip
def test_an_address_names_a_package_and_a_file(url, spec, path):
    wanted = read_address(url)
    assert (wanted.spec, wanted.path) == (spec, path)


def test_every_library_of_folium_has_a_package_name():
    from folium import plugins

    classes = [folium.Map, *(getattr(plugins, name) for name in plugins.__all__)]
    urls = {
        url
        for one in classes
        for _, url in [*getattr(one, "default_js", ()), *getattr(one, "default_css", ())]
    }
    assert len(urls) > 60
    assert [url for url in urls if not read_address(url).name] == []


def _pack(folder, name, version, files, **said):
    folder.mkdir(parents=True)
    (folder / "package.json").write_text(json.dumps({"name": name, "version": version, **said}))
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def test_two_versions_of_a_package_stand_side_by_side(tmp_path):
    _pack(tmp_path / "node_modules" / "d3", "d3", "3.5.5", {"d3.min.js": "three"})
    _pack(tmp_path / "node_modules" / "d3v4", "d3", "4.13.0", {"build/d3.min.js": "four"})
    library = Library([tmp_path])
    found = library.find(read_address("https://d3js.org/d3.v4.min.js"))
    assert found is not None and found.path.read_text() == "four"
    assert found.address == "assets/d3-4.13.0/build/d3.min.js"


def test_another_version_is_taken_only_when_told(tmp_path):
    _pack(tmp_path / "jquery", "jquery", "3.7.10", {"dist/jquery.min.js": ""})
    wanted = read_address("https://code.jquery.com/jquery-3.7.1.min.js")
    assert Library([tmp_path]).find(wanted) is None
    assert Library([tmp_path], other_versions=True).find(wanted) is not None


def test_a_bare_address_is_the_file_that_the_package_names(tmp_path):
    _pack(tmp_path / "vega", "vega", "5.1.0", {"build/vega.min.js": "it"}, main="no.js",
          jsdelivr="build/vega.min")  # fmt: skip
    found = Library([tmp_path]).find(read_address("https://cdn.jsdelivr.net/npm//vega@5"))
    assert found is not None and found.path.read_text() == "it"


def test_a_folder_of_plain_files_serves_by_name(tmp_path):
    (tmp_path / "own.js").write_text("own")
    found = Library([tmp_path]).find(read_address("https://example.org/lib/own.js"))
    assert found is not None and found.path == tmp_path / "own.js"


def test_leaflet_and_folium_s_own_files_are_installed():
    library = Library()
    for url in (
        "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.js",
        "https://cdn.jsdelivr.net/gh/python-visualization/folium@main/folium/templates/leaflet_heat.min.js",
    ):
        assert library.find(read_address(url)) is not None
