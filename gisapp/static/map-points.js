/* Schools as points: sprites on one canvas, clusters with a ring, a card on click.
   Folium calls gisapp.points(map, config). Names arrive as JSON and are shown as text only. */
(function (gisapp) {
  "use strict";

  const ORDER = ["xlarge", "large", "medium", "small", "no_students", "nodata"];
  /* Half the side of a sprite: room for the largest point with its mark. */
  const HALF = 20;
  /* On a wall screen everything is read from farther away. */
  const SCALE = window.matchMedia("(min-width: 1800px)").matches ? 1.25 : 1;
  const TOUCH = window.matchMedia("(pointer: coarse)").matches;

  /* --- sprites: the legend's own drawings, read from the page once per theme --- */
  let sprites = new Map();
  const radius = {};

  function trace(ctx, shape) {
    const value = (name) => parseFloat(shape.getAttribute(name));
    const path = new Path2D(shape.tagName === "path" ? shape.getAttribute("d") : undefined);
    if (shape.tagName === "circle") path.arc(value("cx"), value("cy"), value("r"), 0, 2 * Math.PI);
    if (shape.tagName === "rect") path.rect(value("x"), value("y"), value("width"), value("height"));
    const look = getComputedStyle(shape);
    const stroke = () => {
      if (look.stroke === "none") return;
      ctx.globalAlpha = parseFloat(look.strokeOpacity);
      ctx.strokeStyle = look.stroke;
      ctx.lineWidth = parseFloat(look.strokeWidth);
      ctx.lineJoin = look.strokeLinejoin;
      ctx.lineCap = look.strokeLinecap;
      ctx.stroke(path);
      ctx.globalAlpha = 1;
    };
    const first = look.paintOrder.startsWith("stroke");
    if (first) stroke();
    if (look.fill !== "none") { ctx.fillStyle = look.fill; ctx.fill(path); }
    if (!first) stroke();
  }

  function sprite(kind) {
    if (sprites.has(kind)) return sprites.get(kind);
    const [size, hollow, highland, island] = kind.split("|");
    const dpr = Math.max(window.devicePixelRatio || 1, 1);
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 2 * HALF * SCALE * dpr;
    const ctx = canvas.getContext("2d");
    const add = (id, dy) => {
      ctx.setTransform(dpr * SCALE, 0, 0, dpr * SCALE, (HALF - 13) * SCALE * dpr, (HALF - 13 + dy) * SCALE * dpr);
      for (const shape of document.getElementById(id).children) trace(ctx, shape);
    };
    const id = "sy-" + size + (hollow ? "-hollow" : "");
    add(id, 0);
    const r = radiusOf(size);
    if (highland) add("sy-highland", -r);
    if (island) add("sy-island", r - 0.5);
    sprites.set(kind, canvas);
    return canvas;
  }

  function radiusOf(size) {
    if (!radius[size]) radius[size] = parseFloat(document.getElementById("sy-" + size).dataset.r);
    return radius[size];
  }

  /* --- a point: a circle to Leaflet, a sprite to the eye --- */
  L.Canvas.include({
    _drawSchool(point) {
      if (!this._drawing || point._empty()) return;
      const p = point._point, half = HALF * SCALE;
      this._ctx.drawImage(sprite(point.kind), Math.round(p.x) - half, Math.round(p.y) - half, 2 * half, 2 * half);
    },
  });

  const SchoolPoint = L.CircleMarker.extend({
    initialize(feature, size, renderer) {
      const [lon, lat] = feature.geometry.coordinates, p = feature.properties;
      L.CircleMarker.prototype.initialize.call(this, [lat, lon], { radius: HALF * SCALE, renderer, pane: "point", stroke: false });
      this.size = size;
      this.school = p;
      this.kind = [size, p.location_quality === "subdistrict" ? 1 : "", p.highland_official ? 1 : "", p.island_official ? 1 : ""].join("|");
      this.hitRadius = Math.max(radiusOf(size) + 3, TOUCH ? 22 : 9) * SCALE;
    },
    _updatePath() { this._renderer._drawSchool(this); },
    _containsPoint(p) { return p.distanceTo(this._point) <= this.hitRadius; },
  });

  /* --- clusters --- */
  const ClusterIcon = L.Icon.extend({
    createIcon() {
      const box = document.createElement("div");
      box.className = "leaflet-marker-icon cl";
      box.style.width = box.style.height = this.options.side + "px";
      box.style.marginLeft = box.style.marginTop = -this.options.side / 2 + "px";
      box.setAttribute("aria-label", this.options.words);
      box.append(ring(this.options.count, this.options.by, this.options.side / 2 / SCALE));
      return box;
    },
    createShadow: () => null,
  });

  function ring(count, by, R) {
    const svg = gisapp.svg, thick = 4, r = R - thick / 2 - 1.5, around = 2 * Math.PI * r;
    const drawing = svg("svg", { width: 2 * R * SCALE, height: 2 * R * SCALE, viewBox: [-R, -R, 2 * R, 2 * R].join(" "), "aria-hidden": "true" },
      svg("circle", { class: "bg", r: R }), svg("circle", { class: "rim", r: R - 0.25, "stroke-width": 1 }));
    const parts = ORDER.filter((size) => by[size]);
    const gap = parts.length > 1 ? 1.5 : 0;
    let done = 0;
    for (const size of parts) {
      const length = (around * by[size]) / count;
      drawing.append(svg("circle", { r, class: "sy-st-" + size, "stroke-width": thick, "stroke-dasharray": Math.max(0.5, length - gap) + " " + around, "stroke-dashoffset": -done, transform: "rotate(-90)" }));
      done += length;
    }
    drawing.append(svg("text", { y: 4.6 }, count > 999 ? (count / 1000).toFixed(1).replace(".0", "") + "k" : String(count)));
    return drawing;
  }

  function clusterIcon(config) {
    return (cluster) => {
      const by = {}, count = cluster.getChildCount();
      for (const point of cluster.getAllChildMarkers()) by[point.size] = (by[point.size] || 0) + 1;
      return new ClusterIcon({ count, by, side: (count < 10 ? 31 : count < 30 ? 38 : 46) * SCALE, words: count.toLocaleString() + " " + config.words.schools });
    };
  }

  gisapp.schoolName = (school, language) => (language === "en" && school.school_name_en) || school.school_name_th || school.smis_code;

  gisapp.points = function (map, config) {
    const renderer = L.canvas({ pane: "point", padding: 0.2 });
    const group = L.markerClusterGroup({
      maxClusterRadius: 33 * SCALE, showCoverageOnHover: false, animate: false, chunkedLoading: false, removeOutsideVisibleBounds: true,
      iconCreateFunction: clusterIcon(config), spiderLegPolylineOptions: { weight: 1, color: gisapp.token("--map-office"), opacity: 0.7 },
      /* Keep symbols apart from the clusters' own pane, and the legs of a spider under them. */
      spiderfyDistanceMultiplier: 1.3,
    });
    map.addLayer(group);
    const all = new Map();
    const state = { map, config, group, all, chosen: null, query: window.location.search };

    state.load = async function () {
      const url = new URL(config.url, window.location.href);
      for (const name of ["q", "district", "size", "level", "trait", "network"]) {
        for (const value of new URLSearchParams(state.query).getAll(name)) url.searchParams.append(name, value);
      }
      let data;
      try {
        [data] = await Promise.all([gisapp.read(url), map.settled]);
      } catch (error) {
        gisapp.fail(config.words.failed);
        throw error;
      }
      group.clearLayers();
      all.clear();
      const points = [];
      for (const feature of data.features) {
        const size = ORDER.includes(feature.properties.size_class_4) ? feature.properties.size_class_4 : "nodata";
        if (!feature.geometry) continue;
        const point = new SchoolPoint(feature, size, renderer);
        all.set(point.school.smis_code, point);
        points.push(point);
      }
      state.mark(null);
      group.addLayers(points);
      if (config.selected && all.has(config.selected)) state.mark(config.selected);
      document.documentElement.dataset.points = String(points.length);
      map.fire("pointsready");
    };

    group.on("click", (event) => state.open && event.layer.school && state.open(event.layer.school.smis_code));
    gisapp.tips(state);
    gisapp.marks(state);
    if (config.card) gisapp.cards(state);
    gisapp.keys(state);
    document.addEventListener("gisapp:theme", () => {
      sprites = new Map();
      if (renderer._map) renderer._redraw();
    });
    document.addEventListener("gisapp:filter", (event) => { state.query = event.detail; state.load(); });
    gisapp.pointBoxes = () => visible(state).map((point) => {
      const p = map.latLngToContainerPoint(point.getLatLng());
      return [p.x, p.y, 8, 9];
    });
    gisapp.visible = () => visible(state);
    return state.load().then(() => config.card && config.selected && state.open(config.selected, true));
  };

  /* Points that stand on the canvas by themselves, in view. */
  function visible(state) {
    const frame = state.map.getBounds(), found = [];
    state.map.eachLayer((layer) => { if (layer.school && frame.contains(layer.getLatLng())) found.push(layer); });
    return found;
  }

  /* --- the name under the pointer --- */
  gisapp.tips = function (state) {
    const tip = document.createElement("div");
    tip.className = "tip";
    tip.hidden = true;
    state.map.getContainer().append(tip);
    state.tip = (point) => {
      tip.hidden = !point;
      if (!point) return;
      const p = state.map.latLngToContainerPoint(point.getLatLng());
      tip.textContent = gisapp.schoolName(point.school, state.config.language);
      tip.style.left = p.x + "px";
      tip.style.top = p.y - point.hitRadius - 4 + "px";
    };
    state.group.on("mouseover", (event) => event.layer.school && event.layer !== state.chosen && state.tip(event.layer));
    state.group.on("mouseout", () => state.tip(null));
    state.map.on("movestart zoomstart", () => state.tip(null));
  };

  /* --- the chosen school: ring and name plate above everything --- */
  gisapp.marks = function (state) {
    let plate = null;
    state.mark = (code) => {
      if (plate) plate.remove();
      if (state.chosen && state.all.get(state.chosen.school.smis_code) === state.chosen) state.group.addLayer(state.chosen);
      plate = state.chosen = null;
      state.tip(null);
      const point = code && state.all.get(code);
      if (!point) return;
      state.chosen = point;
      state.group.removeLayer(point);
      const Plate = L.Icon.extend({
        createIcon() {
          const box = document.createElement("div");
          box.className = "leaflet-marker-icon sel" + (point.school.highland_official ? " high" : "");
          const r = radiusOf(point.size) + 5, svg = gisapp.svg;
          const drawing = svg("svg", { width: 52 * SCALE, height: 52 * SCALE, viewBox: "-26 -26 52 52", "aria-hidden": "true" },
            svg("circle", { class: "sel-gap", r }), svg("circle", { class: "sel-ring", r: r + 2 }));
          const parts = point.kind.split("|"), size = parts[0] + (parts[1] ? "-hollow" : "");
          drawing.append(svg("use", { href: "#sy-" + size, x: -13, y: -13 }));
          if (parts[2]) drawing.append(svg("use", { href: "#sy-highland", x: -13, y: -13 - radiusOf(point.size) }));
          if (parts[3]) drawing.append(svg("use", { href: "#sy-island", x: -13, y: -13.5 + radiusOf(point.size) }));
          const name = document.createElement("div");
          name.textContent = gisapp.schoolName(point.school, state.config.language);
          box.append(drawing, name);
          box.style.marginLeft = box.style.marginTop = -26 * SCALE + "px";
          return box;
        },
        createShadow: () => null,
      });
      plate = L.marker(point.getLatLng(), { icon: new Plate(), zIndexOffset: 2000, interactive: false, keyboard: false }).addTo(state.map);
    };
  };

  /* --- the keyboard: once Tab is used, every point in view can be reached --- */
  gisapp.keys = function (state) {
    const list = document.createElement("div");
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", state.config.words.in_view);
    let on = false;
    const place = () => {
      if (!on) return;
      const points = visible(state).slice(0, 150);
      points.sort((a, b) => b.getLatLng().lat - a.getLatLng().lat);
      list.replaceChildren(...points.map((point) => {
        const button = document.createElement("button"), p = state.map.latLngToLayerPoint(point.getLatLng());
        button.type = "button";
        button.className = "hit";
        button.setAttribute("aria-label", gisapp.schoolName(point.school, state.config.language) + ", " + state.config.words.pupils + " " + (point.school.students === null ? state.config.words.unknown : point.school.students));
        L.DomUtil.setPosition(button, p);
        button.addEventListener("focus", () => state.tip(point));
        button.addEventListener("blur", () => state.tip(null));
        button.addEventListener("click", () => state.open && state.open(point.school.smis_code));
        return button;
      }));
    };
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Tab" || on) return;
      on = true;
      state.map.getPane("point").append(list);
      place();
    });
    state.map.on("moveend pointsready", place);
  };
})(window.gisapp);
