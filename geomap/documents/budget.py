"""What one document may cost, in seconds and in memory, before it is left out.

Two bounds keep every run the same on every machine: the readers refuse a document by its size
(:mod:`geomap.files.limits`), and the work on what they read grows with it, not with its square. The
budget is for what nobody foresaw. Its seconds are the processor's own, so that a busy machine
leaves out no more than an idle one, and a hundred times what the largest document takes; a
document that meets it on one machine and not on another is a fault to be reported.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from geomap.files.limits import MAX_DOCUMENT_MEMORY, MAX_DOCUMENT_SECONDS
from geomap.model.records import InputError

#: A parser may swallow the first warning; it is given again so often (seconds).
_AGAIN = 1.0


@contextmanager
def within_budget(name: str) -> Iterator[None]:
    """Run the work on the document ``name``; what costs too much is stopped with an error.

    Where the system has no such timer or limit, or outside the main thread, nothing is stopped.

    Raises
    ------
    InputError
        The work took more than its seconds of processor time, or more than its memory.
    """
    try:
        with _memory(MAX_DOCUMENT_MEMORY), _seconds(MAX_DOCUMENT_SECONDS, name):
            yield
    except MemoryError as error:
        raise InputError(
            f"{name}: needs more than {MAX_DOCUMENT_MEMORY // 10**6} MB; split it",
            code="too-large", where=name,
        ) from error  # fmt: skip


@contextmanager
def _seconds(most: float, name: str) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread() or sys.platform == "win32":
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise InputError(
            f"{name}: more than {most:g} seconds of work; split it", code="too-slow", where=name
        )

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, most, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextmanager
def _memory(most: int) -> Iterator[None]:
    """Allow so many bytes more than the process holds now; only Linux says how many those are."""
    pages = Path("/proc/self/statm")
    if not pages.exists() or sys.platform == "win32":
        yield
        return
    import resource

    now = int(pages.read_text().split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    bounds = [limit for limit in (now + most, soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(bounds), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
