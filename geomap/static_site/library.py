"""Where the files of browser libraries are found: installed packages, and folders of the caller.

Nothing is ever asked of a host. npm's folders name their packages in ``package.json``; XStatic
packages of Python say theirs, and folium carries three files itself.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import folium
import xstatic.pkg

from geomap.static_site.addresses import Wanted


@dataclass(frozen=True)
class Package:
    """A folder of files with a name and, where it says so, a version ("": unknown)."""

    name: str
    version: str
    folder: Path
    entries: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Name of its folder among the site's assets."""
        plain = self.name.removeprefix("@").replace("/", "-")
        return f"{plain}-{self.version}" if self.version else plain

    def is_version(self, version: str) -> bool:
        """Return whether this is ``version``: ``5`` is any 5.x, ``""`` is any at all."""
        wanted = version.split(".") if version else []
        return self.version.split(".")[: len(wanted)] == wanted

    def find(self, wanted: Wanted) -> Path | None:
        """Return the file: at its path, else the one of its name that lies highest.

        A file without ``.min`` does as well as one with it.
        """
        if not wanted.path:
            return next((path for path in map(self._file, self.entries) if path), None)
        exact = self._file(wanted.path)
        plain = wanted.file.replace(".min.", ".").replace("-min.", ".")
        return exact or self._named(wanted.file) or self._named(plain)

    def _file(self, path: str) -> Path | None:
        for name in (path, f"{path}.js"):
            if (self.folder / name).is_file():
                return self.folder / name
        return None

    def _named(self, name: str) -> Path | None:
        same = self._files.get(name.lower(), [])
        return min(same, key=lambda path: (len(path.parts), path)) if same else None

    @cached_property
    def _files(self) -> dict[str, list[Path]]:
        files: dict[str, list[Path]] = {}
        for path in self.folder.rglob("*"):
            if "node_modules" not in path.relative_to(self.folder).parts:
                files.setdefault(path.name.lower(), []).append(path)
        return files


@dataclass(frozen=True)
class Found:
    """A file of a package."""

    package: Package
    path: Path

    @property
    def address(self) -> str:
        """Where the site keeps it, relative to the page."""
        return self.address_of(self.path)

    def address_of(self, path: Path) -> str:
        """Where the site keeps another file of the package."""
        return f"assets/{self.package.label}/{path.relative_to(self.package.folder).as_posix()}"


class Library:
    """Packages by name; the caller's own come first.

    Parameters
    ----------
    folders : an npm project, its ``node_modules``, one package, or a folder of plain files.
    other_versions : whether another version than the map asks for will do.
    """

    def __init__(self, folders: Iterable[Path] = (), *, other_versions: bool = False) -> None:
        own = [package for folder in folders for package in _read_folder(Path(folder))]
        self._packages = (*own, *_installed())
        self._other_versions = other_versions

    def find(self, wanted: Wanted) -> Found | None:
        """Return the file; None when no package holds it in the right version."""
        named = [package for package in self._packages if package.name in (wanted.name, "")]
        right = [package for package in named if package.is_version(wanted.version)]
        loose = [package for package in named if not package.version]
        for package in (*right, *loose, *(named if self._other_versions else ())):
            if path := package.find(wanted):
                return Found(package, path)
        return None

    def versions(self, name: str) -> tuple[str, ...]:
        """Return the versions of a package that are there."""
        return tuple(package.version for package in self._packages if package.name == name)


def _installed() -> Iterator[Package]:
    for module in pkgutil.iter_modules(xstatic.pkg.__path__, "xstatic.pkg."):
        package = importlib.import_module(module.name)
        yield Package(package.NAME, package.VERSION, Path(package.BASE_DIR))
    yield Package("folium", version("folium"), Path(folium.__file__).parent)


def _read_folder(folder: Path) -> Iterator[Package]:
    inner = folder / "node_modules"
    if inner.is_dir():
        yield from _read_folder(inner)
    elif (folder / "package.json").is_file():
        yield _read_package(folder / "package.json")
    elif found := sorted([*folder.glob("*/package.json"), *folder.glob("@*/*/package.json")]):
        yield from map(_read_package, found)
    else:
        yield Package("", "", folder)


def _read_package(path: Path) -> Package:
    said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    entries = (said.get(key) for key in ("jsdelivr", "unpkg", "browser", "main"))
    files = tuple(entry for entry in entries if isinstance(entry, str))
    return Package(said["name"], str(said.get("version", "")), path.parent, files)
