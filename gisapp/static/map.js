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
  /* The map's frame on a sheet A4 across, CSS px: app.css gives it what the legend leaves, 219 by 150 mm. */
  const PAPER = [(219 * 96) / 25.4, (150 * 96) / 25.4];
  /* Which checkbox of the layers menu shows a layer. */
  const SWITCH = { lakes: "rivers" };

  gisapp.token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  gisapp.read = async function (url) {
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.status + " " + url);
    return answer.json();
  };
  gisapp.fail = function (message) {
    const box = document.getElementById("failed");
    if (box) { box.textContent = message; box.hidden = false; }
  };

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

  /* One Leaflet layer per stroke: an edge lies under the road it belongs to, for all roads at once. */
  function strokes(name, data, renderer) {
    const byDepth = [];
    for (const feature of data.features) {
      if (!feature.geometry) continue;
      LOOKS[name](feature.properties).forEach((look, depth) => {
        (byDepth[depth] = byDepth[depth] || []).push([feature, look]);
      });
    }
    return byDepth.flatMap((pairs) => pairs.map(([feature, look]) => {
      const layer = L.geoJSON(feature, { renderer, pane: "base", interactive: false, style: () => style(look) });
      layer.look = look;
      layer.from = FROM_ZOOM[feature.properties.road_class] || RIVERS_FROM[feature.properties.flow_class] || 0;
      return layer;
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

  gisapp.base = async function (map, config) {
    map.options.home = L.latLngBounds(config.home || config.first);
    map.createPane("base").style.zIndex = 400;
    map.createPane("label").style.zIndex = 420;
    map.createPane("point").style.zIndex = 450;
    gisapp.controls(map, config);
    map.settled = settle(map, config);
    await map.settled;
    const renderer = L.canvas({ pane: "base", padding: 0.3 });
    let answers;
    try {
      answers = await Promise.all(config.layers.map((layer) => gisapp.read(layer.url)));
    } catch (error) {
      gisapp.fail(config.words.failed);
      throw error;
    }
    const drawn = [];
    const data = {};
    config.layers.forEach((layer, n) => {
      data[layer.name] = answers[n];
      if (layer.name === "office" && answers[n].features.length) drawn.push({ name: "office", layer: veil(answers[n], renderer), from: 0 });
      for (const stroke of strokes(layer.name, answers[n], renderer)) drawn.push({ name: layer.name, layer: stroke, from: stroke.from });
    });
    const hidden = new Set();
    const show = () => {
      for (const one of drawn) {
        const wanted = map.getZoom() >= one.from && !hidden.has(SWITCH[one.name] || one.name);
        if (wanted !== map.hasLayer(one.layer)) wanted ? one.layer.addTo(map) : one.layer.remove();
      }
      /* A layer that comes back is drawn last: keep the sheet's order. */
      for (const one of drawn) if (map.hasLayer(one.layer)) one.layer.bringToFront();
    };
    let zoom = null;
    map.on("zoomend", () => {
      const before = zoom;
      zoom = map.getZoom();
      if (drawn.some((one) => one.from && before >= one.from !== zoom >= one.from)) show();
    });
    show();
    zoom = map.getZoom();
    document.addEventListener("gisapp:theme", () => {
      for (const one of drawn) one.layer.setStyle(style(one.layer.look));
      renderer._redraw();
    });
    const labels = gisapp.labels(map, data, config);
    document.querySelectorAll("[data-layer]").forEach((box) => {
      box.addEventListener("change", () => {
        if (box.dataset.layer === "labels") return labels.toggle(box.checked);
        box.checked ? hidden.delete(box.dataset.layer) : hidden.add(box.dataset.layer);
        show();
      });
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
