"""Wrong codes: a whole column of them is one fault, told once; what is likely is proposed."""

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace

import pandas as pd

from gisapp.core.match import wrong_code
from gisapp.core.problems import Problem
from gisapp.core.tables import FormTable, column_letters
from gisapp.core.text import clean_text, is_damaged_code, parse_code

#: From so many wrong codes on, and this share of a column, it is the column that is wrong.
_MANY, _MOST = 5, 0.5
#: A column of which this share of the cells could be codes looks like the codes.
_LIKELY = 0.8


def fold_bad_codes(
    problems: list[Problem],
    tables: Sequence[FormTable],
    key_pattern: str,
    known: Container[str] | None = None,
) -> list[Problem]:
    """Put the many ``bad_code`` of one column into one ``code_column_wrong``.

    The other problems stay as they are, and in their order. A code that is right but for
    strokes or points between its digits is proposed without them, and stays by itself.

    Args:
        problems: Of the tables.
        tables: The sheets.
        key_pattern: What a key of the office obeys in full.
        known: Keys of the register, the only ones that are proposed; None for the register.
    """
    by_sheet = {(table.sheet.file, table.sheet.name): table for table in tables}
    problems = _propose_codes(problems, tables, key_pattern, known)
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        if problem.kind == "bad_code" and not problem.proposal:
            groups.setdefault((problem.file, problem.sheet, problem.column), []).append(problem)
    folded: dict[tuple[str, str, str], Problem] = {}
    for where, group in groups.items():
        table = by_sheet.get(where[:2])
        if table is not None and _is_most(group, table):
            folded[where] = _of_column(group, table, key_pattern)
    done, told = [], set()
    for problem in problems:
        where = (problem.file, problem.sheet, problem.column)
        if problem.kind != "bad_code" or problem.proposal or where not in folded:
            done.append(problem)
        elif where not in told:
            told.add(where)
            done.append(folded[where])
    return done


def _propose_codes(
    problems: list[Problem],
    tables: Sequence[FormTable],
    key_pattern: str,
    known: Container[str] | None,
) -> list[Problem]:
    """Propose a code without its strokes where it is a key, and only one school's."""
    if not any(_plain(problem, key_pattern) for problem in problems):
        return problems
    of_sheet = {(table.sheet.file, table.sheet.name): table for table in tables}
    written = {
        where: Counter(table.frame["smis_code"].map(parse_code))
        for where, table in of_sheet.items()
        if "smis_code" in table.frame
    }
    done = []
    for problem in problems:
        plain, where = _plain(problem, key_pattern), (problem.file, problem.sheet)
        if plain and where in written and (known is None or plain in known):
            alone = written[where][problem.key] == 1 and plain not in written[where]
            if alone or of_sheet[where].form == "enrolment_long":
                why = {
                    "why_th": "ตัดขีดหรือจุดระหว่างตัวเลขออก",
                    "why_en": "without what parts its digits",
                }
                proposal = {"smis_code": plain}
                problem = replace(problem, proposal=proposal, facts={**problem.facts, **why})
        done.append(problem)
    return done


def _plain(problem: Problem, key_pattern: str) -> str:
    """The key that a wrong code is without what parts its digits; "" where it is none."""
    plain = re.sub(r"[-./_]", "", problem.key) if problem.kind == "bad_code" else ""
    right = plain not in ("", problem.key) and re.fullmatch(key_pattern, plain)
    return plain if right else ""


def _is_most(group: list[Problem], table: FormTable) -> bool:
    if "smis_code" not in table.frame:
        return False
    written = set(table.frame["smis_code"].map(parse_code)) - {""}
    return len(group) >= _MANY and len(group) >= _MOST * len(written)


def _of_column(group: list[Problem], table: FormTable, key_pattern: str) -> Problem:
    pupils = sum(problem.pupils for problem in group)
    damaged = sum(is_damaged_code(problem.key) for problem in group)
    right = _looks_like_codes(table, key_pattern)
    facts: dict[str, object] = {
        "rows": len(group),
        "pupils": pupils,
        "damaged_th": f" ในจำนวนนี้ Excel ตัดหลักท้ายทิ้ง {damaged} รหัส" if damaged else "",
        "damaged_en": f"; of {damaged} the spreadsheet cut the last digits" if damaged else "",
        "guess_th": f" คอลัมน์ {right} ดูเหมือนเป็นรหัสโรงเรียน" if right else "",
        "guess_en": f"; column {right} looks like the codes" if right else "",
    }
    first = group[0]
    examples = ", ".join(problem.key for problem in group[:3])
    return replace(
        first, kind="code_column_wrong", key=table.form, value=examples, pupils=pupils, facts=facts
    )


def _looks_like_codes(table: FormTable, key_pattern: str) -> str:
    """Letters and heading of the column most of whose cells could be codes, all different."""
    rows = list(table.frame.index)
    taken = table.places.get("smis_code")
    for place in range(len(table.sheet.rows[0]) if table.sheet.rows else 0):
        if place == taken:
            continue
        cells = pd.Series([parse_code(table.sheet.rows[row][place]) for row in rows], dtype=object)
        likely = cells.map(lambda code: code != "" and not wrong_code(code, key_pattern))
        if likely.sum() >= max(_MANY, _LIKELY * len(rows)) and cells.nunique() >= _LIKELY * len(
            rows
        ):
            heading = clean_text(table.sheet.rows[rows[0] - 1][place]) if rows[0] else ""
            return f"{column_letters(place)} “{heading}”" if heading else column_letters(place)
    return ""
