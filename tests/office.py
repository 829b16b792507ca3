"""A tiny office of three schools, its sheets written in the layouts that offices use.

Rows are plain lists, so that a test breaks one cell and writes the rest as it stands.
"""

import contextlib
import copy
import dataclasses
import hashlib
import json
import re
import sqlite3
import subprocess
import sys
import traceback
from pathlib import Path

import geopandas as gpd
import openpyxl
import shapely
from click.testing import CliRunner

from gisapp.cli import main

#: No real office has this area number.
AREA_CODE = "99020000"
NAME = "สพป.ทดสอบ เขต 2"
ROUND = "2568-1"

#: Grade -> heading of the two-row layout, with the level's sum after its grades.
_LEVELS = (
    ("รวมก่อนประถม", {"k2": "อนุบาล 2", "k3": "อนุบาล 3"}),
    ("รวมประถม", {f"p{n}": f"ประถมศึกษาปีที่ {n}" for n in range(1, 7)}),
    ("รวมมัธยมต้น", {f"m{n}": f"มัธยมศึกษาปีที่ {n}" for n in range(1, 4)}),
)
GRADES = tuple(grade for _, grades in _LEVELS for grade in grades)
MEASURES = ("ชาย", "หญิง", "รวม", "ห้อง")
SHORT = {"k": "อ.", "p": "ป.", "m": "ม."}

TITLE = ["จำนวนนักเรียน จำแนกเพศ ชั้น ห้อง รายโรงเรียน ปีการศึกษา 2568 (ข้อมูล ณ วันที่ 10 มิถุนายน 2568)"]


@dataclasses.dataclass(frozen=True)
class School:
    """A school as a test needs it: `pupils` is grade -> (boys, girls, rooms)."""

    code: str
    name: str
    subdistrict: str
    lat: str
    lon: str
    pupils: dict[str, tuple[int, int, int]]

    @property
    def students(self) -> int:
        """Boys and girls of all grades."""
        return sum(boys + girls for boys, girls, _ in self.pupils.values())


def _pupils(first: int, *, secondary: bool = False) -> dict[str, tuple[int, int, int]]:
    """Every grade gets other numbers, so that two of them can never be mixed up unseen."""
    grades = GRADES if secondary else GRADES[:8]
    return {grade: (first + n, first + 2 * n + 1, 1) for n, grade in enumerate(grades)}


SCHOOLS = (
    School("99020001", "บ้านห้วยเมฆ", "ห้วยเมฆ", "19.0500", "98.0500", _pupils(3)),
    School("99020002", "บ้านดอยลม", "ห้วยเมฆ", "19.0600", "98.0300", _pupils(7, secondary=True)),
    School("99020003", "วัดทุ่งดาว", "ทุ่งดาว", "19.0500", "98.1500", _pupils(1)),
)
STUDENTS = sum(school.students for school in SCHOOLS)

#: Row of the first school in `wide_rows`, counted from 0; the sheet itself counts from 1.
FIRST = 4
CODE, NAME_COLUMN = 1, 2


def grade_column(grade: str, measure: str) -> int:
    """Place of a grade's measure in `wide_rows`, counted from 0."""
    place = 3
    for _, grades in _LEVELS:
        for known in grades:
            if known == grade:
                return place + MEASURES.index(measure)
            place += 4
        place += 4
    raise KeyError(grade)


def letters(column: int) -> str:
    """Letters of a column counted from 0, by openpyxl."""
    return openpyxl.utils.get_column_letter(column + 1)


def wide_rows(schools=SCHOOLS, *, total=True, codes_as=str):
    """Title, office, two header rows, a row per school, a total row."""
    top, below = ["ลำดับ", "รหัสsmis", "ชื่อสถานศึกษา"], [None, None, None]
    for label, grades in _LEVELS:
        for heading in (*grades.values(), label):
            top += [heading, None, None, None]
            below += MEASURES
    top += ["รวมทั้งหมด", None, None, None]
    below += MEASURES
    body = [
        [n, codes_as(school.code), school.name, *_figures(school.pupils)]
        for n, school in enumerate(schools, 1)
    ]
    rows = [TITLE, [NAME], top, below, *body]
    if total:
        sums = [sum(column) for column in zip(*(row[3:] for row in body), strict=True)]
        rows.append(["รวมทั้งสิ้น", None, None, *sums])
    return [[*row, *[None] * (len(top) - len(row))] for row in copy.deepcopy(rows)]


def _figures(pupils):
    figures, whole = [], [0, 0, 0]
    for _, grades in _LEVELS:
        level = [0, 0, 0]
        for grade in grades:
            boys, girls, rooms = pupils.get(grade, (0, 0, 0))
            figures += [boys, girls, boys + girls, rooms]
            level = [a + b for a, b in zip(level, (boys, girls, rooms), strict=True)]
        figures += [level[0], level[1], level[0] + level[1], level[2]]
        whole = [a + b for a, b in zip(whole, level, strict=True)]
    return [*figures, whole[0], whole[1], whole[0] + whole[1], whole[2]]


def wide_merges(rows):
    """Merged ranges of the two header rows: (top, left, bottom, right), counted from 0."""
    groups = range(3, len(rows[2]), 4)
    return [(2, c, 3, c) for c in range(3)] + [(2, c, 2, c + 3) for c in groups]


def long_rows(schools=SCHOOLS):
    """The long form: one row per school and grade."""
    rows = [["รหัสโรงเรียน", "ชั้น", "ชาย", "หญิง", "รวม", "ห้อง"]]
    for school in schools:
        for grade, (boys, girls, rooms) in school.pupils.items():
            label = f"{SHORT[grade[0]]}{grade[1:]}"
            rows.append([school.code, label, boys, girls, boys + girls, rooms])
    return rows


def dmc_records(schools=SCHOOLS):
    """DMC's download: every value text, the last object the total."""
    records, sums = [], dict.fromkeys(GRADES, (0, 0, 0))
    for school in schools:
        record = {"รหัสเขต": AREA_CODE, "รหัสโรงเรียน": school.code}
        for grade in GRADES:
            figures = school.pupils.get(grade, (0, 0, 0))
            record |= _dmc_figures(grade, figures)
            sums[grade] = tuple(a + b for a, b in zip(sums[grade], figures, strict=True))
        records.append(record)
    total = {"รหัสเขต": AREA_CODE, "รหัสโรงเรียน": ""}
    for grade in GRADES:
        total |= _dmc_figures(grade, sums[grade])
    return [*records, total]


def _dmc_figures(grade, figures):
    label = f"{SHORT[grade[0]]}{grade[1:]}"
    names = ("ชาย", "หญิง", "ห้อง")
    return {f"{label} {name}": str(number) for name, number in zip(names, figures, strict=True)}


def register_rows(schools=SCHOOLS):
    """The office's school table."""
    rows = [["smis", "ministry", "percode", "schoolname", "tambon", "amper", "lat", "lng"]]
    for school in schools:
        six = f"02{school.code[-4:]}"
        rows.append(
            [
                school.code,
                f"1099{six}",
                six,
                school.name,
                school.subdistrict,
                "เมืองทดสอบ",
                school.lat,
                school.lon,
            ]
        )
    return rows


def building_rows(schools=SCHOOLS):
    """A building list: two structures a school."""
    rows = [["รหัสโรงเรียน", "ลำดับที่", "ประเภท", "แบบ", "จำนวนห้องจริง", "ปีที่สร้าง", "สภาพการใช้งาน"]]
    for school in schools:
        rows.append([school.code, 1, "อาคารเรียน", "สปช.105/29", 4, 2535, "พอใช้"])
        rows.append([school.code, 2, "ส้วม", "สปช.601/26", 2, 2540, "ดี"])
    return rows


def write_book(path, sheets, merges=(), *, hidden=()):
    """Write sheets (name -> rows) with openpyxl; `merges` belong to the first of them."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name in hidden:
            sheet.sheet_state = "hidden"
    for top, left, bottom, right in merges:
        book.worksheets[0].merge_cells(
            start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def write_wide(path, rows=None):
    """Write the enrolment sheet in the wide layout, its header merged."""
    rows = wide_rows() if rows is None else rows
    return write_book(path, {"จำนวนนักเรียน": rows}, wide_merges(rows))


def write_text(path, rows, *, encoding="utf-8-sig", delimiter=","):
    """Write rows as delimited text."""
    lines = [delimiter.join("" if cell is None else str(cell) for cell in row) for row in rows]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode(encoding))
    return path


def write_json(path, records):
    """Write records as DMC's download has them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    return path


def subdistrict_squares():
    """Two subdistricts side by side, 0.1° each; they tile the office."""
    rows = [("990201", "ห้วยเมฆ", 98.0), ("990202", "ทุ่งดาว", 98.1)]
    return gpd.GeoDataFrame(
        {
            "subdistrict_code": [code for code, _, _ in rows],
            "subdistrict_th": [name for _, name, _ in rows],
            "subdistrict_en": ["Huai Mek", "Thung Dao"],
            "district_code": "9902",
            "district_th": "เมืองทดสอบ",
            "district_en": "Test Town",
            "province_th": "ทดสอบ",
        },
        geometry=[shapely.box(west, 19.0, west + 0.1, 19.1) for _, _, west in rows],
        crs="EPSG:4326",
    )


@dataclasses.dataclass(frozen=True)
class Office:
    """An office's folder, and how to work in it."""

    folder: Path

    @property
    def published(self) -> Path:
        """The round's GeoPackage."""
        return self.folder / "layers" / f"{ROUND}.gpkg"

    def sheet(self, name, data_round=ROUND) -> Path:
        """Path of a received file."""
        return self.folder / "data" / "rounds" / data_round / name

    def run(self, *arguments):
        """Run a command of gisapp on this office; a traceback fails the test at once."""
        return run("--office", str(self.folder), *arguments)

    def layer(self, name):
        """Read a published layer past our own reader."""
        return gpd.read_file(self.published, layer=name)

    def digest(self) -> str:
        """SHA-256 of the published file."""
        return hashlib.sha256(self.published.read_bytes()).hexdigest()

    def problems(self, *kinds, data_round=ROUND):
        """What the last check found, of these kinds or all, as dicts by column."""
        path = self.folder / "layers" / f"{data_round}-check.gpkg"
        with contextlib.closing(sqlite3.connect(path)) as database:
            database.row_factory = sqlite3.Row
            rows = database.execute("SELECT * FROM problems").fetchall()
        return [dict(row) for row in rows if not kinds or row["kind"] in kinds]

    def corrections(self, *lines, data_round=ROUND):
        """Write corrections.csv: (smis_code, column, old_value, new_value) each."""
        head = ["problem_id", "smis_code", "column", "old_value", "new_value", "reason", "by", "on"]
        rows = [["", *line, "ถามโรงเรียนแล้ว", "เจ้าหน้าที่ ก", "2568-06-20"] for line in lines]
        return write_text(self.sheet("corrections.csv", data_round), [head, *rows])


def run(*arguments):
    """Run a command of gisapp in this process."""
    result = CliRunner().invoke(main, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        frames = traceback.extract_tb(result.exception.__traceback__)
        ours = [
            f"{frame.filename}:{frame.lineno}" for frame in frames if "gisapp" in frame.filename
        ]
        raise AssertionError(f"a traceback, not a sentence: {result.exception!r} at {ours[-1]}")
    return result


def start(*arguments, **options):
    """Start a command of gisapp as a process of its own."""
    return subprocess.Popen([sys.executable, "-m", "gisapp", *arguments], **options)


def bare_office(folder) -> Office:
    """An office without any sheet."""
    (folder / "data" / "boundaries").mkdir(parents=True)
    (folder / "data" / "rounds" / ROUND).mkdir(parents=True)
    (folder / "office.toml").write_text(
        f'area_code = "{AREA_CODE}"\nname_th = "{NAME}"\nname_en = "Test Office 2"\n',
        encoding="utf-8",
    )
    subdistrict_squares().to_file(
        folder / "data" / "boundaries" / "subdistricts.gpkg", layer="subdistricts", driver="GPKG"
    )
    return Office(folder)


def small_office(folder) -> Office:
    """An office with a register, enrolment and buildings of three schools; it builds cleanly."""
    office = bare_office(folder)
    write_book(office.sheet("register.xlsx"), {"ข้อมูลโรงเรียน": register_rows()})
    write_wide(office.sheet("enrolment.xlsx"))
    write_book(office.sheet("buildings.xlsx"), {"สิ่งก่อสร้าง": building_rows()})
    return office


def block_said(printed, place):
    """The Thai and English line below the block at this place, which names its problem."""
    lines = printed.splitlines()
    head = re.compile(rf"\[ต้องแก้ · [0-9a-f]{{12}}\] {re.escape(place)}")
    found = [number for number, line in enumerate(lines) if head.fullmatch(line)]
    assert found, printed
    return lines[found[0] + 1 :][:2]
