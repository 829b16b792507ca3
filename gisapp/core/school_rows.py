"""Which rows of the received sheets are one school's, so that it can be sent its own alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from gisapp.core.marks import Remark
from gisapp.core.match import SchoolKeys, name_key
from gisapp.core.problems import NOTE
from gisapp.core.sheet_layout import Layout, Spot, faulty_cells, lay_out
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
        """Schools that have a cell to mend or to look at in their own rows, by code."""
        asked = (
            school
            for school, remarks in self.remarks.items()
            if school in self.names
            and any(r.severity != NOTE and self.cells_of(school, r) for r in remarks)
        )
        return sorted(asked)

    def cells_of(self, school: str, remark: Remark) -> list[Spot]:
        """The cells that a remark is about, of those that the school is sent."""
        where = (remark.file, remark.sheet)
        rows = self.rows.get(school, {}).get(where, ())
        if not rows:
            return []
        return [spot for spot in faulty_cells(self.layouts[where], remark) if spot[0] in rows]


def part_by_school(
    sheets: Sequence[Sheet],
    tables: Sequence[FormTable],
    remarks: Sequence[Remark],
    schools: pd.DataFrame,
) -> SchoolRows:
    """Part sheets and remarks by school.

    A row is its school's by its codes; a row whose codes find no school is that of the school
    that a remark on it names. A row that bears the name of another school is nobody's: its
    code may be a mistake.

    Args:
        sheets: The round's own sheets, and those taken over.
        tables: What was read from them, with corrections applied.
        remarks: What schools can mend, in order; one on a row that is not the school's is
            left out.
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
            owners[where] |= _owners(table, keys)
    of_school: dict[str, list[Remark]] = {}
    for remark in remarks:
        if remark.school and _own_remarked(owners, layouts, remark):
            of_school.setdefault(remark.school, []).append(remark)
    rows: dict[str, dict[Where, list[int]]] = {}
    for where, owned in owners.items():
        for row in sorted(row for row, school in owned.items() if school):
            rows.setdefault(owned[row], {}).setdefault(where, []).append(row)
    names = dict(zip(texts["smis_code"], texts["school_name_th"], strict=True))
    return SchoolRows(layouts, of_sheet, rows, of_school, names)


def _owners(table: FormTable, keys: SchoolKeys) -> dict[int, str]:
    """Row -> its school; "" where it bears the name of another one."""
    codes = code_columns(table)
    found = keys.find(codes)
    named = codes["school_name_th"].map(name_key)
    foreign = named.isin({*keys.names.values()} - {""}) & (named != found.map(keys.names))
    found = found[found != ""].where(~foreign, "")
    return {int(str(row)): code for row, code in found.items()}


def _own_remarked(
    owners: Mapping[Where, dict[int, str]], layouts: Mapping[Where, Layout], remark: Remark
) -> bool:
    """Give rows that are nobody's to the school that a remark on them names.

    Returns:
        Whether all the rows that the remark is about are that school's.
    """
    where = (remark.file, remark.sheet)
    if where not in layouts:
        return True
    first = layouts[where].first_row
    rows = {row for row, _ in faulty_cells(layouts[where], remark) if row >= first}
    return all(owners[where].setdefault(row, remark.school) == remark.school for row in rows)
