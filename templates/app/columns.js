/* The stations of one district (see geomap/pages/columns.py), and a row as facts. */
(function (g) {
  "use strict";
  const CELLS = Math.pow(2, 26);

  /** Read a file's columns; `code` is its district. */
  function read(code, file) {
    const n = file.n, part = Object.assign(g.wire.table(file), { code: code, rules: file.rules, always: file.always,
      cellX: new Int32Array(n), cellY: new Int32Array(n),
      district: file.district || null, place: file.place || null, places: file.places || null });
    for (let i = 0; i < n; i++) { place(part, i); }
    return part;
  }

  function place(part, i) {
    const known = !isNaN(part.lon[i]), at = known ? g.places.mercator(part.lon[i], part.lat[i]) : [0, 0];
    part.cellX[i] = known ? Math.floor(at[0] * CELLS) : -1;
    part.cellY[i] = Math.floor(at[1] * CELLS);
  }

  /** One row as facts; cheap enough to make when it is looked at. */
  function row(part, i) {
    const coded = g.wire.word, h = g.wire.codeOf(part.hours, i);
    const kind = coded(part.kind, i), status = coded(part.status, i), access = coded(part.access, i);
    const number = part.district ? part.district[i] : g.store.number(part.code);
    return { id: part.id[i], name: part.name[i], lon: part.lon[i], lat: part.lat[i],
      kind: kind, status: status, access: access, role: g.store.role(kind, status, access),
      precision: coded(part.precision, i), town: coded(part.town, i), hours: part.hours.values[h],
      rules: part.rules[h], always: part.always[h] === 1, facilities: coded(part.facilities, i), radius: coded(part.radius, i),
      verified: coded(part.verified, i), opens: coded(part.opens, i),
      code: part.district ? g.store.over.districts.code[number] : part.code, district: number,
      place: part.places ? part.places[number] : part.place };
  }

  g.columns = { read: read, row: row };
})(window.geomap);
