"""The mark of a folder: its files by the thousand, the same text as JSON of one line an entry."""

from __future__ import annotations

import json

from geomap.store.marker import SITE, parse_marker, seal, sha256


def test_a_mark_is_the_json_that_a_person_reads_line_by_line(tmp_path):
    content = {"counts": {"files": 0}, "note": '甲\n "files": 0', "skipped": []}
    raw = seal(SITE, content, {"public/乙.html": b"b", "public/a.html": b"a"})
    body = json.loads(raw)
    assert raw.decode() == json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    marker = parse_marker(raw, SITE, tmp_path)
    assert marker is not None and marker.files == {
        "public/乙.html": sha256(b"b"), "public/a.html": sha256(b"a")
    }  # fmt: skip
