"""The list as it stands in the HTML: for the first second, and for browsers without scripts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from geomap.model.labels import Labels
from geomap.model.tables import FACILITIES

#: A phone shows six rows; without scripts a town's edition should still be whole.
STATIC_ROWS = 24
#: A name of 10,000 characters is a fault of the source; the row shows its start.
NAME_LENGTH = 60
_EPOCH = date(1970, 1, 1).toordinal()


def list_static(first: pd.DataFrame, exact_m: float, labels: Labels) -> list[dict[str, Any]]:
    """Return what the template prints of the first rows, in Chinese.

    Without a clock no state is known: every row says ``unknown`` and shows its hours instead.
    """
    rows = first.head(STATIC_ROWS)
    return [_row(row, exact_m, labels) for _, row in rows.iterrows()]


def _row(row: pd.Series, exact_m: float, labels: Labels) -> dict[str, Any]:
    facts = [labels["access"].get(row["access"], ("", ""))[0]]
    held = row["facilities"].split(";")
    facts += [labels["facility"][key][0] for key in FACILITIES if key in held]
    place = " ".join(part for part in (row["district"], row["town"]) if part)
    return {
        "id": row["station_id"],
        "name": _cut(row["name"]),
        "place": _cut(place),
        "hours": _first_day(row["opens"]) + (_cut(row["hours_words"]) or "开放时间不详"),
        "facts": " · ".join(fact for fact in facts[:5] if fact),
        "is_checked": bool(row["verified"] >= 0),
        "is_exact": bool(0 <= row["radius"] <= exact_m),
    }


def _first_day(number: int) -> str:
    return f"{date.fromordinal(_EPOCH + number)} 启用 · " if number >= 0 else ""


def _cut(text: str) -> str:
    return text if len(text) <= NAME_LENGTH else text[:NAME_LENGTH] + "…"
