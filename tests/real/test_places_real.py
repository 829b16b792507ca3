"""Places of real schools: every number is derived here from the files, with shapely alone."""

import csv
import json

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
import shapely
from pyproj import Transformer

from gisapp.core.places import Ground, place_schools
from tests.core.land import register_of, table_of
from tests.office import run

TOLERANCE_M = 2_000
OUTSIDE = {"outside_office", "outside_district", "outside_subdistrict"}
UTM = "EPSG:32647"


def boundaries(path):
    """Subdistricts of a boundary file under the names that places are asked by."""
    areas = gpd.read_file(path).rename(
        columns={"adm3_th": "subdistrict_th", "adm2_th": "district_th"}
    )
    areas["subdistrict_code"] = areas["adm3_pcode"].str.removeprefix("TH")
    areas["district_code"] = areas["subdistrict_code"].str[:4]
    return areas.to_crs(4326)


def no_villages():
    columns = ("village_code", "village_no", "village_th", "subdistrict_code")
    return gpd.GeoDataFrame({name: [] for name in columns}, geometry=[], crs=4326)


def rows_of(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def plain(name):
    return name.replace(" ", "").replace('"', "").removeprefix("โรงเรียน")


@pytest.fixture(scope="module")
def points(real_data):
    """The 35 coordinates of the register, each beside the area it is registered in; by hand."""
    sheet = openpyxl.load_workbook(real_data / "maehongson1" / "register.xlsx").active
    heads, *rows = sheet.iter_rows(values_only=True)
    given = pd.DataFrame([dict(zip(heads, row, strict=True)) for row in rows])
    given = given[given["lat"].notna()].reset_index(drop=True)
    points = gpd.GeoSeries.from_xy(given["lng"].astype(float), given["lat"].astype(float), crs=4326)
    areas = gpd.read_file(real_data / "maehongson1" / "subdistricts.gpkg").to_crs(UTM)
    points = points.to_crs(UTM)
    own = [
        areas[(areas["adm3_th"] == row.tambon) & (areas["adm2_th"] == row.amper)].union_all()
        for row in given.itertuples()
    ]
    district = [areas[areas["adm2_th"] == row.amper].union_all() for row in given.itertuples()]
    return given.assign(
        to_subdistrict=shapely.distance(points.to_numpy(), own),
        to_district=shapely.distance(points.to_numpy(), district),
        to_office=shapely.distance(points.to_numpy(), areas.union_all()),
    ).set_index("smis")


@pytest.fixture(scope="module")
def found(maehongson):
    """What a check of Mae Hong Son 1 says of places: school -> kind -> problem."""
    folder = maehongson("2568-1", rounds=("2568-1",))
    checked = run("--office", str(folder), "check", "2568-1")
    assert checked.exit_code == 0, checked.output
    problems = gpd.read_file(folder / "layers" / "2568-1-check.gpkg", layer="problems")
    return {
        code: dict(zip(rows["kind"], rows["message_th"], strict=True))
        for code, rows in problems.groupby("smis_code")
    }


def test_33_of_35_points_outside_their_subdistrict_are_told_with_the_distance(points, found):
    outside = points[points["to_subdistrict"] > 0]
    assert (len(points), len(outside)) == (35, 33)
    kinds = {*OUTSIDE, "beside_subdistrict"}
    told = {code for code in points.index if {*found.get(code, {})} & kinds}
    assert told == set(outside.index)
    for code, row in outside.iterrows():
        (message,) = (
            text
            for kind, text in found[code].items()
            if kind.split("_")[0] in ("outside", "beside")
        )
        assert f"{row['to_subdistrict'] / 1000:.1f} กม." in message


def test_the_7_points_beyond_the_border_say_so_though_they_lie_in_the_countrys_box(points, found):
    beyond = points[points["to_office"] > 0]
    assert len(beyond) == 7
    lon, lat = beyond["lng"].astype(float), beyond["lat"].astype(float)
    assert ((lon > 97.34) & (lon < 105.64) & (lat > 5.63) & (lat < 20.46)).all()
    for code, row in beyond.iterrows():
        message = " ".join(found[code].values())
        assert f"นอกเขตพื้นที่ {row['to_office'] / 1000:.1f} กม." in message


def test_the_gravest_area_that_a_doubtful_point_left_is_named(points, found):
    far = points[points["to_subdistrict"] > TOLERANCE_M]
    expected = np.select(
        [far["to_office"] > 0, far["to_district"] > 0],
        ["outside_office", "outside_district"],
        "outside_subdistrict",
    )
    assert set(expected) == OUTSIDE
    for code, kind in zip(far.index, expected, strict=True):
        assert {*found[code]} & OUTSIDE == {kind}


def test_bantak_has_21_of_23_matched_points_in_their_subdistrict(real_data):
    folder = real_data / "bantak"
    areas = boundaries(folder / "tambon.gpkg")
    points = {
        plain(row["name"]): row
        for row in rows_of(folder / "school_points_24.csv")
        if row["kind"] == "school"
    }
    schools = [
        row for row in rows_of(folder / "school_register_34.csv") if plain(row["name"]) in points
    ]
    shapes = areas.set_index("subdistrict_code").geometry
    inside = {
        plain(row["name"])
        for row in schools
        if shapes[row["adm3_pcode"].removeprefix("TH")].covers(
            shapely.Point(
                float(points[plain(row["name"])]["lng"]), float(points[plain(row["name"])]["lat"])
            )
        )
    }
    assert (len(schools), len(inside)) == (23, 21)
    register = register_of(
        *(
            (
                plain(row["name"]),
                row["subDistrict"],
                points[plain(row["name"])]["lat"],
                points[plain(row["name"])]["lng"],
            )
            for row in schools
        )
    ).assign(
        subdistrict_code=[row["adm3_pcode"].removeprefix("TH") for row in schools],
        district=[row["district"] for row in schools],
    )
    ground = Ground(areas, no_villages(), UTM, TOLERANCE_M, "63010000")
    _, problems = place_schools(register, ground, [table_of(register)])
    told = {p.key for p in problems if p.kind.split("_")[0] in ("outside", "beside")}
    assert set(register["smis_code"]) - told == inside


def test_the_file_of_metres_is_one_finding_and_its_reading_brings_the_schools_home(real_data):
    folder = real_data / "nakhonpathom"
    areas = boundaries(folder / "tambon.gpkg")
    features = json.loads((folder / "L080300_LANDMARK_raw_utm47_nocrs.geojson").read_text("utf-8"))[
        "features"
    ]
    marks = {}
    for feature in features:
        name = feature["properties"]["lm_name_t"] or ""
        if name.startswith("โรงเรียน"):
            marks.setdefault(plain(name), []).append(feature["geometry"]["coordinates"])
    schools = [
        row
        for row in rows_of(folder / "school_register.csv")
        if len(marks.get(plain(row["name"]), [])) == 1
    ]
    assert len(schools) > 100
    metres = [marks[plain(row["name"])][0] for row in schools]
    register = register_of(
        *(
            (str(n), row["subDistrict"], y, x)
            for n, (row, (x, y)) in enumerate(zip(schools, metres, strict=True))
        )
    ).assign(
        subdistrict_code=[row["adm3_pcode"].removeprefix("TH") for row in schools],
        district=[row["district"] for row in schools],
    )
    ground = Ground(areas, no_villages(), UTM, TOLERANCE_M, "73010000")
    _, problems = place_schools(register, ground, [table_of(register)])
    single = {p.key: p for p in problems if p.kind == "utm_coordinates"}
    assert len(single) == len(schools)

    # By hand: convert with pyproj, look into the polygons with shapely.
    lon, lat = Transformer.from_crs(UTM, 4326, always_xy=True).transform(*zip(*metres, strict=True))
    districts = areas.dissolve("district_code").geometry
    own = areas.set_index("subdistrict_code").geometry
    codes = register["subdistrict_code"]
    in_district = [
        districts[c[:4]].covers(shapely.Point(*at))
        for c, at in zip(codes, zip(lon, lat, strict=True), strict=True)
    ]
    in_subdistrict = [
        own[c].covers(shapely.Point(*at))
        for c, at in zip(codes, zip(lon, lat, strict=True), strict=True)
    ]
    assert np.mean(in_district) >= 0.98
    (whole,) = (p for p in problems if p.kind == "file_of_utm_coordinates")
    assert whole.facts["rows"] == str(len(schools))
    assert whole.facts["in_district"] == str(sum(in_district))
    assert whole.facts["in_subdistrict"] == str(sum(in_subdistrict))
    assert (whole.facts["zone"], whole.facts["datum"]) == (47, "WGS 84")

    accepted = register.assign(
        lat=[single[code].proposal["lat"] for code in register["smis_code"]],
        lon=[single[code].proposal["lon"] for code in register["smis_code"]],
    )
    places, _ = place_schools(
        accepted, ground, [table_of(accepted)], accepted=set(register["smis_code"])
    )
    assert set(places["location_quality"]) == {"surveyed"}
    joined = [districts[c[:4]].covers(at) for c, at in zip(codes, places.geometry, strict=True)]
    assert np.mean(joined) >= 0.98
