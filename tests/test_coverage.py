"""The whole way: sheets, `gisapp build`, `gisapp coverage`, layers; every number by hand.

The office is drawn in `coverage_office`: children live at their villages' points, so that each
distance is between two points that a reader can look up.
"""

import contextlib
import datetime
import json
import shutil
import sqlite3

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely

from gisapp.core.rounds import Round
from gisapp.pipeline import build_round
from gisapp.pipeline.coverage import compute_coverage
from gisapp.settings import Settings
from tests.coverage_office import (
    AGES,
    CHILDREN,
    DOI_LOM,
    EAST,
    THUNG_DAO,
    WEST,
    build_and_cover,
    cover,
    coverage_office,
    criteria,
    found,
    people,
    subdistrict_lines,
    village_lines,
    write_population,
    write_raster,
)
from tests.office import (
    ROUND,
    SCHOOLS,
    Office,
    register_rows,
    run,
    wide_rows,
    write_book,
    write_text,
    write_wide,
)

NOW = datetime.datetime(2025, 7, 1, tzinfo=datetime.UTC)
UNITS = ("zone", "subdistrict", "district", "office")
FIGURES = (
    "population", "population_male", "population_female", "covered_population", "covered_male",
    "covered_female", "uncovered_population", "covered_at_least", "covered_at_most",
    "unplaced_population", "edge_population", "enrolled", "enrolled_male", "enrolled_female",
    "enrolled_at_least", "schools_without_pupils", "entry_population", "entry_enrolled",
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The office, built and covered; only read."""
    office = coverage_office(tmp_path_factory.mktemp("coverage") / "office")
    build_and_cover(office)
    return office


@pytest.fixture
def office(made, tmp_path):
    """A copy to break."""
    shutil.copytree(made.folder, tmp_path / "office")
    return Office(tmp_path / "office")


def rows_at(office, unit, level, reach, affiliations="own"):
    """Rows of one question, by the unit's code; "" for land that nobody serves."""
    rows = office.layer(f"{unit}_coverage")
    rows = rows[rows["education_level"].eq(level) & rows["affiliations"].eq(affiliations)]
    rows = rows[rows["reach_value"].eq(reach)]
    return rows.set_index(rows.iloc[:, 0].fillna("").rename("unit"))


def bytes_of(office):
    """Everything that the office has published."""
    layers = office.folder / "layers"
    return {path.relative_to(layers): path.read_bytes() for path in layers.rglob("*.*")
            if path.suffix in (".gpkg", ".tif")}  # fmt: skip


def test_children_of_each_zone_are_those_of_its_villages(made):
    zones = rows_at(made, "zone", "primary", 3)
    # Six ages of primary times 5, 4 and 4 children.
    assert zones["population"].to_dict() == {
        "99020001": 30, "99020002": 24, "99020003": 24, "": 0,
    }  # fmt: skip
    assert zones["population_male"].to_dict() == {
        "99020001": 18, "99020002": 12, "99020003": 6, "": 0,
    }  # fmt: skip
    lower = rows_at(made, "zone", "lower_secondary", 3)
    assert lower["population"].to_dict() == {"99020002": 3 * 9, "": 3 * 4}
    assert lower["zone_method"].to_dict() == {"99020002": "village_voronoi", "": "unassigned"}


def test_who_lives_within_each_reach_is_found_point_by_point(made):
    # The third village is 0.04° = 4.43 km north of its school, the first two are at theirs.
    within = {reach: rows_at(made, "office", "primary", reach) for reach in (1, 2, 3, 6)}
    assert [within[reach]["covered_population"].sum() for reach in within] == [54, 54, 54, 78]
    assert within[3]["coverage_rate"].tolist() == [54 / 78]
    assert within[3]["covered_male"].tolist() == [18 + 12]
    # The only school with ม.1 is 2.38 km from the first village, 13 km from the third.
    lower = [
        rows_at(made, "zone", "lower_secondary", reach)["covered_population"].to_dict()
        for reach in (1, 2, 3, 6)
    ]
    near, both = {"99020002": 12, "": 0}, {"99020002": 27, "": 0}
    assert lower == [near, near, both, both]


def test_uncovered_children_nearer_to_the_border_than_to_a_school_are_told(made):
    # The third village is 1.1 km from the north border and 4.43 km from its school.
    edge = {
        reach: rows_at(made, "zone", "primary", reach).loc["99020003", "edge_population"]
        for reach in (1, 2, 3, 6)
    }
    assert edge == {1: 24, 2: 24, 3: 24, 6: 0}
    # The first is 5.3 km from the border and 2.38 km from the school with ม.1.
    assert rows_at(made, "zone", "lower_secondary", 1)["edge_population"].to_dict() == {
        "99020002": 0, "": 12,
    }  # fmt: skip


def test_pupils_and_ratios_are_those_of_the_sheet_and_never_cut(made):
    zones = rows_at(made, "zone", "primary", 3)
    enrolled = {
        school.code: sum(boys + girls for grade, (boys, girls, _) in school.pupils.items()
                         if grade.startswith("p"))
        for school in SCHOOLS
    }  # fmt: skip
    assert zones["enrolled"].to_dict() == {**enrolled, "": 0}
    assert enrolled == {"99020001": 123, "99020002": 171, "99020003": 99}
    ratios = zones["gross_enrolment_ratio"].drop("")
    assert ratios.tolist() == pytest.approx([410, 712.5, 412.5])
    # ป.1: 13, 21 and 9 pupils for 5, 4 and 4 children of six years.
    intake = zones["gross_intake_ratio"].drop("")
    assert intake.tolist() == pytest.approx([260, 525, 225])
    nobody = zones.loc[""]
    assert np.isnan([nobody["gross_enrolment_ratio"], nobody["coverage_rate"]]).all()


@pytest.mark.parametrize("level", ["pre_primary", "primary", "lower_secondary"])
def test_the_rows_of_every_layer_add_up_to_the_office(made, level):
    for reach in (1, 2, 3, 6):
        whole = rows_at(made, "office", level, reach)[list(FIGURES)].iloc[0]
        for unit in UNITS[:-1]:
            parts = rows_at(made, unit, level, reach)[list(FIGURES)].sum()
            assert (parts - whole).abs().max() < 1e-9, (unit, reach)


def test_zone_parts_tile_the_office_in_degrees(made):
    parts = made.layer("zone_parts")
    for level, there in parts.groupby("education_level"):
        shapes = there.geometry[~there.geometry.is_empty].to_numpy()
        assert shapely.coverage_is_valid(shapes), level
        land = shapely.union_all(made.layer("subdistricts").geometry.to_numpy())
        apart = shapely.symmetric_difference(shapely.union_all(shapes), land)
        # A side of 10 km is straight in metres, not in degrees: 4 m apart in its middle.
        assert apart.area < 1e-4 * land.area
    assert set(parts.loc[parts["smis_code"].isna(), "zone_method"]) == {"unassigned"}


def test_the_group_out_of_reach_names_its_village_and_nearest_school(made):
    pockets = made.layer("uncovered_pockets")
    asked = pockets["education_level"].eq("primary") & pockets["affiliations"].eq("own")
    (pocket,) = pockets[asked & pockets["reach_value"].eq(3)].itertuples()
    assert (pocket.children, pocket.children_rounded) == (24, 25)
    assert (pocket.villages, pocket.subdistrict_code) == ("ทุ่งดาว", EAST)
    assert (pocket.nearest_smis_code, round(pocket.nearest_km, 2)) == ("99020003", 4.43)


def test_zone_children_keep_every_single_age_and_sex(made):
    rows = made.layer("zone_children")
    dao = rows[rows["smis_code"].eq("99020003") & rows["education_level"].eq("primary")]
    assert dao["age"].tolist() == list(AGES)
    assert {*zip(dao["male"], dao["female"], strict=True)} == {CHILDREN[THUNG_DAO]}


def test_children_grids_hold_the_registered_children(made):
    for level, ages in (("pre_primary", 3), ("primary", 6), ("lower_secondary", 3)):
        with rasterio.open(made.folder / "layers" / ROUND / f"children_{level}.tif") as grid:
            assert np.nansum(grid.read(1), dtype=float) == pytest.approx(13 * ages)


def test_children_spread_by_a_raster_keep_each_subdistricts_number(tmp_path):
    office = coverage_office(tmp_path / "office", population=subdistrict_lines())
    write_raster(office, people())
    build_and_cover(office)
    told = rows_at(office, "subdistrict", "primary", 3)["population"]
    assert told.to_dict() == pytest.approx({WEST: 54, EAST: 24}, rel=1e-12)
    with rasterio.open(office.folder / "layers" / ROUND / "children_primary.tif") as grid:
        assert np.nansum(grid.read(1), dtype=float) == pytest.approx(78)
    # Evenly over 116.4 km²: a circle of 3 km around the third school holds 28.27 of them.
    land_km2 = office.layer("zone_parts").query("area_code == @THUNG_DAO")["area_km2"].iloc[0]
    share = np.pi * 9 / land_km2
    zone = rows_at(office, "zone", "primary", 3).loc["99020003"]
    assert zone["coverage_rate"] == pytest.approx(share, abs=0.002)


def test_json_is_one_object_and_nothing_else(office):
    done = office.run("coverage", ROUND, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["round"] == ROUND
    assert told["levels"]["primary"]["population"] == 78
    assert told["levels"]["primary"]["coverage_rate"] == pytest.approx(54 / 78)
    assert told["published"] == str(office.published)


def test_a_round_that_is_not_built_is_one_sentence(tmp_path):
    office = coverage_office(tmp_path / "office")
    done = office.run("coverage", ROUND)
    assert (done.exit_code, done.stdout) == (2, "")
    thai, english = done.stderr.splitlines()
    assert ROUND in thai
    assert "gisapp build" in thai
    assert ROUND in english
    assert "gisapp build" in english


def test_the_same_round_gives_the_same_bytes(office):
    settings, data_round = Settings.load(office.folder), Round.parse(ROUND)
    compute_coverage(settings, data_round, NOW)
    once = bytes_of(office)
    assert len(once) == 2 + 3
    compute_coverage(settings, data_round, NOW)
    assert bytes_of(office) == once


def test_problems_stand_once_in_the_layer_and_on_the_offices_pages(office):
    cover(office)
    for rows in (found(office), office.problems()):
        kinds = [row["kind"] for row in rows]
        # One of the sheets, one of coverage.
        assert kinds.count("villages_unserved") == 1
        assert kinds.count("children_without_raster") == 1


def test_coverage_keeps_what_the_check_found_in_boundary_files(office):
    zones = gpd.GeoDataFrame(
        {"smis_code": [99020001], "education_level": ["primary"], "announced_be": [2567]},
        geometry=[shapely.box(98.0, 19.0, 98.1, 19.1)],
        crs=4326,
    )
    zones.to_file(office.folder / "data" / "boundaries" / "zones.gpkg")
    build_and_cover(office)
    assert len(found(office, "given_codes_are_numbers")) == 1
    assert len(office.problems("given_codes_are_numbers")) == 1


def test_building_again_works_coverage_out_from_the_new_sheets(office):
    write_population(office, village_lines({**CHILDREN, THUNG_DAO: (2, 6)}))
    built = office.run("build", ROUND)
    assert built.exit_code == 0, built.output
    assert rows_at(office, "zone", "primary", 3)["population"].loc["99020003"] == 48
    assert rows_at(office, "office", "primary", 6)["covered_population"].tolist() == [102]


def test_a_round_never_covered_is_built_without_coverage(tmp_path):
    office = coverage_office(tmp_path / "office")
    assert office.run("build", ROUND).exit_code == 0
    assert "zone_parts" not in set(gpd.list_layers(office.published)["name"])


def test_coverage_that_fails_after_a_build_says_what_is_published_and_what_to_do(office):
    write_population(office, village_lines({**CHILDREN, THUNG_DAO: (2, 6)}))
    criteria(office, "reach", "reach_kind,reach_value,own\nstraight_km,3,\n")
    built = office.run("build", ROUND)
    assert (built.exit_code, built.stdout) == (2, "")
    thai, why_thai, english, why_english = built.stderr.splitlines()
    assert "เผยแพร่รอบ 2568-1 แล้ว" in thai
    assert f"gisapp coverage {ROUND}" in thai
    assert "is published without its coverage" in english
    assert f"gisapp coverage {ROUND}" in english
    assert "data/criteria/reach.csv" in why_thai
    assert "data/criteria/reach.csv" in why_english
    # The new sheets are published, and no figure of the old ones is left.
    assert office.layer("population")["persons"].sum() == 18 * (5 + 4 + 8)
    assert "zone_parts" not in set(gpd.list_layers(office.published)["name"])
    (office.folder / "data" / "criteria" / "reach.csv").unlink()
    cover(office)
    assert rows_at(office, "office", "primary", 3)["population"].tolist() == [102]


def test_a_build_that_is_blocked_leaves_the_covered_round_as_it_is(office):
    before = office.digest()
    lines = village_lines()
    lines[0][2] = -1
    write_population(office, lines)
    assert office.run("build", ROUND).exit_code == 1
    assert office.digest() == before


# --- rounds that lack something


def test_without_a_population_children_are_unknown_and_pupils_are_not(tmp_path):
    office = coverage_office(tmp_path / "office")
    office.sheet("population.csv").unlink()
    build_and_cover(office)
    whole = rows_at(office, "office", "primary", 3).iloc[0]
    assert np.isnan(list(whole[["population", "coverage_rate", "gross_enrolment_ratio"]])).all()
    assert whole["enrolled"] == 393
    (problem,) = found(office, "children_unknown")
    assert WEST in problem["message_th"]
    assert EAST in problem["message_en"]


def test_the_command_says_which_numbers_are_missing(tmp_path):
    lines = [line for line in village_lines() if line[:2] != [DOI_LOM, 8]]
    office = coverage_office(tmp_path / "office", population=lines)
    said = next(line for line in build_and_cover(office).splitlines() if line.startswith("ประถม"))
    assert "เด็ก ไม่ทราบ (อย่างน้อย 24 · ไม่มีจำนวนเด็กอายุ 8 ปี ของ 1 ตำบล (" in said
    methods = rows_at(office, "office", "primary", 3)["population_method"].tolist()
    assert [method.split("+")[-1] for method in methods] == ["unknown"]
    # Other levels know all of their children.
    lower = rows_at(office, "office", "lower_secondary", 3).iloc[0]
    assert lower["population"] > 0
    assert "unknown" not in lower["population_method"]


def test_a_school_without_a_sheet_of_pupils_is_not_counted_as_empty(tmp_path):
    office = coverage_office(tmp_path / "office")
    write_wide(office.sheet("enrolment.xlsx"), wide_rows(SCHOOLS[1:]))
    said = next(line for line in build_and_cover(office).splitlines() if line.startswith("ประถม"))
    # 393 pupils, 123 of them in the school that says nothing; 13 × 6 children.
    assert "นักเรียน อย่างน้อย 270 (ไม่ทราบ 1 โรงเรียน)" in said
    assert "อัตราเข้าเรียนอย่างหยาบ อย่างน้อย 346.1%" in said
    whole = rows_at(office, "office", "primary", 3).iloc[0]
    assert np.isnan(list(whole[["enrolled", "gross_enrolment_ratio", "gross_intake_ratio"]])).all()
    assert whole[["enrolled_at_least", "schools_without_pupils"]].tolist() == [270, 1]
    outlook = office.layer("outlook")
    silent = outlook[outlook["smis_code"].eq("99020001")]
    assert set(silent["outlook_method"]) == {"pupils_unknown"}
    assert silent["expected"].isna().all()


def test_without_points_of_villages_each_has_an_equal_part_of_its_subdistrict(tmp_path):
    office = coverage_office(tmp_path / "office", population=subdistrict_lines())
    (office.folder / "data" / "boundaries" / "villages.gpkg").unlink()
    build_and_cover(office)
    zones = rows_at(office, "zone", "primary", 3)
    assert zones["population"].drop("").to_dict() == pytest.approx(
        {"99020001": 27, "99020002": 27, "99020003": 24}
    )
    assert set(zones["zone_method"].drop("")) == {"tambon_dissolve"}
    assert len(found(office, "village_without_land")) == 2


def test_without_a_list_the_nearest_school_serves(tmp_path):
    office = coverage_office(tmp_path / "office")
    office.sheet("service_villages.csv").unlink()
    build_and_cover(office)
    zones = rows_at(office, "zone", "lower_secondary", 3)
    assert zones["population"].to_dict() == {"99020002": 39, "": 0}
    assert zones["zone_method"].to_dict()["99020002"] == "school_voronoi"


def test_without_any_land_it_refuses_and_says_what_to_put_where(tmp_path):
    office = coverage_office(tmp_path / "office")
    (office.folder / "data" / "boundaries" / "subdistricts.gpkg").unlink()
    assert office.run("build", ROUND).exit_code == 0
    done = office.run("coverage", ROUND)
    assert (done.exit_code, done.stdout) == (2, "")
    thai, english = done.stderr.splitlines()
    assert "data/boundaries" in thai
    assert "data/boundaries" in english
    assert "zone_parts" not in set(gpd.list_layers(office.published)["name"])


def test_a_round_without_schools_is_not_published_and_so_not_covered(tmp_path):
    office = coverage_office(tmp_path / "office")
    write_book(office.sheet("register.xlsx"), {"ข้อมูลโรงเรียน": register_rows(())})
    write_wide(office.sheet("enrolment.xlsx"), wide_rows((), total=False))
    assert office.run("build", ROUND).exit_code == 1
    assert {"empty_register", "empty_file"} <= {row["kind"] for row in office.problems()}
    done = office.run("coverage", ROUND)
    assert (done.exit_code, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 2


def test_without_an_enrolment_sheet_pupils_are_unknown_and_children_are_not(tmp_path):
    office = coverage_office(tmp_path / "office")
    office.sheet("enrolment.xlsx").unlink()
    build_and_cover(office)
    whole = rows_at(office, "office", "primary", 3).iloc[0]
    assert (whole["population"], whole["covered_population"]) == (78, 54)
    assert np.isnan(list(whole[["enrolled", "gross_enrolment_ratio", "gross_intake_ratio"]])).all()


def test_another_countrys_office_is_covered_in_its_own_metres(tmp_path):
    """Two subdistricts at 18° N, 103° E (UTM 48), other codes; one school stands in each."""
    folder = tmp_path / "office"
    assert run("init", str(folder), "--area-code", "LA-01", "--name", "ນາຊາຍ").exit_code == 0
    toml = folder / "office.toml"
    text = toml.read_text("utf-8").replace("EPSG:32647", "EPSG:32648")
    toml.write_text(f'key_pattern = "[A-Z]{{2}}\\\\d{{5}}"\n{text}', "utf-8")
    areas = gpd.GeoDataFrame(
        {"adm3_pcode": ["LA0101", "LA0102"], "adm3_lo": ["ນາຊາຍ", "ນ້ຳງື່ມ"],
         "adm2_pcode": ["LA01", "LA01"], "adm2_lo": ["ວຽງຈັນ"] * 2},
        geometry=[shapely.box(103.0, 18.0, 103.1, 18.1), shapely.box(103.1, 18.0, 103.2, 18.1)],
        crs=4326,
    )  # fmt: skip
    areas.to_file(folder / "data" / "boundaries" / "areas.geojson", driver="GeoJSON")
    office = Office(folder)
    names = ("ໂຮງຮຽນບ້ານໜອງ", "ໂຮງຮຽນດົງໂດກ")
    register = [["smis_code", "school_name_th", "subdistrict", "district", "lat", "lon", "status"]]
    register += [[f"LA0000{n + 1}", names[n], ("ນາຊາຍ", "ນ້ຳງື່ມ")[n], "ວຽງຈັນ", "18.05012",
                  f"103.{n}5012", "open"] for n in range(2)]  # fmt: skip
    write_text(office.sheet("register.csv"), register)
    enrolment = [["smis_code", "grade", "male", "female", "class_groups"]]
    enrolment += [[f"LA0000{n}", f"Grade {grade}", 4, 5, 1] for n in (1, 2)
                  for grade in range(1, 7)]  # fmt: skip
    write_text(office.sheet("enrolment.csv"), enrolment)
    lines = [[code, age, 5, 5, 10, "2024-12-31"] for code in ("LA0101", "LA0102")
             for age in range(18)]  # fmt: skip
    write_population(office, lines)
    build_and_cover(office)
    zones = rows_at(office, "zone", "primary", 6)
    # Half way between the schools is 0.00012° beyond the border, 0.12 % of a subdistrict.
    assert zones["population"].drop("").to_dict() == pytest.approx(
        {"LA00001": 60.072, "LA00002": 59.928}, abs=0.002
    )
    assert zones["gross_enrolment_ratio"].drop("").tolist() == pytest.approx([90, 90], abs=0.2)
    # Evenly spread over some 10.6 × 11.1 km: a circle of 6 km reaches most of each, none all.
    assert zones["coverage_rate"].drop("").between(0.85, 0.99).all()
    with rasterio.open(folder / "layers" / ROUND / "children_primary.tif") as grid:
        assert grid.crs.to_epsg() == 32648
        assert np.nansum(grid.read(1), dtype=float) == pytest.approx(120)


def test_the_file_says_what_the_figures_were_made_from(made):
    with contextlib.closing(sqlite3.connect(made.published)) as database:
        stated = " ".join(str(row) for row in database.execute("SELECT * FROM gpkg_metadata"))
    for word in ("2024-12-31", "population.csv", "straight_km 3"):
        assert word in stated


def test_a_build_by_the_worker_reports_failing_coverage_like_any_error(office):
    """`build_round` raises one of our own errors, which the worker writes down."""
    criteria(office, "ages", "")
    settings = Settings.load(office.folder)
    with pytest.raises(RuntimeError, match=f"gisapp coverage {ROUND}"):
        build_round(settings, Round.parse(ROUND), NOW)
