"""Hillshade as readers get it: small tiles within the design's lightness, kept for good."""

import io
import threading

import numpy as np
import pytest
import rasterio
from PIL import Image
from rasterio.transform import from_origin

from gisapp.settings import Settings
from gisapp.web import create_app
from tests.web.conftest import Client

#: A tile within the heights written here, and the limits of its lightness, L*.
ZOOM, X, Y = 11, 1582, 914
LIMITS = {"light": (75, 95), "dark": (9, 27)}


def mountains(side=300):
    """Steep, rough ground: ridges over hills, metres."""
    y, x = np.mgrid[0:side, 0:side] / side
    rough = np.random.default_rng(3).normal(0, 25, (side, side))
    ridges = 700 * np.abs(np.sin(9 * x + 5 * y)) + 350 * np.abs(np.sin(23 * y - 11 * x))
    return (300 + ridges + rough).astype("int16")


def write_heights(settings, values, name="dem.tif", crs="EPSG:4326", **more):
    """Write heights from 97.9 to 98.5 degrees east, 18.8 to 19.4 north."""
    settings.rasters_dir.mkdir(parents=True, exist_ok=True)
    cell = 0.6 / values.shape[-1]
    bands = values if values.ndim == 3 else values[np.newaxis]
    with rasterio.open(
        settings.rasters_dir / name, "w", driver="GTiff", dtype=bands.dtype.name, count=len(bands),
        height=bands.shape[1], width=bands.shape[2], crs=crs,
        transform=from_origin(97.9, 19.4, cell, cell), **more,
    ) as target:  # fmt: skip
        target.write(bands)


def client_of(settings):
    app = create_app(settings)
    app.testing = True
    app.test_client_class = Client
    return app.test_client()


@pytest.fixture(scope="module")
def hilly(web_office, tmp_path_factory):
    """The office of the web tests, with mountains."""
    folder = tmp_path_factory.mktemp("hilly") / "office"
    # Only what tiles need: no round.
    folder.mkdir()
    (folder / "office.toml").write_bytes((web_office.folder / "office.toml").read_bytes())
    settings = Settings.load(folder)
    write_heights(settings, mountains())
    return settings


@pytest.fixture
def hills(hilly):
    return client_of(hilly)


def address_of(client, theme="light", zoom=ZOOM, x=X, y=Y):
    """The tile's address of today: any stamp leads there."""
    answer = client.get(f"/tiles/hillshade/{theme}/old/{zoom}/{x}/{y}.webp")
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def pixels(client, **which):
    answer = client.get(address_of(client, **which))
    assert answer.status_code == 200
    return np.asarray(Image.open(io.BytesIO(answer.data)).convert("RGBA"))


def lightness(colours):
    """L* of sRGB colours, 0 to 100. Source: IEC 61966-2-1 and CIE 15."""
    c = colours[..., :3] / 255
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    y = linear @ [0.2126, 0.7152, 0.0722]
    return np.where(y > 216 / 24389, 116 * np.cbrt(y) - 16, y * 24389 / 27)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_tile_is_a_small_picture_within_the_designs_lightness(hills, theme):
    answer = hills.get(address_of(hills, theme))
    assert answer.mimetype == "image/webp"
    assert 1_000 < len(answer.data) <= 15_000
    tile = pixels(hills, theme=theme)
    assert tile.shape == (256, 256, 4)
    assert tile[..., 3].min() == 255
    low, high = LIMITS[theme]
    seen = lightness(tile)
    assert low <= seen.min()
    assert seen.max() <= high
    assert np.ptp(seen) > (high - low) / 2  # and uses them


@pytest.mark.parametrize("zoom", range(8, 15))
def test_no_tile_of_steep_mountains_takes_more_than_15_kb(hills, zoom):
    shift = zoom - ZOOM
    x, y = (int((n + 0.5) * 2.0**shift) for n in (X, Y))
    for theme in LIMITS:
        assert len(hills.get(address_of(hills, theme, zoom, x, y)).data) <= 15_000


def test_neighbouring_tiles_join(hills):
    left, right, below = (
        pixels(hills, x=X + dx, y=Y + dy)[..., :3].astype(int)
        for dx, dy in ((0, 0), (1, 0), (0, 1))
    )
    within = np.abs(np.diff(left, axis=1)).mean()
    assert np.abs(left[:, -1] - right[:, 0]).mean() <= 1.5 * within + 1
    within = np.abs(np.diff(left, axis=0)).mean()
    assert np.abs(left[-1] - below[0]).mean() <= 1.5 * within + 1


def test_a_slope_to_the_north_west_is_brighter_than_one_to_the_south_east(own_settings):
    # A crest from the south-west to the north-east; 30 m a step is a slope of one in seven.
    steps = np.add.outer(np.arange(300), np.arange(300))
    write_heights(own_settings, (np.minimum(steps, 598 - steps) * 30).astype("int16"))
    client = client_of(own_settings)
    north_west = lightness(pixels(client, zoom=12, x=3163, y=1825)).mean()
    south_east = lightness(pixels(client, zoom=12, x=3166, y=1831)).mean()
    assert north_west > south_east + 5


def test_tiles_of_today_are_kept_for_good_and_older_ones_ask_again(hills):
    today = hills.get(address_of(hills))
    assert today.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    old = hills.get(f"/tiles/hillshade/light/0123456789/{ZOOM}/{X}/{Y}.webp?lang=en&round=2568-1")
    assert old.headers["Cache-Control"] == "no-cache"
    assert "?" not in old.headers["Location"]


def test_new_heights_have_a_new_address_and_another_picture(own_settings):
    write_heights(own_settings, mountains())
    client = client_of(own_settings)
    before, first = address_of(client), pixels(client)
    write_heights(own_settings, mountains()[::-1])
    assert address_of(client) != before
    assert not np.array_equal(pixels(client), first)


def test_outside_the_heights_there_is_the_smallest_picture_of_nothing(hills):
    answer = hills.get(address_of(hills, x=100, y=100))
    assert len(answer.data) < 100
    assert pixels(hills, x=100, y=100)[..., 3].max() == 0


def test_where_heights_end_the_tile_fades_to_nothing(hills):
    # 97.9 degrees east lies within this column of tiles.
    alpha = pixels(hills, x=1580)[..., 3]
    assert alpha.min() == 0
    assert alpha.max() == 255
    assert ((alpha > 0) & (alpha < 255)).any()


@pytest.mark.parametrize(
    "asked",
    [
        f"light/s/19/{X}/{Y}",
        "light/s/3/8/0",
        "light/s/3/0/8",
        "light/s/99999999999999999999/0/0",
        f"sepia/s/{ZOOM}/{X}/{Y}",
        f"light/s/{ZOOM}/{X}/-1",
        f"light/s/{ZOOM}/{X}/1.5",
        "light/s/../../office",
        f"light/s/{ZOOM}/%2e%2e/{Y}",
        f"light/..%2f..%2foffice.toml/x/{X}/{Y}",
    ],
)
def test_an_address_that_is_no_tile_is_not_found(hills, asked):
    assert hills.get(f"/tiles/hillshade/{asked}.webp").status_code == 404


def test_without_heights_there_is_no_tile(client):
    assert client.get(f"/tiles/hillshade/light/s/{ZOOM}/{X}/{Y}.webp").status_code == 404


def test_readers_who_ask_at_once_get_the_same_tile(own_settings):
    write_heights(own_settings, mountains(900))
    app = create_app(own_settings)
    app.test_client_class = Client
    address = address_of(app.test_client(), zoom=9, x=395, y=228)
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(app.test_client().get(address).data))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
