"""Pages: an edition of the map becomes a site in memory, path → bytes."""

from __future__ import annotations

from geomap.edition import Edition
from geomap.pages.planner import draw_planner
from geomap.pages.published import draw_tables
from geomap.pages.rider import draw_rider

__all__ = ["draw_site"]


def draw_site(edition: Edition) -> dict[str, bytes]:
    """Return path → bytes of both pages and of every published table, sorted by path.

    Parameters
    ----------
    edition : the built tables; they are not changed.

    Returns
    -------
    dict
        Paths relative to the site's root, with ``/``: ``public/…`` may be published once the
        gate is open, ``internal/…`` never.
    """
    tables = draw_tables(edition)
    site = tables | draw_rider(edition) | draw_planner(edition, tables)
    return dict(sorted(site.items()))
