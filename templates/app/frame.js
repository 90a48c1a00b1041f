/* What every page shares. Facts come as classic scripts that call geomap.take; they reach the
   page as text nodes only. Loaded after Leaflet and before the data and the page's own script. */
(function () {
  "use strict";
  const MARK = 7;
  const geomap = window.geomap = { taken: Object.create(null), marks: Object.create(null), lang: "zh-CN" };
  const waiting = {}, listeners = [], loads = {};
  const OWN_FILE = /^assets(\/[\w-]+)+\.js$/, OWN_KEY = "geomap " + location.pathname.replace(/index\.html$/, "") + " ";

  /** Keep what a data script brings, and tell whoever waits for it; its mark is of its content. */
  geomap.take = function (name, value, mark) {
    geomap.taken[name] = value;
    geomap.marks[name] = mark;
    (waiting[name] || []).forEach(function (tell) { tell(value); });
    delete waiting[name];
  };

  /** Call `tell` with the data called `name`, now or when it comes. */
  geomap.when = function (name, tell) {
    if (name in geomap.taken) { tell(geomap.taken[name]); return; }
    (waiting[name] = waiting[name] || []).push(tell);
  };

  /** Load one more script, the only way to do so; the promise holds when it has run. An address is
      made of plain names below assets/, so none leads to another file. Works from file://. */
  geomap.load = function (address) {
    if (!OWN_FILE.test(address)) { return Promise.reject(new Error(address)); }
    loads[address] = loads[address] || new Promise(function (done, failed) {
      const script = document.createElement("script");
      script.src = address;
      script.onload = function () { done(); };
      script.onerror = function () { delete loads[address]; script.remove(); failed(new Error(address)); };
      document.head.appendChild(script);
    });
    return loads[address];
  };

  /** The n-th mark of a list. */
  geomap.markAt = function (list, n) { return list.slice(MARK * n, MARK * (n + 1)); };

  /** The mark of a data file by its edition's lists, `files` and those of its squares; "" for what none names. */
  geomap.markOf = function (files, name) {
    if (Object.hasOwn(files, name)) { return files[name]; }
    const at = name.indexOf("/") + 1, folder = name.slice(0, at);
    const owner = folder === "streets/" ? geomap.squares : folder === "base/" && geomap.base ? geomap.base.squares : null;
    return owner && owner.marks.get(name.slice(at)) || "";
  };

  /** The address of a data file; none without its mark. */
  geomap.addressOf = function (folder, name, mark) { return mark ? folder + name + "-" + mark + ".js" : ""; };

  /** What a data file brings, once it is there: that of the mark, and of no other edition. */
  geomap.bring = function (folder, name, mark) {
    return geomap.load(geomap.addressOf(folder, name, mark)).then(function () {
      if (geomap.marks[name] !== mark) { throw new Error("another edition: " + name); }
      return geomap.taken[name];
    });
  };

  /** What the address asks for under a name: the one of `known` that it gives, or nothing. Any text
      may stand in an address; without `known` a short one is given as it is, to be looked up. */
  geomap.asked = function (name, known) {
    const text = new URLSearchParams(location.hash.slice(1)).get(name) || "";
    return text.length < 200 && (!known || known.indexOf(text) >= 0) ? text : "";
  };

  /** Keep a choice on this phone, and find it again: for this map alone, not for others of its host. */
  geomap.keep = function (name, value) {
    try { localStorage.setItem(OWN_KEY + name, value); } catch (error) { /* private mode */ }
  };
  geomap.kept = function (name) {
    try { return localStorage.getItem(OWN_KEY + name); } catch (error) { return null; }
  };

  /** The first signs of a text, no half of one: half a sign cannot stand in an address. */
  geomap.cut = function (text, most) { return Array.from(text.slice(0, 2 * most)).slice(0, most).join(""); };

  /** The words of the chosen language. */
  geomap.t = function (zh, en) { return geomap.lang === "en" ? en : zh; };

  /** A division's name as the page's language spells it, once the file `latin` is there. */
  geomap.latin = function (name) {
    const file = geomap.lang === "en" && geomap.taken.latin;
    return file && Object.hasOwn(file.names, name) ? file.names[name] : name;
  };

  /** Call `tell` after every change of language. */
  geomap.onLanguage = function (tell) { listeners.push(tell); };

  geomap.setLanguage = function (lang) {
    geomap.lang = lang === "en" ? "en" : "zh-CN";
    geomap.keep("lang", geomap.lang);
    document.documentElement.lang = geomap.lang;
    geomap.translate(document);
    listeners.forEach(function (tell) { tell(geomap.lang); });
  };

  /** Swap the text of elements with data-zh and data-en; -label and -placeholder swap attributes. */
  geomap.translate = function (root) {
    const which = geomap.lang === "en" ? "en" : "zh";
    root.querySelectorAll("[data-en]").forEach(function (node) {
      node.textContent = node.dataset[which];
    });
    [["label", "aria-label"], ["placeholder", "placeholder"]].forEach(function ([key, attribute]) {
      root.querySelectorAll("[data-en-" + key + "]").forEach(function (node) {
        node.setAttribute(attribute, node.getAttribute("data-" + which + "-" + key));
      });
    });
  };

  /** Make an element: attributes, then children; a child that is no node becomes text. */
  geomap.el = function (tag, attributes) {
    const node = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (key) {
      const value = attributes[key];
      if (value === null || value === undefined || value === false) { return; }
      if (key.slice(0, 2) === "on") { node.addEventListener(key.slice(2), value); return; }
      node.setAttribute(key, value === true ? "" : value);
    });
    for (let i = 2; i < arguments.length; i++) { append(node, arguments[i]); }
    return node;
  };
  function append(node, child) {
    if (Array.isArray(child)) { child.forEach(function (one) { append(node, one); }); return; }
    if (child === null || child === undefined || child === "") { return; }
    node.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }

  /** Text of a document or a row: isolated, so that a direction mark cannot turn ours round. */
  geomap.said = function (text) { return geomap.el("bdi", {}, text); };

  /** Start Leaflet in the element that folium's Map left: its options, tiles, scale. */
  geomap.startMap = function (id) {
    const box = document.getElementById(id || "map"), start = JSON.parse(box.dataset.map);
    const options = start.options, tiles = start.tiles;
    options.attributionControl = false;
    options.zoomControl = false;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      options.zoomAnimation = options.fadeAnimation = options.markerZoomAnimation = false;
    }
    if (tiles.length && tiles[0].datum === "gcj02") { options.crs = L.CRS.GCJ02; }
    const map = L.map(box, options).fitBounds(start.bounds, { padding: [16, 16] });
    addZoom(map);
    L.control.scale({ imperial: false }).addTo(map);
    addTiles(map, tiles);
    map.hasTiles = tiles.length > 0;
    geomap.take("map", map);
    return map;
  };

  function addZoom(map) {
    const control = L.control.zoom({ zoomInTitle: "放大", zoomOutTitle: "缩小" }).addTo(map);
    geomap.onLanguage(function () {
      [[control._zoomInButton, "放大", "Zoom in"], [control._zoomOutButton, "缩小", "Zoom out"]]
        .forEach(function (one) {
          one[0].title = geomap.t(one[1], one[2]);
          one[0].setAttribute("aria-label", geomap.t(one[1], one[2]));
        });
    });
  }

  function addTiles(map, tiles) {
    const names = [], layers = tiles.map(function (tile) {
      names.push(tile.label);
      return L.tileLayer(tile.url, { maxZoom: tile.maxZoom });
    });
    if (!layers.length) { return; }
    const credit = geomap.el("p", { "class": "credit" }, tiles[0].attribution);
    let chosen = 0;
    layers[0].addTo(map);
    map.getContainer().appendChild(credit);
    if (layers.length < 2) { return; }
    const select = geomap.el("select", { "class": "tiles", "data-en-label": "Base map",
      "data-zh-label": "底图", "aria-label": "底图" }, names.map(function (name, i) {
      return geomap.el("option", { value: i }, name);
    }));
    select.addEventListener("change", function () {
      layers[chosen].remove();
      chosen = Number(select.value);
      layers[chosen].addTo(map);
      credit.textContent = tiles[chosen].attribution;
    });
    L.DomEvent.disableClickPropagation(select);
    map.getContainer().appendChild(select);
  }

  /* The switch: any button with data-action="language". */
  function startLanguage() {
    document.addEventListener("click", function (event) {
      const button = event.target.closest && event.target.closest("[data-action=language]");
      if (button) { geomap.setLanguage(geomap.lang === "en" ? "zh-CN" : "en"); }
    });
    if (geomap.kept("lang") === "en") { document.addEventListener("DOMContentLoaded", function () { geomap.setLanguage("en"); }); }
  }
  startLanguage();
})();
