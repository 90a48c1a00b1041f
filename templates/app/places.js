/* Distances, directions and their words. Degrees are WGS-84, longitude first; metres. */
(function (g) {
  "use strict";
  const RADIUS = 6371008.8, RAD = Math.PI / 180;

  /** Great-circle metres between two places. */
  function distance(lonA, latA, lonB, latB) {
    const a = Math.sin((latB - latA) * RAD / 2), b = Math.sin((lonB - lonA) * RAD / 2);
    const h = a * a + Math.cos(latA * RAD) * Math.cos(latB * RAD) * b * b;
    return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
  }

  /** Great-circle metres from where somebody stands to a row; null where either is not known. */
  function metresTo(place, row) { return place && !isNaN(row.lon) ? distance(place.lon, place.lat, row.lon, row.lat) : null; }

  /** Bearing from north, clockwise, in degrees. */
  function bearing(lonA, latA, lonB, latB) {
    const turn = (lonB - lonA) * RAD;
    const east = Math.sin(turn) * Math.cos(latB * RAD);
    const north = Math.cos(latA * RAD) * Math.sin(latB * RAD) -
      Math.sin(latA * RAD) * Math.cos(latB * RAD) * Math.cos(turn);
    return (Math.atan2(east, north) / RAD + 360) % 360;
  }

  const ZH = ["北", "东北", "东", "东南", "南", "西南", "西", "西北"];
  const EN = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];
  function compass(degrees) {
    const i = Math.round(degrees / 45) % 8;
    return g.t(ZH[i], EN[i]);
  }

  /** Metres as a rider reads them: 320 米, 1.2 公里, 15 公里. */
  function far(metres) {
    if (metres < 995) { return Math.max(10, Math.round(metres / 10) * 10) + g.t(" 米", " m"); }
    const km = metres / 1000;
    return (km < 9.95 ? km.toFixed(1) : String(Math.round(km))) + g.t(" 公里", " km");
  }

  /** A place known to `radius` metres only is a band: 1–4 公里. */
  function band(metres, radius) {
    const low = Math.floor(Math.max(0, metres - radius) / 1000), high = Math.ceil((metres + radius) / 1000);
    return (low === high ? low : low + "–" + high) + g.t(" 公里", " km");
  }

  /** Shares of the mercator square, 0 to 1, south down; shifted under a base map in GCJ-02. */
  function mercator(lon, lat) {
    if (places.datum === "gcj02") {
      const moved = L.CRS.GCJ02.toGcj(lat, lon);
      lat = moved[0];
      lon = moved[1];
    }
    const sin = Math.sin(Math.max(-85.05, Math.min(85.05, lat)) * RAD);
    return [(lon + 180) / 360, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)];
  }

  /** Whether a point lies in rings (flat degrees): an odd number of crossings. */
  function isInside(rings, lon, lat) {
    let inside = false;
    rings.forEach(function (ring) {
      for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
        if ((ring[i + 1] > lat) !== (ring[j + 1] > lat) &&
            lon < (ring[j] - ring[i]) * (lat - ring[i + 1]) / (ring[j + 1] - ring[i + 1]) + ring[i]) {
          inside = !inside;
        }
      }
    });
    return inside;
  }

  const places = g.places = {
    distance: distance, metresTo: metresTo, bearing: bearing, compass: compass, far: far, band: band,
    mercator: mercator, isInside: isInside, datum: "wgs84"
  };
})(window.geomap);
