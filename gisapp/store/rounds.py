"""A round's folder: which rounds an office has, and the tables its files hold."""

import hashlib
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from gisapp.core.conversions import conversion_problem
from gisapp.core.forms import FORM
from gisapp.core.headings import Headings
from gisapp.core.person_names import without_names
from gisapp.core.problems import CHECKSUM, Problem
from gisapp.core.recognise import recognise
from gisapp.core.rounds import Round
from gisapp.core.tables import FormTable, Sheet
from gisapp.core.text import parse_code
from gisapp.errors import (
    MapAmongSheetsError,
    RoundNameError,
    RoundNotFoundError,
    UnreadableFileError,
)
from gisapp.settings import Settings
from gisapp.store.file_names import shown_name
from gisapp.store.own_files import copy_beside, originals, own_workbook
from gisapp.store.person_data import refuse_named, refuse_persons, school_codes
from gisapp.store.sheets import PlaceReading, read_sheets, received_files, shapefile_parts

#: So many 8- or 10-digit codes in one column are a list of schools.
_SCHOOL_CODE = re.compile(r"\d{8}(-\d{1,2})?|\d{10}")
_ENOUGH_CODES = 3
#: Rows in which they are looked for.
_LOOKED_AT = 1_000


@dataclass(frozen=True)
class RoundTables:
    """What a round's folder holds.

    Attributes:
        tables: Every table that was recognised, in file order.
        sheets: Every sheet of every file that could be opened, as it stands.
        problems: Files and sheets that were not recognised, and headings nobody understood.
        checksums: File name -> SHA-256 of the file as received.
    """

    tables: list[FormTable] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    checksums: dict[str, str] = field(default_factory=dict)

    def of(self, *forms: str) -> list[FormTable]:
        """Tables of one of these forms."""
        return [table for table in self.tables if table.form in forms]


def list_rounds(settings: Settings) -> list[Round]:
    """Rounds that have a folder, oldest first. Other folders beside them are not rounds."""
    found = []
    for folder in settings.rounds_dir.iterdir() if settings.rounds_dir.is_dir() else ():
        try:
            found.append(Round.parse(folder.name))
        except RoundNameError:
            continue
    return sorted(found)


def read_round(settings: Settings, data_round: Round, headings: Headings) -> RoundTables:
    """Read every file of a round.

    Raises:
        RoundNotFoundError: The round has no folder, or nothing lies in it.
        PersonDataError: A sheet or a name holds data about persons; nothing of it is kept.
    """
    folder = settings.rounds_dir / data_round.name
    files = received_files(folder) if folder.is_dir() else []
    if not files:
        known = ", ".join(known.name for known in list_rounds(settings)) or "–"
        raise RoundNotFoundError(
            f"ไม่มีไฟล์ใน {folder} วางไฟล์ Excel ของรอบ {data_round} ไว้ในโฟลเดอร์นี้ (รอบที่มี: {known})",
            f"there are no files in {folder}; put the sheets of round {data_round} there "
            f"(rounds found: {known})",
        )
    refuse_named(files, settings.key_pattern)
    folders = [below for below in sorted(folder.iterdir()) if below.is_dir()]
    refuse_named(folders, settings.key_pattern)
    whole = RoundTables()
    how = PlaceReading(settings.datum_operation, _place_headings(headings))
    parts, copies = shapefile_parts(files), originals(files)
    for path in files:
        if path in parts:
            continue
        found = _read_file(path, data_round, headings, how, settings.key_pattern)
        if path in copies:
            found = RoundTables(problems=[copy_beside(path, copies[path])])
        whole.tables.extend(found.tables)
        whole.sheets.extend(found.sheets)
        whole.problems.extend(found.problems)
    whole.problems.extend(
        Problem("folder_not_read", file=shown_name(below), facts=_folder_facts(below))
        for below in folders
        if any(path.is_file() for path in below.rglob("*"))
    )
    whole.checksums.update(checksums_of(folder))
    return whole


def checksums_of(folder: Path) -> dict[str, str]:
    """SHA-256 of each received file of a folder, by name; nothing where there is no folder."""
    files = received_files(folder) if folder.is_dir() else []
    return {shown_name(path): _checksum(path) for path in files}


def _checksum(path: Path) -> str:
    """SHA-256 of a file of any size, a piece at a time."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _folder_facts(folder: Path) -> dict[str, object]:
    """SHA-256 over the names and contents of every file below a folder, but for lock files."""
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith((".", "~$"))
    )
    told = [(path.relative_to(folder).as_posix(), _checksum(path)) for path in files]
    return {CHECKSUM: hashlib.sha256(repr(told).encode()).hexdigest()}


def _place_headings(headings: Headings) -> frozenset[str]:
    """Keys of the headings of a register that mean a latitude or a longitude."""
    register = headings.forms.get("register", {})
    return frozenset(key for key, column in register.items() if column in ("lat", "lon"))


def _read_file(
    path: Path, data_round: Round, headings: Headings, how: PlaceReading, key_pattern: str
) -> RoundTables:
    name = shown_name(path)
    try:
        sheets = read_sheets(path, data_round.name, how)
    except MapAmongSheetsError:
        return RoundTables(problems=[Problem("map_among_sheets", file=name)])
    except UnreadableFileError as error:
        facts = {"reason_th": error.th, "reason_en": error.en}
        return RoundTables(problems=[Problem("unreadable_file", file=name, facts=facts)])
    for number, sheet in enumerate(sheets, 1):
        refuse_persons(sheet, number, school_codes(sheet, headings, key_pattern))
    if own := own_workbook(name, sheets):
        return RoundTables(problems=[own])
    if not sheets:
        return RoundTables(problems=[Problem("empty_file", file=name)])
    return _recognised(sheets, headings, key_pattern)


def _recognised(sheets: list[Sheet], headings: Headings, key_pattern: str) -> RoundTables:
    """What the sheets of one file are."""
    found = RoundTables()
    headless: set[str] = set()
    blank: set[str] = set()
    for whole in sheets:
        tables, problems = recognise(whole, headings)
        sheet, tables = without_names(whole, tables)
        found.sheets.append(sheet)
        if sheet.conversion is not None:
            found.problems.append(conversion_problem(sheet.conversion, sheet.file, sheet.name))
        if sheet.hidden:
            found.problems.extend(_hidden(sheet, tables))
            continue
        if not tables and _lists_schools(sheet, key_pattern):
            headless.add(sheet.name)
        filled = [table for table in tables if len(table.frame)]
        found.tables.extend(filled)
        found.problems.extend(problems)
        if tables and not filled:  # a form that nobody has filled in
            blank.add(sheet.name)
            found.problems.append(Problem("empty_file", file=sheet.file, sheet=sheet.name))
    if found.tables or blank:
        kept = set() if found.tables else blank
        found.problems[:] = [
            problem if problem.sheet in kept else _softened(problem, headless)
            for problem in found.problems
        ]
    elif len(sheets) > 1:
        found.problems[:] = _worst_of_empty(found.problems)
    found.problems.extend(
        _kept_for_later(table) for table in found.tables if not FORM[table.form].used
    )
    return found


def _hidden(sheet: Sheet, tables: list[FormTable]) -> list[Problem]:
    """A hidden sheet is not used; one that holds pupils must not be overlooked."""
    forms = [FORM[table.form] for table in tables if len(table.frame) and FORM[table.form].used]
    if not forms:
        return []
    kind = "hidden_pupils" if forms[0].name.startswith("enrolment") else "hidden_sheet"
    facts = {"form_th": forms[0].title_th, "form_en": forms[0].title_en}
    return [Problem(kind, file=sheet.file, sheet=sheet.name, facts=facts)]


def _lists_schools(sheet: Sheet, key_pattern: str) -> bool:
    """Tell whether a column holds school codes: such a sheet lost its header."""
    code = re.compile(f"{_SCHOOL_CODE.pattern}|{key_pattern}")
    columns = zip(*sheet.rows[:_LOOKED_AT], strict=True)
    return any(
        sum(1 for cell in column if code.fullmatch(parse_code(cell))) >= _ENOUGH_CODES
        for column in columns
    )


def _softened(problem: Problem, headless: set[str]) -> Problem:
    """A cover or an empty sheet beside a recognised one is worth a note, no more.

    A list of schools that lost its header is more: its rows would be missing.
    """
    if problem.kind == "unknown_form" and problem.sheet in headless:
        return replace(problem, kind="rows_without_header")
    if problem.kind in ("empty_file", "unknown_form"):
        return Problem("sheet_not_used", file=problem.file, sheet=problem.sheet)
    return problem


def _worst_of_empty(problems: list[Problem]) -> list[Problem]:
    """Of a workbook in which nothing was recognised, empty sheets are not the news."""
    told = [problem for problem in problems if problem.kind != "empty_file"]
    return told or problems[:1]


def _kept_for_later(table: FormTable) -> Problem:
    form = FORM[table.form]
    return Problem(
        "form_not_used",
        file=table.sheet.file,
        sheet=table.sheet.name,
        facts={"form_th": form.title_th, "form_en": form.title_en},
    )
