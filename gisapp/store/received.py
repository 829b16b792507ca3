"""What a round works with: its own sheets, and forms that only earlier rounds have."""

from dataclasses import dataclass, field, replace

import pandas as pd

from gisapp.core import checks
from gisapp.core.corrections import COLUMNS, apply_corrections
from gisapp.core.dates_th import date_short
from gisapp.core.forms import FORM
from gisapp.core.headings import Headings
from gisapp.core.population import FORMS as POPULATION
from gisapp.core.problems import Problem, ProblemList
from gisapp.core.rounds import Round
from gisapp.core.school_keys import KeyBook, give_keys
from gisapp.core.service_areas import FORMS as SERVICE_AREAS
from gisapp.core.tables import FormTable, Sheet
from gisapp.errors import RoundNotFoundError
from gisapp.settings import Settings
from gisapp.store.corrections import read_corrections
from gisapp.store.rounds import RoundTables, list_rounds, read_round

ENROLMENT = ("enrolment", "enrolment_long")

#: Forms that a later round takes over from an earlier one, each group as a whole.
_TAKEN_OVER = (
    ("register", "school_list"),
    ("basic_info",),
    ENROLMENT,
    ("buildings",),
    SERVICE_AREAS,
    ("staff",),
    ("test_results",),
    ("school_points",),
    ("other_schools",),
    POPULATION,
)


@dataclass(frozen=True)
class Received:
    """Everything that a round is made from.

    Attributes:
        tables: Tables of the round, and those taken over, with corrections applied.
        sheets: The round's own sheets as they stand, recognised or not.
        applied: Cells put right by corrections, columns `gisapp.core.corrections.COLUMNS`.
        taken: Form -> the earlier round that it was taken from.
        checksums: File -> SHA-256 as received.
    """

    tables: list[FormTable]
    sheets: list[Sheet]
    applied: pd.DataFrame
    taken: dict[str, Round] = field(default_factory=dict)
    checksums: dict[str, str] = field(default_factory=dict)

    @property
    def sheet_of_place(self) -> dict[tuple[str, str], Sheet]:
        """Every sheet by (file, sheet name), as problems name them; those taken over too."""
        sheets = (*self.sheets, *(table.sheet for table in self.tables))
        return {(sheet.file, sheet.name): sheet for sheet in sheets}

    def of(self, *forms: str) -> list[FormTable]:
        """Tables of one of these forms."""
        return [table for table in self.tables if table.form in forms]


def receive_round(
    settings: Settings, data_round: Round, headings: Headings, book: KeyBook
) -> tuple[Received, list[Problem]]:
    """Read the round, and take each form that it lacks from the newest earlier round.

    Args:
        settings, data_round: The office, and which round.
        headings: What the columns of its sheets are called.
        book: Keys of the schools without a code, filled in before anything is put right.

    Returns:
        received: Tables of this round and those taken over.
        problems: Files that could not be used, corrections that no longer fit, and what was
            taken over.

    Raises:
        RoundNotFoundError: The round has no folder, or nothing lies in it.
        PersonDataError: A sheet holds personal numbers; nothing of it is kept.
        TableError: A line of a ``corrections.csv`` cannot be used.
    """
    found = ProblemList()
    own = read_round(settings, data_round, headings)
    found += own.problems
    tables, applied = found.keep(_put_right(settings, data_round, own, book))
    for table in tables:
        if table.form in ENROLMENT:
            found += checks.round_of_title(table, data_round)
    changes, checksums = [applied], dict(own.checksums)
    taken: dict[str, Round] = {}
    missing = [group for group in _TAKEN_OVER if not own.of(*group)]
    for before in reversed([known for known in list_rounds(settings) if known < data_round]):
        if not missing:
            break
        try:
            earlier = read_round(settings, before, headings)
        except RoundNotFoundError:
            continue  # its folder is empty
        groups = [group for group in missing if earlier.of(*group)]
        if not groups:
            continue
        wanted = [form for group in groups for form in group]
        kept, changed = found.keep(_from_earlier(settings, before, earlier, wanted, book))
        tables += kept
        changes.append(changed)
        found += [_taken_over(group[0], before) for group in groups]
        taken |= dict.fromkeys(wanted, before)
        files = {table.sheet.file for table in kept}
        checksums |= {file: earlier.checksums[file.split("/", 1)[1]] for file in files}
        missing = [group for group in missing if group not in groups]
    return Received(tables, own.sheets, _together(changes), taken, checksums), list(found)


def _together(changes: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [part for part in changes if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=[*COLUMNS])


def _from_earlier(
    settings: Settings, before: Round, earlier: RoundTables, wanted: list[str], book: KeyBook
) -> tuple[tuple[list[FormTable], pd.DataFrame], list[Problem]]:
    """Tables of the wanted forms and what was put right in them, named by their round."""
    (older, changed), stale = _put_right(settings, before, earlier, book)
    kept = [_as_of_round(table, before) for table in older if table.form in wanted]
    files = {table.sheet.file for table in kept}
    changed = changed.assign(file=[f"{before}/{file}" for file in changed["file"]])
    named = [replace(problem, file=f"{before}/{problem.file}") for problem in stale]
    problems = [problem for problem in named if problem.file in files]
    return (kept, changed[changed["file"].isin(files)]), problems


def _put_right(
    settings: Settings, data_round: Round, read: RoundTables, book: KeyBook
) -> tuple[tuple[list[FormTable], pd.DataFrame], list[Problem]]:
    keyed = give_keys(read.tables, book)
    return apply_corrections(keyed, read_corrections(settings, data_round))


def _as_of_round(table: FormTable, before: Round) -> FormTable:
    """Name an earlier round's file by its round, so that people look in the right folder."""
    return replace(table, sheet=replace(table.sheet, file=f"{before}/{table.sheet.file}"))


def _taken_over(form: str, before: Round) -> Problem:
    days = {"buildings": before.buildings_cut_off, POPULATION[0]: before.population_cut_off}
    as_of = days.get(form, before.cut_off)
    facts = {
        "form_th": FORM[form].title_th,
        "form_en": FORM[form].title_en,
        "round": before.name,
        "as_of_th": date_short(as_of, "th"),
        "as_of_en": date_short(as_of, "en"),
    }
    return Problem("taken_from_earlier_round", key=form, value=before.name, facts=facts)
