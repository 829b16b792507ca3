"""What changed about one school from round to round, apart from its figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from gisapp.core.grades import LEVELS
from gisapp.core.profile_rows import School

#: One school over the years: (year BE, its row; None where it is unknown), old to new.
Line = Sequence[tuple[int, School | None]]

#: Columns whose change is told.
_TOLD = ("school_name_th", "size_class_4", "status", "merged_into")


@dataclass(frozen=True)
class Change:
    """A column that says something else than when it was last known.

    Attributes:
        year_be: Year of the round that says so first.
        column: Name of the column.
        before, after: What it said and says; `before` is empty where it said nothing.
    """

    year_be: int
    column: str
    before: str
    after: str


def changes_of(line: Line) -> tuple[Change, ...]:
    """Return what changed, old to new; an unknown value is no change.

    A merger that was not stated before is a change; a name, a size or a status first known is none.
    """
    found = []
    for column in _TOLD:
        last, first = "", True
        for year, school in line:
            value = str(getattr(school, column) or "") if school else ""
            new_state = column == "merged_into" and not first
            if value and value != last and (last or new_state):
                found.append(Change(year, column, last, value))
            last, first = value or last, first and school is None
    return tuple(sorted(found, key=lambda change: change.year_be))


def levels_in(line: Line) -> tuple[str, ...]:
    """Return the levels in which the school had pupils in any of the years, youngest first."""
    return tuple(
        level
        for level in LEVELS
        if any(school and getattr(school, level) for _year, school in line)
    )
