import datetime
import math
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from gisapp.core.rounds import Round
from gisapp.sample.pictures.camera import SHEET, Camera, fitted
from gisapp.sample.pictures.draw import (
    BuildingLook,
    PictureSpec,
    SchoolLook,
    draw_pictures,
    draw_school,
)
from gisapp.sample.pictures.forms import Block, Form, Paint
from gisapp.sample.pictures.light import AFTER_RAIN, OVERCAST, lit, mix
from gisapp.sample.pictures.scenes import form_of, school_of
from gisapp.sample.pictures.shots import choose_shots
from gisapp.store.photos import read_photo_list, shown_path

SCENES = [
    ("front", "classroom"), ("back", "classroom"), ("left", "classroom"), ("right", "timber"),
    ("front", "dormitory"), ("front", "hall"), ("front", "toilet"), ("front", "house"),
    ("front", "small"), ("sign", "gate"), ("activity", "assembly"), ("activity", "field"),
    ("plan", "plan"),
]  # fmt: skip

BUILDINGS = (
    BuildingLook(1, "อาคารเรียน", "ป.1ฉ", 1, 4, 2512, "dilapidated"),
    BuildingLook(2, "อาคารเรียน", "สปช. 105/29", 2, 8, 2535, "good"),
    BuildingLook(3, "ส้วม", "สปช.601/26", 1, 4, 2538, "fair"),
    BuildingLook(4, "บ้านพักครู", "บ้านพักครู 203/27", 1, 2, 2530, "fair"),
    BuildingLook(5, "ห้องสมุด", "อื่น ๆ (สร้างเอง)", 1, 1, 2540, "good"),
    BuildingLook(6, "สนาม", "สนามบาสเกตบอล", 0, 0, 2550, "good"),
)


def school(number, buildings=BUILDINGS, **more):
    return SchoolLook(f"9901{number:04d}", buildings, **more)


def pixels(spec, seed=1):
    return np.asarray(draw_school(spec, seed), dtype=np.int16)


@pytest.mark.parametrize(("slot", "scene"), SCENES)
def test_every_scene_is_a_full_sheet_with_something_on_it(slot, scene):
    image = draw_school(PictureSpec("99010001", slot, scene, storeys=2, rooms=8), seed=1)
    assert (image.mode, image.size) == ("RGB", SHEET)
    # A sheet with a subject has many colours and strong edges; an empty one has neither.
    small = image.reduce(4)
    assert len(small.getcolors(small.width * small.height)) > 500
    grey = np.asarray(small.convert("L"), dtype=np.int16)
    assert (np.abs(np.diff(grey, axis=1)) > 25).mean() > 0.005


def test_the_same_words_draw_the_same_pixels_whatever_was_drawn_before():
    spec = PictureSpec("99010001", "front", "classroom", storeys=2, rooms=8)
    first = draw_school(spec, 1).tobytes()
    draw_school(PictureSpec("99010002", "sign", "gate"), 1)
    assert draw_school(spec, 1).tobytes() == first


def test_another_school_another_seed_another_slot_look_otherwise():
    spec = PictureSpec("99010001", "front", "classroom", storeys=2, rooms=8)
    base = pixels(spec)
    for other, seed in (
        (replace(spec, smis_code="99010002"), 1),
        (spec, 2),
        (replace(spec, slot="back"), 1),
    ):
        # Far more than a few changed leaves: a tenth of the sheet clearly differs.
        assert (np.abs(pixels(other, seed) - base).max(axis=2) > 24).mean() > 0.1


def test_no_two_front_pictures_of_forty_schools_are_alike():
    thumbs = [
        np.asarray(
            draw_school(PictureSpec(f"9901{n:04d}", "front", "classroom", 1 + n % 2, 4 + n % 5), 1)
            .resize((32, 18), Image.Resampling.BOX),
            dtype=np.int16,
        )
        for n in range(40)
    ]  # fmt: skip
    for a in range(40):
        for b in range(a):
            assert np.abs(thumbs[a] - thumbs[b]).mean() > 2


def test_pictures_of_one_building_show_the_same_building_and_another_one_differs():
    front = PictureSpec("99010003", "front", "classroom", storeys=2, rooms=8, month=6)
    paint, _ = school_of(front, 1)
    assert form_of(front, paint, 1) == form_of(replace(front, slot="back"), paint, 1)
    assert form_of(front, paint, 1) != form_of(replace(front, sequence=2), paint, 1)


def test_a_third_storey_makes_the_building_higher_and_more_rooms_make_it_longer():
    spec = PictureSpec("99010003", "front", "classroom", storeys=1, rooms=4)
    paint, _ = school_of(spec, 1)
    low = form_of(spec, paint, 1)
    high = form_of(replace(spec, storeys=3, rooms=12), paint, 1)
    long = form_of(replace(spec, rooms=6), paint, 1)
    assert high.eaves_m - low.eaves_m == pytest.approx(2 * low.storey_m)
    assert long.length_m / low.length_m == pytest.approx(6 / 4)


def test_an_island_has_water_below_its_hills():
    spec = PictureSpec("99010005", "front", "small", month=12)
    dry, wet = pixels(spec), pixels(replace(spec, island=True))
    blueness = [(p[..., 2] - p[..., 0])[560:660, :].mean() for p in (dry, wet)]
    assert blueness[1] > blueness[0] + 3


def test_two_to_four_pictures_with_the_largest_classroom_building_first():
    for number in range(60):
        shots = choose_shots(school(number), seed=1)
        assert 2 <= len(shots) <= 4
        assert (shots[0].spec.sequence, shots[0].spec.slot) == (2, "front")
        assert len({(s.spec.sequence, s.spec.slot, s.spec.scene) for s in shots}) == len(shots)


def test_a_dilapidated_building_is_always_shown():
    for number in range(30):
        ruins = [s for s in choose_shots(school(number), 1) if s.spec.dilapidated]
        assert [s.spec.scene for s in ruins] == ["timber"]


def test_captions_say_building_design_and_side():
    seen = {s.caption_th: s.caption_en for n in range(200) for s in choose_shots(school(n), 1)}
    assert seen["อาคารเรียน 2 สปช.105/29 ด้านหน้า"] == "Classroom building 2, design สปช.105/29, front"
    assert seen["อาคารเรียน 1 ป.1ฉ ด้านหน้า"] == "Classroom building 1, design ป.1ฉ, front"
    assert seen["บ้านพักครู 203/27 ด้านหน้า"] == "Staff house, design 203/27, front"
    assert seen["ห้องสมุด ด้านหน้า"] == "Library, front"
    assert seen["ประตูและป้ายโรงเรียน"] == "School gate and name board"
    assert not any("สนามบาสเกตบอล" in caption for caption in seen)  # no building


def test_pictures_of_the_whole_place_name_no_building():
    rows = [s.row() for n in range(60) for s in choose_shots(school(n), 1)]
    slots = {row["photo_slot"] for row in rows}
    assert slots == {"front", "back", "left", "right", "sign", "activity", "plan"}
    for row in rows:
        whole = row["photo_slot"] in ("sign", "activity", "plan")
        assert (row["building_sequence"] == "") == whole


def test_pictures_are_taken_before_round_2568_1_is_cut_and_after_the_building_stood():
    new = (BuildingLook(1, "อาคารเรียน", "สปช.105/29", 2, 8, 2566, "good"), BUILDINGS[2])
    days = [
        s.taken_on
        for n in range(300)
        for s in choose_shots(school(n, new), 1)
        if s.spec.sequence == 1
    ]
    assert max(days) <= Round.parse("2568-1").cut_off
    assert min(days) >= datetime.date(2024, 1, 1)  # 2566 is 2023
    assert len({day.year for day in days}) == 2


def test_a_school_without_a_building_has_no_picture():
    assert choose_shots(school(1, ()), 1) == []
    assert choose_shots(school(1, (BUILDINGS[5],)), 1) == []
    assert choose_shots(school(1, (BuildingLook(1, "อาคารเรียน", "", 1, 3, 2600, "good"),)), 1) == []


def test_plain_tuples_and_thai_conditions_serve_as_well():
    thai = tuple((*b[:6], "ทรุดโทรม" if b.condition == "dilapidated" else "ดี") for b in BUILDINGS)
    assert [s.spec for s in choose_shots(school(7, thai), 1)] == [
        s.spec for s in choose_shots(school(7), 1)
    ]


def test_one_school_of_ten_has_no_picture_and_the_list_matches_the_files(tmp_path):
    schools = [school(n, BUILDINGS[1:3], highland=n % 3 == 0) for n in range(10)]
    rows = draw_pictures(schools, tmp_path, seed=3)
    listed = read_photo_list(tmp_path)
    assert listed["photo_id"].tolist() == [row["photo_id"] for row in rows]
    assert listed["photo_id"].is_unique
    assert listed["smis_code"].nunique() == 9
    files = {p.parent.name for p in tmp_path.rglob("*.webp")}
    assert files == set(listed["photo_id"])
    for photo_id in files:
        for width in (800, 320):
            with Image.open(shown_path(tmp_path, photo_id, width)) as shown:
                assert shown.size == (width, width * 9 // 16)


def test_two_processes_write_the_same_bytes(tmp_path):
    code = (
        "import sys, pathlib, hashlib\n"
        "from gisapp.sample.pictures.draw import SchoolLook, draw_pictures\n"
        "b = (1, 'อาคารเรียน', 'สปช.105/29', 2, 8, 2535, 'good')\n"
        "to = pathlib.Path(sys.argv[1])\n"
        "draw_pictures([SchoolLook(f'9901{n:04d}', (b,)) for n in range(3)], to, 5)\n"
        "for p in sorted(to.rglob('*.*')):\n"
        "    print(p.relative_to(to).as_posix(), hashlib.sha256(p.read_bytes()).hexdigest())\n"
    )
    said = [
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code, str(tmp_path / name)],
            check=True, capture_output=True, text=True, encoding="utf-8",
        ).stdout
        for name in ("one", "two")
    ]  # fmt: skip
    assert said[0] == said[1]
    assert said[0].count(".webp") >= 12


def test_a_picture_weighs_so_little_that_the_whole_office_stays_below_nine_megabytes(tmp_path):
    draw_pictures([school(n) for n in range(12)], tmp_path, seed=1)
    sizes = [path.stat().st_size for path in tmp_path.rglob("*.webp")]
    # 120 schools: 108 with three pictures each in the mean, in two sizes.
    assert sum(sizes) / (len(sizes) / 2) * 324 < 9_000_000


def test_a_pixel_by_hand():
    camera = Camera(0, 0, eye_m=2, heading=0, focal_px=1000, centre_px=800, horizon_px=500)
    # 5 m to the right, on the ground, 20 m ahead: 1000 / 20 = 50 px per metre.
    assert camera.pixel(camera.see((5, 20, 0))) == (800 + 250, 500 + 100)
    # At the height of the eye everything lies on the horizon, however far.
    assert camera.pixel(camera.see((-3, 77, 2)))[1] == 500


def test_what_stands_upright_stays_upright_whatever_the_view():
    for heading in np.linspace(-math.pi, math.pi, 9):
        camera = Camera(0, 0, 3, float(heading), 1500, 800, 560)
        x, y = camera.ground(7, 30)
        foot, top = camera.pixel(camera.see((x, y, 0))), camera.pixel(camera.see((x, y, 9)))
        assert foot[0] == pytest.approx(top[0])
        assert foot[1] > top[1]


def test_ground_is_the_way_back_from_see():
    camera = Camera(4, -7, 3, 0.7, 1500, 800, 560)
    assert camera.see((*camera.ground(-6, 25), 0))[::2] == pytest.approx((-6, 25))


def test_the_fitted_view_is_as_close_as_it_may_be():
    paint = Paint((240, 230, 200), (60, 100, 140), (160, 70, 50), (60, 60, 60))
    corners = Block(Form(30, 9, 2, 3.3, 0.4, 2.2, 8, paint)).corners()
    camera = fitted(Camera(0, 0, 3, 0.4, 1500, 800, 560), corners, 1000, 400)
    columns, rows = zip(*(camera.pixel(camera.see(c)) for c in corners), strict=True)
    wide, high = max(columns) - min(columns), max(rows) - min(rows)
    assert wide <= 1000.01
    assert high <= 400.01
    assert max(wide / 1000, high / 400) > 0.999
    assert (max(columns) + min(columns)) / 2 == pytest.approx(800)


def test_a_surface_towards_the_sun_is_brighter_and_clouds_even_it_out():
    grey, sun, away = (120, 120, 120), (0.0, 0.0, 1.0), (0.0, 0.0, -1.0)

    def contrast(weather):
        return sum(lit(weather, sun, grey, sun)) / sum(lit(weather, sun, grey, away))

    assert contrast(AFTER_RAIN) > contrast(OVERCAST) > 1
    assert mix((0, 0, 0), (200, 100, 50), 0.5) == (100, 50, 25)
