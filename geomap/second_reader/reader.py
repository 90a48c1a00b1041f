"""The second reader: refuse, remember, ask, hold; whatever goes wrong is one counted skip."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from geomap.model.records import Document, Evidence, InputError, Mention, Skip
from geomap.privacy import has_personal_data
from geomap.second_reader.adding import CONFIDENCE, NEW
from geomap.second_reader.answer import read_completion
from geomap.second_reader.asking import RateLimit, ask
from geomap.second_reader.cache import CachedAnswer, cache_path, read_cached, write_cached
from geomap.second_reader.endpoint import Endpoint, read_endpoint
from geomap.second_reader.evidence import Fact, Proven, evidence, sentence, verify
from geomap.second_reader.prompt import request_body
from geomap.second_reader.transport import HttpTransport, NoAnswerError, Transport

STAGE = "second-reader"
#: A newspaper page has some 10,000 characters; a longer text is a book, and dear to send.
MAX_CHARACTERS = 40_000
#: After so many documents in a row without an answer nobody is asked any more in this run.
PATIENCE = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What the second reader adds to one document, and what was left out and why."""

    additions: tuple[Mention, ...] = ()
    skips: tuple[Skip, ...] = ()


@dataclass(slots=True)
class SecondReader:
    """Reads documents through one endpoint, one after the other (not from several threads)."""

    endpoint: Endpoint
    cache_folder: Path
    transport: Transport
    pace: RateLimit
    _failures: int = field(default=0, init=False)

    def read(self, document: Document) -> Answer:
        """What the document proves of the endpoint's answer; nothing is raised.

        Codes of skips, all with ``reader-`` before them: ``personal-data``, ``too-long``,
        ``unreachable``, ``timeout``, ``too-large``, ``busy``, ``not-allowed``, ``rejected``,
        ``bad-answer``, ``given-up``, ``unproven``, ``cache-unwritable``.
        """
        refusal = _refusal(document)
        if refusal is not None:
            return Answer(skips=(refusal,))
        path = cache_path(self.cache_folder, self.endpoint, document.text)
        kept = read_cached(path, document)
        if kept is not None:
            return _answer(document, kept)
        try:
            kept = self._ask(document)
        except NoAnswerError as error:
            return Answer(skips=(_skip(document, error.code, str(error)),))
        return _answer(document, kept, _keep(path, kept, document))

    def _ask(self, document: Document) -> CachedAnswer:
        if self._failures >= PATIENCE:
            message = "not asked: the endpoint did not answer before; mend that and run again"
            raise NoAnswerError("given-up", message)
        body = request_body(self.endpoint.model, document.text)
        try:
            response = ask(self.endpoint, self.transport, self.pace, body)
        except NoAnswerError as error:
            self._failures = PATIENCE if error.final else self._failures + 1
            raise
        self._failures = 0
        places, dropped = verify(document, read_completion(response.body))
        return CachedAnswer(tuple(places), dropped)


def reader_from_environment(
    environ: Mapping[str, str], cache_folder: Path, transport: Transport | None = None
) -> SecondReader | None:
    """The second reader that ``GEOMAP_READER_URL`` switches on, or None.

    Parameters
    ----------
    environ : ``os.environ``, or what a test puts in its place.
    cache_folder : where answers are kept; made when the first one is.
    transport : how requests are sent; HTTP unless given.

    Raises
    ------
    SettingsError
        A variable cannot be used; the message never repeats a key.
    """
    endpoint = read_endpoint(environ)
    if endpoint is None:
        return None
    return SecondReader(
        endpoint, cache_folder, transport or HttpTransport(), RateLimit(endpoint.rate)
    )


def _refusal(document: Document) -> Skip | None:
    if has_personal_data(document.text):
        reason = "personal data was found in it, so it was not sent; the rules' reading stands"
        return _skip(document, "personal-data", reason)
    if len(document.text) > MAX_CHARACTERS:
        reason = f"more than {MAX_CHARACTERS} characters, not sent; split the document"
        return _skip(document, "too-long", reason)
    return None


def _keep(path: Path, kept: CachedAnswer, document: Document) -> tuple[Skip, ...]:
    try:
        write_cached(path, kept)
    except InputError:
        reason = "the answer cannot be kept; free the disk, or it is asked for again"
        return (_skip(document, "cache-unwritable", reason),)
    return ()


def _answer(document: Document, kept: CachedAnswer, skips: tuple[Skip, ...] = ()) -> Answer:
    additions = tuple(make_mention(document, place) for place in kept.places)
    if not kept.dropped:
        return Answer(additions, skips)
    reason = f"{kept.dropped} of its claims have no quote in the document and were dropped"
    return Answer(additions, (_skip(document, "unproven", reason), *skips))


def _skip(document: Document, code: str, reason: str) -> Skip:
    return Skip(STAGE, document.id, f"reader-{code}", reason)


def make_mention(document: Document, place: Proven) -> Mention:
    """A proven place as the finder writes one: low confidence, marked, every fact with evidence."""
    name = place.facts[0]
    hours = next((fact for fact in place.facts if fact.column == "opening_hours"), None)
    facilities = [fact for fact in place.facts if fact.column == "facility"]
    return Mention(
        doc=document.id, story=place.story.number, name=name.value, kind=place.value("kind"),
        evidence=(sentence(document, name),), status=place.value("status") or "operating",
        access=place.value("access") or "unknown",
        province=place.value("province"), city=place.value("city"),
        district=place.value("district"), township=place.value("township"),
        community=place.value("community"), address=place.value("address"),
        opening_hours=hours.value if hours else "",
        hours_words=hours.quote if hours else "",
        facilities=tuple(sorted(fact.value for fact in facilities)),
        date=place.story.date or document.date, confidence=CONFIDENCE, note=NEW,
        facts=_columns(document, place.facts),
    )  # fmt: skip


def _columns(document: Document, facts: tuple[Fact, ...]) -> dict[str, Evidence]:
    """Each column's own evidence; of facilities that of the first in the text."""
    columns: dict[str, Evidence] = {}
    for fact in sorted(facts, key=lambda each: (each.start, each.end)):
        column = "facilities" if fact.column == "facility" else fact.column
        columns.setdefault(column, evidence(document, fact))
    return columns
