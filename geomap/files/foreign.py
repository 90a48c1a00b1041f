"""Files that others made: regular files of bounded size, parsed behind one boundary."""

from __future__ import annotations

import io
import logging
import os
import stat
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

from geomap.files.limits import FREE_UNPACKED_BYTES, MAX_FILE_BYTES, MAX_RATIO, MAX_UNPACKED_BYTES
from geomap.model.records import GeomapError, InputError, name_refusal

#: pypdf writes a line for every oddity it repairs; the report names what matters.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


#: Names that a system or an office program made for itself.
_HIDDEN = (".", "~$")


@contextmanager
def parsing(refusal: GeomapError) -> Iterator[None]:
    """Run a third-party parser: whatever it raises becomes ``refusal``.

    The one place of the project that catches every Exception. openpyxl, python-docx, pypdf, lxml
    and zipfile declare no errors of their own for damaged files; fuzzing met some thirty kinds,
    from zlib.error over AttributeError to RecursionError. A document is one of many, so a parser
    that runs out of memory or stack is refused like a damaged file. Nothing of ours runs inside
    but the reading out of what was parsed; KeyboardInterrupt and SystemExit go through.

    Raises
    ------
    GeomapError
        ``refusal``; an error of ours, such as a limit met, as it is.
    """
    try:
        # Words for programmers about repairs: pypdf warns, openpyxl even prints.
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    except GeomapError:
        raise
    except MemoryError as error:
        raise InputError(
            f"{refusal.where}: needs more memory than there is; split it",
            code="too-large", where=refusal.where,
        ) from error  # fmt: skip
    except Exception as error:
        raise refusal from error


def list_files(where: Iterable[Path]) -> list[Path]:
    """Return the files named and those inside the folders named, sorted by name.

    Hidden and temporary files are left out. What is neither file nor folder, a folder that cannot
    be opened and a link to a folder are there too: reading them says what they are.
    """
    found: set[Path] = set()
    for given in where:
        if given.is_dir():
            found.update(_inside(given))
        else:
            found.add(given)
    return sorted(found, key=name_order)


def refuse_missing(paths: Iterable[Path]) -> None:
    """Raise where a path that somebody named leads nowhere.

    Raises
    ------
    InputError
        All of them at once.
    """
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise InputError(
            f"no such file or folder: {', '.join(missing)}; check the path",
            code="file-missing", where="、".join(missing),
        )  # fmt: skip


def name_order(path: Path) -> tuple[str, str]:
    """Return what files are sorted by: their names, wherever they lie."""
    return path.name, str(path)


def _inside(folder: Path) -> Iterator[Path]:
    closed: list[Path] = []
    walk = os.walk(folder, onerror=lambda error: closed.append(Path(error.filename)))
    for root, folders, files in walk:
        links = [name for name in folders if Path(root, name).is_symlink()]
        folders[:] = [name for name in folders if not name.startswith(_HIDDEN)]
        yield from (Path(root, name) for name in files + links if not name.startswith(_HIDDEN))
    yield from closed


def read_file(path: Path, most: int = MAX_FILE_BYTES) -> bytes:
    """Return the bytes of a regular file; a pipe or a device could be endless, so none is opened.

    Raises
    ------
    InputError
        It is no regular file, cannot be opened, or holds more than ``most`` bytes.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            folder = stat.S_ISDIR(status.st_mode)
            raise InputError(
                f"{path.name}: no regular file; give a file",
                code="file-is-folder" if folder else "file-not-regular", where=path.name,
            )  # fmt: skip
        if status.st_size > most:
            raise InputError(
                f"{path.name}: {status.st_size} bytes, more than {most}; split it",
                code="too-large", where=path.name, detail=str(status.st_size),
            )  # fmt: skip
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path.name}: cannot be opened ({error.strerror or error})",
            code=name_refusal(error), where=path,
        ) from error  # fmt: skip


def refuse_bomb(raw: bytes, where: str = "") -> None:
    """Look at a zip's directory before anything is unpacked; zipfile reads no more than it states.

    Raises
    ------
    InputError
        It unpacks to far more than a document holds, or is encrypted.
    zipfile.BadZipFile
        It is no zip; call this within :func:`parsing`.
    """
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    most = min(MAX_UNPACKED_BYTES, max(MAX_RATIO * len(raw), FREE_UNPACKED_BYTES))
    if unpacked > most:
        message = f"{where}: unpacks to {unpacked} bytes; not opened".removeprefix(": ")
        raise InputError(message, code="zip-bomb", where=where)
    if any(member.flag_bits & 1 for member in members):
        message = f"{where}: encrypted; save it without a password".removeprefix(": ")
        raise InputError(message, code="encrypted", where=where)
