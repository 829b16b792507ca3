"""Every bad input that coverage may be given, one by one, in an office that is right otherwise.

Each is told with its place and with what to do, or refused; and no figure is ever another than
the right office's unless it is unknown, or the sentence says what was done with the land.
"""

from collections.abc import Callable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import rasterio
import shapely

from tests.coverage_office import (
    AGES,
    DAY,
    DOI_LOM,
    EAST,
    HUAI_MEK,
    LIST,
    VILLAGES,
    WEST,
    build_and_cover,
    cover,
    coverage_office,
    criteria,
    found,
    land_grid,
    people,
    subdistrict_lines,
    village_lines,
    write_list,
    write_population,
    write_raster,
    write_villages,
)
from tests.office import ROUND, Office, subdistrict_squares, write_text

BOTH = ("th", "en")
SAME, UNKNOWN, SAID = "same", "unknown", "said"
WEST_LAND, EAST_LAND = shapely.box(98.0, 19.0, 98.1, 19.1), shapely.box(98.1, 19.0, 98.2, 19.1)
#: Over the border into the east by 2 km.
WIDE = shapely.box(98.0, 19.0, 98.12, 19.1)
BOW = shapely.Polygon([(98.0, 19.0), (98.1, 19.1), (98.1, 19.0), (98.0, 19.1)])
FIGURES = ["population", "covered_population", "enrolled", "gross_enrolment_ratio"]


@dataclass(frozen=True)
class Bad:
    """A bad input.

    Attributes:
        spoil: Makes it, in an office that is not built yet.
        kind, severity: How it is told.
        names: What both sentences name.
        figures: SAME as the right office's; UNKNOWN where they are not the same; or what the
            sentence SAID was done. The office's children are never another number.
        by_village: Children are counted by village and stand at its point; else by subdistrict
            and spread by a raster.
    """

    spoil: Callable[[Office], object]
    kind: str
    severity: str
    names: tuple[str, ...]
    figures: str
    by_village: bool = False


# --- ways to spoil an office


def boundary(name, shapes, **columns):
    """Lay a map file among the boundaries, in place of one of that name."""

    def spoil(office):
        path = office.folder / "data" / "boundaries" / name
        path.unlink(missing_ok=True)
        gpd.GeoDataFrame(columns, geometry=shapes, crs=4326).to_file(path)

    return spoil


def zones(*shapes, codes=("99020001", "99020003"), levels=("primary", "primary")):
    """Announce zones, those of the west and of the east school if nothing else is said."""
    columns = {"smis_code": [*codes], "education_level": [*levels], "announced_be": 2567}
    return boundary("zones.gpkg", [*shapes], **columns)


def subdistricts(*shapes):
    """Draw the two subdistricts otherwise."""
    columns = subdistrict_squares().drop(columns="geometry")
    return boundary("subdistricts.gpkg", [*shapes], **{name: columns[name] for name in columns})


def areas(codes, shapes, lines):
    """Count children in population areas."""

    def spoil(office):
        boundary("areas.gpkg", shapes, area_code=codes)(office)
        write_population(office, lines)

    return spoil


def raster(values, **told):
    """Write another raster of people in place of the right one."""

    def spoil(office):
        (office.folder / "data" / "rasters" / "population.tif").unlink()
        write_raster(office, values, **told)

    return spoil


def cells(value, rows=slice(None), columns=slice(None), *, dtype="float64"):
    """One person in every cell, and this value in some."""
    values = people().astype(dtype)
    values[rows, columns] = value
    return values


def register(lines):
    """Another population than the right one."""
    return lambda office: write_population(office, lines)


def swapped(shape):
    """Latitude for longitude."""
    return shapely.transform(shape, lambda places: places[:, ::-1])


def village(code, lon, lat):
    """Move a village's point."""
    return lambda office: write_villages(office, {**VILLAGES, code: (VILLAGES[code][0], lon, lat)})


def served(*lines):
    """Lines of the list in place of the first village's."""
    rest = [line for line in LIST if (line[1], line[2]) != ("primary", HUAI_MEK)]
    return lambda office: write_list(office, [*lines, *rest])


def of_huai_mek(code, share=""):
    """Line of the list that gives a school a share of the first village."""
    return code, "primary", HUAI_MEK, share, 2567


def again(lines, shift=0):
    """Lines that stand again, with more boys each."""
    return [[code, age, boys + shift, girls, total + shift, day]
            for code, age, boys, girls, total, day in lines]  # fmt: skip


def two_points(office):
    """Put the first village twice on the map, on other points."""
    names = [*VILLAGES, HUAI_MEK]
    lon, lat = [98.05, 98.03, 98.15, 98.07], [19.05, 19.06, 19.09, 19.02]
    path = office.folder / "data" / "boundaries" / "villages.gpkg"
    path.unlink()
    points = gpd.points_from_xy(lon, lat)
    gpd.GeoDataFrame({"village_code": names}, geometry=points, crs=4326).to_file(path)


def cut_short(office):
    """Copy only the first part of a raster whose cells are kept in strips."""
    path = write_raster(office, np.full((400, 400), 1.0), side_m=60.0)
    path.write_bytes(path.read_bytes()[:100_000])


def misspelt(office):
    """Write the 220 fields with a subdistrict that the boundaries do not have."""
    counts = [0] * 216
    for age in AGES:
        counts[2 * age : 2 * age + 2] = 5, 4
    whole = [*counts, 90, 72, 162]
    twice = [2 * number for number in whole]
    lines = [["จังหวัดทดสอบ", *twice], ["อำเภอเมืองทดสอบ", *twice]]
    lines += [["ตำบลห้วยเมฆ", *whole], ["ตำบลทุ่งเดือน", *whole]]
    office.sheet("population.csv").unlink()
    write_text(office.sheet("stat_pop_6712.txt"), lines, delimiter="|")


_WEST_NORTH = land_grid()[:2]
ROTATED = (
    rasterio.Affine.translation(*_WEST_NORTH)
    * rasterio.Affine.rotation(10)
    * rasterio.Affine.scale(500, -500)
)
FAR = rasterio.transform.from_origin(700_000, 1_500_000, 500, 500)
DEGREES = rasterio.transform.from_origin(97.99, 19.11, 0.005, 0.005)
#: Everybody of every age to 100: nine in the west and four in the east.
EVERYBODY = subdistrict_lines(ages=range(101))

TOLD = {
    # --- announced zones
    "zones_overlap": Bad(
        zones(WIDE, EAST_LAND), "zones_overlap", "warn", ("99020001", "99020003", "23.2"), SAID
    ),
    "zones_leave_slivers": Bad(
        zones(WEST_LAND, shapely.box(98.10005, 19.0, 98.2, 19.1)),
        "zone_slivers", "note", ("1", "0.058"), SAID,
    ),
    "zone_crosses_itself": Bad(
        zones(BOW, EAST_LAND), "area_mended", "note", ("99020001",), SAID
    ),
    "zone_reaches_outside": Bad(
        zones(WEST_LAND, shapely.box(98.1, 19.0, 98.3, 19.1)),
        "areas_outside", "warn", ("99020003", "116.4"), SAID,
    ),
    "zone_swaps_lat_lon": Bad(
        zones(swapped(WEST_LAND), EAST_LAND), "boundary_off_earth", "warn", ("99020001",), SAID
    ),
    "zone_codes_are_numbers": Bad(
        zones(WEST_LAND, EAST_LAND, codes=(99020001, 99020003)),
        "given_codes_are_numbers", "note", ("smis_code",), SAID,
    ),
    "zone_of_an_unknown_school": Bad(
        zones(WEST_LAND, EAST_LAND, codes=("99020001", "99029999")),
        "zone_of_unknown_school", "warn", ("99029999",), SAID,
    ),
    "zone_without_a_code": Bad(
        zones(WEST_LAND, EAST_LAND, codes=("99020001", None)),
        "given_rows_without_code", "warn", ("1",), SAID,
    ),
    "zone_of_an_unknown_level": Bad(
        zones(WEST_LAND, EAST_LAND, levels=("primary", "วิทยาลัย")),
        "given_level", "warn", ("วิทยาลัย",), SAID,
    ),
    "zone_of_a_level_not_taught": Bad(
        zones(WEST_LAND, EAST_LAND, levels=("primary", "lower_secondary")),
        "zone_of_no_level", "warn", ("99020003",), SAID,
    ),
    "school_outside_its_own_zone": Bad(
        zones(WEST_LAND, EAST_LAND, codes=("99020001", "99020002")),
        "school_outside_zone", "warn", ("99020002", "7.37"), SAID,
    ),
    "school_left_without_a_zone": Bad(
        zones(WEST_LAND, EAST_LAND), "school_without_zone", "warn", ("99020002",), SAID
    ),
    # --- subdistricts
    "subdistrict_crosses_itself": Bad(
        subdistricts(BOW, EAST_LAND), "boundary_mended", "note", (WEST,), SAID
    ),
    "subdistricts_overlap": Bad(
        subdistricts(WIDE, EAST_LAND), "areas_overlap", "warn", (WEST, EAST, "23.2"), SAID
    ),
    "subdistrict_without_a_shape": Bad(
        subdistricts(WEST_LAND, None), "children_nowhere", "warn", (EAST, "72"), SAID
    ),
    "subdistrict_swaps_lat_lon": Bad(
        subdistricts(WEST_LAND, swapped(EAST_LAND)), "boundary_off_earth", "warn", (EAST,), SAID
    ),
    # --- the raster
    "raster_in_another_crs": Bad(
        raster(np.ones((24, 44)), crs="EPSG:4326", transform=DEGREES),
        "people_raster_reprojected", "note", ("WGS 84",), SAME,
    ),
    "raster_rotated": Bad(
        raster(people(), transform=ROTATED), "people_raster_rotated", "warn", (), SAME
    ),
    "raster_nodata_not_declared": Bad(
        raster(cells(-99999, columns=slice(3))), "people_raster_cells", "warn", ("-99999",), SAID
    ),
    "raster_nodata_9999": Bad(
        raster(cells(9999, columns=slice(3))), "people_raster_cells", "warn", ("9999",), SAID
    ),
    "raster_nodata_65535": Bad(
        raster(cells(65535, columns=slice(3), dtype="uint16")),
        "people_raster_cells", "warn", ("65535",), SAID,
    ),
    "raster_of_negative_people": Bad(
        raster(cells([[-1.0], [-2.0]], rows=slice(3, 5))),
        "people_raster_negative", "warn", ("-2",), SAME,
    ),
    "raster_of_nan": Bad(
        raster(cells(np.nan)), "people_raster_empty", "warn", (), SAME
    ),
    "raster_of_persons_per_km2": Bad(
        raster(people(each=4.0), name="population_density_ppkm.tif"),
        "people_raster_per_km2", "warn", (), SAME,
    ),
    "raster_too_dense_for_counts": Bad(
        raster(people(each=100_000.0)), "people_raster_per_km2", "warn", (), SAME
    ),
    "raster_of_half_the_office": Bad(
        raster(people()[:, : people().shape[1] // 2]),
        "people_raster_part", "warn", (EAST, "72"), SAID,
    ),
    "raster_of_elsewhere": Bad(
        raster(people(), transform=FAR), "people_raster_elsewhere", "warn", (), SAME
    ),
    "raster_without_a_crs": Bad(
        raster(people(), crs=None), "people_raster_no_crs", "warn", (), SAME
    ),
    "raster_of_heights": Bad(
        raster(np.full(people().shape, 500, "int16"), nodata=-32768),
        "people_raster_not_counts", "warn", (), SAME,
    ),
    "raster_cut_short": Bad(cut_short, "people_raster_unreadable", "warn", (), SAME),
    # --- the register
    "register_misses_an_area": Bad(
        register([line for line in subdistrict_lines() if line[0] == EAST]),
        "children_unknown", "warn", (WEST,), UNKNOWN,
    ),
    "register_of_an_unknown_code": Bad(
        register([["990299" if line[0] == EAST else line[0], *line[1:]]
                  for line in subdistrict_lines()]),
        "population_area_unknown", "warn", ("990299", "72"), UNKNOWN,
    ),
    "register_of_the_year_before": Bad(
        register(subdistrict_lines(day="2023-12-31", ages=range(25))),
        "children_aged", "note", ("1", "2566", "2567"), SAME,
    ),
    "register_of_four_years_before": Bad(
        register(subdistrict_lines(day="2020-12-31", ages=range(25))),
        "children_aged", "note", ("4", "2563"), UNKNOWN,
    ),
    "register_of_six_years_before": Bad(
        register(subdistrict_lines(day="2018-12-31", ages=range(25))),
        "children_too_old", "warn", ("6", "2561", WEST, EAST), UNKNOWN,
    ),
    "register_of_a_later_year": Bad(
        register(subdistrict_lines(day="2026-12-31", ages=range(25))),
        "children_aged", "note", ("2", "2569"), SAME,
    ),
    "register_misses_ages": Bad(
        register(subdistrict_lines(ages=[age for age in AGES if age not in (7, 13)])),
        "children_ages_missing", "warn", ("7, 13", WEST, EAST), UNKNOWN,
    ),
    "register_misses_an_age_of_one_area": Bad(
        register([line for line in subdistrict_lines() if line[:2] != [EAST, 7]]),
        "children_ages_missing", "warn", ("7", EAST), UNKNOWN,
    ),
    "register_repeats_an_area": Bad(
        register([*subdistrict_lines(), *subdistrict_lines()[: len(AGES)]]),
        "population_repeated", "note", (WEST,), SAME,
    ),
    # --- villages
    "village_twice_in_the_population": Bad(
        register([*village_lines(), *village_lines()[: len(AGES)]]),
        "population_repeated", "note", (HUAI_MEK,), SAME, by_village=True,
    ),
    "village_twice_in_the_list": Bad(
        served(of_huai_mek("99020001"), of_huai_mek("99020001")),
        "village_repeated", "note", (HUAI_MEK, "99020001"), SAME, by_village=True,
    ),
    "village_twice_on_the_map": Bad(
        two_points, "village_twice", "warn", (HUAI_MEK,), SAME, by_village=True
    ),
    "villages_on_one_point": Bad(
        village(DOI_LOM, 98.05, 19.05), "villages_on_one_point", "note", (HUAI_MEK, DOI_LOM), SAID,
        by_village=True,
    ),
    "village_of_two_schools": Bad(
        served(of_huai_mek("99020001"), of_huai_mek("99020003")),
        "village_shared", "warn", (HUAI_MEK, "99020001", "99020003"), SAID, by_village=True,
    ),
    "village_shares_above_one": Bad(
        served(of_huai_mek("99020001", "0.5"), of_huai_mek("99020003", "0.7")),
        "share_sum", "warn", (HUAI_MEK, "1.2"), SAID, by_village=True,
    ),
    "village_shares_below_one": Bad(
        served(of_huai_mek("99020001", "0.5"), of_huai_mek("99020003", "0.3")),
        "share_sum", "warn", (HUAI_MEK, "0.8"), SAID, by_village=True,
    ),
    "village_shares_of_nothing": Bad(
        served(of_huai_mek("99020001", "0")), "zone_share_none", "warn", (HUAI_MEK,), SAID,
        by_village=True,
    ),
    "village_of_an_unknown_school": Bad(
        served(of_huai_mek("99029999")), "village_unmatched", "warn", ("99029999",), SAID,
        by_village=True,
    ),
    "village_not_on_the_map": Bad(
        served(("99020001", "primary", "99020299", "", 2567), of_huai_mek("99020001")),
        "unknown_village", "warn", ("99020299",), SAME, by_village=True,
    ),
    "village_missing_in_the_population": Bad(
        register([line for line in village_lines() if line[0] != DOI_LOM]),
        "children_villages_missing", "warn", (WEST, "1"), UNKNOWN, by_village=True,
    ),
    "village_in_the_wrong_subdistrict": Bad(
        village(DOI_LOM, 98.17, 19.06), "village_outside", "warn", (DOI_LOM, WEST, "7.4"), SAID,
        by_village=True,
    ),
    "village_swaps_lat_lon": Bad(
        village(DOI_LOM, 19.06, 98.03), "boundary_off_earth", "warn", (DOI_LOM,), SAID,
        by_village=True,
    ),
    # --- population areas
    "area_missing_in_the_sheet": Bad(
        areas(["7701", "7702"], [WEST_LAND, EAST_LAND], village_lines({"7701": (5, 4)})),
        "children_unknown", "warn", ("7702",), UNKNOWN,
    ),
    "areas_of_half_the_office": Bad(
        areas(["7701"], [WEST_LAND], village_lines({"7701": (5, 4)})),
        "population_areas_part", "warn", ("116.4",), UNKNOWN,
    ),
    "areas_overlap": Bad(
        areas(["7701", "7702"], [WIDE, EAST_LAND],
              village_lines({"7701": (5, 4), "7702": (1, 3)})),
        "areas_overlap", "warn", ("7701", "7702", "23.2"), SAID,
    ),
    "area_crosses_itself": Bad(
        areas(["7701", "7702"], [BOW, EAST_LAND], village_lines({"7701": (5, 4), "7702": (1, 3)})),
        "area_mended", "note", ("7701",), SAID,
    ),
}  # fmt: skip


def plain_office(folder, *, by_village):
    """The office that is right."""
    lines = village_lines() if by_village else subdistrict_lines()
    office = coverage_office(folder, population=lines)
    if not by_village:
        write_raster(office, people())
    return office


def figures(office):
    """All figures of zones and of the office at every reach, by what was asked."""
    parts = []
    for unit in ("zone", "office"):
        rows = office.layer(f"{unit}_coverage")
        key = [rows.columns[0], "education_level", "reach_value", "affiliations"]
        named = rows[key].set_axis(["code", *key[1:]], axis=1).fillna({"code": ""})
        parts.append(pd.concat([named.assign(unit=unit), rows[FIGURES]], axis=1))
    whole = pd.concat(parts)
    return whole.set_index(["unit", "code", "education_level", "reach_value", "affiliations"])


@pytest.fixture(scope="module")
def right(tmp_path_factory):
    """Figures of the right office, by how its children are counted."""
    whole = {}
    for by_village in (False, True):
        folder = tmp_path_factory.mktemp("right") / "office"
        office = plain_office(folder, by_village=by_village)
        build_and_cover(office)
        whole[by_village] = figures(office)
    return whole


def apart(told, good):
    """Mark the figures that are neither the good ones nor unknown."""
    both = told.reindex(good.index)
    same = np.isclose(both, good, rtol=2e-3, atol=1e-6, equal_nan=True)
    return ~(same | both.isna())


@pytest.mark.parametrize("bad", TOLD.values(), ids=TOLD)
def test_a_bad_input_is_told_and_no_figure_is_wrong(bad, right, tmp_path):
    office = plain_office(tmp_path / "office", by_village=bad.by_village)
    bad.spoil(office)
    build_and_cover(office)
    rows = [
        row
        for row in found(office, bad.kind)
        if all(name in row[f"message_{language}"] for name in bad.names for language in BOTH)
    ]
    assert rows, found(office)
    for row in rows:
        assert row["severity"] == bad.severity
        assert all(row[f"advice_{language}"] for language in BOTH)
    told, good = figures(office), right[bad.by_village]
    # Nobody is ever invented or lost: the office's children are the right number or unknown.
    whole = apart(told.loc["office"], good.loc["office"])[["population", "enrolled"]]
    assert not whole.to_numpy().any()
    if bad.figures == SAID:
        return
    assert not apart(told, good).to_numpy().any()
    known = told["population"].notna().to_numpy().all()
    assert known == (bad.figures == SAME)


# --- what a name alone cannot place, and rasters beside a whole register


def test_people_of_a_misspelt_subdistrict_are_of_unknown_place_and_never_lost(tmp_path):
    office = plain_office(tmp_path / "office", by_village=False)
    misspelt(office)
    build_and_cover(office)
    (problem,) = found(office, "population_unplaced")
    for sentence in (problem["message_th"], problem["message_en"]):
        assert "ทุ่งเดือน" in sentence
        assert "162" in sentence
    assert figures(office).loc["office"]["population"].isna().all()
    assert len(found(office, "children_unknown")) == 1


@pytest.mark.parametrize(
    ("times", "side_m", "kind", "used"),
    [
        (1.0, 500.0, "people_raster_ratio", True),
        (4.0, 500.0, "people_raster_doubted", True),
        (25.0, 200.0, "people_raster_per_km2", True),
        (1 / 30, 500.0, "people_raster_no_people", False),
    ],
    ids=["counts", "four_times", "per_km2", "something_else"],
)
def test_a_raster_is_held_against_the_whole_register(tmp_path, right, times, side_m, kind, used):
    office = plain_office(tmp_path / "office", by_village=False)
    write_population(office, EVERYBODY)
    # 13 people of each age on 232.9 km².
    each = 13 * 101 / 232.9 * side_m**2 / 1e6 * times
    write_raster(office, people(side_m, each=each), side_m=side_m)
    build_and_cover(office)
    assert len(found(office, kind)) == 1
    assert bool(found(office, "children_without_raster")) is not used
    assert not apart(figures(office), right[False]).to_numpy().any()


# --- what stops the round


TOTALS = ["รวม", "", 108, 126, 234, DAY]


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ([*subdistrict_lines(), [*TOTALS[:2], 115, 126, 241, DAY]], "population_total"),
        ([*subdistrict_lines(), ["", *TOTALS[1:]]], "population_no_area"),
        ([*subdistrict_lines(), [WEST, 6, 9, 9, 18, DAY]], "population_twice"),
        ([[WEST, 1, -3, 4, 1, DAY]], "population_not_a_number"),
        ([[WEST, 6, "ไม่ทราบ", 4, 9, DAY]], "population_not_a_number"),
        ([[WEST, 6, 2.5, 4, 6.5, DAY]], "population_fractions"),
        ([[WEST, 6, 5, 4, 10, DAY]], "population_sexes"),
        ([[WEST, "หก", 5, 4, 9, DAY]], "population_age"),
        ([*village_lines(), *again(village_lines()[: len(AGES)], shift=1)], "population_twice"),
    ],
    ids=["total_differs", "total_unlabelled", "row_twice", "negative", "no_number", "fractions",
         "sexes", "no_age", "village_twice"],
)  # fmt: skip
def test_a_population_that_contradicts_itself_stops_the_round(tmp_path, lines, kind):
    office = coverage_office(tmp_path / "office", population=lines)
    built = office.run("build", ROUND)
    assert built.exit_code == 1
    assert not office.published.exists()
    (problem, *_) = office.problems(kind)
    assert problem["severity"] == "block"
    assert problem["file"] == "population.csv"
    assert problem["advice_th"]
    assert problem["advice_en"]


@pytest.mark.parametrize(
    "more",
    [
        [TOTALS],
        [["รวม", age, 6, 7, 13, DAY] for age in AGES],
        [["9902", age, 6, 7, 13, DAY] for age in AGES],
        [["0", age, 600, 700, 1300, DAY] for age in AGES],
    ],
    ids=["all", "by_age", "district", "country"],
)
def test_rows_of_totals_are_never_counted_beside_their_parts(tmp_path, right, more):
    office = plain_office(tmp_path / "office", by_village=False)
    write_population(office, [*subdistrict_lines(), *more])
    build_and_cover(office)
    assert np.allclose(figures(office), right[False], rtol=1e-9, equal_nan=True)


def test_a_map_without_a_crs_is_refused_by_its_name(tmp_path):
    office = plain_office(tmp_path / "office", by_village=True)
    path = office.folder / "data" / "boundaries" / "zones.geojson"
    zones(WEST_LAND, EAST_LAND)(office)
    (office.folder / "data" / "boundaries" / "zones.gpkg").unlink()
    rows = gpd.GeoDataFrame({"smis_code": ["99020001"], "education_": ["primary"]},
                            geometry=[WEST_LAND], crs=4326)  # fmt: skip
    rows.to_file(path.with_suffix(".shp"))
    path.with_suffix(".prj").unlink()
    built = office.run("build", ROUND)
    assert built.exit_code == 2
    thai, english = built.stderr.splitlines()
    assert "zones.shp" in thai
    assert "zones.shp" in english
    assert "CRS" in english


_AGES = "education_level,first_age,last_age,entry_grade,entry_age,zones_of\n"


@pytest.mark.parametrize(
    ("table", "text", "said"),
    [
        ("ages", "", "fill it in, or remove it"),
        ("ages", _AGES, "exactly one row"),
        ("ages", _AGES + "primary,11,6,ป.1,6,\n", "ages must go up"),
        ("reach", "", "fill it in, or remove it"),
        ("reach", "reach_kind,reach_value,own\n", "office's own"),
        ("reach", "reach_kind,reach_value,own\nstraight_km,nan,yes\n", "line 2"),
        ("coverage", "", "fill it in, or remove it"),
        ("coverage", "check,value\ncut_off_month,13\n", "cut_off_month"),
        ("coverage", "check,value\npocket_rounded_to,0\n", "pocket_rounded_to"),
    ],
)
def test_criteria_that_cannot_be_used_are_refused_by_their_file(tmp_path, table, text, said):
    office = plain_office(tmp_path / "office", by_village=True)
    criteria(office, table, text)
    assert office.run("build", ROUND).exit_code == 0
    before = office.digest()
    done = office.run("coverage", ROUND)
    assert (done.exit_code, done.stdout) == (2, "")
    thai, english = done.stderr.splitlines()
    assert f"data/criteria/{table}.csv" in thai
    assert f"data/criteria/{table}.csv" in english
    assert said in english
    assert office.digest() == before


def test_criteria_without_a_line_keep_what_ships(tmp_path, right):
    office = plain_office(tmp_path / "office", by_village=True)
    criteria(office, "coverage", "check,value\n")
    build_and_cover(office)
    assert np.allclose(figures(office), right[True], rtol=1e-12, equal_nan=True)


# --- the same land twice


def test_the_same_boundaries_in_two_files_count_once(tmp_path, right):
    office = plain_office(tmp_path / "office", by_village=True)
    boundaries = office.folder / "data" / "boundaries"
    for name in ("subdistricts", "villages"):
        gpd.read_file(boundaries / f"{name}.gpkg").to_file(boundaries / f"{name}_again.gpkg")
    build_and_cover(office)
    assert np.allclose(figures(office), right[True], rtol=1e-9, equal_nan=True)
    assert len(office.layer("villages")) == len(VILLAGES)
    assert len(office.layer("subdistricts")) == 2


def test_what_was_bad_is_gone_from_figures_and_problems_once_it_is_mended(tmp_path, right):
    office = plain_office(tmp_path / "office", by_village=True)
    village(DOI_LOM, 98.17, 19.06)(office)
    build_and_cover(office)
    assert found(office, "village_outside")
    write_villages(office)
    assert office.run("build", ROUND).exit_code == 0
    cover(office)
    assert not found(office, "village_outside")
    assert np.allclose(figures(office), right[True], rtol=1e-12, equal_nan=True)
