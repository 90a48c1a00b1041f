/* Who is served and who is not, in two colours: a dot as large as its people, on the same squares. */
(function () {
  "use strict";
  const planner = geomap.planner;
  let paper = null, cells = null, isOn = false;

  planner.hasPeople = function () { return geomap.taken.gaps.squares > 0; };
  planner.peopleShown = function () { return isOn; };
  planner.showPeople = async function (on) {
    isOn = on;
    planner.redrawBands();  // two colours, not five
    planner.markKey();
    if (!cells) {
      const taken = await planner.bring("people"), table = geomap.wire.table(taken.squares);
      cells = cells || { n: table.n, side: taken.side, kinds: [["unserved", table.unserved], ["served", table.served]], most: 0,
        at: Array.from({ length: table.n }, function (_, i) { return geomap.places.mercator(table.lon[i], table.lat[i]); }) };
      cells.kinds.forEach(function (kind) { for (let i = 0; i < cells.n; i++) { cells.most = Math.max(cells.most, kind[1][i]); } });
      paper = paper || planner.paper("areas", draw);
    }
    paper.redraw();
  };
  function draw(pen, view) {
    if (!isOn) { return; }
    const widest = Math.max(2.5, cells.side / 360 * view.scale * 0.6), colours = planner.colours();
    function dots(isLarger) {
      cells.kinds.forEach(function (kind, order) {
        const other = cells.kinds[1 - order][1];
        pen.fillStyle = colours[kind[0]];
        pen.beginPath();
        for (let i = 0; i < cells.n; i++) {
          const amount = kind[1][i], x = cells.at[i][0] * view.scale - view.left, y = cells.at[i][1] * view.scale - view.top;
          if (!(amount > 0) || amount > other[i] !== isLarger || x < -widest || y < -widest || x > view.width + widest || y > view.height + widest) { continue; }
          const radius = Math.max(0.8, widest * Math.sqrt(amount / cells.most));
          pen.moveTo(x + radius, y);
          pen.arc(x, y, radius, 0, 2 * Math.PI);
        }
        pen.fill();
      });
    }
    dots(true);  // the smaller share of a square lies on the larger one
    dots(false);
  }
})();
