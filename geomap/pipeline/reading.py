"""read, then find: files to mentions and claims, on all cores when there are many."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from geomap.divisions import Divisions
from geomap.documents import printable, read_document
from geomap.documents.budget import within_budget
from geomap.files.folder import Geodata, cache_folder
from geomap.files.foreign import name_order
from geomap.find import Lexicon, find_in_document, read_lexicon
from geomap.model.records import Claim, InputError, Mention, Skip
from geomap.pipeline.reference import Reference
from geomap.second_reader import SecondReader, merge_additions, reader_from_environment

#: Below this many files a second process costs more than it saves.
_FEW = 200
_CHUNK = 20


@dataclass(frozen=True, slots=True)
class Reading:
    """What files say, before merging: every mention and claim, and the files left out.

    ``left_out`` are the files that gave no document, with the code of the reason.
    """

    documents: int
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    skips: tuple[Skip, ...]
    left_out: Mapping[Path, str]


@dataclass(frozen=True, slots=True)
class _FileReading:
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    skips: tuple[Skip, ...] = ()
    is_read: bool = True


def read_files(paths: Iterable[Path], reference: Reference, workers: int | None = None) -> Reading:
    """Return what the files say, in the order of their names.

    A file that cannot be read, or costs more than :mod:`geomap.documents.budget` allows, is a
    counted skip. ``workers`` processes share the work; without a number as many as the machine
    has cores, and none for a few files. A file of which a process dies is a skip, too.
    """
    files = sorted(paths, key=name_order)
    second = reader_from_environment(os.environ, cache_folder() / "second-reader")
    # One second reader for the run: its pace and its patience are shared, so is the process.
    cores = 1 if second else workers or os.cpu_count() or 1
    readings = list(_read(files, reference, cores, second))
    return Reading(
        sum(each.is_read for each in readings),
        tuple(mention for each in readings for mention in each.mentions),
        tuple(claim for each in readings for claim in each.claims),
        tuple(skip for each in readings for skip in each.skips),
        {
            path: each.skips[0].code
            for path, each in zip(files, readings, strict=True)
            if not each.is_read
        },
    )


def _read(
    files: Sequence[Path], reference: Reference, workers: int, second: SecondReader | None
) -> Iterator[_FileReading]:
    # What is wrong with the reference data stops here, not in a process of its own.
    reader = _reader_of(reference, second)
    if workers < 2 or len(files) < _FEW:
        yield from map(reader.read, files)
        return
    left = [files[at : at + _CHUNK] for at in range(0, len(files), _CHUNK)]
    while left:
        done = 0
        for chunk in _read_chunks(left, reference.geodata, workers):
            yield from chunk
            done += 1
        left = left[done:]
        try:
            # A process died, of a file of this chunk or of a neighbour's: each gets its own.
            yield from [
                _read_alone(path, reference.geodata) for chunk in left[:1] for path in chunk
            ]
        except BrokenProcessPool:
            yield from (reader.read(path) for chunk in left for path in chunk)
            return
        left = left[1:]


def _read_chunks(
    chunks: Sequence[Sequence[Path]], geodata: Geodata, workers: int
) -> Iterator[list[_FileReading]]:
    """Yield what the chunks say, in order, up to the first whose process died."""
    with _processes(workers, geodata) as pool:
        readings: list[Future[list[_FileReading]]] = []
        try:
            readings += (pool.submit(_read_here, chunk) for chunk in chunks)
            while readings:
                yield readings.pop(0).result()
        except BrokenProcessPool:
            return
        finally:
            pool.shutdown(cancel_futures=True)


def _read_alone(path: Path, geodata: Geodata) -> _FileReading:
    """Read a file in a process of its own.

    Raises
    ------
    BrokenProcessPool
        No process can be started at all, which is no fault of the file.
    """
    with _processes(1, geodata) as pool:
        pool.submit(_start).result()
        try:
            return pool.submit(_read_here, [path]).result()[0]
        except BrokenProcessPool:
            reason = "the reading process died of it; save it as text"
            return _left_out(path, "reader-died", reason)


def _processes(workers: int, geodata: Geodata) -> ProcessPoolExecutor:
    # spawn, not fork: the same on every system, and no lock is copied in a bad state.
    spawned = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, spawned, _prepare, (geodata,))


def _left_out(path: Path, code: str, reason: str) -> _FileReading:
    return _FileReading(skips=(Skip("read", printable(path.name), code, reason),), is_read=False)


@dataclass(frozen=True, slots=True)
class _Reader:
    divisions: Divisions
    lexicon: Lexicon
    second: SecondReader | None

    def read(self, path: Path) -> _FileReading:
        try:
            with within_budget(path.name):
                document = read_document(path)
                if isinstance(document, Skip):
                    return _FileReading(skips=(document,), is_read=False)
                found = find_in_document(document, self.divisions, self.lexicon)
        except InputError as error:
            return _left_out(path, error.code, str(error))
        if self.second is None:
            return _FileReading(found.mentions, found.claims, found.skips)
        answer = self.second.read(document)
        mentions = merge_additions(found.mentions, answer.additions)
        return _FileReading(tuple(mentions), found.claims, (*found.skips, *answer.skips))


def _reader_of(reference: Reference, second: SecondReader | None = None) -> _Reader:
    lexicon = read_lexicon(reference.geodata.file("words.toml"))
    return _Reader(reference.divisions, lexicon, second)


_here: list[_Reader] = []


def _prepare(geodata: Geodata) -> None:
    _here[:] = [_reader_of(Reference(geodata))]


def _start() -> None:
    """Do nothing: what a process does that can be started."""


def _read_here(paths: Sequence[Path]) -> list[_FileReading]:
    return [_here[0].read(path) for path in paths]
