/* Links that hand a station to a map app: each vendor's own order and datum. A place known to
   more than handoff_max_uncertainty_m is looked up by name; nobody is sent to a centroid. An app's
   address opens nothing where the app is missing or the browser forbids it: two seconds later there
   is a web page, and the text to copy. */
(function (g) {
  "use strict";
  const SOURCE = "geomap", WAIT_MS = 2000;

  function six(number) { return number.toFixed(6); }

  /** Name to look up: the station with its district, so that a namesake far away loses. */
  function fullName(row) {
    const place = row.place ? g.store.join(row.place) : "";
    return g.cut((place + row.town + " " + row.name).trim(), 120);
  }

  function toGcj(row) { return L.CRS.GCJ02.toGcj(row.lat, row.lon); }

  /* AMap's app takes WGS-84 with dev=1 and rides an electric bike; its web page takes GCJ-02, and is
     what opens inside WeChat and QQ, where no app does. */
  function amap(row) {
    if (isPhone() && !isCaged()) {
      return "amapuri://openFeature?featureName=OnRideNavi&rideType=elebike&lat=" + six(row.lat) +
        "&lon=" + six(row.lon) + "&dev=1&sourceApplication=" + SOURCE;
    }
    return amapWeb(row);
  }

  function amapWeb(row) {
    const there = toGcj(row);
    return "https://uri.amap.com/navigation?to=" + six(there[1]) + "," + six(there[0]) + "," +
      short(row) + "&mode=ride&src=" + SOURCE + "&callnative=" + (isCaged() ? 0 : 1);
  }

  /* A comma, bar or colon in a name would end the field it stands in. */
  function short(row) { return encodeURIComponent(g.cut(row.name, 60).replace(/[,|:;&#]/g, " ")); }

  function baidu(row) {
    if (isCaged() || !isPhone()) {
      return "https://api.map.baidu.com/marker?location=" + six(row.lat) + "," + six(row.lon) + "&title=" + short(row) +
        "&content=" + short(row) + "&output=html&coord_type=wgs84&src=" + SOURCE;
    }
    return "baidumap://map/direction?destination=latlng:" + six(row.lat) + "," + six(row.lon) +
      "|name:" + short(row) + "&mode=riding&coord_type=wgs84&src=" + SOURCE;
  }

  function tencent(row) {
    return "https://apis.map.qq.com/uri/v1/routeplan?type=walk&to=" + short(row) + "&tocoord=" +
      six(row.lat) + "," + six(row.lon) + "&coord_type=1&referer=" + SOURCE;
  }

  /* Reports contradict each other on what Apple takes coordinates in China for (GCJ-02:
     phonegap-launch-navigator 186; it depends on where the phone was sold: openradar 23124558). So the
     name is searched for near the place: 500 m of doubt cost a search nothing. */
  function apple(row) {
    const there = toGcj(row);
    return "https://maps.apple.com/?q=" + encodeURIComponent(fullName(row)) + "&sll=" + six(there[0]) + "," + six(there[1]);
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
    ["amap", amap, "高德 · 电动车骑行", "AMap, e-bike"], ["baidu", baidu, "百度地图", "Baidu"],
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

  /** All that somebody needs elsewhere: name, address, coordinate as Chinese maps have it, the way in. */
  function wholeText(row, facts) {
    const place = row.place ? g.store.join(row.place) : "", address = facts.address || "", there = toGcj(row);
    const where = address.indexOf(place) === 0 ? address : place + row.town + address;
    return [row.name, where, g.judge.isExact(row) ? six(there[1]) + "," + six(there[0]) + "（GCJ-02）" : "", facts.note || ""]
      .filter(Boolean).join(" ");
  }

  /** Buttons "take me there", and what to copy where none of them opens. */
  function render(row, facts) {
    const box = g.el("div", { "class": "handoff" });
    if (!g.judge.isExact(row)) {
      box.append(g.el("p", { "class": "note" }, g.t("只知道大概位置，不能直接导航；请按名称查找，或先打电话。",
        "Only the rough place is known, so there is no route to it: look it up by name, or call first.")));
    }
    if (isCaged()) {
      box.append(g.el("p", { "class": "way-out" }, g.t("微信里只能打开网页地图；要用导航软件，点右上角“…”，选“在浏览器打开”。",
        "WeChat opens web maps only; for an app tap “…” at the top right, then “Open in browser”.")));
    }
    list(row).filter(opens).forEach(function (one, i) { box.append(link(row, one, i, g.t(one[2], one[3]))); });
    box.append(g.el("section", { "class": "to-copy" }, g.el("p", { "class": "note" }, g.t("或复制到别处：", "Or copy it:")),
      g.copy.box(wholeText(row, facts || {})), isCaged() ? direction(row) : null));
    return box;
  }

  /** Whether a link opens anything where we are. */
  function opens(one) { return !isCaged() || /^https:/.test(one[1]); }

  /** One link; it is the first one next time. */
  function link(row, one, i, words) {
    const isWeb = /^https:/.test(one[1]);
    const made = g.el("a", { "class": i ? "go" : "go go-first", href: one[1], "data-handoff": one[0],
      rel: "noreferrer", target: isWeb && !isCaged() ? "_blank" : null }, words);
    made.addEventListener("click", function () {
      g.keep("handoff", one[0]);
      if (!isWeb) { setTimeout(function () { if (!document.hidden) { fallBack(row, made); } }, WAIT_MS); }
    });
    return made;
  }

  /** The page is still seen, so no app has opened: a page on the web, and the text. */
  function fallBack(row, made) {
    const box = made.parentNode;
    if (!box || box.querySelector(".no-app")) { return; }
    made.after(g.el("section", { "class": "way-out no-app", role: "status" },
      g.el("p", {}, g.t("没有打开？这部手机可能没有装它。", "Nothing opened? The app may not be installed.")),
      g.el("a", { "class": "go", href: amapWeb(row), "data-handoff": "web", rel: "noreferrer", target: "_blank" }, g.t("用网页地图", "Use a web map")),
      g.copy.box(wholeText(row, {}))));
  }

  function direction(row) {
    const here = g.state.place;
    if (!here || !g.judge.isExact(row)) { return null; }
    const way = g.places.compass(g.places.bearing(here.lon, here.lat, row.lon, row.lat));
    const far = g.places.far(g.places.metresTo(here, row));
    return g.el("p", {}, g.t("它在您的" + way + "方，直线 " + far, "It lies " + far + " to the " + way + ", as the crow flies"));
  }

  g.handoff = { list: list, link: link, render: render, opens: opens };
})(window.geomap);
