"""Numbers in Chinese characters."""

import pytest

from geomap.text.numerals import read_numeral


@pytest.mark.parametrize(
    ("words", "number"),
    [("", 0), ("零", 0), ("〇五", 5), ("两", 2), ("九", 9), ("十", 10), ("十六", 16), ("二十", 20),
     ("二十三", 23), ("二〇二五", 2025), ("三十十", 30)],
)  # fmt: skip
def test_a_numeral_is_read(words: str, number: int) -> None:
    assert read_numeral(words) == number
