"""Published rounds as whole tables, for what is only seen between two of them."""

import datetime

import geopandas as gpd
import pandas as pd
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from gisapp.core.columns import ROUND_COLUMNS, TYPES
from gisapp.core.dictionary import LAYERS
from gisapp.core.earlier import PublishedRound
from gisapp.core.rounds import Round
from gisapp.errors import RoundNotFoundError, UnreadableFileError
from gisapp.settings import Settings
from gisapp.store.published import LayerFile, as_of, columns_of, layer_file


def read_published_round(settings: Settings, data_round: Round) -> PublishedRound | None:
    """Return what a round has published; None where it is not built.

    Raises:
        UnreadableFileError: Its GeoPackage is damaged.
    """
    try:
        return need_published_round(settings, data_round)
    except RoundNotFoundError:
        return None


def need_published_round(settings: Settings, data_round: Round) -> PublishedRound:
    """Return what a round has published.

    Raises:
        RoundNotFoundError: It is not built.
        UnreadableFileError: Its GeoPackage is damaged.
    """
    file = layer_file(settings, data_round.name)
    day = as_of(file, "enrolment_by_grade")
    return PublishedRound(
        data_round,
        schools=_with_places(read_table(file, "schools")),
        grades=read_table(file, "enrolment_by_grade"),
        problems=_with_places(read_table(file, "problems")),
        grades_as_of=datetime.date.fromisoformat(day) if day else None,
    )


def read_other_sources(settings: Settings, data_round: Round) -> pd.DataFrame:
    """Return what other sources of a published round state of its pupils, perhaps no rows.

    Raises:
        RoundNotFoundError: The round is not built.
        UnreadableFileError: Its GeoPackage is damaged.
    """
    return read_table(layer_file(settings, data_round.name), "enrolment_other_source")


def read_table(file: LayerFile, layer: str, *, with_round: bool = False) -> pd.DataFrame:
    """Return a layer with all columns that the dictionary gives it, in their types.

    `with_round`: Also the columns that say which round the rows are of, and which day.

    A column that an older build did not write is null, a layer that it did not write has no
    rows. Points stand in `geometry`, EPSG:4326, where the layer has any.

    Raises:
        UnreadableFileError: The GeoPackage is damaged.
    """
    columns = LAYERS[layer].columns + (ROUND_COLUMNS if with_round else ())
    kinds = {column.name: column.kind for column in columns}
    present = [name for name, _ in columns_of(file, layer)]
    if present:
        frame = _read(file, layer, [name for name in present if name in kinds])
    else:
        frame = pd.DataFrame()
    typed = {
        # An all-null column comes without a type; every text column is to have the same one.
        name: frame.get(name, pd.Series(None, frame.index, dtype=object)).astype(
            "str" if TYPES[kind] == "object" else TYPES[kind]
        )
        for name, kind in kinds.items()
    }
    table = pd.DataFrame(typed, index=frame.index)
    if isinstance(frame, gpd.GeoDataFrame):
        return gpd.GeoDataFrame(table, geometry=frame.geometry, crs=frame.crs)
    return table


def _read(file: LayerFile, layer: str, columns: list[str]) -> pd.DataFrame:
    try:
        frame: pd.DataFrame = pyogrio.read_dataframe(file.path, layer=layer, columns=columns)
    except (DataLayerError, DataSourceError) as error:
        raise UnreadableFileError(
            f"อ่านชั้น {layer} ใน {file.path.name} ไม่ได้ สั่ง gisapp build {file.path.stem} ใหม่",
            f"cannot read layer {layer} of {file.path.name}; "
            f"run `gisapp build {file.path.stem}` again",
        ) from error
    return frame


def _with_places(table: pd.DataFrame) -> gpd.GeoDataFrame:
    """Give a table a geometry column where its layer was not written at all."""
    if isinstance(table, gpd.GeoDataFrame):
        return table
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries([None] * len(table), crs=4326))
