/* Where the reader looks, kept in the address as at=latitude,longitude,zoom: a link shows the same. */
(function (gisapp) {
  "use strict";

  /* Mercator ends here. */
  const MOST_LAT = 85;

  /* [place, zoom] of the address; null where it names none that a map can show. */
  gisapp.viewAsked = function () {
    const [lat, lon, zoom] = (gisapp.asked("at") || "").split(",").map(Number);
    const good = Math.abs(lat) <= MOST_LAT && Math.abs(lon) <= 180 && zoom >= 0;
    return good ? [L.latLng(lat, lon), zoom] : null;
  };

  gisapp.viewInAddress = function (state) {
    const { map } = state;
    let touched = false;
    const go = () => {
      const asked = gisapp.viewAsked();
      if (asked) map.setView(asked[0], Math.min(Math.max(asked[1], map.getMinZoom()), map.getMaxZoom()), { animate: false });
      return Boolean(asked);
    };
    const write = () => {
      const at = map.getCenter();
      gisapp.remember("at", [at.lat.toFixed(4), at.lng.toFixed(4), +map.getZoom().toFixed(2)].join(","));
    };
    /* Before a reader does anything the map only finds its own measure. */
    for (const name of ["pointerdown", "wheel", "keydown"]) {
      document.addEventListener(name, () => { touched = true; }, { capture: true, once: true, passive: true });
    }
    go();
    map.settled = map.settled.then(go).then(() => map.on("moveend", () => touched && write()));
    document.querySelectorAll("[data-map=all]").forEach((button) => button.addEventListener("click", () => gisapp.remember("at", null)));
    window.addEventListener("popstate", () => {
      touched = false;
      if (!go()) map.fitBounds(map.options.home, { animate: false, padding: [28, 28] });
      touched = true;
    });
  };
})(window.gisapp);
