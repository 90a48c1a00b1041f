"""read, then find: files to mentions and claims, on all cores when there are many."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geomap.divisions import Divisions, read_divisions
from geomap.documents import read_document
from geomap.find import Lexicon, find_in_document, read_lexicon
from geomap.folder import Geodata, cache_folder
from geomap.foreign import name_order
from geomap.ground import Ground
from geomap.records import Claim, Mention, Skip
from geomap.second_reader import SecondReader, add_to, reader_from_environment

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


def read_files(paths: Iterable[Path], ground: Ground, workers: int | None = None) -> Reading:
    """Return what the files say, in the order of their names.

    A file that cannot be read is a counted skip. ``workers`` processes share the work; without
    a number as many as the machine has cores, and none for a few files.
    """
    files = sorted(paths, key=name_order)
    second = reader_from_environment(os.environ, cache_folder() / "second-reader")
    # One second reader for the run: its pace and its patience are shared, so is the process.
    cores = 1 if second else workers or os.cpu_count() or 1
    readings = list(_read(files, ground, cores, second))
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
    files: Sequence[Path], ground: Ground, workers: int, second: SecondReader | None
) -> Iterator[_FileReading]:
    if workers < 2 or len(files) < _FEW:
        lexicon = read_lexicon(ground.geodata.file("words.toml"))
        reader = _Reader(ground.divisions, lexicon, second)
        yield from map(reader.read, files)
        return
    # spawn, not fork: the same on every system, and no lock is copied in a bad state.
    context = multiprocessing.get_context("spawn")
    with context.Pool(workers, _prepare, (ground.geodata,)) as pool:
        yield from pool.imap(_read_here, files, chunksize=_CHUNK)


@dataclass(frozen=True, slots=True)
class _Reader:
    divisions: Divisions
    lexicon: Lexicon
    second: SecondReader | None = None

    def read(self, path: Path) -> _FileReading:
        document = read_document(path)
        if isinstance(document, Skip):
            return _FileReading(skips=(document,), is_read=False)
        found = find_in_document(document, self.divisions, self.lexicon)
        if self.second is None:
            return _FileReading(found.mentions, found.claims, found.skips)
        answer = self.second.read(document)
        mentions = add_to(found.mentions, answer.additions)
        return _FileReading(tuple(mentions), found.claims, (*found.skips, *answer.skips))


_here: list[_Reader] = []


def _prepare(geodata: Geodata) -> None:
    folder = geodata.file("gazetteer.parquet").parent
    divisions = read_divisions(folder, geodata.file("former.csv"))
    _here[:] = [_Reader(divisions, read_lexicon(geodata.file("words.toml")))]


def _read_here(path: Path) -> _FileReading:
    return _here[0].read(path)
