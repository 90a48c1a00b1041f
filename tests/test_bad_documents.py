"""A document nobody can read is one counted skip: it enters no folder and blocks no command."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as WordDocument

from geomap.cli import main

GOOD = "杭州市拱墅区新开湖墅暖心驿站，地址：湖墅南路88号，开放时间：周一至周五 9:00-17:00。\n"
CJK_NAME = os.fsdecode("驿站名单.txt".encode("gbk"))


def damaged_word() -> bytes:
    """A Word file whose relations lead nowhere."""
    made, broken = io.BytesIO(), io.BytesIO()
    WordDocument().save(made)
    with zipfile.ZipFile(made) as whole, zipfile.ZipFile(broken, "w") as parts:
        for name in whole.namelist():
            text = whole.read(name)
            parts.writestr(name, text.replace(b"Id=", b"I=") if name.endswith(".rels") else text)
    return broken.getvalue()


#: File name → its bytes, and the code of its skip; "" where it is read.
FILES: dict[str, tuple[bytes, str]] = {
    "line.txt": (("长" * 140_000).encode(), "one-line"),
    "nul.txt": ((GOOD * 99).encode() + b"\0" + GOOD.encode(), ""),
    "charset.html": (f'<meta charset="undefined"><p>{GOOD}</p>'.encode(), ""),
    "codec.html": (f'<meta charset="punycode"><p>{GOOD}</p>'.encode(), ""),
    "word.docx": (damaged_word(), "broken-docx"),
    CJK_NAME: (GOOD.encode(), "name-unreadable"),
    "empty.txt": (b"", "empty-document"),
}


def run(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    assert main([str(word) for word in words]) in (0, 3)
    return "".join(capsys.readouterr())


def news(folder: Path, name: str) -> Path:
    inbox = folder / "inbox"
    inbox.mkdir()
    (inbox / "good.txt").write_text(GOOD)
    (inbox / name).write_bytes(FILES[name][0])
    return inbox


@pytest.mark.parametrize("name", FILES)
def test_it_enters_no_folder_and_the_others_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    inbox, geodata = news(tmp_path, name), tmp_path / "map"
    geodata.mkdir()
    code = FILES[name][1]
    said = run(capsys, "add", inbox, "--geodata", geodata)
    there = {path.name for path in (geodata / "documents").iterdir()}
    assert there == ({"good.txt"} if code else {"good.txt", name})
    assert "湖墅暖心驿站" in (geodata / "found.csv").read_text("utf-8-sig")
    assert (f": {code}: " in said) == bool(code)
    # And a second run, and an extract, say the same and stop at nothing.
    assert f": {code}: " in run(capsys, "extract", inbox, "--out", tmp_path / "a.csv") or not code
    assert "已知 1" in run(capsys, "add", "--geodata", geodata)


@pytest.mark.parametrize("name", FILES)
def test_one_that_is_in_the_folder_already_is_named_by_every_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    geodata, code = tmp_path / "map", FILES[name][1]
    geodata.mkdir()
    news(geodata, name).rename(geodata / "documents")
    shown = re.escape(name.encode("utf-8", "backslashreplace").decode())
    line = re.compile(rf"{shown}(:0:)?: {code or 'never'}: ")
    assert bool(line.search(run(capsys, "add", "--geodata", geodata))) == bool(code)
    assert bool(line.search(run(capsys, "check", "--geodata", geodata))) == bool(code)
    said = run(capsys, "build", "--geodata", geodata, "--out", tmp_path / "site")
    assert bool(line.search(said)) == bool(code)
    assert "湖墅暖心驿站" in (tmp_path / "site/public/data/stations.geojson").read_text("utf-8")


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _link_to_folder(path: Path) -> None:
    path.symlink_to(path.parent.parent)


@pytest.mark.parametrize("make", [os.mkfifo, _loop, _link_to_folder])
def test_what_is_no_file_is_named_and_not_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], make: Callable[[Path], None]
) -> None:
    documents = tmp_path / "map/documents"
    documents.mkdir(parents=True)
    (documents / "good.txt").write_text(GOOD)
    make(documents / "odd.docx")
    assert "odd.docx: file-" in run(capsys, "add", "--geodata", tmp_path / "map")
    assert "odd.docx: file-" in run(capsys, "extract", documents, "--out", tmp_path / "a.csv")
    assert "odd.docx:0:: file-" in run(capsys, "check", "--geodata", tmp_path / "map")


def test_two_documents_of_one_name_do_not_stop_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("a", "b", "map"):
        (tmp_path / folder).mkdir()
    (tmp_path / "a/news.txt").write_text(GOOD)
    (tmp_path / "b/news.txt").write_text(GOOD.replace("湖墅", "米市巷"))
    (tmp_path / "b/more.txt").write_text(GOOD.replace("湖墅", "大关"))
    said = run(capsys, "add", tmp_path / "a", tmp_path / "b", "--geodata", tmp_path / "map")
    assert "b/news.txt: document-same-name: " in said
    assert (tmp_path / "map/documents/news.txt").read_text() == GOOD
    assert "大关暖心驿站" in (tmp_path / "map/found.csv").read_text("utf-8-sig")
