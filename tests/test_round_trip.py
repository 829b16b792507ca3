"""A faulty sheet, mended cell by cell in its marked copy as a person would, checks clean."""

import contextlib
import json
import sqlite3

import openpyxl
import pytest

from tests.office import (
    CODE,
    FIRST,
    NAME_COLUMN,
    ROUND,
    SCHOOLS,
    building_rows,
    dmc_records,
    grade_column,
    register_rows,
    small_office,
    wide_rows,
    write_book,
    write_json,
    write_text,
    write_wide,
)
from tests.office_files import write_ods, write_xls


def records_as_rows(records):
    """JSON records as the sheet they are read as: the keys, then a row per record."""
    keys = list(records[0])
    return [keys, *([record[key] for key in keys] for record in records)]


def as_json(path, rows):
    return write_json(path, [dict(zip(rows[0], row, strict=True)) for row in rows[1:]])


def texts(rows):
    """Rows as a text file holds them."""
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


#: Kind of file -> (name, how it is written, the rows, faulty cells as (row, column, value)).
WIDE_FAULTS = (
    (0, 0, "จำนวนนักเรียน ปีการศึกษา 2566"),
    (FIRST, grade_column("p1", "รวม"), 99),
    (FIRST, grade_column("p2", "ชาย"), "ไม่แน่ใจ"),
    (FIRST + 1, CODE, "9.9E+07"),
    (FIRST + 2, CODE, "99020777"),
)
SOURCES = {
    "xlsx": ("enrolment.xlsx", write_wide, wide_rows, WIDE_FAULTS),
    "csv": (
        "enrolment.csv",
        lambda path, rows: write_text(path, texts(rows)),
        lambda: texts(wide_rows()),
        WIDE_FAULTS,
    ),
    "csv in cp874": (
        "enrolment.csv",
        lambda path, rows: write_text(path, texts(rows), encoding="cp874", delimiter=";"),
        lambda: texts(wide_rows()),
        WIDE_FAULTS,
    ),
    "ods": ("enrolment.ods", lambda p, rows: write_ods(p, "ชั้น", rows), wide_rows, WIDE_FAULTS),
    "xls": ("enrolment.xls", lambda p, rows: write_xls(p, "ชั้น", rows), wide_rows, WIDE_FAULTS),
    "json": (
        "2568-1-dmc.json",
        as_json,
        lambda: records_as_rows(dmc_records()),
        ((1, 1, "990200"), (2, 5, "สิบ"), (3, 1, "99020777")),
    ),
}


def office_with(folder, name, write, rows):
    """The tiny office with its enrolment in another file."""
    office = small_office(folder)
    office.sheet("enrolment.xlsx").unlink()
    write(office.sheet(name), rows)
    return office


def copy_of(office, name):
    return office.folder / "layers" / f"{ROUND}-problems" / name


def marked(book):
    """Every cell that carries a comment: sheet, row and column counted from 1."""
    return [
        (sheet.title, cell.row, cell.column)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    ]


def mend(office, original, copy, right):
    """Type the right value into each coloured cell, and send the file in for the original."""
    book = openpyxl.load_workbook(copy)
    mended = []
    for title, row, column in marked(book):
        cell = book[title].cell(row, column)
        assert cell.fill.fgColor.rgb in ("FFFEEBE6", "FFFDF3D9", "FFE4F0FB")
        cell.value = right[row - 1][column - 1]
        mended.append((row - 1, column - 1))
    office.sheet(original).unlink()
    book.save(office.sheet(copy.name))
    return mended


def ask(office, query):
    """Ask the published file, past our own reader."""
    with contextlib.closing(sqlite3.connect(office.published)) as database:
        return database.execute(query).fetchall()


def layers(office, *names):
    """Every row of some published layers."""
    return {name: ask(office, f'SELECT * FROM "{name}"') for name in names}


LAYERS = ("schools", "enrolment_by_grade", "buildings", "subdistricts")


@pytest.mark.parametrize("kind", SOURCES)
def test_a_sheet_mended_in_its_marked_copy_gives_the_layers_of_a_sheet_that_was_right(
    kind, tmp_path
):
    name, write, make_rows, faults = SOURCES[kind]
    right = office_with(tmp_path / "right", name, write, make_rows())
    assert right.run("build", ROUND).exit_code == 0

    rows = make_rows()
    for row, column, value in faults:
        rows[row][column] = value
    broken = office_with(tmp_path / "broken", name, write, rows)
    assert broken.run("check", ROUND).exit_code == 1

    copy = copy_of(broken, name if name.endswith(".xlsx") else f"{name}.xlsx")
    mended = mend(broken, name, copy, make_rows())
    assert {(row, column) for row, column, _ in faults} <= set(mended)
    result = broken.run("build", ROUND)
    assert result.exit_code == 0, result.output
    assert layers(broken, *LAYERS) == layers(right, *LAYERS)
    assert not copy.exists(), "a file in which nothing is found needs no copy"


def test_only_faulty_cells_differ_between_a_copy_and_what_was_received(tmp_path):
    office = small_office(tmp_path)
    rows = wide_rows()
    rows[FIRST][NAME_COLUMN] = "=1+1"
    rows[FIRST + 1][grade_column("p1", "รวม")] = 99
    write_wide(office.sheet("enrolment.xlsx"), rows)
    # openpyxl would write "=1+1" as a formula: the sheet must hold it as text.
    book = openpyxl.load_workbook(office.sheet("enrolment.xlsx"))
    book.active.cell(FIRST + 1, NAME_COLUMN + 1).data_type = "s"
    book.save(office.sheet("enrolment.xlsx"))
    assert office.run("check", ROUND).exit_code == 1
    before = openpyxl.load_workbook(office.sheet("enrolment.xlsx")).active
    after = openpyxl.load_workbook(copy_of(office, "enrolment.xlsx")).active
    assert [[c.value for c in row] for row in after] == [[c.value for c in row] for row in before]
    assert after.title == before.title
    assert {str(a) for a in after.merged_cells.ranges} == {
        str(a) for a in before.merged_cells.ranges
    }
    assert after.cell(FIRST + 1, NAME_COLUMN + 1).data_type == "s"


def test_the_register_and_the_buildings_are_mended_the_same_way(tmp_path):
    right = small_office(tmp_path / "right")
    assert right.run("build", ROUND).exit_code == 0
    broken = small_office(tmp_path / "broken")
    register, buildings = register_rows(), building_rows()
    register[1][6], register[1][7] = register[1][7], register[1][6]  # axes swapped
    register[2][0] = "1.02E+09"
    buildings[1][5], buildings[2][6] = "25x5", "ต้องซ่อม"
    write_book(broken.sheet("register.xlsx"), {"ข้อมูลโรงเรียน": register})
    write_book(broken.sheet("buildings.xlsx"), {"สิ่งก่อสร้าง": buildings})
    assert broken.run("check", ROUND).exit_code == 1
    found = mend(broken, "register.xlsx", copy_of(broken, "register.xlsx"), register_rows())
    assert {(1, 6), (1, 7), (2, 0)} <= set(found)
    found = mend(broken, "buildings.xlsx", copy_of(broken, "buildings.xlsx"), building_rows())
    assert {(1, 5), (2, 6)} <= set(found)
    assert broken.run("build", ROUND).exit_code == 0
    assert layers(broken, *LAYERS) == layers(right, *LAYERS)


def test_the_copy_of_an_earlier_check_goes_when_its_file_is_right_again(tmp_path):
    office = small_office(tmp_path)
    rows = wide_rows()
    rows[FIRST][3] = "x"
    write_wide(office.sheet("enrolment.xlsx"), rows)
    assert office.run("check", ROUND).exit_code == 1
    assert copy_of(office, "enrolment.xlsx").is_file()
    write_wide(office.sheet("enrolment.xlsx"))
    assert office.run("check", ROUND).exit_code == 0
    assert not copy_of(office, "enrolment.xlsx").exists()


def test_each_link_of_the_problem_workbook_leads_to_a_commented_cell(tmp_path):
    office = small_office(tmp_path)
    rows = wide_rows()
    rows[FIRST][3], rows[FIRST + 1][CODE] = "x", "99020777"
    write_wide(office.sheet("enrolment.xlsx"), rows)
    assert office.run("check", ROUND).exit_code == 1
    layers_dir = office.folder / "layers"
    sheet = openpyxl.load_workbook(layers_dir / f"{ROUND}-problems.xlsx")["เรื่องที่พบ"]
    links = [c.value for row in sheet for c in row if str(c.value).startswith("=HYPERLINK")]
    assert len(links) >= 2
    for link in links:
        file, _, place = link.split('"')[1].partition("#")
        name, _, cell = place.rpartition("!")
        assert openpyxl.load_workbook(layers_dir / file)[name.strip("'")][cell].comment


def test_what_a_school_mends_in_its_own_file_comes_back_as_corrections(tmp_path):
    right = small_office(tmp_path / "right")
    assert right.run("build", ROUND).exit_code == 0
    office = small_office(tmp_path / "broken")
    rows, register = wide_rows(), register_rows()
    rows[FIRST][grade_column("p2", "ชาย")] = "ไม่แน่ใจ"
    register[1][6], register[1][7] = register[1][7], register[1][6]
    write_wide(office.sheet("enrolment.xlsx"), rows)
    write_book(office.sheet("register.xlsx"), {"ข้อมูลโรงเรียน": register})
    assert office.run("check", ROUND, "--school-files").exit_code == 1

    code = SCHOOLS[0].code
    sent = office.folder / "layers" / f"{ROUND}-problems" / "schools" / f"{code}.xlsx"
    book = openpyxl.load_workbook(sent)
    truth = {"จำนวนนักเรียน": wide_rows()[FIRST], "ข้อมูลโรงเรียน": register_rows()[1]}
    for title, row, column in marked(book):
        book[title].cell(row, column).value = truth[title][column - 1]
    back = tmp_path / "ส่งกลับ.xlsx"
    book.save(back)

    taken = office.run("mended", ROUND, str(back), "--by", "เจ้าหน้าที่ ก", "--json")
    assert taken.exit_code == 0, taken.output
    lines = office.sheet("corrections.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    answer = json.loads(taken.stdout)
    assert (answer["round"], answer["school"]) == (ROUND, code)
    assert (answer["taken over"], answer["blocks_left"]) == (len(lines), 0)
    assert answer["not_taken"] == []
    changed = {(c["column"], c["old"], c["new"], c["coloured"]) for c in answer["changes"]}
    grown = str(truth["จำนวนนักเรียน"][grade_column("p2", "ชาย")])
    assert ("p2 male", "ไม่แน่ใจ", grown, True) in changed
    assert len(changed) == len(lines)
    assert {line.split(",")[2] for line in lines} >= {"p2 male", "lat", "lon"}
    (kept,) = (office.folder / "data" / "returned" / ROUND).iterdir()
    assert kept.read_bytes() == back.read_bytes()
    result = office.run("build", ROUND)
    assert result.exit_code == 0, result.output
    same = ("enrolment_by_grade", "buildings")
    assert layers(office, *same) == layers(right, *same)
    place = "SELECT smis_code, location_quality, geom FROM schools ORDER BY smis_code"
    assert ask(office, place) == ask(right, place)


def write_points(path, rows):
    """Write register rows as GeoJSON, their last two columns as the geometry."""
    features = [
        {
            "type": "Feature",
            "properties": dict(zip(rows[0][:-2], row[:-2], strict=True)),
            "geometry": {"type": "Point", "coordinates": [float(row[-1]), float(row[-2])]},
        }
        for row in rows[1:]
    ]
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False),
        encoding="utf-8",
    )


def test_a_map_of_points_is_mended_as_a_workbook(tmp_path):
    right, broken = small_office(tmp_path / "right"), small_office(tmp_path / "broken")
    swapped = register_rows()
    swapped[2][6], swapped[2][7] = swapped[2][7], swapped[2][6]
    swapped[3][0] = "1.02E+09"
    for office, rows in ((right, register_rows()), (broken, swapped)):
        office.sheet("register.xlsx").unlink()
        write_points(office.sheet("points.geojson"), rows)
    assert right.run("build", ROUND).exit_code == 0, right.run("check", ROUND).output
    assert broken.run("check", ROUND).exit_code == 1
    found = mend(broken, "points.geojson", copy_of(broken, "points.geojson.xlsx"), register_rows())
    assert {(2, 6), (2, 7), (3, 0)} <= set(found)
    assert broken.run("build", ROUND).exit_code == 0
    place = "SELECT smis_code, location_quality, geom FROM schools ORDER BY smis_code"
    assert ask(broken, place) == ask(right, place)
    assert layers(broken, "enrolment_by_grade") == layers(right, "enrolment_by_grade")


def test_a_file_that_no_school_was_sent_is_not_taken_over(tmp_path):
    office = small_office(tmp_path / "office")
    stray = write_wide(tmp_path / "stray.xlsx")
    refused = office.run("mended", ROUND, str(stray), "--by", "เจ้าหน้าที่ ก")
    assert refused.exit_code == 2
    assert "ไม่ใช่ไฟล์ที่ส่งให้โรงเรียน" in refused.stderr
    assert not office.sheet("corrections.csv").exists()
    assert not (office.folder / "data" / "returned").exists()


def school_file(office, code):
    """A workbook that the last check wrote for a school."""
    return office.folder / "layers" / f"{ROUND}-problems" / "schools" / f"{code}.xlsx"


def take_over(office, book, *options):
    """Send a school's workbook back and take it over."""
    back = office.folder.parent / "ส่งกลับ.xlsx"
    book.save(back)
    return office.run("mended", ROUND, str(back), "--by", "เจ้าหน้าที่ ก", *options)


def test_rooms_filled_in_with_the_totals_of_the_row_block_nothing(tmp_path):
    office = small_office(tmp_path / "office")
    rows = wide_rows()
    sums = [rows[2].index(heading) + 3 for heading in ("รวมประถม", "รวมทั้งหมด")]
    rooms = [grade_column("p2", "ห้อง"), *sums]
    for row in (rows[FIRST], rows[-1]):
        for column in rooms:
            row[column] -= 1
    assert rows[FIRST][rooms[0]] == 0
    write_wide(office.sheet("enrolment.xlsx"), rows)
    assert office.run("check", ROUND, "--school-files").exit_code == 0
    book = openpyxl.load_workbook(school_file(office, SCHOOLS[0].code))
    page = book["จำนวนนักเรียน"]
    [cell] = [c for row in page.iter_rows() for c in row if c.comment]
    assert "แก้ผลรวมของห้องในแถวนี้ด้วย" in cell.comment.text
    for column in rooms:
        page.cell(cell.row, column + 1).value += 1

    taken = take_over(office, book)
    assert taken.exit_code == 0, taken.output
    said = taken.stdout.splitlines()
    assert sum("→" in line for line in said) == 3
    assert sum("ไม่ใช่ช่องที่มีสี" in line for line in said) == 2
    assert office.problems("total_mismatch", "pupils_without_room") == []


def test_a_row_that_the_school_deleted_and_a_code_that_it_changed_are_said_and_not_taken(tmp_path):
    office = small_office(tmp_path / "office")
    rows = wide_rows()
    again = list(rows[FIRST])
    again[grade_column("p2", "ชาย")] += 1
    rows.insert(FIRST + 1, again)
    write_wide(office.sheet("enrolment.xlsx"), rows)
    assert office.run("check", ROUND, "--school-files").exit_code == 1
    book = openpyxl.load_workbook(school_file(office, SCHOOLS[0].code))
    assert "บอกสำนักงานว่าแถวใดถูก" in str(book.worksheets[0]["C5"].value)
    said = " ".join(str(c.value) for row in book.worksheets[0].iter_rows(min_row=5) for c in row)
    assert f"A{FIRST + 1}" not in said
    page, register = book["จำนวนนักเรียน"], book["ข้อมูลโรงเรียน"]
    page.delete_rows(FIRST + 2)
    register.cell(2, 1).value = SCHOOLS[1].code
    taken = take_over(office, book)
    assert taken.exit_code == 0
    assert not office.sheet("corrections.csv").exists() or not lines_of(office)
    assert f"enrolment.xlsx · {FIRST + 2}" in taken.stderr
    assert "ลบในไฟล์ของสำนักงาน" in taken.stderr
    assert f"“{SCHOOLS[0].code}” → “{SCHOOLS[1].code}”" in taken.stderr


def lines_of(office):
    """Lines of corrections.csv below its header."""
    return office.sheet("corrections.csv").read_text(encoding="utf-8-sig").splitlines()[1:]


def test_what_a_school_mends_in_an_earlier_rounds_sheet_goes_to_that_rounds_corrections(tmp_path):
    office = small_office(tmp_path / "office")
    before = "2567-3"
    office.sheet("x", before).parent.mkdir()
    rows = register_rows()
    rows[1][6], rows[1][7] = rows[1][7], rows[1][6]
    office.sheet("register.xlsx").unlink()
    write_book(office.sheet("register.xlsx", before), {"ข้อมูลโรงเรียน": rows})
    assert office.run("check", ROUND, "--school-files").exit_code == 0
    book = openpyxl.load_workbook(school_file(office, SCHOOLS[0].code))
    for _, row, column in marked(book):
        book["ข้อมูลโรงเรียน"].cell(row, column).value = register_rows()[1][column - 1]
    taken = take_over(office, book)
    assert taken.exit_code == 0, taken.output
    assert not office.sheet("corrections.csv").exists()
    text = office.sheet("corrections.csv", before).read_text(encoding="utf-8-sig")
    assert [line.split(",")[2] for line in text.splitlines()[1:]] == ["lat", "lon"]
    assert "2567-3/" not in text
    assert office.problems("swapped_coordinates", "correction_unmatched") == []
