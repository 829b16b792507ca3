"""A real office, nothing prepared: `gisapp init`, copied files, `gisapp build`.

Every figure is found a second time here, with openpyxl, json and geopandas alone.
"""

import hashlib
import json
import shutil

import geopandas as gpd
import openpyxl
import pytest

from tests.office import run

ROUNDS = ("2567-1", "2568-1", "2569-1")
#: Stated in ../shared/data/README.md.
STUDENTS = {"2567-1": 14_465, "2568-1": 14_386, "2569-1": 14_203}
PLACE_TOLERANCE_M = 2000
PLACE_DOUBTS = {
    "outside_office",
    "outside_district",
    "outside_subdistrict",
    "outside_country",
    "shared_point",
    "bad_coordinates",
    "swapped_coordinates",
    "utm_coordinates",
}


@pytest.fixture(scope="module")
def office(maehongson):
    """The office with its register in the first round, every round built."""
    made = maehongson("2567-1")
    for data_round in ROUNDS:
        built = run("--office", str(made), "build", data_round)
        assert built.exit_code == 0, built.output
    return made


def layer(office, data_round, name):
    return gpd.read_file(office / "layers" / f"{data_round}.gpkg", layer=name)


def pupils_by_hand(real_data, data_round):
    """Return {(code, heading of the grade): (boys, girls, rooms)} past every reader of ours."""
    source = real_data / "maehongson1"
    found = {}
    if data_round == "2569-1":
        records = json.loads((source / "enrolment_2569-1.json").read_text(encoding="utf-8-sig"))
        for record in records:
            for key in record:
                if key.endswith(" ชาย") and record["รหัสโรงเรียน"]:
                    grade = key.removesuffix(" ชาย")
                    figures = (record[f"{grade} {name}"] for name in ("ชาย", "หญิง", "ห้อง"))
                    found[record["รหัสโรงเรียน"], grade] = tuple(int(n or 0) for n in figures)
        return found
    sheet = openpyxl.load_workbook(source / f"enrolment_{data_round}.xlsx").active
    groups = {column: cell.value for column, cell in enumerate(sheet[3], 1) if cell.value}
    for row in sheet.iter_rows(min_row=5):
        code = row[1].value
        if not code:
            continue
        for column, group in groups.items():
            if column > 3 and not group.startswith("รวม"):
                boys, girls, _, rooms = (row[column - 1 + n].value or 0 for n in range(4))
                found[str(code), group] = (int(boys), int(girls), int(rooms))
    return found


@pytest.mark.parametrize("data_round", ROUNDS)
def test_every_round_has_its_131_schools_and_its_pupils(office, data_round):
    schools = layer(office, data_round, "schools")
    assert len(schools) == 131
    assert schools["smis_code"].is_unique
    assert schools["students"].sum() == STUDENTS[data_round]


@pytest.mark.parametrize("data_round", ROUNDS)
def test_no_pupil_of_a_sheet_is_lost(office, real_data, data_round):
    by_hand = pupils_by_hand(real_data, data_round)
    written = sum(boys + girls for boys, girls, _ in by_hand.values())
    grades = layer(office, data_round, "enrolment_by_grade")
    problems = layer(office, data_round, "problems")
    assert written == STUDENTS[data_round]
    assert written == grades["students"].sum() + problems["pupils"].sum()


@pytest.mark.parametrize("data_round", ROUNDS)
def test_every_cell_of_a_sheet_is_the_cell_of_the_layer(office, real_data, data_round):
    labels = {"อนุบาล": "k", "อ.": "k", "ประถมศึกษาปีที่": "p", "ป.": "p"}
    labels |= {"มัธยมศึกษาปีที่": "m", "ม.": "m"}
    expected = {}
    for (code, heading), figures in pupils_by_hand(real_data, data_round).items():
        word = heading.rstrip("0123456789 ")
        boys, girls, rooms = figures
        expected[code, labels[word] + heading[-1]] = (boys, girls, boys + girls, rooms)
    grades = layer(office, data_round, "enrolment_by_grade")
    found = {
        (row.smis_code, row.grade): (row.male, row.female, row.students, row.class_groups)
        for row in grades.itertuples()
    }
    assert found == expected


def test_round_2568_1_has_the_figures_that_the_office_states(office):
    schools = layer(office, "2568-1", "schools")
    assert schools["male"].sum() == 7_471
    assert schools["female"].sum() == 6_915
    assert schools["class_groups"].sum() == 1_207
    assert (schools["students"] <= 120).sum() == 95
    assert (schools["students"] <= 40).sum() == 27


def test_size_classes_of_2568_1_hold_the_same_small_schools(office):
    schools = layer(office, "2568-1", "schools")
    assert schools["small_school"].sum() == 95
    assert schools["small_band"].isin(["1-20", "21-40"]).sum() == 27


def test_every_coordinate_that_the_register_should_not_have_is_a_problem(office, real_data):
    sheet = openpyxl.load_workbook(real_data / "maehongson1" / "register.xlsx").active
    heads, *rows = sheet.iter_rows(values_only=True)
    register = [dict(zip(heads, row, strict=True)) for row in rows]
    given = [row for row in register if row["lat"] or row["lng"]]
    assert len(given) == 35

    areas = gpd.read_file(real_data / "maehongson1" / "subdistricts.gpkg").to_crs("EPSG:32647")
    points = gpd.GeoSeries.from_xy(
        [float(row["lng"]) for row in given], [float(row["lat"]) for row in given], crs="EPSG:4326"
    ).to_crs("EPSG:32647")
    good = set()
    for row, point in zip(given, points, strict=True):
        own = areas[(areas["adm3_th"] == row["tambon"]) & (areas["adm2_th"] == row["amper"])]
        assert len(own) == 1, row
        alone = (points.distance(point) <= 1.0).sum() == 1
        if alone and own.distance(point).iloc[0] <= PLACE_TOLERANCE_M:
            good.add(row["smis"])
    assert 0 < len(good) < len(given)  # both answers occur, or this test says nothing

    problems = layer(office, "2568-1", "problems")
    doubted = set(problems.loc[problems["kind"].isin(PLACE_DOUBTS), "smis_code"])
    assert doubted == {row["smis"] for row in given} - good

    schools = layer(office, "2568-1", "schools")
    surveyed = set(schools.loc[schools["location_quality"] == "surveyed", "smis_code"])
    assert surveyed == good


def test_schools_without_a_coordinate_are_named_and_none_is_left_out(office):
    problems = layer(office, "2568-1", "problems")
    assert (problems["kind"] == "no_coordinates").sum() == 131 - 35
    # README: 2 schools without subdistrict. They stand nowhere; all others stand somewhere.
    schools = layer(office, "2568-1", "schools")
    nowhere = schools[schools.geometry.isna() | schools.geometry.is_empty]
    assert set(nowhere["location_quality"]) == {"missing"}
    assert len(nowhere) == 2
    assert set(problems.loc[problems["kind"] == "no_subdistrict", "smis_code"]) == set(
        nowhere["smis_code"]
    )


def test_a_stand_in_point_lies_inside_its_subdistrict(office, real_data):
    schools = layer(office, "2568-1", "schools")
    standing = schools[schools["location_quality"] == "subdistrict"]
    areas = gpd.read_file(real_data / "maehongson1" / "subdistricts.gpkg").to_crs(4326)
    areas["code"] = areas["adm3_pcode"].str.removeprefix("TH")
    joined = standing.sjoin(areas[["code", "geometry"]], predicate="within")
    assert len(joined) == len(standing) == 125
    assert (joined["code"] == joined["subdistrict_code"]).all()


def test_pupils_without_a_room_are_found_at_the_schools_that_have_them(office, real_data):
    by_hand = pupils_by_hand(real_data, "2568-1")
    bare = {
        code for (code, _), (boys, girls, rooms) in by_hand.items() if boys + girls and not rooms
    }
    problems = layer(office, "2568-1", "problems")
    found = problems.loc[problems["kind"] == "pupils_without_room", "smis_code"]
    assert bare
    assert set(found) == bare


@pytest.mark.parametrize("register_in", [("2568-1",), ROUNDS])
def test_where_the_register_lies_changes_no_pupil(maehongson, office, register_in):
    other = maehongson(*register_in)
    for data_round in ROUNDS:
        built = run("--office", str(other), "build", data_round)
        assert built.exit_code == 0, built.output
        ours = layer(office, data_round, "schools").set_index("smis_code")
        theirs = layer(other, data_round, "schools").set_index("smis_code")
        assert list(ours.index) == list(theirs.index)
        assert ours["students"].equals(theirs["students"])


def test_a_round_before_the_first_register_does_not_use_a_later_one(maehongson):
    office = maehongson("2568-1", rounds=("2567-1", "2568-1"))
    built = run("--office", str(office), "build", "2567-1")
    assert built.exit_code == 0, built.output
    kinds = set(layer(office, "2567-1", "problems")["kind"])
    assert "no_register" in kinds
    assert set(layer(office, "2567-1", "schools")["location_quality"]) == {"missing"}


def test_a_block_leaves_the_published_round_as_it_was(maehongson):
    office = maehongson("2568-1", rounds=("2568-1",))
    assert run("--office", str(office), "build", "2568-1").exit_code == 0
    published = office / "layers" / "2568-1.gpkg"
    before = hashlib.sha256(published.read_bytes()).hexdigest()

    path = office / "data" / "rounds" / "2568-1" / "enrolment_2568-1.xlsx"
    book = openpyxl.load_workbook(path)
    book.active["B5"] = 58019999  # a code that the register does not have
    lost = book.active["BN5"].value
    path.unlink()
    book.save(path)
    built = run("--office", str(office), "build", "2568-1")
    assert built.exit_code == 1
    assert "58019999" in built.stdout
    assert f"{lost} pupils" in built.stdout
    assert hashlib.sha256(published.read_bytes()).hexdigest() == before


def test_the_sheets_of_one_round_in_another_are_refused(maehongson, real_data):
    office = maehongson("2568-1", rounds=("2568-1",))
    folder = office / "data" / "rounds" / "2568-1"
    (folder / "enrolment_2568-1.xlsx").unlink()
    shutil.copy(real_data / "maehongson1" / "enrolment_2567-1.xlsx", folder)
    built = run("--office", str(office), "build", "2568-1")
    assert built.exit_code == 1
    assert "2567" in built.stdout
    assert not (office / "layers" / "2568-1.gpkg").exists()
