import math

import numpy as np
import pytest
from pyproj import Geod

from gisapp.core.datum import indian_operation, operation_title, to_degrees, to_metres, utm_zone
from gisapp.errors import DatumOperationError

#: Everest 1830 (1937 adjustment) and WGS 84: semi-major axis in metres, 1/flattening.
EVEREST, WGS84 = (6_377_276.345, 300.8017), (6_378_137.0, 298.257223563)
#: EPSG 1304: metres from Indian 1975 to WGS 84.
SHIFT = (210.0, 814.0, 289.0)
GEOD = Geod(ellps="WGS84")
#: Places of five provinces: lon, lat.
PLACES = [(99.2, 19.3), (104.7, 16.5), (100.5, 13.7), (99.0, 15.4), (100.6, 7.2)]


def helmert_by_hand(lon, lat):
    """Degrees -> metres from the centre of the earth, shifted, and back: the textbook's way."""
    a, f = EVEREST[0], 1 / EVEREST[1]
    e2 = f * (2 - f)
    phi, lam = math.radians(lat), math.radians(lon)
    n = a / math.sqrt(1 - e2 * math.sin(phi) ** 2)
    x = n * math.cos(phi) * math.cos(lam) + SHIFT[0]
    y = n * math.cos(phi) * math.sin(lam) + SHIFT[1]
    z = n * (1 - e2) * math.sin(phi) + SHIFT[2]
    a, f = WGS84[0], 1 / WGS84[1]
    e2, p, phi = f * (2 - f), math.hypot(x, y), phi
    for _ in range(10):
        n = a / math.sqrt(1 - e2 * math.sin(phi) ** 2)
        phi = math.atan2(z + e2 * n * math.sin(phi), p)
    return math.degrees(math.atan2(y, x)), math.degrees(phi)


def metres_apart(one, two):
    return GEOD.inv(*one, *two)[2]


@pytest.mark.parametrize(("lon", "lat"), PLACES)
def test_the_pinned_operation_is_the_shift_computed_by_hand(lon, lat):
    ours = to_degrees(np.array([lon]), np.array([lat]), "EPSG:4240", 1304)
    assert metres_apart((ours[0][0], ours[1][0]), helmert_by_hand(lon, lat)) < 0.001


@pytest.mark.parametrize(("lon", "lat"), PLACES)
def test_mixing_up_the_datums_moves_a_point_by_360_to_440_metres(lon, lat):
    ours = to_degrees(np.array([lon]), np.array([lat]), "EPSG:4240", 1304)
    assert 355 < metres_apart((ours[0][0], ours[1][0]), (lon, lat)) < 445


def test_the_operation_that_claims_three_metres_lands_near_188_metres_from_the_pinned_one():
    x, y = np.array([546_120.0]), np.array([2_135_480.0])
    pinned, other = (to_degrees(x, y, "EPSG:24047", code) for code in (1304, 1812))
    apart = metres_apart((pinned[0][0], pinned[1][0]), (other[0][0], other[1][0]))
    assert apart == pytest.approx(188, abs=2)


@pytest.mark.parametrize("code", [999_999, 1303, 0])
def test_an_operation_that_does_not_lead_there_is_refused_loudly(code):
    with pytest.raises(DatumOperationError) as refused:
        to_degrees(np.array([546_120.0]), np.array([2_135_480.0]), "EPSG:24047", code)
    assert str(code) in refused.value.th
    assert "office.toml" in str(refused.value)


def test_other_systems_do_not_ask_for_the_operation():
    lon, lat = to_degrees(np.array([500_000.0]), np.array([0.0]), "EPSG:32647", 999_999)
    assert (lon[0], lat[0]) == pytest.approx((99.0, 0.0), abs=1e-9)


def test_there_and_back_is_the_same_place():
    lon, lat = to_degrees(np.array([546_120.0]), np.array([2_135_480.0]), "EPSG:32647", 1304)
    assert np.hstack(to_metres(lon, lat, "EPSG:32647")) == pytest.approx([546_120, 2_135_480])


def test_nothing_stands_nowhere():
    x_m, _ = to_metres(np.array([np.nan]), np.array([np.nan]), "EPSG:32647")
    assert np.isnan(x_m).all()


def test_the_operation_is_named_for_the_metadata():
    assert operation_title(1304) == "EPSG:1304 Indian 1975 to WGS 84 (2), 5 m"
    assert indian_operation(1304) is indian_operation(1304)


@pytest.mark.parametrize(
    ("crs", "zone"), [("EPSG:32647", (47, "N")), ("EPSG:32736", (36, "S")), ("EPSG:3857", None)]
)
def test_the_zone_of_a_metric_system(crs, zone):
    assert utm_zone(crs) == zone
