"""What may stand on a public page, and what only a union's planners may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import geopandas as gpd
import pandas as pd

from geomap.model.counting import DEMAND_KINDS, UNDRAWN_KINDS, is_withheld_access
from geomap.privacy.filter import (
    SERVICE_TEXTS,
    STATION_TEXTS,
    WORD,
    Filter,
    Held,
    clean_sources,
    clean_table,
    make_filter,
)

#: A shorter name ("食堂") is too common to stand for one withheld place in another's quote.
_TELLING_NAME = 4


def is_public(stations: pd.DataFrame) -> pd.Series[bool]:
    """Return whether each row may be a point, a ring, a name or a quote on a public page.

    Parameters
    ----------
    stations : columns ``kind``, ``access`` and ``sensitive`` of
        :data:`geomap.model.tables.BUILT`.

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
    """Return the public rows as :func:`hold_back` leaves them."""
    return hold_back(stations, make_sieve(stations, sensitive))[0]


def make_sieve(stations: gpd.GeoDataFrame, sensitive: Iterable[str] = ()) -> Filter:
    """Return what no public text may hold: sensitive words, and names of withheld places."""
    withheld = stations.loc[is_withheld(stations), "name"]
    telling = {str(name) for name in withheld if len(str(name)) >= _TELLING_NAME}
    divisions = (set(stations[column]) for column in ("province", "city", "district"))
    places = {place for names in divisions for place in names if isinstance(place, str)}
    return make_filter({*telling, *sensitive}, places)


def hold_back(stations: gpd.GeoDataFrame, sieve: Filter) -> tuple[gpd.GeoDataFrame, Held]:
    """Return the public rows with nothing private in them, and what was held back of which column.

    A text that names a withheld place, or holds a sensitive word, becomes empty: the fact stays,
    the words do not. Private numbers and names become marks.
    """
    public = stations[is_public(stations)].reset_index(drop=True)
    hours = public["opening_hours"]
    public, held = clean_table(public, STATION_TEXTS, sieve)
    # Masked hours are no hours: what is left of their words says what there is to say.
    public["opening_hours"] = public["opening_hours"].where(public["opening_hours"].eq(hours), "")
    sources, more = clean_sources(public["sources"], sieve)
    public["sources"] = pd.Series(sources, public.index, dtype=object)
    return public, held + more


def select_services(
    services: pd.DataFrame, public: pd.DataFrame, sieve: Filter
) -> tuple[pd.DataFrame, Held]:
    """Return the services of public stations without what is private, and what was held back.

    A service whose words name a withheld place, or a sensitive one, is left out.
    """
    shown = services[services["station_id"].isin(public["station_id"])]
    texts = zip(shown["service"], shown["times"], shown["source"], strict=True)
    silent = [not any(sieve.contains_word(str(text)) for text in row) for row in texts]
    dropped: Held = Counter({("service", WORD): silent.count(False)})
    kept = shown[pd.Series(silent, shown.index, dtype=bool)].reset_index(drop=True)
    cleaned, held = clean_table(kept, SERVICE_TEXTS, sieve)
    return cleaned, held + dropped
