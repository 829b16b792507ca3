"""What lies behind and below a drawn school: sky, clouds, hills in their haze, lawn, water."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from gisapp.sample.pictures.camera import SHEET, Camera
from gisapp.sample.pictures.light import Colour, Weather, mix

Pixels = NDArray[np.float32]

#: Land is painted at half the sheet's size: far things are soft anyway.
LAND = (SHEET[0] // 2, SHEET[1] // 2)


@dataclass(frozen=True)
class Country:
    """What kind of land a school stands in."""

    highland: bool
    island: bool
    #: Limestone towers instead of ridges.
    karst: bool


def draw_land(
    camera: Camera, weather: Weather, country: Country, sun_left: bool, rng: np.random.Generator
) -> Image.Image:
    """Paint sky, hills and ground; RGB of size `LAND`."""
    horizon = round(camera.horizon_px / 2)
    land = _sky(weather, sun_left, rng)
    _hills(land, horizon, weather, country, sun_left, rng)
    land.paste(_ground(horizon, camera, weather, rng), (0, horizon))
    if country.island:
        _water(land, horizon, weather, rng)
    return land


def soft_noise(rng: np.random.Generator, shape: tuple[int, int], cells: tuple[int, int]) -> Pixels:
    """Return smooth noise of about -1..1; shape and cells are (rows, columns)."""
    coarse = Image.fromarray(rng.normal(0, 0.5, cells).astype(np.float32))
    fine = coarse.resize((shape[1], shape[0]), Image.Resampling.BICUBIC)
    return np.asarray(fine, dtype=np.float32)


def _tone(colour: Colour) -> Pixels:
    """Return a colour to compute with."""
    return np.array(colour, dtype=np.float32)


def _sky(weather: Weather, sun_left: bool, rng: np.random.Generator) -> Image.Image:
    """Paint the sky with a glow on the sun's side, high wisps and cumulus."""
    small = (LAND[0] // 2, LAND[1] // 2)
    rows = np.linspace(0, 1, small[1], dtype=np.float32)[:, None, None]
    across = np.linspace(1 if sun_left else 0, 0 if sun_left else 1, small[0], dtype=np.float32)
    top, low = _tone(weather.zenith), _tone(weather.low)
    fade = np.clip(rows / 0.58, 0, 1) ** 0.8
    sky = top + (low - top) * fade
    glow = np.clip(1.1 - np.hypot(1 - across[None, :, None], (rows - 0.55) * 1.2), 0, 1) ** 2
    sky = sky + (_tone((255, 246, 226)) - sky) * glow * 0.40
    wisps = soft_noise(rng, (small[1], small[0]), (14, 5)) + 0.5 * soft_noise(
        rng, (small[1], small[0]), (40, 14)
    )
    veil = np.clip(wisps - 0.15, 0, 1)[:, :, None] * 0.30 * np.clip(1.1 - rows * 1.7, 0, 1)
    sky = sky + (255 - sky) * veil
    image = Image.fromarray(np.clip(sky, 0, 255).astype(np.uint8))
    _clouds(image, weather, sun_left, rng)
    return image.resize(LAND, Image.Resampling.BILINEAR)


def _clouds(image: Image.Image, weather: Weather, sun_left: bool, rng: np.random.Generator) -> None:
    """Lay cumulus on a small sky: grey bellies first, then lit heads towards the sun."""
    width, height = image.size
    belly, head = Image.new("L", image.size), Image.new("L", image.size)
    grey, white = ImageDraw.Draw(belly), ImageDraw.Draw(head)
    count = round(8 * weather.clouds) + 1
    for k in range(count):
        # Clouds shrink, flatten and crowd towards the horizon.
        depth = (k + rng.uniform(0, 1)) / count
        x, y = rng.uniform(-0.05, 1.05) * width, height * (0.14 + 0.34 * depth)
        span = (1.3 - depth) * rng.uniform(34, 78)
        tall = span * (0.34 - 0.16 * depth)
        for _ in range(30):
            off = float(np.clip(rng.normal(0, 0.36), -0.95, 0.95))
            heap = (1 - abs(off)) ** 0.8
            r = tall * rng.uniform(0.22, 0.42) * (0.45 + heap)
            cx, cy = x + off * span, y - tall * heap * rng.uniform(0, 1)
            grey.ellipse((cx - r * 1.3, cy - r * 0.5, cx + r * 1.3, min(cy + r, y + 3)), fill=150)
            shift = -0.3 * r if sun_left else 0.3 * r
            low = min(cy + r * 0.5, y - tall * 0.12)
            if low > cy - r * 1.05:
                white.ellipse((cx - r + shift, cy - r * 1.05, cx + r + shift, low), fill=205)
    under = mix(mix(weather.haze, (164, 178, 198), 0.5), weather.low, 0.25)
    image.paste(under, mask=belly.filter(ImageFilter.BoxBlur(4)))
    image.paste((255, 252, 247), mask=head.filter(ImageFilter.GaussianBlur(2.2)))


def _crest(rng: np.random.Generator, width: int, knots: int, rough: float) -> Pixels:
    """Return a ridge's height along `width` columns, about 0..1: noise in falling octaves."""
    height = np.zeros(width, dtype=np.float32)
    gain, total = 1.0, 0.0
    x = np.linspace(0, 1, width)
    for octave in range(6):
        count = knots * 2**octave + 2
        at = x * (count - 1)
        cell = np.minimum(at.astype(int), count - 2)
        t = at - cell
        ease = t * t * (3 - 2 * t)
        value = rng.uniform(0, 1, count)
        height += gain * (value[cell] * (1 - ease) + value[cell + 1] * ease)
        total += gain
        gain *= rough
    return (height / total).astype(np.float32)


def _towers(rng: np.random.Generator, width: int) -> Pixels:
    """Return a skyline of limestone towers, 0..1."""
    x = np.arange(width)
    height = 0.25 * _crest(rng, width, 3, 0.5)
    for _ in range(7):
        at, half, top = rng.uniform(0, width), rng.uniform(30, 80), rng.uniform(0.4, 1.0)
        tower = top * np.clip(1.15 - np.abs((x - at) / half) ** 3, 0, 1)
        height = np.maximum(height, tower * (0.9 + 0.2 * _crest(rng, width, 30, 0.6)))
    return height.astype(np.float32)


def _hills(
    land: Image.Image, horizon: int, weather: Weather, country: Country, sun_left: bool,
    rng: np.random.Generator,
) -> None:  # fmt: skip
    """Paint ridge behind ridge, each clearer than the one behind, folded by light, misty below."""
    layers = 5 if country.highland else 4
    tall = 200 if country.highland else 118
    haze = _tone(weather.haze)
    for layer in range(layers):
        near = (layer + 1) / layers
        height = tall * (1.15 - 0.80 * near) * rng.uniform(0.85, 1.15)
        if country.karst and layer == layers - 2:
            skyline = _towers(rng, LAND[0]) * 0.9
        else:
            skyline = _crest(rng, LAND[0], 2 + layer, 0.56 if country.highland else 0.46)
            skyline = np.clip((skyline - 0.22) * 1.5, 0.05, 1.2)
        colour = _tone(mix(weather.haze, weather.forest, 0.18 + 0.66 * near**1.3))
        _ridge(land, horizon - 6 * near - skyline * height, horizon, colour, haze, sun_left, near)


def _ridge(
    land: Image.Image, crest: Pixels, horizon: int, colour: Pixels, haze: Pixels,
    sun_left: bool, near: float,
) -> None:  # fmt: skip
    """Paint one ridge: spurs catch the light down the slope, mist lies at its foot.

    `crest` is a row for each column. Colours are found for every second pixel each way.
    """
    top = max(0, int(crest.min()) - 1)
    rows = np.arange(top, horizon + 1, dtype=np.float32)[:, None]
    coarse = crest[::2]
    below = rows[::2] - coarse
    slope = np.gradient(np.convolve(np.pad(coarse, 2, "edge"), np.ones(5) / 5, "valid")) / 2
    # The same fold runs obliquely down the slope, to both sides: sample the crest's slope along it.
    columns, last = np.arange(coarse.size, dtype=np.float32), coarse.size - 1
    one = np.clip(columns + 0.45 * below, 0, last).astype(np.int32)
    two = np.clip(columns - 0.35 * below, 0, last).astype(np.int32)
    fold = np.tanh(2.2 * (slope[one] + 0.8 * slope[two])) * (-1 if sun_left else 1)
    relief = 1 + (0.05 + 0.13 * near) * fold * np.exp(np.minimum(-below, 0) / 70)
    foot = np.maximum(horizon - coarse + 1, 24)
    mist = np.clip(below / foot, 0, 1) ** 1.6 * (0.75 - 0.45 * near)
    body = haze * mist[:, :, None] + colour * (relief * (1 - mist))[:, :, None]
    painted = Image.fromarray(np.clip(body, 0, 255).astype(np.uint8))
    cover = np.clip((rows - crest + 0.5) * 255, 0, 255).astype(np.uint8)
    size = (cover.shape[1], cover.shape[0])
    land.paste(painted.resize(size, Image.Resampling.BILINEAR), (0, top), Image.fromarray(cover))


def _ground(
    horizon: int, camera: Camera, weather: Weather, rng: np.random.Generator
) -> Image.Image:
    """Paint the lawn below the horizon: mottled in perspective, pale far off, deep near."""
    # Every second pixel each way is enough for grass.
    rows = np.arange(horizon, LAND[1], 2, dtype=np.float32)[:, None]
    columns = np.arange(0, LAND[0], 2, dtype=np.float32)[None, :]
    drop = np.maximum(rows - horizon + 0.5, 0.5)
    ahead = camera.focal_px / 2 * camera.eye_m / drop
    right = (columns - camera.centre_px / 2) * ahead / (camera.focal_px / 2)
    tile = soft_noise(rng, (256, 256), (48, 48)) + soft_noise(rng, (256, 256), (12, 12))
    # The tile is mirrored at its edges: there is no seam.
    i = np.abs((ahead * 9).astype(np.int32) % 510 - 255)
    j = np.abs((right * 9).astype(np.int32) % 510 - 255)
    mottle = tile[np.broadcast_to(i, j.shape), j] * np.clip(26 / ahead, 0, 1)
    t = np.clip((rows - horizon) / (LAND[1] - horizon), 0, 1) ** 0.62
    near, far = _tone(weather.grass_near), _tone(weather.grass_far)
    lawn = far + (near - far) * t[:, :, None]
    lawn = lawn * (1 + 0.060 * mottle[:, :, None])
    air = np.exp(-ahead / (weather.haze_m * 0.35))[:, :, None]
    seen = _tone(weather.haze) * (1 - air) + lawn * air
    coarse = Image.fromarray(np.clip(seen, 0, 255).astype(np.uint8))
    return coarse.resize((LAND[0], LAND[1] - horizon), Image.Resampling.BILINEAR)


def _water(land: Image.Image, horizon: int, weather: Weather, rng: np.random.Generator) -> None:
    """Lay a reservoir along the horizon that mirrors the hills above it."""
    deep = 20
    above = land.crop((0, horizon - 2 * deep, LAND[0], horizon))
    mirror = np.asarray(above, dtype=np.float32)[::-1][::2]
    tone = _tone(mix(weather.low, weather.zenith, 0.55))
    glint = soft_noise(rng, (deep, LAND[0]), (deep, 26))[:, :, None] * 7
    shade = np.linspace(0.35, 0.75, deep, dtype=np.float32)[:, None, None]
    water = mirror * (1 - shade) + tone * shade + glint
    land.paste(Image.fromarray(np.clip(water, 0, 255).astype(np.uint8)), (0, horizon))
    shore = mix(weather.grass_far, (232, 214, 176), 0.6)
    land.paste(shore, (0, horizon + deep, LAND[0], horizon + deep + 2))


def shade_ground(image: Image.Image, mask: Image.Image, weather: Weather) -> Image.Image:
    """Darken an image where the mask (L, same size) says that a shadow falls."""
    tint: Colour = (52, 66, 92)
    soft = mask.filter(ImageFilter.BoxBlur(1)).point(lambda v: v * weather.shadow)
    dark = Image.new("RGB", image.size, tint)
    return Image.composite(Image.blend(image, dark, 0.88), image, soft)
