"""Headings as written -> our columns, by tables that officers edit; never by likeness."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from gisapp.core.forms import WIDE
from gisapp.core.text import Cell, heading_key

#: What stands around a grade's own word.
_GRADE_ALONE = re.compile(r"^(ระดับ)?ชั้น|/\d{1,2}$")


@dataclass(frozen=True)
class Headings:
    """Every heading that gisapp knows.

    Attributes:
        forms: Form -> heading key -> our column; a known heading that nobody needs is "".
        grades: Heading key -> grade code or scope.
        measures: Heading key -> male, female, students or class_groups.
        written: Heading key -> heading as it stands in the table, to propose to people.
        wide: Heading key -> ``"<grade or scope> <measure>"``, made from the two tables.
    """

    forms: Mapping[str, Mapping[str, str]]
    grades: Mapping[str, str]
    measures: Mapping[str, str]
    written: Mapping[str, str]
    wide: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Combine grades with measures, in either order."""
        object.__setattr__(self, "wide", _wide(self.grades, self.measures))

    def column(self, form: str, key: str) -> str | None:
        """Our column for a heading key; "" where it is known but unused, None where unknown."""
        found = self.forms.get(form, {}).get(key)
        if found is None and form == "enrolment":
            return self.wide.get(key)
        return found

    def of(self, form: str) -> Mapping[str, str]:
        """Every heading key of a form -> our column, as `column` looks them up one by one."""
        own = self.forms.get(form, {})
        return {**self.wide, **own} if form == "enrolment" else own

    def grade(self, cell: Cell) -> str:
        """Grade code or scope that a cell of a long form names; "" where it is unknown.

        The word ชั้น before a grade and the number of a room behind it do not count:
        ``ชั้น ป.1`` and ``ป.1/2`` are ป.1.
        """
        key = heading_key(cell)
        return self.grades.get(key) or self.grades.get(_GRADE_ALONE.sub("", key), "")

    def official(self, form: str, column: str) -> str:
        """First heading that the tables list for a column of ours."""
        if column == WIDE:
            return "ป.1 ชาย"
        keys = (key for key, known in self.forms.get(form, {}).items() if known == column)
        key = next(keys, None)
        return self.written[key] if key else column

    def nearest(self, form: str, key: str) -> str | None:
        """Known heading that looks most like this one, to be proposed and never taken."""
        known = list(self.forms.get(form, {}))
        if form == "enrolment":
            known += self.wide
        found = difflib.get_close_matches(key, known, n=1, cutoff=0.8)
        return self.written.get(found[0], found[0]) if found else None


def make_headings(tables: Mapping[str, list[tuple[str, str]]]) -> Headings:
    """Build the lookup from tables of (heading, column); ``grades`` and ``measures`` among them.

    A heading that an office adds stands before ours when it comes first.
    """
    keyed: dict[str, dict[str, str]] = {}
    written: dict[str, str] = {}
    for name, lines in tables.items():
        for heading, column in lines:
            key = heading_key(heading)
            keyed.setdefault(name, {}).setdefault(key, column.strip())
            written.setdefault(key, heading.strip())
    grades, measures = keyed.pop("grades", {}), keyed.pop("measures", {})
    return Headings(keyed, grades, measures, written)


def _wide(grades: Mapping[str, str], measures: Mapping[str, str]) -> dict[str, str]:
    wide: dict[str, str] = {}
    for grade_key, grade in grades.items():
        for measure_key, measure in measures.items():
            wide.setdefault(grade_key + measure_key, f"{grade} {measure}")
            wide.setdefault(measure_key + grade_key, f"{grade} {measure}")
    for grade_key, grade in grades.items():
        # "ม.3" beside "ม.3 ชาย" and "ม.3 หญิง" is the sum of both.
        wide.setdefault(grade_key, f"{grade} students")
    return wide
