"""The pupils that earlier rounds have published."""

import datetime

from gisapp.core.cohorts import EarlierGrades
from gisapp.core.rounds import Round
from gisapp.errors import RoundNotFoundError
from gisapp.settings import Settings
from gisapp.store.earlier import read_table
from gisapp.store.published import as_of, layer_file
from gisapp.store.rounds import list_rounds


def read_earlier_grades(settings: Settings, data_round: Round) -> list[EarlierGrades]:
    """Read the pupils by grade of every earlier round that is published, the newest first.

    Raises:
        UnreadableFileError: A published GeoPackage is damaged.
    """
    earlier = []
    for before in sorted(list_rounds(settings), reverse=True):
        if before >= data_round:
            continue
        try:
            file = layer_file(settings, before.name)
        except RoundNotFoundError:
            continue
        day = as_of(file, "enrolment_by_grade")
        stated = datetime.date.fromisoformat(day) if day else None
        earlier.append(EarlierGrades(before, read_table(file, "enrolment_by_grade"), stated))
    return earlier
