"""photos/: small, plain, whose they are by name, and public only where the station is listed."""

import io
import json
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from geomap.cli import main
from geomap.files.pictures import MOST_BYTES, shrink_picture
from geomap.model.edition import Photo
from geomap.model.records import InputError
from geomap.pages import draw_one_file, draw_site
from geomap.pipeline.build import Order, make_site
from geomap.stations.photos import read_photos
from tests.rider_editions import make_everyday_rows, make_rider_edition

SECRET = b"GPS 39.97 116.49 zhangsan"


def picture(kind: str = "JPEG", size: tuple[int, int] = (1200, 900), orientation: int = 1) -> bytes:
    """A red picture whose left upper quarter is blue, with a secret in every place for one."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = orientation, SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    more = {"JPEG": {"comment": SECRET, "icc_profile": SECRET}, "PNG": {"pnginfo": PngInfo()}}
    if kind == "PNG":
        more["PNG"]["pnginfo"].add_text("where", SECRET.decode())
    written = io.BytesIO()
    image.save(written, kind, exif=exif, **more.get(kind, {}))
    return written.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_leaves_small_plain_and_the_same_each_time(kind: str) -> None:
    raw = picture(kind)
    small, width, height = shrink_picture(raw, "a")
    assert SECRET in raw and SECRET not in small and b"Exif" not in small
    assert (width, height) == (960, 720) and len(small) <= MOST_BYTES
    shown = Image.open(io.BytesIO(small))
    assert shown.format == "JPEG" and set(shown.info) <= {"jfif", "jfif_version", "jfif_unit",
                                                          "jfif_density"}  # fmt: skip
    assert shrink_picture(raw, "a")[0] == small


def test_a_picture_is_upright() -> None:
    small, width, height = shrink_picture(picture(orientation=6), "a")
    assert (width, height) == (720, 960)
    red, _, blue = Image.open(io.BytesIO(small)).getpixel((700, 20))
    assert blue > red  # the blue quarter has turned to the right


def test_noise_is_light_enough_all_the_same() -> None:
    written = io.BytesIO()
    Image.effect_noise((2000, 1500), 120).save(written, "JPEG", quality=95)
    small, width, _ = shrink_picture(written.getvalue(), "a")
    assert len(small) <= MOST_BYTES and width >= 320


def test_what_is_clear_becomes_white() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(written, "PNG")
    small = Image.open(io.BytesIO(shrink_picture(written.getvalue(), "a")[0]))
    assert small.getpixel((5, 5)) == (255, 255, 255)


def test_bombs_are_refused_before_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image.Image, "load", lambda image: pytest.fail("unpacked"))
    for side in (9_000, 60_000):  # beyond our limit, and beyond the library's own
        with pytest.raises(InputError) as error:
            shrink_picture(_png_of(side), "bomb.png")
        assert error.value.code == "photo-too-large"


def _png_of(side: int) -> bytes:
    """The head of a PNG that says it is so large."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (struct.pack(">I", len(content)) + kind + content
                + struct.pack(">I", zlib.crc32(kind + content)))  # fmt: skip

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + data + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_damage_is_one_clear_error(kind: str) -> None:
    raw = picture(kind, (64, 48))
    for at in range(0, len(raw), max(1, len(raw) // 60)):
        for hurt in (raw[:at], raw[:at] + b"\xff\x00\x81" + raw[at + 3 :]):
            try:
                assert shrink_picture(hurt, "a.jpg")[1] > 0
            except InputError as error:
                assert error.code in ("photo-damaged", "photo-too-large")


def test_other_formats_are_no_pictures() -> None:
    written = io.BytesIO()
    Image.new("RGB", (8, 8)).save(written, "BMP")
    with pytest.raises(InputError, match="no sound JPEG"):
        shrink_picture(written.getvalue(), "a.jpg")


def test_files_belong_to_stations_by_name(tmp_path: Path) -> None:
    for name in ("S1-2.jpg", "S1.JPG", "S1-10.png", "S1-3-2.webp", "old.jpeg", "nobody.jpg",
                 "S1.heic", "Thumbs.db", ".hidden.jpg"):  # fmt: skip
        kind = {"png": "PNG", "webp": "WEBP"}.get(name.rsplit(".", 1)[1], "JPEG")
        (tmp_path / name).write_bytes(picture(kind, (40, 30 + len(name))))
    (tmp_path / "S2.jpg").write_bytes(b"no picture")
    files = [path for path in sorted(tmp_path.iterdir()) if path.name[0] != "."]
    read = read_photos(files, {"S1", "S1-3", "S2"}, {"old": "S2"})
    heights = {station: [photo.height for photo in own] for station, own in read.by_station.items()}
    assert heights == {"S1": [36, 38, 39], "S1-3": [41], "S2": [38]}
    assert {skip.where: skip.code for skip in read.skips} == {
        "photos/nobody.jpg": "photo-unknown", "photos/S1.heic": "photo-format",
        "photos/S2.jpg": "photo-damaged",
    }  # fmt: skip


def test_a_station_shows_so_many_and_no_more(tmp_path: Path) -> None:
    for number in range(1, 9):
        (tmp_path / f"S1-{number}.jpg").write_bytes(picture("JPEG", (40, 30)))
    read = read_photos(sorted(tmp_path.iterdir()), {"S1"}, {})
    assert len(read.by_station["S1"]) == 6
    assert [skip.code for skip in read.skips] == ["photo-many", "photo-many"]


def test_listed_stations_alone_have_public_pictures() -> None:
    rows = make_everyday_rows()
    photos = {row["station_id"]: (Photo(row["station_id"].encode(), 4, 3),) for row in rows}
    site = draw_site(edition := replace(make_rider_edition(rows), photos=photos))
    shown = {content.decode() for path, content in site.items()
             if path.startswith("public/") and path.endswith(".jpg")}  # fmt: skip
    assert {"S001", "S006", "S011"} <= shown
    assert shown.isdisjoint({"S007", "S008", "S009", "S010", "S014", "B001"})
    inside = {content.decode() for path, content in site.items() if path[:15] == "internal/photos"}
    assert inside == set(photos)
    assert b'"photos":[["' not in draw_one_file(edition)


def test_a_folder_s_shownreach_the_site_and_the_report(tmp_path: Path) -> None:
    (tmp_path / "stations.csv").write_text(
        "station_id,name,kind,district,lon,lat\nS1,甲驿站,station,朝阳区,116.49,39.97\n"
    )
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "S1.jpg").write_bytes(picture())
    (tmp_path / "photos" / "S9.jpg").write_bytes(picture())
    built = make_site(Order(tmp_path, tmp_path / "site", clock=False))
    shown = [path for path in built.site if path.endswith(".jpg")]
    assert len(shown) == 2 and sorted(path.split("/")[0] for path in shown) == [
        "internal", "public"
    ]  # fmt: skip
    report = json.loads(built.site["build.json"])
    assert ("photos/S9.jpg", "photo-unknown") in [
        (skip["where"], skip["code"]) for skip in report["skipped"]
    ]


def test_check_names_shownof_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "stations.csv").write_text(
        "station_id,name,kind,district,lon,lat\nS1,甲驿站,station,朝阳区,116.49,39.97\n"
    )
    (tmp_path / "aliases.csv").write_text("old_id,new_id\nS0,S1\n")
    (tmp_path / "photos").mkdir()
    for name in ("S1", "S0", "S9"):
        (tmp_path / "photos" / f"{name}.jpg").write_bytes(picture(size=(40, 30)))
    assert main(["check", "--geodata", str(tmp_path)]) == 3
    said = capsys.readouterr().out
    assert "photos/S9.jpg" in said and "没有这个编号的站点" in said
    assert "S1.jpg" not in said and "S0.jpg" not in said
