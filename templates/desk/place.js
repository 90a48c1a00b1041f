/* The map of one station: our own lines and names, the other stations, and the point that is set
   by a click, by Enter at the middle, or by what was pasted. */
"use strict";
(function () {
  const form = document.getElementById("place"), said = document.getElementById("point");
  const pasted = form.elements.pasted, datum = form.elements.datum, read = document.getElementById("read");
  if (document.documentElement.lang === "en") { geomap.setLanguage("en"); }
  const map = geomap.startMap("map"), box = map.getContainer();
  box.setAttribute("aria-describedby", "how");
  let dot = null;

  /** Metres that ten pixels are at this zoom: nobody clicks nearer than that; 30 m at the least. */
  function unsure(lat) {
    const pixel_m = 40075016.686 * Math.cos(lat * Math.PI / 180) / Math.pow(2, map.getZoom() + 8);
    return Math.max(30, Math.round(10 * pixel_m));
  }

  function show(lat, lon, metres) {
    if (dot) { dot.remove(); }
    dot = L.layerGroup([L.circle([lat, lon], { radius: metres, color: "#b3261e", weight: 1 }),
      L.circleMarker([lat, lon], { radius: 7, color: "#ffffff", weight: 2, fillColor: "#b3261e", fillOpacity: 1 })]).addTo(map);
    said.textContent = geomap.t("点在 ", "Point at ") + lon.toFixed(6) + ", " + lat.toFixed(6) +
      geomap.t("，误差约 ", ", within about ") + metres + geomap.t(" 米", " m");
  }

  function set(place) {
    const metres = unsure(place.lat);
    pasted.value = "";
    form.elements.lon.value = place.lng.toFixed(6);
    form.elements.lat.value = place.lat.toFixed(6);
    form.elements.uncertainty_m.value = metres > 30 ? metres : "";
    show(place.lat, place.lng, metres);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  map.on("click", function (event) { set(event.latlng); });
  box.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.target === box) { event.preventDefault(); set(map.getCenter()); }
  });

  async function look() {
    if (!pasted.value.trim()) { return; }
    const found = await (await send("/paste", { pasted: pasted.value, datum: datum.value })).json();
    read.textContent = found.fault || found.ask || geomap.t("看懂了", "understood");
    read.className = found.fault || found.ask ? "fault" : "quiet";
    if (found.fault) { return; }
    form.elements.lon.value = form.elements.lat.value = form.elements.uncertainty_m.value = "";
    map.setView([found.lat, found.lon], Math.max(map.getZoom(), 15), { animate: false });
    show(found.lat, found.lon, datum.value === "unknown" || found.ask ? 700 : 30);
  }
  let waiting = 0;
  [pasted, datum].forEach(function (field) {
    field.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(look, 250); });
  });

  function draw(around) {
    around.lines.forEach(function (line) {
      L.polyline(line.map(function (at) { return [at[1], at[0]]; }), { color: "#5b6470", weight: 1.5, interactive: false }).addTo(map);
    });
    around.names.forEach(function (one) {
      L.marker([one[1], one[0]], { interactive: false, keyboard: false,
        icon: L.divIcon({ className: "town", html: geomap.el("span", {}, one[2]), iconSize: null }) }).addTo(map);
    });
    around.stations.forEach(function (one) {
      L.circleMarker([one[1], one[0]], { radius: 5, weight: 1.5, color: "#ffffff", fillOpacity: 1,
        fillColor: one[3] ? "#8a5a00" : "#1b6e4b", bubblingMouseEvents: true }).bindTooltip(geomap.el("span", {}, one[2])).addTo(map);
    });
    if (around.here) {
      L.circle([around.here[1], around.here[0]], { radius: around.here[2], color: "#8a5a00", weight: 1, fill: false, dashArray: "4 4", interactive: false }).addTo(map);
    }
    box.dataset.drawn = "1";
  }
  fetch("/around/" + encodeURIComponent(form.dataset.station)).then(function (answer) { return answer.json(); }).then(draw);
  if (form.elements.lon.value) { show(Number(form.elements.lat.value), Number(form.elements.lon.value), Number(form.elements.uncertainty_m.value) || 30); }
  look();
})();
