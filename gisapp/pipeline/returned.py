"""A school's mended file -> lines of ``corrections.csv``: the same for commands and worker."""

import datetime
from dataclasses import replace
from pathlib import Path

from gisapp.core.rounds import Round
from gisapp.pipeline import join_sheets
from gisapp.settings import Settings
from gisapp.store.corrections import accept_proposals
from gisapp.store.mended_files import Mended, keep_returned, read_mended


def take_over_returned(
    settings: Settings, data_round: Round, path: Path, by: str, on: datetime.date
) -> Mended:
    """Take over what a school changed in its file; the file is kept beside the round's own.

    Args:
        settings: The office.
        data_round: The round that the file was sent in.
        path: The file that came back.
        by: Who takes the changes over.
        on: The day of it.

    Raises:
        UnreadableFileError: It is no file of this round that was sent to a school.
        PersonDataError: The school wrote data of persons into it; nothing is kept.
        TableError: A ``corrections.csv`` that is there cannot be used.
        FileInUseError: A file cannot be written.
    """
    parted = join_sheets(settings, data_round).by_school(settings.language)
    came = read_mended(path, parted, data_round.name, by, on)
    keep_returned(settings, data_round, came.school, path)
    lines = [
        (line.file, replace(line, file=line.file.rpartition("/")[2])) for line in came.corrections
    ]
    accept_proposals(settings, data_round, lines)
    return came
