"""Rasters in blocks of rows: where they lie, what is not known, and what is refused."""

import numpy as np
import pytest
import rasterio
from rasterio.crs import CRS
from rasterio.enums import ColorInterp
from rasterio.transform import Affine, from_origin

from gisapp.errors import LayerNotFoundError, UnreadableFileError
from gisapp.store.raster_rows import describe_raster, read_row_blocks

PLACE = from_origin(500_000, 2_000_000, 100, 50)


@pytest.fixture
def write(tmp_path):
    """Write bands [band, row, column] as a GeoTIFF: its path."""

    def written(values, *, name="r.tif", change=None, **options):
        path = tmp_path / name
        told = {"crs": "EPSG:32647", "transform": PLACE, "dtype": values.dtype.name} | options
        bands, height, width = values.shape
        with rasterio.open(
            path, "w", driver="GTiff", count=bands, height=height, width=width, **told
        ) as target:
            target.write(values)
            if change:
                change(target)
        return path

    return written


def whole(path, rows=None, window=None):
    """All blocks of a raster on top of each other."""
    raster = describe_raster(path)
    everything = (0, raster.grid.rows, 0, raster.grid.columns)
    blocks = [
        (row, values.copy()) for row, values in read_row_blocks(raster, window or everything, rows)
    ]
    return [row for row, _ in blocks], np.concatenate([values for _, values in blocks], axis=1)


def test_a_raster_says_where_its_cells_lie(write):
    raster = describe_raster(write(np.zeros((2, 4, 3), dtype=np.float32)))
    assert raster.grid.bounds == (500_000, 1_999_800, 500_300, 2_000_000)
    assert (raster.grid.rows, raster.grid.columns) == (4, 3)
    assert (raster.grid.cell_x, raster.grid.cell_y) == (100, 50)
    assert CRS.from_wkt(raster.crs).to_epsg() == 32647
    assert raster.bands == ("band_1", "band_2")
    assert raster.exact == "float32"


def test_bands_bear_the_names_that_the_file_gives_them_unless_two_are_the_same(write):
    def named(*names):
        def change(target):
            target.descriptions = names

        return change

    values = np.zeros((2, 2, 2))
    assert describe_raster(write(values, change=named("f_0", "m_0"))).bands == ("f_0", "m_0")
    assert describe_raster(write(values, change=named("all", "all"))).bands == ("band_1", "band_2")


@pytest.mark.parametrize("rows", [1, 2, 3, 5, 100, None])
def test_blocks_put_together_are_the_raster(write, rows):
    values = np.arange(2 * 7 * 3, dtype=np.float32).reshape(2, 7, 3)
    begins, read = whole(write(values), rows)
    assert (read == values).all()
    assert begins == list(range(0, 7, rows or 7))


def test_only_the_window_is_read(write):
    values = np.arange(7 * 5, dtype=np.float64).reshape(1, 7, 5)
    begins, read = whole(write(values), 2, (1, 6, 2, 4))
    assert begins == [1, 3, 5]
    assert (read == values[:, 1:6, 2:4]).all()
    path = write(values)
    assert list(read_row_blocks(describe_raster(path), (0, 0, 0, 0))) == []


def test_what_the_file_marks_as_unknown_is_no_number(write):
    values = np.array([[[1, -1], [-1, 4]]], dtype=np.float32)
    _, read = whole(write(values, nodata=-1))
    np.testing.assert_array_equal(read, [[[1, np.nan], [np.nan, 4]]])
    # The mark is a double that float32 has not; in the file it is the nearest float32.
    lowest = np.array([[[1, np.finfo(np.float32).min]]], dtype=np.float32)
    _, read = whole(write(lowest, nodata=float(np.finfo(np.float32).min)))
    np.testing.assert_array_equal(read, [[[1, np.nan]]])


def test_a_mask_of_the_file_is_believed_too(write):
    values = np.array([[[1, 2], [3, 4]]], dtype=np.uint16)
    mask = np.array([[255, 0], [255, 255]], dtype=np.uint8)
    _, read = whole(write(values, change=lambda target: target.write_mask(mask)))
    np.testing.assert_array_equal(read, [[[1, np.nan], [3, 4]]])


def test_scale_and_offset_of_the_file_make_the_numbers(write):
    def change(target):
        target.scales, target.offsets = (0.5,), (10.0,)

    values = np.array([[[0, 2], [255, 4]]], dtype=np.uint8)
    _, read = whole(write(values, change=change, nodata=255))
    np.testing.assert_array_equal(read, [[[10, 11], [np.nan, 12]]])


@pytest.mark.parametrize("kind", ["uint32", "int32", "float64"])
def test_numbers_that_float32_has_not_are_read_in_float64(write, kind):
    values = np.array([[[2**24 + 1, 7]]], dtype=kind)
    path = write(values)
    assert describe_raster(path).exact == "float64"
    assert whole(path)[1].tolist() == [[[2**24 + 1, 7]]]


def test_a_block_keeps_what_the_file_keeps_together(write):
    values = np.arange(1 * 700 * 16, dtype=np.float32).reshape(1, 700, 16)
    path = write(values, tiled=True, blockxsize=16, blockysize=256, compress="deflate")
    assert describe_raster(path).step == 256
    assert (whole(path)[1] == values).all()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"crs": None}, "no CRS"),
        ({"crs": 'LOCAL_CS["of the engineer",UNIT["metre",1]]'}, "no CRS"),
        ({"transform": PLACE @ Affine.rotation(10)}, "rotated"),
        ({"transform": Affine(100, 0, 500_000, 0, 100, 0)}, "upside down"),
        ({"dtype": "complex64"}, "no numbers"),
    ],
)
def test_a_raster_that_cannot_be_summed_is_refused_in_a_sentence(write, options, said):
    path = write(np.zeros((1, 3, 3), dtype=options.get("dtype", "float32")), **options)
    with pytest.raises(UnreadableFileError, match=said) as refused:
        describe_raster(path)
    assert path.name in refused.value.th


def test_a_coloured_picture_is_refused(write):
    def palette(target):
        target.write_colormap(1, {0: (255, 0, 0, 255)})
        target.colorinterp = [ColorInterp.palette]

    path = write(np.zeros((1, 3, 3), dtype=np.uint8), change=palette)
    with pytest.raises(UnreadableFileError, match="coloured picture"):
        describe_raster(path)


def test_no_file_no_raster_and_half_a_raster_are_told_apart(write, tmp_path):
    with pytest.raises(LayerNotFoundError, match="there is no raster"):
        describe_raster(tmp_path / "none.tif")
    (tmp_path / "text.tif").write_text("not a raster", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=r"cannot open text\.tif"):
        describe_raster(tmp_path / "text.tif")
    values = np.random.default_rng(1).random((1, 300, 300))
    path = write(values, compress="deflate")
    raster = describe_raster(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(UnreadableFileError, match=r"cannot open r\.tif"):
        list(read_row_blocks(raster, (0, 300, 0, 300)))
