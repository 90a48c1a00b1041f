"""Files made to exhaust a reader are refused by name, or read without what is beyond measure."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable

import pytest

from tests.fuzz import seeds
from tests.fuzz.target import outcome_of
from tests.fuzz.targets import all_targets

TARGETS = all_targets()
LAUGHS = b"<!DOCTYPE x [<!ENTITY a0 'haha'>%s]>" % b"".join(
    b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 20) for n in range(1, 9)
)


def repack(raw: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """The zip with one member changed."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as whole,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in whole.namelist():
            text = whole.read(name)
            archive.writestr(name, change(text) if name == member else text)
    return made.getvalue()


def book(old: bytes, new: bytes) -> bytes:
    return repack(
        seeds.workbooks()[0], "xl/worksheets/sheet1.xml", lambda text: text.replace(old, new, 1)
    )


def word(old: bytes, new: bytes) -> bytes:
    return repack(
        seeds.word_files()[0], "word/document.xml", lambda text: text.replace(old, new, 1)
    )


def laughs(raw: bytes, member: str) -> bytes:
    """The zip with entities in a member that grow to 10^11 characters."""
    start = b"?>" + LAUGHS
    return repack(
        raw, member, lambda text: text.replace(b"?>", start, 1).replace(b"</", b"&a8;</", 1)
    )


def print_of(page: bytes, filtered: bytes = b"") -> bytes:
    """A PDF whose page draws this."""
    whole = seeds.prints()[0]
    head, _, rest = whole.partition(b"5 0 obj\n")
    tail = rest[rest.index(b"endobj") :]
    stream = b"<< /Length %d %s >>\nstream\n%s\nendstream\n" % (len(page), filtered, page)
    return head + b"5 0 obj\n" + stream + tail


FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
ROWS = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(9, 999))
DEEP = b"<w:p>" * 5000 + b"</w:p>" * 5000
#: A name → the target, the file, how reading it ends.
FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a cell in the last corner": ("xlsx", lambda: book(b"</sheetData>", FAR), "result"),
    "many cells far outside": (
        "xlsx", lambda: book(b"</sheetData>", ROWS + b"</sheetData>"), "sheet-too-large",
    ),
    "stated dimensions of a billion cells": (
        "xlsx", lambda: book(b'ref="A1:M4"', b'ref="A1:XFD1048576"'), "result",
    ),
    "a row beyond counting": (
        "xlsx", lambda: book(b"</sheetData>", FAR.replace(b"1048576", b"9" * 12)),
        "sheet-too-large",
    ),
    "a merged cell over all rows": (
        "xlsx", lambda: book(b'ref="D3:D4"', b'ref="D3:D1048576"'), "result",
    ),
    "entities in a sheet": (
        "xlsx", lambda: laughs(seeds.workbooks()[0], "xl/worksheets/sheet1.xml"),
        "workbook-damaged",
    ),
    "a bomb of a sheet": (
        "xlsx", lambda: book(b"</sheetData>", b" " * 90_000_000 + b"</sheetData>"), "zip-bomb",
    ),
    "a cell that spans 200 million": (
        "docx", lambda: word(b'w:gridSpan w:val="2"', b'w:gridSpan w:val="200000000"'), "result",
    ),
    "a cell merged over 20,000 rows": (
        "docx",
        lambda: word(
            b"</w:tbl>",
            b'<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p/></w:tc></w:tr>'
            + b"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>" * 20_000
            + b"</w:tbl>",
        ),
        "result",
    ),
    "paragraphs in paragraphs": ("docx", lambda: word(b"<w:p>", DEEP + b"<w:p>"), "broken-docx"),
    "entities in a text": (
        "docx", lambda: laughs(seeds.word_files()[0], "word/document.xml"), "broken-docx",
    ),
    "deep markup": (
        "html", lambda: b"<div>" * 100_000 + seeds.pages()[0] + b"</div>" * 100_000, "no-text",
    ),
    "much furniture": (
        "html", lambda: seeds.pages()[0] + b"<div class=nav>a</div>b\n" * 400_000, "result",
    ),
    "a stream that swells": (
        "pdf", lambda: print_of(zlib.compress(b"0 0 m\n" * 9_000_000), b"/Filter /FlateDecode"),
        "too-large",
    ),
    "pages in a ring": (
        "pdf", lambda: seeds.prints()[0].replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"), "broken-pdf",
    ),
    "a page a thousand times": (
        "pdf", lambda: seeds.prints()[0].replace(b"[3 0 R]", b"[" + b"3 0 R " * 1000 + b"]"),
        "too-large",
    ),
    "a million columns": (
        "csv", lambda: seeds.csv_lines().encode() + b"," * 1_000_000, "result",
    ),
    "a million filled columns": (
        "csv", lambda: seeds.csv_lines().encode() + b"a," * 1_000_000, "result",
    ),
    "ten million cells": (
        "csv", lambda: seeds.csv_lines().encode() + (b"," * 400 + b"\n") * 25_000,
        "sheet-too-large",
    ),
    "an open quotation mark": (
        "csv", lambda: seeds.csv_lines().encode() + b'"' + b"a,b\n" * 300_000, "quote-open",
    ),
    "two quotation marks that would take a row between them": (
        "csv", lambda: seeds.csv_lines().encode() + b'"3 A Road,1\nB,4" C Road,1\n', "quote-open",
    ),
    "a packed list without end": (
        "gazetteer.gz", lambda: gzip.compress(b"a" * 150_000_000, 1), "too-large",
    ),
    "a text too long": ("txt", lambda: (seeds.NOTICE * 4000).encode(), "too-large"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_it_takes_little_time_and_memory(name: str) -> None:
    target, make, outcome = FILES[name]
    assert outcome_of(TARGETS[target], make()) == outcome
