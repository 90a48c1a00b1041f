"""Service areas and shares: who is within reach of a station, where and at which hour."""

from geomap.coverage.clock import hours_table
from geomap.coverage.layers import Reached
from geomap.coverage.table import Coverage, circle_radius_m, cover
from geomap.model.settings import Envelope

__all__ = ["Coverage", "Envelope", "Reached", "circle_radius_m", "cover", "hours_table"]
