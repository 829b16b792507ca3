"""The blank forms that a new office gets: one workbook a form, with a guide in two languages."""

from pathlib import Path

from gisapp.core.grades import GRADES as GRADE_LIST
from gisapp.core.text import Cell
from gisapp.store.forms_highland import HIGHLAND
from gisapp.store.forms_others import OTHER_SCHOOLS
from gisapp.store.forms_table import (
    BUILDINGS,
    LONG,
    REGISTER,
    SERVICE_VILLAGES,
    STAFF,
    TEST_RESULTS,
    VILLAGE_POPULATION,
    FormColumn,
    FormText,
)
from gisapp.store.workbooks import Page, write_workbook

WIDE_FILE = "1-นักเรียน-ตามชั้น.xlsx"
GUIDE = "คำแนะนำ"

#: Forms with one row of headings, in the order of their numbers.
FORMS = (
    LONG,
    REGISTER,
    BUILDINGS,
    SERVICE_VILLAGES,
    VILLAGE_POPULATION,
    STAFF,
    HIGHLAND,
    TEST_RESULTS,
    OTHER_SCHOOLS,
)

_WIDE = FormText(
    "enrolment",
    WIDE_FILE,
    "จำนวนนักเรียน",
    "จำนวนนักเรียนแยกชั้นและเพศ",
    "Enrolment by grade and sex",
    "หนึ่งแถวคือหนึ่งโรงเรียน ชั้นที่ไม่เปิดสอนให้เว้นว่าง เปิดสอนแต่ไม่มีนักเรียนให้ใส่ 0",
    "One row is one school. Leave a grade that is not taught empty; write 0 where nobody came",
    (
        FormColumn("smis_code", "รหัสsmis", 12, "รหัส DMC/SMIS 8 หลัก", "8-digit DMC/SMIS code", True),
        FormColumn(
            "school_name_th", "ชื่อสถานศึกษา", 32, "ไม่ต้องใส่คำว่า โรงเรียน", "without the word โรงเรียน"
        ),
    ),
)
_MEASURES = (("male", "ชาย"), ("female", "หญิง"), ("class_groups", "ห้อง"))
_STAGES = {"k": "อนุบาล ", "p": "ประถมศึกษาปีที่ ", "m": "มัธยมศึกษาปีที่ "}

#: What holds for every form.
_RULES = (
    ("ห้ามใส่ชื่อคน เลขประจำตัวประชาชน หรือข้อมูลรายบุคคล ระบบจะไม่รับไฟล์นั้น",
     "Never write names or numbers of persons: a file with such data is refused"),
    ("ไม่ต้องแก้หัวตาราง เพิ่มแถวได้ตามจำนวนจริง",
     "Leave the headings as they are; add as many rows as needed"),
    ("รหัสเก็บเป็นข้อความ เลข 0 ข้างหน้าจึงไม่หาย วางข้อมูลแบบ “ค่าเท่านั้น”",
     "Codes are text, so leading zeros stay; paste as values only"),
    ("ไม่ทราบให้เว้นว่าง ไม่ใส่ 0 แทนไม่ทราบ", "Leave unknown empty; 0 means none"),
    ("วางไฟล์ที่กรอกแล้วใน data/rounds/<รอบ>/ เช่น data/rounds/2568-1/ ตั้งชื่อไฟล์ได้ตามสะดวก",
     "Put the filled file into data/rounds/<round>/, such as data/rounds/2568-1/, under any name"),
)  # fmt: skip


def write_blank_forms(folder: Path) -> list[Path]:
    """Write every blank form into a folder, replacing older ones; return their paths."""
    written = [folder / WIDE_FILE]
    write_workbook([_wide_page(), _guide(_WIDE)], written[0])
    for form in FORMS:
        written.append(folder / form.file)
        write_workbook([_page(form), _guide(form)], written[-1])
    return written


def _page(form: FormText) -> Page:
    """The sheet to fill: a row of headings and nothing below."""
    return Page(
        name=form.sheet,
        rows=[[column.heading for column in form.columns]],
        text_columns=frozenset(p for p, column in enumerate(form.columns) if column.is_text),
        widths={place: column.width for place, column in enumerate(form.columns)},
        frozen_columns=_frozen(form),
        notes={p: f"{c.th}\n{c.en}" for p, c in enumerate(form.columns) if c.th},
        choices={p: column.choices for p, column in enumerate(form.columns) if column.choices},
        is_form=True,
    )


def _wide_page() -> Page:
    """The enrolment sheet with a group of columns for each grade, under two rows of headings."""
    upper: list[Cell] = [column.heading for column in _WIDE.columns]
    lower: list[Cell] = [None] * len(upper)
    merged = [(0, place, 1, place) for place in range(len(upper))]
    for grade in GRADE_LIST:
        if grade.code[0] == "v":
            continue  # vocational classes are rare: an office adds the columns it needs
        left = len(upper)
        merged.append((0, left, 0, left + len(_MEASURES) - 1))
        upper += [f"{_STAGES[grade.code[0]]}{grade.code[1]}", *[None] * (len(_MEASURES) - 1)]
        lower += [word for _, word in _MEASURES]
    names = {place: column.width for place, column in enumerate(_WIDE.columns)}
    return Page(
        name=_WIDE.sheet,
        rows=[upper, lower],
        merged=merged,
        header_rows=2,
        text_columns=frozenset({0}),
        widths=dict.fromkeys(range(len(upper)), 6.5) | names,
        frozen_columns=2,
        is_form=True,
    )


def _frozen(form: FormText) -> int:
    """Columns that say which school a row is stay in sight."""
    names = [column.name for column in form.columns]
    return names.index("school_name_th") + 1 if "school_name_th" in names[:4] else 1


def _guide(form: FormText) -> Page:
    """A page that says, in Thai and English, what one row is and how to fill each column."""
    rows: list[list[Cell]] = [[form.title_th, form.title_en]]
    rows.append([form.one_row_th, form.one_row_en])
    rows += [[th, en] for th, en in _RULES]
    rows.append([None, None])
    columns = [*form.columns]
    if form is _WIDE:
        columns += [
            FormColumn("male", "ชาย หญิง", 8, "จำนวนนักเรียนของชั้น", "boys and girls of the grade"),
            FormColumn("class_groups", "ห้อง", 8, "จำนวนกลุ่มเรียนของชั้น", "class groups of the grade"),
        ]
    rows += [
        [f"{column.heading} · {column.th}", _in_english(column)] for column in columns if column.th
    ]
    return Page(
        name=GUIDE, rows=rows, title_rows=1, header_rows=0, widths={0: 72, 1: 72}, wrapped=True
    )


def _in_english(column: FormColumn) -> str:
    words = f" ({', '.join(column.choices)})" if 0 < len(column.choices) <= 6 else ""
    return f"{column.name}: {column.en}{words}"
