"""Rasters of people as offices put them into ``data/rasters``, right and wrong."""

import shutil

import numpy as np
import pytest
import rasterio
from pyproj import Transformer
from rasterio.enums import ColorInterp
from rasterio.transform import Affine, from_origin

from gisapp.core.coverage.spreading.people_raster import PeopleRaster
from gisapp.settings import Settings
from gisapp.store.population_raster import read_people_raster, write_children_grid
from tests.core.coverage.ground import UTM, box, children, ground, spread
from tests.core.coverage.ground import raster as on_land

#: 2 x 3 cells of 100 m whose north-western corner is (500000, 2000200).
PEOPLE = np.array([[1, 2, 3], [4, 5, -1]], dtype=np.float32)
PLACE = from_origin(500_000, 2_000_200, 100, 100)


@pytest.fixture
def office(tmp_path):
    settings = Settings(tmp_path, "99010000", "ตัวอย่าง", "Sample")
    settings.rasters_dir.mkdir(parents=True)
    return settings


def put(office, name="population.tif", values=PEOPLE, crs=UTM, **more):
    bands = values if values.ndim == 3 else values[None]
    more = {"transform": PLACE, "nodata": -1, **more}
    unit, colours = more.pop("unit", None), more.pop("colorinterp", None)
    path = office.rasters_dir / name
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        count=len(bands),
        height=bands.shape[1],
        width=bands.shape[2],
        dtype=bands.dtype.name,
        crs=crs,
        **more,
    ) as target:
        target.write(bands)
        if unit:
            target.set_band_unit(1, unit)
        if colours:
            target.colorinterp = colours
    return path


def kinds(problems):
    return [problem.kind for problem in problems]


def refused(office):
    """The one reason why nothing is used; its sentences can be said in both languages."""
    raster, problems = read_people_raster(office)
    assert raster is None
    (problem,) = problems
    assert problem.file == "population.tif"
    assert problem.severity == "warn"
    assert problem.message("th")
    assert problem.advice("en")
    return problem.kind


def test_an_office_without_rasters_has_none_and_that_is_no_problem(tmp_path):
    assert read_people_raster(Settings(tmp_path, "1", "ก", "a")) == (None, [])


def test_people_come_with_their_place_and_unknown_cells_are_nan(office):
    put(office)
    raster, problems = read_people_raster(office)
    assert problems == []
    assert raster.values.tolist()[0] == [1, 2, 3]
    assert np.isnan(raster.values).tolist() == [[False] * 3, [False, False, True]]
    assert raster.grid.bounds == (500_000, 2_000_000, 500_300, 2_000_200)
    assert (raster.crs, raster.file, raster.per_km2) == (UTM, "population.tif", False)


def test_other_files_and_rasters_of_one_age_are_not_people(office):
    for name in ("dem.tif", "population_f_5.tif", "population.txt", "population_male_0.tif"):
        put(office, name)
    assert read_people_raster(office) == (None, [])


def test_a_raster_whose_southern_row_comes_first_is_turned(office):
    put(office, transform=Affine(100, 0, 500_000, 0, 100, 2_000_000))
    raster, problems = read_people_raster(office)
    assert problems == []
    assert raster.values[1].tolist() == [1, 2, 3]
    assert raster.grid.bounds == (500_000, 2_000_000, 500_300, 2_000_200)


def test_only_the_cells_around_the_office_are_read(office):
    lon, lat = Transformer.from_crs(UTM, 4326, always_xy=True).transform(500_000, 2_000_000)
    wide = np.arange(1, 100 * 200 + 1, dtype=np.float32).reshape(100, 200)
    put(office, values=wide, crs="EPSG:4326", transform=from_origin(lon, lat, 0.001, 0.001))
    bounds = (lon + 0.0502, lat - 0.0305, lon + 0.0601, lat - 0.0203)
    raster, problems = read_people_raster(office, bounds)
    assert problems == []
    west, south, east, north = raster.grid.bounds
    assert west <= bounds[0] < bounds[2] <= east
    assert south <= bounds[1] < bounds[3] <= north
    assert raster.values.shape == (13, 13)
    whole, _ = read_people_raster(office)
    at = whole.grid.cells_at(*raster.grid.centres(np.arange(169)))
    assert np.array_equal(whole.values.ravel()[at], raster.values.ravel())


def test_an_office_without_land_reads_all_cells(office):
    put(office)
    raster, _ = read_people_raster(office, (np.nan,) * 4)
    assert raster.values.shape == (2, 3)


def test_a_raster_of_somewhere_else_is_not_used(office):
    put(office)
    raster, problems = read_people_raster(office, (0.0, 0.0, 1.0, 1.0))
    assert raster is None
    assert kinds(problems) == ["people_raster_elsewhere"]


def test_scale_and_offset_of_the_file_are_part_of_its_values(office):
    with rasterio.open(put(office), "r+") as target:
        target.scales, target.offsets = (0.5,), (2.0,)
    raster, _ = read_people_raster(office)
    assert raster.values[0].tolist() == [2.5, 3, 3.5]


# --- what is not used, and why


def test_a_file_that_is_no_raster_is_not_used(office):
    (office.rasters_dir / "population.tif").write_bytes(b"II*\0 this is nothing")
    assert refused(office) == "people_raster_unreadable"


def test_a_file_that_was_not_copied_to_its_end_is_not_used(office):
    path = put(office, values=np.ones((600, 600), dtype=np.float32), compress="deflate")
    path.write_bytes(path.read_bytes()[:-200])
    assert refused(office) == "people_raster_unreadable"


def test_a_raster_without_a_crs_is_not_used(office):
    put(office, crs=None)
    assert refused(office) == "people_raster_no_crs"


def test_a_raster_in_metres_of_a_plan_is_not_used(office):
    put(office, crs='LOCAL_CS["plan",UNIT["metre",1]]')
    assert refused(office) == "people_raster_no_crs"


@pytest.mark.parametrize(
    "place",
    [
        Affine(100, 20, 500_000, 0, -100, 2_000_200),
        Affine(100, 0, 500_000, 20, -100, 2_000_200),
        Affine(0, 100, 500_000, -100, 0, 2_000_200),
    ],
    ids=["sheared", "sheared the other way", "turned by a quarter"],
)
def test_a_rotated_raster_is_not_used(office, place):
    put(office, transform=place)
    assert refused(office) == "people_raster_rotated"


def test_a_coloured_picture_is_not_used(office):
    put(office, values=PEOPLE.astype(np.uint8), nodata=None, photometric="palette")
    assert refused(office) == "people_raster_not_counts"


def test_red_green_and_blue_are_not_used(office):
    picture = np.zeros((3, 2, 3), dtype=np.uint8)
    colours = [ColorInterp.red, ColorInterp.green, ColorInterp.blue]
    put(office, values=picture, nodata=None, colorinterp=colours)
    assert refused(office) == "people_raster_not_counts"


def test_several_bands_are_not_used(office):
    put(office, values=np.stack([PEOPLE, PEOPLE]))
    assert refused(office) == "people_raster_not_counts"


@pytest.mark.parametrize("unit", ["m", "Metre", "feet"])
def test_heights_are_not_used(office, unit):
    put(office, unit=unit)
    assert refused(office) == "people_raster_not_counts"


def test_a_model_of_heights_in_16_bits_is_not_used(office):
    put(office, values=np.abs(PEOPLE).astype(np.int16), nodata=-32768)
    assert refused(office) == "people_raster_not_counts"


def test_complex_numbers_are_not_used(office):
    put(office, values=PEOPLE.astype(np.complex64), nodata=None)
    assert refused(office) == "people_raster_not_counts"


def test_a_raster_of_nobody_is_not_used(office):
    put(office, values=np.zeros((2, 3), dtype=np.float32))
    assert refused(office) == "people_raster_empty"


def test_differing_negative_numbers_are_not_used(office):
    put(office, values=PEOPLE - 3, nodata=None)
    assert refused(office) == "people_raster_negative"


# --- what is used, with a doubt


def test_a_mark_for_unknown_that_is_not_declared_is_taken_so_and_said(office):
    put(office, values=np.where(PEOPLE < 0, np.float32(-99999), PEOPLE), nodata=None)
    raster, problems = read_people_raster(office)
    assert np.isnan(raster.values).sum() == 1
    assert kinds(problems) == ["people_raster_cells"]
    assert "-99999" in problems[0].message("th")


def test_people_who_are_no_number_or_infinite_are_unknown(office):
    values = np.array([[1, np.nan, np.inf]], dtype=np.float32)
    put(office, values=values, nodata=None)
    raster, problems = read_people_raster(office)
    assert np.isnan(raster.values).tolist() == [[False, True, True]]
    assert kinds(problems) == ["people_raster_cells", "people_raster_cells"]
    assert [problem.value for problem in problems] == ["NaN", "inf"]


def test_nan_that_the_file_declares_is_no_doubt(office):
    put(office, values=np.array([[1, np.nan]], dtype=np.float32), nodata=np.nan)
    _, problems = read_people_raster(office)
    assert problems == []


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("population.tif", "persons per km2"),
        ("population.tif", "people/km²"),
        ("population.tif", "inhabitants per sq km"),
        ("population_density_2020.tif", None),
    ],
)
def test_persons_per_km2_are_recognised_by_unit_or_name(office, name, unit):
    put(office, name, unit=unit)
    raster, problems = read_people_raster(office)
    assert raster.per_km2
    assert kinds(problems) == ["people_raster_per_km2"]


def test_of_several_rasters_the_first_that_can_be_used_is_and_the_others_are_named(office):
    put(office, "population_a.tif", crs=None)
    put(office, "population_b.tif")
    put(office, "population_c.tif", values=PEOPLE + 1)
    raster, problems = read_people_raster(office)
    assert raster.file == "population_b.tif"
    assert kinds(problems) == ["people_raster_no_crs", "people_raster_several"]
    assert "population_c.tif" in problems[1].message("en")


# --- children per cell


def test_children_per_cell_come_back_with_units_and_place(tmp_path):
    made, _ = spread(
        children(a=45), ground([(box(0, 0, 3, 3), "a", "")]), on_land(np.arange(9).reshape(3, 3))
    )
    path = tmp_path / "2568-1" / "children_primary.tif"
    km = np.full(len(made.area), 0.25)
    write_children_grid(made, np.array([36.0]), km, UTM, path)
    with rasterio.open(path) as source:
        assert source.units == ("children per cell", "km to the nearest school")
        assert source.crs.to_epsg() == 32647
        assert tuple(source.bounds) == made.grid.bounds
        children_band, km_band = source.read()
    # The first cell of the raster counts nobody: no place.
    assert np.isnan(children_band[0, 0])
    assert np.nansum(children_band) == 36
    assert np.nanmax(km_band) == 0.25
    again = tmp_path / "again.tif"
    write_children_grid(made, np.array([36.0]), km, UTM, again)
    assert again.read_bytes() == path.read_bytes()
    assert [file.name for file in path.parent.iterdir()] == ["children_primary.tif"]


def test_a_raster_can_be_replaced_while_its_people_are_in_use(office):
    path = put(office)
    raster, _ = read_people_raster(office)
    shutil.move(path, path.with_name("old.tif"))
    assert isinstance(raster, PeopleRaster)
    assert np.nansum(raster.values) == 15
