import math

import numpy as np
import pytest

from gisapp.core.hillshade import (
    EXAGGERATION,
    FADE_CELLS,
    LIGHTS,
    MARGIN,
    Palette,
    opacity,
    paint,
    picture,
    relief,
    smoothed,
)

PALETTE = Palette(
    low=(200, 200, 200), high=(240, 240, 240), shade=(100, 110, 120), lit=(255, 250, 245)
)


def plane(east=0.0, north=0.0, side=5, cell_m=10.0):
    """Heights that rise by `east` and `north` metres per metre."""
    rows, columns = np.mgrid[0:side, 0:side].astype(float)
    return (east * columns - north * rows) * cell_m


def by_hand(azimuth_deg, slope):
    """Relief of a plane that rises by `slope` towards an azimuth, light by light, with vectors."""
    a, s = math.radians(azimuth_deg), EXAGGERATION * slope
    normal = np.array([-s * math.sin(a), -s * math.cos(a), 1.0])
    normal /= np.linalg.norm(normal)
    light = flat = 0.0
    for azimuth, height, share in LIGHTS:
        z, h = math.radians(azimuth), math.radians(height)
        ray = np.array([math.sin(z) * math.cos(h), math.cos(z) * math.cos(h), math.sin(h)])
        light += share * max(0.0, float(normal @ ray))
        flat += share * math.sin(h)
    return light / flat - 1 if light < flat else (light - flat) / (1 - flat)


def test_flat_ground_is_neither_lit_nor_shaded():
    assert np.abs(relief(np.full((5, 5), 740.0), 30.0)).max() < 1e-12


def test_all_light_adds_up_to_one():
    assert sum(share for _, _, share in LIGHTS) == 1


@pytest.mark.parametrize("azimuth", [0, 45, 135, 225, 315])
@pytest.mark.parametrize("slope", [0.05, 0.3, 1.0])
def test_a_plane_is_lit_as_its_normal_and_the_three_lights_say(azimuth, slope):
    a = math.radians(azimuth)
    heights = plane(east=slope * math.sin(a), north=slope * math.cos(a))
    assert relief(heights, 10.0) == pytest.approx(by_hand(azimuth, slope), abs=1e-9)


def test_a_slope_that_faces_north_west_is_lit_and_the_one_behind_it_is_dark():
    facing = relief(plane(east=0.3, north=-0.3), 10.0)  # rises to the south-east
    behind = relief(plane(east=-0.3, north=0.3), 10.0)
    assert facing.min() > 0.2
    assert behind.max() < -0.2


def test_slopes_are_measured_on_the_ground_row_by_row():
    heights = plane(east=0.2)
    twice = relief(heights, np.array([10.0, 10.0, 20.0]))
    assert twice[0] == pytest.approx(relief(heights, 10.0)[0])
    assert twice[2] == pytest.approx(relief(heights, 20.0)[2])
    assert abs(twice[2, 0]) < abs(twice[0, 0])


def test_raising_everything_changes_nothing():
    rough = np.random.default_rng(4).normal(0, 30, (9, 9))
    assert relief(rough + 1000, 50.0) == pytest.approx(relief(rough, 50.0), abs=1e-9)


def test_no_surface_leaves_the_limits():
    wild = np.random.default_rng(5).normal(0, 3000, (40, 40))
    assert np.abs(relief(wild, 10.0)).max() <= 1


def test_an_unknown_cell_is_unknown_and_its_neighbours_are_not():
    heights = plane(east=0.2, side=7)
    heights[3, 3] = np.nan
    lit = relief(heights, 10.0)
    assert np.isnan(lit[2, 2])
    assert np.isnan(lit).sum() == 1


def test_shade_darkens_light_brightens_and_flat_ground_keeps_its_tint():
    lit = np.array([[-1.0, 0.0, 1.0, np.nan]])
    heights = np.array([[0.0, 2500.0, 0.0, np.nan]])
    assert paint(lit, heights, PALETTE).tolist() == [
        [[100, 110, 120], [240, 240, 240], [255, 250, 245], [200, 200, 200]]
    ]


@pytest.mark.parametrize("height", [-30.0, 9000.0])
def test_heights_beyond_the_tints_take_the_nearest(height):
    expected = PALETTE.low if height < 0 else PALETTE.high
    assert tuple(paint(np.zeros((1, 1)), np.full((1, 1), height), PALETTE)[0, 0]) == expected


def test_smoothing_keeps_planes_and_lends_nothing_from_the_unknown():
    heights = plane(east=0.2, side=41)
    heights[:, :10] = np.nan
    smooth = smoothed(heights)
    assert np.array_equal(np.isnan(smooth), np.isnan(heights))
    assert smooth[20, 25] == pytest.approx(heights[20, 25], abs=1e-6)
    level = np.full((41, 41), 500.0)
    level[:, :10] = np.nan
    assert smoothed(level)[:, 10:] == pytest.approx(500.0)


def test_smoothing_flattens_a_single_peak():
    heights = np.zeros((31, 31))
    heights[15, 15] = 100.0
    assert 0 < smoothed(heights)[15, 15] < 10


def test_the_edge_of_the_known_fades_and_the_middle_is_opaque():
    heights = np.zeros((80, 80))
    heights[:, :30] = np.nan
    veil = opacity(heights)
    assert veil.shape == (80 - 2 * FADE_CELLS, 80 - 2 * FADE_CELLS)
    row = veil[20].astype(int)
    first = 30 - FADE_CELLS  # column of the first known cell
    assert row[first - 1] == 0
    assert 0 < row[first] < 20
    assert np.all(np.diff(row) >= 0)
    assert row[first + FADE_CELLS] == 255


def test_what_lies_just_outside_a_picture_counts_for_its_fade():
    whole = np.zeros((60, 100))
    whole[:, 70:] = np.nan
    left, right = opacity(whole[:, :60]), opacity(whole[:, 60 - 2 * FADE_CELLS :])
    assert np.array_equal(np.hstack((left, right)), opacity(whole))


def test_nothing_known_is_nothing_seen_and_everything_known_is_opaque():
    assert opacity(np.full((40, 40), np.nan)).max() == 0
    assert opacity(np.zeros((40, 40))).min() == 255


def test_a_picture_has_the_size_that_its_margin_leaves():
    heights = np.random.default_rng(6).normal(300, 40, (50 + 2 * MARGIN, 60 + 2 * MARGIN))
    drawn = picture(heights, np.full(50, 30.0), PALETTE)
    assert drawn.shape == (50, 60, 4)
    assert drawn.dtype == np.uint8


def test_pictures_side_by_side_join():
    heights = np.random.default_rng(7).normal(300, 40, (40 + 2 * MARGIN, 90 + 2 * MARGIN))
    whole = picture(heights, 30.0, PALETTE)
    left = picture(heights[:, : 50 + 2 * MARGIN], 30.0, PALETTE)
    right = picture(heights[:, 50:], 30.0, PALETTE)
    assert np.array_equal(np.hstack((left, right)), whole)
