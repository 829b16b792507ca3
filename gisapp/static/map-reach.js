/* The map without a mouse: every school and cluster in view is a button once Tab is used; schools
   that stand at one place are a list. */
(function (gisapp) {
  "use strict";

  const said = (state, n, names) => {
    const [name, pupils] = names[state.points.code[n]], words = state.config.words;
    return name + ", " + words.pupils + " " + (pupils === null ? words.unknown : pupils.toLocaleString());
  };

  gisapp.keys = function (state) {
    const { map, canvas, config } = state, list = document.createElement("div");
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", config.words.in_view);
    let on = false, shown = null;

    function button(one, names) {
      const key = document.createElement("button");
      key.type = "button";
      key.className = "hit";
      key.dataset.key = one.count ? "c" + one.id : state.points.code[one.n];
      key.setAttribute("aria-label", one.count ? one.count.toLocaleString() + " " + config.words.schools : said(state, one.n, names));
      L.DomUtil.setPosition(key, map.latLngToLayerPoint([one.lat, one.lon]));
      key.addEventListener("focus", () => state.tip(one));
      key.addEventListener("blur", () => state.tip(null));
      key.addEventListener("click", () => state.press(one, true));
      return key;
    }

    async function place() {
      if (!on || !state.points) return;
      const names = await state.names();
      if (shown === canvas.shown) return;
      shown = canvas.shown;
      const held = list.contains(document.activeElement) ? document.activeElement.dataset.key : null;
      const inView = canvas.inView().sort((a, b) => a.y - b.y);
      list.replaceChildren(...inView.map((one) => button(one, names)));
      if (held) hold(held, inView);
    }

    /* What had the focus keeps it; a cluster that fell apart hands it to what lies in the middle. */
    function hold(key, inView) {
      const middle = map.getSize().divideBy(2);
      const far = (one) => Math.hypot(one.x - middle.x, one.y - middle.y);
      const same = [...list.children].find((one) => one.dataset.key === key);
      const nearest = inView.reduce((best, one, n) => (best < 0 || far(one) < far(inView[best]) ? n : best), -1);
      const next = same || list.children[nearest];
      if (next) next.focus({ preventScroll: true });
    }

    document.addEventListener("keydown", (event) => {
      if (event.key !== "Tab" || on) return;
      on = true;
      map.getPane("point").append(list);
      place();
    });
    canvas.on("drawn", place);
    map.on("pointsready", place);
  };

  /* Schools that no zoom can part: their names, at the place. */
  gisapp.listHere = async function (state, one, members, focus) {
    const { map, config } = state, names = await state.names(), before = document.activeElement;
    const box = document.createElement("div"), title = document.createElement("p");
    document.querySelectorAll(".here").forEach((other) => other.remove());
    box.className = "float here";
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", config.words.one_place);
    title.textContent = members.length.toLocaleString() + " " + config.words.one_place;
    const rows = members.map((n) => {
      const row = document.createElement("button"), name = document.createElement("bdi");
      row.type = "button";
      name.textContent = names[state.points.code[n]][0];
      row.append(name);
      row.addEventListener("click", () => { close(false); if (state.open) state.open(state.points.code[n]); });
      return row;
    });
    rows.sort((a, b) => a.textContent.localeCompare(b.textContent, config.language));
    box.append(title, ...rows);
    map.getContainer().append(box);
    L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
    const size = map.getSize(), p = map.latLngToContainerPoint([one.lat, one.lon]);
    box.style.left = Math.max(8, Math.min(p.x + one.half + 6, size.x - box.offsetWidth - 8)) + "px";
    box.style.top = Math.max(8, Math.min(p.y - 24, size.y - box.offsetHeight - 8)) + "px";

    function close(back) {
      box.remove();
      map.off("click movestart zoomstart", away);
      if (back && document.contains(before)) before.focus({ preventScroll: true });
    }
    const away = () => close(false);
    map.on("click movestart zoomstart", away);
    box.addEventListener("keydown", (event) => {
      const at = rows.indexOf(document.activeElement), step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") { event.stopPropagation(); return close(true); }
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      rows[(at + step + rows.length) % rows.length].focus();
    });
    rows[0].focus({ preventScroll: true, focusVisible: focus });
  };
})(window.gisapp);
