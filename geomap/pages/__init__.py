"""Pages: an edition of the map becomes a site in memory, path → bytes.

Riders' page and downloads are drawn beside the planners', where one process can become two.
"""

from __future__ import annotations

import gc
import multiprocessing
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from multiprocessing.connection import Connection
from typing import TypeVar, cast

from geomap.model.counting import is_listed
from geomap.model.edition import Edition
from geomap.model.settings import Settings
from geomap.pages.brief import draw_briefs
from geomap.pages.brief_word import draw_brief_files
from geomap.pages.downloads import draw_downloads
from geomap.pages.one_file import draw_one_file
from geomap.pages.page_map import Add
from geomap.pages.planner import draw_planner
from geomap.pages.published import MOST_STATIONS, draw_tables
from geomap.pages.rider import draw_rider
from geomap.pages.visibility import hold_back, make_sieve, select_services
from geomap.privacy.filter import Filter
from geomap.privacy.names import PLACE, WORDS
from geomap.store.kept import share_kept, take_kept

__all__ = ["draw_one_file", "draw_site", "make_both", "public_edition"]

Files = dict[str, bytes]
Here = TypeVar("Here")
There = TypeVar("There")


def draw_site(
    edition: Edition, add: Add | None = None, *, public: Edition | None = None
) -> dict[str, bytes]:
    """Return path → bytes of both pages and of every published table, sorted by path.

    Parameters
    ----------
    edition : the built tables, in any order of rows; they are not changed.
    add : gets the folium map of either page and adds markers, layers or plugins to it.
    public : what :func:`public_edition` returns of it, where that is known already.

    Returns
    -------
    dict
        Paths relative to the site's root, with ``/``: ``public/…`` may be published once the
        gate is open, ``internal/…`` never.
    """
    ordered = order_rows(edition)
    public = public or public_edition(ordered)
    shown = public

    def draw_internal(rest: Callable[[], tuple[Files, Files]]) -> Files:
        tables = draw_tables(ordered, shown.stations)
        briefs = draw_briefs(ordered)
        tables |= draw_brief_files(ordered, briefs)

        def linked() -> Iterator[str]:  # the page links to the downloads: it asks for them last
            yield from tables
            yield from rest()[1]

        return tables | draw_planner(ordered, linked(), add, briefs)

    def draw_rest() -> tuple[Files, Files]:
        return draw_rider(shown, add), draw_downloads(ordered)

    if add is None and len(ordered.stations) <= MOST_STATIONS:
        internal, (own, downloads) = make_both(draw_internal, draw_rest)
    else:  # of a huge map there is no memory for two; who adds may remember what it was called for
        gc.collect()  # a build does not search for circles: what knows places holds itself in one
        later = cache(draw_rest)
        internal, (own, downloads) = draw_internal(later), later()
    return dict(sorted((internal | own | downloads).items()))


def make_both(
    here: Callable[[Callable[[], There]], Here], there: Callable[[], There]
) -> tuple[Here, There]:
    """Return what both return; where it can be, ``there`` runs in a process of its own meanwhile.

    It starts with all that this process knows, gives back what it returns or raises, and what it
    kept; a process that was stopped (no memory is left) is made up for here. Only Linux splits
    safely, and only without threads, whose locks would stay shut in the other process.

    Parameters
    ----------
    here : gets what waits for the other part's answer and returns it.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        later = cache(there)
        return here(later), later()
    context = multiprocessing.get_context("fork")
    receiving, question = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(question, there), daemon=True)
    process.start()
    question.close()

    @cache
    def answer() -> There:
        try:
            result, error, kept = pickle.loads(receiving.recv_bytes())
        except EOFError:
            return there()
        if error is not None:
            raise error
        take_kept(kept)
        return cast(There, result)

    try:
        return here(answer), answer()
    finally:
        process.kill()  # has answered by now, unless this half failed
        process.join()
        receiving.close()


def _answer(question: Connection, make: Callable[[], object]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever waits for the answer ends this process
    result, error = None, None
    try:
        result = make()
    except Exception as raised:  # the isolation boundary: raised again where it was asked for
        error = raised
    question.send_bytes(pickle.dumps((result, error, share_kept())))


def public_edition(edition: Edition) -> Edition:
    """Return what a public page is drawn from: what it is not given it cannot show.

    ``report["held_back"]`` counts, by column and kind, what the filter kept from it.
    """
    ordered = order_rows(edition)
    sieve = make_sieve(ordered.stations, ordered.sensitive)
    shown, held = hold_back(ordered.stations, sieve)
    services, more = select_services(ordered.services, shown, sieve)
    listed = frozenset(shown.loc[is_listed(shown), "station_id"])
    by_column: dict[str, dict[str, int]] = {}
    for (column, kind), count in sorted((held + more).items()):
        by_column.setdefault(column, {})[kind] = count
    return replace(
        ordered,
        settings=clean_settings(ordered.settings, sieve),
        stations=shown,
        services=services,
        photos={station: own for station, own in ordered.photos.items() if station in listed},
        aliases={
            old: now for old, now in ordered.aliases.items() if not sieve.clean(old, WORDS).held
        },
        report={**ordered.report, "held_back": by_column},
    )


def clean_settings(settings: Settings, sieve: Filter) -> Settings:
    """Return the settings whose words stand on a public page without what is private."""
    gate = settings.publish
    return replace(
        settings,
        title=sieve.clean(settings.title, PLACE).text,
        region=sieve.clean(settings.region, PLACE).text,
        publish=replace(
            gate,
            decision=sieve.clean(gate.decision, PLACE).text,
            boundary_source=sieve.clean(gate.boundary_source, PLACE).text,
        ),
    )


def order_rows(edition: Edition) -> Edition:
    """Return the edition with its tables sorted, so that no page depends on an input's order."""
    services = edition.services.reset_index(drop=True)
    keys = services.astype(str).sort_values(list(services.columns), kind="stable").index
    return replace(
        edition,
        stations=edition.stations.sort_values("station_id", kind="stable", ignore_index=True),
        districts=edition.districts.sort_values("district_code", ignore_index=True),
        areas=edition.areas.sort_values(["envelope_id", "method", "coverage"], ignore_index=True),
        services=services.loc[keys].reset_index(drop=True),
    )
