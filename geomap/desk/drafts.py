"""What a clerk has begun and not finished, on disk: files that arrived, forms half filled in.

All of it lies in ``.desk`` in the geodata folder, so that closing the window, or the computer's
end, loses nothing.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from geomap.store.atomic import write_bytes
from geomap.text.visible import make_visible

_UNFIT = re.compile(r'[<>:"|?*\x00-\x1f\x7f]+')
#: Bytes of a file's name in UTF-8; file systems allow 255, and numbers are put before and behind.
_LONGEST = 180


@dataclass(frozen=True, slots=True)
class Arrival:
    """Files that were dropped or pasted together and are not accepted yet."""

    id: str
    paths: tuple[Path, ...]

    @property
    def names(self) -> str:
        """The files' names, for people."""
        return "、".join(make_visible(path.name) for path in self.paths)


class Drafts:
    """The drafts of one geodata folder."""

    def __init__(self, root: Path) -> None:
        self._folder = root / ".desk"

    def arrivals(self) -> list[Arrival]:
        """Return what arrived and was neither accepted nor put away, oldest first."""
        folders = sorted((self._folder / "arrived").glob("[0-9]*"))
        return [self._arrival(folder) for folder in folders if not folder.suffix]

    def arrival(self, name: str) -> Arrival | None:
        """Return the arrival of that id."""
        return next((each for each in self.arrivals() if each.id == name), None)

    def take(self, name: str, files: Iterable[tuple[str, bytes]]) -> Arrival:
        """Keep files (name, content) that arrived together; whole or not at all."""
        folder = self._folder / "arrived" / name
        part = folder.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        for given, content in files:
            write_bytes(part / plain_name(given), content)
        while folder.exists():
            folder = folder.with_name(f"{folder.name}-1")
        part.rename(folder)
        return self._arrival(folder)

    def put_away(self, arrival: Arrival) -> None:
        """Forget an arrival."""
        shutil.rmtree(self._folder / "arrived" / arrival.id, ignore_errors=True)

    def form(self, name: str) -> dict[str, str]:
        """Return what was typed in a form and not saved; empty where nothing was."""
        with suppress(OSError, ValueError):
            read = json.loads(self._form(name).read_text(encoding="utf-8"))
            return {str(key): str(value) for key, value in read.items()}
        return {}

    def forms(self) -> list[str]:
        """Return the names of forms that were left half filled in."""
        return sorted(path.stem for path in (self._folder / "forms").glob("*.json"))

    def keep_form(self, name: str, fields: Mapping[str, str]) -> None:
        """Keep what was typed in a form so far."""
        text = json.dumps(dict(fields), ensure_ascii=False, indent=1)
        write_bytes(self._form(name), text.encode())

    def drop_form(self, name: str) -> None:
        """Forget what was typed in a form."""
        self._form(name).unlink(missing_ok=True)

    def _form(self, name: str) -> Path:
        return self._folder / "forms" / f"{plain_name(name)}.json"

    @staticmethod
    def _arrival(folder: Path) -> Arrival:
        return Arrival(folder.name, tuple(sorted(p for p in folder.iterdir() if p.is_file())))


def plain_name(given: str) -> str:
    """Return a file's name that means no other folder and that every system can keep."""
    name = _UNFIT.sub(" ", given.replace("\\", "/").rpartition("/")[2]).strip(" .")
    stem, dot, suffix = name.rpartition(".")
    stem, suffix = (stem, dot + suffix) if dot and len(suffix) < 10 else (name, "")
    room = _LONGEST - len(suffix.encode())
    stem = stem.encode()[:room].decode(errors="ignore").strip(" .")
    return f"{stem or '文件'}{suffix}"
