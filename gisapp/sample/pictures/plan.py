"""The site plan of a drawn school: seen from straight above, north up, without a letter on it."""

import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from gisapp.sample.pictures.camera import SHEET
from gisapp.sample.pictures.forms import Paint
from gisapp.sample.pictures.light import Colour, mix

_PAPER: Colour = (238, 234, 216)
_LAWN: Colour = (186, 206, 142)
_ROAD: Colour = (226, 218, 200)
_WATER: Colour = (150, 190, 208)
Box = tuple[float, float, float, float]


def draw_plan(
    paint: Paint, buildings: list[tuple[float, float]], island: bool, rng: np.random.Generator
) -> Image.Image:
    """Draw the plan; `buildings` are lengths and depths in metres, at most seven are shown."""
    sheet = Image.new("RGB", SHEET, _PAPER)
    pen = ImageDraw.Draw(sheet, "RGBA")
    site = (90.0, 70.0, SHEET[0] - 90.0, SHEET[1] - 70.0)
    if island:
        pen.rectangle((0, 0, *SHEET), fill=_WATER)
        pen.rounded_rectangle((40, 30, SHEET[0] - 40, SHEET[1] - 30), 150, fill=(224, 210, 170))
    else:
        pen.rectangle(
            (0, SHEET[1] - 52, SHEET[0], SHEET[1] - 8), fill=mix(_ROAD, (150, 150, 150), 0.4)
        )
    pen.rounded_rectangle(site, 40, fill=_LAWN, outline=(122, 134, 96), width=5)
    gate = SHEET[0] * float(rng.uniform(0.44, 0.56))
    pen.rectangle((gate - 30, 520, gate + 30, SHEET[1] - 30), fill=_ROAD)
    pen.rectangle((150, 500, SHEET[0] - 150, 548), fill=_ROAD)
    field_left = bool(rng.random() < 0.5)
    _field(pen, (140, 580, 620, 800) if field_left else (980, 580, 1460, 800))
    boxes = _laid_out(buildings, field_left)
    shadow = Image.new("L", SHEET)
    shade = ImageDraw.Draw(shadow)
    plants = _plants(boxes, gate, field_left, rng)
    for left, top, right, bottom in boxes:
        shade.polygon([(left, bottom), (left + 16, bottom + 20), (right + 16, bottom + 20),
                       (right + 16, top + 20), (right, top), (left, top)], fill=120)  # fmt: skip
    for x, y, r in plants:
        shade.ellipse((x - r + 8, y - r + 10, x + r + 8, y + r + 10), fill=110)
    sheet.paste((50, 62, 70), mask=shadow.filter(ImageFilter.GaussianBlur(3)))
    for k, box in enumerate(boxes):
        _roof(pen, box, mix(paint.roof, (140, 134, 130), 0.5 * (k % 3 == 2)))
    for x, y, r in plants:
        _crown(pen, x, y, r, rng)
    _flag(pen, gate + 90, 470, paint)
    _north(pen, SHEET[0] - 150, 150)
    return sheet


def _laid_out(buildings: list[tuple[float, float]], field_left: bool) -> list[Box]:
    """Return boxes in pixels: long buildings in a row along the yard, the rest beside the field."""
    boxes: list[Box] = []
    x, spare = 180.0, 690.0 if field_left else 190.0
    row = sum(length for length, _ in buildings[:4])
    scale = min(15.0, (SHEET[0] - 360.0 - 60.0 * 3) / row)  # pixels per metre
    for k, (length, depth) in enumerate(buildings[:7]):
        wide, deep = length * scale, depth * scale
        if k < 4:
            boxes.append((x, 410 - deep, x + wide, 410))
            x += wide + 60
        elif spare + wide <= SHEET[0] - (190 if field_left else 690):
            boxes.append((spare, 640, spare + wide, 640 + deep))
            spare += wide + 60
    return boxes


def _roof(pen: ImageDraw.ImageDraw, box: Box, paint: Colour) -> None:
    """Draw a roof from above: two slopes, the ridge, seams."""
    left, top, right, bottom = box
    middle = (top + bottom) / 2
    pen.rectangle((left, top, right, middle), fill=mix(paint, (255, 250, 240), 0.22))
    pen.rectangle((left, middle, right, bottom), fill=mix(paint, (40, 30, 40), 0.12))
    for x in np.arange(left + 12, right, 12):
        pen.line((x, top, x, bottom), fill=(30, 20, 20, 34))
    pen.line((left, middle, right, middle), fill=mix(paint, (255, 250, 240), 0.5), width=4)
    pen.rectangle(box, outline=mix(paint, (40, 30, 40), 0.45), width=2)


def _field(pen: ImageDraw.ImageDraw, box: Box) -> None:
    """Draw the sports field with its lines."""
    left, top, right, bottom = box
    for k in range(8):
        a = left + (right - left) * k / 8
        tone = (160, 190, 112) if k % 2 else (170, 198, 122)
        pen.rectangle((a, top, a + (right - left) / 8, bottom), fill=tone)
    white = (252, 252, 246)
    x, y = (left + right) / 2, (top + bottom) / 2
    pen.rectangle((left + 12, top + 12, right - 12, bottom - 12), outline=white, width=4)
    pen.line((x, top + 12, x, bottom - 12), fill=white, width=4)
    pen.ellipse((x - 36, y - 36, x + 36, y + 36), outline=white, width=4)
    pen.rectangle((left + 12, y - 46, left + 66, y + 46), outline=white, width=4)
    pen.rectangle((right - 66, y - 46, right - 12, y + 46), outline=white, width=4)


def _plants(
    boxes: list[Box], gate: float, field_left: bool, rng: np.random.Generator
) -> list[tuple[float, float, float]]:
    """Return trees (x, y, radius) along the fence and in free corners, off roofs and roads."""
    found: list[tuple[float, float, float]] = []
    for _ in range(120):
        x, y, r = (
            rng.uniform(125, SHEET[0] - 125),
            rng.uniform(105, SHEET[1] - 105),
            rng.uniform(16, 36),
        )
        on_field = y > 560 and ((x < 660) if field_left else (x > 940))
        on_road = (abs(x - gate) < 60 + r and y > 490) or 480 - r < y < 560 + r
        on_roof = any(a - r < x < c + r and b - r < y < d + r for a, b, c, d in boxes)
        crowded = any(math.hypot(x - u, y - v) < (r + s) * 0.8 for u, v, s in found)
        near_north = x > SHEET[0] - 230 and y < 250
        if not (on_field or on_road or on_roof or crowded or near_north):
            found.append((float(x), float(y), float(r)))
    return found[:42]


def _crown(
    pen: ImageDraw.ImageDraw, x: float, y: float, r: float, rng: np.random.Generator
) -> None:
    """Draw a tree from above."""
    leaf = mix((92, 134, 70), (64, 110, 64), float(rng.uniform(0, 1)))
    pen.ellipse((x - r, y - r, x + r, y + r), fill=mix(leaf, (20, 50, 40), 0.25))
    for _ in range(9):
        angle, out, s = rng.uniform(0, 6.28), rng.uniform(0, 0.62) * r, r * rng.uniform(0.22, 0.42)
        cx, cy = x + math.cos(angle) * out - r * 0.12, y + math.sin(angle) * out - r * 0.12
        bright = 0.25 - 0.35 * (math.cos(angle) + math.sin(angle)) / 2
        pen.ellipse(
            (cx - s, cy - s, cx + s, cy + s), fill=mix(leaf, (216, 222, 130), max(0.0, bright))
        )


def _flag(pen: ImageDraw.ImageDraw, x: float, y: float, paint: Paint) -> None:
    """Mark the flag's place."""
    for r, tone in ((22, (226, 218, 200)), (14, paint.trim), (6, (250, 250, 246))):
        pen.ellipse((x - r, y - r, x + r, y + r), fill=tone)


def _north(pen: ImageDraw.ImageDraw, x: float, y: float) -> None:
    """Draw an arrow to the north."""
    pen.polygon([(x, y - 54), (x - 22, y + 40), (x, y + 22)], fill=(62, 74, 88))
    pen.polygon(
        [(x, y - 54), (x + 22, y + 40), (x, y + 22)], fill=(250, 250, 246), outline=(62, 74, 88)
    )
