/* The small map of the problem desk. The page says in data-proposed and data-found ("lon,lat")
   where a problem is; the one map moves to whichever problem is shown.
   Folium calls gisapp.place(map) once the map exists. */
(function (gisapp) {
  "use strict";

  /* Closer than this the ground has nothing more to tell. */
  const ZOOM = 13;
  /* A point so far from the proposed one would leave neither to be seen well, metres. */
  const FAR_M = 25000;

  const Spot = L.Icon.extend({
    createIcon() {
      const box = document.createElement("div"), svg = gisapp.svg;
      box.className = "leaflet-marker-icon spot " + this.options.kind;
      const marks = this.options.kind === "proposed"
        ? [svg("circle", { class: "gap", r: 9 }), svg("circle", { class: "ring", r: 9 }), svg("circle", { class: "dot", r: 4 })]
        : [svg("path", { class: "gap", d: "M-6,-6 6,6M-6,6 6,-6" }), svg("path", { class: "cross", d: "M-6,-6 6,6M-6,6 6,-6" })];
      box.append(svg("svg", { width: 32, height: 32, viewBox: "-16 -16 32 32", "aria-hidden": "true" }, ...marks));
      return box;
    },
    createShadow: () => null,
  });

  const point = (text) => {
    if (!text) return null;
    const [lon, lat] = text.split(",").map(Number);
    return Number.isFinite(lon) && Math.abs(lat) <= 85 ? L.latLng(lat, lon) : null;
  };

  gisapp.place = function (map) {
    const box = document.getElementById("desk-map"), store = box.parentElement;
    const marks = L.layerGroup().addTo(map);

    /* Names of places keep clear of the marks. */
    gisapp.pointBoxes = () => marks.getLayers().map((mark) => {
      const p = map.latLngToContainerPoint(mark.getLatLng());
      return [p.x, p.y, 16, 16];
    });
    gisapp.putAway = () => store.append(box);
    gisapp.showPlace = async function () {
      const frame = document.querySelector("[data-place]");
      if (!frame) return;
      frame.append(box);
      await map.settled;
      if (!frame.isConnected) return;
      map.invalidateSize({ animate: false, pan: false });
      const proposed = point(frame.dataset.proposed), found = point(frame.dataset.found);
      const near = proposed && found && map.distance(proposed, found) < FAR_M;
      marks.clearLayers();
      if (found && (near || !proposed)) L.marker(found, { icon: new Spot({ kind: "found" }), interactive: false, keyboard: false }).addTo(marks);
      if (proposed) L.marker(proposed, { icon: new Spot({ kind: "proposed" }), interactive: false, keyboard: false }).addTo(marks);
      if (near) map.fitBounds(L.latLngBounds([proposed, found]), { animate: false, maxZoom: ZOOM, padding: [24, 24] });
      else map.setView(proposed || found, ZOOM, { animate: false });
      frame.dataset.shown = "1";
    };
    return gisapp.showPlace();
  };
})(window.gisapp);
