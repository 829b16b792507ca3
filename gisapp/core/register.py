"""The school register: one clean row per school, from one or several sheets."""

from dataclasses import replace

import pandas as pd

from gisapp.core.bad_codes import fold_bad_codes
from gisapp.core.counts import cell_problem
from gisapp.core.enrolment import EnrolmentRows
from gisapp.core.headings import Headings
from gisapp.core.match import (
    CODES,
    SchoolKeys,
    is_thai_office,
    may_be_code,
    name_key,
    written_code,
    wrong_code,
)
from gisapp.core.national import is_national
from gisapp.core.problems import Problem
from gisapp.core.register_values import TEXTS, read_values
from gisapp.core.second_source import compare_sources
from gisapp.core.sheet_rows import code_columns, has_code, is_total, own_rows
from gisapp.core.tables import FormTable

#: Columns of every clean register. Text is "" where unknown, everything else null.
IDENTITY = ("smis_code", "ministry_code", "percode", "school_name_th")


def read_register(
    tables: list[FormTable],
    headings: Headings,
    area_code: str,
    key_pattern: str,
    accepted: frozenset[str] = frozenset(),
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the sheets that say which schools there are.

    The first sheet that knows a value wins; a later one that differs is reported. A row of a
    list without codes counts when it carries a key that an officer accepted.

    Args:
        tables: Registers, then lists without codes.
        headings: For names of grades.
        area_code, key_pattern: Which codes are the office's.
        accepted: Keys given to schools without a code, right whatever their form.

    Returns:
        register: One row per school, sorted by `smis_code`; `table` and `row` say where it
            was first read, for messages about its place.
        problems: Codes that cannot be used, schools that stand twice, sheets that disagree.
    """
    problems: list[Problem] = []
    register: pd.DataFrame | None = None
    for place, table in enumerate(tables):
        table, other = own_rows(table, area_code)
        # The rows of the national workbook are counted with their pupils, as enrolment.
        if len(other.frame) and not is_national(table):
            kind = "rows_of_other_offices" if len(table.frame) else "only_other_offices"
            facts = {"rows": len(other.frame), "pupils": 0, "area_code": area_code}
            problems.append(Problem(kind, table.sheet.file, table.sheet.name, facts=facts))
        rows, found = _read_table(table, headings, area_code, key_pattern, accepted)
        problems += fold_bad_codes(found, [table], key_pattern)
        rows = rows.assign(table=place)
        if register is None:
            register = rows
        else:
            register, found = _add(register, rows, table, tables)
            problems += found
    if register is None:
        register = pd.DataFrame(columns=[*IDENTITY, *TEXTS, "table", "row"])
    return register.sort_values("smis_code", kind="stable", ignore_index=True), problems


def register_from_enrolment(enrolment: EnrolmentRows, key_pattern: str) -> pd.DataFrame:
    """Make a register of the schools that an enrolment sheet names, where none was sent.

    A code that cannot be one names no school; its pupils become a problem later.
    """
    rows = enrolment.rows.drop_duplicates("smis_code")
    usable = [code != "" and not wrong_code(code, key_pattern) for code in rows["smis_code"]]
    rows = rows.loc[usable]  # without any school `rows[[]]` would drop the columns
    texts = dict.fromkeys(TEXTS, "")
    found = rows[[*IDENTITY, "table", "row"]].assign(**texts)
    return found.sort_values("smis_code", kind="stable", ignore_index=True)


def add_basic_info(
    register: pd.DataFrame, tables: list[FormTable], headings: Headings
) -> tuple[pd.DataFrame, list[Problem]]:
    """Fill what the register does not say from sheets of basic information.

    Returns:
        register: The same schools.
        problems: Rows of schools that the register does not have; what the two say differently.
    """
    problems: list[Problem] = []
    keys = SchoolKeys.of(register)
    for table in tables:
        codes = code_columns(table)
        school = keys.find(codes)
        lost = codes[(school == "") & has_code(codes)]
        for row, code in written_code(lost).items():
            column = next(c for c in CODES if codes.at[row, c])
            problems.append(
                cell_problem("basic_info_unmatched", table, int(str(row)), column, key=code)
            )
        values, found = read_values(table, headings)
        problems += found
        rows = codes.join(values).assign(smis_code=school)[school != ""]
        rows, found = compare_sources(register, rows, table)
        problems += found
        register = _fill(register, rows.drop_duplicates("smis_code"))
    return register, problems


def _read_table(
    table: FormTable,
    headings: Headings,
    area_code: str,
    key_pattern: str,
    accepted: frozenset[str],
) -> tuple[pd.DataFrame, list[Problem]]:
    codes = code_columns(table)
    # A total or a footnote under the table is no school.
    code, name = written_code(codes), codes["school_name_th"]
    # astype: a map over nothing is no mask.
    total = name.map(is_total).astype(bool) | code.map(is_total).astype(bool)
    meant = code.map(lambda text: may_be_code(text, key_pattern)).astype(bool)
    codes = codes[(meant | (name != "")) & ~total]
    # A school that has no 8-digit code is keyed by its ministry code (contract, section 1).
    codes["smis_code"] = codes["smis_code"].where(codes["smis_code"] != "", codes["ministry_code"])
    if table.form == "school_list":
        codes = codes[codes["smis_code"] != ""]
    values, problems = read_values(replace(table, frame=table.frame.loc[codes.index]), headings)
    wrong = codes["smis_code"].map(lambda text: wrong_code(text, key_pattern, accepted))
    for row, expected in wrong[wrong.astype(bool)].items():
        code_text = codes.at[row, "smis_code"]
        problems.append(
            cell_problem("bad_code", table, int(str(row)), "smis_code", key=code_text, **expected)
        )
    codes = codes[~wrong.astype(bool)]
    if is_thai_office(area_code, key_pattern):
        problems += _cross_checks(table, codes[~codes["smis_code"].isin(accepted)], area_code)
    rows = codes.join(values).rename_axis("row").reset_index()
    again = rows["smis_code"].duplicated(keep="first")
    problems += _twice(table, rows, again)
    return rows[~again], problems


def _cross_checks(table: FormTable, codes: pd.DataFrame, area_code: str) -> list[Problem]:
    """Compare the three codes of each school with one another and with the office.

    Source: cs.moe.go.th file specification: ministry code = affiliation 2 + province 2 +
    percode 6; SMIS code = province 2 + area 2 + running 4.
    """
    smis, ministry, percode = codes["smis_code"], codes["ministry_code"], codes["percode"]
    province = (ministry != "") & (ministry.str.slice(2, 4) != area_code[:2])
    six = (ministry != "") & (percode != "") & (ministry.str.slice(4) != percode) & ~province
    other = (smis.str.len() == 8) & (smis.str.slice(0, 4) != area_code[:4])
    office = pd.Series(area_code[:4], index=codes.index)
    checks = (
        (
            "ministry_code_mismatch",
            "ministry_code",
            province,
            ("จังหวัด ", "province "),
            office.str[:2],
        ),
        ("percode_mismatch", "percode", six, ("รหัสกระทรวง ", "the ministry code "), ministry),
        ("code_of_other_office", "smis_code", other, ("", ""), office),
    )
    return [
        cell_problem(
            kind,
            table,
            int(row),
            column,
            key=smis.at[row],
            expected_th=f"{said_th}{expected.at[row]}",
            expected_en=f"{said_en}{expected.at[row]}",
        )
        for kind, column, wrong, (said_th, said_en), expected in checks
        for row in codes.index[wrong]
    ]


def _twice(table: FormTable, rows: pd.DataFrame, again: pd.Series) -> list[Problem]:
    problems = []
    values = rows.drop(columns="row")
    firsts = rows.index[~again]
    first_of = dict(zip(rows.loc[firsts, "smis_code"], firsts, strict=True)) if again.any() else {}
    for place in rows.index[again]:
        code = rows.at[place, "smis_code"]
        first = first_of[code]
        same = values.loc[place].astype(str).equals(values.loc[first].astype(str))
        found = cell_problem(
            "repeated_row" if same else "school_twice",
            table,
            int(rows.at[place, "row"]),
            "smis_code",
            key=code,
            first=table.address(int(rows.at[first, "row"]), "smis_code"),
        )
        problems.append(replace(found, facts={**found.facts, "cell": found.cell}))
    return problems


def _add(
    register: pd.DataFrame, rows: pd.DataFrame, table: FormTable, tables: list[FormTable]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Add a further register: new schools, missing values, and what it says differently."""
    known = register.set_index("smis_code")
    again = rows["smis_code"].isin(known.index)
    both = rows[again]
    here, there = both["school_name_th"], both["smis_code"].map(known["school_name_th"])
    differs = (here != "") & (there != "") & (here.map(name_key) != there.map(name_key))
    problems = [
        cell_problem(
            "register_differs",
            table,
            int(row.row),
            "school_name_th",
            key=row.smis_code,
            registered=there.at[row.Index],
            other_file=tables[known.at[row.smis_code, "table"]].sheet.file,
        )
        for row in both[differs].itertuples()
    ]
    new = rows[~again]
    # Lists that part the office between them have no school in common.
    if 2 * len(both) >= len(rows):
        problems += [
            cell_problem(
                "school_in_one_list",
                table,
                int(row.row),
                "smis_code",
                key=row.smis_code,
                other_file=tables[0].sheet.file,
            )
            for row in new.itertuples()
        ]
    return pd.concat([_fill(register, both), new], ignore_index=True), problems


def _fill(register: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Take from `rows` what the register leaves blank."""
    other = rows.drop(columns=["table", "row"], errors="ignore").set_index("smis_code")
    filled = register.set_index("smis_code")
    both = _blank_as_null(filled).combine_first(_blank_as_null(other))
    both = both.loc[filled.index, [*filled.columns, *other.columns.difference(filled.columns)]]
    texts = [column for column in (*IDENTITY, *TEXTS) if column in both]
    both[texts] = both[texts].where(both[texts].notna(), "")
    return both.rename_axis("smis_code").reset_index()


def _blank_as_null(rows: pd.DataFrame) -> pd.DataFrame:
    found = rows.astype(object)
    return found.where(found.ne(""), None)
