import csv
import hashlib
import io
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from gisapp.errors import FolderInUseError
from gisapp.sample.office import write_sample
from gisapp.settings import Settings

ROUNDS = ["2563-1", "2564-1", "2565-1", "2566-1", "2567-1", "2567-3", "2568-1", "2568-2"]
WIDE = [
    ("2563-1", "นักเรียนรายโรง_10มิย63.xlsx", int),
    ("2567-1", "นักเรียนรายโรง_10มิย67.xlsx", str),
    ("2568-1", "นักเรียนรายโรง_10มิย68.xlsx", int),
    ("2568-2", "นักเรียนรายโรง_10พย68.xlsx", int),
]
RUN = "import runpy, sys; runpy.run_path(sys.argv[1], run_name='__main__')"


def cells(office_dir: Path, round_name: str, file: str) -> list[list[object]]:
    """Rows of a workbook's first sheet, read by another library than wrote it."""
    book = openpyxl.load_workbook(office_dir / "data" / "rounds" / round_name / file)
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def text_of(office_dir: Path, round_name: str, file: str, encoding: str) -> str:
    return (office_dir / "data" / "rounds" / round_name / file).read_bytes().decode(encoding)


# --- the enrolment sheet with two header rows -------------------------------------------


@pytest.mark.parametrize(("round_name", "file", "kind"), WIDE)
def test_the_sheet_stores_codes_as_numbers_or_as_text(office_dir, round_name, file, kind):
    rows = cells(office_dir, round_name, file)[4:-1]
    codes = [row[1] for row in rows if row[1]]
    own = [code for code in codes if not str(code).endswith("-1")]
    assert len(codes) - len(own) == 3
    # One code of 2568-2 is planted as a spreadsheet shows it that took it for a number.
    assert {type(code) for code in own if code != "9.901E+07"} == {kind}


@pytest.mark.parametrize(("round_name", "file", "kind"), WIDE)
def test_the_title_states_year_and_day(office_dir, round_name, file, kind):
    rows = cells(office_dir, round_name, file)
    year = round_name[:4]
    month = "พฤศจิกายน" if round_name.endswith("-2") else "มิถุนายน"
    assert f"ปีการศึกษา {year}" in rows[0][0]
    assert f"ข้อมูล ณ วันที่ 10 {month} {year}" in rows[1][0]


def test_group_headings_are_merged_over_four_columns(office_dir):
    path = office_dir / "data" / "rounds" / "2568-1" / "นักเรียนรายโรง_10มิย68.xlsx"
    sheet = openpyxl.load_workbook(path).worksheets[0]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A3:A4", "B3:B4", "C3:C4", "D3:G3"} <= merged
    assert [cell.value for cell in sheet[4][3:7]] == ["ชาย", "หญิง", "รวม", "ห้อง"]
    # Fifteen grades, four levels and the whole.
    assert len(merged) == 3 + 15 + 4 + 1
    assert sheet.freeze_panes == "D5"


@pytest.mark.parametrize(("round_name", "file", "kind"), WIDE[:3])
def test_sums_in_rows_and_in_the_total_row_add_up(office_dir, round_name, file, kind):
    rows = cells(office_dir, round_name, file)
    body = np.array([row[3:] for row in rows[4:]], dtype=int)
    assert (body[-1] == body[:-1].sum(axis=0)).all()
    groups = body.reshape(len(body), -1, 4)
    assert (groups[:, :, 2] == groups[:, :, 0] + groups[:, :, 1]).all()
    heads = [cell for cell in rows[2][3:] if cell]
    levels = [place for place, head in enumerate(heads) if head.startswith("รวม")]
    grades = [place for place in range(len(heads)) if place not in levels]
    assert (groups[:, -1] == groups[:, grades].sum(axis=1)).all()
    assert (groups[:, levels[:-1]].sum(axis=1) == groups[:, -1]).all()


def test_of_2568_2_only_the_planted_sums_are_wrong(office_dir):
    rows = cells(office_dir, "2568-2", "นักเรียนรายโรง_10พย68.xlsx")
    as_number = [[cell if isinstance(cell, int) else 0 for cell in row[3:]] for row in rows[4:]]
    groups = np.array(as_number).reshape(len(as_number), -1, 4)
    stated, parts = groups[:, :, 2], groups[:, :, 0] + groups[:, :, 1]
    total_row = groups[-1] - groups[:-1].sum(axis=0)
    # The wrong sum within a row, the same seen in its column, and the wrong cell of the total row
    # with its own sum.
    assert [int(n) for n in (stated - parts)[:-1][(stated != parts)[:-1]]] == [2]
    assert sorted(int(n) for n in total_row[total_row != 0]) == [-3, -2]


# --- the other layouts ------------------------------------------------------------------


def test_the_long_form_is_thai_windows_text(office_dir, material):
    raw = (office_dir / "data" / "rounds" / "2565-1" / "student_2565_1.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(raw.decode("cp874"))))
    assert list(rows[0]) == ["รหัสโรงเรียน", "ปีการศึกษา", "รอบข้อมูล", "ชั้น", "ชาย", "หญิง", "รวม", "ห้อง"]
    assert all(int(row["รวม"]) == int(row["ชาย"]) + int(row["หญิง"]) for row in rows)
    assert sum(int(row["รวม"]) for row in rows) == material.enrolment["2565-1"].pupils.sum()


def test_the_json_holds_text_and_ends_with_the_total(office_dir):
    text = text_of(office_dir, "2566-1", "2566-1-schoolmis-99010000.json", "utf-8")
    *schools, total = json.loads(text)
    assert total["รหัสโรงเรียน"] == ""
    assert {type(value) for record in schools for value in record.values()} == {str}
    for key in total:
        if not key.startswith("รหัส"):
            assert int(total[key]) == sum(int(school[key]) for school in schools), key


def test_the_json_and_the_emis_pages_together_hold_every_pupil(office_dir, material):
    text = text_of(office_dir, "2566-1", "2566-1-schoolmis-99010000.json", "utf-8")
    in_json = sum(
        int(value)
        for record in json.loads(text)[:-1]
        for key, value in record.items()
        if key.endswith((" ชาย", " หญิง"))
    )
    page = text_of(office_dir, "2566-1", "emis_student_2566.csv", "utf-8-sig")
    whole = [row for row in csv.DictReader(io.StringIO(page)) if row["ชั้น/เพศ"] == "รวมทั้งหมด"]
    assert len(whole) == 3
    in_pages = sum(int(row["รวม"]) for row in whole)
    assert in_json + in_pages == material.enrolment["2566-1"].pupils.sum()


def test_the_national_workbook_holds_another_office_too(office_dir, material):
    heads, *rows = cells(office_dir, "2564-1", "DMC641.xlsx")
    offices = Counter(row[heads.index("areacode")] for row in rows)
    assert offices == {"99010000": 120, "99020000": 8}
    own = [row for row in rows if row[heads.index("areacode")] == "99010000"]
    school_column = heads.index("โรงเรียน")
    assert all(not row[school_column] or len(row[school_column]) == 10 for row in own)
    written = [row[heads.index("นักเรียนทั้งหมด")] for row in own]
    assert any(isinstance(cell, str) and "," in cell for cell in written)
    pupils = sum(int(str(cell).replace(",", "")) for cell in written)
    assert pupils == material.enrolment["2564-1"].pupils.sum()


# --- lists ------------------------------------------------------------------------------


def test_a_building_list_holds_only_what_stands(office_dir):
    for round_name, year in (
        ("2564-1", 2563),
        ("2566-1", 2565),
        ("2568-1", 2567),
        ("2568-2", 2568),
    ):
        rows = cells(office_dir, round_name, f"B-OBEC_{year}.xlsx")[3:]
        built = [row[10] for row in rows]
        assert len(rows) > 700
        # One year is planted that lies ahead.
        assert max(year_be for year_be in built if year_be != 2571) <= year


def test_service_villages_are_the_worlds_villages(office_dir, material):
    rows = cells(office_dir, "2568-1", "เขตบริการ_2567.xlsx")[3:]
    named = {(row[3], row[4], row[5]) for row in rows}
    villages = material.world.villages[["village_code", "village_no", "village_th"]]
    known = set(villages.itertuples(index=False, name=None))
    # One code is planted that no village has, and one name that is not its village's.
    assert len(named - known) == 2
    assert {row[2] for row in rows} == {"ป.1", "ม.1"}


def test_the_highland_form_is_filled_for_a_third_and_has_gaps(office_dir):
    rows = cells(office_dir, "2568-1", "หลักฐานพื้นที่สูง_2568.xlsx")[3:]
    assert len(rows) == 40
    filled = [cell for row in rows for cell in row[2:]]
    assert len(filled) == 40 * 16
    assert 5 <= filled.count(None) <= 60


def test_some_forms_are_missing_so_that_earlier_ones_are_taken(office_dir):
    files = {
        name: sorted(p.name for p in (office_dir / "data/rounds" / name).iterdir())
        for name in ROUNDS
    }
    assert len(files["2567-3"]) == 1
    assert len(files["2568-1"]) == 12
    buildings = {name for name in ROUNDS if any("B-OBEC" in file for file in files[name])}
    assert buildings == {"2564-1", "2566-1", "2568-1", "2568-2"}


def test_no_sheet_names_or_numbers_a_person(office_dir):
    for round_name in ROUNDS:
        for path in (office_dir / "data" / "rounds" / round_name).glob("*.xlsx"):
            for sheet in openpyxl.load_workbook(path).worksheets:
                for row in sheet.iter_rows(values_only=True):
                    for cell in filter(None, row):
                        assert not re.search(
                            r"(?<!\d)\d{13}(?!\d)|(^|\s)(นาย|นาง|น\.ส\.)", str(cell)
                        ), path


# --- the folder -------------------------------------------------------------------------


def test_the_settings_of_the_sample_can_be_loaded(office_dir, material):
    settings = Settings.load(office_dir)
    assert settings.area_code == "99010000"
    assert settings.name_th == "สพป.ตัวอย่าง เขต 1"
    assert settings.province_hall == pytest.approx(material.world.hall, abs=1e-6)
    assert 300 < settings.provincial_mean_elevation_m < 800


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("keep me", encoding="utf-8")
    with pytest.raises(FolderInUseError, match="not empty"):
        write_sample(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_two_processes_write_the_same_bytes(tmp_path, checkout):
    program = Path(__file__).with_name("small_world.py")
    sums = []
    for name in ("one", "two"):
        folder = tmp_path / name
        # By -c, so that the checkout is on the path whether or not the package is installed.
        subprocess.run([sys.executable, "-c", RUN, program, folder], check=True, cwd=checkout)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        sums.append(
            {
                path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in files
            }
        )
    assert sums[0] == sums[1]
    assert len(sums[0]) > 35
