/* What has been loaded: the overview, and one part a district; a name is its content, so two
   editions never meet. */
(function (g) {
  "use strict";
  const FOLDER = "assets/d/", numbers = new Map(), parts = Object.create(null), more = Object.create(null);
  let over = null, first = null;

  /** The marks of the districts' files, once they are there: with the overview, or behind it. */
  function bringMarks() {
    return over.marks ? Promise.resolve() : fetchFile("marks").then(function (file) { over.marks = file.marks; });
  }

  /** The mark of a file, by the edition's own lists; nothing else has an address. */
  function markOf(name) {
    const code = /^(?:part|more)\/(.*)$/.exec(name), number = code && numbers.get(code[1]);
    return code ? number === undefined ? "" : g.markAt(over.marks || "", number) : g.markOf(over.files, name);
  }

  /** Whether the overview itself names a file. */
  function has(name) { return Object.hasOwn(over.files, name); }
  /** What the overview names of a folder. */
  function list(folder) {
    return Object.keys(over.files).filter(function (name) { return name.indexOf(folder) === 0; });
  }

  /** Take the overview: edges become boxes in degrees. */
  function start(overview) {
    g.wire.check(overview.wire);
    over = overview;
    over.mark = g.marks.overview;
    const d = over.districts = g.wire.table(over.districts);
    d.code = d.code || Array.from(d.number, function (number) { return isNaN(number) ? "none" : String(number); });
    d.box = d.code.map(function (code, i) {
      numbers.set(code, i);
      return isNaN(d.west[i]) ? null : [d.west[i], d.south[i], d.west[i] + d.wide[i], d.south[i] + d.high[i]];
    });
    if (over.names) { over.names = g.wire.table(over.names); }
    over.streets = has("streets/index");
    over.base = has("base/index");
    first = g.columns.read("", over.first);
    return over;
  }

  /** A district of the overview as facts; its names are empty until names() has brought them. */
  function district(i) {
    const d = over.districts, names = over.names;
    return { number: i, code: d.code[i], count: d.count[i], box: d.box[i],
      name: names ? names.name[i] : "", city: names ? g.wire.word(names.city, i) : "",
      province: names ? g.wire.word(names.province, i) : "" };
  }

  /** "北京市朝阳区", never "北京市北京市". */
  function join(place) {
    return [place[0], place[1] === place[0] ? "" : place[1], place[2]].join("");
  }
  function fullName(i, town) {
    const one = district(i);
    return say([one.province, one.city, one.name], town);
  }

  /** A whole place in the page's language: Chaoyang, Beijing. */
  function say(place, town) {
    if (g.lang !== "en") { return [join(place), town].filter(Boolean).join(" "); }
    return Array.from(new Set(place.concat(town).filter(Boolean).reverse())).map(g.latin).join(", ");
  }

  /** Bring the names of all districts, or their counts by facility; at once in a small edition. */
  function bring(key, read) {
    return over[key] ? Promise.resolve() : fetchFile(key).then(function (value) { over[key] = read(value); });
  }

  /** The address of a file of the edition; none for what its lists do not name. */
  function address(name) { return g.addressOf(FOLDER, name, markOf(name)); }

  /** The address of a station's picture. */
  function photo(name) { return /^[a-p]{16}\.jpg$/.test(name) ? FOLDER + "photos/" + name : ""; }

  g.fetchFile = fetchFile;
  function fetchFile(name) {
    if (g.taken[name]) { return Promise.resolve(g.taken[name]); }
    return g.bring(FOLDER, name, markOf(name)).catch(function (error) {
      g.store.onTrouble(error);
      throw error;
    });
  }

  /** The part of a district, once it is there. */
  function load(code) {
    if (parts[code] && parts[code].then) { return parts[code]; }
    if (parts[code]) { return Promise.resolve(parts[code]); }
    parts[code] = bringMarks().then(function () { return fetchFile("part/" + code); }).then(function (columns) {
      parts[code] = g.columns.read(code, columns);
      delete g.taken["part/" + code];
      g.store.onLoaded(code);
      return parts[code];
    }).catch(function (error) { delete parts[code]; throw error; });
    return parts[code];
  }

  function ready(code) { return parts[code] && !parts[code].then ? parts[code] : null; }

  /** Sources, phone, services and outline of a district. */
  function loadMore(code) {
    more[code] = more[code] || bringMarks().then(function () { return fetchFile("more/" + code); }).catch(function (error) {
      delete more[code];
      throw error;
    });
    return more[code];
  }

  function hashId(id) {
    let value = 0x811c9dc5;
    new TextEncoder().encode(id).forEach(function (byte) {
      value = Math.imul(value ^ byte, 0x01000193) >>> 0;
    });
    return value;
  }

  /** The districts that may hold an id: from what is loaded, else from the id index. */
  function whereIs(id) {
    const known = Object.keys(parts).filter(function (code) {
      return ready(code) && parts[code].id.indexOf(id) >= 0;
    });
    if (known.length) { return Promise.resolve(known); }
    const at = first.id.indexOf(id);
    if (at >= 0) { return Promise.resolve([over.districts.code[first.district[at]]]); }
    const hashed = hashId(id);
    return fetchFile("ids/" + hashed % list("ids/").length).then(function (index) {
      const hashes = g.wire.steps(index.hash, 1);
      return g.wire.steps(index.district, 1).filter(function (number, i) { return hashes[i] === hashed; })
        .map(function (number) { return over.districts.code[number]; });
    });
  }

  /** The station with this id, or with the id that took its place; or null. */
  function find(id) {
    return look(id).then(function (row) {
      return row || fetchFile("aliases").then(function (aliases) {
        return Object.hasOwn(aliases.now, id) ? look(aliases.now[id]) : null;
      });
    });
  }

  function look(id) {
    return whereIs(id).then(function (codes) {
      return Promise.all(codes.map(load));
    }).then(function (loaded) {
      for (const part of loaded) {
        const i = part.id.indexOf(id);
        if (i >= 0) { return g.columns.row(part, i); }
      }
      return null;
    });
  }

  /** Whether the first rows are all that the edition offers. */
  function isWhole() { return over.districts.count.reduce(function (a, b) { return a + b; }, 0) <= first.n; }

  /** Whether a rider may be offered a row: a place to rest that operates, for them. */
  function isOffered(row) { return over.law.listed.indexOf(row.role) >= 0 || isForMe(row); }

  /** A room for members of a union, and the rider is one. */
  function isForMe(row) { return g.state.member && row.role === "restricted" && row.access === "members"; }

  /** What a row is, by the edition's own table: certain, possible, planned, branch … */
  function role(kind, status, access) { return over.law.roles[kind + " " + status + " " + access]; }

  g.store = {
    start: start, district: district, fullName: fullName, join: join, latin: g.latin, say: say,
    names: function () { return bring("names", g.wire.table); },
    facets: function () { return bring("facets", function (counts) { return counts; }); }, load: load, ready: ready,
    loadMore: loadMore, bringMarks: bringMarks, address: address, photo: photo, fetchFile: fetchFile, find: find, isOffered: isOffered, isWhole: isWhole, isForMe: isForMe, role: role,
    has: has, list: list, number: function (code) { return numbers.get(code); },
    get over() { return over; }, get first() { return first; },
    get loaded() { return Object.keys(parts).filter(ready); },
    onTrouble: function () {}, onLoaded: function () {}
  };
})(window.geomap);
