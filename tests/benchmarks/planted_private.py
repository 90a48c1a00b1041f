"""Private strings planted in every column and document, and what of them reaches public/.

    python tests/benchmarks/planted_private.py [SEED]

Twenty ways to write a private number or address, and twelve to name a person, in every column of
every table and in text, title and file name of documents; `add` and `build --one-file`; then a
search of every decoded string of public/.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from planted import OFFICES, plant, read_public, search  # noqa: E402

from geomap.files.folder import open_geodata  # noqa: E402
from geomap.pipeline.build import Order, make_site  # noqa: E402
from geomap.pipeline.intake import add  # noqa: E402


def main(seed: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        geodata = Path(folder) / "geodata"
        planted = plant(geodata, seed)
        add([], open_geodata(geodata))
        started = time.process_time()
        built = make_site(Order(geodata, Path(folder) / "site", one_file=True))
        print(f"built in {time.process_time() - started:.1f} s of CPU")
    leaked = search(built.site, planted)
    total, lost = (
        Counter(each.form for each in group) for group in (planted, [p for p, _ in leaked])
    )
    print(f"{'form':24}{'planted':>8}{'public':>8}")
    for form, count in total.items():
        print(f"{form:24}{count:8}{lost[form]:8}")
    for each, path in leaked:
        print(f"  LEAK {each.form}: {each.place}: {each.text!r} in {path}")
    texts = [text for _, text in read_public(built.site)]
    missing = [number for number in OFFICES if not any(number in text for text in texts)]
    named = total["name"]
    print(f"names held back: {1 - lost['name'] / named:.1%} of {named}")
    print(f"offices' numbers lost: {len(missing)} of {len(OFFICES)} {missing}")
    print(f"stations: {len(built.edition.stations)}; held back, by column and kind:")
    for column, kinds in built.edition.report["held_back"].items():
        print(f"  {column:14}{kinds}")
    return bool(leaked or missing)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9))
