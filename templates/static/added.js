/* What somebody added to the map: loaded when the map stands, so that nothing waits for it. */
geomap.add = (function (home) {
  "use strict";
  const own = document.querySelector("head style, head link[rel=stylesheet]");
  /** Before the page's own styles, which hold against those of libraries. */
  function link(address) {
    return new Promise(function (done, failed) {
      document.head.insertBefore(geomap.el("link", { rel: "stylesheet", href: home + address,
        onload: done, onerror: failed }), own);
    });
  }
  return function (styles, scripts, icons) {
    geomap.when("map", function (map) {
      L.Icon.Default.imagePath = home + icons;
      Promise.all(styles.map(link)).then(function () {
        return scripts.reduce(function (before, address) {
          return before.then(function () { return geomap.load(home + address); });
        }, Promise.resolve());
      }).then(function () { geomap.when("added", function (add) { add(map); }); });
    });
  };
})(document.currentScript.getAttribute("src").replace(/[^/]*$/, ""));
