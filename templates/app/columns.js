/* Columns of one district (see geomap/pages/columns.py) as typed arrays, and a row as facts. */
(function (g) {
  "use strict";
  const CELLS = Math.pow(2, 26);

  /** Read a file's columns; `code` is its district. */
  function read(code, columns) {
    const n = columns.n, part = { code: code, n: n, id: columns.id, name: columns.name,
      lon: new Float64Array(n), lat: new Float64Array(n), cellX: new Int32Array(n),
      cellY: new Int32Array(n), sumX: new Float64Array(n + 1), sumY: new Float64Array(n + 1),
      columns: columns, district: columns.district || null,
      place: columns.place || null, places: columns.places || null };
    let x = 0, y = 0;
    for (let i = 0; i < n; i++) {
      x = columns.differences ? x + columns.x[i] : columns.x[i];
      y = columns.differences ? y + columns.y[i] : columns.y[i];
      place(part, i, columns.x[i] === null ? NaN : x / 1e6, y / 1e6);
    }
    return part;
  }

  function place(part, i, lon, lat) {
    const known = !isNaN(lon), at = known ? g.places.mercator(lon, lat) : [0, 0];
    part.lon[i] = lon;
    part.lat[i] = known ? lat : NaN;
    part.cellX[i] = known ? Math.floor(at[0] * CELLS) : -1;
    part.cellY[i] = Math.floor(at[1] * CELLS);
    part.sumX[i + 1] = part.sumX[i] + at[0];
    part.sumY[i + 1] = part.sumY[i] + at[1];
  }

  /** A coded column is [values, index of every row], or [values, 0] where all agree. */
  function coded(column, i) {
    return column[0][typeof column[1] === "number" ? column[1] : column[1][i]];
  }

  /** One row as facts; cheap enough to make when it is looked at. */
  function row(part, i) {
    const c = part.columns, hours = c.hours;
    const h = typeof hours[1] === "number" ? hours[1] : hours[1][i];
    const kind = coded(c.kind, i), status = coded(c.status, i), access = coded(c.access, i);
    const number = part.district ? part.district[i] : g.store.number(part.code);
    return { id: part.id[i], name: part.name[i], lon: part.lon[i], lat: part.lat[i],
      kind: kind, status: status, access: access, role: g.store.role(kind, status, access),
      precision: coded(c.precision, i), town: coded(c.town, i), hours: hours[0][h],
      rules: hours[2][h], facilities: coded(c.facilities, i), radius: coded(c.radius, i),
      verified: coded(c.verified, i), opens: coded(c.opens, i),
      code: part.district ? g.store.over.districts.code[number] : part.code, district: number,
      place: part.places ? part.places[number] : part.place };
  }

  g.columns = { read: read, row: row, coded: coded, CELLS: CELLS };
})(window.geomap);
