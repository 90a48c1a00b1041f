/* Layers drawn from a table: GeoJSON in, a Leaflet layer out. Words become text nodes. */
window.geomapLayers = (function () {
  "use strict";
  const WIDTHS = { motorway: 3, trunk: 3, primary: 2.5, secondary: 2, tertiary: 1.5 };

  /** Labels and values below each other; what nobody knows is a dash. */
  function table(facts) {
    const list = document.createElement("dl");
    facts.forEach(function (fact) {
      ["dt", "dd"].forEach(function (tag, i) {
        const node = document.createElement(tag), said = fact[i];
        node.textContent = said === null || said === "" ? "—" : String(said);
        list.appendChild(node);
      });
    });
    return list;
  }

  function say(feature, layer) {
    const said = feature.properties;
    if (said.label) { layer.bindTooltip(document.createTextNode(said.label), { sticky: true }); }
    if (said.facts.length) { layer.bindPopup(function () { return table(said.facts); }); }
  }

  function draw(data, style, more) {
    return L.geoJSON(data, Object.assign({ onEachFeature: say, style: function (feature) {
      return style(feature.properties);
    } }, more));
  }

  function districts(data) {
    return draw(data, function (said) {
      const known = typeof said.share === "number";
      return { color: "#4c5869", weight: 1, fillColor: "#0b57b0", fillOpacity: known ? 0.7 * said.share : 0,
        dashArray: said.share === null ? "4 4" : null };
    });
  }

  function stations(data, look) {
    return draw(data, function () { return {}; }, { pointToLayer: function (feature, at) {
      const metres = feature.properties.uncertainty_m || 0, sharp = metres <= look.sharp_m;
      const dot = { radius: 6, color: look.color, weight: 2, fillColor: look.color, fillOpacity: sharp ? 0.9 : 0 };
      const ring = { radius: metres, color: look.color, weight: 1, dashArray: "4 4", fillOpacity: 0.03 };
      const point = L.circleMarker(at, dot);
      return sharp ? point : L.featureGroup([L.circle(at, ring), point]);
    } });
  }

  function serviceAreas(data, look) {
    return draw(data, function (said) {
      return { color: look.color, weight: 1, dashArray: said.method === "circle" ? "6 4" : null,
        fillOpacity: said.coverage === "possible" ? 0.08 : 0.25 };
    });
  }

  function bands(data, look) {
    const most = Math.max.apply(null, data.features.map(function (one) { return one.properties.minutes; }));
    return draw(data, function (said) {
      return { color: look.color, weight: 1, opacity: 0.5, fillOpacity: 0.1 + 0.25 * (1 - said.minutes / most) };
    });
  }

  function streets(data, look) {
    return draw(data, function (said) {
      return { color: look.color, weight: WIDTHS[said.highway] || 1 };
    });
  }

  /** Names without a marker; a name stands on the map from its zoom on. */
  function placeNames(data) {
    const layer = draw(data, function () { return {}; }, { pointToLayer: function (feature, at) {
      const word = document.createElement("span");
      word.textContent = feature.properties.label;
      word.style.cssText = "white-space: nowrap; text-shadow: 0 0 3px #fff, 0 0 3px #fff";
      return L.marker(at, { interactive: false, keyboard: false,
        icon: L.divIcon({ className: "geomap-place-name", html: word, iconSize: null }) });
    }, onEachFeature: function () {} });
    function choose() {
      const zoom = this.getZoom();
      layer.eachLayer(function (one) {
        one.getElement().hidden = zoom < (one.feature.properties.min_zoom || 0);
      });
    }
    layer.on("add", function () { this._map.on("zoomend", choose).whenReady(choose); });
    layer.on("remove", function () { this._map.off("zoomend", choose); });
    return layer;
  }

  return { districts: districts, stations: stations, serviceAreas: serviceAreas, bands: bands,
    streets: streets, placeNames: placeNames };
})();
