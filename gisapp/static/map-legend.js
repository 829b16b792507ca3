/* The legend of a narrow page: the chip on the map opens the very legend of the rail, so that its
   rows, sums and switches are the same ones. */
(function () {
  "use strict";
  const chip = document.querySelector(".legchip"), home = document.querySelector(".lghome");
  if (!chip || !home) return;
  const shown = chip.querySelector(".float");
  const place = (box) => { const legend = document.querySelector(".lgbox"); if (legend.parentElement !== box) box.append(legend); };
  chip.addEventListener("toggle", () => place(chip.open ? shown : home));
  window.matchMedia("(min-width: 1200px)").addEventListener("change", () => { chip.open = false; });
  /* Paper has the legend beside the map. */
  window.addEventListener("beforeprint", () => place(home));
  window.addEventListener("afterprint", () => place(chip.open ? shown : home));
})();
