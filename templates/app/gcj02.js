/* A base map in GCJ-02: everything drawn goes through the map's projection, so shifting there
   moves stations, lines, circles and the user's own position alike. Facts stay WGS-84. The law is
   that of geomap/places/datum.py: the shift fades to nothing between 0 and 0.2° outside China. */
(function (g) {
  "use strict";
  const A = 6378245.0, EE = 0.00669342162296594323, RAD = Math.PI / 180, FADE = 0.2, MOST_STEPS = 60;
  let china = null;

  /** 1 in China's outline, 0 from 0.2° outside it, linear between. */
  function weight(lat, lng) {
    if (lng < 72 || lng > 138 || lat < 0 || lat > 56) { return 0; }
    china = china || g.wire.rings(g.taken.china.rings, g.taken.china.scale);
    return g.places.isInside(china, lng, lat) ? 1 : Math.max(0, 1 - Math.min.apply(null, china.map(function (ring) {
      return distance(ring, lng, lat);
    })) / FADE);
  }

  /** Degrees to the nearest point of a closed ring. */
  function distance(ring, x, y) {
    let least = Infinity;
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const east = ring[i] - ring[j], north = ring[i + 1] - ring[j + 1];
      const along = ((x - ring[j]) * east + (y - ring[j + 1]) * north) / (east * east + north * north);
      const share = Math.max(0, Math.min(1, along));
      least = Math.min(least, Math.hypot(x - ring[j] - share * east, y - ring[j + 1] - share * north));
    }
    return least;
  }

  function wave(v, a, b) {
    return (20 * Math.sin(v * a * Math.PI) + 40 * Math.sin(v * b * Math.PI)) * 2 / 3;
  }
  function shift(lat, lng) {
    const x = lng - 105, y = lat - 35, root = Math.sqrt(Math.abs(x));
    const high = (20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * 2 / 3;
    const dLat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + high +
      wave(y, 1, 1 / 3) +
      (160 * Math.sin(y / 12 * Math.PI) + 320 * Math.sin(y * Math.PI / 30)) * 2 / 3;
    const dLng = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + high +
      wave(x, 1, 1 / 3) +
      (150 * Math.sin(x / 12 * Math.PI) + 300 * Math.sin(x / 30 * Math.PI)) * 2 / 3;
    const sin = Math.sin(lat * RAD), magic = 1 - EE * sin * sin, sqrt = Math.sqrt(magic);
    return [dLat / (A * (1 - EE) / (magic * sqrt) * RAD), dLng / (A / sqrt * Math.cos(lat * RAD) * RAD)];
  }
  function toGcj(lat, lng) {
    const share = weight(lat, lng);
    if (!share) { return [lat, lng]; }
    const d = shift(lat, lng);
    return [lat + share * d[0], lng + share * d[1]];
  }
  function fromGcj(lat, lng) {
    let guess = [lat, lng];
    for (let i = 0, off = 1; i < MOST_STEPS && off > 1e-12; i++) {
      const there = toGcj(guess[0], guess[1]), next = [guess[0] + lat - there[0], guess[1] + lng - there[1]];
      off = Math.max(Math.abs(next[0] - guess[0]), Math.abs(next[1] - guess[1]));
      guess = next;
    }
    return guess;
  }
  const plain = L.Projection.SphericalMercator;
  const projection = L.extend({}, plain, {
    project: function (place) {
      const moved = toGcj(place.lat, place.lng);
      return plain.project(L.latLng(moved[0], moved[1]));
    },
    unproject: function (point) {
      const place = plain.unproject(point), back = fromGcj(place.lat, place.lng);
      return L.latLng(back[0], back[1]);
    }
  });
  L.CRS.GCJ02 = L.extend({}, L.CRS.EPSG3857, { code: "GCJ02", projection: projection });
  L.CRS.GCJ02.toGcj = toGcj;
  L.CRS.GCJ02.fromGcj = fromGcj;
})(window.geomap);
