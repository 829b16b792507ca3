"""Other real files: those that can be used are, the others are refused in a clear sentence."""

import csv
import shutil

import geopandas as gpd
import pytest

from tests.office import ROUND, Office, run, small_office, write_book

#: (file, words that its refusal must hold)
REFUSED = [
    ("nationwide/muban_geocode_75274.csv", "geocode"),
    ("nationwide/obec_enrolment_by_esao_2565_1.csv", "รหัสsmis"),
    ("office_samples/emis_header_mapper.json", "JSON"),
    ("office_samples/iiep_sprague_didactic_example.xlsx", "Estimating population"),
    ("maehongson1/villages.csv", "geocode"),
]
MAPS = [
    "nakhonpathom/tambon.gpkg",
    "terrain/khlongtoei_dem.tif",
]


@pytest.fixture(scope="module")
def chonburi(real_data, tmp_path_factory):
    """Two schools of the EMIS samples, with a register that gives them their 8-digit codes."""
    folder = tmp_path_factory.mktemp("chonburi") / "office"
    assert run("init", str(folder), "--area-code", "20010000", "--name", "สพป.ชลบุรี").exit_code == 0
    office = Office(folder)
    write_book(
        office.sheet("register.xlsx", "2565-1"),
        {
            "ทะเบียน": [
                ["smis", "ministry", "percode", "schoolname", "lat", "lng"],
                ["20010029", "1020080005", "080005", "วัดศรีพโลทัย", None, None],
                ["20010030", "1020080035", "080035", "ชุมชนวัดหนองรี", None, None],
            ]
        },
    )
    samples = real_data / "office_samples"
    for name in (
        "emis_student_2schools_2565",
        "emis_general_2schools",
        "bobec_building_1020080005",
    ):
        shutil.copy(samples / f"{name}.csv", office.sheet("", "2565-1"))
    built = office.run("build", "2565-1")
    assert built.exit_code == 0, built.output
    return folder / "layers" / "2565-1.gpkg"


def rows_by_hand(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_emis_pupils_come_under_their_ministry_code_and_subtotals_are_not_added(
    chonburi, real_data
):
    rows = rows_by_hand(real_data / "office_samples" / "emis_student_2schools_2565.csv")
    stated = {row["school_id"]: row for row in rows if row["ชั้น/เพศ"] == "รวมทั้งหมด"}
    schools = gpd.read_file(chonburi, layer="schools").set_index("ministry_code")
    for code, total in stated.items():
        assert schools.at[code, "students"] == int(total["รวม"])
        assert schools.at[code, "male"] == int(total["ชาย"])
        assert schools.at[code, "female"] == int(total["หญิง"])
        assert schools.at[code, "class_groups"] == int(total["ห้องเรียน"])
    assert schools.at["1020080005", "students"] == 59


def test_grades_that_emis_lists_with_nobody_in_them_are_not_offered(chonburi):
    schools = gpd.read_file(chonburi, layer="schools").set_index("smis_code")
    assert (schools.at["20010029", "lowest_grade"], schools.at["20010029", "highest_grade"]) == (
        "k2",
        "p6",
    )
    assert not schools.at["20010029", "expansion_school"]
    assert schools.at["20010030", "expansion_school"]


def test_emis_general_data_fill_the_register(chonburi):
    school = gpd.read_file(chonburi, layer="schools").set_index("smis_code").loc["20010029"]
    assert school["distance_to_esao_km"] == 10.0
    assert school["distance_to_district_km"] == 9.0
    assert school["founded_on"] == "1960-05-16"
    assert school["school_name_en"] == "WATSRIPALOTHAI"
    assert school["local_government"] == "หนองไม้แดง"


def test_the_building_list_is_counted_and_numbered(chonburi, real_data):
    rows = rows_by_hand(real_data / "office_samples" / "bobec_building_1020080005.csv")
    buildings = gpd.read_file(chonburi, layer="buildings")
    assert list(buildings["smis_code"].unique()) == ["20010029"]
    assert list(buildings["building_design"]) == [row["แบบ"] for row in rows]
    assert list(buildings["built_year_be"]) == [int(row["ปีที่สร้าง"]) for row in rows]
    assert list(buildings["sequence"]) == list(range(1, len(rows) + 1))


@pytest.mark.parametrize(("name", "word"), REFUSED, ids=[name for name, _ in REFUSED])
def test_a_file_that_is_no_form_of_a_school_is_refused_in_words(real_data, tmp_path, name, word):
    office = small_office(tmp_path / "office")
    assert office.run("build", ROUND).exit_code == 0
    before = office.digest()
    source = real_data / name
    shutil.copy(source, office.sheet(source.name))
    built = office.run("build", ROUND)
    assert built.exit_code == 1
    assert source.name in built.stdout
    assert word in built.stdout
    assert office.digest() == before


@pytest.mark.parametrize("name", MAPS)
def test_a_map_among_the_sheets_is_sent_to_the_folder_for_maps(real_data, tmp_path, name):
    office = small_office(tmp_path / "office")
    source = real_data / name
    shutil.copy(source, office.sheet(source.name))
    built = office.run("build", ROUND)
    assert built.exit_code == 1
    assert source.name in built.stdout
    assert "data/boundaries" in built.stdout or "data/rasters" in built.stdout
    assert "password" not in built.stdout


def test_the_nation_s_villages_and_subdistricts_are_read_as_boundaries(real_data, tmp_path):
    office = small_office(tmp_path / "office")
    boundaries = office.folder / "data" / "boundaries"
    shutil.copy(real_data / "nationwide" / "muban_geocode_75274.csv", boundaries)
    shutil.copy(real_data / "nationwide" / "tambon_cod2019_dopa2021.gpkg", boundaries)
    assert office.run("build", ROUND).exit_code == 0
    assert len(office.layer("villages")) == 75_274
    subdistricts = office.layer("subdistricts")
    assert len(subdistricts) == 7_425 + 2  # and the test office's own two
    assert set(subdistricts.geom_type) == {"MultiPolygon"}
