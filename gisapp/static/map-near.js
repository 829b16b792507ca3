/* The schools nearest to where a phone is. Browsers tell a place to pages on https only: without
   it the button stays hidden. */
(function (gisapp) {
  "use strict";

  const NEAREST = 5;
  /* A phone that has not found itself by then will not, ms; an answer a minute old will do. */
  const PATIENCE = { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 };

  gisapp.near = function (state) {
    const { map, config } = state, words = config.words, button = document.querySelector("[data-near]");
    if (!button || !window.isSecureContext || !navigator.geolocation) return;
    let shown = null, panel = null;
    (button.closest(".grp") || button).hidden = false;
    button.hidden = false;

    button.addEventListener("click", () => {
      button.setAttribute("aria-busy", "true");
      navigator.geolocation.getCurrentPosition((found) => here(found.coords), (error) => {
        button.removeAttribute("aria-busy");
        gisapp.fail(error.code === error.PERMISSION_DENIED ? words.near_refused : words.near_failed);
      }, PATIENCE);
    });

    async function here({ latitude, longitude, accuracy }) {
      const me = L.latLng(latitude, longitude), names = await state.names();
      button.removeAttribute("aria-busy");
      /* A stand-in says only in which subdistrict a school is: no distance is measured to it. */
      const rows = nearest(state.points, me);
      clear();
      const look = (name) => gisapp.token(name);
      shown = L.layerGroup([
        L.circle(me, { radius: accuracy, pane: "point", interactive: false, color: look("--accent"), weight: 1, fillColor: look("--accent"), fillOpacity: 0.1 }),
        L.circleMarker(me, { radius: 7, pane: "point", interactive: false, color: look("--pt-ring"), weight: 2.5, fillColor: look("--accent"), fillOpacity: 1 }),
      ]).addTo(map);
      panel = list(rows, names);
      map.getContainer().append(panel);
      const places = [me, ...rows.map((row) => row.place)], wide = map.getSize().x > 760;
      map.fitBounds(L.latLngBounds(places), { animate: false, maxZoom: 14, paddingTopLeft: [wide ? panel.offsetWidth + 80 : 40, wide ? 60 : 130], paddingBottomRight: [40, wide ? 60 : panel.offsetHeight + 30] });
      (panel.querySelector("li button") || panel.querySelector("button")).focus({ preventScroll: true });
    }

    function list(rows, names) {
      const box = document.createElement("section"), top = document.createElement("header"), head = document.createElement("h2"), end = document.createElement("button"), items = document.createElement("ol");
      box.className = "float nearby";
      box.setAttribute("aria-label", words.near);
      head.textContent = rows.length ? words.near : words.near_none;
      items.append(...rows.map(({ n, metres }) => {
        const item = document.createElement("li"), open = document.createElement("button"), name = document.createElement("bdi"), far = document.createElement("span");
        open.type = "button";
        name.textContent = names[state.points.code[n]][0];
        far.className = "num";
        far.textContent = (metres / 1000).toLocaleString(config.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }) + " " + words.km;
        open.append(name, far);
        open.addEventListener("click", () => state.open(state.points.code[n]));
        item.append(open);
        return item;
      }));
      const note = document.createElement("p");
      note.textContent = words.straight;
      end.type = "button";
      end.className = "btn sm";
      end.textContent = words.close;
      end.addEventListener("click", () => { clear(); button.focus(); });
      top.append(head, end);
      box.append(top, items, ...(rows.length ? [note] : []));
      L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
      return box;
    }

    function clear() {
      if (shown) shown.remove();
      if (panel) panel.remove();
      shown = panel = null;
    }
  };

  function nearest(points, me) {
    const rows = [];
    for (let n = 0; n < points.code.length; n++) {
      if (points.marks[n] & gisapp.symbols.HOLLOW) continue;
      const place = L.latLng(points.lat[n], points.lon[n]);
      rows.push({ n, place, metres: me.distanceTo(place) });
    }
    return rows.sort((a, b) => a.metres - b.metres).slice(0, NEAREST);
  }
})(window.gisapp);
