"""Keeping answers: each on disk before the next is asked, in one sorted file once a run ends."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from geomap.model.tables import ANSWERS
from geomap.places.recorded import (
    JOURNAL,
    Answers,
    Candidate,
    answer_rows,
    journal_line,
    read_answers,
)
from geomap.sheets.csv_writing import serialize_records
from geomap.store.atomic import write_bytes
from geomap.store.lock import hold_lock

_LOCK = ".answers.lock"


@dataclass(frozen=True, slots=True)
class Recorder:
    """Answers of before and of this run; without a file they last as long as the run."""

    answers: Answers
    journal: int | None = None

    def add(self, provider: str, query: str, places: Sequence[Candidate]) -> None:
        """Keep one answer: it is on the disk when this returns, where answers may be kept."""
        self.answers.known[provider, query] = tuple(places)
        if self.journal is not None:
            os.write(self.journal, journal_line(provider, query, places))
            os.fsync(self.journal)


@contextmanager
def recording(path: Path, may_store: bool) -> Iterator[Recorder]:
    """Hold the answers of ``path`` for one run; another one waits.

    The journal that a killed run left is taken in first. Without ``may_store`` nothing is
    written: the terms of a provider may forbid it.

    Raises
    ------
    InputError
        The file cannot be read or written, or another run does not end.
    """
    if not may_store:
        yield Recorder(read_answers(path))
        return
    with hold_lock(path.with_name(_LOCK)):
        answers = read_answers(path)
        _settle(path, answers)
        journal = os.open(path.with_name(JOURNAL), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        try:
            yield Recorder(answers, journal)
        finally:
            os.close(journal)
            _settle(path, answers)


def _settle(path: Path, answers: Answers) -> None:
    """Write the one sorted file, then drop the journal; after a kill between, both say the same."""
    journal = path.with_name(JOURNAL)
    if journal.exists():
        write_bytes(path, serialize_records(ANSWERS.names, answer_rows(answers)))
        journal.unlink()
