"""Folium maps in our frame: data by address, our own elements, our own copies of every file.

Folium keeps the tree of map and elements and writes the script that starts them; what draws is
in `static/map*.js`. No value of a sheet ever enters a script: names travel as JSON, fetched by
address, and are shown as text.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink, MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template

from gisapp.web.assets import FOLIUM_ASSETS

#: (west, south, east, north), degrees.
Bounds = tuple[float, float, float, float]

#: Marks a file of ours among the names that folium gives to files.
OURS = "gisapp:"

#: Relief, water, roads, borders and names of places: `gisapp.base` in map.js.
BASE_FILES = ("map-ground.css", "map.js", "map-ground.js", "map-layers.js", "map-labels.js")

#: Schools on a canvas, clustered where dense, with a card: `gisapp.points` in map-points.js.
POINT_FILES = (
    "map-points.css",
    "vendor/supercluster/supercluster.min.js",
    "map-symbols.js",
    "map-clusters.js",
    "map-points.js",
    "map-reach.js",
    "map-view.js",
    "map-near.js",
    "map-card.js",
)

#: Units of coverage in the colours of their classes, and pockets: `gisapp.areas` in
#: map-coverage.js.
AREA_FILES = (
    "map-points.css",
    "map-coverage.css",
    "map-view.js",
    "map-areas.js",
    "map-coverage.js",
)

#: Where a problem is; the page says it in its own elements: `gisapp.place` in desk-map.js.
PLACE_FILES = ("desk-map.js",)


@dataclass(frozen=True)
class MapParts:
    """A rendered map, to be set into a page.

    Attributes:
        html: The element that becomes the map.
        script: What starts it; runs after the files of `scripts`.
        styles, scripts: Files below `static`, in order.
    """

    html: str
    script: str
    styles: tuple[str, ...]
    scripts: tuple[str, ...]


class Drawing(JSCSSMixin, MacroElement):
    """A part of the map that one function of our scripts draws."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "gisapp.{{ this.start }}({{ this._parent.get_name() }}"
        "{% if this.config is not none %}, {{ this.config|tojson }}{% endif %});"
        "{% endmacro %}"
    )

    def __init__(
        self, start: str, files: Iterable[str], config: Mapping[str, object] | None = None
    ) -> None:
        """Take the function of `gisapp` that starts it, its files and what the function reads."""
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no types
        self._name = start
        self.start = start
        named = [(OURS + file, file) for file in files]
        self.default_js = [pair for pair in named if pair[1].endswith(".js")]
        self.default_css = [pair for pair in named if pair[1].endswith(".css")]
        self.config = None if config is None else dict(config)


def school_map(
    bounds: Bounds,
    base: Mapping[str, object],
    points: Mapping[str, object],
    *,
    quiet: bool = False,
) -> MapParts:
    """Build the map of schools.

    Args:
        bounds: What it shows at first, degrees.
        base: Configuration of the base layers.
        points: Configuration of the school points.
        quiet: A small map inside a page, which must not catch the page's scrolling.
    """
    return _parts(_drawing(bounds, base, Drawing("points", POINT_FILES, points), quiet=quiet))


def coverage_map(
    bounds: Bounds, base: Mapping[str, object], areas: Mapping[str, object]
) -> MapParts:
    """Build the map of coverage.

    Roads are left out: their casing would read as one more line between units.

    Args:
        bounds: What it shows at first, degrees.
        base: Configuration of the base layers.
        areas: Configuration of units, pockets and school dots.
    """
    layers = cast("list[Mapping[str, object]]", base["layers"])
    bare = {**base, "layers": [layer for layer in layers if layer["name"] != "roads"]}
    return _parts(_drawing(bounds, bare, Drawing("areas", AREA_FILES, areas), quiet=False))


def place_map(bounds: Bounds, base: Mapping[str, object]) -> MapParts:
    """Build the small map of the problem desk.

    Args:
        bounds: What it shows until the page names a place, degrees.
        base: Configuration of the base layers.
    """
    return _parts(_drawing(bounds, base, Drawing("place", PLACE_FILES), quiet=True))


def _drawing(
    bounds: Bounds, base: Mapping[str, object], on_top: MacroElement, *, quiet: bool
) -> folium.Map:
    """Set up a map with its ground and what stands on it."""
    drawing = folium.Map(
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        zoom_snap=0.25,
        zoom_animation=False,
        marker_zoom_animation=False,
        fade_animation=False,
        scroll_wheel_zoom=not quiet,
        dragging=True,
    )
    # Folium gives these two to its tiles only; the clusters need them on the map.
    drawing.options |= {"max_zoom": 16, "min_zoom": 4}
    # A name of its own instead of a random one: the same round gives the same page.
    drawing._id = "schools"
    west, south, east, north = bounds
    first = [[south, west], [north, east]]
    # A map must look somewhere before anything is added; map.js fits it once the page has settled.
    drawing.fit_bounds(first, padding_top_left=(28, 28), padding_bottom_right=(28, 28))
    drawing.add_child(Drawing("base", BASE_FILES, {**base, "first": first}))
    drawing.add_child(on_top)
    return drawing


def _parts(drawing: folium.Map) -> MapParts:
    """Render folium's tree and take its pieces; its own page, styles and addresses stay behind."""
    figure = cast(Figure, drawing.get_root())
    figure.render()
    header: Mapping[str, Element] = figure.header._children
    scripts = _ours(name for name, child in header.items() if isinstance(child, JavascriptLink))
    styles = _ours(name for name, child in header.items() if isinstance(child, CssLink))
    return MapParts(
        html=figure.html.render().strip(),
        script=figure.script.render().strip(),
        styles=styles,
        scripts=scripts,
    )


def _ours(names: Iterable[str]) -> tuple[str, ...]:
    """Translate folium's names into our files.

    Raises:
        KeyError: Folium asks for a file that the table does not know; never load it from elsewhere.
    """
    wanted = (
        name.removeprefix(OURS) if name.startswith(OURS) else FOLIUM_ASSETS[name] for name in names
    )
    return tuple(path for path in wanted if path)
