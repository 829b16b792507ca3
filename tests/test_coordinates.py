"""Coordinates the whole way: from a register's cells to the layer and back through corrections."""

import json

import geopandas as gpd
import pandas as pd
import pytest

from tests.office import ROUND, SCHOOLS, register_rows, small_office, write_book

LAT, LON = 6, 7
NEXT = "2568-2"
UTM = ("2106630", "400039")  # 19.05, 98.05 in zone 47, to the metre


@pytest.fixture
def office(tmp_path):
    return small_office(tmp_path / "office")


def write(office, cells, data_round=ROUND):
    """Write the register with other coordinates: code -> (lat, lon)."""
    rows = register_rows()
    for row in rows[1:]:
        row[LAT], row[LON] = cells.get(row[0], (f"{row[LAT]}12", f"{row[LON]}12"))
    write_book(office.sheet("register.xlsx", data_round), {"ข้อมูลโรงเรียน": rows})


def quality(office):
    schools = office.layer("schools").set_index("smis_code")
    return schools["location_quality"].to_dict()


def test_a_reading_is_proposed_with_its_reason_and_used_once_it_is_accepted(office):
    code = SCHOOLS[0].code
    write(office, {code: UTM})
    assert office.run("build", ROUND).exit_code == 0
    assert quality(office)[code] == "subdistrict"
    (problem,) = office.problems("utm_coordinates")
    proposal = json.loads(problem["proposal"])
    assert [was for was, _ in proposal.values()] == list(UTM)
    lat, lon = (float(proposal[name][1]) for name in ("lat", "lon"))
    assert (lat, lon) == pytest.approx((19.05, 98.05), abs=2e-5)
    assert "ต.ห้วยเมฆ ตามทะเบียน" in problem["why_th"]
    assert "Indian 1975" in problem["why_th"]

    lines = [(code, name, *proposal[name]) for name in ("lat", "lon")]
    office.corrections(*lines)
    assert office.run("build", ROUND).exit_code == 0
    assert office.problems("utm_coordinates") == []
    assert quality(office)[code] == "surveyed"
    point = office.layer("schools").set_index("smis_code").geometry[code]
    assert (point.x, point.y) == pytest.approx((98.05, 19.05), abs=2e-5)


def test_a_doubtful_place_that_an_officer_confirms_is_surveyed(office):
    code = SCHOOLS[0].code
    write(office, {code: ("19.05012", "98.25012")})
    assert office.run("build", ROUND).exit_code == 0
    assert quality(office)[code] == "subdistrict"
    assert len(office.problems("outside_office")) == 1
    office.corrections((code, "lat", "19.05012", "19.05012"), (code, "lon", "98.25012", "98.25012"))
    assert office.run("build", ROUND).exit_code == 0
    assert office.problems("outside_office") == []
    assert quality(office)[code] == "surveyed"


def test_a_school_that_moved_since_the_last_published_round_is_told(office):
    code = SCHOOLS[0].code
    write(office, {})
    assert office.run("build", ROUND).exit_code == 0
    write(office, {code: ("19.05612", "98.05012")}, NEXT)
    assert office.run("check", NEXT).exit_code in (0, 1)
    (problem,) = office.problems("moved_point", data_round=NEXT)
    assert (problem["smis_code"], "19.050012" in problem["message_th"]) == (code, True)


def test_the_file_says_by_which_operation_old_maps_are_read(office):
    write(office, {})
    assert office.run("build", ROUND).exit_code == 0
    metadata = office.published.read_bytes()
    assert b"EPSG:1304 Indian 1975 to WGS 84" in metadata


def test_an_operation_that_cannot_be_had_is_one_sentence(office):
    with (office.folder / "office.toml").open("a", encoding="utf-8") as toml:
        toml.write("datum_operation = 1303\n")
    checked = office.run("check", ROUND)
    assert checked.exit_code == 2
    assert "1303" in checked.stderr
    assert "Traceback" not in checked.output


def test_the_limits_of_an_office_decide(office):
    write(office, {})
    near = office.folder / "data" / "criteria"
    near.mkdir(parents=True, exist_ok=True)
    assert office.run("check", ROUND).exit_code == 0
    assert office.problems("near_school") == []
    (near / "checks.csv").write_text(
        "check,value,unit,source,verified\nnear_school_m,5000,m,here,yes\n", encoding="utf-8"
    )
    assert office.run("check", ROUND).exit_code == 0
    assert len(office.problems("near_school")) == 2


def on_another_crs(office, crs):
    """The register as a Shapefile whose points are metres of another system."""
    rows = register_rows()
    frame = pd.DataFrame(rows[1:], columns=rows[0])
    points = gpd.points_from_xy(frame.pop("lng").astype(float), frame.pop("lat").astype(float))
    office.sheet("register.xlsx").unlink()
    file = gpd.GeoDataFrame(frame, geometry=points, crs=4326).to_crs(crs)
    file.to_file(office.sheet("points.shp"), encoding="utf-8")


@pytest.mark.parametrize(
    ("crs", "kind", "words"),
    [
        (24047, "datum_converted", "EPSG:24047 Indian 1975 / UTM zone 47N to WGS 84 by EPSG:1304"),
        (32647, "crs_converted", "EPSG:32647 WGS 84 / UTM zone 47N to WGS 84"),
    ],
)
def test_what_a_file_declares_is_said_when_it_is_converted_and_stands_in_the_layers(
    office, crs, kind, words
):
    on_another_crs(office, crs)
    assert office.run("build", ROUND).exit_code == 0
    (problem,) = office.problems("crs_converted", "datum_converted")
    assert (problem["kind"], problem["file"]) == (kind, "points.shp")
    assert b"converted points.shp" in office.published.read_bytes()
    assert words.encode() in office.published.read_bytes()


def test_degrees_say_nothing_of_their_system(office):
    on_another_crs(office, 4326)
    assert office.run("build", ROUND).exit_code == 0
    assert office.problems("crs_converted", "datum_converted") == []
    assert b"converted points.shp" not in office.published.read_bytes()


def test_a_school_on_the_border_is_in_its_area_and_nothing_is_said(office):
    first, second = (school.code for school in SCHOOLS[:2])
    cells = {first: ("19.00000", "98.05012"), second: ("19.05123", "98.10000")}
    write(office, cells)
    assert office.run("build", ROUND).exit_code == 0
    assert office.problems("beside_subdistrict", "outside_subdistrict", "outside_office") == []
    assert set(quality(office).values()) == {"surveyed"}
