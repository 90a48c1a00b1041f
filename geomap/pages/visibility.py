"""What may stand on a public page, and what only a union's planners may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import geopandas as gpd
import pandas as pd

from geomap.model.counting import DEMAND_KINDS, UNDRAWN_KINDS, is_withheld_access
from geomap.records import Source

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
        enter, for demand (depots, employers), for venues, and for points outside China, which
        are slips of the pen.
    """
    withheld = is_withheld(stations)
    abroad = stations["district_outcome"] == "foreign"
    return ~withheld & ~abroad & ~stations["kind"].isin((*DEMAND_KINDS, *UNDRAWN_KINDS))


def is_withheld(stations: pd.DataFrame) -> pd.Series[bool]:
    """Return whether even the name of each row must not stand on a public page."""
    withheld = stations["access"].map(is_withheld_access).astype(bool)
    return stations["sensitive"].fillna(False).astype(bool) | withheld


def select_public(stations: gpd.GeoDataFrame, sensitive: Iterable[str] = ()) -> gpd.GeoDataFrame:
    """Return the public rows; what they say of a withheld place is left out.

    An address, a note or a quote that names a withheld place, or holds a sensitive word, becomes
    empty: the fact stays, the words do not.
    """
    withheld = stations.loc[is_withheld(stations), "name"]
    telling = {str(name) for name in withheld if len(str(name)) >= _TELLING_NAME}
    words = sorted({*telling, *sensitive})
    public = stations[is_public(stations)].reset_index(drop=True)
    if not words or public.empty:
        return public
    for column in ("address", "note"):
        public[column] = [_silent(text, words) for text in public[column]]
    public["sources"] = [_silent_sources(sources, words) for sources in public["sources"]]
    return public


def select_services(
    services: pd.DataFrame, public: pd.DataFrame, sensitive: Iterable[str]
) -> pd.DataFrame:
    """Return the services of public stations whose words may stand on a public page."""
    words = tuple(sensitive)
    shown = services["station_id"].isin(public["station_id"])
    texts = zip(services["service"], services["times"], services["source"], strict=True)
    silent = [not any(word in " ".join(map(str, text)) for word in words) for text in texts]
    return services[shown & pd.Series(silent, services.index, dtype=bool)].reset_index(drop=True)


def _silent(text: object, names: Iterable[str]) -> str:
    written = text if isinstance(text, str) else ""
    return "" if any(name in written for name in names) else written


def _silent_sources(sources: Iterable[Source], names: Iterable[str]) -> tuple[Source, ...]:
    return tuple(
        replace(source, quote=_silent(source.quote, names)) if source.quote else source
        for source in sources
    )
