"""Whole ways: schools without codes, points by name, other affiliations, another country."""

import shutil

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from tests.office import (
    ROUND,
    Office,
    bare_office,
    run,
    small_office,
    write_book,
    write_text,
)

LIST = [
    ["name", "subDistrict", "district", "province", "level"],
    ["โรงเรียนบ้านห้วยเมฆ", "ห้วย\u200bเมฆ ", "เมืองทดสอบ", "ทดสอบ", "ประถมศึกษา"],
    ["โรงเรียนวัดทุ่งดาว (ประชาสรรค์)", "ทุ่งดาว", "อ.เมืองทดสอบ", "จ.ทดสอบ", "อนุบาล–ประถมศึกษา"],
]
POINTS = [["kind", "name", "lat", "lng"], ["school", "วัดทุ่งดาว", "19.05000", "98.15000"]]


def findings(office):
    rows = gpd.read_file(office.folder / "layers" / f"{ROUND}-check.gpkg", layer="problems")
    return rows.groupby("kind").size().to_dict()


def accept_keys(office):
    proposed = office.folder / "layers" / f"{ROUND}-school_keys.csv"
    (office.folder / "data" / "columns").mkdir(exist_ok=True)
    shutil.copy(proposed, office.folder / "data" / "columns" / "school_keys.csv")


def test_a_list_of_names_becomes_schools_once_their_keys_are_accepted(tmp_path):
    office = bare_office(tmp_path / "office")
    write_text(office.sheet("list.csv"), LIST)
    assert office.run("check", ROUND).exit_code == 1
    found = findings(office)
    assert (found["schools_without_key"], found["empty_register"]) == (1, 1)
    accept_keys(office)
    assert office.run("build", ROUND).exit_code == 0
    schools = office.layer("schools").set_index("smis_code")
    assert schools["subdistrict_code"].to_dict() == {
        "990201-01": "990201",
        "990202-01": "990202",
    }
    assert schools["location_quality"].tolist() == ["subdistrict", "subdistrict"]
    assert "schools_without_key" not in findings(office)
    assert not (office.folder / "layers" / f"{ROUND}-school_keys.csv").exists()


def test_a_point_by_name_places_a_school_once_it_is_accepted(tmp_path):
    office = bare_office(tmp_path / "office")
    write_text(office.sheet("list.csv"), LIST)
    write_text(office.sheet("points.csv"), POINTS)
    office.run("check", ROUND)
    accept_keys(office)
    office.run("check", ROUND)
    assert findings(office)["point_proposed"] == 1
    accepted = office.run("accept", ROUND, "--kind", "point_proposed", "--by", "สมชาย")
    assert accepted.exit_code == 0, accepted.output
    assert office.run("build", ROUND).exit_code == 0
    school = office.layer("schools").set_index("smis_code").loc["990202-01"]
    assert school["location_quality"] == "surveyed"
    assert (school.geometry.x, school.geometry.y) == (98.15, 19.05)
    assert "point_proposed" not in findings(office)


def test_a_list_without_codes_never_adds_to_schools_that_have_them(tmp_path):
    office = small_office(tmp_path / "office")
    assert office.run("build", ROUND).exit_code == 0
    before = office.layer("schools")["smis_code"].tolist()
    write_text(office.sheet("list.csv"), LIST)
    assert office.run("build", ROUND).exit_code == 0
    assert office.layer("schools")["smis_code"].tolist() == before
    text = (office.folder / "layers" / f"{ROUND}-school_keys.csv").read_text("utf-8-sig")
    assert ",99020001," in text  # proposed, with its reason
    assert "99020001 ในทะเบียน" in text


DARA = ["1199000001", "ดาราวิทยา", "สช.", "ทุ่งดาว", "เมืองทดสอบ", "19.05000", "98.17000"]
OTHERS = [
    ["รหัส", "ชื่อโรงเรียน", "สังกัด", "ตำบล", "อำเภอ", "ละติจูด", "ลองจิจูด", "ชั้น", "ชาย", "หญิง", "ห้อง"],
    [*DARA, "ป.1", 20, 30, 2],
    [*DARA, "ป.2", 10, 5, 1],
    ["3099000002", "เทศบาล 1", "อปท.", "ห้วยเมฆ", "เมืองทดสอบ", None, None, "อ.2", 7, 8, 1],
]  # fmt: skip


def test_other_affiliations_stand_in_layers_of_their_own(tmp_path):
    office = small_office(tmp_path / "office")
    assert office.run("build", ROUND).exit_code == 0
    own = office.layer("schools")
    write_book(office.sheet("others.xlsx"), {"สังกัดอื่น": OTHERS})
    built = office.run("build", ROUND)
    assert built.exit_code == 0, built.output
    assert office.layer("schools")["students"].sum() == own["students"].sum()
    assert len(office.layer("schools")) == len(own)
    others = office.layer("other_schools").set_index("smis_code")
    assert others["students"].to_dict() == {"1199000001": 65, "3099000002": 15}
    assert others["affiliation"].to_dict() == {"1199000001": "สช.", "3099000002": "อปท."}
    assert others["location_quality"].to_dict() == {
        "1199000001": "surveyed",
        "3099000002": "subdistrict",
    }
    grades = office.layer("other_enrolment_by_grade")
    assert grades["students"].sum() == 50 + 15 + 15
    assert findings(office)["others_without_place"] == 1


def test_a_closed_school_with_pupils_is_doubted(tmp_path):
    office = small_office(tmp_path / "office")
    rows = [
        ["smis", "schoolname", "tambon", "lat", "status"],
        ["99020001", "บ้านห้วยเมฆ", "ห้วยเมฆ", "", "ยุบเลิก"],
    ]
    write_text(office.sheet("more.csv"), rows)
    (office.sheet("register.xlsx")).unlink()
    assert office.run("check", ROUND).exit_code == 1
    assert findings(office)["closed_with_pupils"] == 1


# --- another country, another script

KEYS = {"LA": r"[A-Z]{2}\\d{5}", "NP": r"\\d{3}/\\d{2}"}
LAOS, NEPAL = ["LA00001", "LA00002"], ["123/01", "123/02"]
GRADES = [f"Grade {n}" for n in range(1, 13)]


def foreign_office(folder, names, codes, key_pattern, area_code):
    """Two subdistricts at 18° N, 103° E; two schools, with every canonical form."""
    made = run("init", str(folder), "--area-code", area_code, "--name", names[0])
    assert made.exit_code == 0, made.output
    toml = folder / "office.toml"
    text = toml.read_text("utf-8").replace("EPSG:32647", "EPSG:32648")
    toml.write_text(f'key_pattern = "{key_pattern}"\n{text}', "utf-8")
    areas = gpd.GeoDataFrame(
        {"adm3_pcode": ["LA0101", "LA0102"], "adm3_lo": names[:2], "adm2_pcode": ["LA01", "LA01"],
         "adm2_lo": [names[2]] * 2},
        geometry=[shapely.box(103.0, 18.0, 103.1, 18.1), shapely.box(103.1, 18.0, 103.2, 18.1)],
        crs=4326,
    )  # fmt: skip
    areas.to_file(folder / "data" / "boundaries" / "areas.geojson", driver="GeoJSON")
    office = Office(folder)
    register = [["smis_code", "school_name_th", "subdistrict", "district", "lat", "lon", "status"]]
    register += [[codes[n], names[3 + n], names[n], names[2], "18.05012", f"103.{n}5012", "open"]
                 for n in range(2)]  # fmt: skip
    write_text(office.sheet("register.csv"), register)
    enrolment = [["smis_code", "grade", "male", "female", "class_groups"]]
    enrolment += [[code, grade, 10 + n, 11, 1] for code in codes for n, grade in enumerate(GRADES)]
    write_text(office.sheet("enrolment.csv"), enrolment)
    buildings = [["smis_code", "sequence", "building_type", "building_design", "actual_rooms",
                  "built_year_be", "condition"],
                 [codes[0], 1, "classrooms", "A", 6, 2010, "good"]]  # fmt: skip
    write_text(office.sheet("buildings.csv"), buildings)
    return office


@pytest.mark.parametrize(
    ("names", "codes", "key_pattern"),
    [
        (["ນາຊາຍ", "ນ້ຳງື່ມ", "ວຽງຈັນ", "ໂຮງຮຽນບ້ານໜອງ", "ໂຮງຮຽນດົງໂດກ"], LAOS, "LA"),
        (["ကမာရွတ်", "လှိုင်", "ရန်ကုန်", "အခြေခံပညာ ၁", "အခြေခံပညာ ၂"], LAOS, "LA"),
        (["काठमाडौँ", "ललितपुर", "बागमती", "श्री विद्यालय", "जन ज्योति"], NEPAL, "NP"),
        (["الكرادة", "الأعظمية", "بغداد", "مدرسة الأمل", "مدرسة النور"], NEPAL, "NP"),
        (["Đống Đa", "Hà Đông", "Hà Nội", "Tiểu học Số 1", "Tiểu học Số 2"], LAOS, "LA"),
    ],
    ids=["lao", "burmese", "devanagari", "arabic", "latin"],
)  # fmt: skip
def test_another_countrys_office_loads_without_code(tmp_path, names, codes, key_pattern):
    office = foreign_office(tmp_path / "office", names, codes, KEYS[key_pattern], "LA-01")
    built = office.run("build", ROUND)
    assert built.exit_code == 0, built.output
    schools = office.layer("schools").set_index("smis_code")
    assert schools["school_name_th"].tolist() == names[3:]
    assert schools["subdistrict"].tolist() == names[:2]
    assert schools["subdistrict_code"].tolist() == ["LA0101", "LA0102"]
    assert schools["students"].tolist() == [sum(21 + n for n in range(12))] * 2
    assert schools["location_quality"].tolist() == ["surveyed", "surveyed"]
    assert office.layer("districts")["schools"].tolist() == [2]
    grades = office.layer("enrolment_by_grade")
    assert grades["grade"].tolist()[:12] == [
        *(f"p{n}" for n in range(1, 7)),
        *(f"m{n}" for n in range(1, 7)),
    ]
    told = set(findings(office))
    assert not told & {"bad_code", "code_of_other_office", "outside_country", "heading_unknown"}


def test_every_column_of_the_contract_is_a_heading_of_its_form():
    from gisapp.core.columns import ROUND_COLUMNS
    from gisapp.core.dictionary import LAYERS
    from gisapp.store.bundled import columns_dir

    pairs = {"schools": "register", "enrolment_by_grade": "enrolment_long", "staff": "staff",
             "buildings": "buildings", "service_villages": "service_villages"}  # fmt: skip
    for layer, form in pairs.items():
        known = set(pd.read_csv(columns_dir() / f"{form}.csv")["heading"])
        named = {column.name for column in (*LAYERS[layer].columns, *ROUND_COLUMNS)}
        assert named - known == set(), form
