import datetime
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisapp.core.text import (
    clean_text,
    date_within,
    heading_key,
    is_damaged_code,
    parse_code,
    parse_count,
    parse_date,
    parse_number,
    parse_year_be,
)


@pytest.mark.parametrize(
    ("cell", "count"),
    [(7, 7), (7.0, 7), ("7", 7), ("๓,๑๐๐", 3100), ("3,100", 3100), (" 12 ", 12), (0, 0)],
)
def test_a_number_of_pupils_is_read_however_it_is_written(cell, count):
    assert parse_count(cell) == count


@pytest.mark.parametrize("cell", [None, "", " ", "-", "–", float("nan"), "\u200b"])
def test_a_blank_or_a_dash_is_unknown_and_never_0(cell):
    assert parse_count(cell) is None


@pytest.mark.parametrize(
    "cell", ["สิบ", "1.5", 1.5, -1, "-3", "nan", "inf", float("inf"), "1_000", True, "0x10"]
)
def test_what_is_no_count_is_refused(cell):
    with pytest.raises(ValueError, match="expected"):
        parse_count(cell)


@given(st.integers(min_value=0, max_value=10**9))
def test_thai_digits_and_thousands_mean_the_same_number(number):
    thai = f"{number:,}".translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert parse_count(thai) == parse_count(number) == number


def test_a_negative_number_with_decimals_is_a_number():
    assert parse_number("-1,234.50") == -1234.5


def test_a_code_in_a_float_loses_its_point_and_keeps_its_zeros_as_text():
    assert parse_code(58010001.0) == "58010001"
    assert parse_code("080005") == "080005"
    assert parse_code(" ๕๘๐๑ ๐๐๐๑\u200b") == "58010001"
    assert parse_code("-") == ""


@pytest.mark.parametrize(("text", "damaged"), [("1.02E+09", True), ("1e9", True), ("10200", False)])
def test_a_code_turned_into_a_power_of_ten_is_recognised(text, damaged):
    assert is_damaged_code(text) is damaged


def test_both_forms_of_sara_am_are_one_text():
    composed, decomposed, with_tone = "น้ำ", "น\u0e49\u0e4d\u0e32", "น\u0e4d\u0e49\u0e32"
    assert clean_text(decomposed) == composed
    assert clean_text(with_tone) == composed


@pytest.mark.parametrize("mark", "\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_no_cell_turns_the_direction_of_what_stands_beside_it(mark):
    assert clean_text(f"บ้าน{mark}ดอย") == "บ้านดอย"
    assert heading_key(f"{mark}Latitude") == "latitude"
    assert parse_number(f"{mark}19.05") == 19.05


def test_blanks_invisible_marks_and_digits_do_not_make_another_heading():
    assert heading_key("ประถมศึกษา ปีที่ ๑\u200b\n") == heading_key("ประถมศึกษาปีที่ 1")
    assert heading_key("รหัสSMIS") == heading_key("รหัส smis")
    assert heading_key("ป.1") != heading_key("ป.2")


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean_text(clean_text(text)) == clean_text(text)


@pytest.mark.parametrize(
    "cell",
    [
        "16 พฤษภาคม 2503",
        "16 พ.ค. 2503",
        "๑๖ พ.ค. ๒๕๐๓",
        "16/05/2503",
        "2503-05-16",
        "1960-05-16",
        datetime.date(1960, 5, 16),
        datetime.datetime(1960, 5, 16, 8, 0),
        datetime.date(2503, 5, 16),
    ],
)
def test_a_date_is_read_in_either_era(cell):
    assert parse_date(cell) == datetime.date(1960, 5, 16)


@pytest.mark.parametrize("cell", ["พ.ค. 2503", "16 พ.ค.", "31/02/2566", "2503"])
def test_what_is_no_date_is_refused(cell):
    with pytest.raises(ValueError):
        parse_date(cell)


def test_the_date_in_a_title_is_found():
    title = "จำนวนนักเรียน ปีการศึกษา 2568 (ข้อมูล ณ วันที่ 10 มิถุนายน 2568)"
    assert date_within(title) == datetime.date(2025, 6, 10)
    assert date_within("จำนวนนักเรียน") is None


@pytest.mark.parametrize(
    ("cell", "year"), [("2538", 2538), (1995, 2538), ("พ.ศ. 2538", 2538), ("๒๕๓๘", 2538), (0, None)]
)
def test_a_year_is_buddhist_whichever_era_was_written(cell, year):
    assert parse_year_be(cell) == year


@pytest.mark.parametrize("cell", [38, "25381", "เก่า"])
def test_a_year_nobody_builds_in_is_refused(cell):
    with pytest.raises(ValueError):
        parse_year_be(cell)


#: Names in scripts whose marks and joiners are part of the letters.
SCRIPTS = [
    "ໂຮງຮຽນປະຖົມບ້ານນ້ຳ",  # Lao
    "សាលាបឋមសិក្សាភ្នំពេញ",  # Khmer
    "အခြေခံပညာမူလတန်းကျောင်း",  # Burmese
    "مدرسة الأمل الابتدائية",  # Arabic
    "نیم\u200cروز",  # Persian, with a joiner that must stay
    "राजकीय प्राथमिक विद्यालय",  # Devanagari
    "क्\u200dष",  # Devanagari, a half letter
    "Trường Tiểu học Số 2",  # Latin with accents
]


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_name_of_another_script_is_shown_as_it_is_written(name):
    assert clean_text(f" {name}\u200b ") == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize("name", SCRIPTS)
def test_decomposed_and_composed_letters_are_one_name_and_no_mark_is_lost(name):
    key = heading_key(name)
    assert heading_key(unicodedata.normalize("NFD", name)) == key
    marks = [letter for letter in key if unicodedata.category(letter).startswith("M")]
    written = unicodedata.normalize("NFC", name)
    assert marks == [c for c in written if unicodedata.category(c).startswith("M")]


def test_a_joiner_counts_when_shown_and_not_when_compared():
    assert heading_key("نیم\u200cروز") == heading_key("نیمروز")
    assert clean_text("บ้าน\u200dก") == "บ้านก"
    assert clean_text("AB\u200c12") == "AB12"


@pytest.mark.parametrize(
    "digits", ["๓๑๐๐", "໓໑໐໐", "៣១០០", "၃၁၀၀", "٣١٠٠", "۳۱۰۰", "३१००", "３１００"]
)
def test_the_digits_of_every_script_are_numbers(digits):
    assert parse_count(digits) == 3100
    assert parse_code(digits) == "3100"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("١٬٢٣٤", 1234), ("1'234", 1234), ("1’234’567", 1234567), ("1\u202f234", 1234),
        (" \u200b1,234\ufeff", 1234),
        ("1\xa0234", 1234), ("12,34,567", 1234567), ("1,234.5", 1234.5), ("١٩٫٠٥", 19.05),
    ],
)  # fmt: skip
def test_thousands_are_parted_as_people_of_many_countries_part_them(cell, number):
    assert parse_number(cell) == number


@pytest.mark.parametrize(
    "cell", ["1,2", "1,23", "0,123", "1234,567", "1,234,5", "1 234", "98 102", "1'2", "1,234'567"]
)
def test_marks_that_may_part_something_else_than_thousands_are_refused(cell):
    with pytest.raises(ValueError, match="expected"):
        parse_number(cell)


@pytest.mark.parametrize(
    "cell", ["99020001.0", "99020001.00", "'99020001", '="99020001"', '"99020001"', "๙๙๐๒๐๐๐๑.๐"]
)
def test_a_code_that_a_spreadsheet_wrote_as_text_or_float_is_that_code(cell):
    assert parse_code(cell) == "99020001"


@pytest.mark.parametrize("cell", ["9902-0001", "K.0", "99020001.5", "A'1"])
def test_a_code_with_anything_else_in_it_stays_as_written(cell):
    assert parse_code(cell) == cell
