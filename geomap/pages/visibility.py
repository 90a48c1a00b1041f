"""What may stand on a public page, and what only a union's planners may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import geopandas as gpd
import pandas as pd

from geomap.records import Source

#: Demand for planners, not places for riders.
DEMAND_KINDS = ("courier_depot", "employer_site")
#: Where something once took place: kept in the data, drawn nowhere.
UNDRAWN_KINDS = ("event_venue",)

#: A shorter name ("食堂") is too common to stand for one withheld place in another's quote.
_TELLING_NAME = 4


def is_public(stations: pd.DataFrame) -> pd.Series[bool]:
    """Return whether each row may be a point, a ring, a name or a quote on a public page.

    Parameters
    ----------
    stations : columns ``kind``, ``access`` and ``sensitive`` of
        :data:`geomap.tables.BUILT`.

    Returns
    -------
    Series
        Same index. False for sensitive words, for places that only their own employees may
        enter, for demand (depots, employers) and for venues.
    """
    withheld = is_withheld(stations)
    return ~withheld & ~stations["kind"].isin((*DEMAND_KINDS, *UNDRAWN_KINDS))


def is_withheld(stations: pd.DataFrame) -> pd.Series[bool]:
    """Return whether even the name of each row must not stand on a public page."""
    return stations["sensitive"].fillna(False).astype(bool) | (stations["access"] == "employees")


def select_public(stations: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the public rows; what they say of a withheld place is left out.

    An address or a quote that names a withheld place becomes empty: the fact stays, the words
    do not.
    """
    withheld = stations.loc[is_withheld(stations), "name"]
    names = sorted({str(name) for name in withheld if len(str(name)) >= _TELLING_NAME})
    public = stations[is_public(stations)].reset_index(drop=True)
    if not names or public.empty:
        return public
    public["address"] = [_silent(text, names) for text in public["address"]]
    public["sources"] = [_silent_sources(sources, names) for sources in public["sources"]]
    return public


def _silent(text: object, names: Iterable[str]) -> str:
    written = text if isinstance(text, str) else ""
    return "" if any(name in written for name in names) else written


def _silent_sources(sources: Iterable[Source], names: Iterable[str]) -> tuple[Source, ...]:
    return tuple(
        replace(source, quote=_silent(source.quote, names)) if source.quote else source
        for source in sources
    )
