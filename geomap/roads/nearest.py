"""Minutes to the nearest station, everywhere on the network, not only inside a limit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geomap.roads.network import Network
from geomap.roads.search import AT_JUNCTION_M, nearest_station
from geomap.roads.snap import Attachment
from geomap.roads.streets import Floats, Integers


@dataclass(frozen=True)
class NearestField:
    """How far each junction is from the station it reaches soonest.

    Attributes
    ----------
    network, attachment : what was searched.
    lon, lat : junctions, WGS-84 degrees, (junctions,).
    metres : of road to the nearest station, inf where none can be reached.
    station : its number in the attachment, -1 where none can be reached.
    speed_kmh : what turns metres into minutes.
    """

    network: Network
    attachment: Attachment
    lon: Floats
    lat: Floats
    metres: Floats
    station: Integers
    speed_kmh: float

    @property
    def minutes(self) -> Floats:
        """Minutes of riding at the field's speed, (junctions,)."""
        return self.metres * 0.06 / self.speed_kmh

    def at(self, lon: Floats, lat: Floats, snap_m: float = 250.0) -> tuple[Floats, Integers]:
        """Return minutes and nearest station of any points, from their nearest street point.

        Points farther than ``snap_m`` from every street have NaN and -1; those from which no
        station can be reached inf and -1.
        """
        points = self.network.attach(lon, lat, snap_m)
        metres = np.full(len(points.edge), np.nan)
        station = np.full(len(points.edge), -1, dtype=np.int64)
        here = np.flatnonzero(points.is_on_network)
        metres[here], station[here] = self.along(points.edge[here], points.offset_m[here])
        return metres * 0.06 / self.speed_kmh, station

    def along(self, edge: Integers, offset_m: Floats) -> tuple[Floats, Integers]:
        """Ride on to either end of the street, or straight to a station on the same street.

        Who stands on a junction is at that end already, whatever the street's direction.
        """
        edges = self.network.edges
        rest = edges.length_m[edge] - offset_m
        by_head = np.where(edges.forward[edge] | (rest <= AT_JUNCTION_M), rest, np.inf)
        by_tail = np.where(edges.backward[edge] | (offset_m <= AT_JUNCTION_M), offset_m, np.inf)
        by_head = by_head + self.metres[edges.head[edge]]
        by_tail = by_tail + self.metres[edges.tail[edge]]
        metres = np.minimum(by_head, by_tail)
        end = np.where(by_head <= by_tail, edges.head[edge], edges.tail[edge])
        station = np.where(np.isfinite(metres), self.station[end], -1)
        return self._same_street(edge, offset_m, metres, station)

    def _same_street(
        self, edge: Integers, offset_m: Floats, metres: Floats, station: Integers
    ) -> tuple[Floats, Integers]:
        """Compare with the stations next to each point on its own street, before and behind."""
        edges, stops = self.network.edges, np.flatnonzero(self.attachment.is_on_network)
        if not len(stops):
            return metres, station
        order = np.lexsort((self.attachment.offset_m[stops], self.attachment.edge[stops]))
        stops = stops[order]
        begin = np.r_[0, np.cumsum(edges.length_m + 1.0)]
        place = begin[self.attachment.edge[stops]] + self.attachment.offset_m[stops]
        after = np.searchsorted(place, begin[edge] + offset_m)
        for chosen, allowed in ((after, edges.forward[edge]), (after - 1, edges.backward[edge])):
            stop = stops[np.clip(chosen, 0, len(stops) - 1)]
            same = allowed & (chosen >= 0) & (chosen < len(stops))
            same &= self.attachment.edge[stop] == edge
            away = np.where(same, np.abs(self.attachment.offset_m[stop] - offset_m), np.inf)
            station = np.where(away < metres, stop, station)
            metres = np.minimum(metres, away)
        return metres, station


def minutes_to_nearest(
    network: Network, attachment: Attachment, *, speed_kmh: float = 15.0
) -> NearestField:
    """Return minutes to the nearest station for every junction, by one search for all stations.

    Parameters
    ----------
    network : the streets.
    attachment : the stations; those not on the network are left out.
    speed_kmh : of the rider, everywhere the same (Road Traffic Safety Law §58: 15 km/h).
    """
    metres, station = nearest_station(network, attachment)
    return NearestField(
        network=network,
        attachment=attachment,
        lon=network.edges.junction_lon,
        lat=network.edges.junction_lat,
        metres=metres,
        station=station,
        speed_kmh=speed_kmh,
    )
