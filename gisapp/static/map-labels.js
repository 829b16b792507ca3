/* Names of districts and subdistricts: drawn where there is room, left out where there is none. */
(function (gisapp) {
  "use strict";

  const KINDS = [
    { layer: "districts", font: "600 16px", height: 22, from: -2, opacity: 1, before: "district" },
    { layer: "subdistricts", font: "400 13px", height: 18, from: 0.5, opacity: 0.88, before: "subdistrict" },
  ];
  /* `from` counts zoom steps above the one that shows the whole office: offices differ in size.
     Places tried inside each area, per side of its box. */
  const GRID = 15;
  const HALO_PX = 3.5;
  const CORNERS = [[-1, -1], [-1, 1], [1, -1], [1, 1], [0, -1], [0, 1]];
  const PADDING = 0.3;
  /* What a place is worth: room around it, each part of the word that is clear of the border, and how
     far it is from the middle of the area. */
  const ROOM_PX = 16, CLEAR_WORTH = 8, OFF_WORTH = 40;

  function inside(x, y, rings) {
    let hit = false;
    for (const ring of rings) {
      for (let i = 0, k = ring.length - 1; i < ring.length; k = i++) {
        const [xi, yi] = ring[i], [xk, yk] = ring[k];
        if (yi > y !== yk > y && x < ((xk - xi) * (y - yi)) / (yk - yi) + xi) hit = !hit;
      }
    }
    return hit;
  }

  /* Where an area is: sought among thousands on every move, so measured once. */
  function boxed(geometry) {
    const rings = geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();
    const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
    for (const ring of rings) {
      for (const [x, y] of ring) {
        if (x < box.west) box.west = x;
        if (x > box.east) box.east = x;
        if (y < box.south) box.south = y;
        if (y > box.north) box.north = y;
      }
    }
    return { rings, box };
  }

  /* Candidate places inside an area, best first: near the middle of its box. Made when the area
     first comes into view: a country has thousands that nobody looks at. */
  function spots(area) {
    if (area.spots) return area.spots;
    const { west, south, east, north } = area.box, found = [];
    for (let i = 1; i < GRID; i++) {
      for (let k = 1; k < GRID; k++) {
        const x = west + ((east - west) * i) / GRID, y = south + ((north - south) * k) / GRID;
        if (inside(x, y, area.rings)) found.push({ lon: x, lat: y, off: Math.hypot(i / GRID - 0.5, k / GRID - 0.5) });
      }
    }
    found.sort((a, b) => a.off - b.off);
    area.spots = found;
    return found;
  }

  function words(feature, kind, config) {
    const p = feature.properties, stem = kind.before;
    const english = p[stem + "_en"], thai = p[stem + "_th"] || "";
    return config.language === "en" && english ? english : config.words[stem] + thai;
  }

  gisapp.labels = function (map, data, config) {
    const areas = KINDS.flatMap((kind) => ((data[kind.layer] || {}).features || [])
      .filter((feature) => feature.geometry && feature.geometry.type !== "Point")
      .map((feature) => ({ kind, text: words(feature, kind, config), ...boxed(feature.geometry) })));
    const canvas = L.DomUtil.create("canvas", "", map.getPane("label"));
    canvas.setAttribute("aria-hidden", "true");
    const home = map.getBoundsZoom(map.options.home || map.getBounds());
    let on = true;

    function draw() {
      const size = map.getSize(), dpr = window.devicePixelRatio || 1;
      const pad = size.multiplyBy(PADDING);
      L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint(pad.multiplyBy(-1)));
      canvas.width = (size.x + 2 * pad.x) * dpr;
      canvas.height = (size.y + 2 * pad.y) * dpr;
      canvas.style.width = size.x + 2 * pad.x + "px";
      canvas.style.height = size.y + 2 * pad.y + "px";
      if (!on) return;
      const ctx = canvas.getContext("2d");
      ctx.setTransform(dpr, 0, 0, dpr, pad.x * dpr, pad.y * dpr);
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.lineJoin = "round";
      ctx.lineWidth = HALO_PX;
      ctx.strokeStyle = gisapp.token("--map-halo");
      ctx.fillStyle = gisapp.token("--map-label");
      const taken = obstacles(), view = map.getBounds();
      for (const area of areas) {
        if (map.getZoom() < home + area.kind.from || !view.intersects([[area.box.south, area.box.west], [area.box.north, area.box.east]])) continue;
        ctx.font = area.kind.font + " " + gisapp.token("--font");
        const place = best(map, area, ctx.measureText(area.text).width, size, taken);
        if (!place) continue;
        ctx.globalAlpha = area.kind.opacity;
        ctx.strokeText(area.text, place.x, place.y);
        ctx.fillText(area.text, place.x, place.y);
        taken.push([place.x, place.y, place.half + 4, area.kind.height / 2 + 2]);
      }
    }

    /* Points, clusters and panels in the way: [middle x, middle y, half width, half height]. */
    function obstacles() {
      const frame = map.getContainer().getBoundingClientRect();
      const boxes = [...map.getContainer().querySelectorAll(".sel div, .zone-name span"), ...document.querySelectorAll("#card:not([hidden]), .ctl .grp, .over .chip, .search")];
      const found = boxes.map((element) => element.getBoundingClientRect()).filter((box) => box.width)
        .map((box) => [box.x - frame.x + box.width / 2, box.y - frame.y + box.height / 2, box.width / 2, box.height / 2]);
      return found.concat(gisapp.pointBoxes ? gisapp.pointBoxes(map) : []);
    }

    function best(map_, area, width, size, taken) {
      const half = width / 2, tall = area.kind.height / 2;
      let chosen = null, top = -Infinity;
      for (const spot of spots(area)) {
        /* The nearest to the middle come first: from here on none can be better. */
        if (ROOM_PX + CORNERS.length * CLEAR_WORTH - spot.off * OFF_WORTH <= top) break;
        const p = map_.latLngToContainerPoint([spot.lat, spot.lon]);
        if (p.x < half + 4 || p.y < tall + 4 || p.x > size.x - half - 4 || p.y > size.y - tall - 4) continue;
        let room = ROOM_PX;
        for (const [x, y, w, h] of taken) {
          room = Math.min(room, Math.max(Math.abs(p.x - x) - half - w, Math.abs(p.y - y) - tall - h));
          if (room < 1) break;
        }
        if (room < 1) continue;
        const within = (dx, dy) => {
          const at = map_.containerPointToLatLng([p.x + dx, p.y + dy]);
          return inside(at.lng, at.lat, area.rings);
        };
        if (!within(-half * 0.7, 0) || !within(half * 0.7, 0)) continue;
        /* Best where the whole word stays clear of the border. */
        const clear = CORNERS.filter(([x, y]) => within(x * (half + 2), y * tall)).length;
        const score = room + clear * CLEAR_WORTH - spot.off * OFF_WORTH;
        if (score > top) { top = score; chosen = { x: p.x, y: p.y, half }; }
      }
      return chosen;
    }

    /* Once per frame, after the points of the same move are drawn. */
    let waiting = 0;
    const later = () => { if (!waiting) waiting = requestAnimationFrame(() => { waiting = 0; draw(); }); };
    map.on("moveend zoomend resize pointsready", later);
    document.addEventListener("gisapp:theme", draw);
    (document.fonts ? document.fonts.load("600 16px Sarabun", "อ") : Promise.resolve()).then(later, later);
    later();
    return { toggle(shown) { on = shown; later(); } };
  };
})(window.gisapp);
