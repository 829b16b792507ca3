"""What gisapp itself wrote and somebody put among the received files: not data a second time."""

from collections.abc import Sequence
from pathlib import Path

from gisapp.core.problems import Problem
from gisapp.core.tables import Sheet
from gisapp.core.text import clean_text
from gisapp.store.file_names import shown_name
from gisapp.store.marked_copies import copy_name
from gisapp.store.problem_book import BY_FILE, BY_SCHOOL, BY_SEVERITY
from gisapp.store.school_files import ORIGIN


def own_workbook(file: str, sheets: Sequence[Sheet]) -> Problem | None:
    """Say which of our own workbooks a file is; None for one that was received.

    A school's file is known by its hidden sheet, the problem workbook by its lists.
    """
    by_name = {sheet.name: sheet for sheet in sheets}
    if ORIGIN in by_name and by_name[ORIGIN].rows:
        stated = [clean_text(cell) for cell in by_name[ORIGIN].rows[0]]
        if len(stated) >= 3 and stated[0] == ORIGIN:
            facts = {"file": file, "round": stated[1], "school": stated[2]}
            return Problem("school_file_among_sheets", file=file, facts=facts)
    if {BY_SEVERITY, BY_SCHOOL, BY_FILE} <= set(by_name):
        return Problem("problem_book_among_sheets", file=file)
    return None


def originals(files: Sequence[Path]) -> dict[Path, Path]:
    """Marked copy -> the file that it is a copy of, of all that lie in one folder."""
    by_name = {shown_name(path): path for path in files}
    copies = {copy_name(name): path for name, path in by_name.items() if copy_name(name) != name}
    return {by_name[copy]: path for copy, path in copies.items() if copy in by_name}


def copy_beside(copy: Path, original: Path) -> Problem:
    """Say that a marked copy lies beside its original, so that each row would count twice."""
    facts = {"original": shown_name(original)}
    return Problem("marked_copy_beside", file=shown_name(copy), facts=facts)
