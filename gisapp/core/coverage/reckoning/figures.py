"""The layers of coverage: figures of every unit, children by age in zones, uncovered pockets."""

import geopandas as gpd
import pandas as pd

from gisapp.core.coverage.criteria import AFFILIATIONS
from gisapp.core.coverage.reaching.edge import border_of
from gisapp.core.coverage.reaching.pockets import uncovered_pockets
from gisapp.core.coverage.reaching.unlocated import doubts_of, unlocated_grounds, unlocated_of
from gisapp.core.coverage.reckoning.asked import CoverageInputs
from gisapp.core.coverage.reckoning.methods import face_methods, methods_of
from gisapp.core.coverage.reckoning.unit_figures import level_pupils, plot_people, unit_figures
from gisapp.core.coverage.reckoning.units import (
    Units,
    district_units,
    network_units,
    office_units,
    subdistrict_units,
    unit_shapes,
    zone_units,
)
from gisapp.core.coverage.reckoning.zone_children import zone_children

__all__ = ["CoverageInputs", "coverage_layers"]

#: Layers of figures, and the column that names their units.
_UNITS = {
    "zone_coverage": "smis_code",
    "subdistrict_coverage": "subdistrict_code",
    "district_coverage": "district_code",
    "network_coverage": "school_network",
    "office_coverage": "area_code",
}


def coverage_layers(inputs: CoverageInputs) -> dict[str, pd.DataFrame]:
    """Reckon every layer of coverage but the zones themselves and the outlook.

    Each row belongs to a unit, level, reach and affiliations; the rows of one question add up to
    the office in every layer. In the layers of areas and networks a row without a code takes what
    belongs to none, and is left out where there is nothing of that kind. `network_coverage` is
    empty where no school has a network.

    Returns:
        Layer name -> rows with the dictionary's columns; shapes in metres of `metric_crs`.
    """
    shapes = unit_shapes(inputs.fabric)
    grounds = unlocated_grounds(inputs)
    methods = face_methods(inputs)
    border = border_of(inputs.fabric, inputs.spread.x_m, inputs.spread.y_m)
    found: dict[str, list[pd.DataFrame]] = {name: [] for name in (*_UNITS, "zone_children")}
    for level in inputs.levels:
        name = level.education_level
        units = _units_of(inputs, name)
        marks = {
            layer: of.labels.assign(
                education_level=name,
                population_method=methods_of(of, methods, level),
                geometry=shapes(of),
            )
            for layer, of in units.items()
        }
        found["zone_children"].append(zone_children(inputs, units["zone_coverage"], name))
        for affiliations in AFFILIATIONS:
            nearest = inputs.nearest(name, affiliations)
            people = plot_people(inputs, level, nearest, border)
            pupils = level_pupils(inputs, level, affiliations)
            hidden = unlocated_of(inputs.schools, grounds, name, affiliations)
            doubts = doubts_of(inputs, level, nearest, grounds, hidden)
            for layer, of in units.items():
                figures = unit_figures(inputs, of, level, people, pupils, doubts)
                rows = marks[layer].join(figures.assign(affiliations=affiliations), how="right")
                found[layer].append(rows)
    layers = {name: pd.concat(rows, ignore_index=True) for name, rows in found.items() if rows}
    for layer, key in _UNITS.items():
        layers[layer] = _shown(layers[layer], key, inputs.metric_crs)
    return layers | {"uncovered_pockets": uncovered_pockets(inputs, grounds, border)}


def _units_of(inputs: CoverageInputs, education_level: str) -> dict[str, Units]:
    """Return the units of every layer of figures."""
    zones = zone_units(inputs, education_level)
    return {
        "zone_coverage": zones,
        "subdistrict_coverage": subdistrict_units(inputs),
        "district_coverage": district_units(inputs),
        "network_coverage": network_units(inputs, zones),
        "office_coverage": office_units(inputs),
    }


def _shown(rows: pd.DataFrame, key: str, metric_crs: str) -> gpd.GeoDataFrame:
    """Leave out a nameless row that never counts anybody, and all of them where all are nameless.

    The unassigned zone always stays: a reader of zones must see that nothing is missing.
    """
    named = rows[key].notna()
    if key != "smis_code":
        counts = rows[["population", "enrolled", "unplaced_population"]]
        holds = rows["geometry"].notna() | counts.ne(0).any(axis=1)
        rows = rows[named | (holds & ~named).any() & named.any()]
    return gpd.GeoDataFrame(rows.reset_index(drop=True), geometry="geometry", crs=metric_crs)
