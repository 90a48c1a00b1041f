/* What a way that was found is like: how long, how much of it is pushed, and where it runs. */
(function (g) {
  "use strict";

  function isPushed(one) { return !(one.square.code[one.street] & g.paths.RIDE[one.way]); }

  /** Metres of a way (see ways.js, trace), and how many of them are pushed. */
  function measure(way) {
    let all = 0, pushed = 0;
    way.forEach(function (one) {
      const dm = Math.abs(one.high - one.low);
      all += dm;
      if (isPushed(one)) { pushed += dm; }
    });
    return { metres: all / 10, pushed: pushed / 10 };
  }

  /** The way as lines of [lon, lat], ridden and pushed ones apart: { pushed, points }. */
  function draw(way) {
    const lines = [];
    way.forEach(function (one) {
      const last = lines[lines.length - 1], pushed = isPushed(one), points = along(one);
      if (last && last.pushed === pushed) { last.points = last.points.concat(points); }
      else { lines.push({ pushed: pushed, points: points }); }
    });
    return lines;
  }

  /** A stretch's vertices: those of its street between its ends, and the ends themselves. */
  function along(one) {
    const square = one.square, first = square.start[one.street], last = square.start[one.street + 1] - 1;
    const low = Math.min(one.low, one.high), high = Math.max(one.low, one.high), found = [], steps = [0];
    for (let k = first; k < last; k++) {
      steps.push(steps[k - first] + Math.hypot((square.vx[k + 1] - square.vx[k]) * square.east, (square.vy[k + 1] - square.vy[k]) * square.south));
    }
    const scale = square.dm[one.street] / (steps[steps.length - 1] || 1);
    for (let k = first; k < last; k++) {
      const from = steps[k - first] * scale, to = steps[k - first + 1] * scale;
      if (to < low || from > high || to === from) { continue; }
      if (!found.length) { found.push(between(square, k, Math.max(0, (low - from) / (to - from)))); }
      found.push(between(square, k, Math.min(1, (high - from) / (to - from))));
    }
    return one.low <= one.high ? found : found.reverse();
  }

  function between(square, k, share) {
    const all = Math.pow(2, square.level.zoom) * square.level.parts, parts = square.level.parts;
    const x = (square.x * parts + square.vx[k] + (square.vx[k + 1] - square.vx[k]) * share) / all;
    const y = (square.y * parts + square.vy[k] + (square.vy[k + 1] - square.vy[k]) * share) / all;
    return g.canvas.degreesAt(x, y);
  }

  g.course = { measure: measure, draw: draw };
})(window.geomap);
