import openpyxl
import pandas as pd
import pytest

from gisapp.core.columns import TYPES
from gisapp.core.coverage.criteria import CoverageCriteria, CoverageLimits, LevelAges, Reach
from gisapp.core.dictionary import LAYERS
from gisapp.core.rounds import Round
from gisapp.store.coverage_book import CoverageRound, write_coverage_book

CRITERIA = CoverageCriteria(
    (LevelAges("primary", 6, 11, "ป.1", 6), LevelAges("lower_secondary", 12, 14, "ม.1", 12)),
    (Reach("straight_km", 1.25), Reach("straight_km", 3, is_own=True)),
    CoverageLimits(),
)
ASKED = {"reach_kind": "straight_km", "reach_value": 3.0, "affiliations": "own"}


def layer(name, rows):
    """Rows of a layer with the dictionary's columns; what is not given is unknown."""
    columns = {column.name: column.kind for column in LAYERS[name].columns}
    frame = pd.DataFrame(rows, columns=list(columns))
    return frame.astype({column: TYPES[kind] for column, kind in columns.items()})


def coverage(name, rows, level="primary"):
    return layer(name, [{"education_level": level, **ASKED, **row} for row in rows])


ZONES = [
    {"smis_code": None, "zone_method": "unassigned", "population": 0.0},
    {"smis_code": "09010002", "school_name_th": "=ดอย", "population": 9.5, "enrolled": 9},
    {
        "smis_code": "09010001",
        "school_name_th": "ห้วย",
        "zone_method": "village_voronoi",
        "population": 10.5,
        "population_method": "registered+aged:1",
        "covered_population": 4.2,
        "uncovered_population": 6.3,
        "coverage_rate": 0.4,
        "enrolled": 12,
        "gross_enrolment_ratio": 114.2857,
    },
]
OUTLOOK = [
    {"smis_code": None, "grade": "p1", "target_year_be": 2569, "years_ahead": 1, "expected": 21.5,
     "outlook_method": "zone_intake+office_totals+range_worst:3"},
    {"smis_code": "09010001", "grade": "p1", "target_year_be": 2569, "years_ahead": 1,
     "expected": 11.4, "outlook_method": "zone_intake"},
]  # fmt: skip


_ASKED = {"education_level": "primary", "reach_kind": "straight_km", "affiliations": "own"}
POCKETS = [
    {"pocket_no": 2, "reach_value": 3.0, "children": 12.4, "children_rounded": 10,
     "nearest_km": 3.0009, **_ASKED},
    {"pocket_no": 1, "reach_value": 3.0, "children": 20.0, "children_rounded": 20,
     "villages": "ก, ข", "nearest_km": 4.0, **_ASKED},
    {"pocket_no": 3, "reach_value": 3.0, "children": 4.0, "nearest_km": 4.0, **_ASKED},
]  # fmt: skip
STATED = {
    "coverage population": "ประชากร_2567.csv",
    "coverage raster": "population.tif",
    "coverage raster ratio": "1.92",
    "coverage raster people": "9796716",
    "coverage raster beside": "5095982",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Two rounds, the older with other levels and reaches and without an outlook."""
    older = CoverageRound.of(
        Round(2567, 1),
        {
            "zone_coverage": pd.concat(
                [
                    coverage("zone_coverage", ZONES[1:2], level="lower_secondary"),
                    coverage("zone_coverage", ZONES[1:2]).assign(affiliations="all"),
                    coverage("zone_coverage", ZONES[1:2]).assign(reach_value=1.25),
                    coverage("zone_coverage", ZONES[1:2]),
                ],
            )
        },
        {"coverage raster": ""},
    )
    newer = CoverageRound.of(
        Round(2568, 1),
        {
            "zone_coverage": coverage("zone_coverage", ZONES),
            "outlook": layer("outlook", OUTLOOK),
            "office_coverage": coverage(
                "office_coverage",
                [
                    {
                        "area_code": "09010000",
                        "population": 20.0,
                        "population_method": "registered+aged:1",
                    }
                ],
            ),
            "service_zones": layer("service_zones", [{"zone_method": "village_voronoi"}] * 2),
            "uncovered_pockets": layer("uncovered_pockets", POCKETS),
        },
        STATED,
    )
    path = tmp_path_factory.mktemp("book") / "coverage.xlsx"
    write_coverage_book([older, newer], path, "สพป.ทดสอบ", CRITERIA)
    return openpyxl.load_workbook(path)


def rows(sheet):
    head, *body = ([cell.value for cell in row] for row in sheet)
    return [dict(zip(head, row, strict=True)) for row in body]


def test_every_kind_of_unit_has_a_sheet_and_so_has_the_method(book):
    assert book.sheetnames == [
        "สำนักงาน", "อำเภอ", "เครือข่าย", "ตำบล", "เขตพื้นที่บริการ", "กลุ่มเด็กนอกระยะ",
        "คาดการณ์ ป.1 ม.1", "วิธีคิดและที่มา",
    ]  # fmt: skip
    assert all(sheet.freeze_panes == "B2" for sheet in book.worksheets[:-1])
    assert rows(book["อำเภอ"]) == []


def test_headings_are_those_of_the_dictionary(book):
    titles = [column.title_th for column in LAYERS["zone_coverage"].columns]
    titles[titles.index("ส่วนที่อยู่ในระยะ (0–1)")] = "ส่วนที่อยู่ในระยะ (%)"
    assert [cell.value for cell in book["เขตพื้นที่บริการ"][1]] == ["รอบข้อมูล", *titles]


def test_codes_and_names_stay_text(book):
    cells = {cell.value: cell for row in book["เขตพื้นที่บริการ"] for cell in row}
    for text in ("09010001", "=ดอย"):
        assert cells[text].data_type == "s"


def test_people_are_whole_and_add_up_and_rates_have_a_decimal(book):
    shown = [row for row in rows(book["เขตพื้นที่บริการ"]) if row["รอบข้อมูล"] == "2568-1"]
    assert [row["เด็กในวัย"] for row in shown] == [11, 9, 0]
    first = shown[0]
    assert first["เด็กในระยะ"] + first["เด็กนอกระยะ"] == 11
    assert first["ส่วนที่อยู่ในระยะ (%)"] == 40
    assert first["อัตราเข้าเรียนอย่างหยาบ (%)"] == 114.3
    assert first["นักเรียน"] == 12


def test_the_unknown_is_an_empty_cell(book):
    shown = rows(book["เขตพื้นที่บริการ"])
    assert shown[-2]["เด็กในระยะ"] is None
    assert shown[-2]["นักเรียน"] == 9


def test_codes_of_columns_stand_in_words(book):
    first = next(row for row in rows(book["เขตพื้นที่บริการ"]) if row["รอบข้อมูล"] == "2568-1")
    assert first["ระดับ"] == "ประถม"
    assert first["วิธีสร้างเขต"] == "จากรายชื่อหมู่บ้านในประกาศและที่ตั้งหมู่บ้าน"
    assert first["วิธีนับเด็ก"] == "จำนวนเด็กตามทะเบียน · ทะเบียนต่างวัน จึงเลื่อนอายุเด็ก 1 ปี"
    assert first["สังกัดที่นับ"] == "เฉพาะโรงเรียนของสำนักงาน"
    assert first["ชนิดของระยะ"] == "เส้นตรง (กม.)"


def test_rounds_stand_in_their_order_then_levels_reaches_and_affiliations(book):
    shown = rows(book["เขตพื้นที่บริการ"])
    asked = [
        (row["รอบข้อมูล"], row["ระดับ"], row["ระยะ (กม. หรือนาที)"], row["สังกัดที่นับ"]) for row in shown[:4]
    ]
    own, everyone = "เฉพาะโรงเรียนของสำนักงาน", "ทุกสังกัด"
    assert asked == [
        ("2567-1", "ประถม", 1.25, own),
        ("2567-1", "ประถม", 3, own),
        ("2567-1", "ประถม", 3, everyone),
        ("2567-1", "ม.ต้น", 3, own),
    ]


def test_the_row_without_a_code_comes_last_and_has_a_name(book):
    assert rows(book["เขตพื้นที่บริการ"])[-1]["โรงเรียน"] == "นอกเขตบริการทุกโรงเรียน"
    school, office = rows(book["คาดการณ์ ป.1 ม.1"])
    assert (school["โรงเรียน"], school["คาดว่ามี"]) == ("ห้วย", 11)
    assert (office["โรงเรียน"], office["คาดว่ามี"]) == ("ทั้งสำนักงาน", 22)
    assert (school["ชั้น"], school["ปีการศึกษาที่คาด (พ.ศ.)"]) == ("ป.1", 2569)


def test_the_method_says_what_each_round_had_to_go_by(book):
    said = {row[0].value: row[1].value for row in book["วิธีคิดและที่มา"]}
    assert said["รอบข้อมูล"] == "2567-1 · 2568-1"
    assert said["เขตของรอบ 2568-1"] == "จากรายชื่อหมู่บ้านในประกาศและที่ตั้งหมู่บ้าน 2"
    assert said["การนับเด็กของรอบ 2568-1"] == "จำนวนเด็กตามทะเบียน · ทะเบียนต่างวัน จึงเลื่อนอายุเด็ก 1 ปี"
    assert "1.25 กม. · 3 กม." in said["ในระยะ"]
    assert "ประถม 6–11 ปี (ป.1 6 ปี)" in said["อายุตามเกณฑ์"]


def test_pockets_that_everybody_may_see_have_a_sheet_in_their_order(book):
    first, second = rows(book["กลุ่มเด็กนอกระยะ"])
    assert "เด็กนอกระยะ" not in first
    assert (first["ลำดับที่"], first["เด็กนอกระยะ (ปัดเป็นทีละ 5)"]) == (1, 20)
    assert (second["ลำดับที่"], second["เด็กนอกระยะ (ปัดเป็นทีละ 5)"]) == (2, 10)
    assert first["หมู่บ้าน"] == "ก, ข"
    # Beyond a reach of 3 km, and seen to be so.
    assert second["ระยะถึงโรงเรียนใกล้สุด (กม.)"] == 3.001


def test_the_method_says_which_files_there_were_and_what_the_raster_counts(book):
    said = {row[0].value: row[1].value for row in book["วิธีคิดและที่มา"]}
    assert said["แฟ้มทะเบียนของรอบ 2568-1"] == "ประชากร_2567.csv"
    assert said["ราสเตอร์ประชากรของรอบ 2568-1"] == (
        "population.tif · ในพื้นที่ที่มีทะเบียนนับได้ 9,796,716 คน เป็น 1.92 เท่าของทะเบียน (5,095,982 คน)"
    )
    assert said["ราสเตอร์ประชากรของรอบ 2567-1"] == "ไม่มี"
    assert "ณ 31 ธ.ค. ของปีก่อนปีการศึกษา" in said["เด็กในวัย"]


def test_sheets_fit_the_width_of_paper_as_far_as_they_can_be_read(book):
    for sheet in book.worksheets:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        pages = int(sheet.page_setup.fitToWidth or 1)
        assert 16 * (pages - 1) < sheet.max_column <= 16 * pages
        assert (sheet.print_title_cols == "$A:$B") is (pages > 1)


def test_how_the_range_was_made_is_said_for_schools_and_for_the_office(book):
    said = {row[0].value: row[1].value for row in book["วิธีคิดและที่มา"]}["ช่วงของการคาดการณ์"]
    assert "ของโรงเรียน 8 ใน 10 กรณีที่ผ่านมาอยู่ในช่วง" in said
    assert "ของทั้งสำนักงานกว้างเท่าความคลาดเคลื่อนที่มากที่สุด" in said
    assert "อย่างน้อย 3 ปี" in said
    office = rows(book["คาดการณ์ ป.1 ม.1"])[-1]
    assert "ในการคาดย้อนหลัง 3 ปี" in office["วิธีคาด"]


def test_shapes_are_not_kept():
    shapes = layer("service_zones", [{"zone_method": "digitised"}]).assign(geometry=None)
    kept = CoverageRound.of(Round(2568, 1), {"service_zones": shapes, "zone_parts": shapes}, {})
    assert list(kept.layers) == ["service_zones"]
    assert "geometry" not in kept.layers["service_zones"]


def test_an_office_without_any_round_still_has_a_workbook(tmp_path):
    write_coverage_book([], tmp_path / "empty.xlsx", "สพป.ทดสอบ", CRITERIA)
    assert len(openpyxl.load_workbook(tmp_path / "empty.xlsx").sheetnames) == 8
