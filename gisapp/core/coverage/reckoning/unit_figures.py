"""The figures of coverage by unit, level, reach and affiliations.

Children stand at places; every place belongs to one plot, every unit counts a share of whole plots.
So children are added up by plot and band of distance once for each level and affiliation, and every
layer only adds up plots.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.coverage.counting.children import FEMALE, MALE, PERSONS
from gisapp.core.coverage.criteria import LevelAges
from gisapp.core.coverage.reaching.edge import Border
from gisapp.core.coverage.reaching.nearest import Nearest
from gisapp.core.coverage.reaching.unlocated import Doubts, unlocated_schools
from gisapp.core.coverage.reckoning.asked import CoverageInputs
from gisapp.core.coverage.reckoning.enrolled import (
    Pupils,
    counted,
    pupils_of_entry,
    pupils_of_level,
)
from gisapp.core.coverage.reckoning.units import Units

Floats = NDArray[np.float64]

#: Ends of the names of columns by sex.
BY_SEX = {MALE: "_male", FEMALE: "_female", PERSONS: ""}


#: A smaller part of a unit's children is the rounding of shares of land, and no child in doubt.
_NOBODY = 1e-6


@dataclass(frozen=True)
class PlotPeople:
    """Children of one level on each plot.

    Attributes:
        population: [plot, sex].
        entry: [plot], of the age in which the level begins.
        beyond: [plot, reach, sex], of them out of each reach.
        edge: [plot, reach], of these nearer to the office's border than to a known school.
    """

    population: Floats
    entry: Floats
    beyond: Floats
    edge: Floats


@dataclass(frozen=True)
class LevelPupils:
    """Pupils of one level and of its entry grade, and which schools count."""

    level: Pupils
    entry: Pupils
    rows: NDArray[np.int64]


def plot_people(
    inputs: CoverageInputs, level: LevelAges, nearest: tuple[Nearest, ...], border: Border
) -> PlotPeople:
    """Add up a level's children by plot, and how many are out of each reach.

    Args:
        inputs: Everything.
        level: Whose official ages count.
        nearest: How far each place is from a school, in the order of the kinds of
            `criteria.reaches`, straight line first.
        border: Of the office, and the places' distance from it.
    """
    plots, plot = len(inputs.plots), inputs.plots.of_place
    of_area = inputs.of_level(level)
    on_plot = inputs.places_by(plot, plots)
    beyond, edge = [], []
    at_edge = border.nearer_than(nearest[0].cost)
    for found in nearest:
        limits = [r.value for r in inputs.criteria.reaches if r.kind == found.kind]
        bands = len(limits) + 1
        # A place at exactly the reach is within it.
        row = plot * bands + np.searchsorted(limits, found.cost, side="left")
        in_band = inputs.places_by(row, plots * bands) @ of_area
        beyond.append(_farther(in_band.reshape(plots, bands, 3)))
        in_band = inputs.places_by(np.where(at_edge, row, -1), plots * bands) @ of_area[:, PERSONS]
        edge.append(_farther(in_band.reshape(plots, bands)))
    return PlotPeople(
        population=on_plot @ of_area,
        entry=on_plot @ inputs.children.counts[:, level.entry_age, PERSONS],
        beyond=np.concatenate(beyond, axis=1),
        edge=np.concatenate(edge, axis=1),
    )


def level_pupils(inputs: CoverageInputs, level: LevelAges, affiliations: str) -> LevelPupils:
    """Return the pupils of a level in the schools of some affiliations."""
    return LevelPupils(
        pupils_of_level(inputs.schools, level),
        pupils_of_entry(inputs.schools, level),
        counted(inputs.schools, affiliations),
    )


def unit_figures(
    inputs: CoverageInputs,
    units: Units,
    level: LevelAges,
    people: PlotPeople,
    pupils: LevelPupils,
    doubts: tuple[Doubts, ...],
) -> pd.DataFrame:
    """Return the figures of units for each reach; contract section 5 says what they are.

    Figures are rounded to a billionth of a child, so that the order in which they were added up
    leaves no trace.

    Args:
        inputs: Everything.
        units: The last one takes the children of unknown place.
        level: Asked about.
        people: Children on the plots.
        pupils: Pupils of the schools.
        doubts: Children whose distance is unknown, one for each reach.

    Returns:
        One row per reach and unit; the index is the row of the unit.
    """
    ages, unplaced = inputs.unplaced, np.zeros((len(units), 3))
    unplaced[-1] = ages[level.first_age : level.last_age + 1].sum(axis=0)
    placed = units.people @ people.population
    population = _settled(placed + unplaced)
    entry = units.people @ people.entry
    entry[-1] += ages[level.entry_age, PERSONS]
    fixed: dict[str, Floats | str] = {
        **{f"population{end}": population[:, sex] for sex, end in BY_SEX.items()},
        "unplaced_population": _settled(unplaced[:, PERSONS]),
        "entry_grade": level.entry_grade,
        **_ratios(units, pupils, population, _settled(entry)),
    }
    reaches = len(inputs.criteria.reaches)
    beyond = units.people @ people.beyond.reshape(len(inputs.plots), reaches * 3)
    beyond = beyond.reshape(len(units), reaches, 3)
    edge = _settled(units.people @ people.edge)
    rows = []
    for n, reach in enumerate(inputs.criteria.reaches):
        within = _settled(placed - beyond[:, n])
        unlocated = unlocated_schools(units, doubts[n])
        doubtful = np.where(unlocated > 0, units.people @ doubts[n].children, 0.0)
        doubtful += unplaced[:, PERSONS]
        figures = _covered(population[:, PERSONS], within, edge[:, n], doubtful)
        asked = {"reach_kind": reach.kind, "reach_value": reach.value}
        rows.append(pd.DataFrame({**asked, **fixed, **figures, "unlocated_schools": unlocated}))
    return pd.concat(rows)


def _covered(
    population: Floats, within: Floats, edge: Floats, doubtful: Floats
) -> dict[str, Floats]:
    """Return one reach's figures; what hangs on unknown distances is null, but its bounds are said.

    Args:
        population, edge: [unit].
        within: [unit, sex] those within reach of a school whose place is known.
        doubtful: [unit] those who may be within reach of a school or not.
    """
    known = ~(doubtful > _NOBODY * population)
    # The crumbs of a unit that is known stay in its upper bound, so that bounds add up too.
    at_most = _settled(within[:, PERSONS] + doubtful)
    covered = np.where(known[:, None], within, np.nan)
    return {
        "covered_population": covered[:, PERSONS],
        "covered_male": covered[:, MALE],
        "covered_female": covered[:, FEMALE],
        "coverage_rate": _over(covered[:, PERSONS], population),
        "uncovered_population": _settled(population - covered[:, PERSONS]),
        "covered_at_least": within[:, PERSONS],
        "covered_at_most": np.minimum(at_most, population),
        "edge_population": np.where(known, edge, np.nan),
    }


def _ratios(
    units: Units, pupils: LevelPupils, population: Floats, entry: Floats
) -> dict[str, Floats]:
    """Return pupils and gross ratios; more than 100 is what it is.

    One school of unknown pupils makes its unit's unknown; then the sum of the others is said.

    Source: UNESCO Institute for Statistics, gross enrolment ratio and gross intake ratio.
    """
    known, silent = _enrolled(units, pupils.rows, pupils.level)
    entered, silent_of_entry = _enrolled(units, pupils.rows, pupils.entry)
    enrolled = np.where(silent > 0, np.nan, known)
    entered = np.where(silent_of_entry > 0, np.nan, entered)[:, PERSONS]
    columns = {f"enrolled{end}": enrolled[:, sex] for sex, end in BY_SEX.items()}
    columns["enrolled_at_least"] = known[:, PERSONS]
    columns["schools_without_pupils"] = silent[:, PERSONS]
    for sex, end in BY_SEX.items():
        ratio = 100 * _over(enrolled[:, sex], population[:, sex])
        columns[f"gross_enrolment_ratio{end}"] = ratio
    return columns | {
        "entry_population": entry,
        "entry_enrolled": entered,
        "gross_intake_ratio": 100 * _over(entered, entry),
    }


def _enrolled(units: Units, rows: NDArray[np.int64], pupils: Pupils) -> tuple[Floats, Floats]:
    """Return [unit, sex] the pupils that are stated, and how many schools may have others."""
    home = units.home[rows]
    known, silent = (np.zeros((len(units), len(BY_SEX))) for _ in range(2))
    np.add.at(known, home, pupils.known[rows])
    np.add.at(silent, home, pupils.unknown[rows])
    return known, silent


def _farther(in_band: Floats) -> Floats:
    """Turn [plot, band, …] into what lies beyond the end of each band but the last."""
    farthest_first = np.cumsum(np.flip(in_band[:, 1:], axis=1), axis=1)
    return np.asarray(np.flip(farthest_first, axis=1), dtype=np.float64)


def _settled(people: Floats) -> Floats:
    """Round to a billionth of a child; never a negative zero."""
    return np.asarray(np.round(people, 9) + 0.0, dtype=np.float64)


def _over(part: Floats, whole: Floats) -> Floats:
    """Divide; NaN where either is unknown or there is nobody to divide by."""
    unknown = np.full(len(whole), np.nan)
    return np.asarray(np.divide(part, whole, out=unknown, where=whole > 0), dtype=np.float64)
