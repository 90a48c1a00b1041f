"""How characters are read, without tones.

pypinyin's phrases (重庆 is chong qing) take a fifth of all that a build imports, and only a name
with a character of several readings needs them: they are loaded when one is asked for.
"""

from __future__ import annotations

import os
from functools import cache

os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # pypinyin looks when it is imported
import pypinyin


@cache
def list_readings(character: str) -> tuple[str, ...]:
    """Return every reading of one character; none of what is no Chinese character."""
    style = pypinyin.Style.NORMAL
    several = pypinyin.pinyin(character, style=style, heteronym=True, errors="ignore")
    return tuple(
        each.replace("ü", "v")
        for each in (several[0] if several else [])
        if each.isascii() or "ü" in each
    )


def spell_initials(name: str) -> str:
    """Return the first letter of each character's reading as it is read in this name."""
    initials = [{each[0] for each in list_readings(character)} for character in name]
    if any(len(each) > 1 for each in initials):
        _load_phrases()
    return "".join(each[0] for each in pypinyin.lazy_pinyin(name, errors="ignore"))


def list_syllables(name: str) -> list[str]:
    """Return the syllables of a name, with ü, as they are read in it; other signs as they are."""
    if any(len(list_readings(character)) > 1 for character in name):
        _load_phrases()
    return pypinyin.lazy_pinyin(name, v_to_u=True)


@cache
def _load_phrases() -> None:
    from pypinyin.phrases_dict import phrases_dict

    pypinyin.load_phrases_dict(phrases_dict)
