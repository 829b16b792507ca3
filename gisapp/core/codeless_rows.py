"""Long forms that name a school only in its first row: one fault of the file, told once."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from gisapp.core.enrolment import EnrolmentRows
from gisapp.core.match import name_key, written_code
from gisapp.core.problems import Problem

#: File, sheet and row number.
Row = tuple[str, str, int | None]


def fold_codeless(problems: list[Problem], enrolment: EnrolmentRows) -> list[Problem]:
    """Put the many ``row_without_code`` of one sheet into one ``codes_only_in_first_rows``.

    That is said where rows without a code stand right below a school's row, with other grades
    than those above and no other name: filled down, they are that school's. Other rows without
    a code stay as they are. The pupils are summed up.
    """
    if not any(problem.kind == "row_without_code" for problem in problems):
        return problems
    owners = _owners(enrolment)
    done: list[Problem] = []
    groups: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        if problem.kind == "row_without_code" and _where(problem) in owners:
            groups.setdefault((problem.file, problem.sheet), []).append(problem)
        else:
            done.append(problem)
    return done + [_of_sheet(group, owners) for group in groups.values()]


def _where(problem: Problem) -> Row:
    return problem.file, problem.sheet, problem.row


def _owners(enrolment: EnrolmentRows) -> dict[Row, str]:
    """Row without a code in a long form -> code of the school that it stands below."""
    rows = enrolment.rows.assign(
        code=written_code(enrolment.rows),
        grade=enrolment.counts.groupby("source")["grade"].first(),
        name=enrolment.rows["school_name_th"].map(name_key),
    )
    owners: dict[Row, str] = {}
    for place, of_table in rows.groupby("table", sort=False):
        sheet = enrolment.tables[int(str(place))].sheet
        if enrolment.tables[int(str(place))].form == "enrolment_long":
            columns = ("row", "code", "name", "grade")
            found = _filled_down(zip(*(of_table[column] for column in columns), strict=True))
            owners |= {
                (sheet.file, sheet.name, sheet.row_number(row)): code for row, code in found.items()
            }
    return owners


def _filled_down(rows: Iterable[tuple[int, str, str, object]]) -> dict[int, str]:
    """Row without a code -> the code that filling down would give it.

    Args:
        rows: Place, code, comparable name and grade of each row, in order.
    """
    school, school_name = "", ""
    grades: set[object] = set()
    found = {}
    for row, code, name, grade in rows:
        if code:
            grades = {grade} if code != school else {*grades, grade}
            school, school_name = code, name
        elif school and grade not in grades and name in ("", school_name):
            grades.add(grade)
            found[row] = school
        else:
            school = ""  # somebody unknown: what follows may be theirs
    return found


def _of_sheet(group: list[Problem], owners: Mapping[Row, str]) -> Problem:
    pupils = sum(problem.pupils for problem in group)
    schools = list(dict.fromkeys(owners[_where(problem)] for problem in group))
    facts = {"rows": len(group), "schools": len(schools), "first": schools[0], "pupils": pupils}
    key = schools[0] if len(schools) == 1 else ""
    return replace(
        group[0], kind="codes_only_in_first_rows", key=key, value="", pupils=pupils, facts=facts
    )
