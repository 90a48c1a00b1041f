"""After the public files are made: one look at all of them, and none with a private number passes.

The filter has been there before; this finds what a new page or column forgot to hand to it. Work
grows with the bytes: only where eleven digits follow each other inside one text is looked closer.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterator, Mapping

from geomap.model.records import GeomapError
from geomap.privacy.digits import SPOKEN_MOBILE, digit_class
from geomap.privacy.numbers import GAP, find_long_numbers
from geomap.store.kept import keep_passed

#: Files without words of the edition.
_PICTURES = (".png", ".ico", ".svg", ".jpg")
#: Outlines in a page: numbers by the thousand, and no text.
_OUTLINE = re.compile(r"""\s(?:d|points|viewBox|transform)="[^"]*\"""")
_ELEVEN = re.compile(rf"{digit_class()}(?:{GAP}{digit_class()}){{10}}|{SPOKEN_MOBILE.pattern}")
_KEY = re.compile(r'"([^"\\]{1,40})":[^:]*\Z')
#: Characters around a candidate in which its text begins and ends.
_NEAR = 120


def refuse_private_numbers(files: Mapping[str, bytes], ids: Container[str] = ()) -> None:
    """Raise where a file below ``public/`` holds a mobile, an identity card or a bank card.

    A build does not look again at what this program found clean in the last build of the site.

    Parameters
    ----------
    files : path → bytes of a site in memory.
    ids : ids of the edition's stations, which may be long numbers of their own.

    Raises
    ------
    GeomapError
        The first such file; it names the file and the field, never the number.
    """
    public = [path for path in sorted(files)
              if path.startswith("public/") and not path.endswith(_PICTURES)]  # fmt: skip

    def is_clean(path: str) -> bool:
        """Raise where there is a number; return whether that holds of whatever ids and name."""
        clean = not path.endswith(".html")
        text = files[path].decode("utf-8", "replace")
        for number, field in _list_numbers(text if clean else _OUTLINE.sub(" ", text)):
            if number not in ids:
                raise GeomapError(
                    f"{path}: a private number stands in {field}; nothing was written. Find it "
                    "with check, take it out of the table, and build again",
                    code="private-in-public", where=path, detail=field,
                )  # fmt: skip
            clean = False
        return clean

    digests = {path: hashlib.sha256(files[path]).digest() for path in public}
    keep_passed("private numbers", digests, is_clean)


def _list_numbers(text: str) -> Iterator[tuple[str, str]]:
    """Yield each number and where it stands."""
    for found in _ELEVEN.finditer(text):
        start, end = _around(text, *found.span())
        for number in find_long_numbers(text[start:end]):
            at = slice(start + number.start, start + number.end)
            # What only begins near the candidate may be cut off; it is a candidate of its own.
            if at.start < found.end() and at.stop > found.start():
                key = _KEY.search(text[max(0, start - _NEAR) : max(0, start - 1)])
                yield text[at], key[1] if key else f"character {start}"


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the text that holds these characters begins and ends: at quotes or tags."""
    first = max(0, start - _NEAR)
    before = max(text.rfind(mark, first, start) for mark in '"<>')
    after = [at for mark in '"<>' if (at := text.find(mark, end, end + _NEAR)) >= 0]
    return max(before + 1, first), min(after, default=end + _NEAR)
