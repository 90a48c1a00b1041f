"""How often a row of a given confidence is right: the finder's reliability table.

usage: python tests/benchmarks/reliability.py [FOLDER LABELS.jsonl]...

Without arguments the project's own articles are read. A row counts as right when it meets a label
of its document in name and district; rows on optional labels are left out.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from geomap.divisions import read_divisions  # noqa: E402
from geomap.find import read_lexicon  # noqa: E402
from tests.scorer import (  # noqa: E402  # noqa: E402
    ALIKE,
    find_rows,
    is_place,
    likeness,
    match_rows,
    read_labels,
    same_district,
)

BINS = (0.0, 0.7, 0.8, 0.9, 0.95, 1.01)


def main(sets: list[tuple[Path, Path]]) -> None:
    """Print one line a bin: rows, mean confidence, share that is right."""
    divisions = read_divisions(ROOT / "geodata")
    words = read_lexicon(ROOT / "geodata" / "words.toml")
    judged: list[tuple[float, bool]] = []
    for folder, labels_path in sets:
        labels = read_labels(labels_path)
        rows = find_rows(folder, divisions, words)
        for doc in sorted({row["doc"] for row in rows}):
            told = [label for label in labels if label["doc"] == doc]
            wanted = [label for label in told if is_place(label)]
            here = [row for row in rows if row["doc"] == doc and row["mappable"]]
            pairs = match_rows(here, wanted)
            right = {id(row) for row, label in pairs if same_district(row, label)}
            matched = {id(row) for row, _ in pairs}
            for row in here:
                optional = any(likeness(row, label) >= ALIKE for label in told if label["optional"])
                if id(row) in matched or not optional:
                    judged.append((row["confidence"], id(row) in right))
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, is_right in judged:
        bins[sum(confidence >= edge for edge in BINS)].append((confidence, is_right))
    print("confidence   rows   mean   right")
    for number in sorted(bins):
        rows_in = bins[number]
        mean = sum(confidence for confidence, _ in rows_in) / len(rows_in)
        share = sum(is_right for _, is_right in rows_in) / len(rows_in)
        low, high = BINS[number - 1], min(BINS[number], 1.0)
        print(f"{low:.2f}-{high:.2f}   {len(rows_in):5}   {mean:.3f}   {share:.3f}")


if __name__ == "__main__":
    given = [Path(word) for word in sys.argv[1:]]
    own = [(ROOT / "tests" / "articles", ROOT / "tests" / "articles" / "gold.jsonl")]
    main(list(zip(given[::2], given[1::2], strict=True)) or own)
