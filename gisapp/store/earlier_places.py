"""Where the schools stood in the last round that was published."""

import geopandas as gpd

from gisapp.core.rounds import Round
from gisapp.errors import RoundNotFoundError
from gisapp.settings import Settings
from gisapp.store.earlier import read_table
from gisapp.store.published import layer_file
from gisapp.store.rounds import list_rounds


def read_earlier_places(settings: Settings, data_round: Round) -> gpd.GeoDataFrame | None:
    """Read the layer `schools` of the newest earlier round that is published; None without one.

    Raises:
        UnreadableFileError: Its GeoPackage is damaged.
    """
    for before in reversed([known for known in list_rounds(settings) if known < data_round]):
        try:
            schools = read_table(layer_file(settings, before.name), "schools")
        except RoundNotFoundError:
            continue
        return schools if isinstance(schools, gpd.GeoDataFrame) else None
    return None
