/* The planners' page: what is chosen, and the start. */
(function () {
  "use strict";
  const planner = geomap.planner, el = geomap.el, said = geomap.said, t = geomap.t;
  let tables = [], box = document.getElementById("facts"), below = document.getElementById("below"), hint = box.firstElementChild;
  planner.chosen = null;

  /** Choose { district: row } or { stations: rows } or null; from a table the map moves there. */
  planner.choose = function (what, fromMap) {
    planner.chosen = what;
    planner.chosenStation = what && what.stations ? what.stations[0] : -1;
    const home = homeOf(what);
    planner.chooseDistrictLine(home);
    if (what && !fromMap) { if (what.stations) { planner.showStation(what.stations[0]); } else { planner.showDistrict(what.district); } }
    planner.redrawDots();
    markRows();
    planner.drawHours(home);
    planner.drawClock(document.getElementById("hours-clock"), home);
    planner.remember();
    drawFacts().then(function () {
      below.scrollTop = what ? box.offsetTop - below.offsetTop : 0;
      if (what && !fromMap) { reveal(); }
    });
  };
  /* The row of the district that what is chosen lies in, or -1. */
  function homeOf(what) {
    return !what ? -1 : what.stations ? geomap.taken.stations.home[what.stations[0]] : what.district;
  }
  function markRows() {
    tables.forEach(function (table) {
      if (!table.options.isChosen) { return; }
      table.box.querySelectorAll("tbody tr").forEach(function (line) {
        line.classList.toggle("chosen", !!table.options.isChosen(Number(line.dataset.row)));
      });
    });
  }
  /* On a phone the map is above the tables: bring it and the facts into view. */
  function reveal() {
    if (matchMedia("(max-width: 899px)").matches) {
      document.querySelector(".look").scrollIntoView({ block: "start" });
    }
    box.focus({ preventScroll: true });
  }
  /** Keep what is chosen, and a trial, in the address. */
  planner.remember = function () {
    const what = planner.chosen, code = what && what.district !== undefined ? geomap.taken.districts.columns.district_code[what.district] : "";
    const parts = [code ? "d=" + encodeURIComponent(code) : "", planner.trialAddress ? planner.trialAddress() : ""].filter(Boolean);
    const address = parts.length ? "#" + parts.join("&") : location.pathname + location.search;
    try { history.replaceState(null, "", address); } catch (error) { /* some hosts forbid it */ }
  };

  /* Facts */
  let turn = 0;
  async function drawFacts() {
    const mine = ++turn, what = planner.chosen;
    if (!what) { box.replaceChildren(hint); return; }
    const nodes = await (what.stations ? planner.stationFacts(what.stations) : planner.districtFacts(what.district));
    if (mine === turn) { box.replaceChildren(closeButton(), what.stations ? "" : planner.briefTools(what.district), ...nodes); }
  }
  function closeButton() {
    return el("button", { type: "button", "class": "close", "aria-label": t("关闭", "Close"), onclick: function () {
      planner.choose(null);
    } }, "×");
  }

  /* Start: what the first view needs is here; everything else comes after it is drawn. */
  function draw() {
    tables.forEach(function (table) { table.draw(); });
    planner.drawLoose(document.getElementById("loose-list"));
    planner.drawMeanings(document.getElementById("meanings"));
    planner.drawGaps(document.getElementById("gap-list"));
    planner.drawPlan();
    planner.drawYears(document.getElementById("year-table"));
    planner.drawReport(document.getElementById("report-list"));
    planner.drawLegend();
    planner.drawHours(homeOf(planner.chosen));
    planner.drawClock(document.getElementById("hours-clock"), homeOf(planner.chosen));
    drawFacts();
  }
  /** Divisions are named in the page's language; how English spells them comes when it is chosen. */
  async function speak() {
    draw();
    if (geomap.lang !== "en" || geomap.taken.latin) { return; }
    await planner.bring("latin");
    draw();
    planner.redrawDots();
  }
  function start() {
    const settings = geomap.taken.settings, headline = settings.headline;
    geomap.wire.check(settings.wire);
    if (matchMedia("(max-width: 899px)").matches) { document.getElementById("layers").removeAttribute("open"); }
    planner.shown.shades = settings.stations.count > 20000;
    planner.startMap();
    planner.startPlan(document.getElementById("plan-list"));
    tables = [planner.districtTable(document.getElementById("district-table")),
      planner.stationTable(document.getElementById("station-table")),
      planner.claimTable(document.getElementById("claim-table"))];
    if (settings.by_road && planner.bandsOf(headline)) { planner.showBands(headline); }
    speak();
    planner.onSearch("district-search", function () { tables[0].draw(); });
    planner.onSearch("station-search", function () { tables[1].draw(); });
    geomap.onLanguage(speak);
    document.querySelector("[data-action=print]").addEventListener("click", function () { window.print(); });
    requestAnimationFrame(function () { setTimeout(fetchRest, 0); });
  }
  async function fetchRest() {
    performance.mark("first-view");
    await planner.loadAll("places", planner.placeStations);
    performance.mark("stations");
    chooseAsked();
    planner.drawHours(homeOf(planner.chosen));
    tables[0].drawColumn(planner.nightsOf);  // it is known now
    await showFirstAreas();
    planner.drawLegend();  // whether there are streets is known now
    await planner.loadAll("names", function () {});
    tables[1].draw();
    planner.drawLoose(document.getElementById("loose-list"));
    if (planner.startTrial) { await planner.startTrial(); }
    await planner.settled();
    document.documentElement.dataset.ready = "true";
  }
  /* What each station reaches in ten minutes: bands by road, else what is certain; dashed where its
     place is not exact. Of very many stations it says nothing. */
  async function showFirstAreas() {
    const settings = geomap.taken.settings;
    if (settings.stations.count > 20000) { return; }
    await planner.showAreas(settings.headline, "here", true);
    if (planner.bandsShown < 0) { await planner.showAreas(settings.headline, "certain", true); }
  }
  function chooseAsked() {
    const codes = geomap.taken.districts.columns.district_code, row = codes.indexOf(geomap.asked("d", codes));
    if (row >= 0) { planner.choose({ district: row }); }
  }
  start();
})();
