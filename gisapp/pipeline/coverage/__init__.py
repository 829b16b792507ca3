"""The way from a published round to the children of its service zones, in order."""

import datetime
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from gisapp.core.coverage.counting.bare_land import mark_bare_land
from gisapp.core.coverage.counting.children import Children, count_children, counting_day
from gisapp.core.coverage.counting.people_judging import judge_people
from gisapp.core.coverage.counting.people_sums import (
    Registered,
    registered_children,
    registered_people,
)
from gisapp.core.coverage.counting.raster_children import Known, estimate_without_register
from gisapp.core.coverage.criteria import ALL
from gisapp.core.coverage.expecting.outlook import RoundHistory, make_outlook
from gisapp.core.coverage.land.fabric import Fabric, make_fabric
from gisapp.core.coverage.reaching.nearest import straight_lines
from gisapp.core.coverage.reaching.telling import tell
from gisapp.core.coverage.reckoning.asked import CoverageInputs
from gisapp.core.coverage.reckoning.enrolled import silent_schools
from gisapp.core.coverage.reckoning.figures import coverage_layers
from gisapp.core.coverage.schools import CoverageSchools, gather_coverage_schools
from gisapp.core.coverage.spreading.people_raster import PeopleRaster
from gisapp.core.coverage.spreading.spread import Ground, Spread, spread_children
from gisapp.core.coverage.zoning.zone_layers import zone_layers
from gisapp.core.coverage.zoning.zone_making import make_zones
from gisapp.core.coverage.zoning.zone_sources import school_sites
from gisapp.core.coverage.zoning.zones import Zones
from gisapp.core.grids import Grid
from gisapp.core.problems import Problem, ProblemList
from gisapp.core.rounds import Round
from gisapp.errors import NoLandError
from gisapp.pipeline.coverage.inputs import Inputs, read_inputs
from gisapp.pipeline.coverage.lay_out import lay_out, state_method, with_problems
from gisapp.settings import Settings
from gisapp.store.checked import check_file
from gisapp.store.population_raster import write_children_grid
from gisapp.store.published_round import read_whole, write_anew

__all__ = ["Covered", "compute_coverage"]


@dataclass(frozen=True)
class Covered:
    """What was worked out for a round, as it was published.

    Attributes:
        layers: Every layer of coverage, EPSG:4326.
        problems: What is doubtful about zones, children and raster.
        stated: What the figures were made from.
    """

    data_round: Round
    layers: dict[str, pd.DataFrame]
    problems: list[Problem]
    stated: dict[str, str]


@dataclass(frozen=True)
class Reckoned:
    """Zones and children of a round, metres of the office's CRS, not yet laid out as layers."""

    schools: CoverageSchools
    fabric: Fabric
    zones: Zones
    children: Children
    spread: Spread
    raster: PeopleRaster | None


def compute_coverage(
    settings: Settings, data_round: Round, computed_on: datetime.datetime
) -> Covered:
    """Work out who lives in which service zone and how far from a school; publish it.

    The round's GeoPackage is written anew in one step, with the layers of coverage beside its
    own; `children_<level>.tif` lie in a folder beside it.

    Args:
        settings: The office.
        data_round: A round that has been built.
        computed_on: Time that the files state.

    Raises:
        RoundNotFoundError: The round is not built.
        NoLandError: The office has no polygon of any kind.
        TableError: A table of criteria cannot be used.
        FileInUseError: A file cannot be written.
    """
    found = ProblemList()
    inputs = found.keep(read_inputs(settings, data_round))
    made = found.keep(reckon(inputs))
    asked = _asked(inputs, made)
    tables = {**zone_layers(made.fabric, made.zones, made.schools), **coverage_layers(asked)}
    now = RoundHistory(
        data_round, inputs.table("enrolment_by_grade"), tables["zone_children"], inputs.enrolled_on
    )
    history = [*inputs.earlier, now]
    silent = silent_schools(made.schools, inputs.criteria.levels)
    tables["outlook"] = make_outlook(history, data_round, inputs.criteria, inputs.checks, silent)
    layers = lay_out(inputs, tables)
    _write_grids(inputs, made, asked)
    sheets = inputs.table("problems")
    told = tell(found, sheets, inputs.table("schools"), inputs.table("villages"))
    problems = with_problems(inputs, sheets, told)
    whole = {**inputs.whole, **layers, "problems": problems}
    stated = state_method(inputs, made.children, made.raster)
    write_anew(inputs.file, whole, stated, computed_on)
    _tell_desk(inputs, told, computed_on)
    return Covered(data_round, layers, told, stated)


def _tell_desk(inputs: Inputs, found: list[Problem], computed_on: datetime.datetime) -> None:
    """Show what was found on the office's own pages too."""
    file = check_file(inputs.settings, inputs.data_round)
    if file is not None:
        whole = read_whole(file)
        problems = with_problems(inputs, whole["problems"], found)
        write_anew(file, {**whole, "problems": problems}, {}, computed_on)


def reckon(inputs: Inputs) -> tuple[Reckoned, list[Problem]]:
    """Published layers -> schools -> fabric -> zones -> children -> where they live."""
    found = ProblemList()
    lists, villages = inputs.table("service_villages"), inputs.metric("villages")
    announced = inputs.metric("announced_zones")
    served = [rows[["smis_code", "education_level"]] for rows in (announced, lists)]
    own, others = (inputs.table(f"{whose}enrolment_by_grade") for whose in ("", "other_"))
    schools = gather_coverage_schools(
        inputs.metric("schools"),
        inputs.metric("other_schools"),
        inputs.metric("neighbour_schools"),
        pd.concat([own, others], ignore_index=True) if len(others) else own,
        pd.concat(served, ignore_index=True),
    )
    limits = inputs.criteria.limits
    fabric = found.keep(
        make_fabric(
            inputs.metric("subdistricts"),
            villages,
            announced,
            inputs.metric("population_areas"),
            limits,
            school_sites(schools, lists, announced, inputs.criteria),
        )
    )
    _need_land(fabric)
    zones = found.keep(make_zones(fabric, schools, lists, villages, inputs.criteria))
    children, raster = found.keep(_count(inputs, schools, fabric))
    fabric, children = found.keep(mark_bare_land(fabric, children, limits))
    spread = found.keep(spread_children(children, _ground(inputs, fabric), raster, limits))
    return Reckoned(schools, fabric, zones, children, spread, raster), found


def _need_land(fabric: Fabric) -> None:
    """Refuse an office without a single polygon.

    Raises:
        NoLandError: Nobody knows where it lies.
    """
    if not len(fabric):
        raise NoLandError(
            "ไม่มีขอบเขตตำบล เขตที่ประกาศ หรือพื้นที่นับประชากร จึงไม่รู้ว่าที่ดินของสำนักงานอยู่ที่ใด "
            "วางแฟ้มขอบเขตตำบลใน data/boundaries แล้วสั่ง gisapp build",
            "there are no subdistricts, announced zones or population areas, so nobody knows where "
            "the office's land is; put subdistricts into data/boundaries, then run `gisapp build`",
        )


def _count(
    inputs: Inputs, schools: CoverageSchools, fabric: Fabric
) -> tuple[tuple[Children, PeopleRaster | None], list[Problem]]:
    """Count children from the register, by the raster alone where there is none; judge both."""
    found = ProblemList()
    villages, limits = inputs.table("villages"), inputs.criteria.limits
    within = dict(zip(villages["village_code"], villages["subdistrict_code"], strict=True))
    population, day = inputs.table("population"), counting_day(inputs.data_round, limits)
    registered, doubts = count_children(
        population,
        within,
        inputs.table("subdistricts")["subdistrict_code"].tolist(),
        inputs.table("population_areas")["area_code"].tolist(),
        day,
        limits,
    )
    raster, crs = inputs.raster, inputs.settings.metric_crs
    if raster is not None:
        everybody = registered_people(population, day)
        people = Registered(everybody, registered_children(registered, within))
        raster = found.keep(judge_people(raster, fabric, crs, people, limits))
    known = Known(population, schools.pupils, inputs.criteria.levels, day)
    children = found.keep(estimate_without_register(registered, raster, fabric, crs, known, limits))
    # What is estimated is no longer unknown, and its own problem says how.
    found += [d for d in doubts if children is registered or d.kind != "children_unknown"]
    return (children, raster), found


def _ground(inputs: Inputs, fabric: Fabric) -> Ground:
    villages = inputs.metric("villages")
    known = villages[~(villages.geometry.isna() | villages.geometry.is_empty)]
    points = zip(known.geometry.x, known.geometry.y, strict=True)
    within = zip(villages["village_code"], villages["subdistrict_code"], strict=True)
    return Ground(
        fabric=fabric,
        grid=Grid.over(tuple(shapely.total_bounds(fabric.faces)), inputs.settings.grid_m),
        crs=inputs.settings.metric_crs,
        water=inputs.water,
        village_points=dict(zip(known["village_code"], points, strict=True)),
        subdistrict_of_village=dict(within),
    )


def _asked(inputs: Inputs, made: Reckoned) -> CoverageInputs:
    villages = inputs.metric("villages")
    points = villages.geometry
    return CoverageInputs(
        fabric=made.fabric,
        zones=made.zones,
        children=made.children,
        spread=made.spread,
        schools=made.schools,
        criteria=inputs.criteria,
        nearest=straight_lines(made.spread.x_m, made.spread.y_m, made.schools),
        subdistricts=inputs.table("subdistricts"),
        villages=villages[["village_code", "village_th"]].assign(x_m=points.x, y_m=points.y),
        office_code=inputs.settings.area_code,
        metric_crs=inputs.settings.metric_crs,
    )


def _write_grids(inputs: Inputs, made: Reckoned, asked: CoverageInputs) -> None:
    """Write where the children of each level live, and how far from any school."""
    folder = inputs.settings.grids_dir(inputs.data_round.name)
    for level in asked.levels:
        children: NDArray[np.float64] = made.children.counts[:, list(level.ages), -1].sum(axis=1)
        straight = asked.nearest(level.education_level, ALL)[0]
        path = folder / f"children_{level.education_level}.tif"
        write_children_grid(made.spread, children, straight.cost, asked.metric_crs, path)
