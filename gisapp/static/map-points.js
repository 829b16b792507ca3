/* Schools as points and clusters: fetched by address, drawn by map-clusters.js, a card on click.
   Folium calls gisapp.points(map, config). Names come when first needed, and are shown as text only. */
(function (gisapp) {
  "use strict";

  /* Shorter waits need no words. */
  const PATIENCE_MS = 300;
  /* Enough of the country around a school to know where one is. */
  const SCHOOL_ZOOM = 11;
  const COARSE = window.matchMedia("(pointer: coarse)").matches;

  gisapp.points = function (map, config) {
    const canvas = new gisapp.SchoolCanvas().addTo(map);
    const state = { map, config, canvas, points: null, gathered: null, chosen: null };
    let asked = 0, numbers = new Map(), names = null, settled = false;

    /* Where a school stands on the map; undefined for one that has no point or is filtered away. */
    state.place = (code) => {
      const n = numbers.get(code);
      return n === undefined ? undefined : L.latLng(state.points.lat[n], state.points.lon[n]);
    };

    /* Tells whether a school is among those the filter left on the map. */
    gisapp.schoolShown = (code) => numbers.has(code);

    /* Go to a school: closer where it is far, never away from where one is. */
    state.look = (code) => {
      const place = state.place(code);
      if (place) map.setView(place, Math.max(map.getZoom(), SCHOOL_ZOOM), { animate: false });
    };

    /* smis_code -> [name, pupils or null], fetched once. */
    state.names = () => {
      if (!names) names = gisapp.read(config.names).catch((error) => { names = null; gisapp.fail(config.words.failed); throw error; });
      return names;
    };

    state.load = async function (url) {
      const mine = ++asked, done = waiting(map, config.words.loading);
      let columns;
      try {
        columns = await gisapp.read(url, "high");
      } catch (error) {
        gisapp.fail(config.words.failed);
        throw error;
      } finally {
        done();
      }
      if (mine !== asked) return;
      state.points = { code: columns.code, kind: columns.class, classes: columns.classes, marks: columns.marks, lon: columns.lon, lat: columns.lat };
      numbers = new Map(columns.code.map((code, n) => [code, n]));
      state.gathered = gisapp.gather(state.points);
      canvas.set(state.points, state.gathered);
      state.mark(state.chosen || config.selected);
      nothing(map, config, columns.code.length === 0);
      const early = !settled;
      await map.settled;
      if (mine !== asked) return;
      /* What was drawn before the letters came is drawn again with them. */
      if (early) canvas.forget();
      document.documentElement.dataset.points = String(columns.code.length);
      map.fire("filtered").fire("pointsready");
    };

    gisapp.tips(state);
    gisapp.marks(state);
    if (config.card) gisapp.cards(state);
    gisapp.presses(state);
    gisapp.keys(state);
    if (config.card) gisapp.viewInAddress(state);
    map.settled.then(() => { settled = true; });
    if (gisapp.near) gisapp.near(state);
    gisapp.pointBoxes = () => canvas.shown.map((one) => [one.x, one.y, one.half + 2, one.half + 2]);
    document.addEventListener("gisapp:theme", () => canvas.forget());
    document.addEventListener("gisapp:filter", () => {
      const legend = document.querySelector("[data-points-url]");
      state.load(legend ? legend.dataset.pointsUrl : config.url);
    });
    return state.load(config.url).then(() => {
      if (!config.card || !config.selected) return null;
      if (!gisapp.viewAsked()) state.look(config.selected);
      return state.open(config.selected, { quiet: true });
    });
  };

  /* Say quietly that something is still on its way; returns how to end it. The page itself says it
     until the first points are here. */
  function waiting(map, words) {
    const given = document.querySelector(".mapbox > .wait"), box = given || document.createElement("p");
    if (given) return () => given.remove();
    box.className = "float wait";
    box.setAttribute("role", "status");
    box.textContent = words;
    const clock = setTimeout(() => map.getContainer().append(box), PATIENCE_MS);
    return () => { clearTimeout(clock); box.remove(); };
  }

  /* An empty map says why, and what undoes it. */
  function nothing(map, config, empty) {
    const frame = map.getContainer(), before = frame.querySelector(".noschool");
    if (before && before.contains(document.activeElement)) frame.focus({ preventScroll: true });
    if (before) before.remove();
    if (!empty || !config.card) return;
    const box = document.createElement("div"), said = document.createElement("p"), clear = document.querySelector(".chips a.quiet[data-soft]");
    box.className = "float noschool";
    box.setAttribute("role", "status");
    said.textContent = clear ? config.words.nothing : config.words.no_places;
    box.append(said);
    const way = (clear || document.querySelector(".rail .foot a")).cloneNode(true);
    way.className = "btn pri";
    box.append(way);
    L.DomEvent.disableClickPropagation(box);
    frame.append(box);
  }

  /* --- a press on a school or a cluster --- */
  gisapp.presses = function (state) {
    const { map, canvas } = state;
    let mouse = false;
    state.press = (one, focus) => {
      if (!one.count) return state.open && state.open(state.points.code[one.n]);
      const zoom = state.gathered.opens(one, map.getMaxZoom());
      if (zoom < Infinity) return map.setView([one.lat, one.lon], zoom, { animate: false });
      return gisapp.listHere(state, one, state.gathered.members(one), focus);
    };
    map.on("click", (event) => {
      /* Older browsers do not say what clicked: there the machine's own pointer counts. */
      const by = event.originalEvent.pointerType;
      const one = canvas.under(event.containerPoint, by ? by !== "mouse" : COARSE);
      if (one) state.press(one, false);
    });
    map.on("mousemove", (event) => {
      /* After a tap browsers play a mouse: a finger gets the card, not the tip. */
      if (!mouse) return;
      const one = canvas.under(event.containerPoint, false);
      map.getContainer().classList.toggle("on-school", Boolean(one) && Boolean(state.open || one.count));
      state.tip(one && !one.count && state.points.code[one.n] !== state.chosen ? one : null);
    });
    map.on("mouseout movestart zoomstart", () => state.tip(null));
    /* The names are wanted as soon as a mouse comes near, and never before the first drawing. */
    for (const name of ["pointermove", "pointerdown"]) {
      map.getContainer().addEventListener(name, (event) => {
        mouse = event.pointerType === "mouse";
        if (mouse && state.points) state.names();
      }, { passive: true });
    }
  };

  /* --- the name under the pointer or the keyboard --- */
  gisapp.tips = function (state) {
    const tip = document.createElement("div");
    let wanted = null;
    tip.className = "tip";
    tip.dir = "auto";
    tip.hidden = true;
    state.map.getContainer().append(tip);
    const show = (one, text) => {
      const half = state.map.getSize().x / 2;
      tip.textContent = text;
      tip.hidden = false;
      /* Beside the frame's edge it moves inwards. */
      const room = tip.offsetWidth / 2 + 4, x = Math.min(Math.max(one.x, room), 2 * half - room);
      tip.style.left = x + "px";
      tip.style.top = one.y - one.half - 7 + "px";
      tip.classList.toggle("below", one.y - one.half - 7 < tip.offsetHeight + 4);
      if (tip.classList.contains("below")) tip.style.top = one.y + one.half + 7 + "px";
    };
    state.tip = async (one) => {
      wanted = one;
      tip.hidden = true;
      if (!one) return;
      if (one.count) return show(one, one.count.toLocaleString() + " " + state.config.words.schools);
      const names = await state.names();
      if (wanted === one) show(one, names[state.points.code[one.n]][0]);
    };
  };

  /* --- the chosen school: ring and name plate above everything --- */
  gisapp.marks = function (state) {
    const { HOLLOW, HIGHLAND, ISLAND, SCALE } = gisapp.symbols, svg = gisapp.svg, HALF = 26 * SCALE;
    let plate = null;

    const Plate = L.Icon.extend({
      createIcon() {
        const { name, marks, words } = this.options, box = document.createElement("div"), said = document.createElement("div");
        const r = gisapp.symbols.radius(name), use = (id, y) => svg("use", { href: "#" + id, x: -13, y: y - 13 });
        box.className = "leaflet-marker-icon sel" + (marks & HIGHLAND ? " high" : "");
        const drawing = svg("svg", { width: 2 * HALF, height: 2 * HALF, viewBox: "-26 -26 52 52", "aria-hidden": "true" },
          svg("circle", { class: "sel-gap", r: r + 5 }), svg("circle", { class: "sel-ring", r: r + 7 }), use("sy-" + name + (marks & HOLLOW ? "-hollow" : ""), 0));
        if (marks & HIGHLAND) drawing.append(use("sy-highland", -r));
        if (marks & ISLAND) drawing.append(use("sy-island", r - 0.5));
        said.dir = "auto";
        said.textContent = words;
        said.hidden = !words;
        box.append(drawing, said);
        box.style.marginLeft = box.style.marginTop = -HALF + "px";
        return box;
      },
      createShadow: () => null,
    });

    /* name: what the caller knows it by; else it is looked up. */
    state.mark = (code, name) => {
      if (plate) plate.remove();
      plate = null;
      state.chosen = code || null;
      state.tip(null);
      const place = code && state.points && state.place(code);
      if (!place) return;
      const n = state.points.code.indexOf(code), words = name || (state.said && state.said[0] === code ? state.said[1] : "");
      if (words) state.said = [code, words];
      const icon = new Plate({ name: state.points.classes[state.points.kind[n]], marks: state.points.marks[n], words });
      plate = L.marker(place, { icon, zIndexOffset: 2000, interactive: false, keyboard: false }).addTo(state.map);
      if (!words && !state.config.card) state.names().then((names) => state.chosen === code && names[code] && state.mark(code, names[code][0]));
    };
  };
})(window.gisapp);
