"""The data dictionary as a text for people, made from the tables that the code itself uses."""

from gisapp.core.columns import ROUND_COLUMNS, Column
from gisapp.core.coverage.words import WORDS as COVERAGE_WORDS
from gisapp.core.dictionary import LAYERS
from gisapp.core.findings import FINDINGS
from gisapp.core.grades import GRADES
from gisapp.settings import Settings
from gisapp.store.tables import read_criteria

_KINDS = {
    "text": "ข้อความ / text",
    "date": "วันที่ / date (YYYY-MM-DD)",
    "int": "จำนวนเต็ม / integer",
    "float": "จำนวน / number",
    "flag": "ใช่ ไม่ใช่ / yes or no",
}

#: Coded column -> value -> what it means. Grades and size classes are added from their own tables.
_VALUES = {
    "education_level": {
        "pre_primary": "ก่อนประถมศึกษา / pre-primary",
        "primary": "ประถมศึกษา / primary",
        "lower_secondary": "มัธยมศึกษาตอนต้น / lower secondary",
        "upper_secondary": "มัธยมศึกษาตอนปลาย / upper secondary",
    },
    "location_quality": {
        "surveyed": "พิกัดของโรงเรียนที่เชื่อได้ / the school's own point, believed",
        "village": "จุดหมู่บ้านตามทะเบียน / point of the registered village",
        "subdistrict": "จุดแทนในตำบล ไม่ใช้วัดระยะ / stand-in, never measured from",
        "missing": "ไม่มีที่ตั้ง / no place",
    },
    "condition": {
        "good": "ดี / good",
        "fair": "พอใช้ / fair",
        "dilapidated": "ทรุดโทรม / dilapidated",
    },
    "test": {"nt": "NT", "rt": "RT", "onet": "O-NET"},
    "subject": {
        "thai": "ภาษาไทย / Thai",
        "mathematics": "คณิตศาสตร์ / mathematics",
        "science": "วิทยาศาสตร์ / science",
        "english": "ภาษาอังกฤษ / English",
        "language": "ความสามารถด้านภาษา / language (NT to 2561)",
        "numeracy": "ความสามารถด้านคำนวณ / numeracy (NT to 2561)",
        "reasoning": "ความสามารถด้านเหตุผล / reasoning (NT to 2561)",
        "reading_aloud": "การอ่านออกเสียง / reading aloud (RT)",
        "reading_comprehension": "การอ่านรู้เรื่อง / reading comprehension (RT)",
        "total": "รวมทุกด้าน / all subjects together",
    },
    "quality_level": {
        "excellent": "ดีมาก / excellent",
        "good": "ดี / good",
        "fair": "พอใช้ / fair",
        "to_improve": "ปรับปรุง / to improve",
    },
    "severity": {
        "block": "ต้องแก้ก่อนเผยแพร่ / must be mended before publishing",
        "warn": "ควรดู / a doubt the reader must see",
        "note": "แจ้งไว้ / worth knowing",
    },
}


def dictionary_text(settings: Settings) -> str:
    """Return the data dictionary as Markdown.

    Args:
        settings: The office whose criteria (size classes) are listed.
    """
    lines = [
        "# พจนานุกรมข้อมูล · Data dictionary",
        "",
        "สร้างจากโค้ดด้วย `python scripts/write_dictionary.py` อย่าแก้ด้วยมือ · "
        "Made from the code; do not edit by hand.",
        "",
        "ไม่ทราบคือว่าง ไม่ใช่ 0 · Unknown is null, never 0. Geometry: EPSG:4326.",
        "",
    ]
    for layer in LAYERS.values():
        place = layer.geometry or "ไม่มีรูปเรขาคณิต / no geometry"
        lines += [
            f"## {layer.name} · {layer.title_th} · {layer.title_en}",
            "",
            f"{layer.description_th} ({place})",
            "",
        ]
        lines += _column_table((*layer.columns, *ROUND_COLUMNS))
    lines += ["## ค่าที่เป็นไปได้ · Allowed values", ""]
    values = {"grade": {grade.code: f"{grade.label_th} / {grade.label_en}" for grade in GRADES}}
    values |= _VALUES
    for column, words in COVERAGE_WORDS.items():
        values[column] = {
            value: f"{thai} / {english}".format("…", "…")
            for value, (thai, english) in words.items()
        }
    for row in read_criteria(settings, "size_classes"):
        meaning = f"{row['label_th']} / {row['label_en']} ({row['least']}–{row['most'] or '…'})"
        values.setdefault(row["scheme"], {})[row["class"]] = meaning
    for column, meanings in values.items():
        lines += [f"### {column}", "", "| ค่า / value | ความหมาย / meaning |", "|---|---|"]
        lines += [f"| `{value}` | {meaning} |" for value, meaning in meanings.items()]
        lines.append("")
    lines += ["## ชนิดของเรื่องที่พบ · Kinds of problems", ""]
    lines += ["| ชนิด / kind | ระดับ / severity | ควรทำ / advice |", "|---|---|---|"]
    lines += [
        f"| `{kind}` | {finding.severity} | {finding.advice_th} / {finding.advice_en} |"
        for kind, finding in sorted(FINDINGS.items())
    ]
    return "\n".join([*lines, ""])


def _column_table(columns: tuple[Column, ...]) -> list[str]:
    head = ["| คอลัมน์ / column | ชื่อไทย | English | ชนิด / kind |", "|---|---|---|---|"]
    rows = [
        f"| `{column.name}` | {column.title_th} | {column.title_en} | {_KINDS[column.kind]} |"
        for column in columns
    ]
    return [*head, *rows, ""]
