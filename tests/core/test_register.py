import pytest

from gisapp.core.register import add_basic_info, read_register
from gisapp.core.register_values import is_web_address, read_flag, read_km

HEAD = ["รหัสโรงเรียน", "รหัสกระทรวง", "percode", "ชื่อโรงเรียน", "ตำบล", "ละติจูด", "ลองจิจูด", "เว็บไซต์",
        "พื้นที่สูง", "ก่อตั้ง", "ระยะทาง"]  # fmt: skip
A = ["58010001", "1058080005", "080005", "บ้านก", "จองคำ", "19.3", "97.9", "https://a.example", "ใช่",
     "16 พ.ค. 2503", "10 กม."]  # fmt: skip
B = ["58010002", "", "", "บ้านข", "จองคำ", "", "", "", "", "", ""]


@pytest.fixture
def read(read_table, headings):
    def read(*rows, head=HEAD):
        return read_register([read_table(head, *rows)], headings, "58010000", r"\d{8}(-\d{1,2})?")

    return read


def changed(row, column, value):
    return [value if place == column else cell for place, cell in enumerate(row)]


def test_a_register_is_read_one_row_per_school_sorted_by_code(read):
    register, problems = read(B, A)
    assert problems == []
    assert register["smis_code"].tolist() == ["58010001", "58010002"]
    first = register.iloc[0]
    assert (first["highland_official"], first["founded_on"]) == (True, "1960-05-16")
    assert (first["distance_to_esao_km"], first["website"]) == (10.0, "https://a.example")
    assert register.iloc[1]["highland_official"] is None


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [
        (1, "1050080005", "ministry_code_mismatch"),
        (2, "080009", "percode_mismatch"),
        (0, "50010001", "code_of_other_office"),
        (9, "ปีที่แล้ว", "number_ignored"),
        (10, "ไกล", "number_ignored"),
        (7, "javascript:alert(1)", "website_ignored"),
    ],
)
def test_each_doubtful_cell_is_one_problem(read, column, value, kind):
    register, (problem,) = read(changed(A, column, value), B)
    assert problem.kind == kind
    assert problem.value == value
    assert len(register) == 2


@pytest.mark.parametrize("code", ["1.02E+09", "123", ""])
def test_a_school_whose_code_cannot_be_used_blocks(read, code):
    row = changed(changed(A, 0, code), 1, "")
    register, problems = read(row, B)
    assert ("bad_code", "block") in {(p.kind, p.severity) for p in problems}
    assert register["smis_code"].tolist() == ["58010002"]


def test_a_school_without_an_8_digit_code_is_keyed_by_its_ministry_code(read):
    register, problems = read(changed(A, 0, ""))
    assert problems == []
    assert register["smis_code"].tolist() == ["1058080005"]


def test_a_school_twice_with_other_values_blocks_and_the_same_row_again_does_not(read):
    _, (twice,) = read(A, changed(A, 3, "อื่น"))
    assert (twice.kind, twice.severity) == ("school_twice", "block")
    register, (again,) = read(A, A)
    assert (again.kind, again.severity) == ("repeated_row", "note")
    assert len(register) == 1


def test_totals_and_footnotes_under_a_register_are_no_schools(read):
    blank = [""] * (len(A) - 1)
    register, problems = read(A, ["รวม", *blank], ["หมายเหตุ ข้อมูล 10 มิ.ย.", *blank])
    assert problems == []
    assert len(register) == 1


@pytest.mark.parametrize(
    ("area", "kept"), [("58010000", 1), ("๕๘๐๑๐๐๐๐", 1), ("-", 1), (" ", 1), ("50050000", 0)]
)
def test_a_row_belongs_to_the_office_that_it_names(read_table, headings, area, kept):
    table = read_table([*HEAD, "รหัสเขต"], [*A, area])
    register, problems = read_register([table], headings, "58010000", r"\d{8}")
    assert len(register) == kept
    assert [p.kind for p in problems] == ([] if kept else ["only_other_offices"])


def test_a_branch_keeps_its_own_code(read):
    register, problems = read(A, changed(B, 0, "58010001-1"))
    assert problems == []
    assert "58010001-1" in register["smis_code"].tolist()


def test_a_second_register_adds_what_the_first_leaves_blank(read_table, headings):
    first = read_table(HEAD, B)
    second = read_table(HEAD, changed(changed(B, 10, "7"), 3, "บ้าน ข"), A, file="g.xlsx")
    register, problems = read_register([first, second], headings, "58010000", r"\d{8}")
    assert [problem.kind for problem in problems] == ["school_in_one_list"]
    by_code = register.set_index("smis_code")
    assert by_code.at["58010002", "distance_to_esao_km"] == 7.0
    assert by_code.at["58010002", "school_name_th"] == "บ้านข"
    assert "58010001" in by_code.index


def test_two_registers_that_name_a_school_differently_are_doubted(read_table, headings):
    first, second = read_table(HEAD, B), read_table(HEAD, changed(B, 3, "อื่น"), file="g.xlsx")
    register, (problem,) = read_register([first, second], headings, "58010000", r"\d{8}")
    assert problem.kind == "register_differs"
    assert register["school_name_th"].tolist() == ["บ้านข"]


def test_basic_information_fills_gaps_and_never_adds_a_school(read, read_table, headings):
    register, _ = read(B)
    head = ["รหัสกระทรวง", "รหัสโรงเรียน", "ชื่อโรงเรียน", "ตำบล", "ระยะทาง"]
    info = read_table(
        head, ["", "58010002", "บ้านข", "จองคำ", "8.2 กม."], ["", "58010009", "ใหม่", "x", ""]
    )
    filled, (problem,) = add_basic_info(register, [info], headings)
    assert problem.kind == "basic_info_unmatched"
    assert filled["smis_code"].tolist() == ["58010002"]
    assert filled.at[0, "distance_to_esao_km"] == 8.2
    assert filled.at[0, "subdistrict"] == "จองคำ"


@pytest.mark.parametrize(
    ("text", "web"),
    [
        ("https://a.example", True),
        ("http://a.example/x", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//a.example", False),
        ("www.a.example", False),
        ("http://", False),
        ("http://[", False),
        ("http://a b", False),
        ("http://a.example/x y", False),
        ("http://ไทย.example/ก", True),
        ("https://user:pw@evil.example", False),
        ("https://school.example@evil.example/", False),
        ("https://school.example\\@evil.example/", False),
        ("https://school.example/@staff?to=a@b.example", True),
    ],
)
def test_only_http_addresses_become_links(text, web):
    assert is_web_address(text) is web


@pytest.mark.parametrize(
    ("cell", "km"), [("10 กม.", 10), ("8.2 กิโลเมตร", 8.2), (5, 5), ("", None), ("1,200 km", 1200)]
)
def test_kilometres_are_read_with_or_without_their_unit(cell, km):
    assert read_km(cell) == km


@pytest.mark.parametrize(
    ("cell", "flag"),
    [("ใช่", True), ("/", True), (1, True), (0, False), ("ไม่ใช่", False), (None, None)],
)
def test_a_yes_or_no_is_read_and_blank_is_unknown(cell, flag):
    assert read_flag(cell) is flag


def test_a_flag_that_is_neither_is_refused():
    with pytest.raises(ValueError, match="expected yes or no"):
        read_flag("บางส่วน")


def test_a_school_that_only_the_second_register_has_is_said(read_table, headings):
    first = read_table(HEAD, A, B, file="office.xlsx")
    new = changed(changed(B, 0, "58010003"), 3, "บ้านค")
    second = read_table(HEAD, A, B, new, file="nation.xlsx")
    register, problems = read_register([first, second], headings, "58010000", r"\d{8}")
    assert register["smis_code"].tolist() == ["58010001", "58010002", "58010003"]
    only = [problem for problem in problems if problem.kind == "school_in_one_list"]
    assert [(p.key, p.file, p.cell) for p in only] == [("58010003", "nation.xlsx", "A4")]


def test_registers_that_part_the_office_between_them_are_no_doubt(read_table, headings):
    parts = [read_table(HEAD, row, file=f"{row[0]}.xlsx") for row in (A, B)]
    register, problems = read_register(parts, headings, "58010000", r"\d{8}")
    assert len(register) == 2
    assert problems == []
