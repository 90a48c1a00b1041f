"""Only what changed is built again: the bytes of a full build, from what the last one kept."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.cli import main
from geomap.pipeline.build import Order, make_site
from geomap.store.kept import read_kept
from tests.roads.road_files import CORNER, STEP
from tests.test_ground import write_city

SIDE = STEP * 2.2
#: Far in the east, so that it reaches the eastern district alone, at hours that no other has.
NEW = f"d,丁驿站,station,{CORNER[0] + 0.15:.6f},{CORNER[1] + 7 * SIDE:.6f},手机,周末8:00-9:00\n"


def replace_in(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")

    return change


def drop_a_street(folder: Path) -> None:
    roads = gpd.read_parquet(folder / "roads.parquet")
    roads.iloc[5:].to_parquet(folder / "roads.parquet")


def move_a_border(folder: Path) -> None:
    districts = gpd.read_parquet(folder / "districts.parquet")
    districts.geometry = districts.geometry.translate(0.0005)
    districts.to_parquet(folder / "districts.parquet")


ADD = replace_in("stations.csv", "c,c驿站", NEW + "c,c驿站")
CHANGES: tuple[Callable[[Path], None], ...] = (
    ADD,
    replace_in("stations.csv", "24小时", "每天 8:00-12:00"),
    replace_in("stations.csv", "c驿站", "河边驿站"),
    replace_in("stations.csv", NEW, ""),
    replace_in("map.toml", "detour_factor = 1.3", "detour_factor = 1.2"),
    move_a_border,
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = write_city(tmp_path / "city")
    (folder / "map.toml").write_text("detour_factor = 1.3\n", encoding="utf-8")
    return folder


def build(folder: Path, site: str, *more: str) -> dict[str, bytes]:
    out = folder.parent / site
    assert main(["build", "--geodata", str(folder), "--out", str(out), *more]) == 0
    files = (path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def kept_files(folder: Path) -> list[Path]:
    return sorted((folder.parent / "cache" / "geomap" / "results").glob("*"))


@pytest.mark.parametrize("changes", [CHANGES, (drop_a_street,)])
def test_what_changed_gives_the_bytes_of_a_full_build(
    folder: Path, changes: tuple[Callable[[Path], None], ...]
) -> None:
    more = () if changes is CHANGES else ("--roads", str(folder / "roads.parquet"))
    build(folder, "site", *more)
    for number, change in enumerate(changes):
        change(folder)
        again = build(folder, "site", *more)
        assert again == build(folder, f"full-{number}", *more), number


def test_a_build_never_searches_for_cycles_and_leaves_the_search_as_it_was(folder: Path) -> None:
    searching: list[bool] = []
    order = Order(folder, folder.parent / "site")
    make_site(order, lambda _stage: searching.append(gc.isenabled()))
    assert searching and not any(searching) and gc.isenabled()


def test_a_row_more_measures_only_what_it_reaches(folder: Path) -> None:
    build(folder, "site")
    (path,) = kept_files(folder)
    before = read_kept(path)
    ADD(folder)
    build(folder, "site")
    after = read_kept(path)
    # The western district, its share of each envelope and its week, is as it was.
    assert len(before.keys() & after.keys()) >= 4 and after.keys() - before.keys()


ROW = st.tuples(
    st.sampled_from(("甲驿站", "乙驿站", "丙职工之家")),
    st.sampled_from(("station", "union_branch")),
    st.sampled_from(("operating", "planned", "closed")),
    st.sampled_from(("public", "unknown")),
    st.floats(CORNER[0], CORNER[0] + 0.15).map("{:.6f}".format),
    st.floats(CORNER[1], CORNER[1] + 7 * SIDE).map("{:.6f}".format),
    st.sampled_from(("手机", "高德")),
    st.sampled_from(("", "900")),
    st.sampled_from(("", "24小时", "每天 9:00-17:00", "周末8:00-9:00")),
)


@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    before=st.dictionaries(st.sampled_from("abcdef"), ROW, min_size=3, max_size=5),
    after=st.dictionaries(st.sampled_from("abcdef"), st.none() | ROW, min_size=1, max_size=2),
)
def test_any_edit_gives_the_bytes_of_a_build_with_nothing_kept(
    folder: Path, before: dict[str, tuple[str, ...]], after: dict[str, tuple[str, ...] | None]
) -> None:
    """``after`` are rows that come, are others now or go (None)."""

    def make(rows: dict[str, tuple[str, ...] | None], site: str) -> dict[str, bytes]:
        head = "station_id,name,kind,status,access,lon,lat,datum,uncertainty_m,opening_hours"
        own = f"z,丁驿站,station,operating,public,{CORNER[0]},{CORNER[1]},手机,,24小时"
        lines = [head, own, *(",".join((key, *row)) for key, row in rows.items() if row)]
        (folder / "stations.csv").write_text("\n".join(lines), encoding="utf-8")
        return make_site(Order(folder, folder.parent / site)).site

    make(dict(before), "site")
    warm = make(before | after, "site")
    for path in kept_files(folder):
        path.unlink()
    assert warm == make(before | after, "cold")


@pytest.mark.parametrize("damage", [
    lambda content: content[:-5],
    lambda content: content[:100] + bytes([content[100] ^ 1]) + content[101:],
    lambda content: b"",
])  # fmt: skip
def test_damaged_results_are_made_again(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    whole = build(folder, "site")
    (path,) = kept_files(folder)
    sound = path.read_bytes()
    path.write_bytes(damage(sound))
    assert read_kept(path) == {}
    assert build(folder, "site") == whole
    assert path.read_bytes() == sound
