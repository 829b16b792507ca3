"""The camera of the drawn pictures: from metres on the ground to pixels of the sheet.

The lens is shifted, not tilted, as for photographs of buildings: what is upright stays upright.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageDraw

from gisapp.sample.pictures.light import Colour, Vector, Weather, lit

#: Sheet on which pictures are drawn, pixels; they are shown at half this size or less.
SHEET = (1600, 900)
#: Nothing nearer than this is drawn, metres.
_NEAR_M = 1.0

Ink = Colour | tuple[int, int, int, int]
Pixel = tuple[float, float]


@dataclass(frozen=True)
class Camera:
    """Where the viewer stands and what the lens does. Pixels are those of `SHEET`."""

    x: float
    y: float
    eye_m: float
    #: Direction of view: 0 looks along +y, more turns towards +x; radians.
    heading: float
    focal_px: float
    #: Column of the direction of view, row of the horizon.
    centre_px: float
    horizon_px: float

    def see(self, point: Vector) -> Vector:
        """Return (right, up, ahead) of a point, metres from the eye."""
        east, north = point[0] - self.x, point[1] - self.y
        sin, cos = math.sin(self.heading), math.cos(self.heading)
        return east * cos - north * sin, point[2] - self.eye_m, east * sin + north * cos

    def ground(self, right: float, ahead: float) -> tuple[float, float]:
        """Return x, y of the place so far to the right of the view and ahead, metres."""
        sin, cos = math.sin(self.heading), math.cos(self.heading)
        return self.x + right * cos + ahead * sin, self.y - right * sin + ahead * cos

    def pixel(self, seen: Vector) -> Pixel:
        """Return column and row of a point given as (right, up, ahead)."""
        scale = self.focal_px / seen[2]
        return self.centre_px + seen[0] * scale, self.horizon_px - seen[1] * scale


@dataclass(frozen=True)
class Stage:
    """A sheet in work: what is drawn on, through which camera, in which light."""

    image: Image.Image
    pen: ImageDraw.ImageDraw
    camera: Camera
    weather: Weather
    #: Unit vector towards the sun.
    sun: Vector
    #: Pixels of this image per pixel of `SHEET`.
    scale: float
    rng: np.random.Generator


def stage_on(image: Image.Image, stage: Stage) -> Stage:
    """Return the same scene to be drawn on another image."""
    pen = ImageDraw.Draw(image, "RGBA" if image.mode == "RGB" else image.mode)
    return replace(stage, image=image, pen=pen, scale=image.width / SHEET[0])


def outline(stage: Stage, points: Iterable[Vector]) -> list[Pixel]:
    """Return a polygon's pixels; what lies behind the viewer is cut off. May be empty."""
    camera, scale = stage.camera, stage.scale
    seen = [camera.see(point) for point in points]
    if any(point[2] < _NEAR_M for point in seen):
        seen = _clip(seen)
    return [(c * scale, r * scale) for c, r in map(camera.pixel, seen)]


def fill(stage: Stage, points: Iterable[Vector], ink: Ink) -> None:
    """Fill a polygon given in metres."""
    pixels = outline(stage, points)
    if len(pixels) > 2:
        stage.pen.polygon(pixels, fill=ink)


def face(
    stage: Stage, points: Sequence[Vector], paint: Colour, normal: Vector, open_sky: float = 1.0
) -> None:
    """Fill a polygon with paint as the light shows it."""
    fill(stage, points, lit(stage.weather, stage.sun, paint, normal, open_sky))


def stroke(stage: Stage, points: Iterable[Vector], ink: Ink, width_m: float) -> None:
    """Draw a line through points in metres, never thinner than one pixel."""
    seen = [stage.camera.see(point) for point in points]
    if any(point[2] < _NEAR_M for point in seen):
        return
    pixels = [(c * stage.scale, r * stage.scale) for c, r in map(stage.camera.pixel, seen)]
    ahead = sum(point[2] for point in seen) / len(seen)
    width = width_m * stage.camera.focal_px / ahead * stage.scale
    stage.pen.line(pixels, fill=ink, width=max(1, round(width)))


def faces_viewer(stage: Stage, point: Vector, normal: Vector) -> bool:
    """Say whether a plane through `point` shows its front to the viewer."""
    camera = stage.camera
    return (
        (camera.x - point[0]) * normal[0]
        + (camera.y - point[1]) * normal[1]
        + (camera.eye_m - point[2]) * normal[2]
    ) > 0


def fitted(camera: Camera, points: Sequence[Vector], width_px: float, height_px: float) -> Camera:
    """Step back along the view until `points` fit in so many pixels; centre them on `centre_px`.

    `camera` stands where the points' centre is to be; it returns farther off and shifted.
    """
    near, far = 8.0, 400.0
    for _ in range(24):
        middle = (near + far) / 2
        columns, rows = _spans(_stepped(camera, middle), points)
        fits = columns[1] - columns[0] <= width_px and rows[1] - rows[0] <= height_px
        near, far = (near, middle) if fits else (middle, far)
    moved = _stepped(camera, far)
    columns, _ = _spans(moved, points)
    return replace(moved, centre_px=2 * camera.centre_px - (columns[0] + columns[1]) / 2)


def _stepped(camera: Camera, back_m: float) -> Camera:
    """Return the camera moved back along its view."""
    x, y = camera.ground(0, -back_m)
    return replace(camera, x=x, y=y)


def _spans(camera: Camera, points: Sequence[Vector]) -> tuple[Pixel, Pixel]:
    """Return least and greatest column, least and greatest row of the points."""
    seen = [camera.see(point) for point in points]
    if min(point[2] for point in seen) < _NEAR_M:
        return (-1e9, 1e9), (-1e9, 1e9)
    columns, rows = zip(*map(camera.pixel, seen), strict=True)
    return (min(columns), max(columns)), (min(rows), max(rows))


def _clip(seen: list[Vector]) -> list[Vector]:
    """Cut a polygon of (right, up, ahead) at the nearest distance that is drawn."""
    kept: list[Vector] = []
    for a, b in zip(seen, seen[1:] + seen[:1], strict=True):
        if a[2] >= _NEAR_M:
            kept.append(a)
        if (a[2] >= _NEAR_M) != (b[2] >= _NEAR_M):
            t = (_NEAR_M - a[2]) / (b[2] - a[2])
            kept.append((a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, _NEAR_M))
    return kept
