/* Find a district, street or station by Chinese, pinyin or initials, from files of the edition. */
(function (g) {
  "use strict";
  const MOST = 12, MOST_PARTS = 10, MOST_GROUND = 5;
  let letters = null, syllables = null, input = null, box = null, chosen = -1, asked = 0, timer = 0, found = [];

  /** Character → its readings, from reading → characters. */
  function takeReadings(value) {
    letters = new Map();
    syllables = new Set();
    learn(value.readings);
  }

  const tables = {};
  /** A table of names from a file of its own, with their readings. */
  async function table(name) {
    if (!tables[name]) {
      const file = await g.store.fetchFile(name);
      learn(file.readings);
      tables[name] = g.wire.table(file.table);
    }
    return tables[name];
  }

  /** Districts of the country that this edition has nothing in, from a file of their own. */
  async function elsewhere(query) {
    const everywhere = await table("everywhere"), found = [];
    for (let i = 0; i < everywhere.name.length && found.length < 5; i++) {
      const name = everywhere.name[i], city = g.wire.word(everywhere.city, i), province = g.wire.word(everywhere.province, i);
      if (matches(query, name) || matches(query, city + name)) {
        found.push({ kind: "district", name: name, where: g.store.say([province, city, name]), lon: everywhere.lon[i], lat: everywhere.lat[i] });
      }
    }
    return found;
  }

  function learn(readings) {
    Object.keys(readings).forEach(function (reading) {
      syllables.add(reading);
      for (const character of readings[reading].replace(/ /g, "")) {
        const known = letters.get(character) || [];
        if (known.indexOf(reading) < 0) { letters.set(character, known.concat(reading)); }
      }
    });
  }

  function ready() {
    return letters ? g.store.names()
      : Promise.all([g.store.fetchFile("readings").then(takeReadings), g.store.names()]);
  }

  function plain(text) { return text.normalize("NFKC").toLowerCase().replace(/[\s'’·-]+/g, ""); }

  /** Whether a query stands in a name: as characters, or as whole or first letters of readings. */
  function matches(query, name) {
    const text = plain(name);
    if (text.indexOf(query) >= 0) { return true; }
    if (!/^[a-z0-9]+$/.test(query)) { return false; }
    const characters = Array.from(text), tried = new Set();
    return characters.some(function (_, i) { return follow(query, characters, i, tried); });
  }

  /* Each rest of the query is tried once at a character: 啊啊啊… can be read in very many ways. */
  function follow(query, characters, i, tried) {
    const key = query.length + "@" + i;
    if (!query) { return true; }
    if (i >= characters.length || tried.has(key)) { return false; }
    tried.add(key);
    const readings = letters.get(characters[i]) || [characters[i]];
    return readings.some(function (reading) {
      if (query.length < reading.length && reading.indexOf(query) === 0) { return true; }
      return (query.indexOf(reading) === 0 && follow(query.slice(reading.length), characters, i + 1, tried)) ||
        (query[0] === reading[0] && follow(query.slice(1), characters, i + 1, tried));
    });
  }

  /** What a query goes on with after a whole name, read in any way; none where it does not begin so. */
  function rests(query, name) {
    const text = plain(name);
    if (query.indexOf(text) === 0) { return query.length > text.length ? [query.slice(text.length)] : []; }
    let heads = [query];
    for (const character of text) {
      const next = new Set();
      heads.forEach(function (head) {
        (letters.get(character) || [character]).forEach(function (reading) {
          if (head.indexOf(reading) === 0) { next.add(head.slice(reading.length)); }
          if (head[0] === reading[0]) { next.add(head.slice(1)); }
        });
      });
      heads = Array.from(next);
      if (!heads.length) { break; }
    }
    return heads.filter(Boolean);
  }

  /** Strings of initials that a query may mean: 酒仙桥, jiuxianqiao and jxq are all jxq. */
  function initials(query) {
    let all = [""];
    const pieces = /^[a-z]+$/.test(query) ? split(query) : null;
    if (pieces) { return Array.from(new Set([pieces.map(function (p) { return p[0]; }).join(""), query])); }
    for (const character of query) {
      const readings = letters.get(character) || [character];
      const first = Array.from(new Set(readings.map(function (r) { return r[0]; })));
      all = [].concat.apply([], all.map(function (text) {
        return first.map(function (letter) { return text + letter; });
      })).slice(0, 16);
    }
    return all;
  }

  /** Cut letters into syllables, longest first; null where they are none. */
  function split(query) {
    if (!query) { return []; }
    for (let n = Math.min(6, query.length); n > 0; n--) {
      if (!syllables.has(query.slice(0, n))) { continue; }
      const rest = split(query.slice(n));
      if (rest) { return [query.slice(0, n)].concat(rest); }
    }
    return null;
  }

  async function pairFile(pair) {
    const letter = /^[a-z]/.test(pair) ? pair[0] : "0", name = "pairs/" + (g.store.has("pairs/all") ? "all" : letter);
    return g.store.has(name) ? (await g.store.fetchFile(name)).pairs : {};
  }

  /** Numbers of the districts whose names may hold the query; null: it is too short to tell. */
  async function candidates(query) {
    const union = new Set();
    let told = false;
    for (const text of initials(query)) {
      let kept = null;
      for (let i = 0; i + 1 < text.length; i++) {
        const numbers = (await pairFile(text.slice(i, i + 2)))[text.slice(i, i + 2)];
        if (!numbers) { continue; }
        const here = new Set(g.wire.steps(numbers, 1));
        kept = kept === null ? here : new Set(Array.from(kept).filter(function (n) { return here.has(n); }));
      }
      if (kept) { told = true; kept.forEach(function (n) { union.add(n); }); }
    }
    return told ? Array.from(union) : null;
  }

  /** Districts near the rider first, then those with many stations. */
  function nearFirst(numbers) {
    const place = g.state.place, d = g.store.over.districts;
    return numbers.sort(function (a, b) {
      return (place ? g.nearest.toBox(place.lon, place.lat, d.box[a]) - g.nearest.toBox(place.lon, place.lat, d.box[b]) : 0) ||
        d.count[b] - d.count[a];
    });
  }

  function districts(query) {
    return g.store.over.districts.code.map(function (code, i) { return i; }).filter(function (i) {
      const one = g.store.district(i);
      return one.name && (matches(query, one.name) || matches(query, one.city + one.name));
    }).slice(0, 5).map(function (i) {
      return { kind: "district", name: g.store.district(i).name, where: g.store.fullName(i), number: i };
    });
  }

  /** Townships and stations of one part that match. */
  function inPart(part, query, towns, stations) {
    for (let i = 0; i < part.n; i++) {
      const row = g.columns.row(part, i);
      if (row.town && !isNaN(row.lon) && matches(query, row.town)) {
        const key = part.code + row.town, town = towns.get(key) || { kind: "town", name: row.town,
          where: g.store.fullName(row.district), number: row.district, lon: 0, lat: 0, n: 0 };
        town.lon += row.lon;
        town.lat += row.lat;
        town.n += 1;
        towns.set(key, town);
      }
      // Whoever asks for a place by name is shown it, planned or for members only as it may be.
      if (row.kind !== "union_branch" && matches(query, row.name)) {
        stations.push({ kind: "station", name: row.name, where: g.rows.where(row), id: row.id });
      }
    }
  }

  /** What a query finds: districts, then townships, stations, and names of the ground. */
  async function find(text) {
    const query = plain(text);
    if (!query) { return []; }
    await ready();
    const numbers = await candidates(query), towns = new Map(), stations = [];
    const codes = numbers ? nearFirst(numbers).slice(0, MOST_PARTS).map(function (i) { return g.store.over.districts.code[i]; })
      : g.store.loaded.concat(g.store.over.districts.code.length <= MOST_PARTS ? g.store.over.districts.code : []);
    const parts = await Promise.all(Array.from(new Set(codes)).map(g.store.load));
    parts.forEach(function (part) { inPart(part, query, towns, stations); });
    const [named, crossings] = await Promise.all([g.searchGround.find(query), g.searchGround.findCrossings(text)]
      .map(function (asked) { return asked.catch(function () { return []; }); })), ground = crossings.concat(named);
    const own = districts(query), found = own.concat(Array.from(towns.values()).slice(0, 5), stations.slice(0, MOST - MOST_GROUND), ground, stations.slice(MOST - MOST_GROUND));
    const others = own.length || towns.size || ground.length || query.length < 2 ? [] : await elsewhere(query).catch(function () { return []; });
    return found.concat(others).slice(0, MOST);
  }

  /* The box below the field: a listbox that the arrow keys walk through. */
  function show(results) {
    found = results;
    chosen = -1;
    box.replaceChildren.apply(box, results.length ? results.map(option) : [g.el("li", { role: "option", "aria-disabled": "true", "class": "nothing" },
      g.t("没有找到。换个说法，或在地图上点一下您的位置。", "Nothing found. Try another name, or tap the map where you are."))]);
    open(true);
  }

  const KINDS = { district: ["区县", "District"], town: ["街道", "Street"], station: ["驿站", "Station"],
    street: ["道路", "Road"], place: ["地点", "Place"], quarter: ["片区", "Quarter"], crossing: ["路口", "Crossing"] };
  function option(one, i) {
    return g.el("li", { role: "option", id: "found-" + i, "aria-selected": "false", onclick: function () { choose(i); } },
      g.el("span", { "class": "kind" }, g.t(KINDS[one.kind][0], KINDS[one.kind][1])), " ",
      g.el("strong", {}, g.said(g.rows.cut(g.store.latin(one.name)))), " ", g.el("small", {}, g.said(one.where)));
  }

  function open(isOpen) {
    box.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) { input.removeAttribute("aria-activedescendant"); }
  }

  function move(step) {
    if (box.hidden || !found.length) { return; }
    chosen = (chosen + step + found.length) % found.length;
    Array.from(box.children).forEach(function (node, i) { node.setAttribute("aria-selected", String(i === chosen)); });
    input.setAttribute("aria-activedescendant", "found-" + chosen);
    box.children[chosen].scrollIntoView({ block: "nearest" });
  }

  let take = function () {};
  function choose(i) {
    const one = found[i];
    clearTimeout(timer); /* what was typed last is not looked up any more */
    asked += 1;
    open(false);
    input.value = g.cut(one.name, 40);
    if (matchMedia("(pointer: coarse)").matches) { input.blur(); } /* its keyboard would lie on the answer */
    take(one);
  }

  async function ask() {
    const mine = ++asked, text = input.value;
    if (!text.trim()) { open(false); return; }
    try {
      const results = await find(text);
      if (mine === asked) { show(results); }
    } catch (error) { if (mine === asked) { show([]); } }
  }

  function start(taken) {
    take = taken;
    input = document.getElementById("query");
    box = document.getElementById("found");
    input.addEventListener("focus", function () { ready().catch(function () {}); }, { once: true });
    input.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(ask, 120); });
    input.addEventListener("keydown", function (event) {
      if (event.key === "ArrowDown") { event.preventDefault(); move(1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); move(-1); }
      else if (event.key === "Escape" && !box.hidden) { event.preventDefault(); open(false); }
    });
    document.getElementById("search").addEventListener("submit", async function (event) {
      event.preventDefault();
      const text = input.value, before = location.hash;
      if (box.hidden || !found.length) { await ask(); }
      /* Who typed on or went elsewhere while it was looked up is not brought back. */
      if (found.length && input.value === text && location.hash === before) { choose(Math.max(0, chosen)); }
    });
    document.addEventListener("click", function (event) {
      if (!event.target.closest("#search")) { open(false); }
    });
  }

  g.search = { start: start, find: find, matches: matches, rests: rests, plain: plain, table: table };
})(window.geomap);
