"""Streets in the site: files by square of a fixed grid, for a browser that finds its own way."""

from geomap.pages.streets.draw import draw_streets

__all__ = ["draw_streets"]
