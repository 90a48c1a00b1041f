"""A built site: put in place of the last one, and read back exactly as it was built."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from geomap.model.records import PublishError
from geomap.store.exchange import lock_folder, replace_folder
from geomap.store.marker import SITE, Marker
from geomap.store.ownership import LITTER, Standing, listed, refuse_place, refuse_strangers, survey

_PUBLIC = "public/"


def write_site(site: Mapping[str, bytes], folder: Path, kept: Iterable[Path] = ()) -> None:
    """Replace ``folder`` by ``site`` (path → bytes, a sealed build.json among them).

    A folder is replaced only when our mark lists all that lies in it, as it lies there. A site of
    the time before such lists is known by its mark's keys and the names of its files.

    Parameters
    ----------
    kept : what the site is made from; a folder that holds one of these is refused.

    Raises
    ------
    PublishError
        The folder holds something else, or cannot be written; the old site is untouched.
    """
    folder = check_place(folder, kept)
    with lock_folder(folder, SITE):
        standing = survey(folder, SITE)
        foreign = tuple(path for path in standing.foreign if Path(path).name not in LITTER)
        refuse_strangers(folder, Standing(standing.marker, (), standing.edited, foreign), SITE)
        replace_folder(folder, SITE, site, same=standing.list_same(site))


def check_place(folder: Path, kept: Iterable[Path] = ()) -> Path:
    """Return ``folder`` with its real parent, once nothing that must stay lies in it.

    Raises
    ------
    PublishError
        See :func:`~geomap.store.ownership.refuse_place`.
    """
    refuse_place(folder, kept)
    return _with_real_parent(folder)


def read_public(site: Path) -> tuple[Marker, dict[str, bytes]]:
    """Return the mark of a built site and its public files, path below ``public/`` → bytes.

    Raises
    ------
    PublishError
        There is no built site, or ``public/`` is not what the build wrote, to the last byte; the
        message names what is too much, missing or changed.
    """
    site = _with_real_parent(site)
    if not site.is_dir():
        raise _missing(site)
    with lock_folder(site, SITE):
        standing = survey(site, SITE)
        marker = standing.marker
        if marker is None or marker.files is None:
            raise _missing(site)
        wanted = {path for path in marker.files if path.startswith(_PUBLIC)}
        strange = [p for p in (*standing.foreign, *standing.edited) if p.startswith(_PUBLIC)]
        strange += sorted(wanted - {*standing.own, *strange})
        if strange or (site / "public").is_symlink():
            raise PublishError(
                f"{site}: public/ is not what the build wrote: {listed(strange or ['public'])}; "
                "build again (delete what is foreign, if it stays)",
                code="site-changed", where=site, detail=listed(strange or ["public"]),
            )  # fmt: skip
        return marker, {p.removeprefix(_PUBLIC): (site / p).read_bytes() for p in sorted(wanted)}


def _with_real_parent(folder: Path) -> Path:
    place = folder.absolute()
    return Path(os.path.realpath(place.parent), place.name)


def _missing(site: Path) -> PublishError:
    return PublishError(
        f"{site}: no built site of this version (build.json); run build first",
        code="site-missing", where=site,
    )  # fmt: skip
