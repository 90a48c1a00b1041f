"""Sixty slips of the hand in six sheets: each is named at its cell, and nothing else is."""

from pathlib import Path

import pytest
from planted_faults import LAYOUTS, Layout

from geomap.files.folder import SHIPPED, Geodata
from geomap.model.records import Finding
from geomap.pipeline.inspect_sheet import inspect_sheet
from geomap.pipeline.reference import Reference

TODAY = "2026-11-30"


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference(Geodata(SHIPPED))


def inspect(layout: Layout, folder: Path, reference: Reference, *, faulty: bool) -> list[Finding]:
    path = layout.write(folder, reference.places(), faulty=faulty)
    return list(inspect_sheet(path, reference, TODAY).findings)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda each: each.file)
def test_slips_are_named_at_their_cells(
    layout: Layout, tmp_path: Path, reference: Reference
) -> None:
    named = {(each.cell, each.code) for each in inspect(layout, tmp_path, reference, faulty=True)}
    missed = [
        (layout.cell(each.station, next(iter(each.cells))), sorted(each.codes))
        for each in layout.slips
        if not named & {(layout.cell(each.station, next(iter(each.cells))), c) for c in each.codes}
    ]
    assert missed == [], sorted(named)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda each: each.file)
def test_a_good_sheet_has_no_finding(layout: Layout, tmp_path: Path, reference: Reference) -> None:
    assert inspect(layout, tmp_path, reference, faulty=False) == []
