import datetime

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from gisapp.core import layers
from gisapp.core.buildings import COLUMNS as BUILDING_COLUMNS
from gisapp.core.columns import TYPES
from gisapp.core.dictionary import LAYERS
from gisapp.core.problems import Problem
from gisapp.core.rounds import Round
from gisapp.core.sizes import SizeClass

ROUND = Round.parse("2568-1")
CLASSES = [
    SizeClass("size_class_4", "no_students", 0, 0),
    SizeClass("size_class_4", "small", 1, 120),
    SizeClass("size_class_4", "medium", 121, 600),
]


def register(*codes):
    texts = {"school_name_th": "ก", "lowest_grade": "", "highest_grade": "", "status": ""}
    return pd.DataFrame({"smis_code": codes, **texts, "lat": "", "lon": "", "table": 0, "row": 1})


def grade_rows(*rows):
    columns = ["smis_code", "grade", "male", "female", "students", "class_groups"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype(dict.fromkeys(columns[2:], "Int64"))


def building_rows(*rows):
    columns = ["smis_code", "building_type", "actual_rooms", "condition", "use_status"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.reindex(columns=list(BUILDING_COLUMNS))


def joined(codes, grades, buildings=(), teachers=None, photos=(), rooms=None, stated=None):
    schools = register(*codes).assign(**(stated or {}))
    places = gpd.GeoDataFrame(
        {"location_quality": "surveyed"},
        geometry=[shapely.Point(98, 19)] * len(codes),
        crs=4326,
        index=schools.index,
    )
    return layers.finish_schools(
        layers.join_schools(
            schools,
            places,
            grade_rows(*grades),
            building_rows(*buildings),
            pd.Series(teachers or {}, dtype="float64"),
            pd.DataFrame(photos, columns=["photo_id", "smis_code"]),
            CLASSES,
            pd.Series(rooms or {}, dtype="float64"),
        ),
        [],
    ).set_index("smis_code")


def test_a_school_is_the_sum_of_its_grades():
    row = joined(["A"], [("A", "k2", 1, 2, 3, 1), ("A", "p1", 60, 60, 120, 3)]).loc["A"]
    assert (row["students"], row["male"], row["female"], row["class_groups"]) == (123, 61, 62, 4)
    assert (row["pre_primary"], row["primary"]) == (3, 120)
    assert (row["lowest_grade"], row["highest_grade"]) == ("k2", "p1")
    assert row["levels_offered"] == "pre_primary,primary"
    assert (row["size_class_4"], row["small_school"]) == ("medium", False)
    assert row["pupil_class_ratio"] == pytest.approx(123 / 4)


def test_unknown_pupils_are_null_and_no_pupils_are_0():
    schools = joined(["A", "B"], [("B", "p1", 0, 0, 0, 0)])
    assert pd.isna(schools.at["A", "students"])
    assert pd.isna(schools.at["A", "size_class_4"])
    assert pd.isna(schools.at["A", "small_school"])
    assert schools.at["B", "students"] == 0
    assert (schools.at["B", "size_class_4"], schools.at["B", "small_school"]) == (
        "no_students",
        False,
    )


def test_a_sum_over_nothing_known_is_unknown_and_over_something_is_that():
    schools = joined(
        ["A", "B"],
        [
            ("A", "p1", None, None, 7, None),
            ("B", "p1", 3, None, 7, 1),
            ("B", "p2", None, 2, 5, None),
        ],
    )
    assert schools.loc["A", ["male", "female", "class_groups", "pre_primary"]].isna().all()
    assert (schools.at["A", "students"], schools.at["A", "primary"]) == (7, 7)
    assert (schools.at["B", "male"], schools.at["B", "female"]) == (3, 2)
    assert schools.at["B", "class_groups"] == 1


def test_an_expansion_school_teaches_primary_and_lower_secondary():
    schools = joined(
        ["A", "B", "C"],
        [("A", "p6", 1, 1, 2, 1), ("A", "m1", 1, 1, 2, 1), ("B", "p6", 1, 1, 2, 1),
         ("C", "p6", 1, 1, 2, 1), ("C", "m1", 0, 0, 0, 0)],
    )  # fmt: skip
    assert schools["expansion_school"].tolist() == [True, False, False]
    assert schools.at["C", "highest_grade"] == "p6"


def test_a_school_without_a_pupil_offers_what_its_register_says():
    stated = {
        "lowest_grade": ["k2", "p1", "p1", "", "p6"],
        "highest_grade": ["p6", "m3", "m3", "p6", "p1"],
        "expansion_school": pd.array([None, None, False, None, None], dtype="boolean"),
    }
    schools = joined(
        ["A", "B", "C", "D", "E"],
        [("A", "p1", 0, 0, 0, 0), ("B", "p1", 0, 0, 0, 0), ("C", "m1", 1, 1, 2, 1)],
        stated=stated,
    )
    assert schools["levels_offered"].fillna("").tolist() == [
        "pre_primary,primary",
        "primary,lower_secondary",
        "lower_secondary",  # where pupils are, they decide
        "",
        "",
    ]
    assert schools["lowest_grade"].fillna("").tolist() == ["k2", "p1", "m1", "", "p6"]
    assert schools["expansion_school"].astype(object).fillna("?").tolist() == [
        False,
        True,
        False,
        "?",
        "?",
    ]


def test_structures_count_while_they_stand_and_classrooms_only_in_classroom_buildings():
    row = joined(
        ["A", "B"],
        [],
        [
            ("A", "อาคารเรียน", 8, "good", ""),
            ("A", "อาคารเรียน", 4, "dilapidated", "รื้อถอน"),
            ("A", "ส้วม", 4, "dilapidated", ""),
        ],
    ).loc["A"]
    assert (row["buildings"], row["classrooms"], row["dilapidated_buildings"]) == (2, 8, 1)


def test_a_school_with_a_classroom_building_of_unknown_rooms_states_no_classrooms():
    schools = joined(
        ["A", "B", "C", "D"],
        [],
        [
            ("A", "อาคารเรียน", 4, "good", ""),
            ("A", "อาคารเรียน", None, "good", ""),
            ("B", "อาคารเรียน", 4, "good", ""),
            ("B", "อาคารเรียน", None, "good", "รื้อถอน"),
            ("B", "ส้วม", None, "good", ""),
            ("C", "อาคารเรียน", 0, "good", ""),
            ("D", "ส้วม", 4, "good", ""),
        ],
    )
    stated = schools["classrooms"].astype(object)
    assert stated.where(stated.notna(), None).to_dict() == {
        "A": None, "B": 4, "C": 0, "D": None,
    }  # fmt: skip


def test_classroom_buildings_are_known_in_english_too():
    kinds = [
        "classroom_building",
        "Classroom building",
        "classroom",
        "CLASSROOMS",
        "อาคารเรียน 2 ชั้น",
    ]
    others = ["teacher_house", "ห้องสมุด", "school office"]
    rows = [("A", kind, 4, "good", "") for kind in (*kinds, *others)]
    assert joined(["A"], [], rows).at["A", "classrooms"] == 20


def test_ratios_are_null_where_nobody_teaches():
    schools = joined(
        ["A", "B"], [("A", "p1", 5, 5, 10, 1), ("B", "p1", 5, 5, 10, 0)], teachers={"A": 2, "B": 0}
    )
    assert schools.at["A", "pupil_teacher_ratio"] == 5
    assert pd.isna(schools.at["B", "pupil_teacher_ratio"])
    assert pd.isna(schools.at["B", "pupil_class_ratio"])


def test_the_first_photo_of_a_school_is_named_and_all_are_counted():
    schools = joined(["A", "B"], [], photos=[("a1", "A"), ("a2", "A")])
    assert (schools.at["A", "photo_id"], schools.at["A", "photo_count"]) == ("a1", 2)
    assert schools.at["B", "photo_count"] == 0


def test_adding_a_school_changes_no_other_row():
    grades = [("A", "p1", 5, 6, 11, 1)]
    one = joined(["A"], grades)
    two = joined(["A", "B"], [*grades, ("B", "p1", 1, 1, 2, 1)])
    pd.testing.assert_series_equal(one.loc["A"], two.loc["A"], check_dtype=False)


def test_a_published_layer_has_exactly_the_columns_of_the_dictionary_in_order():
    for name, layer in LAYERS.items():
        empty = gpd.GeoDataFrame(geometry=[], crs=4326) if layer.geometry else pd.DataFrame()
        published = layers.as_published(empty, name, ROUND, datetime.date(2025, 6, 10))
        wanted = [c.name for c in layer.columns]
        wanted += ["academic_year_be", "data_round", "as_of_date"]
        assert [c for c in published.columns if c != "geometry"] == wanted
        for column in layer.columns:
            assert published[column.name].dtype == TYPES[column.kind]


def test_an_empty_text_is_published_as_unknown():
    published = layers.as_published(
        pd.DataFrame({"smis_code": ["A", ""]}), "buildings", ROUND, datetime.date(2025, 6, 10)
    )
    assert published["smis_code"].isna().tolist() == [False, True]
    assert published["as_of_date"].tolist() == ["2025-06-10"] * 2


def test_areas_count_their_schools_and_pupils():
    areas = gpd.GeoDataFrame({"code": ["1", "2"]}, geometry=[shapely.box(0, 0, 1, 1)] * 2, crs=4326)
    schools = pd.DataFrame({"area": ["1", "1", ""], "students": pd.array([3, None, 9], "Int64")})
    counted = layers.count_by_area(areas, "code", schools, "area")
    assert counted["schools"].tolist() == [2, 0]
    assert counted["students"].iloc[0] == 3
    assert pd.isna(counted["students"].iloc[1])


def test_problems_are_listed_worst_first_with_their_place_on_the_map():
    found = [
        Problem("no_buildings", key="A"),
        Problem("unknown_village", key="A", lon=98.0, lat=19.0),
        Problem("unmatched_code", key="C", pupils=4, facts={"pupils": 4}),
    ]
    rows = layers.problem_rows(layers.reading_order(found), {"A": "บ้านเอ"}, ["{}", "", ""])
    assert rows["excerpt"].tolist() == ["{}", "", ""]
    assert rows["school_name_th"].fillna("").tolist() == ["", "บ้านเอ", "บ้านเอ"]
    assert rows["fingerprint"].tolist() == [
        found[2].fingerprint,
        found[1].fingerprint,
        found[0].fingerprint,
    ]
    assert rows["severity"].tolist() == ["block", "warn", "note"]
    assert rows["pupils"].tolist() == [4, 0, 0]
    assert rows.geometry.iloc[1].equals(shapely.Point(98, 19))
    assert rows.geometry.iloc[0] is None


def test_trouble_of_a_village_with_a_schools_code_is_not_the_schools():
    schools = gpd.GeoDataFrame(
        {"smis_code": ["99010112"], "from_grade": None, "to_grade": None, "lowest_grade": "",
         "highest_grade": "", "levels_offered": None, "students": 1},
        geometry=[shapely.Point(98, 19)],
    )  # fmt: skip
    own, other = (
        Problem("no_buildings", key="99010112"),
        Problem("share_sum", key="village:99010112"),
    )
    assert layers.finish_schools(schools, [own, other])["problem_count"].tolist() == [1]
    rows = layers.problem_rows([own, other], {"99010112": "บ้านเอ"}, ["", ""])
    assert rows["smis_code"].fillna("").tolist() == ["99010112", ""]
    assert rows["school_name_th"].fillna("").tolist() == ["บ้านเอ", ""]
