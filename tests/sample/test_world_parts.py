import numpy as np
import pytest
import shapely
from scipy import ndimage as ndi
from scipy.sparse.csgraph import dijkstra

from gisapp.sample.world.borders import areas_of
from gisapp.sample.world.flow import drained
from gisapp.sample.world.graph import road_ground, way_back
from gisapp.sample.world.names import FIRST, REAL, SECOND, NameBook
from gisapp.sample.world.terrain import noise


def test_a_pit_overflows_by_its_lowest_pass():
    # One row of ground: outlet at the left, a pit at the 2 behind a pass of 5.
    z = np.array([[0.0, 5.0, 2.0, 6.0, 9.0]])
    outlet = np.array([[True, False, False, False, False]])
    flow = drained(z, outlet)
    assert flow.receiver.tolist() == [0, 0, 1, 2, 3]
    assert flow.gathered(np.ones(5)).tolist() == [5, 4, 3, 2, 1]
    assert flow.carved(z.ravel()).tolist() == [0, 2, 2, 6, 9]


def test_of_two_passes_the_lower_one_is_taken():
    z = np.array(
        [
            [9.0, 9.0, 9.0, 9.0, 9.0],
            [0.0, 7.0, 1.0, 4.0, 0.0],
            [9.0, 9.0, 9.0, 9.0, 9.0],
        ]
    )
    outlet = np.zeros(z.shape, dtype=bool)
    outlet[1, [0, 4]] = True
    receiver = drained(z, outlet).receiver
    assert receiver[7] == 8
    assert receiver[8] == 9


def test_every_drop_on_rough_ground_reaches_an_outlet():
    rng = np.random.default_rng(5)
    z = noise(rng, (60, 70), 2.0)
    outlet = np.zeros(z.shape, dtype=bool)
    outlet[-1, 35] = True
    flow = drained(z, outlet)
    assert flow.gathered(np.ones(z.size))[outlet.ravel()].tolist() == [z.size]
    assert np.concatenate(flow.levels).size == z.size
    low = flow.carved(z.ravel())
    assert (low[flow.receiver] <= low).all()
    assert (low <= z.ravel()).all()


def test_a_pit_drains_over_no_higher_ground_than_it_must():
    # By another way: the height that water must climb is a minimax path, found here by flooding.
    rng = np.random.default_rng(6)
    z = noise(rng, (25, 25), 1.5)
    outlet = np.zeros(z.shape, dtype=bool)
    outlet[0, 0] = True
    flow = drained(z, outlet)
    highest = z.ravel().copy()
    for cells in flow.levels[1:]:
        highest[cells] = np.maximum(highest[cells], highest[flow.receiver[cells]])
    for level in np.quantile(z, [0.2, 0.4, 0.6, 0.8, 0.95]):
        parts, _ = ndi.label(z <= max(level, z[0, 0]), structure=np.ones((3, 3)))
        reachable = (parts == parts[0, 0]).ravel()
        assert np.array_equal(highest <= max(level, z[0, 0]), reachable)


def test_areas_of_labels_touch_without_gap_and_keep_their_hole():
    label = np.full((40, 40), -1)
    label[5:35, 5:20] = 0
    label[5:35, 20:35] = 1
    label[15:25, 8:16] = 2  # an enclave
    areas = areas_of(label)
    assert shapely.coverage_is_valid(np.array(areas, dtype=object))
    assert len(shapely.get_parts(areas[0])[0].interiors) == 1
    for number, area in enumerate(areas):
        assert area.area == pytest.approx((label == number).sum(), rel=0.12)
    assert sum(area.area for area in areas) == pytest.approx((label >= 0).sum(), rel=0.02)


def test_a_road_goes_round_closed_ground():
    z = np.zeros((9, 9))
    closed = np.zeros(z.shape, dtype=bool)
    closed[:7, 4] = True
    dry = np.zeros(z.shape, dtype=int)
    land = road_ground(z, z, dry, closed, 100.0)
    cost, before = land.from_network(np.array([0]))
    nodes = {node for edge in way_back(before, 8) for node in edge}
    assert not closed.ravel()[sorted(nodes)].any()
    assert cost[8] > 800
    assert np.isinf(cost[4])


def test_level_ground_costs_its_length_and_a_bridge_its_toll():
    z = np.zeros((1, 5))
    bridge = np.array([[0, 0, 2, 0, 0]])
    open_ground = np.zeros(z.shape, dtype=bool)
    dry = road_ground(z, z, np.zeros_like(bridge), open_ground, 300.0)
    wet = road_ground(z, z, bridge, open_ground, 300.0)
    assert dijkstra(dry.cost, indices=0)[4] == pytest.approx(1_200)
    assert dijkstra(wet.cost, indices=0)[4] == pytest.approx(1_200 + 1_400)


def test_a_name_is_given_once_and_never_that_of_a_real_place():
    book = NameBook(np.random.default_rng(1))
    names = [book.next(kind) for kind in ("plain", "valley", "ridge") for _ in range(300)]
    names += [book.next_river() for _ in range(60)]
    assert len({name.th for name in names}) == len(names)
    assert not REAL & {name.th for name in names}


def test_every_part_of_a_name_has_a_romanised_spelling():
    for parts in (*FIRST.values(), SECOND):
        for thai, roman in parts.items():
            assert all("\u0e00" <= letter <= "\u0e7f" for letter in thai)
            assert roman.replace(" ", "").isascii()
            assert roman[0].isupper()
