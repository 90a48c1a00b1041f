/* While the map is built, the page says which stage is at work, and shows the outcome by itself. */
"use strict";
(function () {
  const state = document.getElementById("state"), stage = document.getElementById("stage");
  if (state.dataset.state !== "running") { return; }
  async function look() {
    const now = await (await fetch("/map/state")).json();
    if (now.name !== "running") { location.reload(); return; }
    if (stage.textContent !== now.stage) { stage.textContent = now.stage; }
    setTimeout(look, 1000);
  }
  setTimeout(look, 500);
})();
