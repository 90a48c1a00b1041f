"""Ask a geocoder about the rows that nobody knows well enough, and keep what it answers."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from geomap.geocoders import Asker, Outcome, Recorder, make_geocoder, recording
from geomap.model.records import SettingsError, Skip
from geomap.model.settings import Geocode
from geomap.pipeline.reference import Extra, Reference
from geomap.places import Answers, Places
from geomap.places.person import read_persons
from geomap.places.recorded import queries
from geomap.places.rungs import place_words
from geomap.places.stated import read_texts

#: Rows known as well as this are not asked about (metres): a door, a shop, a short street.
KNOWN_M = 500.0
_ANSWERED = (Outcome.FOUND, Outcome.NOT_FOUND)
_WHY = {
    Outcome.DOWN: ("geocoder-down", "the service gave no answer; run the command again later"),
    Outcome.QUOTA: ("geocoder-quota", "the quota is used up; run the command again tomorrow"),
    Outcome.REFUSED: (
        "geocoder-refused",
        "the key is refused; check it and what it may be used for",
    ),
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run may cost, before it begins: rows to ask about, questions, minutes."""

    provider: str
    rows: int
    least: int
    most: int
    minutes: int
    kept: bool


#: Is told what a run may cost before its first question.
Tell = Callable[[Estimate], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: questions by outcome, the rows left open, and the places known now."""

    provider: str
    counts: Mapping[str, int]
    skips: tuple[Skip, ...]
    places: Places


@dataclass(frozen=True, slots=True)
class Line:
    """How a provider is reached: its key's environment, and a clock that tests may replace."""

    environ: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


def ask_rows(
    rows: pd.DataFrame, reference: Reference, provider: str,
    make_places: Callable[[Answers], Places], tell: Tell,
    line: Line | None = None,
) -> Asked:  # fmt: skip
    """Ask about the rows that are not known within :data:`KNOWN_M`; each question once, ever.

    Parameters
    ----------
    rows : a ledger's columns; ``where`` names them in skips.
    tell : is told the estimate before the first question.

    Raises
    ------
    SettingsError
        There is no such provider, or no key for it.
    """
    line = line or Line()
    settings = reference.settings.geocode
    asker = Asker(make_geocoder(provider, line.environ), settings.rate, line.clock, line.sleep)
    kept = may_store(settings, provider)
    with recording(reference.geodata.file("answers.csv"), kept) as recorder:
        places = make_places(recorder.answers)
        wanted = _wanted(rows, places)
        tell(_estimate(wanted.values(), asker, recorder, kept))
        unanswered = {
            index: outcome
            for index, texts in wanted.items()
            if (outcome := _ask_row(texts, asker, recorder, places)) not in _ANSWERED
        }
    counts = {str(outcome): number for outcome, number in asker.counts.items()}
    return Asked(provider, counts, tuple(_skips(rows, unanswered)), places)


def may_store(settings: Geocode, provider: str) -> bool:
    """Whether the settings say that this provider's terms allow to keep its answers."""
    return settings.may_store and settings.provider == provider


def known_places(
    provider: str, rows: pd.DataFrame, reference: Reference, extra: Extra, tell: Tell
) -> tuple[Places, tuple[Skip, ...]]:
    """Return everything that can say where a map's rows are, and the rows nobody answered for.

    Raises
    ------
    SettingsError
        The provider's terms may not allow a map to keep its answers, or it has no key.
    """
    if not may_store(reference.settings.geocode, provider):
        raise SettingsError(
            f"{provider}: a map keeps its answers; read its terms, then write provider = "
            f'"{provider}" and may_store = true under [geocode] in map.toml',
            code="geocoder-no-store", where=provider,
        )  # fmt: skip

    def make_places(answers: Answers) -> Places:
        return reference.places(extra, answers)

    asked = ask_rows(rows, reference, provider, make_places, tell)
    return asked.places, asked.skips


def _wanted(rows: pd.DataFrame, places: Places) -> dict[Hashable, dict[str, str]]:
    """The words of the rows to ask about: no person entered a point, and none is known nearly."""
    persons = read_persons(rows)
    return {
        index: texts
        for index, person, texts in zip(rows.index, persons, read_texts(rows), strict=True)
        if person is None and queries(texts) and not _is_known(texts, places)
    }


def _is_known(texts: dict[str, str], places: Places) -> bool:
    return place_words(texts, places).uncertainty_m <= KNOWN_M


def _estimate(
    wanted: Iterable[dict[str, str]], asker: Asker, recorder: Recorder, kept: bool
) -> Estimate:
    provider, known = asker.geocoder.name, recorder.answers.known
    listed = [queries(texts) for texts in wanted]
    fresh = {query for each in listed for query in each if (provider, query) not in known}
    least = {each[0] for each in listed if fresh.issuperset(each)}
    minutes = math.ceil(len(fresh) / asker.rate / 60)
    return Estimate(provider, len(listed), len(least), len(fresh), minutes, kept)


def _ask_row(texts: dict[str, str], asker: Asker, recorder: Recorder, places: Places) -> Outcome:
    """Ask, the fullest question first, until the row is known or nothing is left to ask."""
    provider = asker.geocoder.name
    for query in queries(texts):
        if (provider, query) not in recorder.answers.known:
            if asker.ended:
                return asker.ended
            outcome, found = asker.ask(query)
            if outcome not in _ANSWERED:
                return outcome
            recorder.add(provider, query, found)
        if _is_known(texts, places):
            return Outcome.FOUND
    return Outcome.NOT_FOUND


def _skips(rows: pd.DataFrame, unanswered: Mapping[Hashable, Outcome]) -> Iterable[Skip]:
    for index, where in rows["where"].items():
        if index in unanswered:
            code, reason = _WHY[unanswered[index]]
            yield Skip("place", str(where), code, reason)
