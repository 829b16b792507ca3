/* The layers menu, kept in the address, and the layers that are fetched when first switched on:
   villages, other schools, and who serves which village. Names are shown as text only. */
(function (gisapp) {
  "use strict";

  const PADDING = 0.3;
  const HALO_PX = 3.5;
  /* Nearer than this there is room for names. */
  const NAMES_FROM = { villages: 12.5, others: 11.5 };
  const NAME_FONT = "400 13px ";
  const NAME_HEIGHT = 18;
  const square = (ctx, x, y) => ctx.rect(x - 3, y - 3, 6, 6);
  const diamond = (ctx, x, y) => { ctx.moveTo(x, y - 5); ctx.lineTo(x + 5, y); ctx.lineTo(x, y + 5); ctx.lineTo(x - 5, y); ctx.closePath(); };
  const LOOKS = {
    villages: { shape: square, fill: "--map-district", edge: "--map-halo" },
    others: { shape: diamond, fill: "--pt-other", edge: "--pt-edge" },
  };
  const LINES = { token: "--map-office", weight: 1, opacity: 0.5 };
  const CHOSEN = { token: "--map-office", weight: 1.6, opacity: 0.9 };
  const ZONES = { token: "--map-pocket", weight: 1, opacity: 0.8 };
  /* The zones of one school, one after the other: levels are told apart by the line too. */
  const OWN_ZONES = [null, "9 5", "3 5"].map((dashArray) => ({ ...ZONES, weight: 2.5, opacity: 1, dashArray }));
  /* What starts at a stand-in point is no distance. */
  const STANDIN_DASH = "2 5";

  /* --- the menu: `off` names what the page would show, `on` what it would not --- */
  gisapp.switches = function (apply, always) {
    const boxes = [...document.querySelectorAll("[data-layer]:not(:disabled)")];
    const listed = (name) => (gisapp.asked(name) || "").split(",");
    const write = (name, at) => gisapp.remember(name, boxes.filter((box) => box.defaultChecked === at && box.checked !== at).map((box) => box.dataset.layer).join(",") || null);
    const follow = () => {
      const off = listed("off"), on = listed("on");
      for (const box of boxes) {
        box.checked = box.defaultChecked ? !off.includes(box.dataset.layer) : on.includes(box.dataset.layer);
        apply(box.dataset.layer, box.checked);
      }
    };
    for (const box of boxes) {
      box.addEventListener("change", () => {
        apply(box.dataset.layer, box.checked);
        write("off", true);
        write("on", false);
      });
    }
    for (const name of always) if (!boxes.some((box) => box.dataset.layer === name)) apply(name, true);
    window.addEventListener("popstate", follow);
    follow();
  };

  /* --- many small marks on one canvas, with names where there is room --- */
  const Marks = L.Layer.extend({
    initialize(name, places) { this.name = name; this.places = places; },
    onAdd(map) {
      this.canvas = L.DomUtil.create("canvas", "", map.getPane("more"));
      this.canvas.setAttribute("aria-hidden", "true");
      this.again = () => this.draw();
      document.addEventListener("gisapp:theme", this.again);
      this.draw();
    },
    onRemove() {
      document.removeEventListener("gisapp:theme", this.again);
      this.canvas.remove();
    },
    getEvents() { return { moveend: this.draw, resize: this.draw, pointsready: this.draw }; },
    draw() {
      const map = this._map, size = map.getSize(), pad = size.multiplyBy(PADDING), dpr = window.devicePixelRatio || 1;
      const { shape, fill, edge } = LOOKS[this.name], canvas = this.canvas, ctx = canvas.getContext("2d");
      L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint(pad.multiplyBy(-1)));
      canvas.width = (size.x + 2 * pad.x) * dpr;
      canvas.height = (size.y + 2 * pad.y) * dpr;
      canvas.style.width = size.x + 2 * pad.x + "px";
      canvas.style.height = size.y + 2 * pad.y + "px";
      ctx.setTransform(dpr, 0, 0, dpr, pad.x * dpr, pad.y * dpr);
      const seen = [], around = map.getBounds().pad(PADDING);
      ctx.beginPath();
      for (const place of this.places) {
        if (!around.contains(place.at)) continue;
        const p = map.latLngToContainerPoint(place.at);
        shape(ctx, p.x, p.y);
        seen.push([p, place.name]);
      }
      ctx.lineWidth = 1.5;
      ctx.strokeStyle = gisapp.token(edge);
      ctx.stroke();
      ctx.fillStyle = gisapp.token(fill);
      ctx.fill();
      if (map.getZoom() >= NAMES_FROM[this.name]) names(ctx, seen, gisapp.pointBoxes ? gisapp.pointBoxes(map) : []);
    },
  });

  /* Each name below its mark, unless something stands there. */
  function names(ctx, seen, boxes) {
    ctx.font = NAME_FONT + gisapp.token("--font");
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = HALO_PX;
    ctx.strokeStyle = gisapp.token("--map-halo");
    ctx.fillStyle = gisapp.token("--map-label");
    const taken = [...boxes, ...seen.map(([p]) => [p.x, p.y, 4, 4])];
    for (const [p, name] of seen) {
      if (!name) continue;
      const half = ctx.measureText(name).width / 2, y = p.y + NAME_HEIGHT / 2 + 6;
      if (taken.some(([bx, by, w, h]) => Math.abs(p.x - bx) < half + w && Math.abs(y - by) < NAME_HEIGHT / 2 - 2 + h)) continue;
      ctx.strokeText(name, p.x, y);
      ctx.fillText(name, p.x, y);
      taken.push([p.x, y, half + 3, NAME_HEIGHT / 2]);
    }
  }

  /* --- lines from villages to the school that serves them, of the schools that the filter left --- */
  function lines(rows, look, renderer) {
    const drawing = [0, 1].map((standin) => {
      const shapes = rows.filter((row) => row[4] === standin && gisapp.schoolShown(row[5])).map((row) => [[row[1], row[0]], [row[3], row[2]]]);
      return L.polyline(shapes, { renderer, pane: "more", interactive: false, ...look, color: gisapp.token(look.token), dashArray: standin ? STANDIN_DASH : null });
    });
    return L.layerGroup(drawing);
  }

  const outline = (feature, renderer, look) => L.polygon(
    L.GeoJSON.coordsToLatLngs(feature.geometry.coordinates, feature.geometry.type === "Polygon" ? 1 : 2),
    { renderer, pane: "more", interactive: false, fill: false, ...look, color: gisapp.token(look.token) });

  function zones(answer, renderer) {
    const shown = answer.features.filter(({ properties: p }) => gisapp.schoolShown(p.smis_code));
    return L.layerGroup(shown.map((feature) => outline(feature, renderer, ZONES)));
  }

  /* Each zone of a school bears its level: the first at its northern end, the next at its southern. */
  function ownZones(answer, renderer) {
    return L.layerGroup(answer.features.flatMap((feature, n) => {
      const line = outline(feature, renderer, OWN_ZONES[n % OWN_ZONES.length]), said = document.createElement("span");
      const places = line.getLatLngs().flat(3), end = places.reduce((a, b) => ((n % 2 ? b.lat < a.lat : b.lat > a.lat) ? b : a));
      said.textContent = feature.properties.name;
      const icon = L.divIcon({ html: said, className: "zone-name" + (n % 2 ? " below" : ""), iconSize: null });
      return [line, L.marker(end, { icon, interactive: false, keyboard: false, pane: "more" })];
    }));
  }

  async function marks(name, url, config) {
    const answer = await gisapp.read(url);
    const places = answer.features.filter((feature) => feature.geometry && feature.geometry.type === "Point").map(({ geometry, properties: p }) => ({
      at: L.latLng(geometry.coordinates[1], geometry.coordinates[0]),
      name: (config.language === "en" && (p.village_en || p.school_name_en)) || p.village_th || p.school_name_th || "",
    }));
    return new Marks(name, places);
  }

  gisapp.more = function (map, config) {
    const known = config.more || {}, shown = new Map(), wanted = new Set();
    if (!Object.keys(known).length) return { has: () => false };
    map.createPane("more").style.zIndex = 430;
    const renderer = L.canvas({ pane: "more", padding: PADDING });
    const make = {
      villages: () => marks("villages", known.villages.url, config),
      others: () => marks("others", known.others.url, config),
      served: async () => {
        const answer = await gisapp.read(known.served.url), group = L.layerGroup();
        const draw = () => group.clearLayers().addLayer(lines(answer, LINES, renderer));
        map.on("filtered", draw);
        return draw();
      },
      zones: async () => {
        const answer = gisapp.walked(await gisapp.read(known.zones.url)), group = L.layerGroup();
        const draw = () => group.clearLayers().addLayer(zones(answer, renderer));
        map.on("filtered", draw);
        return draw();
      },
    };

    async function show(name, yes) {
      yes ? wanted.add(name) : wanted.delete(name);
      if (!yes) { if (shown.has(name)) shown.get(name).remove(); return; }
      try {
        if (!shown.has(name)) shown.set(name, await make[name]());
      } catch (error) {
        gisapp.fail(config.words.failed);
        throw error;
      }
      if (wanted.has(name)) shown.get(name).addTo(map);
    }

    /* The school of the page, or of the open card, shows its villages and zones, whatever the menu says. */
    const card = document.getElementById("card");
    let chosen = null, open = null, asked = 0;
    async function follow() {
      const code = config.chosen || (card.hidden ? null : card.dataset.code || null);
      if (code === open) return;
      const mine = ++asked;
      open = code;
      if (chosen) chosen.remove();
      chosen = null;
      if (!code) return;
      const of = (layer) => (layer ? gisapp.read(layer.one.replace("{code}", encodeURIComponent(code))) : null);
      const [rows, areas] = await Promise.all([of(known.served), of(known.zones)]);
      if (mine !== asked) return;
      chosen = L.layerGroup().addTo(map);
      if (areas) chosen.addLayer(ownZones(gisapp.walked(areas), renderer));
      const places = (rows || []).map((row) => ({ at: L.latLng(row[1], row[0]), name: row[6] }));
      if (places.length) chosen.addLayer(lines(rows, CHOSEN, renderer)).addLayer(new Marks("villages", places));
      /* Names of places make room. */
      map.fire("pointsready");
    }
    if ((known.served || known.zones) && (config.chosen || card)) {
      if (!config.chosen) new MutationObserver(follow).observe(card, { attributes: true, attributeFilter: ["hidden", "data-code"] });
      map.on("filtered", () => { open = null; follow(); });
      follow();
    }
    document.addEventListener("gisapp:theme", () => map.eachLayer((layer) => layer.options.token && layer.setStyle({ color: gisapp.token(layer.options.token) })));
    return { has: (name) => name in known, show };
  };
})(window.gisapp);
