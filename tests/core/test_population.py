import time

import geopandas as gpd
import numpy as np
import pytest
import shapely

from gisapp.core.headings import make_headings
from gisapp.core.limits import Limits
from gisapp.core.population import COLUMNS, read_population
from gisapp.core.recognise import recognise
from gisapp.core.tables import Sheet
from gisapp.core.villages import VillageIndex

HEADINGS = make_headings(
    {
        "population_by_age": [("dopa_220_fields", "dopa_220_fields")],
        "village_population": [
            ("รหัสหมู่บ้าน", "village_code"),
            ("ชื่อหมู่บ้าน", "village_name"),
            ("หมู่ที่", "village_no"),
            ("ตำบล", "subdistrict"),
            ("อายุ", "age"),
            ("ชาย", "male"),
            ("หญิง", "female"),
            ("รวม", "persons"),
            ("ณ วันที่", "as_of_date"),
        ],
        "population": [
            (name, name)
            for name in ("area_code", "age", "age_to", "male", "female", "persons", "as_of_date")
        ]
        + [("year_ce", "year"), ("age_from", "age")],
    }
)


def subdistricts_of(*rows):
    """Subdistricts (code, name, district) on one square."""
    return gpd.GeoDataFrame(
        {
            "subdistrict_code": [code for code, _, _ in rows],
            "subdistrict_th": [name for _, name, _ in rows],
            "subdistrict_en": "",
            "district_code": [code[:4] for code, _, _ in rows],
            "district_th": [district for _, _, district in rows],
            "district_en": "",
        },
        geometry=[shapely.box(0, 0, 1, 1)] * len(rows),
        crs=4326,
    )


SUBDISTRICTS = subdistricts_of(
    ("990101", "ในเมือง", "เมือง"), ("990102", "ท่าน้ำ", "เมือง"), ("990201", "ในเมือง", "ดอย")
)
VILLAGES = gpd.GeoDataFrame(
    {
        "village_code": ["99010201", "99010202"],
        "village_no": [1, 2],
        "village_th": ["บ้านท่า", "บ้านน้ำ"],
        "subdistrict_code": "990102",
    },
    geometry=gpd.points_from_xy([0.5, 0.5], [0.5, 0.5]),
    crs=4326,
)


def read(*sheets, subdistricts=SUBDISTRICTS, villages=VILLAGES):
    """Recognise sheets and read their population."""
    tables = []
    for sheet in sheets:
        found, problems = recognise(sheet, HEADINGS)
        assert problems == []
        tables += found
    index = VillageIndex.of(villages, subdistricts, {})
    return read_population(tables, subdistricts, index, Limits())


def line(name, *people, extra=0):
    """A line of 220 fields: (age, men, women) each, and women beyond age 100."""
    pairs = np.zeros((108, 2), int)
    for age, men, women in people:
        pairs[age] = men, women
    pairs[105, 1] = extra
    men, women = pairs.sum(axis=0)
    return [str(cell) for cell in [name, *pairs.ravel(), men, women, men + women]]


def register(*lines, file="stat_pop_6712.txt"):
    """A population file; its first row is the heading that store puts above it."""
    rows = [["dopa_220_fields", *[None] * 219], *lines]
    return Sheet(file, "", rows, first_row=0, round_name="2568-1")


#: A province of two districts: the town of เมือง has a part of each subdistrict of its own.
PROVINCE = (
    line("จังหวัดตัวอย่าง", (5, 100, 90), (6, 10, 0), extra=2),
    line("อำเภอเมือง", (5, 40, 30), (6, 10, 0)),
    line("ตำบลในเมือง", (5, 30, 10)),
    line("ตำบลท่าน้ำ", (5, 10, 20), (6, 10, 0)),
    line("อำเภอดอย", (5, 20, 20)),
    line("ตำบลในเมือง", (5, 20, 20)),
    line("เทศบาลเมืองท่าน้ำ", (5, 40, 40), extra=2),
    line("ตำบลท่าน้ำ", (5, 40, 30), extra=2),
    line("ตำบลในเมือง", (5, 0, 10)),
)


def kinds(problems):
    return [problem.kind for problem in problems]


def sums(rows):
    """Persons by area code."""
    return rows.groupby("area_code", dropna=False)["persons"].sum().to_dict()


def test_municipal_parts_are_added_to_their_subdistrict():
    rows, problems = read(register(*PROVINCE))
    assert [*rows.columns] == [*COLUMNS]
    assert sums(rows) == {"990101": 30 + 10 + 10, "990102": 10 + 20 + 10 + 40 + 30, "990201": 40}
    assert kinds(problems) == ["population_without_age"]
    assert problems[0].value == "2"
    five = rows[(rows["area_code"] == "990102") & (rows["age"] == 5)].iloc[0]
    assert (five["male"], five["female"], five["persons"]) == (50, 50, 100)
    assert (five["area_name"], five["area_kind"], five["as_of_date"]) == (
        "ท่าน้ำ",
        "subdistrict",
        "2024-12-31",
    )


def test_every_age_of_every_subdistrict_has_a_row_and_adds_up_to_the_province():
    rows, _ = read(register(*PROVINCE))
    assert len(rows) == 3 * 101
    assert rows["persons"].sum() + 2 == int(PROVINCE[0][-1])
    assert rows["persons"].dtype == "Int64"


def test_a_lost_municipality_blocks_and_says_how_many_people_are_missing():
    _, problems = read(register(*PROVINCE[:6]))
    found = [p for p in problems if p.severity == "block"]
    assert kinds(found) == ["population_province_sum"]
    assert "ต่างกัน 82 คน" in found[0].message("th")


@pytest.mark.parametrize(
    ("place", "changed", "kind", "row"),
    [
        (3, line("ตำบลท่าน้ำ", (5, 10, 20), (6, 9, 0)), "population_block_sum", 2),
        (3, line("ตำบลท่าน้ำ", (5, 10, 20), (7, 10, 0)), "population_block_sum", 2),
        (3, [*PROVINCE[3][:-1], "41"], "population_line_sum", 4),
        (3, [*PROVINCE[3][:10], "x", *PROVINCE[3][11:]], "population_field", 4),
        (3, [*PROVINCE[3][:200], *[None] * 20], "population_fields", 4),
        (0, line("อำเภอแรก"), "population_no_province", 1),
    ],
)
def test_each_line_that_does_not_add_up_blocks_with_its_number(place, changed, kind, row):
    lines = [*PROVINCE[:place], changed, *PROVINCE[place + 1 :]]
    blocks = [p for p in read(register(*lines))[1] if p.severity == "block"]
    assert (kind, row) in [(p.kind, p.row) for p in blocks]


def test_commas_and_thai_digits_are_numbers_in_the_register_too():
    thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    names = ("จังหวัดตัวอย่าง", "อำเภอเมือง", "ตำบลท่าน้ำ")
    lines = [line(name, (5, 1000, 234)) for name in names]
    lines[0] = [*lines[0][:-1], "1,234"]
    lines[2] = [lines[2][0], *(cell.translate(thai) for cell in lines[2][1:])]
    rows, problems = read(register(*lines))
    assert (sums(rows), problems) == ({"990102": 1234}, [])


def test_a_municipal_part_that_could_be_either_stays_with_nobody_and_is_counted():
    lines = [*PROVINCE[:6], line("เทศบาลนครหลวง", (5, 40, 40), extra=2), *PROVINCE[8:]]
    lines[7] = line("ตำบลในเมือง", (5, 40, 40), extra=2)
    rows, problems = read(register(*lines))
    assert rows["persons"].sum() == 200
    assert rows.loc[rows["area_code"].isna(), "persons"].sum() == 80
    found = next(p for p in problems if p.kind == "population_either")
    said = found.message("th")
    assert said.startswith("ประชากร 82 คน")
    assert "อ.ดอย หรือ อ.เมือง" in said


def test_districts_of_another_office_are_left_out_with_their_number():
    rows, problems = read(
        register(*PROVINCE), subdistricts=SUBDISTRICTS.iloc[:2], villages=VILLAGES
    )
    assert sums(rows) == {"990101": 50, "990102": 110}
    found = next(p for p in problems if p.kind == "population_outside")
    assert (found.severity, found.value, found.facts["areas"]) == ("note", "40", "อำเภอดอย")


def test_a_file_of_another_province_is_said_to_be_so():
    rows, problems = read(register(*PROVINCE), subdistricts=subdistricts_of(("110101", "ก", "ข")))
    assert len(rows) == 0
    assert "population_only_outside" in kinds(problems)


def test_an_unknown_subdistrict_keeps_its_people():
    rows, problems = read(register(*PROVINCE), subdistricts=SUBDISTRICTS.iloc[[0, 2]])
    assert rows["persons"].sum() == 200
    assert rows.loc[rows["area_code"].isna(), "persons"].sum() == 110
    assert kinds(problems).count("population_unplaced") == 2


@pytest.mark.parametrize(
    ("file", "day"),
    [
        ("stat_pop_6712.txt", "2024-12-31"),
        ("2565-1/stat_pop_256402.txt", "2021-02-28"),
        ("ประชากร ๒๕๖๖.txt", "2023-12-31"),
        ("population2020.txt", "2020-12-31"),
    ],
)
def test_the_day_is_read_from_the_name_of_the_file(file, day):
    rows, problems = read(register(*PROVINCE, file=file))
    assert set(rows["as_of_date"]) == {day}
    assert "population_day_assumed" not in kinds(problems)


def test_without_a_day_it_is_the_31_december_before_the_academic_year():
    rows, problems = read(register(*PROVINCE, file="a.txt"))
    assert set(rows["as_of_date"]) == {"2024-12-31"}  # the academic year 2568 began in 2025
    assert "population_day_assumed" in kinds(problems)


# --- tables

VILLAGE_HEAD = ["รหัสหมู่บ้าน", "อายุ", "ชาย", "หญิง", "รวม", "ณ วันที่"]
CANONICAL_HEAD = ["area_code", "age", "male", "female", "persons", "as_of_date"]


def village_sheet(*rows, head=VILLAGE_HEAD, file="หมู่บ้าน.csv"):
    return Sheet(file, "", [head, *[list(row) for row in rows]], round_name="2568-1")


def village(age, men, women, code="99010201", total=None, day="31/12/2567"):
    return [code, age, men, women, men + women if total is None else total, day]


def test_villages_make_the_same_table_as_the_register():
    rows, problems = read(
        village_sheet(
            ["99010201", 5, 900, "100", "1,000", "31/12/2567"],
            [99010201, "๖", 901.0, 99, 1000, "31 ธ.ค. 2567"],
        )
    )
    assert problems == []
    assert rows[["area_code", "area_kind", "age", "persons"]].to_numpy().tolist() == [
        ["99010201", "village", 5, 1000],
        ["99010201", "village", 6, 1000],
    ]
    assert rows["area_name"].tolist() == ["บ้านท่า"] * 2
    assert set(rows["as_of_date"]) == {"2024-12-31"}


def test_areas_of_any_country_need_no_codes_of_ours():
    sheet = village_sheet(
        ["KH-01", "0-4", None, None, 30, "2020-06-30"],
        ["KH-01", "5+", None, None, 60, "2020-06-30"],
        head=CANONICAL_HEAD,
    )
    rows, problems = read(sheet, subdistricts=SUBDISTRICTS.iloc[:0], villages=VILLAGES.iloc[:0])
    assert problems == []
    assert rows["age"].tolist() == [0, 5]
    assert rows["age_to"].fillna(-1).tolist() == [4, -1]
    assert rows["male"].isna().all()
    assert set(rows["as_of_date"]) == {"2020-06-30"}


def test_a_village_without_a_code_is_found_in_its_subdistrict():
    head = ["ชื่อหมู่บ้าน", "หมู่ที่", "ตำบล", "อายุ", "รวม"]
    rows, problems = read(village_sheet(["บ้านน้ำ", 2, "ท่าน้ำ", 5, 8], head=head, file="2567.csv"))
    assert problems == []
    assert rows["area_code"].tolist() == ["99010202"]


@pytest.mark.parametrize(
    ("row", "kind", "severity"),
    [
        (village(5, 3, 4, total=8), "population_sexes", "block"),
        (village(5, 3, 4, total=-7), "population_not_a_number", "block"),
        (village("หก", 3, 4), "population_age", "block"),
        (village(5, 3, 4, code="99010299"), "population_area_unknown", "warn"),
        (village(5, 3, 4, code="10010101"), "population_only_outside", "warn"),
        (village(5, 3, 4, code=None), "population_no_area", "block"),
        (village(5, 3, 4, day="เมื่อวาน"), "population_day", "warn"),
    ],
)
def test_each_wrong_cell_is_one_problem(row, kind, severity):
    _, problems = read(village_sheet(row))
    assert [(p.kind, p.severity) for p in problems] == [(kind, severity)]
    assert "{" not in problems[0].message("th") + problems[0].message("en")


def test_a_row_that_stands_twice_counts_once_and_another_figure_blocks():
    rows, problems = read(village_sheet(village(5, 3, 4), village(5, 3, 4)))
    assert (len(rows), kinds(problems)) == (1, ["population_repeated"])
    rows, problems = read(village_sheet(village(5, 3, 4), village(5, 3, 5)))
    assert (len(rows), kinds(problems)) == (1, ["population_twice"])
    assert "E2" in problems[0].message("th")


def test_a_missing_age_is_named_once_for_all_areas():
    gaps = [village(age, 1, 1, code) for code in ("99010201", "99010202") for age in (4, 5, 8)]
    _, problems = read(village_sheet(*gaps))
    assert [(p.kind, p.value, p.facts["areas"]) for p in problems] == [
        ("population_age_missing", "6–7", 2)
    ]


def test_totals_are_checks_and_never_people():
    rows, problems = read(
        village_sheet(
            village(5, 3, 4), village(6, 1, 1), village("รวม", 4, 5), ["รวม", None, 4, 6, 10, None]
        )
    )
    assert rows["persons"].sum() == 9
    assert [(p.kind, p.row) for p in problems] == [("population_total", 5)]


def test_an_age_far_from_the_ages_beside_it_is_unlikely_and_its_neighbours_are_not():
    people = [3839, 813678, 935466, 926331]
    rows = [["0", year, None, None, n, 2536] for year, n in enumerate(people)]
    head = [*CANONICAL_HEAD[:5], "year_ce"]
    _, problems = read(
        village_sheet(*rows, head=head),
        subdistricts=SUBDISTRICTS.iloc[:0],
        villages=VILLAGES.iloc[:0],
    )
    assert [(p.kind, p.value, p.row) for p in problems] == [("population_age_unlikely", "3839", 2)]


def test_few_people_differ_by_chance():
    rows = [village(age, n, n) for age, n in ((4, 1), (5, 60), (6, 2))]
    assert read(village_sheet(*rows))[1] == []


def test_villages_that_do_not_make_their_subdistrict_are_said_with_both_numbers():
    rows, problems = read(
        register(*PROVINCE),
        village_sheet(village(5, 30, 30), village(5, 20, 19, code="99010202"), village(6, 10, 0)),
    )
    found = [p for p in problems if p.kind == "population_sources_differ"]
    assert [(p.key, p.severity, p.facts["made"], p.facts["stated"]) for p in found] == [
        ("area:990102", "warn", "109", "110")
    ]
    assert {"village", "subdistrict"} == set(rows["area_kind"])


def test_villages_of_another_day_are_not_compared():
    _, problems = read(register(*PROVINCE), village_sheet(village(5, 1, 1, day="31/12/2566")))
    assert "population_sources_differ" not in kinds(problems)


def test_the_same_areas_in_two_files_are_said_and_counted_once():
    other = register(*PROVINCE, file="copy_6712.txt")
    rows, problems = read(register(*PROVINCE), other)
    assert set(rows["source_file"]) == {"stat_pop_6712.txt"}
    assert rows["persons"].sum() == 200
    found = next(p for p in problems if p.kind == "population_two_files")
    assert (found.file, found.facts["first"], found.facts["differ"]) == (
        "copy_6712.txt",
        "stat_pop_6712.txt",
        0,
    )


def test_of_two_days_the_newer_file_counts_and_the_older_is_said():
    rows, problems = read(register(*PROVINCE, file="stat_pop_6612.txt"), register(*PROVINCE))
    assert set(rows["as_of_date"]) == {"2024-12-31"}
    assert rows["persons"].sum() == 200
    (found,) = (p for p in problems if p.kind == "population_older_file")
    assert (found.severity, found.file, found.value, found.facts["areas"]) == (
        "warn",
        "stat_pop_6612.txt",
        "stat_pop_6712.txt",
        3,
    )
    assert "31 ธ.ค. 2566" in found.message("th").replace("\u00a0", " ")


def test_areas_that_only_the_older_file_has_stay():
    def sheet(file, day, *rows):
        cells = [[code, 5, people, people, None, day] for code, people in rows]
        return village_sheet(*cells, head=CANONICAL_HEAD, file=file)

    older = sheet("old.csv", "31/12/2566", ("990101", 1), ("990102", 2))
    rows, problems = read(older, sheet("new.csv", "31/12/2567", ("990101", 4)))
    assert sums(rows) == {"990101": 8, "990102": 4}
    assert kinds(problems) == ["population_older_file"]


def test_bands_and_open_ends_are_told_apart_from_single_ages():
    head = ["area_code", "age", "age_to", "male", "female", "persons", "as_of_date"]
    old = village_sheet(["990101", "5", "5", 1, 1, None, "31/12/2566"],
                        ["990101", "6+", None, 2, 2, None, "31/12/2566"],
                        head=head, file="old.csv")  # fmt: skip
    new = village_sheet(["990101", "5", "9", 4, 4, None, "31/12/2567"],
                        ["990101", "6+", None, 3, 3, None, "31/12/2567"],
                        head=head, file="new.csv")  # fmt: skip
    rows, _ = read(old, new)
    assert sorted(rows["persons"]) == [2, 6, 8]


def test_several_days_in_one_table_are_a_series_and_stay():
    rows, problems = read(
        village_sheet(village(5, 1, 1, day="31/12/2566"), village(5, 2, 2, day="31/12/2567"))
    )
    assert (len(rows), problems) == (2, [])


def test_fractions_of_people_are_one_block_and_the_file_is_not_used():
    people = [["990101", age, 12.4, 11.6, None, None] for age in range(50)]
    rows, problems = read(Sheet("m.csv", "", [CANONICAL_HEAD, *people]))
    assert len(rows) == 0
    (found,) = problems
    assert (found.kind, found.severity, found.facts["cells"], found.cell, found.value) == (
        "population_fractions",
        "block",
        "100",
        "C2",
        "12.4",
    )


def test_only_the_part_of_a_municipality_that_lies_elsewhere_is_named():
    lines = (
        line("จังหวัดตัวอย่าง", (5, 60, 0)),
        line("อำเภอเมือง", (5, 20, 0)),
        line("ตำบลในเมือง", (5, 20, 0)),
        line("อำเภอไกล", (5, 10, 0)),
        line("ตำบลไกล", (5, 10, 0)),
        line("เทศบาลเมืองท่าน้ำ", (5, 30, 0)),
        line("ตำบลท่าน้ำ", (5, 20, 0)),
        line("ตำบลไกล", (5, 10, 0)),
    )
    _, problems = read(register(*lines))
    (found,) = (p for p in problems if p.kind == "population_outside")
    assert found.facts["areas"] == "ตำบลไกล (เทศบาลเมืองท่าน้ำ), อำเภอไกล"


def test_no_table_is_an_empty_population():
    rows, problems = read()
    assert [*rows.columns] == [*COLUMNS]
    assert (len(rows), problems) == (0, [])


def test_a_country_of_villages_is_read_in_seconds():
    codes = [f"99{n // 10_000:02d}{n % 10_000 // 100:02d}{n % 100:02d}" for n in range(84_000)]
    rows = [[code, "6", "3", "4", "7", "31/12/2567"] for code in codes]
    start = time.perf_counter()
    found, problems = read(
        village_sheet(*rows), subdistricts=SUBDISTRICTS.iloc[:0], villages=VILLAGES.iloc[:0]
    )
    assert time.perf_counter() - start < 10
    assert (len(found), problems) == (84_000, [])


def test_every_subdistrict_of_a_country_is_read_in_seconds():
    many = 7_425
    names = [f"ตำบล{n}" for n in range(many)]
    lines = [
        line("จังหวัดตัวอย่าง", (5, many, many)),
        line("อำเภอเมือง", (5, many, many)),
        *[line(name, (5, 1, 1)) for name in names],
    ]
    areas = subdistricts_of(*[(f"9901{n:04d}", name, "เมือง") for n, name in enumerate(names)])
    start = time.perf_counter()
    found, problems = read(register(*lines), subdistricts=areas, villages=VILLAGES.iloc[:0])
    assert time.perf_counter() - start < 10
    assert (found["persons"].sum(), problems) == (2 * many, [])
