"""Everything that coverage is worked out from, read once: a published round, raster, criteria."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import geopandas as gpd
import pandas as pd
import shapely

from gisapp.core.columns import ROUND_COLUMNS
from gisapp.core.coordinates import LONLAT
from gisapp.core.coverage.criteria import CoverageCriteria
from gisapp.core.coverage.expecting.outlook import RoundHistory
from gisapp.core.coverage.spreading.people_raster import PeopleRaster
from gisapp.core.dictionary import LAYERS
from gisapp.core.limits import Limits
from gisapp.core.problems import Problem
from gisapp.core.rounds import Round
from gisapp.settings import Settings
from gisapp.store.earlier import read_table
from gisapp.store.population_raster import read_people_raster
from gisapp.store.published import LayerFile, as_of, layer_file, rounds_built
from gisapp.store.published_round import read_whole
from gisapp.store.tables import read_coverage_criteria, read_limits

#: Layers that say how far the office reaches.
_LAND = ("subdistricts", "population_areas", "announced_zones")


@dataclass(frozen=True)
class Inputs:
    """What the office holds of a published round. Nothing below `read_inputs` opens a file.

    Attributes:
        file: The round's GeoPackage as it was read.
        whole: Every layer of it, EPSG:4326.
        checks: From which figures on the checks of the sheets speak.
        raster: Where people live; None where the office has no raster that can be used.
        earlier: What earlier rounds published of pupils and of children in zones, oldest first.
    """

    settings: Settings
    data_round: Round
    file: LayerFile
    whole: Mapping[str, pd.DataFrame]
    criteria: CoverageCriteria
    checks: Limits
    raster: PeopleRaster | None
    earlier: tuple[RoundHistory, ...]

    def table(self, layer: str) -> pd.DataFrame:
        """Return a layer; without rows where the round does not have it."""
        return _table(self.whole, layer)

    def metric(self, layer: str) -> gpd.GeoDataFrame:
        """Return a layer in metres of the office's CRS; without rows where there is none."""
        return cast(gpd.GeoDataFrame, _table(self.whole, layer).to_crs(self.settings.metric_crs))

    @property
    def water(self) -> shapely.Geometry:
        """The lakes as one shape, metres; empty without any."""
        return shapely.union_all(self.metric("lakes").geometry.make_valid().to_numpy())

    @property
    def enrolled_on(self) -> datetime.date:
        """Day of the pupils."""
        day = as_of(self.file, "enrolment_by_grade")
        return datetime.date.fromisoformat(day) if day else self.data_round.cut_off


def read_inputs(settings: Settings, data_round: Round) -> tuple[Inputs, list[Problem]]:
    """Read what coverage needs of a round.

    Returns:
        inputs: All of it.
        problems: What is wrong with the population raster.

    Raises:
        RoundNotFoundError: The round is not built.
        UnreadableFileError: Its GeoPackage is damaged.
        TableError: A table of criteria cannot be used.
    """
    file = layer_file(settings, data_round.name)
    whole = read_whole(file)
    land = [shape for layer in _LAND for shape in _table(whole, layer).geometry]
    bounds = tuple(shapely.total_bounds(land)) if land else None
    raster, problems = read_people_raster(settings, bounds)
    earlier = [before for before in rounds_built(settings) if before < data_round]
    inputs = Inputs(
        settings=settings,
        data_round=data_round,
        file=file,
        whole=whole,
        criteria=read_coverage_criteria(settings),
        checks=read_limits(settings),
        raster=raster,
        earlier=tuple(_history(settings, before) for before in earlier),
    )
    return inputs, problems


def _table(whole: Mapping[str, pd.DataFrame], layer: str) -> gpd.GeoDataFrame:
    """Return a layer, with a place for geometry where it has none."""
    if layer in whole:
        table = whole[layer]
    else:
        names = [column.name for column in (*LAYERS[layer].columns, *ROUND_COLUMNS)]
        table = pd.DataFrame({name: pd.Series(dtype=object) for name in names})
    if isinstance(table, gpd.GeoDataFrame):
        return table
    return gpd.GeoDataFrame(table, geometry=[None] * len(table), crs=LONLAT)


def _history(settings: Settings, data_round: Round) -> RoundHistory:
    file = layer_file(settings, data_round.name)
    children = read_table(file, "zone_children")
    day = as_of(file, "enrolment_by_grade")
    return RoundHistory(
        data_round,
        read_table(file, "enrolment_by_grade"),
        children if len(children) else None,
        datetime.date.fromisoformat(day) if day else None,
    )
