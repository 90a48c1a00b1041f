"""Text of unknown origin on its way to a terminal: nothing in it can act, hide or turn around."""

from __future__ import annotations

import unicodedata

#: Where a message is cut: a cell may hold a book, a line of a report may not.
MOST = 300
#: Categories a terminal acts upon or does not show: controls, formats (bidi), line separators.
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))


def make_visible(text: object) -> str:
    """Return ``text`` with controls as pictures (␛ for ESC), and what hides by its number."""
    return "".join(map(_show, str(text)))


def shorten(text: object, most: int = MOST) -> str:
    """Return :func:`make_visible` of ``text``, cut to ``most`` characters."""
    whole = str(text)
    return make_visible(whole if len(whole) <= most else whole[: most - 1] + "…")


def _show(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) not in _UNSEEN:
        return character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"\\u{code:04x}"
