import pytest

from gisapp.core.enrolment_long import read_enrolment_long
from gisapp.core.match import SchoolKeys
from gisapp.core.pupils import give_to_schools
from gisapp.core.recognise import recognise
from gisapp.core.register import read_register
from gisapp.core.sheet_rows import own_rows
from gisapp.core.tables import Sheet

HEAD = ["รหัสโรงเรียน", "ชื่อโรงเรียน", "ตำบล", "ละติจูด", "เลขที่"]


def rows(codes, others=None):
    others = others or [""] * len(codes)
    pairs = enumerate(zip(codes, others, strict=True))
    return [[code, f"บ้าน{n}", "x", "", other] for n, (code, other) in pairs]


@pytest.fixture
def read(headings):
    def read(cells, pattern=r"\d{8}(-\d{1,2})?", area="58010000"):
        (table,), _ = recognise(Sheet("f.xlsx", "s", [HEAD, *cells]), headings)
        return read_register([table], headings, area, pattern)

    return read


def test_a_column_of_wrong_codes_is_one_block_that_names_the_right_column(read):
    right = [f"5801{n:04}" for n in range(131)]
    register, (found,) = read(rows([f"A{n}" for n in range(131)], right))
    assert (found.kind, found.severity, found.facts["rows"]) == ("code_column_wrong", "block", 131)
    assert "E “เลขที่”" in found.message("th")
    assert "looks like the codes" in found.message("en")
    assert len(register) == 0


def test_damaged_codes_are_counted_as_damaged_and_never_restored(read):
    register, (found,) = read(rows(["1.02E+09"] * 3 + [f"5.8E+0{n}" for n in range(3, 9)]))
    assert found.facts["rows"] == 9
    assert "9" in str(found.facts["damaged_th"])
    assert len(register) == 0


def test_a_few_wrong_codes_among_right_ones_stay_single(read):
    codes = [f"5801{n:04}" for n in range(20)] + ["A1", "A2", "A3", "A4", "A5", "A6"]
    _, found = read(rows(codes))
    assert [p.kind for p in found] == ["bad_code"] * 6


@pytest.mark.parametrize(("wrong", "kind"), [(4, "bad_code"), (5, "code_column_wrong")])
def test_from_five_on_a_column_is_spoken_of(read, wrong, kind):
    _, found = read(rows([f"A{n}" for n in range(wrong)]))
    assert {p.kind for p in found} == {kind}


def test_where_no_column_looks_like_codes_none_is_named(read):
    _, (found,) = read(rows([f"A{n}" for n in range(9)]))
    assert "ดูเหมือน" not in found.message("th")


@pytest.mark.parametrize("code", ["LA12345", "KH/001", "ກຂ-01"])
def test_the_offices_own_pattern_of_codes_is_obeyed(read, code):
    pattern = r"[A-Z]{2}\d{5}|KH/\d{3}|ກຂ-\d{2}"
    register, problems = read(rows([code]), pattern, "LA-01")
    assert (register["smis_code"].tolist(), problems) == ([code], [])


def test_a_thai_code_is_wrong_where_the_office_has_another_pattern(read):
    _, (found,) = read(rows(["080005"]), r"[A-Z]{2}\d{5}", "LA-01")
    assert found.kind == "bad_code"
    assert "key_pattern" in found.message("en")


def test_codes_are_not_compared_with_an_area_code_of_another_country(read):
    _, problems = read(rows(["50010001"]), area="NP-27")
    assert problems == []
    _, (found,) = read(rows(["50010001"]))
    assert found.kind == "code_of_other_office"


def test_rows_of_another_country_all_are_the_offices_own(headings, read_table):
    table = read_table(["รหัสโรงเรียน", "ชื่อโรงเรียน", "รหัสเขต", "ละติจูด"], ["1", "a", "NP-28", ""])
    own, other = own_rows(table, "NP-27")
    assert (len(own.frame), len(other.frame)) == (1, 0)


@pytest.mark.parametrize("pattern", [r"\d{8}(-\d{1,2})?", r"\d{8}", r"[0-9]{8}"])
def test_a_thai_pattern_is_one_however_it_is_written(read, pattern):
    register, problems = read(rows(["58010001", "1058010002"]), pattern)
    assert (len(register), problems) == (2, [])


def test_pupils_under_a_column_of_wrong_codes_are_one_block_with_their_number(headings):
    head = ["รหัสโรงเรียน", "ชื่อโรงเรียน", "ชั้น", "ชาย", "หญิง"]
    cells = [[f"A{n}", f"บ้าน{n}", "ป.1", 10, n] for n in range(6)]
    (table,), _ = recognise(Sheet("e.xlsx", "s", [head, *cells]), headings)
    enrolment, _ = read_enrolment_long([table], headings)
    nobody = SchoolKeys(frozenset(), {}, {}, {})
    grades, found = give_to_schools(enrolment, nobody, r"\d{8}(-\d{1,2})?")
    assert len(grades) == 0
    assert [(p.kind, p.pupils) for p in found] == [("code_column_wrong", 60 + 15)]


def test_a_code_parted_by_strokes_is_proposed_without_them(read):
    _, found = read(rows(["5801-0001", "5801.0002", "58010003"]))
    assert [(p.kind, p.proposal) for p in found] == [
        ("bad_code", {"smis_code": "58010001"}),
        ("bad_code", {"smis_code": "58010002"}),
    ]
    assert all(p.why("th") and p.why("en") for p in found)


def test_a_whole_column_of_parted_codes_stays_single_so_that_each_can_be_accepted(read):
    _, found = read(rows([f"5801-{n:04}" for n in range(20)]))
    assert len(found) == 20
    assert {p.kind for p in found} == {"bad_code"}


@pytest.mark.parametrize(
    "codes", [["5801-0001", "58010001"], ["5801-0001", "5801-0001"], ["5801-001"]]
)
def test_what_would_stand_twice_or_is_no_key_is_not_proposed(read, codes):
    _, found = read(rows(codes))
    assert not any(p.proposal for p in found)
