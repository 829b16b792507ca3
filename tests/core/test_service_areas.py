import time

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from gisapp.core.match import SchoolKeys
from gisapp.core.recognise import recognise
from gisapp.core.service_areas import read_service_villages
from gisapp.core.tables import Sheet
from gisapp.core.villages import VillageIndex

KEYS = SchoolKeys.of(
    pd.DataFrame(
        {
            "smis_code": ["58010001", "58010002", "58010003", "58010004"],
            "ministry_code": "",
            "percode": "",
            "school_name_th": ["บ้านเหนือ", "บ้านใต้", "วัดกลาง", "วัดกลาง"],
        }
    )
)
SUBDISTRICTS = gpd.GeoDataFrame(
    {
        "subdistrict_code": ["580101", "580102"],
        "subdistrict_th": ["จองคำ", "ผาบ่อง"],
        "subdistrict_en": ["Chong Kham", "Pha Bong"],
        "district_th": "เมือง",
        "district_en": "Mueang",
    },
    geometry=[shapely.box(97, 19, 98, 20), shapely.box(98, 19, 99, 20)],
    crs=4326,
)


def villages_of(*rows):
    """Villages (code, name) on one point."""
    codes = [code for code, _ in rows]
    return gpd.GeoDataFrame(
        {
            "village_code": codes,
            "village_no": [int(code[6:]) for code in codes],
            "village_th": [name for _, name in rows],
            "subdistrict_code": [code[:6] for code in codes],
        },
        geometry=gpd.points_from_xy([97.5] * len(rows), [19.5] * len(rows)),
        crs=4326,
    )


VILLAGES = villages_of(("58010101", "บ้านเหนือ"), ("58010102", "บ้านใต้"), ("58010201", "บ้านโนน"))
HEAD = ["รหัสโรงเรียน", "ระดับ", "รหัสหมู่บ้าน", "หมู่ที่", "ชื่อหมู่บ้าน", "ตำบล", "อำเภอ", "สัดส่วน"]
TEXT_HEAD = ["รหัสโรงเรียน", "ชื่อโรงเรียน", "หมู่บ้านในเขตบริการ"]


@pytest.fixture
def read(read_table, headings):
    """Rows of a sheet; what no school serves is asked for by name in its own tests."""

    def read(*rows, villages=VILLAGES, head=HEAD, unserved=False):
        index = VillageIndex.of(villages, SUBDISTRICTS, {})
        found = read_service_villages([read_table(head, *rows)], KEYS, headings, index)
        kept = [p for p in found[1] if (p.kind == "villages_unserved") <= unserved]
        return found[0], kept

    return read


@pytest.fixture
def read_lines(headings):
    """An announcement as lines of text."""

    def read(*lines):
        tables, problems = recognise(Sheet("ประกาศ.txt", "", [[line] for line in lines]), headings)
        assert [table.form for table in tables] == ["service_announcement"]
        index = VillageIndex.of(VILLAGES, SUBDISTRICTS, {})
        rows, found = read_service_villages(tables, KEYS, headings, index)
        return rows, [*problems, *(p for p in found if p.kind != "villages_unserved")]

    return read


@pytest.mark.parametrize(
    "village",
    [
        ["58010102", "", "", "", ""],
        ["", 2, "", "จองคำ", "เมือง"],
        ["", "", "บ้านใต้", "ต.จองคำ", ""],
        ["", "๒", "ใต้", "", ""],
    ],
)
def test_a_village_is_found_by_code_by_number_or_by_name(read, village):
    rows, problems = read(["58010001", "ป.1", *village, ""])
    assert problems == []
    assert rows["village_code"].tolist() == ["58010102"]
    assert rows["education_level"].tolist() == ["primary"]


def test_a_number_alone_finds_no_village_without_its_subdistrict(read):
    rows, problems = read(["58010001", "ป.1", "", 2, "", "", "", ""])
    assert rows["village_code"].isna().all()
    assert [p.kind for p in problems] == ["unknown_village"]


def test_a_village_of_another_level_is_another_row(read):
    rows, _ = read(
        ["58010001", "ประถม", "58010101", "", "", "", "", ""],
        ["58010002", "ม.1", "58010101", "", "", "", "", ""],
    )
    assert rows["education_level"].tolist() == ["primary", "lower_secondary"]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["58019999", "ป.1", "58010101", "", "", "", "", ""], "village_unmatched"),
        (["58010001", "อุดม", "58010101", "", "", "", "", ""], "unknown_level"),
        (["58010001", "ป.1", "58019999", "", "", "", "", ""], "unknown_village"),
        (["58010001", "ป.1", "58010101", "", "", "", "", "ครึ่ง"], "number_ignored"),
        (["58010001", "ป.1", "58010101", "", "", "", "", 0.4], "share_sum"),
        (["58010001", "ป.1", "58010101", "", "บ้านโนน", "", "", ""], "village_name_differs"),
    ],
)
def test_each_doubtful_row_is_one_problem(read, row, kind):
    assert [problem.kind for problem in read(row)[1]] == [kind]


def test_a_shared_village_must_add_up_to_one(read):
    half = ["58010001", "ป.1", "58010101", "", "", "", "", 0.5]
    assert read(half, ["58010002", *half[1:]])[1] == []
    assert read(half, ["58010002", *half[1:7], ""])[1] == []
    wrong = read(half, ["58010002", *half[1:7], 0.6])[1]
    assert [(p.kind, p.key, p.value) for p in wrong] == [("share_sum", "village:58010101", "1.1")]
    assert wrong[0].school == ""
    assert "หมู่บ้าน 58010101 " in wrong[0].message("th")


def test_a_village_of_two_schools_without_shares_is_doubted_once_per_level(read):
    row = ["58010001", "ป.1", "58010101", "", "", "", "", ""]
    found = read(row, ["58010002", *row[1:]], ["58010002", "ม.1", *row[2:]])[1]
    assert [(p.kind, p.value, p.cell) for p in found] == [
        ("village_shared", "58010001, 58010002", "H3")
    ]
    assert "2 โรงเรียน" in found[0].message("th")


def test_a_village_listed_again_for_its_school_counts_once(read):
    row = ["58010001", "ป.1", "58010101", "", "", "", "", ""]
    rows, found = read(row, row)
    assert len(rows) == 1
    assert [(p.kind, p.severity, p.row) for p in found] == [("village_repeated", "note", 3)]
    assert "โรงเรียน 58010001 ระดับประถม " in found[0].message("th")
    assert "primary area of school 58010001" in found[0].message("en")


def test_villages_of_no_school_are_named_by_subdistrict_for_levels_that_were_received(read):
    _, found = read(
        ["58010001", "ป.1", "58010101", "", "", "", "", ""],
        ["58010001", "ม.1", "58010101", "", "", "", "", ""],
        ["58010001", "ม.1", "58010102", "", "", "", "", ""],
        unserved=True,
    )
    assert [(p.kind, p.key, p.value) for p in found] == [
        ("villages_unserved", "area:580102 lower_secondary", "58010201"),
        ("villages_unserved", "area:580101 primary", "58010102"),
        ("villages_unserved", "area:580102 primary", "58010201"),
    ]
    assert "1 จาก 2 หมู่บ้าน" in found[1].message("th")
    assert "หมู่ 2 บ้านใต้" in found[1].message("th")


def test_villages_outside_the_offices_subdistricts_need_no_school(read):
    nation = villages_of(("58010101", "บ้านเหนือ"), ("10010101", "บ้านไกล"))
    row = ["58010001", "ป.1", "58010101", "", "", "", "", ""]
    assert read(row, villages=nation, unserved=True)[1] == []


def test_without_a_list_of_villages_codes_are_kept_as_written(read):
    row = ["58010001", "ป.1", "58010155", "", "", "", "", ""]
    rows, problems = read(row, villages=VILLAGES.iloc[:0], unserved=True)
    assert problems == []
    assert rows["village_code"].tolist() == ["58010155"]
    assert rows["subdistrict_code"].tolist() == ["580101"]


# --- announcements


def test_a_column_of_text_gives_the_same_rows_as_the_sheet(read):
    rows, problems = read(
        ["58010001", "", "2 หมู่บ้าน: บ้านเหนือ หมู่ที่ 1 ต.จองคำ, บ้านใต้ หมู่ที่ ๒"],
        ["", "โรงเรียนบ้านใต้", "หมู่ 1 ต.ผาบ่อง"],
        head=TEXT_HEAD,
    )
    assert problems == []
    assert rows[["smis_code", "education_level", "village_code"]].to_numpy().tolist() == [
        ["58010001", "primary", "58010101"],
        ["58010001", "primary", "58010102"],
        ["58010002", "primary", "58010201"],
    ]


@pytest.mark.parametrize(
    ("row", "kind", "value"),
    [
        (["58010001", "", "หมู่ 1 และแถวตลาด ต.จองคำ"], "announced_words", "แถวตลาด"),
        (["58010001", "", "มี 5 หมู่บ้าน หมู่ 1-2 ต.จองคำ"], "announced_count", "5"),
        (["58010001", "", "ต.จองคำ"], "announced_nothing", "ต.จองคำ"),
        (["58010001", "", "หมู่ 9 ต.จองคำ"], "unknown_village", "หมู่ที่ 9 ต.จองคำ"),
        (["58010001", "", "บ้านโนน หมู่ 1 ต.จองคำ"], "village_name_differs", "โนน"),
        (["58019999", "", "หมู่ 1 ต.จองคำ"], "village_unmatched", "58019999"),
        (["", "บ้านเหนือสุด", "หมู่ 1 ต.จองคำ"], "announced_school", "บ้านเหนือสุด"),
        (["", "วัดกลาง", "หมู่ 1 ต.จองคำ"], "announced_school", "วัดกลาง"),
    ],
)
def test_each_doubt_about_a_text_is_one_problem_with_its_words(read, row, kind, value):
    assert [(p.kind, p.value) for p in read(row, head=TEXT_HEAD)[1]] == [(kind, value)]


def test_a_whole_subdistrict_is_all_of_its_villages(read):
    rows, problems = read(["58010001", "", "2 หมู่บ้าน ทุกหมู่บ้าน ต.จองคำ"], head=TEXT_HEAD)
    assert problems == []
    assert rows["village_code"].tolist() == ["58010101", "58010102"]
    assert rows["village_no"].tolist() == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "ทุกหมู่บ้าน ต.จองคำ ยกเว้น หมู่ที่ 2",
        "ทุกหมู่บ้าน ต.จองคำ ยกเว้น บ้านใต้",
        "หมู่ 1-2 ต.จองคำ (ยกเว้นบ้านใต้)",
        "บ้านเหนือ บ้านใต้ ต.จองคำ ยกเว้น หมู่ 2",
    ],
)
def test_a_village_that_is_excepted_is_not_served(read, text):
    rows, problems = read(["58010001", "", text], head=TEXT_HEAD)
    assert problems == []
    assert rows["village_code"].tolist() == ["58010101"]


def test_an_exception_on_a_line_of_its_own_holds_for_its_school(read_lines):
    rows, _ = read_lines(
        "เขตพื้นที่บริการ",
        "โรงเรียนบ้านเหนือ ทุกหมู่บ้าน ต.จองคำ",
        "ยกเว้น หมู่ที่ 2",
        "โรงเรียนบ้านใต้ หมู่ 2 ต.จองคำ",
    )
    assert rows[["smis_code", "village_code"]].to_numpy().tolist() == [
        ["58010001", "58010101"],
        ["58010002", "58010102"],
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ทุกหมู่บ้าน ต.จองคำ ยกเว้น แถวตลาด", "ทุกหมู่บ้าน ต.จองคำ ยกเว้น แถวตลาด"),
        ("ทุกหมู่บ้าน ต.จองคำ ยกเว้น หมู่ 7", "ยกเว้น หมู่ที่ 7 ต.จองคำ"),
    ],
)
def test_an_exception_that_is_not_understood_leaves_the_school_without_villages(read, text, value):
    rows, problems = read(["58010001", "", text], head=TEXT_HEAD)
    assert len(rows) == 0
    assert [(p.kind, p.severity, p.value) for p in problems] == [("announced_but", "warn", value)]


def test_an_announcement_in_lines_names_the_school_above_its_villages(read_lines):
    rows, problems = read_lines(
        "ประกาศสำนักงานเขตพื้นที่การศึกษา เรื่อง กำหนดเขตพื้นที่บริการ ปีการศึกษา 2568",
        "1. โรงเรียนบ้านเหนือ (รหัส 58010001) มีหมู่บ้านในเขตบริการ 2 หมู่บ้าน ได้แก่",
        "   1) บ้านเหนือ หมู่ที่ 1 ตำบลจองคำ อำเภอเมือง",
        "   2) บ้านใต้ หมู่ที่ ๒",
        "2. โรงเรียนบ้านใต้",
        "ตำบลผาบ่อง",
        "หมู่ที่ 1 บ้านโนน",
        "ประกาศ ณ วันที่ 1 มีนาคม พ.ศ. 2567",
        "(นาย ก ข)",
    )
    assert problems == []
    assert rows[["smis_code", "village_code", "announced_be"]].to_numpy().tolist() == [
        ["58010001", "58010101", 2567],
        ["58010001", "58010102", 2567],
        ["58010002", "58010201", 2567],
    ]


def test_levels_stand_above_schools_or_within_one(read_lines):
    rows, problems = read_lines(
        "บัญชีเขตพื้นที่บริการ",
        "ระดับก่อนประถม",
        "โรงเรียนบ้านเหนือ 58010001 หมู่ 1 ต.จองคำ",
        "ระดับประถม",
        "โรงเรียนบ้านเหนือ 58010001 หมู่ 1 ต.จองคำ",
        "ม.ต้น ไม่มี",
        "โรงเรียนบ้านใต้ หมู่ 2 ต.จองคำ",
    )
    assert [(p.kind, p.value) for p in problems] == [
        ("unknown_level", "ก่อนประถม"),
        ("announced_words", "ม.ต้น"),
        ("announced_words", "ไม่มี"),
    ]
    assert rows[["smis_code", "education_level"]].to_numpy().tolist() == [
        ["58010001", "primary"],
        ["58010002", "primary"],
    ]


def test_lines_that_commas_made_cells_of_are_read_as_lines(headings):
    cells = [["เขตพื้นที่บริการ", None], ["โรงเรียนบ้านใต้ หมู่ 1", " 2 ต.จองคำ"]]
    tables, problems = recognise(Sheet("a.txt", "", cells), headings)
    assert problems == []
    assert tables[0].frame["service_area_text"].tolist() == ["หมู่ 1, 2 ต.จองคำ"]


def test_villages_under_no_school_are_not_lost_in_silence(read_lines):
    _, problems = read_lines("เขตบริการ", "หมู่ 1 ต.จองคำ", "โรงเรียนบ้านใต้", "หมู่ 2 ต.จองคำ")
    assert [(p.kind, p.row, p.value) for p in problems] == [
        ("announced_without_school", 2, "หมู่ 1 ต.จองคำ")
    ]


def test_a_letter_about_something_else_is_no_announcement(headings):
    lines = [["โรงเรียนบ้านใต้ ขอส่งรายงาน"], ["หมู่ที่ 2 ตำบลจองคำ"]]
    tables, problems = recognise(Sheet("a.txt", "", lines), headings)
    assert tables == []
    assert [p.kind for p in problems] == ["unknown_form"]


def test_a_country_of_texts_and_villages_is_read_in_seconds(headings):
    schools = 12_000
    keys = SchoolKeys.of(
        pd.DataFrame(
            {
                "smis_code": [f"{n:08d}" for n in range(schools)],
                "ministry_code": "",
                "percode": "",
                "school_name_th": [f"โรงเรียน{n}" for n in range(schools)],
            }
        )
    )
    rows = [[code, "", "หมู่ 1-2 ต.จองคำ, บ้านโนน หมู่ 1 ต.ผาบ่อง"] for code in sorted(keys.smis)]
    tables, _ = recognise(Sheet("a.xlsx", "s", [TEXT_HEAD, *rows]), headings)
    index = VillageIndex.of(VILLAGES, SUBDISTRICTS, {})
    start = time.perf_counter()
    found, problems = read_service_villages(tables, keys, headings, index)
    assert time.perf_counter() - start < 10
    assert len(found) == 3 * schools
    assert [p.kind for p in problems] == ["village_shared"] * 3
