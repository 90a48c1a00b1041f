"""Hashes as names that nobody reads as a number."""

from __future__ import annotations

_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def as_letters(digits: str) -> str:
    """Return hexadecimal digits as the letters a to p: 1607400531o… is a mobile in a page."""
    return digits.translate(_LETTERS)
