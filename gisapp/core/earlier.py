"""A round as it was published, for what is only seen between two rounds."""

import datetime
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from gisapp.core.rounds import Round


@dataclass(frozen=True)
class PublishedRound:
    """What the GeoPackage of one round holds; unknown is null in every column.

    Attributes:
        data_round: Which round.
        schools: The layer `schools`, EPSG:4326; a school without a point has no geometry.
        grades: The layer `enrolment_by_grade`, one row per school × grade.
        problems: The layer `problems`.
        grades_as_of: The day whose pupils it states, earlier than the round's own where they
            were taken over from an earlier round; None without pupils.
    """

    data_round: Round
    schools: gpd.GeoDataFrame
    grades: pd.DataFrame
    problems: gpd.GeoDataFrame
    grades_as_of: datetime.date | None
