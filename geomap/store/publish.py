"""The last step: the public part of a site goes to a folder, through the gate, and can come back.

Published is what the build listed, byte for byte. Foreign files of the folder (CNAME, .git,
.well-known …) stay as they are; ours change in one step. Every published edition is kept first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import escape

from geomap.model.records import PublishError
from geomap.model.settings import DEMO, DRAFT, Publish
from geomap.store.editions import keep_edition, next_number, prune_editions, read_edition
from geomap.store.exchange import lock_folder, replace_folder
from geomap.store.lock import hold_lock
from geomap.store.marker import PUBLICATION, Marker, seal
from geomap.store.ownership import Standing, hashes, listed, refuse_inside, refuse_strangers, survey
from geomap.store.site import check_place, read_public
from geomap.text.blank import is_blank


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published: where, which edition, how much of it, and how much foreign stayed."""

    folder: Path
    edition: int
    file_count: int
    byte_count: int
    foreign_count: int


def publish_site(site: Path, folder: Path, editions: Path | None = None) -> Publication:
    """Put the public part of a built site in place of what was published in ``folder``.

    ``editions`` is where editions are kept; by default ``SITE.editions`` beside the site.

    Raises
    ------
    PublishError
        The gate is closed, ``site`` is not as it was built, or the folder is not ours to write.
    """
    marker, pages = read_public(site)
    gate = marker.content.get("publish") or {}
    _pass_gate(gate, pages)
    place = _Place(site, folder, editions)
    with place.locked() as standing:
        before = _keep_current(place, standing.marker)
        if _is_published(standing, pages):
            number, files = before, _own_files(place.folder, standing)
        else:
            number = next_number(place.editions)
            files = _keep(place.editions, number, before, marker, pages)
            _put(place.folder, files, standing)
            prune_editions(place.editions, gate.get("keep_editions", 10), {number, before})
        size = sum(map(len, files.values()))
        return Publication(place.folder, number, len(files), size, len(standing.foreign))


def undo_publish(
    site: Path, folder: Path, editions: Path | None = None, number: int | None = None
) -> int:
    """Put a kept edition back: ``number``, else what stood in ``folder`` before; return its number.

    Raises
    ------
    PublishError
        There is no such edition, or it was changed; the folder stays as it is.
    """
    place = _Place(site, folder, editions)
    with place.locked() as standing:
        if standing.marker is None:
            raise _nothing_before(place.folder)
        _keep_current(place, standing.marker)
        target = number or standing.marker.content.get("before")
        if not target:
            raise _nothing_before(place.folder)
        _, files = read_edition(place.editions, target)
        _refuse_drafts(files)
        _put(place.folder, files, standing)
        return int(target)


def editions_folder(site: Path) -> Path:
    """Return where the editions of a site are kept unless somebody says otherwise."""
    place = site.absolute()
    return place.with_name(f"{place.name}.editions")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a publication goes and where its editions are kept."""

    site: Path
    target: Path
    chosen: Path | None

    @property
    def folder(self) -> Path:
        refuse_inside(self.target, self.site)
        return check_place(self.target, (self.site, self.editions))

    @property
    def editions(self) -> Path:
        return self.chosen or editions_folder(self.site)

    @contextmanager
    def locked(self) -> Iterator[Standing]:
        """Hold editions and folder; yield what lies in the folder, once it is ours to write."""
        folder = self.folder
        self.editions.mkdir(parents=True, exist_ok=True)
        with hold_lock(self.editions / ".lock"), lock_folder(folder, PUBLICATION):
            standing = survey(folder, PUBLICATION)
            foreign = () if standing.marker else standing.foreign
            refuse_strangers(folder, Standing(standing.marker, (), standing.edited, foreign),
                             PUBLICATION)  # fmt: skip
            yield standing


def _put(folder: Path, files: Mapping[str, bytes], standing: Standing) -> None:
    """Replace our files; foreign ones stay, and none of them may stand in the way."""
    blocking = [path for path in standing.foreign if _is_in_the_way(folder, path, files)]
    if blocking:
        raise PublishError(
            f"{folder}: files that are not ours stand where the map's would go "
            f"({listed(blocking)}); move them away",
            code="publish-blocked", where=folder, detail=listed(blocking),
        )  # fmt: skip
    same = standing.list_same(files)
    replace_folder(folder, PUBLICATION, files, standing.foreign, same)


def _is_in_the_way(folder: Path, foreign: str, files: Mapping[str, bytes]) -> bool:
    """Whether a file of ours has the name of ``foreign``, or lies below it or above it."""
    if (folder / foreign).is_dir() and not (folder / foreign).is_symlink():
        return foreign in files
    above = {parent.as_posix() for parent in Path(foreign).parents}
    return foreign in files or any(p in above or p.startswith(f"{foreign}/") for p in files)


def _keep_current(place: _Place, marker: Marker | None) -> int:
    """Return the number under which the published edition is kept; keep it if it is not; or 0.

    It is not where another computer, or an earlier version of this program, published it.
    """
    if marker is None:
        return 0
    number = int(marker.content.get("edition", 0))
    try:
        if number and read_edition(place.editions, number)[0].files == marker.files:
            return number
    except PublishError:
        pass  # none of that number here, or a damaged one: this folder's is kept anew
    files = _own_files(place.folder, survey(place.folder, PUBLICATION))
    files.pop(PUBLICATION)
    number = next_number(place.editions)
    _keep(place.editions, number, int(marker.content.get("before", 0)), marker, files)
    return number


def _keep(
    editions: Path, number: int, before: int, marker: Marker, pages: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Keep an edition and return its files: ``pages`` and their mark, made from ``marker``."""
    content = {key: marker.content.get(key) for key in ("version", "edition_date")}
    sealed = seal(PUBLICATION, content | {"edition": number, "before": before}, pages)
    files = {**pages, PUBLICATION: sealed}
    keep_edition(editions, number, str(content["edition_date"]), files)
    return files


def _own_files(folder: Path, standing: Standing) -> dict[str, bytes]:
    return {path: (folder / path).read_bytes() for path in standing.own}


def _is_published(standing: Standing, pages: Mapping[str, bytes]) -> bool:
    marker = standing.marker
    if marker is None or marker.files is None:
        return False
    return hashes(pages) == dict(marker.files) and len(standing.own) == len(pages) + 1


def _pass_gate(gate: Mapping[str, Any], pages: Mapping[str, bytes]) -> None:
    """Refuse a site without a review number or a decision, by its mark and by its pages alike."""
    if gate.get("demo"):
        raise _demonstration()
    number, decision = (str(gate.get(key) or "") for key in ("review_number", "decision"))
    if not Publish(number, decision).is_open:
        raise _closed()
    _refuse_drafts(pages)
    shown = str(escape((number if not is_blank(number) else decision).strip()))
    if shown not in pages.get("index.html", b"").decode(errors="replace"):
        raise PublishError(
            f"index.html does not show the review number {shown!r} of build.json; build again",
            code="gate-not-shown", where="index.html", detail=shown,
        )  # fmt: skip


def _refuse_drafts(pages: Mapping[str, bytes]) -> None:
    written = [page for path, page in pages.items() if path.endswith(".html")]
    if any(DEMO[0].encode() in page for page in written):
        raise _demonstration()
    if any(DRAFT[0].encode() in page for page in written):
        raise _closed()


def _demonstration() -> PublishError:
    return PublishError(
        "演示 · 站点为虚构 · 不得公开: a demonstration is never published", code="gate-demo",
        where="map.toml",
    )  # fmt: skip


def _closed() -> PublishError:
    return PublishError(
        "内部草图 · 未经审核 · 不得公开: the map has no review number (审图号). "
        "Write review_number, or the reviewer's decision, under [publish] in map.toml, "
        "and build again",
        code="gate-closed", where="map.toml",
    )  # fmt: skip


def _nothing_before(folder: Path) -> PublishError:
    return PublishError(
        f"{folder}: nothing to go back to; no edition was published there before this one",
        code="undo-impossible", where=folder,
    )  # fmt: skip
