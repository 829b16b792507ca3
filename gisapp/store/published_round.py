"""A published round as a whole: read to be written anew with what a later step adds."""

import datetime
from collections.abc import Mapping

import pandas as pd

from gisapp.core.dictionary import LAYERS
from gisapp.core.rounds import Round
from gisapp.errors import RoundNotFoundError
from gisapp.settings import Settings
from gisapp.store.checked import read_statements
from gisapp.store.earlier import read_table
from gisapp.store.geopackage import write_layers
from gisapp.store.published import LayerFile, feature_layers, file_now, layer_file


def has_coverage(settings: Settings, data_round: Round) -> bool:
    """Tell whether a round is published with service zones and the children in them."""
    try:
        return "zone_parts" in feature_layers(layer_file(settings, data_round.name))
    except RoundNotFoundError:
        return False


def read_whole(file: LayerFile) -> dict[str, pd.DataFrame]:
    """Return every layer of a file that the dictionary knows, with the round's columns.

    Raises:
        RoundNotFoundError: The file has gone.
        UnreadableFileError: It is damaged.
    """
    present = set(feature_layers(file))
    return {name: read_table(file, name, with_round=True) for name in LAYERS if name in present}


def write_anew(
    file: LayerFile,
    whole: Mapping[str, pd.DataFrame],
    stated: Mapping[str, str],
    written_on: datetime.datetime,
) -> LayerFile:
    """Write a file anew, keeping what it says of its sources beside what is stated now.

    Args:
        file: The file as `read_whole` read it.
        whole: Every layer that it shall hold.
        stated: What the step was made from, by name; replaces the same names.
        written_on: Time that the file states as its last change.

    Returns:
        The file as it stands now.
    """
    metadata = {**read_statements(file), **stated}
    write_layers(whole, file.path, metadata, written_on)
    return file_now(file.path)
