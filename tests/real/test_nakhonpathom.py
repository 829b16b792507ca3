"""A province's schools by name, and landmarks in UTM metres without a CRS: the whole way."""

import csv
import json
import re
import unicodedata

import geopandas as gpd
import pytest
import shapely

from tests.real.conftest import MARKS


@pytest.fixture(scope="module")
def by_hand(real_data):
    """Schools with a subdistrict of the boundaries, landmarks in degrees, subdistrict areas."""
    areas = gpd.read_file(real_data / "nakhonpathom" / "tambon.gpkg").set_index("adm3_pcode")
    text = (real_data / "nakhonpathom" / "school_register.csv").read_text("utf-8-sig")
    schools = list(csv.DictReader(text.splitlines()))
    marks = json.loads((real_data / MARKS).read_text("utf-8"))["features"]
    metres = [shapely.Point(mark["geometry"]["coordinates"]) for mark in marks]
    points = gpd.GeoSeries(metres, crs=32647).to_crs(4326)
    names = [mark["properties"]["lm_name_t"] or "" for mark in marks]
    return schools, list(zip(names, points, strict=True)), areas


def plain(name):
    """A name's letters without the word, blanks, points and brackets: not as gisapp does it."""
    text = unicodedata.normalize("NFC", name).split("(")[0]
    return re.sub(r"[\s.\u200b]", "", text).removeprefix("โรงเรียน")


def test_every_school_whose_subdistrict_is_known_has_a_key(nakhonpathom, by_hand):
    office, _ = nakhonpathom
    schools, _, areas = by_hand
    known = [school for school in schools if school["adm3_pcode"] in areas.index]
    layer = office.layer("schools")
    assert len(layer) == len(known) >= 340
    expected = sorted(school["adm3_pcode"].removeprefix("TH") for school in known)
    assert sorted(layer["subdistrict_code"]) == expected


def test_the_file_is_recognised_as_utm_without_a_crs(nakhonpathom):
    _, before = nakhonpathom
    (file,) = before[before["kind"] == "file_of_utm_coordinates"].itertuples()
    assert file.file == "landmarks.geojson"
    assert "47" in file.message_th


def test_most_schools_that_the_file_names_are_matched(nakhonpathom, by_hand):
    _, before = nakhonpathom
    schools, marks, _ = by_hand
    named = {plain(name) for name, _ in marks if name.startswith("โรงเรียน")}
    plainly = sum(1 for school in schools if plain(school["name"]) in named)
    proposed = (before["kind"] == "point_proposed").sum()
    elsewhere = (before["kind"] == "point_elsewhere").sum()
    assert proposed + elsewhere >= 0.97 * plainly
    assert plainly > 200


def test_98_of_100_accepted_points_lie_in_their_registered_district(nakhonpathom, by_hand):
    office, before = nakhonpathom
    _, _, areas = by_hand
    districts = areas.dissolve("adm2_pcode").geometry
    layer = office.layer("schools")
    placed = layer[layer["location_quality"] == "surveyed"]
    assert len(placed) == (before["kind"] == "point_proposed").sum()
    inside = [
        districts[f"TH{row.subdistrict_code[:4]}"].covers(row.geometry)
        for row in placed.itertuples()
    ]
    assert sum(inside) >= 0.98 * len(inside)


def test_each_accepted_point_is_the_landmark_of_that_name_converted_alone(nakhonpathom, by_hand):
    office, _ = nakhonpathom
    _, marks, _ = by_hand
    layer = office.layer("schools")
    placed = layer[layer["location_quality"] == "surveyed"]
    near = gpd.GeoSeries([point for _, point in marks], crs=4326)
    for row in placed.itertuples():
        names = [marks[n][0] for n in near.sindex.query(row.geometry.buffer(2e-6))]
        own = plain(row.school_name_th)
        assert any(plain(name).startswith(own) or own.startswith(plain(name)) for name in names), (
            row.school_name_th
        )
