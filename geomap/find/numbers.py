"""Numbers as articles print them."""

from __future__ import annotations

_DIGITS = {word: digit for digit, word in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
#: No count of places is longer (characters); four hundred digits are a line of a table.
_LONGEST = 12
NUMBER = (
    r"(?P<n>\d[\d,]*(?:\.\d+)?[万千百]?|[一二两三四五六七八九十][一二两三四五六七八九十百千万零]*)"
)


def read_number(words: str) -> int:
    """18万 → 180000, 二百三 is left at its plain reading (203); 0 for what is too long to count."""
    words = words.replace(",", "")
    if len(words) > _LONGEST:
        return 0
    scale = 1
    while words and words[-1] in _UNITS and words[0].isdigit():
        scale *= _UNITS[words[-1]]
        words = words[:-1]
    if words and words[0].isdigit():
        return round(float(words) * scale)
    total = section = digit = 0
    for character in words:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character == "万":
            total += (section + digit) * 10000
            section = digit = 0
        else:
            section += (digit or 1) * _UNITS[character]
            digit = 0
    return total + section + digit
