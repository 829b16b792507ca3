"""How many people a raster counts in the office's areas, and how many are registered there."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer

from gisapp.core.coverage.counting.age_bands import PERSONS
from gisapp.core.coverage.counting.children import VILLAGE, Children
from gisapp.core.coverage.counting.registers import AGES, nearest_days, population_rows, series_of
from gisapp.core.coverage.land.fabric import Fabric
from gisapp.core.coverage.spreading.people_raster import PeopleRaster
from gisapp.core.zonal import zone_sums

#: Registers of everybody up to this age are compared with a raster; few people are older.
_NEARLY_ALL_TO = 79


@dataclass(frozen=True)
class Registered:
    """How many people are registered in the areas that a raster is compared in.

    Attributes:
        people: Code of an area -> everybody; see `registered_people`.
        children: Code of an area -> children whose number is known, the least there are.
    """

    people: Mapping[str, float]
    children: Mapping[str, float]


@dataclass(frozen=True)
class PeopleSums:
    """People of areas as a raster counts them.

    Attributes:
        code: Codes of the areas, sorted.
        people: Sum of the raster's cells, each by its exact share in the area.
        known: Share of the area that the raster knows, 0 to 1.
    """

    code: NDArray[np.object_]
    people: NDArray[np.float64]
    known: NDArray[np.float64]


def sum_people(
    raster: PeopleRaster, fabric: Fabric, of_face: NDArray[np.object_], crs: str
) -> PeopleSums:
    """Add up a raster's people in areas that are whole faces, on the raster's own cells.

    Args:
        raster: In any CRS.
        fabric: The faces.
        of_face: Code of each face's area; "" belongs to none.
        crs: CRS of the faces.
    """
    faces = fabric.faces[of_face != ""]
    code, area = np.unique(of_face[of_face != ""].astype(str), return_inverse=True)
    if CRS.from_user_input(crs) != CRS.from_user_input(raster.crs):
        into = Transformer.from_crs(crs, raster.crs, always_xy=True)
        faces = shapely.transform(faces, into.transform, interleaved=False)
    sums = zone_sums(raster.values, faces, raster.grid)
    size = np.bincount(area, shapely.area(faces), len(code)) / raster.grid.cell_area
    return PeopleSums(
        code.astype(object),
        np.bincount(area, sums.total[:, 0], len(code)).astype(np.float64),
        np.minimum(np.bincount(area, sums.known[:, 0], len(code)) / size, 1.0),
    )


def registered_people(population: pd.DataFrame, day: datetime.date) -> dict[str, float]:
    """Return everybody registered in each area, of the day nearest to the one that counts.

    Areas whose ages do not reach from birth to `_NEARLY_ALL_TO` without a gap are left out.

    Args:
        population: The published layer `population`.
        day: The day that counts; registers of any day are taken.
    """
    rows = population_rows(population)
    rows = rows[rows["area"] != ""]
    columns = ["area", "as_of_date", "source_file", "persons"]
    totals = rows.loc[rows["age"].isna(), columns]
    series, ages = series_of(rows[rows["age"].notna()], AGES)
    everybody = np.where(ages.upto >= _NEARLY_ALL_TO, ages.counted[:, PERSONS], np.nan)
    made = pd.concat([totals, series.assign(persons=everybody)[columns]])
    near = nearest_days(made[made["persons"].notna()], day)
    near = near.sort_values(["area", "source_file", "persons"]).drop_duplicates("area")
    return dict(zip(near["area"], near["persons"].astype(float), strict=True))


def registered_children(
    children: Children, subdistrict_of_village: Mapping[str, str]
) -> dict[str, float]:
    """Return the known children of each area, of villages in their subdistricts.

    Args:
        children: As the register counts them; unknown ages count nobody.
        subdistrict_of_village: Of the villages that the office knows; others are left out.
    """
    of_village = pd.Series(children.kind == VILLAGE)
    code = pd.Series(children.code, dtype=object)
    code = code.where(~of_village, code.map(dict(subdistrict_of_village)))
    known = pd.Series(np.nansum(children.counts[:, :, PERSONS], axis=1))
    sums = known.groupby(code).sum()
    return {str(area): float(count) for area, count in sums.items() if area}
