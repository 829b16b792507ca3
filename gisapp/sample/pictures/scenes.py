"""Scenes of the drawn pictures: which building, from where, in which light, with what around it."""

import math
from dataclasses import replace

import numpy as np
from PIL import Image, ImageDraw

from gisapp.sample.pictures import forms, nursery, things
from gisapp.sample.pictures.building import draw_building
from gisapp.sample.pictures.camera import SHEET, Camera, Stage, fitted, stage_on
from gisapp.sample.pictures.forms import Block, Form, Paint
from gisapp.sample.pictures.land import LAND, Country, draw_land, shade_ground
from gisapp.sample.pictures.light import weathers_of
from gisapp.sample.pictures.roof import building_shadow
from gisapp.sample.pictures.spec import PictureSpec, seeded
from gisapp.sample.pictures.yard import (
    Thing,
    draw_paving,
    gate_of,
    near_shade,
    planting_of,
    yard_of,
)

#: Direction of view of each slot, radians: 0 looks at the front.
_VIEWS = {"front": (0.10, 0.50), "back": (0.15, 0.55), "left": (0.85, 1.05), "right": (0.85, 1.05)}


def school_of(spec: PictureSpec, seed: int) -> tuple[Paint, Country]:
    """Return the colours and the country that all pictures of a school share."""
    rng = seeded(seed, spec.smis_code)
    paint = forms.school_paint(rng)
    return paint, Country(spec.highland, spec.island, bool(rng.random() < 0.3))


def form_of(spec: PictureSpec, paint: Paint, seed: int) -> Form:
    """Return the measures of the building that a picture is about."""
    rng = seeded(seed, spec.smis_code, spec.sequence)
    worn = float(rng.uniform(0.75, 1.0) if spec.dilapidated else rng.uniform(0.0, 0.22))
    if rng.random() < 0.3:  # a building of another time was painted by other hands
        paint = forms.school_paint(rng)
    if spec.scene == "timber":
        return forms.timber_form(paint, spec.rooms, worn, rng)
    if spec.scene in ("hall", "field"):
        return forms.hall_form(paint, worn, rng)
    if spec.scene == "toilet":
        return forms.toilet_form(paint, worn)
    if spec.scene == "house":
        return forms.house_form(paint, worn, rng)
    if spec.scene == "small":
        return forms.small_form(paint, worn, rng)
    return forms.classroom_form(paint, spec.storeys, spec.rooms, worn, rng)


def draw_scene(spec: PictureSpec, seed: int) -> Image.Image:
    """Draw a scene of the school; RGB of size `SHEET`."""
    paint, country = school_of(spec, seed)
    rng = seeded(seed, spec.smis_code, spec.slot, spec.scene, spec.sequence)
    block = Block(form_of(spec, paint, seed))
    view = _view(spec, block, rng)
    stage = _staged(spec, view, rng)
    if spec.scene == "gate":
        crowd = gate_of(stage, paint, block)
    else:
        crowd = [
            Thing(
                (block.x, block.y),
                lambda s: draw_building(s, block),
                lambda s: building_shadow(s, block),
            )
        ]
        crowd += yard_of(spec, stage, block, paint)
    crowd += planting_of(spec, stage, block)
    return _painted(spec, stage, country, block, crowd)


def _view(spec: PictureSpec, block: Block, rng: np.random.Generator) -> Camera:
    """Choose a stand and step back until the subject fills about two thirds of the width."""
    low, high = _VIEWS.get(spec.slot, (0.0, 0.3))
    side = {"left": 1, "right": -1}.get(spec.slot, 1 if rng.random() < 0.5 else -1)
    turn = side * float(rng.uniform(low, high)) + (math.pi if spec.slot == "back" else 0.0)
    eye = float(rng.uniform(2.6, 4.6))
    camera = Camera(block.x, block.y, eye, turn, 1500, SHEET[0] / 2 + float(rng.uniform(-60, 60)),
                    float(rng.uniform(560, 600)))  # fmt: skip
    corners = block.corners()
    if spec.scene == "gate":
        stand = replace(camera, y=block.y - 42, heading=side * 0.1, eye_m=2.2, horizon_px=590)
        ends = [(s, stand.y, w) for s in (-8.0, 8.0) for w in (0.0, 3.3)]
        return fitted(stand, ends, 1150, 420)
    if spec.scene == "assembly":
        # Of a long building only the middle counts, else the pupils would be specks.
        wings = (block.form.length_m - min(block.form.length_m, 24.0)) / 2
        middle = [
            block.at(u, 0, w)
            for u in (wings, block.form.length_m - wings)
            for w in (0, block.form.ridge_m)
        ]
        # The last row of pupils must be in the picture, too.
        middle += [block.at(block.form.length_m / 2 + s, -19, 0) for s in (-8.5, 8.5)]
        stand = replace(camera, heading=turn * 0.4, eye_m=5.4, horizon_px=530)
        return fitted(stand, middle, 1000, 400)
    if spec.scene == "field":
        return fitted(replace(camera, eye_m=5.0, horizon_px=500), corners, 760, 270)
    if spec.scene in ("toilet", "house", "small", "hall"):
        return fitted(replace(camera, eye_m=2.0 + 0.15 * eye), corners, 820, 400)
    return fitted(camera, corners, 1180 if block.form.storeys > 1 else 1340, 430)


def _staged(spec: PictureSpec, camera: Camera, rng: np.random.Generator) -> Stage:
    """Choose the day and where the sun stands: always more or less behind the viewer."""
    weathers = weathers_of(spec.month)
    weather = weathers[rng.integers(len(weathers))]
    side = 1 if rng.random() < 0.5 else -1
    aside, high = rng.uniform(0.5, 1.15), rng.uniform(0.55, 0.95)
    away = camera.heading + math.pi + side * aside
    sun = (math.sin(away) * math.cos(high), math.cos(away) * math.cos(high), math.sin(high))
    blank = Image.new("RGB", (1, 1))
    return Stage(blank, ImageDraw.Draw(blank), camera, weather, sun, 1.0, rng)


def _painted(
    spec: PictureSpec, stage: Stage, country: Country, block: Block, crowd: list[Thing]
) -> Image.Image:
    """Paint land, paths and shadows at half size, then everything that stands, far things first."""
    sun_left = (
        stage.camera.see((stage.camera.x + stage.sun[0], stage.camera.y + stage.sun[1], 0))[0] < 0
    )
    land = stage_on(draw_land(stage.camera, stage.weather, country, sun_left, stage.rng), stage)
    nursery.draw_groves(land, country.highland, 190, 9)
    if not country.island:
        nursery.draw_groves(land, country.highland, 120, 7)
    things.draw_tufts(land, 80)
    # Paving has sharp edges: it is laid on the sheet and halved, as everything is in the end.
    sheet = land.image.resize(SHEET, Image.Resampling.NEAREST)
    draw_paving(spec, stage_on(sheet, stage), block)
    mask = stage_on(Image.new("L", LAND), stage)
    near_shade(mask)
    for thing in crowd:
        if thing.cast:
            thing.cast(mask)
    shaded = shade_ground(sheet.reduce(2), mask.image, stage.weather)
    sheet = shaded.resize(SHEET, Image.Resampling.NEAREST)
    front = stage_on(sheet, stage)
    for thing in sorted(crowd, key=lambda one: -stage.camera.see((*one.spot, 0.0))[2]):
        thing.draw(front)
    return sheet
