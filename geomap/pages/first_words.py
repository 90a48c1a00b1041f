"""What the riders' page says before anything is asked: what this is, how it stands, and where."""

from __future__ import annotations

from typing import Any

import pandas as pd

from geomap.model.counting import is_counted, is_listed
from geomap.pages.columns import NOWHERE
from geomap.text.pinyin import spell_initials

#: Cards of cities: more would push the map off a phone's screen.
MOST_CITIES = 12
_EXAMPLE = "酒仙桥"


def say_about(rows: pd.DataFrame) -> tuple[str, str]:
    """Return in Chinese and English: from where, how many, for riders, and who has checked them."""
    sources = [source for each in rows["sources"] for source in each]
    documents = {source.document for source in sources}
    years = sorted({str(source.date)[:4] for source in sources if str(source.date)[:4].isdigit()})
    listed, checked = is_listed(rows), is_counted(rows) & rows["verified"].ge(0)
    from_zh, from_en = "台账", "the ledger"
    if documents:
        span = "–".join(dict.fromkeys((years[0], years[-1]))) if years else ""
        from_zh = f"{len(documents)} 份文件" + (f"（{span}）" if span else "")
        from_en = f"{len(documents)} documents" + (f" ({span})" if span else "")
    if documents and not rows["sources"].map(bool).all():
        from_zh, from_en = f"台账和 {from_zh}", f"the ledger and {from_en}"
    seen_zh = f"其中 {int(checked.sum())} 处有人核实过" if checked.any() else "尚无人核实"
    seen_en = (
        f"{int(checked.sum())} of them checked" if checked.any() else "nobody has checked them"
    )
    return (
        f"{from_zh}里的 {len(rows)} 处，骑手可看 {int(listed.sum())} 处，{seen_zh}。",
        f"{len(rows)} places of {from_en}, {int(listed.sum())} for riders, {seen_en}.",
    )


def list_cities(districts: pd.DataFrame) -> list[dict[str, Any]]:
    """Return ``name`` and ``count`` of the cities that offer most, most first.

    A single city is no choice: none.
    """
    known = districts[districts["code"].ne(NOWHERE) & districts["city"].ne("")]
    counts = known.groupby("city")["count"].sum()
    cities = sorted(counts[counts > 0].items(), key=lambda pair: (-pair[1], str(pair[0])))
    if len(cities) < 2:
        return []
    return [{"name": str(name), "count": int(count)} for name, count in cities[:MOST_CITIES]]


def say_example(rows: pd.DataFrame, districts: pd.DataFrame) -> str:
    """Return a street or district of this edition and its initials: what a search finds."""
    towns = rows.loc[rows["town"].ne("") & rows["lon"].notna() & is_listed(rows), "town"]
    names = [*towns.head(1), *districts.loc[districts["count"].gt(0), "name"].head(1)]
    name = next((str(each) for each in names if each and len(str(each)) <= 8), _EXAMPLE)
    return f"{name} / {spell_initials(name)}"
