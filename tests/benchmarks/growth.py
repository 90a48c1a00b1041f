"""Twice the input, about twice the work: processor seconds of every kind of long list.

usage: python tests/benchmarks/growth.py [LINES ...]

Each kind runs at 1,000, 2,000 and 4,000 lines (or those given); the ratios of a doubling are at
most 2.3 (n log n, and noise). A kind that takes more than a minute of processor time ends there.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from io import StringIO
from itertools import pairwise
from pathlib import Path

import openpyxl
import pandas as pd

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from long_lists import LISTS, html, mark  # noqa: E402

from geomap.cli import main  # noqa: E402
from geomap.documents import parse_document, read_document  # noqa: E402
from geomap.documents.budget import within_budget  # noqa: E402
from geomap.files.folder import Geodata  # noqa: E402
from geomap.find import find_in_document, read_lexicon  # noqa: E402
from geomap.model.records import Document, InputError, Mention  # noqa: E402
from geomap.model.tables import REPORTS  # noqa: E402
from geomap.pipeline.intake import place_found  # noqa: E402
from geomap.pipeline.reading import read_files  # noqa: E402
from geomap.pipeline.reference import Reference  # noqa: E402
from geomap.privacy import mask_people  # noqa: E402
from geomap.stations.merge import merge_mentions  # noqa: E402
from geomap.stations.reports import HEAD, merge_reports, parse_reports  # noqa: E402

MOST = 2.3
REFERENCE = Reference(Geodata(ROOT / "geodata"))
LEXICON = read_lexicon(ROOT / "geodata" / "words.toml")
HEADINGS = ("名称", "类型", "省", "市", "区县", "街道", "地址", "开放时间")
Work = Callable[[], object]


def read_and_find(name: str, text: str, folder: Path) -> Work:
    """A document from its file to its mentions."""
    path = folder / name
    path.write_text(text, encoding="utf-8")

    def work() -> None:
        document = read_document(path)
        assert isinstance(document, Document), document
        find_in_document(document, REFERENCE.divisions, LEXICON)

    return work


def sheet_rows(count: int) -> Iterator[tuple[str, ...]]:
    """Rows of a clerk's sheet; every tenth station is called like others elsewhere."""
    for number in range(count):
        name = "中国银行暖心驿站" if number % 10 == 0 else f"{mark(number)}暖心驿站"
        town = f"{mark(number % 40)}街道"
        yield name, "驿站", "浙江省", "杭州市", "西湖区", town, f"文三路{number}号", "8:00-20:00"


def add_sheet(suffix: str, count: int, folder: Path) -> Work:
    """``add`` of a sheet into an empty folder, and once more into the full one."""
    path, geodata = folder / f"新{suffix}", folder / "map"
    geodata.mkdir()
    if suffix == ".csv":
        lines = (",".join(row) for row in [HEADINGS, *sheet_rows(count)])
        path.write_text("\n".join(lines), encoding="utf-8-sig")
    else:
        book = openpyxl.Workbook()
        for row in [HEADINGS, *sheet_rows(count)]:
            book.active.append(row)
        book.save(path)
    return lambda: [main(["add", str(path), "--geodata", str(geodata)]) for _ in range(2)]


def mask(count: int) -> Work:
    """A text in which every line names two persons and a number."""
    surnames = "王李张刘陈杨黄赵吴周"
    lines = (
        f"记者{surnames[n % 10]}{chr(0x4E00 + n % 3000)}{chr(0x4F00 + n // 7)}报道,{mark(n)}社区"
        f"主任{surnames[n // 10 % 10]}{chr(0x5000 + n % 2900)}说,请拨138{n:08}。\n"
        for n in range(count)
    )
    text = "".join(lines)
    return lambda: mask_people(text)


def take_reports(count: int) -> Work:
    """Riders' reports in one mail, a third of them twice, with blank lines between."""
    told = (
        f"{HEAD}\n> 编号：s{n % (2 * count // 3)}\n> 情况：门锁着（locked）\n"
        f"> 时间：2026-01-02 09:30\n> 版次：2026-01-01\n\n\n> --\n"
        for n in range(count)
    )
    text = "".join(told)
    known = pd.DataFrame(columns=REPORTS.names, dtype=object)
    return lambda: merge_reports(known, parse_reports(text)[0])


def merge_documents(count: int) -> Work:
    """Mentions of many documents: each place in two of them, one name in many towns."""
    lines = LISTS["numbered"](count // 2).splitlines()
    found: list[Mention] = []
    for number in range(2):
        document = parse_document(f"{number}.txt", "\n".join(lines))
        found += find_in_document(document, REFERENCE.divisions, LEXICON).mentions
    return lambda: merge_mentions(found)


def add_documents(count: int, folder: Path) -> Work:
    """What ``add`` does with a tenth as many documents of ten places each, in one process."""
    paths = []
    for number in range(count // 10):
        text = LISTS["numbered"](10).replace("暖心", f"{mark(number)}社区")
        paths.append(folder / f"{number:05}.txt")
        paths[-1].write_text(text, encoding="utf-8")

    def work() -> None:
        read = read_files(paths, REFERENCE, workers=1)
        place_found(merge_mentions(read.mentions), REFERENCE)

    return work


def kinds() -> dict[str, Callable[[int, Path], Work]]:
    """How each kind is made of a number of lines and an empty folder."""
    made: dict[str, Callable[[int, Path], Work]] = {
        f"find: {name}": lambda count, at, name=name: read_and_find("a.md", LISTS[name](count), at)
        for name in LISTS
        if name not in ("names", "one line")
    }
    # A line has at most 30,000 characters: these kinds are one line of a sixth as many places.
    for name in ("names", "one line"):
        made[f"find: {name}"] = lambda count, at, name=name: read_and_find(
            "a.md", LISTS[name](count // 6), at
        )
    return made | {
        "find: HTML table": lambda count, at: read_and_find("a.html", html(count), at),
        "sheet: .csv": lambda count, at: add_sheet(".csv", count, at),
        "sheet: .xlsx": lambda count, at: add_sheet(".xlsx", count, at),
        "masking": lambda count, _: mask(count),
        "riders' reports": lambda count, _: take_reports(count),
        "merging": lambda count, _: merge_documents(count),
        "documents": add_documents,
    }


def measure(make: Callable[[int, Path], Work], count: int) -> float:
    """Processor seconds of the work on ``count`` lines; infinite where its budget ends."""
    with tempfile.TemporaryDirectory() as name, redirect_stdout(StringIO()):
        work = make(count, Path(name))
        begin = time.process_time()
        try:
            with within_budget(name):
                work()
        except InputError:
            return float("inf")
        return time.process_time() - begin


def print_table(sizes: list[int]) -> int:
    """Measure every kind, print a line each; return how many grow too fast."""
    bad = 0
    print("kind".ljust(24), *(f"{size:>9}" for size in sizes), "  ratios")
    for kind, make in kinds().items():
        measure(make, 20)
        # The gazetteer, loaded by now, would be walked over in every collection of garbage.
        gc.collect()
        gc.freeze()
        taken = [min(measure(make, size) for _ in range(2)) for size in sizes]
        # Below a twentieth of a second a ratio says nothing.
        ratios = [b / max(a, 0.05) for a, b in pairwise(taken)]
        bad += any(ratio > MOST for ratio in ratios)
        shown = " ".join(f"{ratio:.2f}" for ratio in ratios)
        print(kind.ljust(24), *(f"{each:8.2f}s" for each in taken), " ", shown, flush=True)
    return bad


if __name__ == "__main__":
    sys.exit(print_table([int(word) for word in sys.argv[1:]] or [1000, 2000, 4000]))
