"""Which rows of the received sheets are one school's, so that it can be sent its own alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from gisapp.core.marks import Remark
from gisapp.core.match import SchoolKeys
from gisapp.core.problems import NOTE
from gisapp.core.sheet_layout import Layout, faulty_cells, lay_out
from gisapp.core.sheet_rows import code_columns
from gisapp.core.tables import FormTable, Sheet

#: (file, sheet name)
Where = tuple[str, str]


@dataclass(frozen=True)
class SchoolRows:
    """The sheets of a round, parted by school.

    Attributes:
        layouts: Every visible sheet that was recognised.
        tables: What was read from them.
        rows: School -> sheet -> its rows, as places in the sheet, in order.
        remarks: School -> what was found about it, in the order in which it is read.
        names: School -> name, of every school of the register.
    """

    layouts: Mapping[Where, Layout]
    tables: Mapping[Where, Sequence[FormTable]]
    rows: Mapping[str, Mapping[Where, Sequence[int]]]
    remarks: Mapping[str, Sequence[Remark]]
    names: Mapping[str, str]

    @property
    def to_ask(self) -> list[str]:
        """Schools that have more to look at than notes, by code."""
        asked = (
            school
            for school, remarks in self.remarks.items()
            if school in self.names and any(remark.severity != NOTE for remark in remarks)
        )
        return sorted(asked)


def part_by_school(
    sheets: Sequence[Sheet],
    tables: Sequence[FormTable],
    remarks: Sequence[Remark],
    schools: pd.DataFrame,
) -> SchoolRows:
    """Part sheets and remarks by school.

    A row is its school's by its codes; a row whose codes find no school is that of the school
    that a remark on it names.

    Args:
        sheets: The round's own sheets.
        tables: What was read from them, with corrections applied.
        remarks: Everything found, in order.
        schools: The layer `schools`.
    """
    texts = schools[["smis_code", "ministry_code", "percode", "school_name_th"]]
    texts = texts.astype(object).where(texts.notna(), "")
    keys = SchoolKeys.of(texts)
    shown = [sheet for sheet in sheets if not sheet.hidden]
    layouts = {where: found for where, found in lay_out(shown, tables).items() if found.header}
    owners: dict[Where, dict[int, str]] = {where: {} for where in layouts}
    of_sheet: dict[Where, list[FormTable]] = {where: [] for where in layouts}
    for table in tables:
        where = (table.sheet.file, table.sheet.name)
        if where in layouts:
            of_sheet[where].append(table)
            found = keys.find(code_columns(table))
            owners[where] |= {int(str(row)): code for row, code in found.items() if code}
    of_school: dict[str, list[Remark]] = {}
    for remark in remarks:
        if remark.school:
            of_school.setdefault(remark.school, []).append(remark)
            _own_remarked(owners, layouts, remark)
    rows: dict[str, dict[Where, list[int]]] = {}
    for where, owned in owners.items():
        for row in sorted(owned):
            rows.setdefault(owned[row], {}).setdefault(where, []).append(row)
    names = dict(zip(texts["smis_code"], texts["school_name_th"], strict=True))
    return SchoolRows(layouts, of_sheet, rows, of_school, names)


def _own_remarked(
    owners: Mapping[Where, dict[int, str]], layouts: Mapping[Where, Layout], remark: Remark
) -> None:
    """Give a row that is nobody's to the school that a remark on it names."""
    where = (remark.file, remark.sheet)
    if where in layouts:
        for row, _ in faulty_cells(layouts[where], remark):
            if row >= layouts[where].first_row:
                owners[where].setdefault(row, remark.school)
