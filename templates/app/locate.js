/* Where am I: the browser's position where it may be asked, else how to say it otherwise. */
(function (g) {
  "use strict";
  /* After three minutes of riding a position is one of before; within 100 m nothing is sorted anew. */
  const OLD_MIN = 3, SAME_M = 100;

  /** Ask at once where this was allowed before, and nobody has been asked for anything else. */
  function askIfAllowed(stand, say) {
    if (!navigator.permissions || !navigator.permissions.query || !window.isSecureContext) { return; }
    navigator.permissions.query({ name: "geolocation" }).then(function (found) {
      const s = g.state;
      if (found.state === "granted" && !s.place && !s.station && !s.card && !s.district && !s.city) { ask(stand, say, true); }
    }, function () { /* a browser that does not say is not asked */ });
  }

  /** Who comes back to the page may be elsewhere: asked again where nothing is open that a new list would close. */
  function renew(stand) {
    const place = g.state.place;
    if (place && place.kind === "phone" && age(place) >= OLD_MIN && !g.sheet.name && !g.state.card) { ask(stand, null, true); }
  }

  function age(place) { return Math.floor((g.clock.now() - place.since) / 60000); }

  /** Ask once; the position stays in this page. `quietly`: without a position nothing is said. */
  function ask(stand, say, quietly) {
    if (!navigator.geolocation || !window.isSecureContext) { refuse(say); return; }
    if (!quietly) { say(g.t("正在定位…", "Finding your position…")); }
    const before = g.state.place;
    navigator.geolocation.getCurrentPosition(function (found) {
      const s = g.state, at = found.coords, off = Math.round(at.accuracy);
      if (quietly && (s.place !== before || s.district || s.city || s.card || g.sheet.name)) { return; }
      if (quietly && before && g.places.distance(before.lon, before.lat, at.longitude, at.latitude) < SAME_M) {
        before.since = g.clock.now();
        return;
      }
      stand(at.longitude, at.latitude, function (place) {
        const old = age(place);
        return (old < OLD_MIN ? g.t("您的位置", "your position") : g.t("您 " + g.clock.span(old) + "前的位置", "where you were " + g.clock.span(old) + " ago")) +
          (off > 100 ? g.t("（误差约 ", " (within about ") + g.places.far(off) + g.t("）", ")") : "");
      }, "phone", off);
    }, function () { if (!quietly) { refuse(say); } }, { enableHighAccuracy: true, timeout: 8000, maximumAge: before ? 0 : 60000 }); /* who asks again has moved */
  }

  function refuse(say) {
    say(g.t("拿不到定位：请在上面输入街道或区县，或在地图上点一下您的位置。",
      "No position: type a street or district above, or tap the map where you are."));
    document.getElementById("query").focus();
  }

  g.locate = { ask: ask, askIfAllowed: askIfAllowed, renew: renew };
})(window.geomap);
