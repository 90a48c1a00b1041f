/* Where am I: the browser's position where it may be asked, else how to say it otherwise. */
(function (g) {
  "use strict";

  /** Ask at once where this was allowed before, and nobody has been asked for anything else. */
  function askIfAllowed(stand, say) {
    if (!navigator.permissions || !navigator.permissions.query || !window.isSecureContext) { return; }
    navigator.permissions.query({ name: "geolocation" }).then(function (found) {
      const s = g.state;
      if (found.state === "granted" && !s.place && !s.station && !s.card && !s.district && !s.city) { ask(stand, say, true); }
    }, function () { /* a browser that does not say is not asked */ });
  }

  /** Ask once; the position stays in this page. `quietly`: without a position nothing is said. */
  function ask(stand, say, quietly) {
    if (!navigator.geolocation || !window.isSecureContext) { refuse(say); return; }
    if (!quietly) { say(g.t("正在定位…", "Finding your position…")); }
    navigator.geolocation.getCurrentPosition(function (found) {
      if (quietly && (g.state.place || g.state.district || g.state.city)) { return; }
      const at = found.coords, off = Math.round(at.accuracy);
      stand(at.longitude, at.latitude, function () {
        return g.t("您的位置", "your position") +
          (off > 100 ? g.t("（误差约 ", " (within about ") + g.places.far(off) + g.t("）", ")") : "");
      }, "phone", off);
    }, function () { if (!quietly) { refuse(say); } }, { enableHighAccuracy: true, timeout: 8000, maximumAge: 60000 });
  }

  function refuse(say) {
    say(g.t("拿不到定位：请在上面输入街道或区县，或在地图上点一下您的位置。",
      "No position: type a street or district above, or tap the map where you are."));
    document.getElementById("query").focus();
  }

  g.locate = { ask: ask, askIfAllowed: askIfAllowed };
})(window.geomap);
