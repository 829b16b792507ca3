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
