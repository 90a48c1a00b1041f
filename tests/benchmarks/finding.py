"""Ten thousand articles through the readers and the finder: seconds, and memory that stays flat.

usage: python tests/benchmarks/finding.py [COUNT] [WORKERS]

The project's own articles are repeated with changed names, so that nothing is found twice; the
memory of a worker is printed at a fifth of the way and at the end.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from geomap.divisions import read_divisions  # noqa: E402
from geomap.documents import read_document  # noqa: E402
from geomap.find import find_in_document, read_lexicon  # noqa: E402
from geomap.model.records import Skip  # noqa: E402

_DIGITS = str.maketrans("0123456789", "甲乙丙丁戊己庚辛壬癸")
_ground: list[object] = []


def prepare() -> None:
    """Load what every worker needs once."""
    words = read_lexicon(ROOT / "geodata" / "words.toml")
    _ground[:] = [read_divisions(ROOT / "geodata"), words]


def count_rows(path: Path) -> tuple[int, int]:
    """How many mentions a file gives, and the worker's greatest memory so far (kilobytes)."""
    document = read_document(path)
    if isinstance(document, Skip):
        return 0, 0
    divisions, words = _ground
    found = find_in_document(document, divisions, words)  # type: ignore[arg-type]
    return len(found.mentions), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def write_articles(folder: Path, count: int) -> list[Path]:
    """``count`` files made of the articles, each with a name of its own in its stations."""
    articles = sorted((ROOT / "tests" / "articles").glob("*.txt"))
    texts = [path.read_text("utf-8") for path in articles if path.name != "negatives.txt"]
    paths = []
    for number in range(count):
        path = folder / f"{number:06}.txt"
        mark = str(number).translate(_DIGITS)
        path.write_text(texts[number % len(texts)].replace("社区", f"{mark}社区"), "utf-8")
        paths.append(path)
    return paths


def main(count: int, workers: int) -> None:
    """Write, read and find; print what it took."""
    with tempfile.TemporaryDirectory() as name:
        paths = write_articles(Path(name), count)
        begin = time.perf_counter()
        with multiprocessing.get_context("spawn").Pool(workers, prepare) as pool:
            rows, early, late = 0, 0, 0
            for number, (found, kilobytes) in enumerate(pool.imap(count_rows, paths, 20)):
                rows += found
                late = max(late, kilobytes)
                early = late if number == count // 5 else early
        seconds = time.perf_counter() - begin
    print(f"{count} articles, {rows} rows, {workers} workers: {seconds:.1f} s")
    print(
        f"greatest memory of a worker: {early // 1024} MB at a fifth, {late // 1024} MB at the end"
    )


if __name__ == "__main__":
    main(*(int(word) for word in [*sys.argv[1:3], *("10000", "2")[len(sys.argv[1:3]) :]]))
