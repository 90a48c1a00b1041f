"""Writing that never leaves half a file behind."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from geomap.records import InputError, name_refusal


def write_bytes(path: Path, content: bytes) -> None:
    """Write ``content`` beside ``path`` and move it there in one step.

    Raises
    ------
    InputError
        The disk is full or the folder cannot be written; the old file is untouched.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        beside.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(
            f"{path}: cannot be written ({reason}); nothing was changed",
            code=name_refusal(error), where=path,
        ) from error  # fmt: skip
    finally:
        with suppress(OSError):  # nothing was begun, or its folder is a file
            beside.unlink()
