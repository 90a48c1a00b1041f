"""One reader a file kind: a path to its text, or the reason why there is none."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from geomap.documents.encodings import decode_text
from geomap.documents.html import html_text

#: A page of news has a few thousand characters; what is larger is no notice (bytes).
MAX_BYTES = 20_000_000
#: A docx that unpacks to more than this, or 200-fold, is a bomb (bytes).
MAX_UNPACKED_BYTES = 100_000_000
MAX_RATIO = 200
MAX_PAGES = 400
#: A "line" longer than this is a dump, not prose (characters).
MAX_LINE = 200_000
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


class UnreadableError(Exception):
    """A file gives no text: ``code`` is the skip's short word, the message says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def read_text(path: Path) -> str:
    """The text of one file.

    Raises
    ------
    UnreadableError
        where the file is empty, too large, of another kind than its suffix says, encrypted,
        without text, or of an unknown kind.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = " ".join(sorted(READERS))
        raise UnreadableError("unknown-suffix", f"only {known} are read; convert the file")
    raw = _read_bytes(path)
    text = reader(raw)
    if not text.strip():
        raise UnreadableError("no-text", "the file holds no text; type it or recognise it first")
    if max(map(len, text.splitlines()), default=0) > MAX_LINE:
        raise UnreadableError(
            "one-line", f"a line of more than {MAX_LINE} characters is no article"
        )
    return text


def _read_bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableError("too-large", f"{size} bytes; more than {MAX_BYTES} is no article")
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableError("unreadable", f"cannot be opened ({error.strerror})") from error
    if not raw.strip():
        raise UnreadableError("empty-document", "the file is empty")
    return raw


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
        text = _decode_as(raw, declared.group(1).decode("ascii").lower())
    return html_text(text if text is not None else _read_plain(raw))


def _decode_as(raw: bytes, encoding: str) -> str | None:
    encoding = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(encoding, encoding)
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _read_docx(raw: bytes) -> str:
    from docx import Document as WordDocument
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table
    from lxml.etree import LxmlError

    _refuse_bombs(raw)
    try:
        blocks = list(WordDocument(io.BytesIO(raw)).iter_inner_content())
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, LxmlError) as error:
        raise UnreadableError("broken-docx", "the Word file is damaged; save it again") from error
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            lines += ["\t".join(_cells(row.cells)) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)


def _cells(cells: tuple[object, ...]) -> list[str]:
    """Texts of a row; a merged cell, which Word repeats, once."""
    seen: list[object] = []
    texts = []
    for cell in cells:
        element = getattr(cell, "_tc", cell)
        if element not in seen:
            seen.append(element)
            texts.append(" ".join(str(getattr(cell, "text", "")).split()))
    return texts


def _refuse_bombs(raw: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            sizes = archive.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableError("broken-docx", "not a Word file; save it as .docx again") from error
    unpacked = sum(entry.file_size for entry in sizes)
    if unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_RATIO * len(raw):
        raise UnreadableError("zip-bomb", f"unpacks to {unpacked} bytes; not opened")
    if any(entry.flag_bits & 1 for entry in sizes):
        raise UnreadableError("encrypted", "the Word file is encrypted; save it without a password")


def _read_pdf(raw: bytes) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    if not raw.lstrip().startswith(b"%PDF"):
        raise UnreadableError("wrong-kind", "not a PDF; give the file its own suffix")
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("encrypted", "the PDF is encrypted; save it without a password")
        if len(reader.pages) > MAX_PAGES:
            raise UnreadableError("too-large", f"more than {MAX_PAGES} pages is no notice")
        text = "\n".join(page.extract_text() for page in reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, NotImplementedError) as error:
        raise UnreadableError("broken-pdf", "the PDF cannot be read; print it again") from error
    if len(text.strip()) < 8:
        raise UnreadableError(
            "picture-only", "the PDF holds pictures only; recognise its text first"
        )
    return text


READERS: dict[str, Callable[[bytes], str]] = {
    ".txt": _read_plain,
    ".md": _read_plain,
    ".html": _read_html,
    ".htm": _read_html,
    ".docx": _read_docx,
    ".pdf": _read_pdf,
}
