"""Whatever stands in the cells of a folder, the rest of the map is built and each cell is named."""

from pathlib import Path

import pytest

from geomap.pipeline.build import Order, make_site
from tests.hostile_ledgers import write_folder


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_hostile_folder_is_built_and_every_bad_cell_named(tmp_path: Path, seed: int) -> None:
    written = write_folder(tmp_path / "map", seed, rows=90, share=0.12)
    built = make_site(Order(tmp_path / "map", tmp_path / "site"))
    named = {skip.where for skip in (*built.skips, *built.warnings)}
    bad = {f"{file}:{row}:{column}" for file, row, column in written.planted}
    assert len(bad) > 20 and bad <= named
    assert all(skip.code and skip.reason for skip in (*built.skips, *built.warnings))
    assert len(built.edition.stations) > 10


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "text", "where"),
    [
        ("stations.csv", 'opening_hours\n＂x"', ""),
        ("stations.csv", "uncertainty_m\n10000000", "stations.csv:2:uncertainty_m"),
        ("stations.csv", "lon,lat\n116.46,89.99", "stations.csv:2:lon"),
        ("claims.csv", "doc,claim,count\na.txt,3个,1.5", "claims.csv:2:count"),
        ("population.csv", "district_code,population\n110105,²", "population.csv:2:population"),
        ("sensitive.txt", "中南海", ""),
    ],
)
def test_one_bad_cell_does_not_cost_the_map(
    tmp_path: Path, file: str, text: str, where: str
) -> None:
    ledger = "name,kind,district,province\n乙驿站,station,朝阳区,北京市\n"
    if file == "stations.csv":
        head, cell = text.split("\n")
        ledger = f"name,kind,district,province,{head}\n甲驿站,station,朝阳区,北京市,{cell}\n"
    (tmp_path / file).write_text(text, encoding="gbk" if file.endswith("txt") else "utf-8")
    (tmp_path / "stations.csv").write_text(ledger, encoding="utf-8")
    built = make_site(Order(tmp_path, tmp_path / "site"))
    named = {skip.where for skip in (*built.skips, *built.warnings)}
    assert len(built.edition.stations) == 1 and (where in named or not where)
