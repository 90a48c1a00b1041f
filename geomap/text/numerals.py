"""Numbers in Chinese characters, as hours and days are written with them."""

from __future__ import annotations

_DIGITS = {"〇": 0, "两": 2, **{sign: n for n, sign in enumerate("零一二三四五六七八九")}}


def read_numeral(words: str) -> int:
    """Return a number below a hundred, or one told digit by digit: 十六, 二十, 〇五, 二〇二五.

    No words are 0; what stands beside 十 and is no digit is passed over.
    """
    tens, ten, ones = words.partition("十")
    if not ten:
        return int("".join(str(_DIGITS.get(sign, "")) for sign in words) or 0)
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
