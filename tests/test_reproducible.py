"""Same input, same bytes: in another folder, time zone, language, hash seed, order of rows."""

import hashlib
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEADER = "name,kind,province,city,district,lon,lat,opening_hours,facilities,source"
ROWS = [
    f"甲{n}驿站,station,北京市,北京市,朝阳区,116.{450 + n},39.{920 + n},{hours},饮水;厕所,表"
    for n, hours in enumerate(["24/7", "工作日9:00-17:00", "", "周四下午", "每天8:00-20:00"])
]
PLACES = {
    "utc": {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    "elsewhere": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "77"},
}


def build(folder: Path, place: dict[str, str], rows: list[str]) -> dict[str, str]:
    geodata = folder / "map"
    (geodata / "documents").mkdir(parents=True)
    note = "北京市朝阳区总工会在望京街道建成望京公园户外劳动者驿站，每天8:00至20:00开放。"
    (geodata / "documents" / "news.txt").write_text(note, encoding="utf-8")
    (geodata / "stations.csv").write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    for words in (["add"], ["build", "--out", str(folder / "site")]):
        command = [sys.executable, str(ROOT / "build_map.py"), *words, "--geodata", str(geodata)]
        environment = os.environ | place
        subprocess.run(command, check=True, cwd=folder, env=environment, capture_output=True)
    site = folder / "site"
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


@pytest.mark.slow
def test_two_builds_are_byte_identical(tmp_path: Path) -> None:
    shuffled = random.Random(7).sample(ROWS, len(ROWS))
    one = build(tmp_path / "one", PLACES["utc"], ROWS)
    other = build(tmp_path / "another folder", PLACES["elsewhere"], shuffled)
    assert one == other and len(one) > 10
