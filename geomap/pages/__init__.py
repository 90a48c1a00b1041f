"""Pages: an edition of the map becomes a site in memory, path → bytes."""

from __future__ import annotations

from dataclasses import replace

from geomap.model.counting import is_listed
from geomap.model.edition import Edition
from geomap.model.settings import Settings
from geomap.pages.brief import draw_briefs
from geomap.pages.brief_word import draw_brief_files
from geomap.pages.downloads import draw_downloads
from geomap.pages.one_file import draw_one_file
from geomap.pages.page_map import Add
from geomap.pages.planner import draw_planner
from geomap.pages.published import draw_tables
from geomap.pages.rider import draw_rider
from geomap.pages.visibility import hold_back, make_sieve, select_services
from geomap.privacy.filter import Filter
from geomap.privacy.names import PLACE, WORDS

__all__ = ["draw_one_file", "draw_site", "public_edition"]


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
    tables = draw_tables(ordered, public.stations) | draw_downloads(ordered)
    briefs = draw_briefs(ordered)
    tables |= draw_brief_files(ordered, briefs)
    site = tables | draw_rider(public, add) | draw_planner(ordered, tables, add, briefs)
    return dict(sorted(site.items()))


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
