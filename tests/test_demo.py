"""A demonstration says so on every page, and no gate opens for it."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geomap.cli import main
from geomap.model.records import PublishError
from geomap.model.settings import DEMO, Publish, Settings
from geomap.pages import draw_site
from geomap.pages.one_file import draw_one_file
from geomap.store.publish import publish_site
from tests.rider_editions import make_rider_edition

ROOT = Path(__file__).parents[1]


def load_maker():
    spec = importlib.util.spec_from_file_location("make_demo", ROOT / "geodata" / "make_demo.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_page_of_a_demonstration_says_so_whatever_else_is_set():
    publish = Publish(review_number="京S(2026)001号", demo=True)
    edition = make_rider_edition(settings=Settings(title="演示", publish=publish))
    site = draw_site(edition) | {"public/one-file.html": draw_one_file(edition)}
    pages = [content for path, content in site.items() if path.endswith(".html")]
    assert len(pages) >= 3
    assert all(DEMO[0].encode() in page for page in pages)
    assert not replace(publish, demo=True).is_open


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demonstration's ledger on a few invented streets, built."""
    maker, folder = load_maker(), tmp_path_factory.mktemp("demo")
    maker.COUNT = 12
    chance = np.random.default_rng(1)
    ends = np.array([114.3, 30.58]) + chance.uniform(-0.01, 0.01, (20, 2, 2))
    streets = gpd.GeoDataFrame({"highway": "residential"}, geometry=shapely.linestrings(ends),
                               crs=4326, index=range(20))  # fmt: skip
    stations = maker.invent_stations(streets, dt.date(2026, 11, 20))
    stations.to_csv(folder / "stations.csv", index=False, encoding="utf-8-sig")
    (folder / "map.toml").write_text(maker.SETTINGS, encoding="utf-8")
    assert main(["build", "--geodata", str(folder), "--out", str(folder / "site"), "-q"]) == 0
    return folder, stations


def test_invented_stations_are_a_ledger_without_fault(demo, capsys):
    folder, stations = demo
    assert stations["name"].str.contains("虚构").all()
    assert main(["check", "--geodata", str(folder)]) == 0
    facts = json.loads((folder / "site/public/data/stations.geojson").read_text("utf-8"))
    assert len(facts["features"]) == 12
    capsys.readouterr()


def test_no_demonstration_is_published(demo):
    folder, _ = demo
    with pytest.raises(PublishError, match="虚构") as refused:
        publish_site(folder / "site", folder / "www")
    assert refused.value.code == "gate-demo"
    assert not (folder / "www").exists()
