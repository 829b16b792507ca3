"""Two rounds of a few schools compared; every figure is counted by hand beside it."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gisapp.core.compare import compare_rounds
from gisapp.core.compare_sources import compare_sources
from gisapp.core.compare_words import signed, source_lines, summarise, summary_lines
from gisapp.core.dictionary import LAYERS
from gisapp.core.earlier import PublishedRound
from gisapp.core.grades import GRADE, MEASURES
from gisapp.core.rounds import Round

METRIC = "EPSG:32647"
MOVED_M = 500.0


def school(code, **facts):
    return {
        "smis_code": code,
        "school_name_th": f"บ้าน{code}",
        "district": "เหนือ",
        "subdistrict": "ห้วยเมฆ",
        "subdistrict_code": "990201",
        "school_network": "ดอย",
        "location_quality": "surveyed",
        "point": (98.05, 19.05),
    } | facts


def published(name, schools, grades, problems=()):
    """A round as `read_published_round` returns it; grades are (code, grade, m, f, rooms)."""
    columns = {c.name: "Int64" if c.kind == "int" else "str" for c in LAYERS["schools"].columns}
    frame = pd.DataFrame(schools, columns=[*columns, "point"])
    points = [shapely.Point(p) if p == p and p is not None else None for p in frame["point"]]
    frame = frame[list(columns)].astype(columns)
    rows = pd.DataFrame(grades, columns=["smis_code", "grade", "male", "female", "class_groups"])
    rows = rows.astype(
        {"smis_code": "str", "grade": "str"} | dict.fromkeys(rows.columns[2:], "Int64")
    )
    rows["students"] = rows["male"] + rows["female"]
    notes = pd.DataFrame(problems, columns=["kind", "key", "value"], dtype="str")
    return PublishedRound(
        Round.parse(name),
        gpd.GeoDataFrame(frame, geometry=points, crs=4326),
        rows,
        gpd.GeoDataFrame(notes, geometry=gpd.GeoSeries([None] * len(notes), crs=4326)),
        None,
    )


def compare(before, after):
    return compare_rounds(before, after, METRIC, MOVED_M)


def two_rounds(before, after, *, grades=((), ())):
    return compare(published("2567-1", before, grades[0]), published("2568-1", after, grades[1]))


def of(table, code, column="smis_code"):
    (row,) = table[table[column] == code].to_dict("records")
    return row


def office(compared, scope="total"):
    totals = compared.totals
    (row,) = totals[(totals["unit_kind"] == "office") & (totals["scope"] == scope)].to_dict(
        "records"
    )
    return row


# --- pupils


def test_a_school_changes_by_what_its_grades_change():
    compared = two_rounds(
        [school("1")],
        [school("1")],
        grades=(
            [("1", "p1", 5, 4, 1), ("1", "p2", 3, 3, 1)],
            [("1", "p1", 2, 7, 1), ("1", "m1", 1, 0, 1)],
        ),
    )
    row = of(compared.schools, "1")
    assert (row["students_before"], row["students_after"], row["students_change"]) == (15, 10, -5)
    assert (row["male_change"], row["female_change"], row["class_groups_change"]) == (-5, 0, 0)
    assert (row["primary_change"], row["lower_secondary_change"]) == (-6, 1)
    by_grade = compared.grades.set_index("grade")["students_change"]
    assert by_grade.to_dict() == {"p1": 0, "p2": -6, "m1": 1}
    by_level = compared.levels.set_index("education_level")
    assert by_level["male_change"].to_dict() == {"primary": -6, "lower_secondary": 1}


def test_a_school_that_a_round_does_not_have_counts_nothing_there():
    compared = two_rounds(
        [school("1")],
        [school("2", district="ใต้")],
        grades=([("1", "p1", 5, 4, 1)], [("2", "p1", 3, 3, 1)]),
    )
    assert of(compared.schools, "1")["students_change"] == -9
    assert of(compared.schools, "2")["students_change"] == 6
    assert office(compared)["students_change"] == -3
    totals = compared.totals[compared.totals["scope"] == "total"].set_index("unit")
    assert totals["students_change"][["เหนือ", "ใต้"]].tolist() == [-9, 6]
    assert totals.index.notna().all()


def test_pupils_that_a_round_does_not_know_are_not_none():
    compared = two_rounds(
        [school("1"), school("2")],
        [school("1"), school("2")],
        grades=([("1", "p1", 5, 4, 1)], [("1", "p1", 5, 5, 1), ("2", "p1", 30, 30, 2)]),
    )
    row = of(compared.schools, "2")
    assert pd.isna(row["students_before"])
    assert row["students_after"] == 60
    assert pd.isna(row["students_change"])
    whole = office(compared)
    assert (whole["students_before"], whole["students_after"]) == (9, 70)
    assert (whole["students_change"], whole["students_uncompared"]) == (1, 60)
    assert summarise(compared).schools_uncompared == 1
    first, _, rest = summary_lines(compared, "th")
    assert "9 → 70 (+61)" in first
    assert "เทียบได้ต่าง +1 คน" in rest
    assert "+60 คนมาจาก 1 โรงเรียน" in rest


def test_a_sex_that_one_round_does_not_state_leaves_the_change_of_the_sex_unknown():
    before = published("2567-1", [school("1")], [("1", "p1", 5, 4, 1), ("1", "p2", 3, 3, 1)])
    after = published("2568-1", [school("1")], [("1", "p1", 6, 4, 1), ("1", "p2", 3, 3, 1)])
    before.grades.loc[0, "male"] = pd.NA
    row = of(compare(before, after).schools, "1")
    assert row["male_before"] == 3
    assert pd.isna(row["male_change"])
    assert (row["female_change"], row["students_change"]) == (0, 1)


def test_class_groups_that_a_sheet_states_only_in_all_are_compared_in_all():
    before = published("2567-1", [school("1", class_groups=8)], [("1", "p1", 5, 4, None)])
    after = published("2568-1", [school("1", class_groups=6)], [("1", "p1", 5, 4, 6)])
    compared = compare(before, after)
    row = of(compared.schools, "1")
    assert (row["class_groups_before"], row["class_groups_change"]) == (8, -2)
    assert office(compared)["class_groups_change"] == -2
    by_grade = of(compared.grades, "1")
    assert pd.isna(by_grade["class_groups_before"])
    assert pd.isna(by_grade["class_groups_change"])


def test_class_groups_that_no_sheet_states_are_unknown_and_not_0():
    compared = two_rounds(
        [school("1")],
        [school("1")],
        grades=([("1", "p1", 5, 4, None)], [("1", "p1", 5, 4, 1), ("1", "p2", 5, 4, 1)]),
    )
    row = of(compared.schools, "1")
    assert pd.isna(row["class_groups_before"])
    assert pd.isna(row["class_groups_change"])
    assert row["class_groups_after"] == 2


def test_rounds_without_any_pupil_say_that_nobody_knows():
    compared = two_rounds([school("1")], [school("1")])
    found = summarise(compared)
    assert (found.students_before, found.students_after, found.students_change) == (None,) * 3
    assert "– → –" in summary_lines(compared, "en")[0]


def test_two_empty_rounds_compare():
    found = summarise(two_rounds([], []))
    assert (found.schools_before, found.schools_after, found.new, found.closed) == (0, 0, 0, 0)


COUNT = st.one_of(st.none(), st.integers(0, 60))
ROWS = st.dictionaries(
    st.tuples(st.sampled_from("123456"), st.sampled_from(list(GRADE))),
    st.tuples(COUNT, COUNT, COUNT),
    max_size=30,
)
HERE = st.dictionaries(
    st.sampled_from("123456"),
    st.tuples(st.sampled_from(["เหนือ", "ใต้", None]), st.sampled_from(["ดอย", "ลำน้ำ", None])),
)


def random_round(name, here, rows):
    schools = [school(c, district=d, school_network=n) for c, (d, n) in sorted(here.items())]
    return published(
        name, schools, [(c, g, *figures) for (c, g), figures in rows.items() if c in here]
    )


@settings(max_examples=25, deadline=None)
@given(HERE, HERE, ROWS, ROWS)
def test_changes_of_schools_and_of_units_add_up_to_the_offices(here, there, rows, others):
    before, after = random_round("2567-1", here, rows), random_round("2568-1", there, others)
    compared = compare(before, after)
    for measure in MEASURES:
        change = f"{measure}_change"
        by_hand = compared.schools[change].sum()
        for kind in ("office", "district", "school_network"):
            totals = compared.totals
            total = totals[(totals["unit_kind"] == kind) & (totals["scope"] == "total")]
            assert total[change].sum() == by_hand
            assert total[f"{measure}_before"].sum() == before.grades[measure].sum()
            assert total[f"{measure}_after"].sum() == after.grades[measure].sum()
            gap = total[f"{measure}_after"].sum() - total[f"{measure}_before"].sum()
            assert gap == total[change].sum() + total[f"{measure}_uncompared"].sum()


@settings(max_examples=25, deadline=None)
@given(HERE, ROWS, ROWS)
def test_backwards_every_change_has_the_other_sign(here, rows, others):
    first, second = random_round("2567-1", here, rows), random_round("2568-1", here, others)
    there, back = compare(first, second), compare(second, first)
    for table in ("schools", "grades", "levels", "totals"):
        left, right = getattr(there, table), getattr(back, table)
        assert len(left) == len(right)
        pd.testing.assert_series_equal(left["students_change"], -right["students_change"])


# --- schools


def test_schools_come_and_go():
    compared = two_rounds([school("1"), school("2")], [school("2"), school("3")])
    assert dict(zip(compared.schools["smis_code"], compared.schools["fate"], strict=True)) == {
        "1": "closed",
        "2": "kept",
        "3": "new",
    }
    assert compared.schools["school_name_th"].tolist() == ["บ้าน1", "บ้าน2", "บ้าน3"]
    assert compared.schools["in_before"].tolist() == [True, True, False]
    assert compared.schools["in_after"].tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("before", "after", "fate"),
    [
        ({}, {"merged_into": "9"}, "merged"),
        ({"merged_into": "9"}, {"merged_into": "9"}, "kept"),
        ({"merged_into": "9"}, None, "merged"),
        ({}, {"status": "เลิกสถานศึกษา"}, "closed"),
        ({"status": "Closed"}, {"status": "closed"}, "kept"),
        ({"status": "เปิดสอน"}, {"status": "เปิดสอน"}, "kept"),
        ({}, {"status": "ยุบรวม", "merged_into": "9"}, "merged"),
    ],
)
def test_a_merger_is_what_a_register_says_newly(before, after, fate):
    compared = two_rounds([school("1", **before)], [] if after is None else [school("1", **after)])
    assert of(compared.schools, "1")["fate"] == fate


def test_a_name_is_another_only_when_its_letters_are():
    names = {"1": ("บ้านดอยลม", "โรงเรียนบ้าน ดอยลม"), "2": ("บ้านดอยลม", "วัดดอยลม"), "3": (None, "วัด")}
    compared = two_rounds(
        [school(code, school_name_th=before) for code, (before, _) in names.items()],
        [school(code, school_name_th=after) for code, (_, after) in names.items()],
    )
    renamed = compared.values[compared.values["column"] == "school_name_th"]
    assert renamed["smis_code"].tolist() == ["2"]
    assert renamed[["value_before", "value_after"]].to_numpy().tolist() == [["บ้านดอยลม", "วัดดอยลม"]]
    assert of(compared.schools, "2")["changed"] == "school_name_th"
    assert pd.isna(of(compared.schools, "1")["changed"])


def test_a_school_in_another_network_and_size_class_is_listed_with_both_values():
    compared = two_rounds(
        [school("1", size_class_4="small", subdistrict="ก")],
        [school("1", size_class_4="medium", subdistrict="ข", school_network="ลำน้ำ")],
    )
    listed = compared.values.set_index("column")
    assert listed.loc["size_class_4", ["value_before", "value_after"]].tolist() == [
        "small",
        "medium",
    ]
    assert set(of(compared.schools, "1")["changed"].split(",")) == {
        "size_class_4",
        "subdistrict",
        "school_network",
    }
    found = summarise(compared)
    assert (found.size_changed, found.subdistrict_changed, found.network_changed) == (1, 1, 1)
    assert found.size_class_7_changed == 0


def test_a_value_that_one_round_does_not_know_has_not_changed():
    compared = two_rounds([school("1", school_network=None)], [school("1")])
    assert compared.values.empty


def test_a_school_is_moved_beyond_the_limit_and_not_on_it():
    # 1° of latitude at 19° N is 110,666 m on the ellipsoid (WGS 84), 0.9996 of it on the grid.
    limit = 110_666 * 0.9996
    here, there = (98.0, 19.0), (98.0, 20.0)
    first, second = [school("1", point=here)], [school("1", point=there)]
    rounds = published("2567-1", first, []), published("2568-1", second, [])
    assert compare(*rounds).points["distance_m"].tolist() == pytest.approx([limit], rel=2e-3)
    exactly = compare(*rounds).points["distance_m"].iloc[0]
    assert compare_rounds(*rounds, METRIC, exactly).points.empty
    assert compare_rounds(*rounds, METRIC, exactly - 1e-6).points["moved"].tolist() == [True]


def test_a_stand_in_point_that_was_replaced_is_no_move():
    compared = two_rounds(
        [
            school("1", location_quality="subdistrict"),
            school("2", point=None, location_quality="missing"),
        ],
        [school("1", point=(98.9, 19.9)), school("2", point=(98.9, 19.9))],
    )
    assert compared.points["moved"].tolist() == [False, False]
    assert compared.points["distance_m"].isna().all()
    assert compared.points["quality_after"].tolist() == ["surveyed", "surveyed"]
    assert np.isnan(of(compared.points, "2")["lon_before"])
    assert summarise(compared).moved == 0


def test_one_name_in_one_subdistrict_under_another_code_is_proposed_and_not_asserted():
    compared = two_rounds(
        [school("1", school_name_th="บ้านดอยลม")],
        [school("2", school_name_th="โรงเรียนบ้านดอยลม")],
        grades=([("1", "p1", 5, 4, 1)], [("2", "p1", 4, 4, 1)]),
    )
    (pair,) = compared.recoded.to_dict("records")
    assert (pair["code_before"], pair["code_after"]) == ("1", "2")
    assert (pair["same"], pair["students_before"], pair["students_after"]) == (
        "name_and_subdistrict",
        9,
        8,
    )
    assert compared.schools["fate"].tolist() == ["closed", "new"]


@pytest.mark.parametrize(
    "after",
    [
        [school("2", school_name_th="ก", subdistrict_code="990202")],
        [school("2", school_name_th="ก"), school("3", school_name_th="ก")],
        [school("2", school_name_th="ก", subdistrict_code=None, subdistrict=None)],
        [school("1", school_name_th="ก"), school("2", school_name_th="ก")],
    ],
    ids=["another subdistrict", "twice", "nowhere", "still there"],
)
def test_a_doubtful_pair_is_not_proposed(after):
    assert two_rounds([school("1", school_name_th="ก")], after).recoded.empty


def test_a_ministry_code_proposes_a_pair_whatever_the_name():
    compared = two_rounds(
        [school("1", ministry_code="1099020001")], [school("2", ministry_code="1099020001")]
    )
    assert compared.recoded["same"].tolist() == ["ministry_code"]


def test_a_form_taken_from_an_earlier_round_is_said():
    note = [
        ("taken_from_earlier_round", "buildings", "2567-1"),
        ("taken_from_earlier_round", "register", "2567-1"),
        ("no_register", "x", "y"),
    ]
    compared = compare(published("2567-1", [], []), published("2568-1", [], [], note))
    assert compared.taken_over.to_dict("records") == [
        {"data_round": "2568-1", "form": form, "taken_from": "2567-1"}
        for form in ("buildings", "register")
    ]
    assert len(summary_lines(compared, "th")) == 3  # nothing of the buildings is compared
    assert "2567-1" in summary_lines(compared, "th")[-1]
    assert "school register" in summary_lines(compared, "en")[-1]


@pytest.mark.parametrize(("number", "text"), [(0, "0"), (1200, "+1,200"), (-3, "−3")])
def test_a_change_is_written_with_its_sign(number, text):
    assert signed(number) == text


# --- sources


def other(rows, file="DMC.xlsx"):
    frame = published("2568-1", [], rows).grades
    return frame.assign(source_file=file)


def test_two_sources_are_compared_by_grade_and_sex():
    ours = published(
        "2568-1", [school("1"), school("2")], [("1", "p1", 5, 4, 1), ("2", "p1", 1, 1, 1)]
    )
    compared = compare_sources(ours, other([("1", "p1", 4, 5, 1), ("3", "p1", 7, 0, 1)]))
    assert compared.schools["stated_by"].tolist() == ["both", "only_published", "only_other"]
    row = of(compared.grades, "1")
    assert (row["male_change"], row["female_change"], row["students_change"]) == (-1, 1, 0)
    assert compared.schools["students_change"].tolist()[0] == 0
    assert compared.schools["students_change"].isna().tolist() == [False, True, True]
    (line,) = source_lines(compared, "en")
    assert (
        "differing schools 1, grades 1 · schools of the office only 1 · of the nation only 1"
        in line
    )


def test_each_source_is_compared_by_itself():
    ours = published("2568-1", [school("1")], [("1", "p1", 5, 4, 1)])
    rows = pd.concat([other([("1", "p1", 5, 4, 1)], "a"), other([("1", "p1", 0, 0, 0)], "b")])
    compared = compare_sources(ours, rows)
    assert compared.schools["students_change"].tolist() == [0, -9]
    totals = compared.totals[compared.totals["scope"] == "total"]
    assert totals.set_index("source_file")["students_after"].to_dict() == {"a": 9, "b": 0}
