import geopandas as gpd
import pandas as pd
import pytest
import shapely

from gisapp.core.areas import AreaNames
from gisapp.core.recognise import recognise
from gisapp.core.register import read_register
from gisapp.core.school_keys import KeyBook, give_keys, identity_of, propose_keys
from gisapp.core.school_lists import rows_without_key, similar_names, without_keys
from gisapp.core.tables import Sheet

HEAD = ["ชื่อโรงเรียน", "ตำบล", "อำเภอ"]
AREAS = AreaNames.of(
    gpd.GeoDataFrame(
        {
            "subdistrict_code": ["580101", "580102"],
            "subdistrict_th": ["จองคำ", "ปางหมู"],
            "subdistrict_en": ["", ""],
            "district_th": ["เมือง", "เมือง"],
            "district_en": ["", ""],
        },
        geometry=[shapely.box(0, 0, 1, 1)] * 2,
    ),
    {},
)
NO_SCHOOLS = pd.DataFrame(columns=["smis_code", "school_name_th", "subdistrict_code"], dtype=object)


def book(*lines):
    return KeyBook.of(lines, AREAS)


@pytest.fixture
def school_list(headings):
    def read(*rows, head=HEAD):
        (table,), problems = recognise(Sheet("f.csv", "", [head, *map(list, rows)]), headings)
        assert problems == []
        return table

    return read


def proposals(table, keys, register=NO_SCHOOLS):
    bare = rows_without_key(give_keys([table], keys), keys)
    return propose_keys(bare[~bare["identity"].isin(list(keys.keys))], keys, register)


def test_names_with_subdistricts_and_no_codes_are_a_list_of_schools(school_list):
    assert school_list(["บ้านก", "จองคำ", "เมือง"]).form == "school_list"


@pytest.mark.parametrize(
    "head",
    [
        ["รหสโรงเรียน", "ชื่อโรงเรียน", "ตำบล", "อำเภอ"],  # a code, misspelled
        ["ชื่อโรงเรียน", "ตำบล", "ป.1 ชาย", "ป.1 หญิง"],  # pupils
        ["ชื่อโรงเรียน", "ตำบล", "ประเภท", "สภาพ"],  # buildings
        ["ชื่อโรงเรียน", "ตำบล", "ชื่อหมู่บ้าน", "ระดับ"],  # a service area
    ],
)
def test_another_form_that_lost_its_codes_is_not_taken_for_a_list(headings, head):
    tables, problems = recognise(Sheet("f.csv", "", [head, ["1", "2", "3", "4"]]), headings)
    assert tables == []
    assert [problem.severity for problem in problems] == ["block"]


def test_codes_under_an_unknown_heading_are_not_overlooked(headings):
    rows = [["เลขที่", *HEAD]] + [[f"5801000{n}", f"ก{n}", "จองคำ", "เมือง"] for n in range(4)]
    tables, (problem,) = recognise(Sheet("f.csv", "", rows), headings)
    assert (tables, problem.kind) == ([], "header_incomplete")


def test_keys_are_proposed_in_the_order_of_names_within_each_subdistrict(school_list):
    table = school_list(
        ["โรงเรียนบ้านข", "จองคำ", "เมือง"], ["บ้านค", "ปางหมู", "เมือง"], ["บ้าน ก", "จองคำ", "เมือง"]
    )
    found = proposals(table, book())
    assert found["key"].tolist() == ["580101-01", "580101-02", "580102-01"]
    assert found["name"].tolist() == ["บ้าน ก", "โรงเรียนบ้านข", "บ้านค"]


def test_the_order_of_the_rows_changes_no_proposal(school_list):
    rows = [[f"บ้าน{letter}", "จองคำ", "เมือง"] for letter in "กขคงจ"]
    forward, backward = (proposals(school_list(*order), book()) for order in (rows, rows[::-1]))
    assert forward.equals(backward)


def test_a_key_that_was_accepted_is_never_proposed_again(school_list):
    table = school_list(["บ้านก", "จองคำ", ""], ["บ้านข", "จองคำ", ""])
    found = proposals(table, book(("บ้านข", "580101", "", "580101-01")))
    assert found[["name", "key"]].to_numpy().tolist() == [["บ้านก", "580101-02"]]


def test_a_school_with_a_code_of_that_name_and_subdistrict_is_proposed_and_not_made(school_list):
    known = pd.DataFrame(
        [["58010001", "โรงเรียนบ้านก", "580101"]],
        columns=["smis_code", "school_name_th", "subdistrict_code"],
    )
    table = school_list(["บ้านก", "จองคำ", ""], ["บ้านก", "ปางหมู", ""])
    found = proposals(table, book(), known)
    assert found["key"].tolist() == ["58010001", "580102-01"]
    assert "58010001" in found["why"].iloc[0]
    register, _ = read_register(give_keys([table], book()), None, "58010000", r"\d{8}")
    assert len(register) == 0


def test_the_hundredth_school_of_a_subdistrict_has_a_key_too(school_list):
    table = school_list(*([f"โรงเรียนที่ {n:03}", "จองคำ", ""] for n in range(100)))
    assert proposals(table, book())["key"].iloc[-1] == "580101-100"


def test_a_school_whose_subdistrict_is_unknown_gets_no_key_and_is_told(school_list):
    table = school_list(["บ้านก", "จองคาม", "เมือง"], ["บ้านข", "จองคาม", "เมือง"])
    rows = rows_without_key([table], book())
    found = without_keys(rows, propose_keys(rows, book(), NO_SCHOOLS), [table], AREAS)
    assert [p.kind for p in found] == ["schools_without_key", "subdistrict_of_list_unknown"]
    assert found[0].facts["placeless"] == 2
    assert "จองคำ" in found[1].message("th")
    assert (found[1].cell, found[1].severity) == ("B2", "warn")


def test_rows_without_a_key_are_one_problem_per_sheet_that_says_how_to_accept(school_list):
    table = school_list(*([f"บ้าน{n}", "จองคำ", ""] for n in range(7)))
    rows = rows_without_key([table], book())
    (found,) = without_keys(rows, propose_keys(rows, book(), NO_SCHOOLS), [table], AREAS)
    assert (found.severity, found.facts["rows"], found.cell) == ("warn", 7, "A2")
    assert "school_keys.csv" in found.advice("th")


def test_an_accepted_key_makes_a_school_whatever_the_pattern_of_keys_says(school_list, headings):
    keys = book(("บ้าน ก.", "580101", "", "580101-01"))
    table = school_list(["โรงเรียนบ้านก", "ต.จองคำ", "เมือง"], ["บ้านข", "จองคำ", "เมือง"])
    (keyed,) = give_keys([table], keys)
    assert keyed.address(1, "smis_code") == "A2"  # where the school is named
    register, problems = read_register([keyed], headings, "58010000", r"\d{8}", keys.accepted)
    assert register["smis_code"].tolist() == ["580101-01"]
    assert problems == []


def test_another_affiliation_is_another_school(headings):
    keys = book(("บ้านก", "580101", "สช.", "P1"))
    head = ["รหัสโรงเรียน", "ชื่อโรงเรียน", "ตำบล", "ละติจูด", "สังกัด"]
    rows = [head, ["", "บ้านก", "จองคำ", "", "อปท."], ["", "บ้านก", "จองคำ", "", "สช."]]
    (table,), _ = recognise(Sheet("f", "", rows), headings)
    (keyed,) = give_keys([table], keys)
    affiliation = "affiliation" in table.frame
    assert keyed.frame["smis_code"].tolist() == ["", "P1" if affiliation else ""]


def test_a_register_with_codes_takes_a_key_only_where_a_row_has_none(headings):
    keys = book(("บ้านก", "580101", "", "580101-01"))
    head = ["รหัสโรงเรียน", "ชื่อโรงเรียน", "ตำบล", "ละติจูด"]
    rows = [head, ["58010001", "บ้านก", "จองคำ", ""], ["", "บ้านก", "จองคำ", ""]]
    (table,), _ = recognise(Sheet("f", "", rows), headings)
    (keyed,) = give_keys([table], keys)
    assert keyed.frame["smis_code"].tolist() == ["58010001", "580101-01"]


def test_identity_ignores_what_spelling_adds():
    assert identity_of('โรงเรียน บ้านตาก "ประชา"', "๕๘๐๑๐๑", "สช.") == identity_of(
        "บ้านตากประชา", "580101", " สช. "
    )


def schools(*rows):
    columns = ["school_name_th", "subdistrict_code", "smis_code"]
    frame = pd.DataFrame(list(rows), columns=columns)
    return frame.assign(table=0, row=range(1, len(rows) + 1))


def kinds(school_list, *rows):
    table = school_list(*([name, code, ""] for name, code, _ in rows))
    return [(p.kind, p.cell) for p in similar_names(schools(*rows), [table])]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("โรงเรียนบ้านก", "บ้าน ก", "school_name_twice"),
        ("วัดพระประโทณเจดีย์", "วัดพระประโทนเจดีย์", "school_name_near"),
        ("บ้านวังจรเข้", "บ้านวังจระเข้", "school_name_near"),
        ("ราชประชานุเคราะห์ฯ", "ราชประชานุเคราะห์", "school_name_near"),
        ("เทศบาลวัดกลาง 1", "เทศบาลวัดกลาง 2", ""),
        ("บ้านหนองแหน", "บ้านหนองหัน", ""),
        ("บ้านนา", "บ้านนาง", ""),
        ("Santa Fé School", "Santa Fe School", "school_name_near"),
    ],
)
def test_names_that_are_alike_in_one_subdistrict_are_told(school_list, one, other, kind):
    found = kinds(school_list, (one, "580101", "1"), (other, "580101", "2"))
    assert [name for name, _ in found] == ([kind] if kind else [])


def test_the_same_name_in_two_subdistricts_is_two_schools(school_list):
    assert kinds(school_list, ("บ้านก", "580101", "1"), ("บ้านก", "580102", "2")) == []


def test_each_further_row_of_a_name_is_told_with_the_first_one(school_list):
    rows = [("บ้านก", "580101", str(n)) for n in range(3)]
    assert kinds(school_list, *rows) == [("school_name_twice", "A3"), ("school_name_twice", "A4")]


def test_no_schools_have_no_doubts():
    assert similar_names(schools(), []) == []
