"""Coverage: figures against overlay + area sums; the whole step against the size of the office."""

import dataclasses
import datetime
import statistics
import time

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import rasterstats
import shapely
from exactextract import exact_extract

from gisapp.core.coverage.criteria import AFFILIATIONS
from gisapp.core.coverage.reaching.nearest import WITHIN_REACH_OF, straight_lines
from gisapp.core.coverage.reckoning.asked import CoverageInputs
from gisapp.core.coverage.reckoning.figures import coverage_layers
from gisapp.core.coverage.spreading.children_grid import children_on_grid
from gisapp.core.rounds import Round
from gisapp.pipeline.coverage import compute_coverage, reckon
from gisapp.pipeline.coverage.inputs import read_inputs
from gisapp.settings import Settings
from gisapp.store.published_coverage import UNIT_KEYS
from gisapp.store.rasters import write_bands
from tests.benchmarks.made_offices import NOW, write_city, write_countryside
from tests.benchmarks.plots import draw_costs

WRITTEN_ON = datetime.datetime(2025, 7, 1, tzinfo=datetime.UTC)

AS_EXACTEXTRACT, AS_RASTERSTATS = 1.0, 0.5

#: The largest office may cost this many times more per school than the smallest.
LINEAR = 1.5


# --- figures of every unit, everything read already


@dataclasses.dataclass(frozen=True)
class Asked:
    """What both sides begin with.

    Attributes:
        inputs: Of the sample office.
        areas: (Layer, level) -> its units with their land: nobody has to draw it.
        children: Level -> raster of children per cell: where everybody lives is given away.
    """

    inputs: CoverageInputs
    areas: dict[tuple[str, str], gpd.GeoDataFrame]
    children: dict[str, str]


@pytest.fixture(scope="module")
def asked(sample_office, tmp_path_factory):
    settings = Settings.load(sample_office.folder)
    given, _ = read_inputs(settings, Round.parse("2568-1"))
    made, _ = reckon(given)
    spread, villages = made.spread, given.metric("villages")
    inputs = CoverageInputs(
        fabric=made.fabric,
        zones=made.zones,
        children=made.children,
        spread=spread,
        schools=made.schools,
        criteria=given.criteria,
        nearest=straight_lines(spread.x_m, spread.y_m, made.schools),
        subdistricts=given.table("subdistricts"),
        villages=villages.assign(x_m=villages.geometry.x, y_m=villages.geometry.y),
        office_code=settings.area_code,
        metric_crs=settings.metric_crs,
    )
    areas = {}
    for layer, rows in coverage_layers(inputs).items():
        if layer in UNIT_KEYS:
            drawn = rows[rows[UNIT_KEYS[layer]].notna() & rows.geometry.notna()]
            drawn = drawn.drop_duplicates(["education_level", UNIT_KEYS[layer]])
            for level, units in drawn.groupby("education_level"):
                areas[layer, level] = units[[UNIT_KEYS[layer], "geometry"]]
    folder, files = tmp_path_factory.mktemp("children"), {}
    for level in inputs.levels:
        counts = made.children.counts[:, list(level.ages), -1].sum(axis=1)
        grid = children_on_grid(spread, counts, np.zeros(len(spread.cell)))[:1].astype(np.float32)
        path = folder / f"{level.education_level}.tif"
        units = ("children per cell",)
        write_bands(grid, spread.grid, inputs.metric_crs, path, units=units, nodata=float("nan"))
        files[level.education_level] = str(path)
    return Asked(inputs, areas, files)


def by_places(asked):
    """Every layer of figures, and the pockets; no distance is remembered."""
    spread = asked.inputs.spread
    nearest = straight_lines(spread.x_m, spread.y_m, asked.inputs.schools)
    return coverage_layers(dataclasses.replace(asked.inputs, nearest=nearest))


def by_overlay(asked, sums):
    """Children within reach of schools: circles, their union, overlay with units, area sums."""
    rows, crs = asked.inputs.schools.rows, asked.inputs.metric_crs
    found = []
    for name in asked.children:
        for affiliations in AFFILIATIONS:
            taught = rows[name] & rows["whose"].isin(WITHIN_REACH_OF[affiliations])
            there = rows[taught & rows["x_m"].notna()]
            points = shapely.points(there[["x_m", "y_m"]].to_numpy(dtype=float))
            for reach in asked.inputs.criteria.reaches:
                circles = shapely.buffer(points, reach.value * 1000, quad_segs=32)
                near = gpd.GeoDataFrame(geometry=[shapely.union_all(circles)], crs=crs)
                told = {"education_level": name, "affiliations": affiliations}
                for layer in UNIT_KEYS:
                    if (layer, name) in asked.areas:
                        units = asked.areas[layer, name]
                        parts = gpd.overlay(units, near, how="intersection")
                        covered = pd.DataFrame({"key": parts[UNIT_KEYS[layer]], "layer": layer})
                        covered["children"] = sums(asked.children[name], parts)
                        found.append(covered.assign(reach_value=reach.value, **told))
    return pd.concat(found)


def by_exactextract(file, parts):
    return exact_extract(file, parts, ["sum"], output="pandas")["sum"].to_numpy()


def by_rasterstats(file, parts):
    told = rasterstats.zonal_stats(parts.geometry, file, stats=["sum"])
    return np.array([zone["sum"] or 0.0 for zone in told])


@pytest.mark.parametrize(
    ("sums", "name", "promised", "rounds"),
    [
        (by_exactextract, "overlay + exactextract", AS_EXACTEXTRACT, 5),
        (by_rasterstats, "overlay + rasterstats", AS_RASTERSTATS, 1),
    ],
)
def test_every_figure_is_there_before_circles_are_laid_over_every_unit(
    race, asked, sums, name, promised, rounds
):
    ours, theirs = by_places(asked), by_overlay(asked, sums)
    whole = ours["office_coverage"]
    both = theirs[theirs["layer"] == "office_coverage"].merge(
        whole, on=["education_level", "affiliations", "reach_value"]
    )
    assert len(both) == len(whole) > 0
    # Circles cut cells; a place of ours lies within reach or not.
    far = both["reach_value"] >= 2
    np.testing.assert_allclose(both["children"][far], both["covered_at_least"][far], rtol=0.02)
    ratio = race(
        f"{len(theirs):,} answers about units of the sample office",
        ("gisapp, by sex, beside the pupils, with pockets", lambda: by_places(asked)),
        (name, lambda: by_overlay(asked, sums)),
        rounds=rounds,
    )
    assert ratio <= promised


# --- the whole step, from GeoPackage to GeoPackage


def test_the_whole_step_on_the_sample_office_is_told(sample_office, capsys):
    settings, seconds = Settings.load(sample_office.folder), []
    for _ in range(4):
        start = time.process_time()
        covered = compute_coverage(settings, Round.parse("2568-1"), WRITTEN_ON)
        seconds.append(time.process_time() - start)
    rows = sum(len(layer) for layer in covered.layers.values())
    with capsys.disabled():
        print(
            f"\nsample office 2568-1, gisapp coverage: {statistics.median(seconds[1:]):.2f} s of "
            f"one core for {rows:,} rows, their areas, pockets, grids and outlook"
        )
    assert rows > 4000


def test_cost_grows_no_faster_than_schools(checkout, tmp_path, capsys):
    sizes = {across * down: (across, down) for across, down in ((12, 10), (24, 20), (48, 40))}
    offices = {n: write_countryside(tmp_path / f"{n}", *size) for n, size in sizes.items()}
    taken = {n: [] for n in offices}
    for number in range(4):
        for n, settings in offices.items():
            start = time.process_time()
            covered = compute_coverage(settings, NOW, WRITTEN_ON)
            if number:  # the first only loads what is compiled
                taken[n].append(time.process_time() - start)
            assert len(covered.layers["service_zones"]) == n + n // 4
    points = [(n, statistics.median(seconds)) for n, seconds in taken.items()]
    picture = checkout / ".benchmarks" / "coverage.svg"
    draw_costs([("gisapp coverage", "schools", points)], picture)
    each = [seconds / n for n, seconds in points]
    with capsys.disabled():
        told = ", ".join(f"{n:,} schools {seconds:.1f} s" for n, seconds in points)
        print(f"\ngisapp coverage, seconds of one core: {told}; cost per school at 16 times the "
              f"schools: {each[-1] / each[0]:.2f}; drawn in {picture}")  # fmt: skip
    assert each[-1] / each[0] <= LINEAR


def test_a_city_of_1700_announced_zones_is_reckoned_to_the_child(tmp_path, capsys):
    zones = {"primary": 1150, "lower_secondary": 383, "upper_secondary": 191}
    settings, children = write_city(tmp_path / "city", 200, 150, zones)
    start = time.process_time()
    covered = compute_coverage(settings, NOW, WRITTEN_ON)
    seconds = time.process_time() - start
    rows = covered.layers["zone_coverage"]
    found = rows[rows["smis_code"].notna()].drop_duplicates(["education_level", "smis_code"])
    key = zip(found["education_level"], found["smis_code"], strict=True)
    assert dict(zip(key, found["population"], strict=True)) == children
    with capsys.disabled():
        print(
            f"\n{len(children):,} announced zones of 3 levels, 30,000 blocks: {seconds:.1f} s of "
            "one core"
        )
