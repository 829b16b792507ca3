/* What the coverage map draws on canvases: areas in the colours of their classes, schools as dots,
   and pockets with their numbers.

   A shape is a path in pixels of one deep zoom, counted from the middle of the office, made once:
   moving, zooming and colouring only draw it again. */
(function (gisapp) {
  "use strict";

  /* The zoom whose pixels paths are counted in. */
  const DEEP = 16;
  /* A canvas reaches beyond the map by this share of it, so that a drag finds it drawn. */
  const PADDING = 0.3;
  const HATCH = { nodata: { step: 6, ground: "--nodata", line: "--nodata-line", turn: 1 }, unassigned: { step: 9, ground: null, line: "--line-strong", turn: -1 } };
  const OUTLINES = { chosen: { color: "--pt-select", width: 3 }, over: { color: "--ink", width: 2 } };
  /* On a wall screen everything is read from farther away. */
  const SCALE = window.matchMedia("(min-width: 1800px)").matches ? 1.25 : 1;
  const DOT_PX = 2 * SCALE, RING_PX = SCALE, HOLLOW = 1, CROWD = 400;
  const DISC_PX = 12 * SCALE, CASING_PX = 4.5, POCKET_PX = 2, DASH_PX = [5, 3];
  /* Numbers stand so far apart; a pocket smaller than that is only its number. */
  const APART_PX = 2.5 * DISC_PX, SMALL_PX = 12;

  /* --- a canvas over the map, in the order of its pane --- */
  const Sheet = L.Layer.extend({
    initialize(pane) { this.paneName = pane; },
    onAdd(map) {
      this.canvas = L.DomUtil.create("canvas", "", map.getPane(this.paneName));
      this.canvas.setAttribute("aria-hidden", "true");
      this.again = () => this.draw();
      document.addEventListener("gisapp:theme", this.again);
      this.draw();
    },
    onRemove() {
      document.removeEventListener("gisapp:theme", this.again);
      this.canvas.remove();
    },
    getEvents() { return { moveend: this.draw, resize: this.draw }; },
    /* Wipe, lie over the map, and return what draws in pixels of the map's frame. */
    wiped() {
      const map = this._map, size = map.getSize(), pad = size.multiplyBy(PADDING), dpr = window.devicePixelRatio || 1, { canvas } = this;
      L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint(pad.multiplyBy(-1)));
      const wide = Math.round((size.x + 2 * pad.x) * dpr), high = Math.round((size.y + 2 * pad.y) * dpr);
      if (canvas.width !== wide || canvas.height !== high) {
        canvas.width = wide;
        canvas.height = high;
        canvas.style.width = wide / dpr + "px";
        canvas.style.height = high / dpr + "px";
      }
      const ctx = canvas.getContext("2d");
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, wide, high);
      ctx.setTransform(dpr, 0, 0, dpr, pad.x * dpr, pad.y * dpr);
      return ctx;
    },
    /* Draw paths of the deep zoom; widths are then pixels times `unit`. */
    deep(ctx, origin) {
      const map = this._map, scale = 2 ** (map.getZoom() - DEEP), at = map.latLngToContainerPoint(map.unproject(origin, DEEP));
      ctx.translate(at.x, at.y);
      ctx.scale(scale, scale);
      return 1 / scale;
    },
  });

  /* --- features of steps as paths --- */
  function rings(geometry) { return geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat(); }

  function shaped(map, feature, origin) {
    const path = new Path2D(), box = L.bounds([]), bounds = L.latLngBounds([]), outlines = [];
    let largest = null, most = -1;
    for (const ring of rings(feature.geometry)) {
      const places = ring.map(([lon, lat]) => { bounds.extend([lat, lon]); return map.project([lat, lon], DEEP).subtract(origin); });
      places.forEach((p, n) => { box.extend(p); n ? path.lineTo(p.x, p.y) : path.moveTo(p.x, p.y); });
      path.closePath();
      outlines.push(places);
      const found = middle(places);
      if (found.area > most) { most = found.area; largest = found.at; }
    }
    if (!tester.isPointInPath(path, largest.x, largest.y, "evenodd")) largest = within(outlines, largest);
    return { ...feature.properties, path, box, bounds, middle: largest };
  }
  const tester = document.createElement("canvas").getContext("2d");

  /* The middle of the widest piece of an area on the height of a place. */
  function within(outlines, { x, y }) {
    const cuts = [];
    for (const places of outlines) {
      for (let n = 0; n + 1 < places.length; n++) {
        const [a, b] = [places[n], places[n + 1]];
        if (a.y > y !== b.y > y) cuts.push(a.x + ((y - a.y) * (b.x - a.x)) / (b.y - a.y));
      }
    }
    cuts.sort((a, b) => a - b);
    let best = [x, x];
    for (let n = 0; n + 1 < cuts.length; n += 2) if (cuts[n + 1] - cuts[n] > best[1] - best[0]) best = [cuts[n], cuts[n + 1]];
    return L.point((best[0] + best[1]) / 2, y);
  }

  /* The middle of a ring by its area; of a ring without one, the middle of its places. */
  function middle(places) {
    let area = 0, x = 0, y = 0;
    for (let n = 0; n + 1 < places.length; n++) {
      const [a, b] = [places[n], places[n + 1]], cross = a.x * b.y - b.x * a.y;
      area += cross;
      x += (a.x + b.x) * cross;
      y += (a.y + b.y) * cross;
    }
    if (Math.abs(area) < 1e-9) return { area: 0, at: L.bounds(places).getCenter() };
    return { area: Math.abs(area / 2), at: L.point(x / (3 * area), y / (3 * area)) };
  }

  /* Stripes at 45°, as a tile that a canvas repeats; it keeps its size on the screen. */
  function hatch(ctx, { step, ground, line, turn }) {
    const dpr = window.devicePixelRatio || 1, side = Math.round(step * Math.SQRT2 * dpr), tile = document.createElement("canvas");
    tile.width = tile.height = side;
    const pen = tile.getContext("2d");
    if (ground) { pen.fillStyle = gisapp.token(ground); pen.fillRect(0, 0, side, side); }
    pen.strokeStyle = gisapp.token(line);
    pen.lineWidth = dpr;
    pen.beginPath();
    for (const shift of [-side, 0, side]) {
      pen.moveTo(shift, turn > 0 ? side : 0);
      pen.lineTo(shift + side, turn > 0 ? 0 : side);
    }
    pen.stroke();
    const pattern = ctx.createPattern(tile, "repeat");
    /* The canvas is scaled to the deep zoom; the tile is not. */
    pattern.onScreen = (unit) => { pattern.setTransform(new DOMMatrix([unit / dpr, 0, 0, unit / dpr, 0, 0])); return pattern; };
    return pattern;
  }

  /* --- units in the colours of their classes --- */
  gisapp.AreaSheet = Sheet.extend({
    initialize(map, pane) {
      Sheet.prototype.initialize.call(this, pane);
      this.origin = map.project(map.options.home.getCenter(), DEEP);
      this.units = [];
      this.looks = null;
    },
    set(map, features) {
      this.units = features.map((feature) => shaped(map, feature, this.origin));
      if (this._map) this.draw();
    },
    /* id -> token of a colour, "nodata", "unassigned", or null: only the line is drawn. */
    paint(looks) {
      this.looks = looks;
      if (this._map) this.draw();
    },
    unit(id) { return this.units.find((one) => one.id === id); },
    /* Units at a place of the map's frame, the one drawn last first. */
    under(point) {
      const at = this._map.project(this._map.containerPointToLatLng(point), DEEP).subtract(this.origin);
      return this.units.filter((one) => one.box.contains(at) && tester.isPointInPath(one.path, at.x, at.y, "evenodd")).reverse();
    },
    /* A place of the deep zoom in pixels of the frame. */
    onFrame(at) { return this._map.latLngToContainerPoint(this._map.unproject(at.add(this.origin), DEEP)); },
    draw() {
      const ctx = this.wiped(), unit = this.deep(ctx, this.origin), fills = new Map();
      ctx.globalAlpha = parseFloat(gisapp.token("--zone-opacity"));
      for (const one of this.units) {
        const look = this.looks && this.looks.get(one.id);
        if (!look) continue;
        if (!fills.has(look)) fills.set(look, HATCH[look] ? hatch(ctx, HATCH[look]).onScreen(unit) : gisapp.token("--" + look));
        ctx.fillStyle = fills.get(look);
        ctx.fill(one.path, "evenodd");
      }
      /* After all of them: a neighbour must not cover half of a line. */
      ctx.globalAlpha = 1;
      ctx.strokeStyle = gisapp.token("--zone-line");
      ctx.lineWidth = unit;
      ctx.lineJoin = "round";
      for (const one of this.units) ctx.stroke(one.path);
    },
  });

  /* --- the unit under the pointer and the chosen one, above borders and below names --- */
  gisapp.OutlineSheet = Sheet.extend({
    initialize(areas, pane) {
      Sheet.prototype.initialize.call(this, pane);
      this.areas = areas;
      this.marked = {};
    },
    /* name of the outline -> id or null. */
    mark(changes) {
      const before = { ...this.marked };
      Object.assign(this.marked, changes);
      if (Object.keys(changes).some((name) => before[name] !== this.marked[name])) this.draw();
    },
    draw() {
      const ctx = this.wiped(), unit = this.deep(ctx, this.areas.origin);
      ctx.lineJoin = "round";
      for (const name of ["over", "chosen"]) {
        const shape = this.marked[name] != null && this.areas.unit(this.marked[name]);
        if (!shape) continue;
        const { color, width } = OUTLINES[name];
        for (const [ink, px] of [["--surface", width + 2], [color, width]]) {
          ctx.strokeStyle = gisapp.token(ink);
          ctx.lineWidth = px * unit;
          ctx.stroke(shape.path);
        }
      }
    },
  });

  /* --- schools, small and dark; a stand-in point is hollow --- */
  gisapp.DotSheet = Sheet.extend({
    set(places) {
      this.places = places;
      if (this._map) this.draw();
    },
    /* What names of places keep clear of; among a crowd there is no room to keep. */
    boxes() {
      const seen = this.seen || [], r = DOT_PX + RING_PX;
      return seen.length > CROWD ? [] : seen.map(([p]) => [p.x, p.y, r, r]);
    },
    draw() {
      const ctx = this.wiped();
      if (!this.places) return;
      const around = this._map.getBounds().pad(PADDING), { lon, lat, marks } = this.places;
      const seen = (this.seen = lon.map((_, n) => n).filter((n) => around.contains([lat[n], lon[n]])).map((n) => [this._map.latLngToContainerPoint([lat[n], lon[n]]), marks[n] & HOLLOW]));
      for (const [ink, r] of [["--surface", DOT_PX + RING_PX], ["--ink", DOT_PX]]) {
        ctx.fillStyle = gisapp.token(ink);
        ctx.beginPath();
        for (const [p] of seen) { ctx.moveTo(p.x + r, p.y); ctx.arc(p.x, p.y, r, 0, 2 * Math.PI); }
        ctx.fill();
      }
      ctx.fillStyle = gisapp.token("--surface");
      ctx.beginPath();
      for (const [p, hollow] of seen) if (hollow) { ctx.moveTo(p.x + 1, p.y); ctx.arc(p.x, p.y, 1, 0, 2 * Math.PI); }
      ctx.fill();
    },
  });

  /* --- pockets: dashed on a casing, numbered as in their list --- */
  gisapp.PocketSheet = Sheet.extend({
    initialize(areas, pane) {
      Sheet.prototype.initialize.call(this, pane);
      this.areas = areas;
      this.pockets = [];
      this.discs = [];
      this.on = true;
    },
    set(map, features) {
      this.pockets = features.map((feature) => shaped(map, feature, this.areas.origin));
      if (this._map) this.draw();
    },
    show(on) {
      this.on = on;
      if (this._map) this.draw();
    },
    pocket(no) { return this.pockets.find((one) => one.no === no); },
    /* The pocket whose number stands at a place of the frame. */
    under(point) { return this.discs.find((disc) => disc.at.distanceTo(point) <= DISC_PX + 2); },
    /* What names of places keep clear of: [middle x, middle y, half width, half height]. */
    boxes() { return this.discs.map(({ at }) => [at.x, at.y, DISC_PX + 2, DISC_PX + 2]); },
    draw() {
      const ctx = this.wiped();
      this.discs = [];
      if (!this.on) return;
      ctx.save();
      const unit = this.deep(ctx, this.areas.origin);
      ctx.lineJoin = "round";
      for (const [ink, px, alpha, dash] of [["--surface", CASING_PX, 0.85, []], ["--map-pocket", POCKET_PX, 1, DASH_PX]]) {
        ctx.strokeStyle = gisapp.token(ink);
        ctx.lineWidth = px * unit;
        ctx.globalAlpha = alpha;
        ctx.setLineDash(dash.map((n) => n * unit));
        for (const one of this.pockets) if (Math.max(one.box.getSize().x, one.box.getSize().y) > SMALL_PX * unit) ctx.stroke(one.path);
      }
      ctx.restore();
      /* The most children first: where there is no room, the number of fewer waits for the next zoom. */
      for (const one of this.pockets) {
        const at = this.areas.onFrame(one.middle);
        if (!this.discs.some((disc) => disc.at.distanceTo(at) < APART_PX)) this.discs.push({ at, no: one.no });
      }
      this.discs.forEach(({ at, no }) => numbered(ctx, at, String(no)));
    },
  });

  function numbered(ctx, at, text) {
    ctx.beginPath();
    ctx.arc(at.x, at.y, DISC_PX - 1, 0, 2 * Math.PI);
    ctx.fillStyle = gisapp.token("--surface");
    ctx.fill();
    ctx.lineWidth = 2;
    ctx.strokeStyle = gisapp.token("--map-pocket");
    ctx.stroke();
    ctx.font = "600 " + (text.length > 2 ? 11 : 13) * SCALE + "px " + gisapp.token("--font");
    ctx.textAlign = "center";
    ctx.textBaseline = "alphabetic";
    ctx.fillStyle = gisapp.token("--map-pocket");
    ctx.fillText(text, at.x, at.y + 4.6 * SCALE);
  }
})(window.gisapp);
