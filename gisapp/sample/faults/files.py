"""Files that cannot be used as they are: what lies in a round's folder beside the good ones."""

from collections.abc import Mapping, Sequence

import numpy as np

from gisapp.core.grades import GRADE
from gisapp.core.rounds import Round
from gisapp.core.text import Cell
from gisapp.sample.faults.planted import Ledger
from gisapp.sample.schools.cohorts import GRADE_CODES
from gisapp.sample.schools.make import School
from gisapp.sample.sheets.enrolment import Line, dmc_table, long_csv, wide_sheet
from gisapp.sample.sheets.filled import Filled, fill
from gisapp.store.workbooks import Page

_GRADES = ("k2", "k3", *(f"p{number}" for number in range(1, 7)))
_SEX_TH = {"male": "ชาย", "female": "หญิง"}
#: A code as a spreadsheet shows it that took it for a number.
DAMAGED_CODE = "9.901E+07"
_AREA_MAP = (
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>เขต</name>',
    "<Polygon><outerBoundaryIs><LinearRing><coordinates>",
    "99.1,19.1 99.2,19.1 99.2,19.2 99.1,19.1",
    "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>",
)


def stray_files(ledger: Ledger, roles: Mapping[str, School], lines: Sequence[Line]) -> list[Filled]:
    """Lay out every kind of file that blocks a round, one fault each, noted.

    Args:
        ledger: Of the round.
        roles: Schools ``late1`` … ``late6`` send their pupils in these files.
        lines: Pupils of all schools.
    """
    late = [next(line for line in lines if line.code == roles[name].smis_code) for name in LATE]
    files = [
        *_bare_files(ledger),
        _unknown_grade(ledger, late[0]),
        _heading(ledger, late[1], "ป.1 ชายย", "grade_heading_near"),
        _heading(ledger, late[2], "เด็กพิเศษ ชาย", "grade_heading_unknown"),
        _heading_twice(ledger, late[3]),
        _total_only(ledger, late[4]),
        _other_year(ledger, late[5]),
        _damaged_column(ledger, lines),
        _neighbours_only(ledger, lines),
    ]
    return files


#: Roles whose schools are not in the round's main sheet.
LATE = tuple(f"late{number}" for number in range(1, 7))


def hidden_page(sheet: Filled) -> Page:
    """An old copy of a sheet, hidden in a workbook."""
    rows = [list(row) for row in sheet.rows[: sheet.title_rows + sheet.header_rows + 5]]
    return Page(
        "เก่า", rows, header_rows=sheet.header_rows, title_rows=sheet.title_rows, hidden=True
    )


def _bare_files(ledger: Ledger) -> list[Filled]:
    """Files in which nothing of a known form can be found."""
    menu: list[list[Cell]] = [["เมนูอาหารกลางวัน", "ราคา"], ["ข้าวผัด", 20], ["ต้มจืด", 22]]
    codeless: list[list[Cell]] = [
        ["ชื่อโรงเรียน", "ประเภท", "แบบสิ่งก่อสร้าง", "ก่อสร้างเมื่อปี พ.ศ.", "สภาพการใช้งาน"],
        ["บ้านเก่าริมธาร", "อาคารเรียน", "ป.1ฉ", 2512, "ทรุดโทรม"],
    ]
    area: list[list[Cell]] = [[line] for line in _AREA_MAP]
    pdf: list[list[Cell]] = [["%PDF-1.4"]]
    nothing: list[list[Cell]] = []
    found = []
    for file, rows, kind in (
        ("อาหารกลางวัน.csv", menu, "unknown_form"),
        ("สิ่งก่อสร้างเพิ่มเติม.csv", codeless, "header_incomplete"),
        ("ว่าง.csv", nothing, "empty_file"),
        ("ประกาศ.pdf", pdf, "unreadable_file"),
        ("เขต.kml", area, "map_among_sheets"),
    ):
        sheet = Filled(file, "none", rows, {}, {}, encoding="utf-8")
        ledger.mark_file(sheet, kind)
        found.append(sheet)
    below = Filled("เก่า/นักเรียน.csv", "none", menu, {}, {})
    ledger.mark_folder("เก่า", "folder_not_read")
    return [*found, below]


def _unknown_grade(ledger: Ledger, line: Line) -> Filled:
    sheet = long_csv("นักเรียนส่งช้า_1.csv", Round.parse(ledger.round_name), [line], "utf-8-sig")
    ledger.put(sheet, f"{line.key} p1", "grade", "ชั้นหนึ่ง", "unknown_grade")
    return sheet


def _heading(ledger: Ledger, line: Line, heading: str, kind: str) -> Filled:
    number = LATE.index("late2" if kind == "grade_heading_near" else "late3") + 1
    sheet = _one_school(f"นักเรียนส่งช้า_{number}.xlsx", line)
    ledger.put(sheet, "header", "p1 male", heading, kind)
    return sheet


def _heading_twice(ledger: Ledger, line: Line) -> Filled:
    sheet = _one_school("นักเรียนส่งช้า_4.xlsx", line)
    sheet.put("header", "p5 male", sheet.get("header", "p4 male"))
    # The same number in both would leave nothing to decide.
    sheet.put(line.key, "p5 male", int(str(sheet.get(line.key, "p4 male"))) + 1)
    ledger.mark_file(sheet, "heading_twice")
    return sheet


def _total_only(ledger: Ledger, line: Line) -> Filled:
    """Pupils in all and none by grade; beside it a list of schools that lost its header."""
    sheet = _one_school("นักเรียนส่งช้า_5.xlsx", line)
    for grade in _GRADES:
        for sex in _SEX_TH:
            sheet.put(line.key, f"{grade} {sex}", None)
    sheet.put(line.key, "total students", int(line.pupils.sum()))
    ledger.mark(sheet, line.key, "smis_code", "total_without_grades")
    rows: list[list[Cell]] = [[f"990107{number:02d}", "บ้านริมธาร", 12] for number in range(70, 76)]
    sheet.side_pages = (Page("ต่อ", rows, header_rows=0, text_columns=frozenset({0})),)
    ledger.mark_file(sheet, "rows_without_header", "ต่อ")
    return sheet


def _other_year(ledger: Ledger, line: Line) -> Filled:
    """A sheet whose title names another year, with pupils on a hidden page."""
    sheet = wide_sheet("นักเรียนส่งช้า_6.xlsx", Round.parse("2567-1"), [line], codes_as_text=True)
    sheet.row_at["title"], sheet.column_at["title"] = 0, 0
    ledger.mark(sheet, "title", "title", "wrong_round")
    sheet.side_pages = (hidden_page(sheet),)
    ledger.mark_file(sheet, "hidden_pupils", "เก่า")
    return sheet


def _damaged_column(ledger: Ledger, lines: Sequence[Line]) -> Filled:
    """A whole column of codes that a spreadsheet took for numbers."""
    like = lines[0]
    damaged = [
        Line(f"row {n}", f"9.90{n}E+07", f"ห้องเรียนเคลื่อนที่ {n}", like.pupils // 40, like.rooms)
        for n in range(10, 22)
    ]
    sheet = wide_sheet(
        "ห้องเรียนเคลื่อนที่.xlsx", Round.parse(ledger.round_name), damaged, codes_as_text=True
    )
    ledger.mark(sheet, "row 10", "smis_code", "code_column_wrong")
    return sheet


def _neighbours_only(ledger: Ledger, lines: Sequence[Line]) -> Filled:
    others = [
        Line(f"9902{n:04d}", f"9902{n:04d}", "", line.pupils, line.rooms)
        for n, line in enumerate(lines[:3], 1)
    ]
    sheet = dmc_table("นักเรียนเขต2.xlsx", others)
    for key in sheet.row_at:
        sheet.put(key, "area_code", "99020000")
    ledger.mark_file(sheet, "only_other_offices")
    return sheet


def _one_school(file: str, line: Line) -> Filled:
    """A sheet with one row of headings and one school; the header row is named ``header``."""
    headings = [("smis_code", "รหัสโรงเรียน", 12.0), ("school_name_th", "ชื่อโรงเรียน", 32.0)]
    record: dict[str, Cell] = {"smis_code": line.code, "school_name_th": line.name}
    for grade in _GRADES:
        counts = np.asarray(line.pupils[GRADE_CODES.index(grade)])
        for (sex, word), number in zip(_SEX_TH.items(), counts, strict=True):
            headings.append((f"{grade} {sex}", f"{GRADE[grade].label_th} {word}", 9.0))
            record[f"{grade} {sex}"] = int(number)
    headings.append(("total students", "รวมทั้งหมด", 9.0))
    record["total students"] = None
    text = frozenset({"smis_code"})
    sheet = fill(file, "enrolment", headings, {line.key: record}, sheet="นักเรียน", text=text)
    sheet.row_at["header"] = 0
    return sheet
