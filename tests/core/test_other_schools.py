import pytest

from gisapp.core.headings import make_headings
from gisapp.core.layers import pupils_by_school
from gisapp.core.other_schools import fold_missing_places, read_other_schools, with_totals
from gisapp.core.problems import Problem
from gisapp.core.recognise import recognise
from gisapp.core.tables import Sheet

HEADINGS = make_headings(
    {
        "grades": [("ป.1", "p1"), ("ป.2", "p2"), ("รวม", "total")],
        "measures": [],
        "other_schools": [
            ("รหัส", "smis_code"), ("schoolID", "smis_code"), ("ชื่อโรงเรียน", "school_name_th"),
            ("schoolTypeName", "school_name_th"), ("สังกัด", "affiliation"),
            ("departmentNameThai", "affiliation"), ("telephone1", ""), ("ตำบล", "subdistrict"),
            ("subDistrictNameThai", "subdistrict"), ("ละติจูด", "lat"), ("ลองจิจูด", "lon"),
            ("ชั้น", "grade"), ("ชาย", "male"), ("หญิง", "female"), ("รวม", "students"),
            ("ห้อง", "class_groups"),
        ],
        "register": [("รหัสโรงเรียน", "smis_code"), ("ชื่อโรงเรียน", "school_name_th"),
                     ("สังกัด", "affiliation"), ("ละติจูด", "lat")],
    }
)  # fmt: skip
HEAD = ["รหัส", "ชื่อโรงเรียน", "สังกัด", "ตำบล", "ละติจูด", "ลองจิจูด", "ชั้น", "ชาย", "หญิง", "ห้อง"]


def read(*rows, head=HEAD, own=frozenset()):
    (table,), _ = recognise(Sheet("o.xlsx", "s", [head, *map(list, rows)]), HEADINGS)
    assert table.form == "other_schools"
    return read_other_schools([table], HEADINGS, own)


def row(grade, male, female, rooms=1, *, key="11580001", name="อนุบาลดาว"):
    return [key, name, "สช.", "จองคำ", "19.3", "97.9", grade, male, female, rooms]


def test_one_row_per_school_and_grade_makes_one_school_and_its_grades():
    schools, problems = read(row("ป.1", 10, 12), row("ป.2", 9, "๑๑"))
    assert problems == []
    assert schools.register["smis_code"].tolist() == ["11580001"]
    assert schools.grades[["grade", "male", "female", "students"]].to_numpy().tolist() == [
        ["p1", 10, 12, 22], ["p2", 9, 11, 20],
    ]  # fmt: skip
    totals = with_totals(schools.register, pupils_by_school(schools.grades))
    assert totals.at[0, "students"] == 42
    assert totals.at[0, "affiliation"] == "สช."


def test_without_grades_the_stated_figures_are_the_schools():
    head = ["รหัส", "ชื่อโรงเรียน", "สังกัด", "ชาย", "หญิง"]
    schools, problems = read(["1", "ก", "อปท.", 3, 4], ["2", "ข", "อปท.", None, None], head=head)
    assert problems == []
    totals = with_totals(schools.register, pupils_by_school(schools.grades))
    assert totals["students"].tolist()[0] == 7
    assert totals["students"].isna().tolist() == [False, True]


def test_a_row_with_an_empty_grade_states_the_whole_school():
    schools, problems = read(row("", 10, 12), row("ป.1", 3, 4, key="2", name="ข"))
    assert problems == []
    totals = with_totals(schools.register, pupils_by_school(schools.grades))
    assert totals.set_index("smis_code")["students"].to_dict() == {"11580001": 22, "2": 7}
    assert schools.grades["smis_code"].tolist() == ["2"]


def test_the_ministrys_open_data_are_read_by_their_misleading_headings():
    head = ["schoolID", "schoolTypeName", "departmentNameThai", "subDistrictNameThai", "telephone1"]
    schools, _ = read(["1158000001", "ดาราวิทยา", "สช.", "จองคำ", "053111111"], head=head)
    assert schools.register["school_name_th"].tolist() == ["ดาราวิทยา"]
    assert "053111111" not in schools.register.to_string()


def test_a_register_of_the_office_with_an_affiliation_is_no_list_of_other_schools():
    head = ["รหัสโรงเรียน", "ชื่อโรงเรียน", "สังกัด", "ละติจูด"]
    (table,), _ = recognise(Sheet("f", "", [head, ["58010001", "ก", "สพป.", ""]]), HEADINGS)
    assert table.form == "register"


def test_subtotals_are_not_added_and_an_unknown_grade_blocks_with_its_pupils():
    schools, (found,) = read(row("ป.1", 10, 12), row("รวม", 10, 12), row("ป.๑๙", 1, 2))
    assert schools.grades["students"].tolist() == [22]
    assert (found.kind, found.severity, found.pupils) == ("unknown_grade", "block", 3)


def test_a_row_again_counts_once_and_other_figures_block():
    schools, problems = read(row("ป.1", 10, 12), row("ป.1", 10, 12))
    assert problems == []
    assert schools.grades["students"].tolist() == [22]
    schools, (found,) = read(row("ป.1", 10, 12), row("ป.1", 10, 13))
    assert (found.kind, found.pupils) == ("school_twice", 23)
    assert schools.grades["students"].tolist() == [22]


def test_the_offices_own_school_is_never_counted_a_second_time():
    schools, (found,) = read(row("ป.1", 10, 12), own=frozenset({"11580001"}))
    assert (found.kind, found.key) == ("other_school_is_own", "11580001")
    assert (len(schools.register), len(schools.grades)) == (0, 0)


@pytest.mark.parametrize("key", ["", "-"])
def test_a_row_without_a_key_is_no_school_yet(key):
    schools, _ = read(row("ป.1", 10, 12, key=key))
    assert len(schools.register) == 0


def test_a_total_that_is_not_boys_and_girls_is_told():
    head = ["รหัส", "ชื่อโรงเรียน", "สังกัด", "ชั้น", "ชาย", "หญิง", "รวม"]
    _, (found,) = read(["1", "ก", "สช.", "ป.1", 3, 4, 8], head=head)
    assert (found.kind, found.facts["expected"]) == ("total_mismatch", 7)


def test_missing_places_are_one_note():
    several = [Problem("no_coordinates", "o.xlsx", "s", key=str(n)) for n in range(30)]
    (found,) = fold_missing_places(several)
    assert (found.kind, found.severity, found.facts["rows"]) == ("others_without_place", "note", 30)
