"""Documents of every kind: read, masked, split and searched."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from geomap.divisions import Divisions, read_divisions
from geomap.documents import read_document
from geomap.files.folder import SHIPPED
from geomap.find import Lexicon, find_in_document, read_lexicon
from geomap.model.records import Skip
from tests.fuzz import seeds
from tests.fuzz.target import file_target

_XML = (
    'w:val="200000000"',
    "<w:vMerge/>",
    '<w:gridSpan w:val="9"/>',
    "<w:tbl>",
    "</w:tc>",
    "<w:p>",
)
_PDF = (
    "/Kids [2 0 R]",
    "/Prev 0",
    "/Parent 3 0 R",
    "/Filter /FlateDecode",
    "5 0 R",
    "endobj",
    "q ",
)
_HTML = ("<table>", "<td rowspan=9>", "</p>", "<script>", "<nav>", 'class="nav"', "<svg>")
_TEXT = ("驿站、", "地址：", "开放时间：", "记者 ", "本报讯", "1. ", "| ", "178 个", "---\n", "至")


@cache
def _finder() -> tuple[Divisions, Lexicon]:
    return read_divisions(SHIPPED), read_lexicon(SHIPPED / "words.toml")


def _find(path: Path) -> object:
    document = read_document(path)
    return document if isinstance(document, Skip) else find_in_document(document, *_finder())


file_target("txt", ".txt", seeds.texts, _TEXT)(_find)
file_target("md", ".md", seeds.texts, _TEXT)(_find)
file_target("html", ".html", seeds.pages, (*_HTML, *_TEXT))(_find)
file_target("docx", ".docx", seeds.word_files, _XML)(_find)
file_target("pdf", ".pdf", seeds.prints, _PDF)(_find)
