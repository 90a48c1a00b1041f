"""Sources: one cell there and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geomap.model.records import Evidence, Source
from geomap.model.sources import format_sources, parse_sources

WORDS = st.text(alphabet="甲乙a.1「」|\n@ “", max_size=12)


def test_documents_are_file_day_and_quote() -> None:
    cell = format_sources(
        [Evidence("a.txt", "金园社区驿站。", 3, 10, "2024-05-06"), Source("b.md")]
    )
    assert cell == "a.txt@2024-05-06「金园社区驿站。」 | b.md"
    assert parse_sources(cell) == (Source("a.txt", "2024-05-06", "金园社区驿站。"), Source("b.md"))


def test_a_persons_words_are_one_source() -> None:
    assert parse_sources("电话里听王科长说的 | 待查") == (Source("电话里听王科长说的 | 待查"),)
    assert parse_sources(" ") == ()


@given(
    st.lists(
        st.tuples(st.text(alphabet="甲a.1", min_size=1, max_size=8), WORDS), min_size=1, max_size=4
    )
)
def test_there_and_back_again_is_stable(parts: list[tuple[str, str]]) -> None:
    cell = format_sources([Source(document, "2024-01-01", quote) for document, quote in parts])
    assert format_sources(parse_sources(cell)) == cell
