import numpy as np
import pytest

from gisapp.core.near import find_neighbours


def by_hand(x_m, y_m, limit_m):
    """Every pair, measured one by one."""
    xy = np.column_stack([x_m, y_m])
    away = np.hypot(*(xy[:, None] - xy[None, :]).transpose(2, 0, 1))
    np.fill_diagonal(away, np.inf)
    return away, (away <= limit_m).sum(axis=1)


@pytest.mark.parametrize("spread_m", [30.0, 300.0, 3_000.0])
def test_neighbours_are_those_that_measuring_every_pair_finds(spread_m):
    chance = np.random.default_rng(68)
    x_m, y_m = chance.uniform(0, spread_m, (2, 200)).round(0)
    found = find_neighbours(x_m, y_m, 100.0)
    away, count = by_hand(x_m, y_m, 100.0)
    assert found.count.tolist() == count.tolist()
    nearest = np.where(count > 0, away.min(axis=1), np.inf)
    assert found.distance_m[:, 0] == pytest.approx(nearest)
    for place, others in enumerate(found.others):
        named = others[others >= 0]
        assert len(named) == min(3, count[place])
        assert len(set(named)) == len(named)
        assert place not in named
        assert away[place, named] == pytest.approx(found.distance_m[place, : len(named)])


def test_a_cell_of_a_grid_does_not_part_two_neighbours():
    # 2 m apart, on both sides of every round hundred.
    x_m, y_m = np.array([99.0, 101.0]), np.array([99.0, 99.0])
    assert find_neighbours(x_m, y_m, 100.0).others[:, 0].tolist() == [1, 0]


@pytest.mark.parametrize("count", [0, 1])
def test_a_school_alone_has_no_neighbour(count):
    found = find_neighbours(np.zeros(count), np.zeros(count), 100.0)
    assert found.count.tolist() == [0] * count


def test_a_whole_country_on_one_point_is_counted_not_paired():
    many = np.zeros(48_000)
    found = find_neighbours(many, many, 100.0)
    assert set(found.count.tolist()) == {47_999}
    assert (found.others >= 0).all()
    assert (found.others != np.arange(48_000)[:, None]).all()
