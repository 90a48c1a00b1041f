"""What a screen shows nothing of: a text made of such characters is empty to whoever reads it."""

from __future__ import annotations

import unicodedata

#: Letters and symbols by Unicode's account that no screen shows: fillers, the blank of Braille.
_INVISIBLE = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def is_invisible(character: str) -> bool:
    """Whether a screen shows nothing: separators, controls, formats, marks without a letter."""
    category = unicodedata.category(character)
    return category[0] in "CZ" or category in ("Mn", "Me") or character in _INVISIBLE


def is_blank(text: str) -> bool:
    """Whether nothing of ``text`` can be seen."""
    return all(map(is_invisible, text))
