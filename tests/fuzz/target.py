"""A target: seeds, and what is run with their mutations; and the property all targets share."""

from __future__ import annotations

import resource
import signal
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from geomap.model.records import GeomapError, Skip

#: What one input may take: seconds, and bytes above what the process held before.
SECONDS, MEMORY = 10, 1_000_000_000
#: Characters of a text: what a person writes in a cell, or a rider in a mail.
_TEXT = 4000
CORPUS = Path(__file__).with_name("corpus")


class HangError(BaseException):
    """An input took too long; no ``except Exception`` on the way may take it for a result."""


@dataclass(frozen=True)
class Target:
    """One reader or parser: ``run`` gets a mutation of one of the ``seeds``.

    ``tokens`` are words that mean something to this parser, inserted by the mutations.
    """

    name: str
    seeds: Callable[[], Iterable[bytes]]
    run: Callable[[bytes], object]
    tokens: tuple[bytes, ...] = ()

    def corpus(self) -> list[bytes]:
        """Inputs that once failed, kept in ``corpus/NAME/``."""
        return [path.read_bytes() for path in sorted((CORPUS / self.name).glob("*"))]


TARGETS: dict[str, Target] = {}


def byte_target(
    name: str, seeds: Callable[[], Iterable[bytes]], tokens: Iterable[str] = ()
) -> Callable[[Callable[[bytes], object]], Callable[[bytes], object]]:
    """Register a function of bytes."""

    def register(run: Callable[[bytes], object]) -> Callable[[bytes], object]:
        assert name not in TARGETS, f"two targets are named {name}"
        TARGETS[name] = Target(name, seeds, run, tuple(token.encode() for token in tokens))
        return run

    return register


def text_target(
    name: str, seeds: Iterable[str], tokens: Iterable[str] = ()
) -> Callable[[Callable[[str], object]], Callable[[str], object]]:
    """Register a function of text of at most a long cell; bytes that are no UTF-8 become U+FFFD."""
    raw = [seed.encode() for seed in seeds]

    def register(run: Callable[[str], object]) -> Callable[[str], object]:
        byte_target(name, lambda: raw, tokens)(
            lambda given: run(given.decode(errors="replace")[:_TEXT])
        )
        return run

    return register


def file_target(
    name: str,
    suffix: str,
    seeds: Callable[[], Iterable[bytes]],
    tokens: Iterable[str] = (),
) -> Callable[[Callable[[Path], object]], Callable[[Path], object]]:
    """Register a function of a file; it is written anew for every input."""

    def register(run: Callable[[Path], object]) -> Callable[[Path], object]:
        def run_bytes(raw: bytes) -> object:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / f"fuzz{suffix}"
                path.write_bytes(raw)
                return run(path)

        byte_target(name, seeds, tokens)(run_bytes)
        return run

    return register


def find_targets(names: Iterable[str] | None = None) -> list[Target]:
    """Return the targets of these names, all unless told; they are imported here, not before."""
    from tests.fuzz.targets import all_targets

    known = all_targets()
    return [known[name] for name in names or known]


def outcome_of(target: Target, raw: bytes) -> str:
    """Return how the target ended: ``result``, or the code of a skip or of our error.

    Raises
    ------
    AssertionError
        An error or a skip does not say what and where, or the input took too much memory.
    HangError
        It took too long.
    Exception
        Whatever else the target lets through: a fault.
    """
    before = _peak_bytes()
    with _limited():
        try:
            result = target.run(raw)
        except GeomapError as error:
            result = error
    grown = _peak_bytes() - before
    assert grown < MEMORY, f"{target.name} took {grown} bytes"
    return _named(result)


def _named(result: object) -> str:
    if isinstance(result, Skip):
        assert result.code and result.where and result.reason, f"an unnamed skip: {result}"
        return result.code
    if isinstance(result, GeomapError):
        for fault in result.findings:
            assert fault.code and fault.file and fault.message, f"an unnamed fault: {fault}"
        assert result.findings or (result.code and result.where), f"an unnamed error: {result!r}"
        assert str(result), "an error without words"
        return result.findings[0].code if result.findings else result.code
    return "result"


@contextmanager
def _limited() -> Iterator[None]:
    """A clock and a ceiling of memory (twice the limit: the peak tells what went over it)."""
    before = signal.signal(signal.SIGPROF, _hang)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + 2 * MEMORY, hard))
    # Of the processor, not of the wall: a busy machine is no hang.
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        signal.signal(signal.SIGPROF, before)


def _hang(_number: int, _frame: FrameType | None) -> None:
    raise HangError(f"more than {SECONDS} seconds")


def _peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
