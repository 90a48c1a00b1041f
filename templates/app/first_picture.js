/* Before anything else runs: the picture in the page takes the view that the map will choose. */
(function () {
  "use strict";
  const picture = document.getElementById("first-picture"), box = document.getElementById("map");
  const fit = picture.dataset.fit.split(" ").map(Number), size = picture.viewBox.baseVal;
  const width = box.clientWidth, height = box.clientHeight;
  const steps = Math.floor(Math.log2(Math.min((width - 32) / fit[1], (height - 32) / fit[2])));
  const scale = Math.pow(2, Math.max(3, Math.min(18, fit[0] + steps)) - fit[0]);
  picture.setAttribute("viewBox", [size.width / 2 - width / 2 / scale, size.height / 2 - height / 2 / scale,
    width / scale, height / scale].join(" "));
  picture.setAttribute("font-size", 13 / scale);
})();
