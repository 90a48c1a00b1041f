"""Mutations: a seed and a list of steps give one damaged input, the same each time.

The steps come from hypothesis, from atheris' bytes, or from a seeded random generator; what they
do is the same. A zip (.docx, .xlsx) is damaged inside its members as well as outside.
"""

from __future__ import annotations

import dataclasses
import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence

from hypothesis import strategies as st

#: What has broken readers before, in any format.
TOKENS = (
    b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\x1b[2J", b"\x80", b"\xef\xbb\xbf",
    *(
        token.encode()
        for token in (
            "\u202e", "\u2028", "“", "，", "；", "：", "²", "①", "１", "〇", '＂x"', "=1+1",
            "'", '"', '""', "\\", "<", ">", "&", "&#0;", "&#x110000;", "&lol;", "]]>", "<!--",
            "<!DOCTYPE a [<!ENTITY l 'x'>]>", "<div>" * 400, "(" * 300, "[" * 300, "{" * 300,
            "9" * 400, "長" * 5000, ",\n" * 500, "A1:XFD1048576", "XFD1048576", "A99999999999",
            "charset=undefined", "utf-7", "[", "]", "{", "\r", "\n\n", "\t", ",", ";", "-", "--",
            "%", "%00", "/../", "1/0", "None", "true",
        )
    ),
)  # fmt: skip
_NUMBERS = (
    b"-1", b"0", b"1.5", b"2147483648", b"200000000", b"18446744073709551616", b"1e400", b"nan",
    b"inf", b"-0", b"00", b"1" * 60, "²".encode(), b"", b"0x7f", b"1_000", b"24", b"99",
)  # fmt: skip
_DIGITS = re.compile(rb"\d+")
#: Places where a change leaves XML well-formed: an attribute's value, a text, an empty element.
_VALUE, _INNER = re.compile(rb'(?<==")[^"<>]*(?=")'), re.compile(rb"(?<=>)[^<>]+(?=</)")
_EMPTY = re.compile(rb"<[\w:]+[^<>]*/>")
_MAGIC = b"PK\x03\x04"
#: Longest result (bytes), or twice the seed: small inputs take milliseconds.
_MOST = 20_000


@dataclasses.dataclass(frozen=True)
class Step:
    """One change: its kind, where (0-1), how long (0-1), and which token or number."""

    kind: str
    at: float
    length: float
    pick: int


def mutate(seed: bytes, steps: Sequence[Step], tokens: Sequence[bytes] = ()) -> bytes:
    """Return the seed with the steps done to it, one after the other."""
    raw, most = seed, max(_MOST, 2 * len(seed))
    for step in steps:
        raw = _in_member(raw, step, tokens) if _is_inside(raw, step) else _change(raw, step, tokens)
        if len(raw) > most:
            return raw[:most]
    return raw


def steps_strategy() -> st.SearchStrategy[list[Step]]:
    """Lists of one to six steps."""
    share = st.floats(0, 1, allow_nan=False)
    step = st.builds(Step, st.sampled_from(sorted(_CHANGES)), share, share, st.integers(0, 9999))
    return st.lists(step, min_size=1, max_size=6)


def random_steps(source: random.Random) -> list[Step]:
    """The same from a seeded generator, for long runs."""
    kinds = sorted(_CHANGES)
    return [
        Step(source.choice(kinds), source.random(), source.random() ** 3, source.randrange(10_000))
        for _ in range(source.choice((1, 1, 1, 2, 2, 3, 6)))
    ]


def _is_inside(raw: bytes, step: Step) -> bool:
    return raw.startswith(_MAGIC) and step.pick % 11 > 0 and zipfile.is_zipfile(io.BytesIO(raw))


def _in_member(raw: bytes, step: Step, tokens: Sequence[bytes]) -> bytes:
    """Change one member of a zip, or (a member in eight) leave it out."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError,
            zipfile.zlib.error):  # fmt: skip
        return _change(raw, step, tokens)
    if not members:
        return raw
    # Sheets and texts are the large members: the largest are hit most often.
    names = sorted(members, key=lambda name: (-len(members[name]), name))
    name = names[int((step.pick % 97 / 97) ** 2 * len(names))]
    if step.pick % 23 == 0:
        del members[name]
    elif step.kind in ("flip", "cut", "drop", "move", "line") and step.pick % 7:
        gentle = dataclasses.replace(step, kind=_GENTLE[step.pick % len(_GENTLE)])
        members[name] = _change(members[name], gentle, tokens)
    else:
        members[name] = _change(members[name], step, tokens)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(zipfile.ZipInfo(member), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _change(raw: bytes, step: Step, tokens: Sequence[bytes]) -> bytes:
    at = _aligned(raw, int(step.at * len(raw)))
    end = _aligned(raw, min(len(raw), at + 1 + int(step.length * min(len(raw), 4000))))
    words = (*TOKENS, *tokens, *tokens, *tokens)
    return _CHANGES[step.kind](raw, at, end, step.pick, words)


def _aligned(raw: bytes, at: int) -> int:
    """Return the next start of a UTF-8 character: a broken character hides what else is wrong."""
    return next((n for n in range(at, min(at + 4, len(raw))) if raw[n] >> 6 != 2), at)


_Change = Callable[[bytes, int, int, int, Sequence[bytes]], bytes]


def _flip(raw: bytes, at: int, _end: int, pick: int, _words: Sequence[bytes]) -> bytes:
    return raw[:at] + bytes([pick % 256]) + raw[at + 1 :]


def _drop(raw: bytes, at: int, end: int, _pick: int, _words: Sequence[bytes]) -> bytes:
    return raw[:at] + raw[end:]


def _repeat(raw: bytes, at: int, end: int, pick: int, _words: Sequence[bytes]) -> bytes:
    return raw[:at] + raw[at:end] * (2 + pick % 60) + raw[end:]


def _insert(raw: bytes, at: int, _end: int, pick: int, words: Sequence[bytes]) -> bytes:
    return raw[:at] + words[pick % len(words)] + raw[at:]


def _replace(raw: bytes, at: int, end: int, pick: int, words: Sequence[bytes]) -> bytes:
    return raw[:at] + words[pick % len(words)] + raw[end:]


def _move(raw: bytes, at: int, end: int, pick: int, _words: Sequence[bytes]) -> bytes:
    rest = raw[:at] + raw[end:]
    target = pick % (len(rest) + 1)
    return rest[:target] + raw[at:end] + rest[target:]


def _cut(raw: bytes, at: int, _end: int, _pick: int, _words: Sequence[bytes]) -> bytes:
    return raw[: at + 1]


def _number(raw: bytes, at: int, _end: int, pick: int, _words: Sequence[bytes]) -> bytes:
    """Give the next number in the text another value."""
    found = _DIGITS.search(raw, at) or _DIGITS.search(raw)
    if not found:
        return raw
    return raw[: found.start()] + _NUMBERS[pick % len(_NUMBERS)] + raw[found.end() :]


def _found(pattern: re.Pattern[bytes], raw: bytes, at: int) -> tuple[int, int]:
    found = pattern.search(raw, at) or pattern.search(raw)
    return found.span() if found else (at, at)


def _value(raw: bytes, at: int, _end: int, pick: int, words: Sequence[bytes]) -> bytes:
    """Give an attribute another value: a number or a word, escaped."""
    first, last = _found(_VALUE, raw, at)
    chosen = (*_NUMBERS, *words)[pick % (len(_NUMBERS) + len(words))]
    return raw[:first] + _escaped(chosen) + raw[last:]


def _inner(raw: bytes, at: int, _end: int, pick: int, words: Sequence[bytes]) -> bytes:
    """Give an element another text."""
    first, last = _found(_INNER, raw, at)
    chosen = (*_NUMBERS, *words)[pick % (len(_NUMBERS) + len(words))]
    return raw[:first] + _escaped(chosen) + raw[last:]


def _escaped(word: bytes) -> bytes:
    return word.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b'"', b"&quot;")


def _element(raw: bytes, at: int, _end: int, pick: int, _words: Sequence[bytes]) -> bytes:
    """Drop or repeat an empty element."""
    first, last = _found(_EMPTY, raw, at)
    return raw[:first] + raw[first:last] * (pick % 3 * 20) + raw[last:]


def _line(raw: bytes, at: int, _end: int, pick: int, _words: Sequence[bytes]) -> bytes:
    """Drop, repeat or move to the end a whole line."""
    first, last = raw.rfind(b"\n", 0, at) + 1, raw.find(b"\n", at) + 1 or len(raw)
    line = raw[first:last]
    return raw[:first] + line * (pick % 3 * 20) + raw[last:] + (line if pick % 4 == 0 else b"")


_CHANGES: dict[str, _Change] = {
    "flip": _flip, "drop": _drop, "repeat": _repeat, "insert": _insert, "replace": _replace,
    "move": _move, "cut": _cut, "number": _number, "value": _value, "inner": _inner,
    "element": _element, "line": _line,
}  # fmt: skip
#: What changes a zip's members: the kinds that break XML come seldom, else nothing else is met.
_GENTLE = ("value", "inner", "element", "number")
