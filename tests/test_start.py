"""Double-click: start.sh opens the desk in a clean copy; start.bat is what cmd.exe can read."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
#: What a script of a Unix shell has and cmd.exe does not, and the other way round.
SHELL_WORDS = re.compile(
    r"\$\{?\w|\bfi\b|\bthen\b|\besac\b|/dev/null|\bexport\b|\[\[|^\s*#", re.MULTILINE
)
BATCH = (ROOT / "start.bat").read_bytes()
unix = pytest.mark.skipif(sys.platform == "win32", reason="start.bat is Windows' own")


def copy_of(folder: Path) -> Path:
    """Return a clean copy of what a person downloads, in a folder with a blank in its name."""
    there = folder / "工会 地图"
    for name in ("geomap", "templates", "geodata"):
        shutil.copytree(ROOT / name, there / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("build_map.py", "pyproject.toml", "README.md", "start.sh", "start.command"):
        shutil.copy(ROOT / name, there / name)
    return there


def prepare(there: Path) -> None:
    """Make its .venv as a first start does; the packages are those of this run."""
    venv.create(there / ".venv", symlinks=True)
    [packages] = (there / ".venv").glob("lib/python*/site-packages")
    ours = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "these.pth").write_text("\n".join(ours), encoding="utf-8")
    shutil.copy(there / "pyproject.toml", there / ".venv" / "pyproject.done")


@contextmanager
def started(*words: str, cwd: Path) -> Iterator[str]:
    running = subprocess.Popen(
        [*words, "--no-browser"], stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    try:
        assert running.stdout is not None
        yield next((line for line in running.stdout if line.startswith("http://")), "").strip()
    finally:
        running.kill()
        running.communicate()


@unix
def test_start_opens_the_desk_of_a_clean_copy(tmp_path: Path) -> None:
    there = copy_of(tmp_path)
    prepare(there)
    mine = tmp_path / "本市"
    mine.mkdir()
    (mine / "stations.csv").write_text("名称,类型,区县\n甲驿站,驿站,西湖区\n", encoding="utf-8")
    with started(str(there / "start.command"), "本市", cwd=tmp_path) as address:
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with opener.open(address) as page:
            assert "甲驿站" in page.read().decode()
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(address.partition("?")[0])


@unix
def test_without_python_it_says_in_chinese_where_to_get_it(tmp_path: Path) -> None:
    there = copy_of(tmp_path)
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "dirname", "cmp"):
        (tools / name).symlink_to(str(shutil.which(name)))
    told = subprocess.run(
        [there / "start.sh"], env={"PATH": str(tools), "LANG": "C.UTF-8"}, capture_output=True
    )
    assert told.returncode == 1 and not (there / ".venv").exists()
    assert "没有 Python 3.11" in told.stderr.decode() and "python.org" in told.stderr.decode()


@unix
def test_shell_scripts_are_sound_and_may_be_run() -> None:
    for name in ("start.sh", "start.command"):
        assert os.access(ROOT / name, os.X_OK)
        subprocess.run(["sh", "-n", ROOT / name], check=True)


def test_the_batch_file_is_what_windows_reads() -> None:
    assert not BATCH.startswith(b"\xef\xbb\xbf")
    lines = BATCH.split(b"\r\n")
    assert lines[-1] == b"" and not any(b"\n" in line or b"\r" in line for line in lines)
    assert lines[0] == b"@echo off" and lines[1] == b"chcp 65001 >nul"
    text = BATCH.decode("utf-8")
    assert not SHELL_WORDS.search(text)
    assert text.count("(") == text.count(")")
    assert "goto" not in text  # cmd.exe looks for labels by bytes, and loses them behind Chinese


def test_the_batch_file_means_the_same_where_the_code_page_cannot_be_set() -> None:
    """Read as GBK, a byte of a Chinese sign may swallow the letter or bar behind it."""
    text = BATCH.decode("utf-8")
    assert re.findall(r"[^\x00-\x7f][\x40-\x7e]", text) == []
    for line in text.splitlines():
        if re.search(r"[^\x00-\x7f]", line):
            assert line.lstrip().startswith("echo "), line
            assert not re.search(r"[&|<>^%()]", line), line


def test_the_batch_file_survives_what_a_clerk_s_computer_is_like() -> None:
    text = BATCH.decode("utf-8")
    lines = text.splitlines()
    # Python 3.11 and 3.12 read the path that -e leaves behind in the code page: a Chinese one
    # either means nothing or ends Python at its start.
    assert "pip install" in text and not re.search(r"pip install.*\s-e\b", text)
    # ! in a folder's name is no variable, and a Python of another program is none of ours.
    assert "setlocal EnableExtensions DisableDelayedExpansion" in lines
    assert {'set "PYTHONHOME="', 'set "PYTHONPATH="'} <= {*lines}
    # Double-clicked inside a zip, or on a network folder, nothing lies beside it.
    assert lines.index('if not exist "build_map.py" (') < lines.index('set "PY="')
    # The packages are for 64 bits; an environment whose Python is gone is made anew.
    assert "sys.maxsize < 2**32" in text and 'rd /s /q ".venv"' in text
    # A path that ends in \\ would swallow the quote behind it.
    assert '--geodata "%FOLDER%\\."' in text
    assert all(line.count('"') % 2 == 0 for line in lines if not line.startswith("rem "))
