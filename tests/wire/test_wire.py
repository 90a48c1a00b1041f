"""The wire: what is written is read back, and the golden examples stay what they are."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.pages.base_map import KINDS
from geomap.pages.streets import NEAR
from geomap.wire import VERSION, code, encode_rings, encode_steps, encode_table
from geomap.wire.letters import encode_numbers
from tests.wire_read import decode_numbers, decode_rings, decode_square, decode_steps, decode_table

GOLDEN = Path(__file__).parent / "golden"


def read_golden(name: str):
    """Return the cases of one file; they belong to this version of the wire."""
    golden = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    assert golden["version"] == VERSION, "the wire changed: its version must, too"
    return golden["cases"]


def _listed(numbers):
    return [None if np.isnan(number) else number for number in numbers]


@pytest.mark.parametrize("case", read_golden("steps"), ids=lambda case: case["encoded"])
def test_golden_steps(case):
    assert _listed(decode_steps(case["encoded"]) / case["scale"]) == case["decoded"]
    parts = np.array(case["decoded"], dtype=float) * case["scale"]
    assert encode_steps(np.round(parts)) == case["encoded"]


@pytest.mark.parametrize("case", read_golden("rings"), ids=lambda case: case["encoded"])
def test_golden_rings(case):
    assert [ring.tolist() for ring in decode_rings(case["encoded"])] == case["decoded"]
    lines = [np.array(ring, dtype=np.int64) for ring in case["decoded"]]
    assert encode_rings(lines) == case["encoded"]


@pytest.mark.parametrize("case", read_golden("tables"), ids=lambda case: case["encoded"]["n"])
def test_golden_tables(case):
    assert decode_table(case["encoded"]) == case["decoded"]


@pytest.mark.parametrize("case", read_golden("squares"), ids=lambda case: case["encoded"])
def test_golden_squares(case):
    square = decode_square(case["encoded"], case["y"], NEAR)
    assert square.cuts.tolist() == case["decoded"]["cuts"]
    assert square.nodes.tolist() == case["decoded"]["nodes"]
    read = json.loads(json.dumps([square.streets, square.lines]))
    assert read == [case["decoded"]["streets"], case["decoded"]["lines"]]


def read_base(file):
    """Return a square of the base map as the browser's own reading is asked for it."""
    kinds = {kind: [ring.astype(int).tolist() for ring in decode_rings(file[kind])]
             for kind in KINDS if kind in file}  # fmt: skip
    courses = [line.astype(int).tolist() for line in decode_rings(file.get("courses", ""))]
    names = []
    for table in ("names", "streets"):
        columns = decode_table(file[table]) if table in file else {"name": []}
        for n, name in enumerate(columns["name"]):
            row = {key: column[n] for key, column in columns.items()}
            at = courses[n] if table == "streets" else [[int(row["x"]), int(row["y"])]]
            names.append({"zh": name, "en": row["en"] or name, "look": row["look"],
                          "from": row["from"], "at": at})  # fmt: skip
    return {"kinds": kinds, "names": names}


@pytest.mark.parametrize("case", read_golden("base"), ids=lambda case: case["square"])
def test_golden_base_squares(case):
    assert read_base(case["encoded"]) == case["decoded"]


@given(st.lists(st.integers(0, 2**55)))
def test_numbers_come_back(numbers):
    assert decode_numbers(encode_numbers(np.array(numbers, dtype=np.int64))).tolist() == numbers


@pytest.mark.parametrize("text", ["i", "A0", "A!", "é", "ii"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="no numbers"):
        decode_numbers(text)


@pytest.mark.parametrize("text", ["", "AAAA", "AAAAAAAAAAA", "BAAAAAAAAA"])
def test_what_is_no_square_is_refused(text):
    with pytest.raises(ValueError, match="a square"):
        decode_square(text, 3198, NEAR)


@given(st.lists(st.one_of(st.none(), st.integers(-(2**40), 2**40))))
def test_steps_come_back(numbers):
    assert _listed(decode_steps(encode_steps(np.array(numbers, dtype=float)))) == numbers


@given(st.lists(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1)))
def test_rings_come_back(lines):
    encoded = encode_rings(np.array(line) for line in lines)
    assert [list(map(tuple, ring.tolist())) for ring in decode_rings(encoded)] == lines


@given(st.lists(st.sampled_from([None, 1, 20, 300])))
def test_coded_columns_come_back(values):
    table = encode_table(len(values), codes={"metres": code(values)})
    assert decode_table(json.loads(json.dumps(table)))["metres"] == values
