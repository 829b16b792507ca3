/* What lies under everything else: hillshade tiles of this office, an internet map where the office
   has set one, and the soft edge of the sheet, where its data end. */
(function (gisapp) {
  "use strict";

  /* The points are what a reader came for: lines and tiles wait for them, but not for long. */
  const PATIENCE_MS = 4000;
  /* How much of the sheet's shorter side fades. */
  const FADE = 0.07;
  const CLEAR = "00";

  /* At a zoom between two whole ones tiles are scaled, and hairlines would open between them: each
     reaches one pixel over its neighbour. */
  const Tiles = L.TileLayer.extend({
    _initTile(tile) {
      L.TileLayer.prototype._initTile.call(this, tile);
      const size = this.getTileSize();
      tile.style.width = size.x + 1 + "px";
      tile.style.height = size.y + 1 + "px";
    },
  });

  const theme = () => document.documentElement.dataset.bsTheme || "light";

  gisapp.pointsDrawn = function (map) {
    if (!gisapp.points || document.documentElement.dataset.points) return Promise.resolve();
    return new Promise((done) => {
      map.once("pointsready", done);
      setTimeout(done, PATIENCE_MS);
    });
  };

  /* name -> tile layer, for those that the page has; `loaded` settles when what is shown is there. */
  gisapp.ground = function (map, { internet, hillshade }) {
    const found = {};
    const pane = (name, depth) => { map.createPane(name).style.zIndex = depth; return name; };
    /* A map from the internet is made for daylight; on it, relief is only shadow. */
    const shade = () => (found.internet && map.hasLayer(found.internet) ? "light" : theme());
    if (internet) {
      found.internet = new Tiles(internet.url, { pane: pane("internet", 190), maxNativeZoom: 18, referrerPolicy: "strict-origin" });
      const credit = document.getElementById("credit");
      found.internet.on("add remove", () => { if (credit) credit.hidden = !map.hasLayer(found.internet); });
    }
    if (hillshade) {
      found.hillshade = new Tiles(hillshade.url, { pane: pane("hillshade", 200), bounds: hillshade.bounds, theme: shade(), alt: "" });
    }
    const turn = () => {
      map.getContainer().classList.toggle("internet", Boolean(found.internet && map.hasLayer(found.internet)));
      /* No tile comes in time for a sheet that is already on its way: style turns those that are here. */
      if (gisapp.onPaper()) return;
      if (!found.hillshade || found.hillshade.options.theme === shade()) return;
      found.hillshade.options.theme = shade();
      /* Not redraw(): Leaflet then asks for tiles of a broken zoom. */
      if (map.hasLayer(found.hillshade)) found.hillshade.remove().addTo(map);
    };
    document.addEventListener("gisapp:theme", turn);
    if (found.internet) found.internet.on("add remove", turn);
    gisapp.loaded = () => Promise.all(Object.values(found).map((layer) => new Promise((done) => {
      if (!map.hasLayer(layer) || !layer.isLoading()) return done();
      layer.once("load", done);
      return setTimeout(done, PATIENCE_MS);
    })));
    const ready = gisapp.pointsDrawn(map);
    return {
      has: (name) => name in found,
      show: (name, wanted) => ready.then(() => { wanted ? found[name].addTo(map) : found[name].remove(); }),
      /* Nothing of ours may hide the map of somebody else. */
      alone: () => !(found.internet && map.hasLayer(found.internet)),
    };
  };

  /* --- the sheet's edges: water, roads and relief end where nobody gave more; a cut would look like a
     coast. Lines are wiped where they end, relief goes over into the ground. --- */
  const Edge = L.Rectangle.extend({
    _updatePath() {
      const renderer = this._renderer, ctx = renderer._ctx;
      if (!renderer._drawing || !this.options.wanted()) return;
      const { sheet, home, wipes } = this.options, { min, max } = renderer._bounds;
      const corner = (box, name) => this._map.latLngToLayerPoint(box["get" + name]());
      const [a, b, c, d] = [corner(sheet, "NorthWest"), corner(sheet, "SouthEast"), corner(home, "NorthWest"), corner(home, "SouthEast")];
      const most = FADE * Math.min(b.x - a.x, b.y - a.y), colour = gisapp.token("--map-ground");
      ctx.save();
      ctx.globalAlpha = 1;
      if (wipes) ctx.globalCompositeOperation = "destination-out";
      /* [the axis, where the data end, room from there to the office, which way is inwards, the view's own edge] */
      for (const [axis, end, room, inwards, limit] of [["x", a.x, c.x - a.x, 1, min.x], ["x", b.x, b.x - d.x, -1, max.x], ["y", a.y, c.y - a.y, 1, min.y], ["y", b.y, b.y - d.y, -1, max.y]]) {
        /* Never into the office itself, and nothing where the data end with the office. */
        const inner = end + inwards * Math.min(most, room), width = (inner - limit) * inwards;
        if (room <= 0 || width <= 0) continue;
        const low = Math.min(limit, inner);
        const fade = axis === "x" ? ctx.createLinearGradient(end, 0, inner, 0) : ctx.createLinearGradient(0, end, 0, inner);
        fade.addColorStop(0, colour);
        fade.addColorStop(1, colour + CLEAR);
        ctx.fillStyle = fade;
        if (axis === "x") ctx.fillRect(low, min.y, width, max.y - min.y);
        else ctx.fillRect(min.x, low, max.x - min.x, width);
      }
      ctx.restore();
    },
  });

  /* `data` is what water and roads are drawn from; none where there is nothing that could end. */
  gisapp.edges = function (map, data, { hillshade }, options) {
    const sheets = [L.latLngBounds([]), L.latLngBounds(hillshade ? hillshade.bounds : [])];
    for (const layer of data) {
      for (const feature of layer.features) if (feature.geometry) stretch(sheets[0], feature.geometry.coordinates);
    }
    return sheets.map((sheet, n) => ({ sheet, wipes: n === 0 })).filter(({ sheet }) => sheet.isValid())
      .map((own) => new Edge([[-85, -180], [85, 180]], { ...options, ...own, home: map.options.home, interactive: false }));
  };

  function stretch(sheet, places) {
    if (typeof places[0] === "number") sheet.extend([places[1], places[0]]);
    else for (const part of places) stretch(sheet, part);
  }
})(window.gisapp);
