/* The ground of every map: borders, water and roads by address, drawn on one canvas.
   Folium calls gisapp.base(map, config) once the map exists. */
window.gisapp = window.gisapp || {};
(function (gisapp) {
  "use strict";

  /* What each layer looks like; colours are names of tokens, so that a dark page redraws itself. */
  const LOOKS = {
    lakes: () => [{ fill: "--map-lake", color: "--map-water", weight: 0.8 }],
    rivers: (p) => [{ color: "--map-water", ...[{ weight: 0.8, opacity: 0.65 }, { weight: 1.4, opacity: 0.85 }, { weight: 2.6 }][p.flow_class || 0] }],
    roads: (p) => ROADS[p.road_class] || ROADS.track,
    subdistricts: () => [{ color: "--map-subdistrict", weight: 0.9, dashArray: "4 3", opacity: 0.75 }],
    districts: () => [{ color: "--map-district", weight: 1.5, opacity: 0.8 }],
    office: () => [{ color: "--map-office", weight: 2, opacity: 0.8 }],
  };
  const CASED = [{ color: "--map-road-edge", weight: 3.6 }, { color: "--map-road", weight: 2 }];
  const ROADS = {
    primary: CASED,
    secondary: CASED,
    tertiary: [{ color: "--map-road-minor", weight: 1.1 }],
    track: [{ color: "--map-road-minor", weight: 0.9, dashArray: "5 3" }],
    path: [{ color: "--map-road-minor", weight: 0.8, dashArray: "1.5 3" }],
  };
  /* Below these zooms small roads and brooks only make the sheet grey. */
  const FROM_ZOOM = { tertiary: 9.25, track: 11, path: 12 };
  const RIVERS_FROM = [9.25, 8, 0];
  /* The map's frame on a sheet A4 across, CSS px: app.css gives it what the legend leaves, 219 by 150 mm;
     on the page of coverage 205, beside what is said of the method. */
  const PAPER = [((document.querySelector(".cov-main") ? 205 : 219) * 96) / 25.4, (150 * 96) / 25.4];
  /* What runs on beyond the office, and ends somewhere. */
  const WET_AND_ROADS = ["lakes", "rivers", "roads"];
  /* Which checkbox of the layers menu shows a layer. */
  const SWITCH = { lakes: "rivers" };
  /* Up to here the coarse form of the lines is as good as the fine one (gisapp/core/line_steps.py). */
  const FINE_FROM = 12;
  /* Work that can wait lets a tap through first, ms. */
  const WAIT_MS = 500;

  gisapp.token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  gisapp.read = async function (url, priority) {
    const answer = await fetch(url, { credentials: "same-origin", priority });
    if (!answer.ok) throw new Error(answer.status + " " + url);
    return answer.json();
  };
  /* Lines sent as steps from place to place (gisapp/core/line_steps.py), back to GeoJSON's shape. */
  gisapp.walked = function ({ unit, features }) {
    const line = (steps) => {
      const places = [];
      for (let n = 0, x = 0, y = 0; n < steps.length; n += 2) places.push([(x += steps[n]) / unit, (y += steps[n + 1]) / unit]);
      return places;
    };
    const deep = (part) => (typeof part[0] === "number" ? line(part) : part.map(deep));
    return { features: features.map(({ kind, properties, steps }) => ({ properties, geometry: { type: kind, coordinates: deep(steps) } })) };
  };
  /* `again` is what a reader may try once more. */
  gisapp.fail = function (message, again) {
    const box = document.getElementById("failed");
    if (!box) return;
    const retry = box.querySelector("[data-again]"), shut = () => { box.hidden = true; };
    box.querySelector("p").textContent = message;
    box.querySelector("button:not([data-again])").onclick = shut;
    if (retry) {
      retry.hidden = !again;
      retry.onclick = () => { shut(); again(); };
    }
    box.hidden = false;
  };

  /* What a reader set up stands in the address, so that a link shows the same. */
  gisapp.asked = (name) => new URLSearchParams(window.location.search).get(name);
  gisapp.remember = function (name, value) {
    const url = new URL(window.location.href);
    value === null ? url.searchParams.delete(name) : url.searchParams.set(name, value);
    /* A comma is allowed in a query; links stay readable. */
    url.search = url.search.replaceAll("%2C", ",");
    window.history.replaceState(window.history.state, "", url);
  };

  gisapp.onPaper = () => "paper" in document.documentElement.dataset;

  /* When the browser has nothing better to do. */
  gisapp.idle = () => new Promise((done) => (window.requestIdleCallback ? window.requestIdleCallback(done, { timeout: WAIT_MS }) : setTimeout(done, 0)));

  function style(look) {
    return {
      color: look.color ? gisapp.token(look.color) : undefined,
      stroke: Boolean(look.color),
      weight: look.weight || 0,
      opacity: look.opacity === undefined ? 1 : look.opacity,
      dashArray: look.dashArray || null,
      fill: Boolean(look.fill),
      fillColor: look.fill ? gisapp.token(look.fill) : undefined,
      fillOpacity: 1,
      lineCap: "round",
      lineJoin: "round",
      interactive: false,
    };
  }

  /* An edge lies under the road it belongs to, for all roads at once. Lines that look alike are one
     layer: a thousand brooks are then as quick as one. */
  function strokes(name, data, renderer) {
    const options = (look) => ({ renderer, pane: "base", ...style(look) });
    const byDepth = [];
    for (const { geometry, properties } of data.features) {
      if (!geometry) continue;
      const from = FROM_ZOOM[properties.road_class] || RIVERS_FROM[properties.flow_class] || 0;
      LOOKS[name](properties).forEach((look, depth) => {
        const alike = (byDepth[depth] = byDepth[depth] || new Map()), line = geometry.type.endsWith("LineString");
        const key = line ? JSON.stringify([look, from]) : alike.size;
        if (!alike.has(key)) alike.set(key, { look, from, shapes: [], kind: line ? L.polyline : L.polygon });
        const places = L.GeoJSON.coordsToLatLngs(geometry.coordinates, { LineString: 0, MultiLineString: 1, Polygon: 1, MultiPolygon: 2 }[geometry.type]);
        if (geometry.type === "LineString") alike.get(key).shapes.push(places);
        else alike.get(key).shapes.push(...places);
      });
    }
    return byDepth.flatMap((alike) => [...alike.values()].map(({ look, from, shapes, kind }) => {
      const layer = kind(shapes, options(look));
      layer.look = look;
      return { name, layer, from };
    }));
  }

  function veil(outline, renderer) {
    const world = [[-85, -180], [-85, 180], [85, 180], [85, -180]];
    const holes = outline.features.flatMap((f) => (f.geometry.type === "Polygon" ? [f.geometry.coordinates[0]] : f.geometry.coordinates.map((part) => part[0])));
    const layer = L.polygon([world, ...holes.map((ring) => ring.map(([lon, lat]) => [lat, lon]))], { renderer, pane: "base", ...style({ fill: "--map-outside" }) });
    layer.look = { fill: "--map-outside" };
    return layer;
  }

  /* The first view is fitted once the page has its measures: the lines above and below the map
     grow when the font arrives, and the same address must look the same each time. */
  async function settle(map, config) {
    await Promise.allSettled(["400", "600"].map((weight) => document.fonts.load(weight + " 16px Sarabun", "กA1")));
    await document.fonts.ready;
    map.invalidateSize({ animate: false, pan: false });
    map.fitBounds(config.first, { reset: true, animate: false, padding: [28, 28] });
    /* Nobody needs the office as a speck; and each zoom step less is a step less to cluster. */
    map.setMinZoom(Math.max(4, Math.floor(map.getBoundsZoom(map.options.home)) - 1));
  }

  /* Fetch the lines and prepare them a layer at a time: what a reader came for are the points. */
  async function lines(map, config, form, renderer, ground) {
    let answers;
    try {
      answers = await Promise.all(config.layers.map((layer) => gisapp.read(layer[form], "low")));
    } catch (error) {
      gisapp.fail(config.words.failed);
      throw error;
    }
    await gisapp.pointsDrawn(map);
    const drawn = [], data = {};
    for (const [n, { name }] of config.layers.entries()) {
      await gisapp.idle();
      data[name] = gisapp.walked(answers[n]);
      if (name === "office" && data[name].features.length) drawn.push({ name, layer: veil(data[name], renderer), from: 0 });
      drawn.push(...strokes(name, data[name], renderer));
    }
    const below = WET_AND_ROADS.filter((name) => data[name]);
    const edges = gisapp.edges(map, below.map((name) => data[name]), config.ground, { renderer, pane: "base", wanted: ground.alone });
    drawn.splice(drawn.filter((one) => below.includes(one.name)).length, 0, ...edges.map((layer) => ({ name: "edge", layer, from: 0 })));
    await gisapp.idle();
    return { drawn, data };
  }

  gisapp.base = async function (map, config) {
    map.options.home = L.latLngBounds(config.home || config.first);
    map.createPane("base").style.zIndex = 400;
    map.createPane("label").style.zIndex = 420;
    map.createPane("point").style.zIndex = 450;
    gisapp.controls(map, config);
    const ground = gisapp.ground(map, config.ground);
    map.settled = settle(map, config);
    /* The points, started next, may yet put another view on top. */
    await null;
    const renderer = L.canvas({ pane: "base", padding: 0.3 }), hidden = new Set(), more = gisapp.more(map, config);
    let drawn = [], labels = null, zoom = null;
    const show = () => {
      for (const one of drawn) {
        const yes = map.getZoom() >= one.from && !hidden.has(SWITCH[one.name] || one.name);
        if (yes !== map.hasLayer(one.layer)) yes ? one.layer.addTo(map) : one.layer.remove();
      }
      /* A layer that comes back is drawn last: keep the sheet's order. */
      for (const one of drawn) if (map.hasLayer(one.layer)) one.layer.bringToFront();
      zoom = map.getZoom();
    };
    /* Heard from the start: behind a slow line the menu is there long before the lines are. */
    gisapp.switches((name, wanted) => {
      const own = [ground, more].find((layers) => layers.has(name));
      if (own) return own.show(name, wanted);
      wanted ? hidden.delete(name) : hidden.add(name);
      if (name === "labels") return labels && labels.toggle(wanted);
      return zoom !== null && show();
    }, Object.keys(config.ground));
    await map.settled;
    const wanted = () => (map.getZoom() >= FINE_FROM ? "fine" : "url");
    let form = wanted();
    const { data, ...first } = await lines(map, config, form, renderer, ground);
    drawn = first.drawn;
    /* Who comes close gets the lines as they were surveyed; they stay. */
    const refine = async () => {
      if (form === "fine" || wanted() !== "fine") return;
      form = "fine";
      const before = drawn;
      drawn = (await lines(map, config, form, renderer, ground)).drawn;
      for (const one of before) one.layer.remove();
      show();
    };
    labels = gisapp.labels(map, data, config);
    if (hidden.has("labels")) labels.toggle(false);
    show();
    document.documentElement.dataset.ground = form;
    map.on("zoomend", () => {
      if (drawn.some((one) => one.from && zoom >= one.from !== map.getZoom() >= one.from)) show();
      zoom = map.getZoom();
      refine();
    });
    refine();
    document.addEventListener("gisapp:theme", () => {
      for (const one of drawn) if (one.layer.look) one.layer.setStyle(style(one.layer.look));
      renderer._redraw();
    });
    /* The printed picture is the screen's own, cut to the paper's frame: a browser does not wait
       for a canvas to draw itself anew, and prints an empty one when it was touched on the way. */
    const keep = () => {
      const size = map.getSize();
      if (!size.x || window.matchMedia("print").matches) return;
      const box = document.documentElement.style;
      box.setProperty("--map-w", size.x + "px");
      box.setProperty("--map-h", size.y + "px");
      box.setProperty("--map-fit", Math.min(PAPER[0] / size.x, PAPER[1] / size.y).toFixed(4));
    };
    map.on("resize", keep);
    keep();
    /* What turned light just now would be printed stroke by stroke, and white where it was wiped: a
       fresh canvas takes its picture. */
    document.addEventListener("gisapp:paper", () => {
      for (const canvas of map.getContainer().querySelectorAll("canvas")) {
        const sheet = canvas.cloneNode();
        if (canvas.width) sheet.getContext("2d").drawImage(canvas, 0, 0);
        canvas.replaceWith(sheet);
        window.addEventListener("afterprint", () => sheet.replaceWith(canvas), { once: true });
      }
    });
  };

  /* Zoom buttons, the whole office, and the scale bar in the collar. */
  gisapp.controls = function (map, config) {
    const home = map.options.home;
    const press = {
      in: () => map.zoomIn(1),
      out: () => map.zoomOut(1),
      all: () => map.fitBounds(home, { animate: false, padding: [28, 28] }),
    };
    document.querySelectorAll("[data-map]").forEach((button) => button.addEventListener("click", press[button.dataset.map]));
    const place = document.getElementById("scale");
    if (!place) return;
    const draw = () => {
      const middle = map.getSize().y / 2;
      const metres = map.distance(map.containerPointToLatLng([0, middle]), map.containerPointToLatLng([100, middle])) / 100;
      if (!(metres > 0)) return;
      const km = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200].find((k) => (k * 1000) / metres > 48) || 200;
      place.replaceChildren(scaleBar((km * 1000) / metres, km + " " + config.words.km));
    };
    map.on("moveend zoomend resize", draw);
    draw();
  };

  gisapp.svg = function (name, attributes, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  function scaleBar(width, words) {
    const svg = gisapp.svg;
    const quarter = (n) => svg("rect", { x: 0.5 + (n * width) / 4, y: 3.5, width: width / 4, height: 5, fill: "currentColor" });
    return svg("svg", { width: Math.ceil(width + 52), height: 14, role: "img", "aria-label": words },
      svg("rect", { x: 0.5, y: 3.5, width, height: 5, fill: "none", stroke: "currentColor" }), quarter(0), quarter(2),
      svg("text", { x: width + 7, y: 11 }, words));
  }
})(window.gisapp);
