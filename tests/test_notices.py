"""The shipped notices: headed, short, without private numbers, and complete."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NOTICES = sorted((ROOT / "geodata" / "documents").glob("*.md"))
SEED_LABELS = ROOT.parent / "shared" / "labelled" / "seeds_gold.jsonl"
HEAD = re.compile(
    r"---\ntitle: \S.*\nsource: ?.*\ndate: (\d{4}(-\d\d){0,2})?\n"
    r"seed: \d{3}_[0-9a-f]{16}\.txt\n---\n\n"
)


def _body(path: Path) -> str:
    return path.read_text("utf-8").split("---\n", 2)[2]


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_notice_has_its_head_and_is_short(path: Path) -> None:
    assert HEAD.match(path.read_text("utf-8"))
    assert 1 <= len([line for line in _body(path).splitlines() if line]) <= 8


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_notice_carries_no_telephone_number(path: Path) -> None:
    assert not re.search(r"\d{7,}", _body(path))


@pytest.mark.skipif(not SEED_LABELS.exists(), reason="the seeds are not part of the repository")
def test_every_seed_place_is_named_once_with_its_district() -> None:
    bodies = [_body(path) for path in NOTICES]
    rows = [json.loads(line) for line in SEED_LABELS.read_text("utf-8").splitlines()]
    for row in rows:
        if row["mappable"] and not row["optional"]:
            # A composed name may be told in words: "…的核酸检测房也改造成了职工“充电站”".
            words = [row["name"], *(row["aliases"] if row["inferred"] else [])]
            naming = [body for body in bodies if row["district"] is None or row["district"] in body]
            word = next((word for word in words if any(word in body for body in naming)), "")
            assert word, row["name"]
            naming = [body for body in naming if word in body]
            assert len(naming) == 1, row["name"]
            for level in ("province", "city", "district"):
                assert (row[level] or "") in naming[0], row["name"]
