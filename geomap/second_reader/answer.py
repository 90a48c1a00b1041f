"""From an endpoint's bytes to places that somebody claims: shape only, nothing is believed yet."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from geomap.second_reader.transport import NoAnswerError

#: More than this is no answer about one document, whose longest list so far has 48 places.
MAX_PLACES, MAX_FACTS = 500, 100
_THINKING = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_FENCED = re.compile(r"```[a-zA-Z]*\s*\n(.*?)```", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Claimed:
    """One fact as claimed: ``quote`` should stand in the document, ``value`` be a word of ours."""

    fact: str
    quote: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class ClaimedPlace:
    """One place as claimed."""

    name: str
    facts: tuple[Claimed, ...]


def read_completion(body: bytes) -> list[ClaimedPlace]:
    """The places of a chat completion, as the vendor's API documents it.

    Raises
    ------
    NoAnswerError
        ``bad-answer``: not JSON, of another shape, cut off, or no text.
    """
    completion = _load(body)
    choices = completion.get("choices") if isinstance(completion, dict) else None
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        raise _bad("is no chat completion; check GEOMAP_READER_URL")
    if choice.get("finish_reason") in ("length", "content_filter"):
        raise _bad("was cut off by the endpoint; allow longer answers or take another model")
    return read_places(_content(message.get("content")))


def read_places(content: str) -> list[ClaimedPlace]:
    """The places of the model's own words: JSON, bare, behind its thoughts, or in a code fence.

    Raises
    ------
    NoAnswerError
        ``bad-answer``: no such JSON in it.
    """
    for candidate in _candidates(_THINKING.sub("", content)):
        try:
            answer = _load(candidate)
        except NoAnswerError:
            continue
        if isinstance(answer, dict) and isinstance(answer.get("places"), list):
            if len(answer["places"]) > MAX_PLACES:
                raise _bad(f"names more than {MAX_PLACES} places; another model may do better")
            return [_place(place) for place in answer["places"]]
    raise _bad("does not have the form asked for; another model may do better")


def _candidates(content: str) -> Iterator[str]:
    yield content
    yield from _FENCED.findall(content)
    yield content[content.find("{") : content.rfind("}") + 1]


def _load(text: str | bytes) -> object:
    try:
        loaded: object = json.loads(text)
    except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
        raise _bad("is not JSON; check GEOMAP_READER_URL and the model") from None
    return loaded


def _content(content: object) -> str:
    """The text of a message, which some endpoints give in parts."""
    if isinstance(content, list):
        parts = [part.get("text") for part in content if isinstance(part, dict)]
        content = "".join(part for part in parts if isinstance(part, str))
    if not isinstance(content, str) or not content.strip():
        raise _bad("holds no text; another model may do better")
    return content


def _place(place: object) -> ClaimedPlace:
    """A place; what has not the form asked for becomes an empty claim, which nothing proves."""
    if not isinstance(place, dict) or not isinstance(place.get("name"), str):
        return ClaimedPlace("", ())
    facts = place.get("facts")
    listed = facts if isinstance(facts, list) else []
    if len(listed) > MAX_FACTS:
        raise _bad(f"has more than {MAX_FACTS} facts of one place; another model may do better")
    return ClaimedPlace(place["name"].strip(), tuple(map(_fact, listed)))


def _fact(fact: object) -> Claimed:
    keys = ("fact", "quote", "value")
    words = [fact.get(key, "") for key in keys] if isinstance(fact, dict) else []
    if not words or not all(isinstance(word, str) for word in words):
        return Claimed("", "")
    return Claimed(words[0], words[1].strip(), words[2].strip())


def _bad(what: str) -> NoAnswerError:
    return NoAnswerError("bad-answer", f"the answer {what}")
