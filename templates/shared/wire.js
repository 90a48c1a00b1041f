/* Numbers, lines and tables as they travel to both pages: geomap/wire writes them. */
(function (g) {
  "use strict";
  const VERSION = 1, CODES = new Uint8Array(128);
  "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz!#$%()*+,-.:;=^_".split("")
    .forEach(function (letter, i) { CODES[letter.charCodeAt(0)] = i; });

  /** Reads numbers one by one: five bits a letter, the sixth says that more follow. */
  function Reader(text) {
    let at = 0;
    function next() {
      let value = 0, factor = 1, code = 0;
      do {
        code = CODES[text.charCodeAt(at++)];
        value += (code & 31) * factor;
        factor *= 32;
      } while (code & 32);
      return value;
    }
    function signed() { return unfold(next()); }
    return { next: next, signed: signed, more: function () { return at < text.length; } };
  }
  function unfold(value) { return value % 2 ? -(value + 1) / 2 : value / 2; }

  /** Numbers of steps in `1 / scale`; NaN where none is known. */
  function steps(text, scale) {
    const read = Reader(text), found = [];
    let last = 0;
    while (read.more()) {
      const step = read.next();
      found.push(step ? (last += unfold(step - 1)) / scale : NaN);
    }
    return found;
  }

  /** Lines or rings as flat degrees: x, y, x, y … of each. */
  function rings(text, scale) {
    const read = Reader(text), found = [];
    let x = 0, y = 0;
    while (read.more()) {
      const ring = new Float64Array(2 * read.next());
      for (let i = 0; i < ring.length; i += 2) {
        ring[i] = (x += read.signed()) / scale;
        ring[i + 1] = (y += read.signed()) / scale;
      }
      found.push(ring);
    }
    return found;
  }

  /** The columns of a table: lists, or { values, index } of those that are coded. */
  function table(file) {
    const found = Object.assign({ n: file.n }, file.texts);
    Object.keys(file.steps).forEach(function (name) {
      found[name] = steps(file.steps[name][1], file.steps[name][0]);
    });
    Object.keys(file.codes).forEach(function (name) {
      const coded = file.codes[name], read = Reader(coded[1]);
      const index = coded[1] ? Uint32Array.from({ length: file.n }, read.next) : null;
      found[name] = { values: coded[0], index: index };
    });
    return found;
  }

  /** The number of a row's value in a coded column; a row's value in any column. */
  function codeOf(column, i) { return column.index ? column.index[i] : 0; }
  function word(column, i) { return Array.isArray(column) ? column[i] : column.values[codeOf(column, i)]; }

  /** Refuse what another version wrote. */
  function check(version) {
    if (version !== VERSION) { throw new Error("data of another version: " + version); }
  }

  g.wire = { Reader: Reader, steps: steps, rings: rings, table: table, codeOf: codeOf, word: word, check: check };
})(window.geomap);
