/* What the map shows: for each new question its answer, the rows that matter, and where one stands. */
(function (g) {
  "use strict";
  const NEAREST = 3, CLOSE = 16, AROUND = 9, SIGN = 20, SIDE = 60;
  let framed = null;

  function at(row) { return isNaN(row.lon) ? null : L.latLng(row.lat, row.lon); }

  /** Where a row may be: its point, or, of one that is known roughly, all the land that it may stand on. */
  function land(row) { return at(row).toBounds(g.judge.isExact(row) ? 0 : 2 * (row.radius || 0)); }

  /** The zoom beyond which a map would show a row more exactly than anybody knows it. */
  function nearestZoom(map, row) { return isNaN(row.lon) || g.judge.isExact(row) ? CLOSE : Math.min(CLOSE, map.getBoundsZoom(land(row))); }

  /** A new place or a choice: the next answer is framed even where the last one was the same. */
  function renew() { framed = null; }

  /** Once for each question: its first rows and, always, the place that is recommended. */
  function show(map, rows, answer, bounds) {
    const state = g.state, place = state.place, named = [answer.best, answer.open].filter(Boolean)[0];
    const key = [state.district, state.town, state.city, place && place.lon, place && place.lat, state.filters.join(), state.member, named && named.row.id].join("/");
    if (!map || framed === key || state.card) { return; }
    const area = state.district || state.city, isFirst = framed === null && !area && !place && !state.filters.length;
    framed = key;
    if (isFirst) { return; }
    if (!area && !place && !state.filters.length) { map.fitBounds(bounds, { animate: false }); return; }
    const found = rows.slice(0, place && !area ? NEAREST : rows.length).concat(named && place ? [named] : []);
    const box = L.latLngBounds(found.map(function (one) { return at(one.row); }).filter(Boolean));
    if (place && !area) { box.extend([place.lat, place.lon]); }
    if (!box.isValid() || (place && place.kind === "tap" && map.getBounds().contains(box))) { return; }
    fit(map, box, { animate: false, maxZoom: Math.max.apply(null, [AROUND].concat(found.map(function (one) { return nearestZoom(map, one.row); }))) });
  }

  /** A chosen station with the way to it, or alone where nobody knows from where. */
  function choose(map, row) {
    const place = g.state.place;
    if (!map || isNaN(row.lon)) { return; }
    const lines = (g.guide && g.guide.draw(row)) || [], box = land(row);
    lines.forEach(function (line) { line.points.forEach(function (point) { box.extend([point[1], point[0]]); }); });
    if (place && g.places.metresTo(place, row) < 30000) { box.extend([place.lat, place.lon]); }
    fit(map, box, { maxZoom: Math.max(CLOSE, Math.min(17, map.getZoom())) });
  }

  /** As near as the box fits between the buttons, the legend, the scale and the card, with room for a sign. */
  function fit(map, box, options) {
    map.fitBounds(box, Object.assign({ paddingTopLeft: [SIDE, SIGN + document.querySelector(".legend").offsetHeight], paddingBottomRight: [SIGN, SIGN + covered(map)] }, options));
  }

  /** Pixels of the map's foot that the card lies on. */
  function covered(map) {
    const card = document.getElementById("card").getBoundingClientRect(), pane = map.getContainer().getBoundingClientRect();
    return card.right <= pane.left || card.top < pane.top ? 0 : Math.max(0, pane.bottom - card.top);
  }

  g.framing = { show: show, choose: choose, renew: renew };
})(window.geomap);
