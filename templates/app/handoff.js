/* Links that hand a station to a map app: each vendor's own order and datum. A place known to
   more than handoff_max_uncertainty_m is looked up by name; nobody is sent to a centroid. */
(function (g) {
  "use strict";
  const SOURCE = "geomap";

  function six(number) { return number.toFixed(6); }

  /** Name to look up: the station with its district, so that a namesake far away loses. */
  function fullName(row) {
    const place = row.place ? g.store.join(row.place) : "";
    return g.cut((place + row.town + " " + row.name).trim(), 120);
  }

  /* AMap's app takes WGS-84 with dev=1 and rides an electric bike; its web page takes GCJ-02. */
  function amap(row) {
    if (isPhone()) {
      return "amapuri://openFeature?featureName=OnRideNavi&rideType=elebike&lat=" + six(row.lat) +
        "&lon=" + six(row.lon) + "&dev=1&sourceApplication=" + SOURCE;
    }
    const there = L.CRS.GCJ02.toGcj(row.lat, row.lon);
    return "https://uri.amap.com/navigation?to=" + six(there[1]) + "," + six(there[0]) + "," +
      short(row) + "&mode=ride&src=" + SOURCE + "&callnative=1";
  }

  /* A comma, bar or colon in a name would end the field it stands in. */
  function short(row) { return encodeURIComponent(g.cut(row.name, 60).replace(/[,|:;&#]/g, " ")); }

  function baidu(row) {
    return "baidumap://map/direction?destination=latlng:" + six(row.lat) + "," + six(row.lon) +
      "|name:" + short(row) + "&mode=riding&coord_type=wgs84&src=" + SOURCE;
  }

  function tencent(row) {
    return "https://apis.map.qq.com/uri/v1/routeplan?type=walk&to=" + short(row) + "&tocoord=" +
      six(row.lat) + "," + six(row.lon) + "&coord_type=1&referer=" + SOURCE;
  }

  function apple(row) {
    return "https://maps.apple.com/?daddr=" + six(row.lat) + "," + six(row.lon) + "&dirflg=w";
  }

  function geo(row) {
    const at = six(row.lat) + "," + six(row.lon);
    return "geo:" + at + "?q=" + at + "(" + short(row) + ")";
  }

  function byName(row) {
    const city = row.place ? row.place[1] : "";
    return "https://uri.amap.com/search?keyword=" + encodeURIComponent(fullName(row)) +
      "&city=" + encodeURIComponent(city) + "&src=" + SOURCE + "&callnative=1";
  }

  const APPS = [
    ["amap", amap, "高德 · 电动车骑行", "AMap, e-bike"], ["baidu", baidu, "百度 · 骑行", "Baidu, riding"],
    ["tencent", tencent, "腾讯 · 步行", "Tencent, walking"], ["apple", apple, "苹果地图", "Apple Maps"],
    ["geo", geo, "其他地图", "Another map"]
  ];

  function isPhone() { return /Android|iPhone|iPad|HarmonyOS|Mobile/i.test(navigator.userAgent); }

  /** Web views that open no app: WeChat and QQ. */
  function isCaged() { return /MicroMessenger|\bQQ\//i.test(navigator.userAgent); }

  /** The links of a row, the one chosen last first; [name, address, zh, en] each. */
  function list(row) {
    if (!g.judge.isExact(row)) { return [["name", byName(row), "按名称查找（高德）", "Look up by name (AMap)"]]; }
    const last = g.kept("handoff");
    return APPS.map(function (app) { return [app[0], app[1](row), app[2], app[3]]; })
      .sort(function (a, b) { return (b[0] === last) - (a[0] === last); });
  }

  /** Buttons "take me there"; inside WeChat the way out of it. */
  function render(row) {
    const box = g.el("div", { "class": "handoff" });
    if (!g.judge.isExact(row)) {
      box.append(g.el("p", { "class": "note" }, g.t("只知道大概位置，不能直接导航；请按名称查找，或先打电话。",
        "Only the rough place is known, so there is no route to it: look it up by name, or call first.")));
    }
    if (isCaged()) { box.append(wayOut(row)); }
    const links = list(row).filter(function (one) { return !isCaged() || /^https:/.test(one[1]); });
    links.forEach(function (one, i) {
      const link = g.el("a", { "class": i ? "go" : "go go-first", href: one[1], "data-handoff": one[0],
        rel: "noreferrer", target: /^https:/.test(one[1]) && !isCaged() ? "_blank" : null }, g.t(one[2], one[3]));
      link.addEventListener("click", function () { g.keep("handoff", one[0]); });
      box.append(link);
    });
    return box;
  }

  /* Inside WeChat no app's address opens: say how to leave, and what to type elsewhere. */
  function wayOut(row) {
    return g.el("section", { "class": "way-out" },
      g.el("p", {}, g.el("strong", {}, g.t("微信里打不开导航：点右上角“…”，选“在浏览器打开”。",
        "WeChat opens no map app: tap “…” at the top right, then “Open in browser”."))),
      g.el("p", {}, g.t("或复制地址，粘贴到地图里：", "Or copy the address into your map:")),
      g.copy.box(fullName(row)), direction(row));
  }

  function direction(row) {
    const here = g.state.place;
    if (!here || !g.judge.isExact(row)) { return null; }
    const way = g.places.compass(g.places.bearing(here.lon, here.lat, row.lon, row.lat));
    const far = g.places.far(g.places.distance(here.lon, here.lat, row.lon, row.lat));
    return g.el("p", {}, g.t("它在您的" + way + "方，直线 " + far, "It lies " + far + " to the " + way + ", as the crow flies"));
  }

  g.handoff = { list: list, render: render, isCaged: isCaged, fullName: fullName };
})(window.geomap);
