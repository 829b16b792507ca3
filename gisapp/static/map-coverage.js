/* The map of coverage: units in the colours of their classes, and what a reader can do with them.
   Folium calls gisapp.areas(map, config) once the map exists; coverage.js tells what to show, by
   gisapp.areaMap, and hears of presses by the event gisapp:unit. Names are shown as text only. */
(function (gisapp) {
  "use strict";

  /* From here on the coarse form of borders would show. */
  const FINE_FROM = 12;
  /* Nobody needs to see one village's zone as large as the map. */
  const CLOSEST = 13;
  /* Borders lie between areas and outlines (map.js); names above everything. */
  const PANES = { areas: 300, outlines: 410, dots: 440, pockets: 450 }, NAMES = 460;
  /* At most so many units that lie on each other are named at once. */
  const MOST_NAMED = 3;

  gisapp.areas = function (map, config) {
    for (const [name, depth] of Object.entries(PANES)) map.createPane(name).style.zIndex = depth;
    for (const name of Object.keys(PANES)) map.getPane(name).style.pointerEvents = "none";
    map.getPane("label").style.zIndex = NAMES;
    const areas = new gisapp.AreaSheet(map, "areas").addTo(map), outlines = new gisapp.OutlineSheet(areas, "outlines").addTo(map);
    const dots = new gisapp.DotSheet("dots").addTo(map), pockets = new gisapp.PocketSheet(areas, "pockets").addTo(map);
    const view = { map, describe: () => null, describePocket: () => null };
    const tip = tipOver(map), frame = map.getContainer();
    let asked = null, pocketsAsked = null, form = "", chosen = null, pinned = null, mouse = false;

    const filled = (address, values) => address.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name]));
    /* Schools and pockets are read again with the page; without them the areas stay right. */
    const without = () => gisapp.fail(config.words.failed, () => window.location.reload());

    /* --- what coverage.js asks for --- */
    view.show = async function (level, unit) {
      /* At first the map has not yet gone where the address leads. */
      const [, zoom] = (asked === null && gisapp.viewAsked()) || [null, map.getZoom()];
      const mine = (asked = filled(config.areas, { level, unit }));
      view.asked = [level, unit];
      form = zoom >= FINE_FROM ? "?fine=1" : "";
      const answer = await gisapp.read(mine + form, "high");
      if (mine !== asked) return;
      areas.set(map, gisapp.walked(answer).features);
      if (chosen !== null && !areas.unit(chosen)) view.choose(null);
      map.fire("pointsready");
    };
    view.paint = (looks) => { areas.paint(looks); again(); };
    /* The pockets of [level, reach, affiliations]; null: there are none to ask for. */
    view.pockets = async function (question) {
      const mine = (pocketsAsked = question), [level, reach, affiliations] = question || [];
      const answer = question ? await gisapp.read(filled(config.pockets, { level, reach, affiliations }), "low").catch(without) : { features: [] };
      if (!answer) pocketsAsked = null;
      if (!answer || mine !== pocketsAsked) return;
      pockets.set(map, gisapp.walked(answer).features);
      if (pinned !== null) view.pinPocket(null);
      map.fire("pointsready");
    };
    view.showPockets = (on) => { pockets.show(on); map.fire("pointsready"); };
    /* Mark a unit and say its figures beside it; null takes the mark away. */
    view.choose = function (id) {
      chosen = id;
      pinned = null;
      outlines.mark({ chosen: id, over: null });
      again();
    };
    view.look = (id) => { const one = areas.unit(id); if (one) near(one.bounds); };
    view.pinPocket = (no) => {
      chosen = null;
      pinned = no;
      outlines.mark({ chosen: null, over: null });
      again();
    };
    view.lookPocket = (no) => {
      const one = pockets.pocket(no);
      if (!one) return;
      view.pinPocket(no);
      near(one.bounds);
    };
    view.points = (url) => gisapp.read(url).then(dots.set.bind(dots), without);

    function near(bounds) { map.fitBounds(bounds.pad(0.8), { animate: false, maxZoom: Math.max(CLOSEST, map.getZoom()) }); }
    /* What is said of the chosen unit changes with the question, its place with the map. */
    function again() {
      const one = pinned !== null ? pockets.pocket(pinned) : chosen !== null ? areas.unit(chosen) : null;
      tip.pin(one && areas.onFrame(one.middle), one && (pinned !== null ? view.describePocket(pinned) : view.describe(chosen)));
    }
    map.on("moveend resize", again);
    const refine = () => { if (asked && !form && map.getZoom() >= FINE_FROM) view.show(...view.asked).catch(without); };

    /* --- pointer, finger, keyboard --- */
    const under = (point) => {
      const disc = pockets.under(point);
      return disc ? { no: disc.no } : { ids: areas.under(point).map((one) => one.id).slice(0, MOST_NAMED) };
    };
    map.on("mousemove", (event) => {
      if (!mouse) return;
      const { no, ids } = under(event.containerPoint), said = no ? [view.describePocket(no)] : ids.filter((id) => id !== chosen).map(view.describe);
      outlines.mark({ over: no || !ids.length ? null : ids[0] });
      frame.classList.toggle("on-unit", Boolean(no || ids.length));
      tip.follow(event.containerPoint, said.filter(Boolean));
    });
    map.on("mouseout movestart zoomstart", () => { outlines.mark({ over: null }); tip.follow(null, []); });
    map.on("click", (event) => {
      const { no, ids } = under(event.containerPoint);
      if (no) return tell({ no });
      /* A second press on the same spot goes to what lies below, then away. */
      const next = ids[ids.indexOf(chosen) + 1];
      return tell({ id: next === undefined ? null : next });
    });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && (chosen !== null || pinned !== null)) tell({ id: null }); });
    for (const name of ["pointermove", "pointerdown"]) {
      frame.addEventListener(name, (event) => { mouse = event.pointerType === "mouse"; }, { passive: true });
    }
    const tell = (detail) => document.dispatchEvent(new CustomEvent("gisapp:unit", { detail }));

    gisapp.pointBoxes = () => [...pockets.boxes(), ...dots.boxes()];
    gisapp.viewInAddress(view);
    map.settled.then(() => { refine(); map.on("zoomend", refine); });
    gisapp.areaMap = view;
    return points(map, config, dots, without);
  };

  /* The schools; the map counts as drawn when they are there and the frame has its measure. */
  async function points(map, config, dots, without) {
    const columns = await gisapp.read(config.points).catch(without);
    if (!columns) return;
    dots.set(columns);
    await map.settled;
    document.querySelectorAll(".mapbox > .wait").forEach((box) => box.remove());
    document.documentElement.dataset.points = String(columns.code.length);
    map.fire("pointsready");
  }

  /* --- what is said beside the pointer, or beside what is chosen --- */
  function tipOver(map) {
    const box = (kind) => {
      const made = document.createElement("div");
      made.className = "tip unit " + kind;
      made.hidden = true;
      map.getContainer().append(made);
      return made;
    };
    const pinned = box("pinned"), following = box("following");

    /* one: {name, lines: [[word, figure, more]], more: [sentences]} */
    function said(one) {
      const name = document.createElement("b"), list = document.createElement("dl"), part = document.createElement("div");
      name.dir = "auto";
      name.textContent = one.name;
      for (const [word, figure, more] of one.lines) {
        const row = document.createElement("div"), dt = document.createElement("dt"), dd = document.createElement("dd"), small = document.createElement("small");
        dt.textContent = word;
        dd.textContent = figure;
        small.textContent = more || "";
        if (more) dd.append(" ", small);
        row.append(dt, dd);
        list.append(row);
      }
      part.append(name, list);
      for (const words of (one.more || []).filter(Boolean)) {
        const p = document.createElement("p");
        p.dir = "auto";
        p.textContent = words;
        part.append(p);
      }
      return part;
    }

    /* Above a place, below it where there is no room, and never beyond the frame's sides. */
    function put(element, at, all, gap) {
      const size = map.getSize(), inside = at && at.x >= 0 && at.y >= 0 && at.x <= size.x && at.y <= size.y;
      element.hidden = !inside || !all.length;
      if (element.hidden) return;
      element.replaceChildren(...all.map(said));
      const half = element.offsetWidth / 2 + 4, high = element.offsetHeight + gap, below = at.y < high + 4;
      element.classList.toggle("below", below);
      element.style.left = Math.min(Math.max(at.x, half), size.x - half) + "px";
      element.style.top = at.y + (below ? gap : -gap) + "px";
    }

    return {
      follow: (at, all) => put(following, at, all, 14),
      pin: (at, one) => put(pinned, at, one ? [one] : [], 10),
    };
  }
})(window.gisapp);
