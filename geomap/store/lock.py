"""One writer at a time: a lock with a wait, a message, and an end.

The lock is the kernel's (``flock``, or its like on Windows) on a small file, so it ends with the
process that holds it, however that ends; the file itself stays and means nothing.
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from geomap.model.records import InputError
from geomap.store.atomic import finish_pending

log = logging.getLogger("geomap")
#: A wait that is not worth a message; then one that no run of ours outlasts: something hangs.
_SILENT_S, _LIMIT_S = 0.5, 900.0
#: Who may not write here cannot disturb anybody either, and reads without a lock.
_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Hold the lock file ``path`` while the block runs; others wait for it and say so.

    On a disk without locks (some network disks) the block runs unlocked, after a warning.

    Raises
    ------
    InputError
        Another run held the lock for a quarter of an hour.
    """
    lock = FileLock(path, fallback_to_soft=False)
    try:
        _acquire(lock, path)
    except OSError as error:
        if error.errno not in _READ_ONLY:
            log.warning(
                "%s：这个磁盘不能加锁，请不要同时开两个窗口写 / no locks on this disk (%s): "
                "run one command at a time", path.parent, error.strerror or error,
            )  # fmt: skip
    try:
        yield
    finally:
        lock.release()


@contextmanager
def lock_tables(folder: Path) -> Iterator[None]:
    """Hold a geodata folder's tables: nobody else reads them half written, or writes them.

    What a killed run had begun to put in place is finished first.
    """
    with hold_lock(folder / ".lock"):
        finish_pending(folder)
        yield


def _acquire(lock: FileLock, path: Path) -> None:
    try:
        lock.acquire(timeout=_SILENT_S)
    except Timeout:
        log.warning(
            "另一个窗口正在写 %s，等它写完 … / another run is writing there, waiting …", path.parent
        )
        try:
            lock.acquire(timeout=_LIMIT_S)
        except Timeout as error:
            raise InputError(
                f"{path.parent}: another run has been writing there for {_LIMIT_S / 60:.0f} "
                "minutes; end it, then run this again",
                code="lock-busy", where=path.parent,
            ) from error  # fmt: skip
