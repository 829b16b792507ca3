/* Schools and clusters of schools on one canvas.

   `gisapp.gather(points)` says what stands where at a zoom; `gisapp.SchoolCanvas` draws it and
   knows what is under a finger. Points are columns: {code, kind, marks, lon, lat, classes}. */
(function (gisapp) {
  "use strict";

  const { SCALE, HALF, HOLLOW } = gisapp.symbols;
  /* Closer than this two schools share a cluster, px. */
  const RADIUS_PX = 33 * SCALE;
  /* The map's zoomSnap: at each of these steps clusters are made for that very zoom. */
  const STEP = 0.25;
  /* Zooms whose clusters stay made. */
  const KEPT = 8;
  const TILE_PX = 256;
  const WORLD = [-180, -90, 180, 90];
  /* From this many schools on a disc is larger. */
  const LARGE = 10;
  const FINGER_PX = 22, POINTER_PX = 9;
  /* The canvas reaches beyond the map by this share of it, so that a drag finds it drawn. */
  const PADDING = 0.15;

  /* How many of each class, and how many of these are stand-ins: plain numbers, because the index
     copies what it adds up. */
  function counting(points) {
    const all = points.classes.map((_, n) => "c" + n), hollow = points.classes.map((_, n) => "h" + n);
    const names = [...all, ...hollow], none = Object.fromEntries(names.map((name) => [name, 0]));
    return {
      map(n) {
        const one = { ...none };
        one[all[points.kind[n]]] = 1;
        if (points.marks[n] & HOLLOW) one[hollow[points.kind[n]]] = 1;
        return one;
      },
      reduce(sum, one) { for (const name of names) sum[name] += one[name]; },
      parts: (sum) => points.classes.map((name, n) => [name, sum[all[n]], sum[hollow[n]]]).filter((part) => part[1]),
    };
  }

  /* Clusters of one zoom, made of the schools themselves: at 30,000 schools a fifth of the time
     that a tree of all zooms takes, and a reader sees one zoom at a time. */
  function grouped(features, zoom, counts) {
    const at = (radius) => new Supercluster({ minZoom: 0, maxZoom: 0, radius, extent: TILE_PX * 2 ** zoom, ...counts }).load(features);
    const index = at(RADIUS_PX), crowd = features.length / index.getClusters(WORLD, 0).length;
    /* Where discs are larger than that, they keep the distance of their own width: no count is covered. */
    return crowd < LARGE ? index : at(gisapp.symbols.diameter(crowd) + 4 * SCALE);
  }

  gisapp.gather = function (points) {
    const feature = (n) => ({ geometry: { type: "Point", coordinates: [points.lon[n], points.lat[n]] }, properties: n });
    const features = points.code.map((_, n) => feature(n)), { map, reduce, parts } = counting(points), made = new Map();

    function at(zoom) {
      const step = Math.floor(zoom / STEP + 1e-6) * STEP, index = made.get(step) || grouped(features, step, { map, reduce });
      /* The latest last: what falls out was not looked at for the longest time. */
      made.delete(step);
      made.set(step, index);
      if (made.size > KEPT) made.delete(made.keys().next().value);
      return index;
    }

    const members = (cluster) => at(cluster.zoom).getLeaves(cluster.id, Infinity).map((leaf) => leaf.properties);
    return {
      members,
      /* What stands within bounds: {lat, lon, n} is a school, {lat, lon, count, parts, id, zoom} a cluster. */
      within(bounds, zoom) {
        const found = at(zoom).getClusters([bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()], 0);
        return found.map(({ geometry, properties }) => {
          if (!properties.cluster) return { lat: points.lat[properties], lon: points.lon[properties], n: properties };
          const [lon, lat] = geometry.coordinates;
          return { lat, lon, id: properties.cluster_id, count: properties.point_count, parts: parts(properties), zoom };
        });
      },
      /* The next whole step of zoom at which a cluster falls apart, `most` the last; Infinity where none parts it. */
      opens(cluster, most) {
        const own = members(cluster).map(feature), apart = (zoom) => grouped(own, zoom, {}).getClusters(WORLD, 0).length > 1;
        let zoom = cluster.zoom;
        while (zoom < most) {
          zoom = Math.min(zoom + 1, most);
          if (apart(zoom)) return zoom;
        }
        return Infinity;
      },
    };
  };

  gisapp.SchoolCanvas = L.Layer.extend({
    initialize() { this.shown = []; this._waiting = 0; },

    getEvents() {
      return { move: this.later, moveend: this.later, zoomend: this.later, viewreset: this.later, resize: this.later };
    },

    onAdd(map) {
      this._canvas = L.DomUtil.create("canvas", "", map.getPane("point"));
      this._canvas.setAttribute("aria-hidden", "true");
      this.later();
    },

    onRemove() {
      cancelAnimationFrame(this._waiting);
      this._waiting = 0;
      this._canvas.remove();
    },

    /* Take other points; null while there are none to show. */
    set(points, gathered) {
      this._points = points;
      this._gathered = gathered;
      gisapp.symbols.forget();
      this.draw();
    },

    /* At once: a sheet of paper does not wait for a frame. */
    forget() {
      gisapp.symbols.forget();
      this.draw();
    },

    /* Once per frame, however many events call for it. */
    later() {
      if (!this._waiting) this._waiting = requestAnimationFrame(() => { this._waiting = 0; this.draw(); });
    },

    draw() {
      const map = this._map;
      if (!map || !this._points) return;
      const size = map.getSize(), pad = size.multiplyBy(PADDING).round(), corner = pad.multiplyBy(-1);
      this._frame(map.containerPointToLayerPoint(corner), size.add(pad.multiplyBy(2)), pad);
      const bounds = L.latLngBounds(map.containerPointToLatLng(corner), map.containerPointToLatLng(size.add(pad)));
      this.shown = this._gathered.within(bounds, map.getZoom());
      for (const one of this.shown) {
        const p = map.latLngToContainerPoint([one.lat, one.lon]);
        one.x = p.x;
        one.y = p.y;
        one.half = one.count ? gisapp.symbols.diameter(one.count) / 2 : gisapp.symbols.radius(this._points.classes[this._points.kind[one.n]]) * SCALE;
      }
      /* South over north, clusters over schools: the same picture wherever the frame ends. */
      this.shown.sort((a, b) => (a.count ? 1 : 0) - (b.count ? 1 : 0) || a.y - b.y);
      const ctx = this._canvas.getContext("2d");
      for (const one of this.shown) one.count ? gisapp.symbols.cluster(ctx, one.x, one.y, one.count, one.parts) : this._school(ctx, one);
      this.fire("drawn");
    },

    _frame(place, size, pad) {
      const canvas = this._canvas, dpr = window.devicePixelRatio || 1, width = Math.round(size.x * dpr), height = Math.round(size.y * dpr);
      L.DomUtil.setPosition(canvas, place);
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
        canvas.style.width = size.x + "px";
        canvas.style.height = size.y + "px";
      }
      const ctx = canvas.getContext("2d");
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, width, height);
      ctx.setTransform(dpr, 0, 0, dpr, pad.x * dpr, pad.y * dpr);
    },

    _school(ctx, one) {
      const drawing = gisapp.symbols.sprite(this._points.classes[this._points.kind[one.n]], this._points.marks[one.n]), half = HALF * SCALE;
      /* On whole pixels a sprite stays sharp. */
      if (drawing) ctx.drawImage(drawing, Math.round(one.x) - half, Math.round(one.y) - half, 2 * half, 2 * half);
    },

    /* What is in sight, not what waits beyond the frame. */
    inView() {
      const size = this._map.getSize();
      return this.shown.filter((one) => one.x >= 0 && one.y >= 0 && one.x <= size.x && one.y <= size.y);
    },

    /* The school or cluster under a point of the map's frame: the one whose edge is nearest. */
    under(place, finger) {
      let found = null, least = Infinity;
      for (const one of this.shown) {
        const far = Math.hypot(one.x - place.x, one.y - place.y);
        const reach = Math.max(one.half + (one.count ? 0 : 3 * SCALE), (finger ? FINGER_PX : POINTER_PX) * SCALE);
        if (far <= reach && far - one.half < least) { found = one; least = far - one.half; }
      }
      return found;
    },
  });
})(window.gisapp);
