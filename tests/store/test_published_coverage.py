"""Figures of coverage as they are read: which there are, and where each stands."""

import numpy as np
import pytest

from gisapp.core.grades import LEVELS
from gisapp.store.published import file_now
from gisapp.store.published_coverage import UNIT_KEYS, has_units, read_unit, read_units
from tests.coverage_layers import CHILDREN, MIDDLE, REACHES, WEST, covered_of, write_coverage


@pytest.fixture
def file(tmp_path):
    """A GeoPackage with the layers of coverage alone."""
    write_coverage(tmp_path / "2568-1.gpkg")
    return file_now(tmp_path / "2568-1.gpkg")


@pytest.mark.parametrize("layer", UNIT_KEYS)
@pytest.mark.parametrize("allowed", [None, frozenset({"education_level", "population"})])
def test_figures_are_there_where_reading_finds_any(file, layer, allowed):
    for level in LEVELS:
        found = read_units(file, layer, level, allowed)
        assert has_units(file, layer, level, allowed) == (found is not None), level
    if layer == "zone_coverage" and allowed is None:
        assert [level for level in LEVELS if has_units(file, layer, level)] == [
            "primary", "lower_secondary",
        ]  # fmt: skip


def test_each_figure_stands_at_its_unit_affiliation_and_reach(file):
    units = read_units(file, "zone_coverage", "primary")
    assert (units.keys, units.reaches) == ((WEST, MIDDLE, None), REACHES)
    for affiliations in units.affiliations:
        for place, reach in enumerate(REACHES):
            expected = [covered_of(zone, place, affiliations) for zone in units.keys]
            found = units.of("covered_population", affiliations, reach)
            np.testing.assert_array_equal(found, np.array(expected, dtype=float))
            assert units.of("population", affiliations, reach).tolist() == [*CHILDREN.values()]
    alone = read_unit(file, "zone_coverage", "primary", MIDDLE)
    assert alone.keys == (MIDDLE,)
    np.testing.assert_array_equal(
        alone.figures["covered_population"][0], units.figures["covered_population"][1]
    )
