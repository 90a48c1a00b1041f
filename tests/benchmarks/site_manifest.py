"""Prove that a change moves code and nothing else: the same sites, file by file, before and after.

usage: python tests/benchmarks/site_manifest.py [--against REVISION] [--rows N] [--roads FILE]

Builds the default map, one of N invented rows (20,000 unless told) and, with ``--roads``, one with
streets, in this checkout and in a worktree of REVISION (HEAD unless told); prints the SHA-256 of
each site and every path whose bytes differ. Exit 1 where any does.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.whole_build import ROOT, write_ledger


def manifest(site: Path) -> dict[str, str]:
    """Return path → SHA-256 of every file of a site."""
    files = sorted(path for path in site.rglob("*") if path.is_file())
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def build(code: Path, geodata: Path, out: Path, roads: list[str]) -> dict[str, str]:
    """Build ``geodata`` with the program in ``code``; return the site's manifest."""
    words = [sys.executable, "build_map.py", "build", "-q", "--geodata", str(geodata)]
    words += ["--out", str(out), *(["--roads", *roads] if roads else [])]
    subprocess.run(words, cwd=code, check=True, stdout=subprocess.DEVNULL)
    return manifest(out)


def compare(name: str, before: dict[str, str], after: dict[str, str]) -> bool:
    """Print what differs; return whether nothing does."""
    changed = sorted(path for path in {*before, *after} if before.get(path) != after.get(path))
    digest = hashlib.sha256(repr(sorted(after.items())).encode()).hexdigest()[:16]
    print(f"{name}: {len(after)} files, {digest}, {len(changed)} differ")
    for path in changed[:40]:
        state = "new" if path not in before else "gone" if path not in after else "other bytes"
        print(f"  {path}: {state}")
    return not changed


def main() -> int:
    """Build all sites twice and compare."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--against", default="HEAD")
    options.add_argument("--rows", type=int, default=20_000)
    options.add_argument("--roads", nargs="+", default=[])
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        other = folder / "other"
        subprocess.run(
            ["git", "worktree", "add", "--detach", "-f", str(other), chosen.against],
            cwd=ROOT, check=True, capture_output=True,
        )  # fmt: skip
        try:
            (folder / "rows").mkdir()
            write_ledger(folder / "rows" / "stations.csv", chosen.rows)
            maps = {"default": (ROOT / "geodata", []), "rows": (folder / "rows", [])}
            if chosen.roads:
                maps["roads"] = (folder / "rows", [str(Path(f).resolve()) for f in chosen.roads])
            same = [
                compare(
                    title,
                    build(other, geodata, folder / f"{title}-before", roads),
                    build(ROOT, geodata, folder / f"{title}-after", roads),
                )
                for title, (geodata, roads) in maps.items()
            ]
        finally:
            subprocess.run(
                ["git", "worktree", "remove", "--force", str(other)], cwd=ROOT, check=True
            )
    return 0 if all(same) else 1


if __name__ == "__main__":
    sys.exit(main())
