"""One reader a file kind: a path to its text, or the reason why there is none."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from geomap.documents.encodings import decode_strictly, decode_text
from geomap.documents.html import html_text
from geomap.files.foreign import parsing, read_file, refuse_bomb
from geomap.files.limits import (
    MAX_CHARACTERS,
    MAX_DOCUMENT_BYTES,
    MAX_LINE,
    MAX_PAGE_BYTES,
    MAX_PAGES,
    MAX_SPAN,
)
from geomap.model.records import InputError

#: Control characters but tab, line ends and form feed; halves of a surrogate pair.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
#: Encodings that a page in Chinese may declare rightly; of any other its bytes decide.
_DECLARED = {
    "utf-8": "utf-8", "utf8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030",
    "gb18030": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "hz-gb-2312": "hz",
}  # fmt: skip
_SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a zip archive"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"RIFF", "a media file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "a rich text file"),
)


class UnreadableError(InputError):
    """A file gives no text: ``code`` is the skip's short word, the message says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message, code=code)


def read_text(path: Path) -> str:
    """The text of one file.

    Raises
    ------
    InputError
        where the file is empty, too large, no regular file, of another kind than its suffix
        says, encrypted, damaged, without text, or of an unknown kind.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = " ".join(sorted(READERS))
        raise UnreadableError("unknown-suffix", f"only {known} are read; convert the file")
    raw = read_file(path, MAX_DOCUMENT_BYTES)
    if not raw.strip():
        raise UnreadableError("empty-document", "the file is empty")
    text = _without_controls(reader(raw))
    if not text.strip():
        raise UnreadableError("no-text", "the file holds no text; type it or recognise it first")
    if len(text) > MAX_CHARACTERS:
        raise UnreadableError("too-large", f"more than {MAX_CHARACTERS} characters; split it")
    if max(map(len, text.splitlines()), default=0) > MAX_LINE:
        raise UnreadableError(
            "one-line", f"a line of more than {MAX_LINE} characters is no article"
        )
    return text


def _without_controls(text: str) -> str:
    """The text, same length: no table and no page holds NUL or another control character."""
    return _CONTROLS.sub(" ", text)


def _refuse_other_kinds(raw: bytes) -> None:
    for signature, kind in _SIGNATURES:
        if raw.startswith(signature):
            raise UnreadableError(
                "wrong-kind", f"the content is {kind}; give the file its own suffix"
            )


def _read_plain(raw: bytes) -> str:
    _refuse_other_kinds(raw)
    text = decode_text(raw)
    if text is None:
        raise UnreadableError("not-text", "no Chinese encoding fits; save it as UTF-8")
    return text


def _read_html(raw: bytes) -> str:
    _refuse_other_kinds(raw)
    declared = re.search(rb"charset=[\"']?([\w-]+)", raw[:2048])
    text = None
    if declared and not raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        encoding = _DECLARED.get(declared.group(1).decode("ascii").lower())
        text = decode_strictly(raw, encoding) if encoding else None
    with parsing(UnreadableError("broken-html", "the page is damaged; save it as text")):
        return html_text(text if text is not None else _read_plain(raw))


def _read_docx(raw: bytes) -> str:
    from docx import Document as WordDocument
    from docx.table import Table

    broken = UnreadableError("broken-docx", "the Word file is damaged; save it again")
    with parsing(broken):
        refuse_bomb(raw)
        lines: list[str] = []
        document = WordDocument(io.BytesIO(raw))
        _accept_changes(document.element.body)
        for block in document.iter_inner_content():
            lines += _table_lines(block) if isinstance(block, Table) else [block.text]
        return "\n".join(lines)


def _accept_changes(body: Any) -> None:
    """Make a Word body what python-docx reads whole: changes accepted, boxes behind their line.

    What was deleted or moved away goes, what was inserted or stands in a field to fill in stays,
    and the paragraphs of a text box follow the one it is anchored at.
    """
    from docx.oxml.ns import qn
    from lxml import etree

    gone = ("w:del", "w:moveFrom", "w:sdtPr", "w:sdtEndPr")
    wraps = ("w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:sdt", "w:sdtContent")
    copies = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
    etree.strip_elements(body, copies, *map(qn, gone), with_tail=False)
    etree.strip_tags(body, *map(qn, wraps))
    for box in reversed(list(body.iter(qn("w:txbxContent")))):
        anchor = next(box.iterancestors(qn("w:p")))
        for block in reversed(box):
            anchor.addnext(block)


def _table_lines(table: Any) -> list[str]:
    """Rows of a Word table, cells joined by tabs; a cell merged across columns stands once.

    A cell merged downwards has the text of its top cell in every row. python-docx' own
    ``row.cells`` looks the top up row by row and repeats a cell as often as it claims to span.
    """
    from docx.table import _Cell

    above: dict[int, str] = {}
    lines = []
    for row in table._tbl.tr_lst:
        texts, column = {}, 0
        for cell in row.tc_lst:
            continued = cell.vMerge == "continue" and column in above
            text = above[column] if continued else " ".join(_Cell(cell, table).text.split())
            texts[column] = text
            column += min(max(cell.grid_span, 1), MAX_SPAN)
        above = texts
        lines.append("\t".join(texts.values()))
    return lines


def _read_pdf(raw: bytes) -> str:
    from pypdf import PdfReader

    if not raw.lstrip().startswith(b"%PDF"):
        raise UnreadableError("wrong-kind", "not a PDF; give the file its own suffix")
    with parsing(UnreadableError("broken-pdf", "the PDF cannot be read; print it again")):
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("encrypted", "the PDF is encrypted; save it without a password")
        if len(reader.pages) > MAX_PAGES:
            raise UnreadableError("too-large", f"more than {MAX_PAGES} pages is no notice")
        text = "\n".join(map(_page_text, reader.pages))
    if len(text.strip()) < 8:
        raise UnreadableError(
            "picture-only", "the PDF holds pictures only; recognise its text first"
        )
    return text


def _page_text(page: Any) -> str:
    contents = page.get_contents()
    if contents is not None and len(contents.get_data()) > MAX_PAGE_BYTES:
        raise UnreadableError("too-large", f"a page draws more than {MAX_PAGE_BYTES} bytes")
    return str(page.extract_text())


READERS: dict[str, Callable[[bytes], str]] = {
    ".txt": _read_plain,
    ".md": _read_plain,
    ".html": _read_html,
    ".htm": _read_html,
    ".docx": _read_docx,
    ".pdf": _read_pdf,
}
