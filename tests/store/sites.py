"""Small sites as a build writes them, and what lies in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from geomap.store.marker import SITE, seal

NUMBER = "GS(2026)1"
#: What every build.json says.
CONTENT: dict[str, Any] = {
    "version": "0.1", "edition_date": "2026-03-01", "inputs": {}, "counts": {}, "skipped": [],
    "warnings": [], "publish": {"review_number": NUMBER, "keep_editions": 10},
}  # fmt: skip


def make_site(page: str = "one", *, number: str = NUMBER, **files: bytes) -> dict[str, bytes]:
    """Return a site: a public page that says ``page``, an internal one, and ``files``."""
    gate = CONTENT["publish"] | {"review_number": number}
    site = {
        "public/index.html": f"<aside>审图号：{number}</aside>{page}".encode(),
        "public/assets/app.js": b"// " + page.encode(),
        "internal/planner.html": b"secret",
        **{path.replace("__", "/"): content for path, content in files.items()},
    }
    return site | {SITE: seal(SITE, CONTENT | {"publish": gate}, site)}


def listing(folder: Path) -> set[str]:
    """Return the files and links of a folder, relative."""
    every = folder.rglob("*")
    return {p.relative_to(folder).as_posix() for p in every if p.is_symlink() or p.is_file()}


def around(folder: Path) -> set[str]:
    """Return what lies beside: no staging folder may stay; a lock file means nothing."""
    return {path.name for path in folder.iterdir() if not path.name.endswith(".lock")}
