"""A wheel alone, in an environment of its own: templates and reference data come with it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from geomap import __version__
from geomap.files.folder import CONTENT, REFERENCE

ROOT = Path(__file__).parents[2]
LEDGER = "名称,类型,区县,经度,纬度,坐标来源\n新市镇驿站,驿站,德清县,120.291,30.617,手机\n"
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


def run(*words: object, folder: Path, status: int = 0) -> str:
    """Run a program in a folder, without this checkout on its path; return what it says."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        list(map(str, words)), cwd=folder, env=environment | {"PYTHONUTF8": "1"}, text=True,
        capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist and the wheel; built from the checkout, nothing is downloaded."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-d", folder, folder=ROOT)
    return folder


@pytest.fixture(scope="module")
def geomap(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a fresh environment: the wheel, and this one's packages but the checkout."""
    home = tmp_path_factory.mktemp("env")
    venv.create(home)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    site = sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)})
    # A .pth in a folder named by a .pth is not read: no editable install of the checkout comes in.
    Path(site, "others.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    words = ("--python", python, "install", "-q", "--no-deps", "--no-index")
    run(sys.executable, "-m", "pip", *words, *built.glob("*.whl"), folder=home)
    where = run(python, "-c", "import geomap; print(geomap.__file__)", folder=home)
    assert Path(where.strip()).is_relative_to(Path(site).resolve())
    return scripts / "geomap"


def test_the_wheel_carries_what_the_program_reads(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    tracked = [*(ROOT / "templates").rglob("*"), *(ROOT / "geodata/documents").glob("*.md")]
    for path in tracked:
        if path.is_file():
            assert f"geomap/_{path.relative_to(ROOT).as_posix()}" in names
    content = [name for name in CONTENT if (ROOT / "geodata" / name).exists()]
    assert names >= {f"geomap/_geodata/{name}" for name in (*REFERENCE, *content)}
    assert not [name for name in names if name.endswith((".pyc", ".lock")) or "make_" in name]


def test_the_sdist_carries_the_tests(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names >= {"tests/browser/test_wheel.py", "templates/base.html.j2", "build_map.py"}


def test_a_map_of_an_empty_folder_and_one_ledger(geomap: Path, tmp_path: Path, open_page) -> None:
    (tmp_path / "my-city").mkdir()
    (tmp_path / "my-city/stations.csv").write_text(LEDGER, encoding="utf-8")
    run(geomap, "build", "--geodata", "my-city", "--out", "site", folder=tmp_path)
    for name, sign in (("public/index.html", "[data-station-id]"),
                       ("internal/planner.html", "#district-table tbody th button")):  # fmt: skip
        page, record = open_page((tmp_path / "site" / name).as_uri())
        page.wait_for_selector(sign, state="attached")
        assert record.complaints == [] and record.foreign("file://") == []


def test_the_default_map_comes_with_the_wheel(geomap: Path, tmp_path: Path) -> None:
    assert "站点 29" in run(geomap, "build", "--out", "site", folder=tmp_path)
    assert (tmp_path / "site/public/index.html").exists()
    assert f"geomap {__version__}" in run(geomap, "--version", folder=tmp_path)
    told = run(geomap, "add", folder=tmp_path, status=1)
    assert "--geodata" in told and "只读" in told
    run(geomap, "add", "--geodata", ".", folder=tmp_path)
