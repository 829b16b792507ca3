/* Symbols on the map's canvas: the legend's own drawings, read from the page once per theme and
   view, and the ring of a cluster in the same colours. */
(function (gisapp) {
  "use strict";

  /* Half the side of a sprite: room for the largest point with its marks, px. */
  const HALF = 20;
  /* The middle of a symbol's own drawing, as _symbols.html has it. */
  const MIDDLE = 13;
  const RING_PX = 4;
  /* Between two parts of a ring, px; and the least that shows one school among many. */
  const GAP_PX = 1.5, LEAST_PX = 1.5;
  /* On a wall screen everything is read from farther away. */
  const SCALE = window.matchMedia("(min-width: 1800px)").matches ? 1.25 : 1;
  const HOLLOW = 1, HIGHLAND = 2, ISLAND = 4;

  let sprites = new Map(), inks = new Map(), tokens = new Map();

  const number = (shape, name) => parseFloat(shape.getAttribute(name)) || 0;
  const OUTLINES = {
    path: (shape) => new Path2D(shape.getAttribute("d")),
    polygon: (shape) => new Path2D("M" + shape.getAttribute("points") + "z"),
    circle(shape) {
      const path = new Path2D();
      path.arc(number(shape, "cx"), number(shape, "cy"), number(shape, "r"), 0, 2 * Math.PI);
      return path;
    },
    rect(shape) {
      const path = new Path2D();
      path.rect(number(shape, "x"), number(shape, "y"), number(shape, "width"), number(shape, "height"));
      return path;
    },
  };

  function write(ctx, shape, look) {
    ctx.font = look.fontWeight + " " + look.fontSize + " " + look.fontFamily;
    ctx.textAlign = { middle: "center", end: "right" }[look.textAnchor] || "left";
    ctx.fillStyle = look.fill;
    ctx.fillText(shape.textContent, number(shape, "x"), number(shape, "y"));
  }

  function trace(ctx, shape) {
    const look = getComputedStyle(shape);
    if (shape.tagName === "text") return write(ctx, shape, look);
    if (shape.tagName === "g") return [...shape.children].forEach((part) => trace(ctx, part));
    const path = OUTLINES[shape.tagName](shape);
    const fill = () => {
      if (look.fill === "none") return;
      ctx.globalAlpha = parseFloat(look.fillOpacity);
      ctx.fillStyle = look.fill;
      ctx.fill(path);
    };
    const stroke = () => {
      if (look.stroke === "none") return;
      ctx.globalAlpha = parseFloat(look.strokeOpacity);
      ctx.strokeStyle = look.stroke;
      ctx.lineWidth = parseFloat(look.strokeWidth);
      ctx.lineJoin = look.strokeLinejoin;
      ctx.lineCap = look.strokeLinecap;
      ctx.stroke(path);
    };
    const first = look.paintOrder.startsWith("stroke");
    if (first) stroke();
    fill();
    if (!first) stroke();
    ctx.globalAlpha = 1;
  }

  const symbolOf = (name, marks) => document.getElementById("sy-" + name + (marks & HOLLOW ? "-hollow" : ""));

  function radius(name) {
    const symbol = symbolOf(name, 0);
    return symbol ? parseFloat(symbol.dataset.r) : 5;
  }

  /* null while the legend already shows another view than the points still on the map. */
  function sprite(name, marks) {
    const key = name + " " + marks;
    if (sprites.has(key)) return sprites.get(key);
    const symbol = symbolOf(name, marks);
    if (!symbol) return null;
    const dpr = Math.max(window.devicePixelRatio || 1, 1), canvas = document.createElement("canvas");
    canvas.width = canvas.height = Math.ceil(2 * HALF * SCALE * dpr);
    const ctx = canvas.getContext("2d"), r = radius(name);
    const add = (drawing, dy) => {
      ctx.setTransform(dpr * SCALE, 0, 0, dpr * SCALE, (HALF - MIDDLE) * SCALE * dpr, (HALF - MIDDLE + dy) * SCALE * dpr);
      for (const shape of drawing.children) trace(ctx, shape);
    };
    add(symbol, 0);
    if (marks & HIGHLAND) add(document.getElementById("sy-highland"), -r);
    if (marks & ISLAND) add(document.getElementById("sy-island"), r - 0.5);
    sprites.set(key, canvas);
    return canvas;
  }

  /* The colour that stands for a class in a ring. An open symbol, that of "no data", is as light
     as the ground: its ring is a broken line. */
  function ink(name) {
    if (!inks.has(name)) {
      const symbol = symbolOf(name, 0), colour = symbol && gisapp.token("--" + symbol.dataset.token);
      const open = colour === gisapp.token("--surface");
      inks.set(name, { colour: open ? token("--ink-3") : colour, broken: open });
    }
    return inks.get(name);
  }

  /* Asking the style sheet for each cluster anew would cost more than drawing it. */
  function token(name) {
    if (!tokens.has(name)) tokens.set(name, gisapp.token(name));
    return tokens.get(name);
  }

  const diameter = (count) => (count < 10 ? 31 : count < 30 ? 38 : 46) * SCALE;
  const short = (count) => (count < 10000 ? String(count).replace(/\B(?=(\d{3})+$)/, ",") : Math.round(count / 1000) + "k");

  /* A disc with the count; around it the classes in the legend's order, stand-ins hollow.
     parts: [class, schools, of these stand-ins]. */
  function cluster(ctx, x, y, count, parts) {
    const R = diameter(count) / 2, r = R - (RING_PX / 2 + 1.5) * SCALE, around = 2 * Math.PI;
    const arc = (from, to, width, style) => {
      ctx.beginPath();
      ctx.arc(x, y, r, from, to);
      ctx.lineWidth = width * SCALE;
      ctx.strokeStyle = style;
      ctx.stroke();
    };
    ctx.beginPath();
    ctx.arc(x, y, R, 0, around);
    ctx.fillStyle = token("--surface");
    ctx.fill();
    ctx.globalAlpha = 0.35;
    ctx.lineWidth = 1;
    ctx.strokeStyle = token("--pt-edge");
    ctx.stroke();
    ctx.globalAlpha = 1;
    const pieces = parts.flatMap(([name, all, hollow]) => [[name, all - hollow, false], [name, hollow, true]]).filter((piece) => piece[1]);
    const gap = pieces.length > 1 ? (GAP_PX * SCALE) / r : 0, least = (LEAST_PX * SCALE) / r;
    let from = -Math.PI / 2;
    for (const [name, some, hollow] of pieces) {
      const part = (around * some) / count, to = from + Math.max(part - gap, least), look = ink(name);
      if (look.colour) {
        if (look.broken) ctx.setLineDash([2 * SCALE, 2 * SCALE]);
        arc(from, to, RING_PX, look.colour);
        ctx.setLineDash([]);
        if (hollow) arc(from + gap / 2, to - gap / 2, RING_PX - 2.4, token("--surface"));
      }
      from += part;
    }
    ctx.font = "600 " + (count < 1000 ? 13 : 12) * SCALE + "px " + token("--font");
    ctx.textAlign = "center";
    ctx.fillStyle = token("--ink");
    ctx.fillText(short(count), x, y + 4.6 * SCALE);
  }

  gisapp.symbols = {
    HALF, SCALE, HOLLOW, HIGHLAND, ISLAND, sprite, radius, cluster, diameter, symbolOf,
    /* After another theme or view: read the drawings anew. */
    forget() { sprites = new Map(); inks = new Map(); tokens = new Map(); },
  };
})(window.gisapp);
