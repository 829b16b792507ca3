import geopandas as gpd
import pandas as pd
import pytest
import shapely

from gisapp.core.places import Ground, place_schools
from gisapp.core.point_findings import PlacedSchools, propose_points
from gisapp.core.recognise import recognise
from gisapp.core.tables import Sheet

#: Two subdistricts of two districts side by side, 0.1° each.
AREAS = gpd.GeoDataFrame(
    {
        "subdistrict_code": ["580101", "580201"],
        "subdistrict_th": ["จองคำ", "เมืองปาย"],
        "district_code": ["5801", "5802"],
        "district_th": ["เมือง", "ปาย"],
    },
    geometry=[shapely.box(98.0, 19.0, 98.1, 19.1), shapely.box(98.1, 19.0, 98.2, 19.1)],
    crs=4326,
)
NO_VILLAGES = gpd.GeoDataFrame(
    {"village_code": [], "village_no": [], "subdistrict_code": []}, geometry=[], crs=4326
)
GROUND = Ground(AREAS, NO_VILLAGES, "EPSG:32647", 2000.0, "58010000")
HEAD = ["รหัสโรงเรียน", "ชื่อโรงเรียน", "ตำบล", "ละติจูด", "ลองจิจูด"]
A = ("58010001", "โรงเรียนบ้านก", "580101", "", "")


@pytest.fixture
def ask(headings):
    def table(rows, head, form):
        tables, _ = recognise(Sheet(f"{form}.csv", "", [head, *map(list, rows)]), headings)
        return next(found for found in tables if found.form == form)

    def ask(schools, *points, accepted=frozenset()):
        listed = table([[c, n, s, lat, lon] for c, n, s, lat, lon in schools], HEAD, "register")
        register = pd.DataFrame(
            schools, columns=["smis_code", "school_name_th", "subdistrict_code", "lat", "lon"]
        )
        names = dict(zip(AREAS["subdistrict_code"], AREAS["subdistrict_th"], strict=True))
        register["subdistrict"] = register["subdistrict_code"].map(names).fillna("")
        register = register.assign(district="", table=0, row=range(1, len(schools) + 1))
        named = table(points, ["ชื่อโรงเรียน", "ละติจูด", "ลองจิจูด"], "school_points")
        places, doubts = place_schools(register, GROUND, [listed], accepted)
        placed = PlacedSchools(register, [listed], places, accepted)
        return propose_points(placed, [named], GROUND, doubts)

    return ask


def of(problems, kind):
    return [problem for problem in problems if problem.kind == kind]


def test_a_point_of_the_schools_name_in_its_subdistrict_is_proposed_as_it_is_written(ask):
    problems = ask([A], ("บ้าน ก", "19.05000", "98.05000"))
    (found,) = of(problems, "point_proposed")
    assert dict(found.proposal) == {"lat": "19.05000", "lon": "98.05000"}
    assert (found.key, found.severity, found.cell) == ("58010001", "warn", "D2")
    assert "จองคำ" in found.why("th")
    assert of(problems, "no_coordinates") == []


def test_metres_of_utm_are_proposed_in_degrees(ask):
    # 98.05 E 19.05 N in zone 47N, by hand from pyproj's own transformer
    (x,), (y,) = gpd.GeoSeries([shapely.Point(98.05, 19.05)], crs=4326).to_crs(32647).iloc[0].xy
    (found,) = of(ask([A], ("บ้านก", f"{y:.3f}", f"{x:.3f}")), "point_proposed")
    assert float(found.proposal["lat"]) == pytest.approx(19.05, abs=2e-6)
    assert float(found.proposal["lon"]) == pytest.approx(98.05, abs=2e-6)
    assert "UTM" in found.why("th")


def test_where_the_point_falls_decides_between_schools_of_one_name(ask):
    twin = ("58010002", "บ้านก", "580201", "", "")
    problems = ask([A, twin], ("บ้านก", "19.05", "98.15"), ("บ้านก", "19.05", "98.05"))
    found = {p.key: p.proposal["lon"] for p in of(problems, "point_proposed")}
    assert found == {"58010001": "98.05", "58010002": "98.15"}


def test_two_schools_of_one_name_and_subdistrict_leave_the_point_undecided(ask):
    twin = ("58010002", "บ้านก", "580101", "", "")
    problems = ask([A, twin], ("บ้านก", "19.05", "98.05"))
    assert of(problems, "point_proposed") == []
    (note,) = of(problems, "points_without_school")
    assert (note.facts["unmatched"], note.facts["undecided"]) == (0, 1)


def test_a_point_of_the_name_in_another_district_is_told_and_not_proposed(ask):
    (found,) = of(ask([A], ("บ้านก", "19.05", "98.19")), "point_elsewhere")
    assert dict(found.proposal) == {}
    assert found.lon == pytest.approx(98.19)


def test_a_remark_in_brackets_on_either_side_does_not_part_two_names(ask):
    (found,) = of(ask([A], ("บ้านก (ประชาสรรค์)", "19.05", "98.05")), "point_proposed")
    assert "วงเล็บ" in found.why("th")


def test_names_that_the_file_cuts_match_the_one_school_that_begins_so(ask):
    full = [("บ้านหนองบัวประชาอุปถัมภ์", "1"), ("บ้านหนองปลาราษฎร์บำรุง", "2"), ("บ้านหนองเสือวิทยาคาร", "3")]
    schools = [(f"5801000{n}", name, "580101", "", "") for name, n in full]
    points = [(name[:14], "19.05", f"98.0{n}") for name, n in full]
    found = of(ask(schools, *points), "point_proposed")
    assert [(p.key, p.proposal["lon"]) for p in found] == [
        ("58010001", "98.01"), ("58010002", "98.02"), ("58010003", "98.03"),
    ]  # fmt: skip
    assert "ถูกตัด" in found[0].why("th")


def test_among_landmarks_a_temple_is_not_the_school_beside_it(ask):
    temple = ("58010001", "โรงเรียนวัดกลาง", "580101", "", "")
    school = [(f"โรงเรียนที่ {n}", "19.01", "98.01") for n in range(3)]
    problems = ask([temple], ("วัดกลาง", "19.05", "98.05"), *school)
    assert of(problems, "point_proposed") == []
    (note,) = of(problems, "points_without_school")
    assert note.facts["unmatched"] == 4


@pytest.mark.parametrize(("lat", "differs"), [("19.0544", False), ("19.0546", True)])
def test_a_second_source_more_than_500_m_away_disagrees_and_the_register_stays(ask, lat, differs):
    # one minute of latitude is 1,852 m: 0.0045 degrees are 500 m
    own = ("58010001", "บ้านก", "580101", "19.05000", "98.05000")
    found = of(ask([own], ("บ้านก", lat, "98.05000")), "points_differ")
    assert len(found) == differs
    assert all(not p.proposal and p.severity == "warn" for p in found)


def test_a_second_source_is_proposed_for_a_school_whose_own_point_is_doubted(ask):
    own = ("58010001", "บ้านก", "580101", "98.05000", "19.05000")  # swapped
    (found,) = of(ask([own], ("บ้านก", "19.06000", "98.06000")), "point_instead")
    assert dict(found.proposal) == {"lat": "19.06000", "lon": "98.06000"}
    assert "19.06" in found.message("th")


def test_points_that_nobody_knows_are_one_note_with_their_number(ask):
    problems = ask([A], *((f"ไม่รู้จัก{n}", "19.05", "98.05") for n in range(9)))
    (note,) = of(problems, "points_without_school")
    assert (note.severity, note.facts["unmatched"], note.facts["rows"]) == ("note", 9, 9)


@pytest.mark.parametrize("cell", ["", "ไม่ทราบ", "0"])
def test_a_point_without_a_readable_place_proposes_nothing(ask, cell):
    problems = ask([A], ("บ้านก", cell, cell))
    assert of(problems, "point_proposed") == []


def test_a_list_without_columns_for_coordinates_says_so_once(headings):
    head = ["รหัสโรงเรียน", "ชื่อโรงเรียน", "ตำบล"]
    rows = [[f"5801000{n}", f"ก{n}", "จองคำ"] for n in range(5)]
    (table,), _ = recognise(Sheet("f", "", [head, *rows]), headings)
    register = pd.DataFrame(rows, columns=["smis_code", "school_name_th", "subdistrict"])
    register = register.assign(
        lat="", lon="", subdistrict_code="580101", district="", table=0, row=range(1, 6)
    )
    places, doubts = place_schools(register, GROUND, [table])
    (found,) = propose_points(PlacedSchools(register, [table], places), [], GROUND, doubts)
    assert (found.kind, found.facts["rows"]) == ("list_without_coordinates", 5)


def test_nobody_proposes_another_point_once_an_officer_has_decided(ask):
    school = ("58010001", "บ้านก", "580101", "19.0500", "98.0500")
    point = ("บ้านก", "19.0600", "98.0600")
    assert len(of(ask([school], point), "points_differ")) == 1
    assert ask([school], point, accepted=frozenset({"58010001"})) == []
