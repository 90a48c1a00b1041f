"""A road file opens nothing but itself: no address, no other file, no endless memory."""

import bz2
import gzip
import http.server
import json
import shutil
import sqlite3
import struct
import threading
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from geomap.commands.messages import format_error
from geomap.model.labels import shipped_texts
from geomap.model.records import InputError
from geomap.roads import read_roads
from geomap.roads.crs import parse_crs
from tests.roads.road_files import KINDS, write_town

STREET = [(117.0, 36.5), (117.01, 36.5)]
#: Where the canary's street lies: no file of these tests may be found to have it.
CANARY = [(100.0, 30.0), (100.01, 30.0)]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, list[str]]]:
    """A server and proxy of this machine: its address, and what it was asked for."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        do_POST = do_HEAD = do_CONNECT = do_GET  # noqa: N815

        def log_message(self, *words: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    for name in ("http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy"):
        monkeypatch.setenv(name, address)
    yield address, paths
    server.shutdown()
    server.server_close()


def write_canary(folder: Path) -> Path:
    lines = gpd.GeoDataFrame(geometry=[shapely.LineString(CANARY)], crs="EPSG:4326")
    lines.to_file(folder / "canary.gpkg")
    return folder / "canary.gpkg"


def geojson(**more: object) -> str:
    line = {"type": "LineString", "coordinates": STREET}
    feature = {"type": "Feature", "properties": {"highway": "service"}, "geometry": line}
    return json.dumps({"type": "FeatureCollection", "features": [feature], **more})


def layers_of(source: object) -> str:
    layer = f'<OGRVRTLayer name="canary"><SrcDataSource>{source}</SrcDataSource></OGRVRTLayer>'
    return f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>"


def link(name: str, to: object) -> str:
    return geojson(crs={"type": name, "properties": {"name": str(to), "href": str(to)}})


@pytest.mark.parametrize(
    "suffix", ["geojson", "json", "gpkg", "shp", "fgb", "gml", "kml", "parquet", "txt", "zip"]
)
def test_no_file_in_disguise_opens_another_or_asks_anybody(tmp_path, asked, suffix):
    address, paths = asked
    texts = {
        "file": layers_of(write_canary(tmp_path)),
        "curl": layers_of(f"/vsicurl/{address}/a.gpkg"),
        "service": layers_of(f"WFS:{address}/wfs"),
        "wfs": f"<OGRWFSDataSource><URL>{address}/wfs</URL></OGRWFSDataSource>",
        "steps": json.dumps({
            "type": "gdal_streamed_alg",
            "command_line": f"gdal vector pipeline ! read {tmp_path / 'canary.gpkg'}",
        }),
        "collections": json.dumps({"links": [{"rel": "data", "href": address}]}),
        "address": f"{address}/roads.{suffix}",
    }  # fmt: skip
    for name, text in texts.items():
        (tmp_path / f"{name}.{suffix}").write_text(text)
        with pytest.raises(InputError, match=f"{name}.{suffix}: ") as fault:
            read_roads(tmp_path / f"{name}.{suffix}")
        assert fault.value.code in shipped_texts()["code"]
    assert paths == []


@pytest.mark.parametrize("kind", ["link", "name"])
def test_a_coordinate_system_by_link_is_refused(tmp_path, asked, kind):
    address, paths = asked
    (tmp_path / "canary.prj").write_text('GEOGCS["WGS 84"]')
    for number, target in enumerate((f"{address}/crs", tmp_path / "canary.prj")):
        path = tmp_path / f"{number}.geojson"
        path.write_text(link(kind, target))
        with pytest.raises(InputError) as fault:
            read_roads(path)
        assert fault.value.code == "road-crs-unknown"
    assert paths == []


def test_a_coordinate_system_by_name_is_followed(tmp_path):
    path = tmp_path / "roads.geojson"
    path.write_text(link("name", "urn:ogc:def:crs:OGC:1.3:CRS84"))
    assert read_roads(path).edges.lon.tolist() == [117.0, 117.01]
    path.write_text(geojson(links=[{"rel": "next", "href": "http://127.0.0.1:1/next"}]))
    assert read_roads(path).edges.lon.tolist() == [117.0, 117.01]


@pytest.mark.parametrize(
    "written",
    [
        "+proj=longlat +ellps=bessel +nadgrids=/etc/hostname",
        "+proj=longlat +ellps=bessel +nadgrids=@http://127.0.0.1:1/a.gsb",
        "+init=/etc/hostname:a",
        "http://127.0.0.1:1/crs",
        "/etc/hostname",
        "no such system",
    ],
)
def test_a_coordinate_system_made_of_files_is_refused(written):
    with pytest.raises(InputError, match=r"^a\.shp: names no coordinate system"):
        parse_crs(Path("a.shp"), written)


def test_common_ways_to_write_a_coordinate_system_are_understood():
    for written in ("epsg:4326", "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
                    "+proj=merc +a=6378137 +b=6378137 +nadgrids=@null +type=crs",
                    "+proj=utm +zone=50 +ellps=WGS84"):  # fmt: skip
        assert parse_crs(Path("a.shp"), written)


@pytest.mark.parametrize("suffix", ["graphml", "osm"])
def test_entities_are_not_followed(tmp_path, asked, suffix):
    address, paths = asked
    path = write_town(tmp_path / f"town.{suffix}")
    whole = path.read_text().removeprefix("<?xml version='1.0' encoding='UTF-8'?>")
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    for entity in (f'<!ENTITY a11 SYSTEM "{address}/e">', f'<!ENTITY a0 "ha">{laughs}'):
        text = f"<!DOCTYPE a [{entity}]>{whole}"
        at = text.rindex("residential")
        path.write_text(f"{text[:at]}&a11;{text[at:]}")
        with pytest.raises(InputError, match=f"town.{suffix}: not readable|not a readable"):
            read_roads(path)
    assert paths == []


def test_views_of_a_geopackage_cannot_ask_or_read(tmp_path, asked):
    address, paths = asked
    calls = ("ogr_geocode('Berlin')", "load_extension('/tmp/a')", "readfile('/etc/hostname')",
             f"gdal_get_pixel_value('/vsicurl/{address}/a.tif', 1, 'georef', 1, 1)")  # fmt: skip
    for call in calls:
        path = write_town(tmp_path / "town.gpkg")
        with sqlite3.connect(path) as base:
            base.execute(f"CREATE VIEW v AS SELECT fid, geom, {call} AS highway FROM town")
            base.execute("UPDATE gpkg_contents SET table_name = 'v'")
            base.execute("UPDATE gpkg_geometry_columns SET table_name = 'v'")
        base.close()
        # The last call is read as an empty cell; the others are refused.
        with suppress(InputError):
            assert read_roads(path).junction_count == 21
        path.unlink()
    assert paths == []


def test_a_link_to_another_kind_of_file_is_refused_and_to_the_same_kind_read(tmp_path):
    (tmp_path / "a.geojson").symlink_to(write_canary(tmp_path))
    (tmp_path / "b.gpkg").symlink_to(tmp_path / "canary.gpkg")
    with pytest.raises(InputError, match=r"a\.geojson: not a readable"):
        read_roads(tmp_path / "a.geojson")
    assert read_roads(tmp_path / "b.gpkg").junction_count == 2


def test_nothing_but_a_shapefile_leaves_an_archive(tmp_path):
    town = write_town(tmp_path / "town.zip")
    with zipfile.ZipFile(town, "a") as archive:
        archive.writestr("../../canary.vrt", layers_of(write_canary(tmp_path)))
        archive.writestr("town.shp.aux.xml", "<x/>")
    assert read_roads(town).junction_count == 21
    with zipfile.ZipFile(tmp_path / "vrt.zip", "w") as archive:
        archive.writestr("roads.vrt", layers_of(tmp_path / "canary.gpkg"))
    with zipfile.ZipFile(tmp_path / "shp.zip", "w") as archive:
        archive.writestr("roads.shp", layers_of(tmp_path / "canary.gpkg"))
    for name in ("vrt.zip", "shp.zip"):
        with pytest.raises(InputError, match=f"^{name}: "):
            read_roads(tmp_path / name)


def test_what_unpacks_without_end_is_refused(tmp_path):
    much = b"\n" * (80 << 20)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.shp", much)
    (tmp_path / "a.osm.gz").write_bytes(gzip.compress(much, 1))
    (tmp_path / "a.osm.bz2").write_bytes(bz2.compress(much, 1))
    for name in ("a.zip", "a.osm.gz", "a.osm.bz2"):
        with pytest.raises(InputError) as fault:
            read_roads(tmp_path / name)
        assert fault.value.code == "road-too-large"


def test_shapes_within_shapes_do_not_crash(tmp_path):
    path = write_town(tmp_path / "town.parquet")
    table = pq.read_table(path)
    shapes = table["geometry"].to_pylist()
    head = struct.pack("<BII", 1, 7, 1)
    shapes[0] = head * 100_000 + struct.pack("<BII", 1, 7, 0)
    column = table.schema.get_field_index("geometry")
    pq.write_table(table.set_column(column, "geometry", pa.array(shapes, pa.binary())), path)
    with pytest.raises(InputError, match="nested too deep"):
        read_roads(path)
    nested = '{"type":"GeometryCollection","geometries":['
    (tmp_path / "a.geojson").write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":'
        + nested * 100_000 + "]}" * 100_000 + "}]}"
    )  # fmt: skip
    with pytest.raises(InputError, match=r"a\.geojson: not a readable line layer"):
        read_roads(tmp_path / "a.geojson")


def test_a_crs_that_is_none_is_no_traceback(tmp_path):
    path = write_town(tmp_path / "town.parquet")
    table = pq.read_table(path)
    facts = json.loads(table.schema.metadata[b"geo"])
    facts["columns"]["geometry"]["crs"] = "http://127.0.0.1:1/crs"
    pq.write_table(table.replace_schema_metadata({b"geo": json.dumps(facts)}), path)
    with pytest.raises(InputError, match=r"town\.parquet: not a readable line layer"):
        read_roads(path)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_gives_the_same_town(tmp_path, kind):
    network = read_roads(write_town(tmp_path / f"town.{kind}"))
    assert (network.junction_count, len(network.edges.tail)) == (21, 36)


def test_the_cache_knows_all_parts_of_a_shapefile(tmp_path):
    path, cache = write_town(tmp_path / "town.shp"), tmp_path / "cache"
    assert not read_roads(path, cache=cache).edges.backward.all()
    other = write_town(tmp_path / "other.shp")
    lines = gpd.read_file(other).assign(oneway="no")
    lines.to_file(other)
    shutil.copy(other.with_suffix(".dbf"), path.with_suffix(".dbf"))
    assert read_roads(path, cache=cache).edges.backward.all()


def test_faults_are_said_in_chinese_with_their_file(tmp_path):
    (tmp_path / "a.geojson").write_text(link("link", "http://127.0.0.1:1/crs"))
    with pytest.raises(InputError) as one:
        read_roads(tmp_path / "a.geojson")
    (line,) = format_error("zh", one.value)
    assert line.startswith("错误：a.geojson：坐标系不能用；转成 WGS-84")
    (tmp_path / "b.docx").write_text("")
    with pytest.raises(InputError) as both:
        read_roads([tmp_path / "a.geojson", tmp_path / "b.docx"])
    assert [line.split("；")[0] for line in format_error("zh", both.value)] == [
        "错误：a.geojson：坐标系不能用", "错误：b.docx：这种文件不能当道路文件",
    ]  # fmt: skip
    assert str(both.value).count("\n") == 1
