import pandas as pd
import pytest

from gisapp.core.buildings import in_use, read_buildings
from gisapp.core.match import SchoolKeys

KEYS = SchoolKeys.of(
    pd.DataFrame(
        {"smis_code": ["58010001"], "ministry_code": [""], "percode": [""], "school_name_th": ["ก"]}
    )
)
HEAD = ["รหัสโรงเรียน", "ลำดับที่", "ประเภท", "แบบ", "ห้องจริง", "ปีที่สร้าง", "สภาพ", "สถานะ"]
A = ["58010001", 1, "อาคารเรียน", "สปช. 105/29", 8, 2538, "ดี", "ใช้งาน"]


@pytest.fixture
def read(read_table):
    def read(*rows, head=HEAD):
        return read_buildings([read_table(head, *rows)], KEYS, 2568)

    return read


def changed(row, column, value):
    return [value if place == column else cell for place, cell in enumerate(row)]


def test_a_structure_is_read_with_its_age_and_a_plain_design(read):
    buildings, problems = read(A)
    row = buildings.iloc[0]
    assert problems == []
    assert (row["age_years"], row["building_design"], row["condition"]) == (
        30,
        "สปช.105/29",
        "good",
    )


def test_structures_are_numbered_in_the_order_of_a_sheet_without_numbers(read):
    head = [column for column in HEAD if column != "ลำดับที่"]
    row = [cell for place, cell in enumerate(A) if place != 1]
    buildings, _ = read(row, row, row, head=head)
    assert buildings["sequence"].tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [
        (0, "58019999", "building_unmatched"),
        (5, "เก่า", "bad_year"),
        (6, "เอียง", "unknown_condition"),
        (4, "แปด", "number_ignored"),
    ],
)
def test_each_doubtful_cell_is_one_problem_and_the_other_rows_stay(read, column, value, kind):
    buildings, (problem,) = read(changed(A, column, value), changed(A, 1, 2))
    assert (problem.kind, problem.severity) == (kind, "warn")
    assert 2 in buildings["sequence"].tolist()


@pytest.mark.parametrize("rooms", ["4 ห้อง", "๔ห้อง", "4 rooms", " 4 ห้องเรียน "])
def test_rooms_may_be_written_with_their_unit(read, rooms):
    buildings, problems = read(changed(A, 4, rooms))
    assert (buildings["actual_rooms"].tolist(), problems) == ([4], [])


@pytest.mark.parametrize("rooms", ["4 คน", "ห้อง", "4 ห้อง 2 ชั้น"])
def test_another_unit_is_no_number_of_rooms(read, rooms):
    buildings, (problem,) = read(changed(A, 4, rooms))
    assert buildings["actual_rooms"].isna().all()
    assert problem.kind == "number_ignored"


def test_a_year_after_the_round_has_no_age(read):
    assert pd.isna(read(changed(A, 5, 2600))[0]["age_years"].iloc[0])


def test_a_christian_year_gives_the_same_age(read):
    assert read(changed(A, 5, 1995))[0]["age_years"].iloc[0] == 30


def test_what_was_pulled_down_is_not_in_use(read):
    buildings, _ = read(A, changed(changed(A, 7, "รื้อถอนแล้ว"), 1, 2))
    assert in_use(buildings).tolist() == [True, False]


def test_no_building_list_is_an_empty_table(read_table):
    buildings, problems = read_buildings([], KEYS, 2568)
    assert len(buildings) == 0
    assert problems == []
