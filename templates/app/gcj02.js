/* A base map in GCJ-02: everything drawn goes through the map's projection, so shifting there
   moves stations, lines, circles and the user's own position alike. Facts stay WGS-84. */
(function () {
  "use strict";
  const A = 6378245.0, EE = 0.00669342162296594323, RAD = Math.PI / 180;

  function isOutside(lat, lng) {
    return lng < 72.004 || lng > 137.8347 || lat < 0.8293 || lat > 55.8271;
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
    if (isOutside(lat, lng)) { return [lat, lng]; }
    const d = shift(lat, lng);
    return [lat + d[0], lng + d[1]];
  }
  function fromGcj(lat, lng) {
    let guess = [lat, lng];
    if (isOutside(lat, lng)) { return guess; }
    for (let i = 0; i < 12; i++) {
      const there = toGcj(guess[0], guess[1]);
      guess = [guess[0] + lat - there[0], guess[1] + lng - there[1]];
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
})();
