"""Faults planted in the sample's sheets, each with its cell, so that tests can count them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from gisapp.core.findings import FINDINGS
from gisapp.core.text import Cell
from gisapp.sample.schools.make import School, Schools
from gisapp.sample.sheets.filled import Filled

#: Parts that one school each plays; no school plays two, so that no fault hides another.
ROLES = (
    *(f"blank{number}" for number in range(1, 7)),
    "swapped",
    "utm",
    "outside_subdistrict",
    "outside_office",
    "bad_point",
    "no_subdistrict",
    "unknown_subdistrict",
    "percode",
    "ministry_code",
    "distance",
    "website",
    "renamed",
    "renamed_too",
    "roomless1",
    "roomless2",
    "roomless3",
    "wrong_sum",
    "word",
    "twice",
    "basic_info",
    "half",
    "zero",
    "lost_point",
    "comma",
    "one_cell",
    "dms",
    "indian",
    "few_decimals",
    "whole_degrees",
    "outside_district",
    "outside_country",
    "moved",
    "script",
    "closed",
)
#: Parts about pupils, staff and structures: medium schools, so that their numbers say something.
LARGER_ROLES = (
    "jump",
    "level",
    "no_teachers",
    "staff_twice",
    "old_building",
    "future_building",
    "double_building",
    "two_names",
    "two_sources",
    "late1",
    "late2",
    "late3",
    "late4",
    "late5",
    "late6",
)
#: What is found on opening a sheet, or between sheets of one round, and not again when one of
#: them is carried on.
_OF_ONE_ROUND = (
    *("no_enrolment", "no_service_villages", "sheet_not_used", "rows_of_other_offices"),
    *("moved_point", "level_empty", "sources_disagree"),
    *("heading_near", "announced_without_school"),
)
PLANTED_COLUMNS = ("round", "file", "sheet", "cell", "kind", "severity")


@dataclass(frozen=True)
class Planted:
    """One fault that a correct check of the round finds.

    `cell` is empty for a whole file; `file` begins with the round it lies in, as in
    ``2567-1/x.xlsx``, when that is an earlier one.
    """

    round_name: str
    file: str
    sheet: str
    cell: str
    kind: str

    @property
    def severity(self) -> str:
        """How much the fault matters: block, warn or note."""
        return FINDINGS[self.kind].severity

    @property
    def row(self) -> tuple[str, ...]:
        """Cells in the order of PLANTED_COLUMNS."""
        return (self.round_name, self.file, self.sheet, self.cell, self.kind, self.severity)


class Ledger:
    """Faults of one round, in the order in which they were planted."""

    def __init__(self, round_name: str) -> None:
        """Begin with none."""
        self.round_name = round_name
        self.planted: list[Planted] = []

    def put(self, sheet: Filled, key: str, column: str, value: Cell, kind: str) -> None:
        """Write a wrong value into a cell and note it."""
        sheet.put(key, column, value)
        self.mark(sheet, key, column, kind)

    def mark(self, sheet: Filled, key: str, column: str, kind: str, file: str = "") -> None:
        """Note that a cell is at fault as it stands; `file` where it is not the sheet's own."""
        place = (file or sheet.file, sheet.sheet, sheet.address(key, column))
        self.planted.append(Planted(self.round_name, *place, kind))

    def unmark(self, sheet: Filled, key: str, column: str) -> None:
        """Take back what was noted of a cell: another finding stands in its place, or none."""
        place = (sheet.file, sheet.sheet, sheet.address(key, column))
        self.planted = [p for p in self.planted if (p.file, p.sheet, p.cell) != place]

    def mark_absent(self, kind: str) -> None:
        """Note that something was not sent at all."""
        self.planted.append(Planted(self.round_name, "", "", "", kind))

    def mark_file(self, sheet: Filled, kind: str, sheet_name: str | None = None) -> None:
        """Note something about a whole sheet, this one or a side page."""
        name = sheet.sheet if sheet_name is None else sheet_name
        self.planted.append(Planted(self.round_name, sheet.file, name, "", kind))

    def mark_folder(self, name: str, kind: str) -> None:
        """Note a folder among the files."""
        self.planted.append(Planted(self.round_name, name, "", "", kind))

    def carry(self, earlier: "Ledger", files: Collection[str]) -> None:
        """Note that a form is taken from an earlier round, and again what is wrong in its files."""
        self.mark_absent("taken_from_earlier_round")
        self.planted += [
            replace(p, round_name=self.round_name, file=f"{earlier.round_name}/{p.file}")
            for p in earlier.planted
            if p.file in files and p.kind not in _OF_ONE_ROUND
        ]


def cast(schools: Schools) -> Mapping[str, School]:
    """Give every role a school: plain ones, spread over the office.

    ``shared`` stands on the point of ``shared_with``, and ``near`` beside ``near_to``, which lie
    in the same subdistrict, so that nothing but that is wrong; ``expansion`` is an expansion
    school.
    """
    plain = _plain(schools, "small")
    pair = _neighbours(plain)
    left = [school for school in plain if school not in pair]
    spread = _spread(left)
    roles = dict(zip(ROLES, spread, strict=False))
    roles["shared"], roles["shared_with"] = pair
    roles["near"], roles["near_to"] = _neighbours(spread[len(ROLES) :])
    roles |= dict(zip(LARGER_ROLES, _spread(_plain(schools, "medium")), strict=False))
    roles["expansion"] = next(s for s in schools.schools if s.expansion and s.grades[1] == "m3")
    roles["unreported"] = next(s for s in schools.schools if s.rank == "unreported")
    roles["emptied"] = next(s for s in schools.schools if s.rank == "zero")
    return roles


def _plain(schools: Schools, rank: str) -> list[School]:
    """Schools of a rank about which nothing is special."""
    mains = {school.branch_of for school in schools.schools}
    return [
        school
        for school in schools.schools
        if school.rank == rank
        and school.smis_code not in mains
        and not (school.branch_of or school.island or school.highland or school.expansion)
    ]


def _neighbours(schools: Sequence[School]) -> tuple[School, School]:
    """The first two schools of one subdistrict."""
    return next(
        (one, other)
        for place, one in enumerate(schools)
        for other in schools[place + 1 :]
        if one.subdistrict_code == other.subdistrict_code
    )


def _spread(schools: Sequence[School]) -> list[School]:
    """The same schools in an order that strides over the office."""
    # A step that shares no factor with the number of schools visits each of them once.
    step = next(step for step in range(7, 60) if _coprime(step, len(schools)))
    return [schools[place * step % len(schools)] for place in range(len(schools))]


def _coprime(one: int, other: int) -> bool:
    while other:
        one, other = other, one % other
    return one == 1
