"""The map as a library: README's lines run, and what they give can be added to."""

import re
from pathlib import Path

import folium
import geopandas as gpd
import pytest

import geomap
from geomap.layers import Bands
from geomap.static_site import StaticSite
from tests.roads.road_files import CORNER, write_town

README = Path(__file__).parents[1] / "README.md"
HEAD = "name,kind,district,lon,lat,datum\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "my-city").mkdir()
    text = f"{HEAD}新市镇驿站,station,德清县,120.291,30.617,手机\n某处驿站,station,,,,\n"
    (tmp_path / "my-city/stations.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_lines_of_the_readme_run(folder, monkeypatch, capsys) -> None:
    lines = re.findall(
        r"```python\n(import geomap\n.*?)```", README.read_text(encoding="utf-8"), re.S
    )
    assert len(lines) == 1 and len([line for line in lines[0].splitlines() if line]) == 5
    monkeypatch.chdir(folder)
    exec(lines[0], {})
    told = capsys.readouterr().out
    assert "新市镇驿站" in told and "德清县" in told
    assert "geomapLayers" in (folder / "city.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in folder.iterdir()) == ["city.html", "my-city"]


def test_tables_are_in_degrees_and_say_what_was_left_out(folder) -> None:
    city = geomap.build(folder / "my-city")
    for table in (city.stations, city.districts, city.areas):
        assert isinstance(table, gpd.GeoDataFrame) and table.crs == "EPSG:4326"
    assert city.stations.geometry.iloc[0].x == pytest.approx(120.291)
    assert [skip.code for skip in (*city.skips, *city.warnings)] == ["place-missing"]
    with pytest.raises(KeyError):
        city.explore("no such envelope")


def test_what_is_added_to_the_map_is_in_its_site(folder) -> None:
    drawn = geomap.build(folder / "my-city").explore()
    folder_layer = folium.FeatureGroup("more").add_to(drawn)
    folium.CircleMarker((30.6, 120.3), tooltip="my own").add_to(folder_layer)
    files = StaticSite(drawn).files()
    assert any(b"my own" in content for content in files.values())


def test_by_road_the_bands_are_drawn_too(folder) -> None:
    (folder / "my-city/stations.csv").write_text(
        f"{HEAD}海边驿站,station,,{CORNER[0] + 0.004},{CORNER[1] + 0.004},手机\n", encoding="utf-8"
    )  # fmt: skip
    city = geomap.build(folder / "my-city", roads=[write_town(folder / "town.gpkg")])
    assert "network" in set(city.areas.method)
    by_road = city.edition.bands.envelope_id.iloc[0]
    for envelope, drawn in ((by_road, 1), ("", 0)):
        layers = city.explore(envelope)._children.values()
        assert sum(isinstance(layer, Bands) for layer in layers) == drawn
