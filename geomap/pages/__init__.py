"""Pages: an edition of the map becomes a site in memory, path → bytes."""

from __future__ import annotations

from dataclasses import replace

from geomap.edition import Edition
from geomap.pages.one_file import draw_one_file
from geomap.pages.page_map import Add
from geomap.pages.planner import draw_planner
from geomap.pages.published import draw_tables
from geomap.pages.rider import draw_rider
from geomap.pages.visibility import select_public, select_services

__all__ = ["draw_one_file", "draw_site", "public_edition"]


def draw_site(edition: Edition, add: Add | None = None) -> dict[str, bytes]:
    """Return path → bytes of both pages and of every published table, sorted by path.

    Parameters
    ----------
    edition : the built tables, in any order of rows; they are not changed.
    add : gets the folium map of either page and adds markers, layers or plugins to it.

    Returns
    -------
    dict
        Paths relative to the site's root, with ``/``: ``public/…`` may be published once the
        gate is open, ``internal/…`` never.
    """
    ordered = order_rows(edition)
    tables = draw_tables(ordered)
    site = tables | draw_rider(public_edition(ordered), add) | draw_planner(ordered, tables, add)
    return dict(sorted(site.items()))


def public_edition(edition: Edition) -> Edition:
    """Return what a public page is drawn from: what it is not given it cannot show."""
    ordered = order_rows(edition)
    shown = select_public(ordered.stations, ordered.sensitive)
    services = select_services(ordered.services, shown, ordered.sensitive)
    return replace(ordered, stations=shown, services=services)


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
