"""The workbooks of `gisapp compare`: what changed, for people who read and print."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from gisapp.core.compare import Comparison
from gisapp.core.compare_schools import KEPT
from gisapp.core.compare_sources import SourceComparison
from gisapp.core.compare_words import in_words, source_lines, summary_lines
from gisapp.store.compare_sheet import columns_of, write_rows, write_summary
from gisapp.store.geopackage import replacing
from gisapp.store.plain_books import new_book

#: Grades beyond this are left out, the smallest changes first, and the sheet says so: a
#: country's would fill half a million rows that nobody reads.
MOST_GRADES = 100_000

_SCHOOL = """
smis_code text 11 | รหัสโรงเรียน
school_name_th text 26 | ชื่อโรงเรียน
"""

#: Four measures, twice and their difference.
_FIGURES = """
students_before count 8 | นักเรียน {before}
students_after count 8 | นักเรียน {after}
students_change change 8 | นักเรียน ต่าง
male_before count 7 | ชาย {before}
male_after count 7 | ชาย {after}
male_change change 7 | ชาย ต่าง
female_before count 7 | หญิง {before}
female_after count 7 | หญิง {after}
female_change change 7 | หญิง ต่าง
class_groups_before count 7 | ห้อง {before}
class_groups_after count 7 | ห้อง {after}
class_groups_change change 7 | ห้อง ต่าง
"""

_SCHOOLS = f"""{_SCHOOL}
district text 13 | อำเภอ
subdistrict text 13 | ตำบล
school_network text 18 | เครือข่าย
fate text 10 | สถานะ
changed text 20 | สิ่งที่เปลี่ยน
students_before count 8 | นักเรียน {{before}}
students_after count 8 | นักเรียน {{after}}
students_change change 8 | นักเรียน ต่าง
male_change change 7 | ชาย ต่าง
female_change change 7 | หญิง ต่าง
pre_primary_change change 10 | ก่อนประถม ต่าง
primary_change change 8 | ประถม ต่าง
lower_secondary_change change 8 | ม.ต้น ต่าง
upper_secondary_change change 8 | ม.ปลาย ต่าง
class_groups_before count 7 | ห้อง {{before}}
class_groups_after count 7 | ห้อง {{after}}
class_groups_change change 7 | ห้อง ต่าง
"""

_CAME_AND_WENT = f"""{_SCHOOL}
district text 16 | อำเภอ
subdistrict text 16 | ตำบล
fate text 10 | สถานะ
merged_into text 12 | รวมกับ
students_before count 9 | นักเรียน {{before}}
students_after count 9 | นักเรียน {{after}}
likely text 46 | อาจเป็นโรงเรียนเดียวกัน (ต้องตรวจ)
"""

_VALUES = f"""{_SCHOOL}
column text 18 | เรื่อง
value_before text 34 | {{before}}
value_after text 34 | {{after}}
"""

_POINTS = f"""{_SCHOOL}
distance_m metres 11 | ระยะ (ม.)
moved text 9 | ย้ายจุด
quality_before text 15 | พิกัด {{before}}
quality_after text 15 | พิกัด {{after}}
lat_before degrees 11 | ละติจูด {{before}}
lon_before degrees 11 | ลองจิจูด {{before}}
lat_after degrees 11 | ละติจูด {{after}}
lon_after degrees 11 | ลองจิจูด {{after}}
"""

_TOTALS = f"""
unit_kind text 14 | พื้นที่
unit text 24 | ชื่อ
scope text 20 | ระดับ
{_FIGURES}
students_uncompared change 9 | จากโรงเรียนที่เทียบไม่ได้
"""


def write_compare_book(
    compared: Comparison, path: Path, title: str, size_words: Mapping[str, str]
) -> None:
    """Write a comparison of two rounds, headings in Thai.

    Args:
        compared: What was found.
        path: Replaced in one step.
        title: Line above each table: the office.
        size_words: Class of `size_class_4` -> its word.
    """
    names = {"before": compared.before.name, "after": compared.after.name}
    title = f"{title} · เปรียบเทียบรอบ {compared.before} กับ {compared.after}"
    sheets = {
        "โรงเรียน": (_SCHOOLS, _worded(compared.schools, "fate", "changed"), ""),
        "เพิ่ม เลิก รวม": (_CAME_AND_WENT, _came_and_went(compared), ""),
        "ข้อมูลที่เปลี่ยน": (_VALUES, _values(compared.values, size_words), ""),
        "ย้ายจุด": (_POINTS, _points(compared.points), _POINTS_NOTE),
        "รายระดับ": (
            f"{_SCHOOL}education_level text 20 | ระดับ\n{_FIGURES}",
            _worded(_with_names(_differing(compared.levels), compared.schools), "education_level"),
            "แสดงเฉพาะระดับที่ต่างกันหรือเทียบไม่ได้",
        ),
        "รายชั้น": (f"{_SCHOOL}grade text 8 | ชั้น\n{_FIGURES}", *_grades(compared)),
        "รวมตามพื้นที่": (_TOTALS, _totals(compared.totals), ""),
    }
    lines = summary_lines(compared, "th")
    with replacing(path) as part, new_book(part, in_order=True) as book:
        write_summary(book, title, lines, columns_of(_TOTALS, names), _overall(compared.totals))
        for name, (columns, rows, note) in sheets.items():
            write_rows(book, name, title, note, columns_of(columns, names), rows)


_POINTS_NOTE = "วัดระยะเฉพาะระหว่างพิกัดที่สำรวจแล้วทั้งสองรอบ จุดแทนไม่ใช้วัดระยะ"


def write_source_book(compared: SourceComparison, path: Path, title: str) -> None:
    """Write a comparison of a round's pupils with the nation's, headings in Thai.

    Args:
        compared: What was found.
        path: Replaced in one step.
        title: Line above each table: the office.
    """
    names = {"before": "สำนักงาน", "after": "ระดับประเทศ"}
    title = f"{title} · รอบ {compared.data_round} ตัวเลขของสำนักงานเทียบกับระดับประเทศ"
    file = "source_file text 24 | ไฟล์ระดับประเทศ\n"
    schools = f"{_SCHOOL}stated_by text 16 | มีใน\n{_FIGURES}{file}"
    grades = f"{_SCHOOL}grade text 8 | ชั้น\n{_FIGURES}{file}"
    by_grade, note = _grades(compared)
    with replacing(path) as part, new_book(part, in_order=True) as book:
        totals = f"scope text 20 | ระดับ\n{_FIGURES}{file}"
        lines = source_lines(compared, "th")
        write_summary(
            book, title, lines, columns_of(totals, names), _worded(compared.totals, "scope")
        )
        rows = _worded(compared.schools, "stated_by")
        write_rows(book, "โรงเรียน", title, "", columns_of(schools, names), rows)
        write_rows(book, "รายชั้น", title, note, columns_of(grades, names), by_grade)


def _worded(rows: pd.DataFrame, *columns: str) -> pd.DataFrame:
    return rows.assign(**{column: in_words(rows[column]) for column in columns})


def _with_names(rows: pd.DataFrame, schools: pd.DataFrame) -> pd.DataFrame:
    names = schools.drop_duplicates("smis_code").set_index("smis_code")["school_name_th"]
    return rows.assign(school_name_th=names.reindex(rows["smis_code"]).array)


def _differing(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows in which a figure differs, or is known on one side only."""
    keep = pd.Series(False, index=rows.index)
    for measure in ("students", "male", "female", "class_groups"):
        before, after = rows[f"{measure}_before"], rows[f"{measure}_after"]
        keep |= before.ne(after).fillna(before.isna() != after.isna()).astype(bool)
    return rows[keep]


def _grades(compared: Comparison | SourceComparison) -> tuple[pd.DataFrame, str]:
    """Return the grades that differ with their schools' names, and a line about what is shown."""
    rows = _differing(compared.grades)
    note = "แสดงเฉพาะชั้นที่ต่างกันหรือเทียบไม่ได้"
    if len(rows) > MOST_GRADES:
        largest = rows["students_change"].abs().fillna(0).astype(int)
        shown = largest.sort_values(ascending=False, kind="stable").index[:MOST_GRADES]
        note += f" มี {len(rows):,} แถว แสดง {MOST_GRADES:,} แถวที่ต่างมากที่สุด"
        rows = rows.loc[shown.sort_values()]
    return _worded(_with_names(rows, compared.schools), "grade"), note


def _came_and_went(compared: Comparison) -> pd.DataFrame:
    """Schools that are new, closed or merged, each with the one it may be under another code."""
    rows = _worded(compared.schools[compared.schools["fate"] != KEPT], "fate")
    same = in_words(compared.recoded["same"])
    before, after = compared.recoded["code_before"], compared.recoded["code_after"]
    likely = {
        **dict(zip(before, "รหัสใหม่ " + after + " (" + same + ")", strict=True)),
        **dict(zip(after, "รหัสเดิม " + before + " (" + same + ")", strict=True)),
    }
    return rows.assign(likely=rows["smis_code"].map(likely)).sort_values("fate", kind="stable")


def _values(rows: pd.DataFrame, size_words: Mapping[str, str]) -> pd.DataFrame:
    worded = rows.copy()
    grade, size = rows["column"].str.endswith("_grade"), rows["column"].eq("size_class_4")
    for side in ("value_before", "value_after"):
        worded.loc[grade, side] = in_words(rows.loc[grade, side])
        worded.loc[size, side] = in_words(rows.loc[size, side], size_words)
    return _worded(worded, "column").sort_values(["column", "smis_code"], kind="stable")


def _points(rows: pd.DataFrame) -> pd.DataFrame:
    moved = rows["moved"].map({True: "ย้าย", False: None})
    return _worded(rows.assign(moved=moved), "quality_before", "quality_after")


def _totals(rows: pd.DataFrame) -> pd.DataFrame:
    unit = rows["unit"].where(rows["unit"].notna(), "ไม่ระบุ")
    return _worded(rows.assign(unit=unit), "unit_kind", "scope")


def _overall(totals: pd.DataFrame) -> pd.DataFrame:
    """The office level by level, then each district as a whole."""
    district = totals["unit_kind"].eq("district") & totals["scope"].eq("total")
    return _totals(totals[totals["unit_kind"].eq("office") | district])
