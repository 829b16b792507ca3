"""What a published layer and its columns are made of."""

from dataclasses import dataclass

#: Kinds of column -> pandas type. Unknown is null in all of them.
TYPES = {
    "text": "object",
    "date": "object",  # ISO text, so that every reader shows the same day
    "int": "Int64",
    "float": "Float64",
    "flag": "boolean",
}


@dataclass(frozen=True)
class Column:
    """One column: its kind (key of `TYPES`) and titles."""

    name: str
    kind: str
    title_th: str
    title_en: str


@dataclass(frozen=True)
class Layer:
    """One layer. `geometry` is its type, or None for a table without places."""

    name: str
    geometry: str | None
    title_th: str
    description_th: str
    title_en: str
    columns: tuple[Column, ...]


def columns_of(lines: str) -> tuple[Column, ...]:
    """Read ``name kind | Thai | English`` lines."""
    found = []
    for line in lines.strip().splitlines():
        left, title_th, title_en = (part.strip() for part in line.split("|"))
        name, kind = left.split()
        found.append(Column(name, kind, title_th, title_en))
    return tuple(found)


ROUND_COLUMNS = columns_of("""
academic_year_be int | ปีการศึกษา (พ.ศ.) | Academic year (BE)
data_round text | รอบข้อมูล | Data round
as_of_date date | ข้อมูล ณ วันที่ | As of
""")

#: The office's key of a school.
CODE = Column("smis_code", "text", "รหัสโรงเรียน 8 หลัก", "School code (SMIS)")

#: The received file that a row comes from.
SOURCE_FILE = Column("source_file", "text", "ไฟล์", "File")

#: One row per school and grade, whoever states it; the school's code stands before.
GRADE_COLUMNS = columns_of("""
grade text | ชั้น | Grade
education_level text | ระดับ | Level
male int | ชาย | Boys
female int | หญิง | Girls
students int | นักเรียน | Pupils
class_groups int | ห้องเรียน (กลุ่มเรียน) | Class groups
""")
