import pandas as pd
import pytest

from gisapp.core.headings import make_headings
from gisapp.core.match import SchoolKeys
from gisapp.core.recognise import recognise
from gisapp.core.register import add_basic_info, read_register
from gisapp.core.register_values import TEXTS
from gisapp.core.second_source import compare_registers
from gisapp.core.tables import Sheet

HEADINGS = make_headings(
    {
        "grades": [],
        "measures": [],
        "register": [
            ("รหัส", "smis_code"),
            ("ชื่อ", "school_name_th"),
            ("ตำบล", "subdistrict"),
            ("อำเภอ", "district"),
            ("ก่อตั้ง", "founded_on"),
            ("เว็บ", "website"),
        ],
    }
)
COLUMNS = ["smis_code", "school_name_th", "subdistrict", "district", "founded_on", "website"]
HEAD = ["รหัส", "ชื่อ", "ตำบล", "อำเภอ", "ก่อตั้ง", "เว็บ"]
NAMES = ["บ้านก", "บ้านข", "บ้านค", "บ้านง", "บ้านจ", "บ้านฉ"]


def register(**columns):
    texts = dict.fromkeys(TEXTS, "")
    facts = {
        "subdistrict": "ดงเปาลี",
        "district": "ปาย",
        "founded_on": "1960-05-16",
        "website": "https://www.a.ac.th/",
        **columns,
    }
    codes = [f"5801000{n}" for n in range(1, 7)]
    return pd.DataFrame(
        {"smis_code": codes, "ministry_code": "", "percode": "", "school_name_th": NAMES,
         **texts, **facts, "table": 0, "row": range(1, 7)}
    )  # fmt: skip


def add(*rows, schools=None):
    sheet = Sheet("emis.xlsx", "s", [HEAD, *rows])
    tables, problems = recognise(sheet, HEADINGS)
    assert not problems
    return add_basic_info(register() if schools is None else schools, tables, HEADINGS)


SAME = ["58010001", "โรงเรียนบ้าน ก", "ต.ดงเปาลี", "อำเภอปาย", "16 พ.ค. 2503", "http://a.ac.th"]


def test_two_spellings_of_one_fact_agree():
    assert add(SAME)[1] == []


@pytest.mark.parametrize(
    ("column", "value", "registered"),
    [
        (2, "เวียงใต้", "ดงเปาลี"),
        (3, "ปางมะผ้า", "ปาย"),
        (4, "16/05/2504", "1960-05-16"),
        (5, "https://b.ac.th/", "https://www.a.ac.th/"),
    ],
)
def test_a_fact_that_differs_is_named_with_both_values_and_the_registers_stays(
    column, value, registered
):
    row = [value if place == column else cell for place, cell in enumerate(SAME)]
    schools, (problem,) = add(row)
    assert (problem.kind, problem.severity) == ("sources_disagree", "warn")
    assert (problem.cell, problem.value) == (f"{'ABCDEF'[column]}2", value)
    assert registered in problem.message("th")
    names = ("subdistrict", "district", "founded_on", "website")
    assert schools.set_index("smis_code").at["58010001", names[column - 2]] == registered


def test_a_blank_differs_from_nothing_and_is_filled():
    blank = register(district="", subdistrict="")
    schools, problems = add(SAME, ["58010002", "", "", "", "", ""], schools=blank)
    assert problems == []
    assert schools["district"].tolist() == ["อำเภอปาย", "", "", "", "", ""]


def test_a_school_that_was_renamed_is_doubted_and_still_filled():
    row = ["58010001", "บ้านใหม่", "", "ปาย", "", ""]
    schools, (problem,) = add(row, schools=register(district=""))
    assert (problem.kind, problem.cell) == ("name_differs", "B2")
    assert schools["district"].iloc[0] == "ปาย"


def test_nothing_is_filled_from_a_row_that_names_another_school():
    row = ["58010001", "บ้านข", "", "ปาย", "", ""]
    schools, problems = add(row, schools=register(district=""))
    assert [problem.kind for problem in problems] == ["name_differs", "sources_disagree"]
    assert "–" in problems[1].message("en")
    assert "not filled" in problems[1].message("en")
    assert schools["district"].iloc[0] == ""


def shifted(count):
    """Rows whose names are those of the next school from the fourth last on."""
    names = [*NAMES[: 6 - count], *NAMES[7 - count :], NAMES[6 - count]]
    return [[f"5801000{n}", name, "", "ปาย", "", ""] for n, name in enumerate(names, 1)]


def test_codes_of_another_list_are_one_finding_for_the_file():
    schools, problems = add(*shifted(4), schools=register(district=""))
    assert problems[0].kind == "codes_of_other_list"
    assert problems[0].cell == ""
    assert "4 of 6" in problems[0].message("en")
    assert {problem.kind for problem in problems[1:]} == {"sources_disagree"}
    assert len(problems) == 1 + 6
    assert set(schools["district"]) == {""}


def test_half_of_the_names_do_not_condemn_a_file():
    _, problems = add(*shifted(3))
    assert [problem.kind for problem in problems] == ["name_differs"] * 3


REGISTER_HEAD = [*HEAD, "lat", "lon"]


def two_registers(first, second):
    headings = make_headings(
        {
            "grades": [],
            "measures": [],
            "register": [
                *((heading, column) for heading, column in zip(HEAD, COLUMNS, strict=True)),
                ("lat", "lat"),
                ("lon", "lon"),
            ],
        }
    )
    tables = []
    for file, rows in (("own.xlsx", first), ("dmc.xlsx", second)):
        (table,), problems = recognise(Sheet(file, "s", [REGISTER_HEAD, *rows]), headings)
        assert not problems
        tables.append(table)
    register, _ = read_register(tables, headings, "58010000", r"\d{8}")
    keys = SchoolKeys.of(register)
    return register, compare_registers(register, tables, keys, headings)


ONE = [*SAME, "19.0000", "98.0000"]


def test_facts_of_two_registers_are_compared_and_what_only_the_second_has_is_not():
    other = [cell if place != 3 else "ปางมะผ้า" for place, cell in enumerate(ONE)]
    new = ["58010002", "บ้านข", "x", "y", "", "", "", ""]
    register, (problem,) = two_registers([ONE], [other, new])
    assert (problem.kind, problem.cell, problem.value) == ("sources_disagree", "D2", "ปางมะผ้า")
    assert register["district"].tolist() == ["อำเภอปาย", "y"]


def test_one_register_disagrees_with_nothing():
    assert compare_registers(register(), [], SchoolKeys.of(register()), HEADINGS) == []
