"""Values on their way to a page: JSON that no text can break out of, in classic scripts.

Data files are named by what is in them: whoever has a name has that file, or none. A page begins
with one list that has the marks of all its edition's files, or of an index that has them, and it
takes no file but that of the mark it asked for. So files of two editions never meet, and what did
not change keeps its name: it is neither written nor fetched again.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import ascii_letters
from typing import Any

import pandas as pd

#: Sets of squares; the index of each has their marks.
_SQUARES = ("streets/", "base/")
#: What there is of every district: both files have one mark, the list all districts' in a row.
_DISTRICT = ("part/", "more/")
#: A longer list of districts' marks is a file of its own, so that no first view waits for it.
_MOST_LISTED = 60
_LENGTH = 7


def to_json(value: Any) -> str:
    """Return ``value`` as JSON that stands safely in a script file or a script element.

    NaN and infinities become null. ``<``, ``>``, ``&`` and the two line separators that old
    scripts take for line ends are written as escapes, so no text can end a script.
    """
    try:  # most values are plain already, and walking through them takes four times as long
        text = _dump(value)
    except (TypeError, ValueError):
        text = _dump(plain(value))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    # A lone surrogate cannot be written as UTF-8; show the mark for unreadable characters.
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def plain(value: Any) -> Any:
    """Return ``value`` in JSON's own types; what is missing or no number becomes None."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if hasattr(value, "item"):  # a numpy scalar
        value = value.item()
    if value is pd.NA or value is pd.NaT or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value


def data_script(name: str, value: Any) -> bytes:
    """Return a classic script that hands ``value`` to ``geomap.take(name, …)`` of frame.js.

    A classic script, because neither fetch nor a module loads from ``file://``.
    """
    return _write_script(name, to_json(value))


@dataclass(frozen=True, slots=True)
class DataFiles:
    """An edition's data files.

    Attributes
    ----------
    mark : of the list: another one for whatever has changed in any of the files.
    paths : name → path.
    files : path → bytes.
    """

    mark: str
    paths: dict[str, str]
    files: dict[str, bytes]


def hash_name(*contents: str | bytes) -> str:
    """Return seven letters, others for other contents: 40 bits; a country's page has 2,800 of them.

    Small and capital letters pack best, and digits might be read as a mobile: 1607400531….
    """
    seen = hashlib.sha256()
    for content in contents:
        seen.update(content.encode() if isinstance(content, str) else content)
    number, size = int.from_bytes(seen.digest()[:8]), len(ascii_letters)
    return "".join(ascii_letters[number // size**place % size] for place in range(_LENGTH))


def write_data(
    values: dict[str, Any], root: str, folder: str, codes: Iterable[str] = (), edition: str = ""
) -> DataFiles:
    """Return the files of ``values`` (name → JSON), which are gone afterwards: they may be many.

    Parameters
    ----------
    root : which of them the page begins with; it gets the list.
    folder : where they lie, relative to the page.
    codes : of the districts, in the root's order.
    edition : what else is of the edition alone: the name of the code.
    """
    listing = values.pop(root)
    indices = {name: values.pop(name) for each in _SQUARES if (name := f"{each}index") in values}
    texts = {name: to_json(values.pop(name)) for name in list(values)}
    marks = {name: hash_name(text) for name, text in texts.items()}
    for name, index in indices.items():
        grids = [(each, f"{name.removesuffix('index')}{each['zoom']}/") for each in index["levels"]]
        levels = [each | {"marks": _list_squares(grid, marks)} for each, grid in grids]
        texts[name] = to_json(index | {"levels": levels})
        marks[name] = hash_name(texts[name])
    of_districts = [[f"{each}{code}" for each in _DISTRICT] for code in codes]
    for own in of_districts:
        marks |= dict.fromkeys(own, hash_name(*(texts[name] for name in own)))
    in_a_row = {"marks": "".join(marks[own[0]] for own in of_districts)}
    if len(of_districts) > _MOST_LISTED:
        texts["marks"] = to_json(in_a_row)
        marks["marks"] = hash_name(texts["marks"])
    elif of_districts:
        listing |= in_a_row
    listed = {name for name in marks if not name.startswith((*_DISTRICT, *_SQUARES))}
    listing |= {"files": {name: marks[name] for name in sorted(listed | indices.keys())}}
    texts[root] = to_json(listing)
    marks[root] = hash_name(edition, texts[root])
    paths = {name: f"{folder}/{name}-{mark}.js" for name, mark in marks.items()}
    files = {paths[name]: _write_script(name, text, marks[name]) for name, text in texts.items()}
    return DataFiles(marks[root], paths, files)


def _list_squares(grid: str, marks: Mapping[str, str]) -> str:
    """Return the marks of a level's squares: by row, then by column, as its index lists them."""
    own = [name.removeprefix(grid).split("-") for name in marks if name.startswith(grid)]
    squares = sorted((int(row), int(column)) for column, row in own)
    return "".join(marks[f"{grid}{column}-{row}"] for row, column in squares)


def _write_script(name: str, text: str, *more: str) -> bytes:
    said = ",".join((to_json(name), text, *map(to_json, more)))
    return f"geomap.take({said});\n".encode()
