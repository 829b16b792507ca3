"""The problem workbook with the marked copies that it links to, in one file."""

import zipfile
from typing import IO

from gisapp.core.rounds import Round
from gisapp.settings import Settings
from gisapp.store.checked import problem_book


def write_problem_zip(settings: Settings, data_round: Round, stream: IO[bytes]) -> None:
    """Write the workbook and the copies beside each other as on disk, so that its links work.

    Raises:
        NotCheckedError: The round has not been checked.
    """
    book = problem_book(settings, data_round)
    folder = settings.copies_dir(data_round.name)
    # Workbooks are zipped already: packing them again would only take time.
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as packed:
        packed.write(book, book.name)
        for path in sorted(folder.glob("*.xlsx")):
            packed.write(path, f"{folder.name}/{path.name}")
