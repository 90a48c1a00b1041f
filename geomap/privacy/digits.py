"""Every way to write a digit, read as the plain one: full width, other scripts, circled, Chinese.

A reading has one character for each written one, so that a span found in it is the text's own.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache

from geomap.text.script import simplify

#: Stands for characters that nobody sees: zero width, joiners, keycaps, variation selectors.
UNSEEN = "\0"
_CHINESE = {
    **dict(zip("〇零○一二三四五六七八九", "000123456789", strict=True)),
    **dict(zip("幺壹贰叁肆伍陆柒捌玖", "1123456789", strict=True)),
}
#: A letter that stands for 0 or 1 between digits.
LETTERS = str.maketrans("OoIl", "0011")
#: A mobile in its own groups, the same word between them (138转1234转5678); no list of lines,
#: of measures or of rooms.
SPOKEN_MOBILE = re.compile(
    r"(?<!\d)1[3-9]\d([^\W\d_路线号室元人个家处万名]{1,2})\d{4}\1\d{4}(?!\d)"
)


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """Map each written form of a digit to it, and what nobody sees to :data:`UNSEEN`."""
    table = {ord(written): digit for written, digit in _CHINESE.items()}
    for code in range(0x80, min(sys.maxunicode, 0x1FFFF)):
        character = chr(code)
        kind = unicodedata.category(character)
        if kind in ("Cf", "Mn", "Me", "Cc"):
            table[code] = UNSEEN
            continue
        if kind in ("Lo", "Cn", "Co", "Cs") and not unicodedata.decomposition(character):
            continue  # most of all characters: words of some script, or nothing at all
        plain = unicodedata.normalize("NFKC", character)
        written = "".join(mark for mark in plain if mark.isalnum())
        digit = unicodedata.digit(character, None)
        if digit is None and len(written) == 1 and (written.isdecimal() or written in _CHINESE):
            digit = int(_CHINESE.get(written, written))
        if digit is not None:
            table[code] = str(digit)
    return table


@lru_cache(maxsize=1)
def digit_class() -> str:
    """Return a character class of whatever :func:`read_digits` reads as a digit, and O o I l.

    All characters beyond the first plane are in it: a class that lists many of them is slow.
    """
    written = sorted(code for code, read in _table().items() if read.isdigit() and code < 0x10000)
    return "[0-9OoIl" + "".join(map(chr, written)) + "\U00010000-\U0001ffff]"


@lru_cache(maxsize=1)
def _long_number() -> re.Pattern[str]:
    return re.compile(
        rf"{digit_class()}(?:[\W_]{{0,4}}{digit_class()}){{6}}|{SPOKEN_MOBILE.pattern}"
    )


def may_contain_number(text: str) -> bool:
    """Whether seven digits follow each other, however written: cheap, and true of what matters."""
    return _long_number().search(text) is not None


def read_digits(text: str) -> str:
    """Return ``text``, same length, simplified, its digits plain: ⑬ and its like stay."""
    return simplify(text).translate(_table())


def is_chinese_digit(character: str) -> bool:
    """Whether a character is a word for a digit (三), which may end a person's name as well."""
    return simplify(character) in _CHINESE
