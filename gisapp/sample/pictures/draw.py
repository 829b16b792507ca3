"""Drawn pictures of the sample office's schools: no camera, no person, no letter.

Nine schools of ten get two to four; the others none, as in life. What a picture shows follows the
school's own list of buildings.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from PIL import Image

from gisapp.sample.pictures.plan import draw_plan
from gisapp.sample.pictures.scenes import draw_scene, form_of, school_of
from gisapp.sample.pictures.shots import BuildingLook, SchoolLook, Shot, choose_shots
from gisapp.sample.pictures.spec import PictureSpec, seeded
from gisapp.store.photos import write_photo_list, write_shown

__all__ = ["BuildingLook", "PictureSpec", "SchoolLook", "draw_pictures", "draw_school"]

#: Share of the schools that have no picture.
_WITHOUT = 0.10
#: Length and depth of what stands on every plan beside classrooms: hall, toilets, house; m.
_ON_EVERY_PLAN = [(16.0, 9.0), (8.4, 4.0), (8.0, 6.4)]


def draw_school(spec: PictureSpec, seed: int) -> Image.Image:
    """Draw one picture, RGB 1600 x 900, to be shown at half that or less.

    The same spec and seed give the same pixels.
    """
    if spec.scene != "plan":
        return draw_scene(spec, seed)
    paint, _ = school_of(spec, seed)
    sizes = []
    for number, (storeys, rooms) in enumerate(
        spec.others or ((spec.storeys, spec.rooms),), start=1
    ):
        one = replace(spec, scene="classroom", storeys=storeys, rooms=rooms, sequence=number)
        form = form_of(one, paint, seed)
        sizes.append((form.length_m, form.depth_m))
    rng = seeded(seed, spec.smis_code, "plan")
    return draw_plan(paint, sizes + _ON_EVERY_PLAN, spec.island, rng)


def draw_pictures(
    schools: Iterable[SchoolLook], shown_dir: Path, seed: int
) -> list[dict[str, object]]:
    """Draw and write the pictures of all schools and their list; return the list's rows.

    Two threads draw. Each picture depends on its own words alone, so that the bytes do not depend
    on which thread came first.
    """
    listed = list(schools)
    order = seeded(seed, "without").permutation(len(listed))
    bare = set(order[: round(_WITHOUT * len(listed))].tolist())
    shots = [
        shot
        for place, school in enumerate(listed)
        if place not in bare
        for shot in choose_shots(school, seed)
    ]

    def take(shot: Shot) -> None:
        write_shown(draw_school(shot.spec, seed), shown_dir, shot.photo_id)

    with ThreadPoolExecutor(max_workers=2) as pool:
        for _ in pool.map(take, shots):
            pass  # going through the answers raises what a thread raised
    rows = [shot.row() for shot in shots]
    write_photo_list(rows, shown_dir)
    return rows
