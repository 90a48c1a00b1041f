"""Sheets as clerks keep them, held against what a careful reader makes of them, cell by cell.

Run: ``python -m tests.benchmarks.clerk_sheets FOLDER [-v]``; FOLDER has ``files/``, ``gold.jsonl``
and a README.md that says what a line of gold means. Each file is added to an empty ledger (a sheet
of changes: to one that holds the stations it names), as ``add`` does.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from geomap.files.folder import SHIPPED, Geodata
from geomap.hours.calendar import read_calendar
from geomap.model.records import InputError
from geomap.model.tables import LEDGER
from geomap.pipeline.any_ledger import read_people
from geomap.pipeline.merge_sheet import merge_sheets
from geomap.pipeline.reference import Reference
from geomap.sheets.csv_writing import write_csv
from geomap.stations.ledger_file import read_rows
from tests.benchmarks.sheet_gold import AREAS, BEFORE, At, Gold, Read, Tally, judge

_WHERE = re.compile(r":(?:([^:!]*)!)?[A-Z]*(\d+)$")


def add_sheet(path: Path, gold: list[Gold], reference: Reference, folder: Path) -> Read:
    """Add one file to a ledger of the stations that its changes are of."""
    changing = [line for line in gold if "change" in line and "expect" not in line]
    seeds = list({(line["of"], str(line.get("where"))): _seed(line, reference)
                  for line in changing}.values())  # fmt: skip
    if seeds:
        write_csv(folder / "stations.csv", LEDGER.names, seeds)
    merged = merge_sheets([path], Geodata(folder))
    ledger = folder / "stations.csv"
    rows = read_rows(ledger, reference.vocabulary.headings)
    clean = {record["row"]: record for record in _records(read_people(ledger, reference).rows)}
    cleaned = [clean.get(number, {}) for number in range(2, len(rows) + 2)]
    ats = [_at(where) for where, _ in merged.entered]
    named: dict[At, str] = defaultdict(str)
    for skip in (*merged.skips, *merged.doubts, *merged.first, *merged.unread):
        where = f"{path.name}:{skip.cell}" if skip.cell else skip.where
        if hit := _WHERE.search(where):
            named[hit.group(1) or "", int(hit.group(2))] += f" {where} {skip.reason}"
    first = len(seeds)
    names = [seed["name"] for seed in seeds]
    return Read(
        merged, dict(zip(ats, rows[first:], strict=False)),
        dict(zip(ats, cleaned[first:], strict=False)), rows[:first], cleaned[:first], named,
        [names.index(line["of"]) for line in changing],
    )  # fmt: skip


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(k): v for k, v in row.items()} for row in rows.to_dict("records")]


def _at(where: str) -> At:
    hit = _WHERE.search(where)
    return (hit.group(1) or "", int(hit.group(2))) if hit else ("", 0)


def _seed(line: Gold, reference: Reference) -> dict[str, str]:
    where = {name: line.get("where", {}).get(name, "") for name in AREAS}
    held = reference.divisions.resolve(where["province"], where["city"], where["district"])
    if len(held.districts) == 1:
        where["province"], where["city"] = held.districts[0].province, held.districts[0].city
    return {**dict.fromkeys(LEDGER.names, ""), **where, "name": line["of"], **BEFORE}


def report(tally: Tally) -> Iterator[str]:
    """Return the figures, a line each."""
    fields = sorted({field for field, _ in tally.cells})
    total: Counter[str] = Counter()
    yield f"{'field':16}{'cells':>7}{'right %':>9}{'missing':>9}{'false':>7}"
    for field in fields:
        counts = {v: tally.cells[field, v] for v in ("right", "missing", "false", "elsewhere")}
        total.update(counts)
        yield _line(field, counts)
    yield _line("all", total)
    for name in sorted(n for n in tally.others if f"{n} right" in tally.others):
        yield f"{name}: {tally.others[f'{name} right']} of {tally.others[name]}"
    yield ", ".join(f"{n}: {c}" for n, c in sorted(tally.others.items()) if n.startswith("fate "))


def _line(field: str, counts: Mapping[str, int]) -> str:
    cells = sum(counts.values())
    lost = counts["missing"] + counts["elsewhere"]
    share = 100 * counts["right"] / max(cells, 1)
    return f"{field:16}{cells:7}{share:9.1f}{lost:9}{counts['false']:7}"


def main(folder: Path, verbose: bool, only: Iterable[str] = ()) -> None:
    reference, calendar = Reference(Geodata(SHIPPED)), read_calendar()
    gold: dict[str, list[Gold]] = defaultdict(list)
    for text in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        line = json.loads(text)
        gold[Path(line["file"]).name].append(line)
    tally = Tally(Counter(), Counter(), [])
    for name, lines in sorted(gold.items()):
        if only and not any(name.startswith(each) for each in only):
            continue
        path = folder / "files" / name
        with tempfile.TemporaryDirectory() as empty:
            try:
                read = add_sheet(path, lines, reference, Path(empty))
            except InputError as error:
                tally.count("files read", False, f"{name}: {error}")
                for line in lines:
                    for field, want in line.get("expect", {}).items():
                        tally.cell(field, "missing", f"{name}!{line['row']}", want, "")
                    if "change" in line and "expect" not in line:
                        tally.count("changes applied", False, f"{name}!{line['row']}")
                continue
        tally.count("files read", True, name)
        judge(path, lines, read, tally, calendar)
    print("\n".join([*tally.told * verbose, *report(tally)]))


if __name__ == "__main__":
    chosen = [each for each in sys.argv[2:] if not each.startswith("-")]
    main(Path(sys.argv[1]), "-v" in sys.argv, chosen)
