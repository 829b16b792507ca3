import pytest

from gisapp.core.persons import is_personal, person_columns
from gisapp.core.tables import Sheet


def with_check_digit(twelve):
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(twelve))
    return twelve + str((11 - total % 11) % 10)


#: Numbers made here from runs of digits; they are nobody's.
MADE = [with_check_digit(f"{n}" * 12) for n in (1, 2, 3)]


def test_a_citizens_number_is_known_by_its_check_digit():
    assert all(map(is_personal, MADE))
    assert not is_personal(MADE[0][:-1] + str((int(MADE[0][-1]) + 1) % 10))
    assert is_personal("G680000000001")
    assert not is_personal("ABCDEFGHIJKLM")


@pytest.mark.parametrize(
    "numbers", [MADE, [int(n) for n in MADE], ["G680000000001", "G680000000002"]]
)
def test_a_column_of_personal_numbers_is_found_and_only_named_by_its_letter(numbers):
    rows = [["ชั้น", "ที่"], *[["ป.1", number] for number in numbers]]
    assert person_columns(Sheet("f.xlsx", "s", rows)) == ["B"]


def test_a_heading_for_personal_numbers_is_enough():
    assert person_columns(Sheet("f.xlsx", "s", [["เลขประจำตัว ประชาชน", "x"], [None, 1]])) == ["A"]


def test_school_codes_and_money_are_nobody():
    rows = [["รหัส", "งบ"], ["1020080005", 1234567890128], ["58010001", 99], [None, None]]
    assert person_columns(Sheet("f.xlsx", "s", rows)) == []


DASHED = "-".join((MADE[0][0], MADE[0][1:5], MADE[0][5:10], MADE[0][10:12], MADE[0][12]))


@pytest.mark.parametrize(
    "cell", [DASHED, "เด็กชาย ก", "ด.ญ. ข", "เลขประจำตัวประชาชนนักเรียน", "วัน เดือน ปีเกิด"]
)
def test_one_cell_about_a_child_is_enough(cell):
    assert person_columns(Sheet("f.xlsx", "s", [["1", cell]])) == ["B"]


THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@pytest.mark.parametrize(
    "cell",
    [
        MADE[0].translate(THAI_DIGITS),
        DASHED.translate(THAI_DIGITS),
        DASHED.replace("-", " "),
        DASHED.replace("-", "\u2011"),
        f"\u200b{MADE[0][:6]}\u200b{MADE[0][6:]}",
        f"เลข {MADE[0]} ของผู้ปกครอง",
        f"ผู้ปกครอง{DASHED}",
        "g 6800 0000 0001",
        f'["{MADE[0]}"]',
        float(MADE[0]),
    ],
)
def test_a_personal_number_is_known_however_it_is_written(cell):
    assert person_columns(Sheet("f.xlsx", "s", [["1", cell]])) == ["B"]


@pytest.mark.parametrize(
    "cell",
    [
        f"https://example.org/photo?id={MADE[0]}",
        f"https://example.org/{MADE[0]}.jpg",
        float(f"98.{MADE[0][:11]}"),
        f"0{MADE[0]}",
        f"{MADE[0]}0",
        "เด็กชาย",
        "เด็กหญิง (คน)",
        True,
        "",
        None,
    ],
)
def test_addresses_longer_numbers_and_headings_of_sexes_are_nobody(cell):
    assert person_columns(Sheet("f.xlsx", "s", [["1", cell]])) == []


def test_numbers_of_neighbouring_cells_are_not_read_as_one():
    rows = [[MADE[0][:6], MADE[0][6:]], [MADE[1][:8], MADE[1][8:]]]
    assert person_columns(Sheet("f.xlsx", "s", rows)) == []


def under(heading, *cells):
    return Sheet("f.xlsx", "s", [["ชื่อ", heading], *[["x", cell] for cell in cells]])


@pytest.mark.parametrize(
    "heading",
    [
        "เลขประจำตัวประชาชน",
        "หมายเลขประจำตัวประชาชน",
        "รหัส/เลขประจำตัวประชาชน",
        "เลขประจำตัวประชาชน ของนักเรียน (กรอกเฉพาะตัวเลข 13 หลัก ไม่ต้องใส่ขีด)",
        "วันเกิด",
        "ว/ด/ป วันเดือนปีเกิด",
        "ชื่อ (ไม่ต้องใส่คำนำหน้า) และเลขประจำตัวประชาชน",
    ],
)
@pytest.mark.parametrize("cells", [["x-xxxx-xxxxx-12-x"], ["***", "***"], [None, None]])
def test_a_list_of_persons_is_refused_though_its_numbers_are_masked_or_taken_out(heading, cells):
    assert person_columns(under(heading, *cells)) == ["B"]


def test_a_list_of_one_column_needs_no_neighbour():
    rows = [["เลขประจำตัวประชาชน"], ["***"], ["***"]]
    assert person_columns(Sheet("f.csv", "", rows)) == ["A"]


#: The columns of a list of children, domain notes C10.
CHILDREN = [
    "เลขประจำตัวประชาชน",
    "คำนำหน้า",
    "ชื่อ",
    "นามสกุล",
    "เพศ",
    "วันเกิด",
    "อายุ",
    "สัญชาติ",
    "รหัสประจำบ้าน",
    "บ้านเลขที่",
    "หมู่ที่",
    "ตำบล",
    "อำเภอ",
    "จังหวัด",
    "ชื่อบิดา",
    "ชื่อมารดา",
    "สถานศึกษาที่เข้าเรียน",
]


@pytest.mark.parametrize("number", ["X-XXXX-XXXXX-XX-X", None])
def test_a_list_of_children_is_refused_by_its_headings_alone(number):
    child = [number, "ด.ช.", "สมมุติ", "ไม่มีจริง", "ชาย", *[None] * 12]
    found = person_columns(Sheet("f.xlsx", "s", [["บัญชี", *[None] * 16], CHILDREN, child]))
    assert found == ["A", "B", "D", "F"]


@pytest.mark.parametrize(
    "words",
    [
        "ห้ามใส่ชื่อคน เลขประจำตัวประชาชน หรือข้อมูลรายบุคคล ระบบจะไม่รับไฟล์นั้น",
        "ห้ามใส่เลขประจำตัวประชาชน",
        "หมายเหตุ ไม่รวมนักเรียนที่ไม่มีเลขประจำตัวประชาชน (เด็ก G)",
        "ไม่มีเลขประจำตัวประชาชน",
        "จำนวนนักเรียนที่ไม่มีเลขประจำตัวประชาชน",
    ],
)
def test_words_about_numbers_that_are_no_heading_are_nobody(words):
    rows = [["ตาราง", None], [words, "note"], ["รหัส", "ชาย"], ["99020001", 3], [words, None]]
    assert person_columns(Sheet("f.xlsx", "s", rows)) == []


def test_a_footnote_alone_in_its_row_heads_nothing():
    rows = [["รหัส", "ชาย"], ["99020001", 3], [None, None], ["รอเลขประจำตัวประชาชน 3 คน", None]]
    assert person_columns(Sheet("f.xlsx", "s", rows)) == []


def test_a_remark_far_below_the_header_is_no_heading():
    rows = [
        ["รหัส", "หมายเหตุ"],
        *[["99020001", None]] * 30,
        ["9", "รอเลขประจำตัวประชาชน"],
        ["9", "x"],
    ]
    assert person_columns(Sheet("f.xlsx", "s", rows)) == []
    assert person_columns(Sheet("f.xlsx", "s", [*rows, ["9", MADE[0]]])) == ["B"]
