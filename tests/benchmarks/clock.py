"""The clock: 3,000 stations with 12 forms of hours, three envelopes, beside a run for each hour.

Run with ``python -m tests.benchmarks.clock``; seconds are the processor's.
"""

from __future__ import annotations

import time

import geopandas as gpd
import numpy as np
import shapely

from geomap.coverage import cover, hours_table
from geomap.hours import week_hours
from geomap.model.settings import ENVELOPES

FORMS = (
    "24/7", "", "Mo-Su 07:30-19:30", "Mo-Fr 09:00-17:00", "Mo-Fr 08:30-11:30,13:30-17:30",
    "Mo-Sa 08:00-20:00", "Mo-Su 06:00-22:00", "Mo-Su 10:00-24:00", "Sa-Su 09:00-16:00",
    "Mo-Su 18:00-02:00", "Tu-Su 09:00-17:00", "Mo-Fr 07:00-21:00",
)  # fmt: skip
STATIONS, ACROSS, SAMPLE = 3000, 10, 6


def make() -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Stations in a hundred districts of 440 km², denser in the middle."""
    random = np.random.default_rng(7)
    lon, lat = random.normal(116.4, 0.4, STATIONS), random.normal(39.9, 0.35, STATIONS)
    stations = gpd.GeoDataFrame(
        {
            "station_id": [f"s{number}" for number in range(STATIONS)], "kind": "station",
            "status": "operating", "access": "public", "precision": "exact",
            "uncertainty_m": np.where(random.random(STATIONS) < 0.1, 800.0, 30.0),
            "in_district": True,
            "opening_hours": [FORMS[number % len(FORMS)] for number in range(STATIONS)],
        },
        geometry=gpd.points_from_xy(lon, lat), crs=4326,
    )  # fmt: skip
    boxes = [
        shapely.box(115.2 + x * 0.24, 38.95 + y * 0.19, 115.44 + x * 0.24, 39.14 + y * 0.19)
        for x in range(ACROSS)
        for y in range(ACROSS)
    ]
    codes = [f"{110101 + number}" for number in range(len(boxes))]
    return stations, gpd.GeoDataFrame({"district_code": codes}, geometry=boxes, crs=4326)


def main() -> None:
    """Print seconds of the clock, of 168 runs (from a sample), and how far the two differ."""
    stations, districts = make()
    begin = time.process_time()
    table = hours_table(stations, districts, ENVELOPES)
    clock = time.process_time() - begin
    hours = np.random.default_rng(1).choice(168, SAMPLE, replace=False)
    worst, spent = 0.0, 0.0
    for hour in hours:
        begin = time.process_time()
        known = [week_hours(osm) for osm in stations["opening_hours"]]
        is_open = np.array([week[0].ravel()[hour] for week in known])
        unknown = np.array([week[1].ravel()[hour] for week in known])
        now = stations.assign(access=np.where(unknown, "unknown", "public"))[is_open | unknown]
        shares = cover(now, districts, ENVELOPES).shares
        spent += time.process_time() - begin
        for envelope in ENVELOPES:
            at = (table.weekday == hour // 24 + 1) & (table.hour == hour % 24)
            own = table[at & (table.envelope == envelope.id)]
            for name in ("share_low", "share", "share_high"):
                exact = shares.loc[own.district_code, f"{envelope.id}_{name}"].to_numpy()
                worst = max(worst, float(np.abs(exact - own[name].to_numpy()).max()))
    runs = spent / SAMPLE * 168
    print(f"clock {clock:.1f} s, 168 runs {runs:.0f} s ({runs / clock:.0f} times)")
    print(f"largest difference of a share: {worst:.4f}")


if __name__ == "__main__":
    main()
