"""Maps of points as sheets: attributes as they stand, and the place in two more columns."""

import json
import math
import struct
import zipfile

import geopandas as gpd
import pyproj
import pytest
import shapely

from gisapp.errors import MapAmongSheetsError, UnreadableFileError
from gisapp.store.sheets import PlaceReading, read_sheets, received_files, shapefile_parts
from tests.office import ROUND

NAMES = ["บ้านห้วยเมฆ", "วัดทุ่งดาว"]
LON, LAT = [98.05, 98.15], [19.05, 19.06]


def points(crs="EPSG:4326", **columns):
    columns = columns or {"smis_code": ["00020001", "99020002"], "name": NAMES, "pupils": [5, 7]}
    found = gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(LON, LAT), crs="EPSG:4326")
    return found.to_crs(crs)


def collection(*geometries, crs=None, properties=None):
    features = [
        {"type": "Feature", "properties": properties or {}, "geometry": geometry}
        for geometry in geometries
    ]
    named = {"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}
    return json.dumps({"type": "FeatureCollection", "features": features, **named})


def point(x, y):
    return {"type": "Point", "coordinates": [x, y]}


def only(path, how=None):
    (sheet,) = read_sheets(path, ROUND, how)
    return sheet


def places(sheet):
    """(lat, lon) of each row."""
    return [tuple(row[-2:]) for row in sheet.rows[1:]]


@pytest.mark.parametrize("suffix", ["gpkg", "geojson", "shp", "fgb"])
def test_a_feature_is_a_row_with_its_place_at_the_end(tmp_path, suffix):
    points().to_file(tmp_path / f"a.{suffix}", encoding="UTF-8")
    sheet = only(tmp_path / f"a.{suffix}")
    assert sheet.rows[0] == ["smis_code", "name", "pupils", "lat", "lon"]
    expected = [
        list(row) for row in zip(["00020001", "99020002"], NAMES, [5, 7], LAT, LON, strict=True)
    ]
    assert sorted(sheet.rows[1:]) == sorted(expected)
    assert sheet.address(1, 0) == "record 1"


@pytest.mark.parametrize("encoding", ["UTF-8", "CP874"])
@pytest.mark.parametrize("stated", ["UTF-8", "874", "TIS-620", "ANSI 874", "nonsense", "", None])
def test_thai_attributes_are_read_whatever_the_cpg_says(tmp_path, encoding, stated):
    points().to_file(tmp_path / "a.shp", encoding=encoding)
    cpg = tmp_path / "a.cpg"
    cpg.unlink(missing_ok=True)
    if stated is not None:
        cpg.write_text(stated)
    assert [row[1] for row in only(tmp_path / "a.shp").rows[1:]] == NAMES


def test_another_script_is_read_by_its_cpg(tmp_path):
    names = ["Школа 1", "Гимназия"]
    points(name=names).to_file(tmp_path / "a.shp", encoding="CP1251")
    (tmp_path / "a.cpg").write_text("1251")
    assert [row[0] for row in only(tmp_path / "a.shp").rows[1:]] == names


def test_a_name_that_a_field_cuts_within_a_letter_is_read_up_to_it(tmp_path):
    points(name=["ก" * 200, "ข"]).to_file(tmp_path / "a.shp", encoding="CP874")
    table = bytearray((tmp_path / "a.dbf").read_bytes())
    (head,) = struct.unpack_from("<H", table, 8)
    width = table[32 + 16]
    cut = ("ก" * 200).encode()[:width]  # as a program writes it that counts bytes
    table[head + 1 : head + 1 + width] = cut
    second = head + 1 + width + 1
    table[second : second + width] = "ข".encode().ljust(width)
    (tmp_path / "a.dbf").write_bytes(table)
    (tmp_path / "a.cpg").unlink()
    found = [row[0] for row in only(tmp_path / "a.shp").rows[1:]]
    assert found[0].startswith("ก" * (width // 3))
    assert found[1] == "ข"


def test_parts_of_a_shapefile_are_no_files_of_their_own(tmp_path):
    points().to_file(tmp_path / "Schools.SHP".lower())
    (tmp_path / "other.dbf").touch()
    files = received_files(tmp_path)
    left = sorted(path.name for path in set(files) - shapefile_parts(files))
    assert left == ["other.dbf", "schools.shp"]
    with pytest.raises(UnreadableFileError, match=r"whose \.shp is not here"):
        read_sheets(tmp_path / "other.dbf", ROUND)


@pytest.mark.parametrize("missing", ["dbf", "shx"])
def test_a_shapefile_without_a_part_names_it(tmp_path, missing):
    points().to_file(tmp_path / "a[1].shp")
    assert len(only(tmp_path / "a[1].shp").rows) == 3
    (tmp_path / f"a[1].{missing}").unlink()
    with pytest.raises(UnreadableFileError, match=rf"lacks \.{missing}"):
        read_sheets(tmp_path / "a[1].shp", ROUND)


def test_a_zip_of_a_shapefile_is_one(tmp_path):
    points().to_file(tmp_path / "a.shp", encoding="CP874")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        for part in tmp_path.glob("a.[!z]*"):
            package.write(part, f"โฟลเดอร์/{part.name}")
    assert only(tmp_path / "a.zip").rows[1][:2] == ["00020001", NAMES[0]]


# Places --------------------------------------------------------------------------------------


@pytest.mark.parametrize("crs", ["EPSG:32647", "EPSG:3857"])
def test_metres_of_a_stated_system_become_degrees(tmp_path, crs):
    points(crs).to_file(tmp_path / "a.gpkg")
    for (lat, lon), expected in zip(
        places(only(tmp_path / "a.gpkg")), zip(LAT, LON, strict=True), strict=True
    ):
        assert math.dist((lat, lon), expected) < 2e-7  # two centimetres


def test_an_old_datum_goes_through_the_offices_operation(tmp_path):
    """By another way: pyproj's own pipeline of the operation, latitude first."""
    raw = gpd.GeoDataFrame(
        {"a": [1]}, geometry=[shapely.Point(400_000, 2_100_000)], crs="EPSG:24047"
    )
    raw.to_file(tmp_path / "a.gpkg")
    indian = pyproj.Transformer.from_crs("EPSG:24047", "EPSG:4240", always_xy=True)
    lon, lat = indian.transform(400_000, 2_100_000)
    found = {}
    for operation in (1304, 1812):
        shift = pyproj.Transformer.from_pipeline(
            f"urn:ogc:def:coordinateOperation:EPSG::{operation}"
        )
        (found[operation],) = places(only(tmp_path / "a.gpkg", PlaceReading(operation)))
        assert found[operation] == pytest.approx(shift.transform(lat, lon), abs=2e-7)
    assert found[1304] != found[1812]


def test_a_geojson_that_holds_metres_keeps_them(tmp_path):
    (tmp_path / "a.geojson").write_text(collection(point(613053.5, 1530567.25)))
    assert places(only(tmp_path / "a.geojson")) == [(1530567.25, 613053.5)]


def test_a_geojson_that_names_its_system_is_believed(tmp_path):
    x, y = pyproj.Transformer.from_crs(4326, 32647, always_xy=True).transform(98.05, 19.05)
    text = collection(point(x, y), crs="urn:ogc:def:crs:EPSG::32647")
    (tmp_path / "a.geojson").write_text(text)
    assert places(only(tmp_path / "a.geojson")) == [pytest.approx((19.05, 98.05), abs=2e-7)]
    (tmp_path / "b.geojson").write_text(collection(point(98.05, 19.05), crs="no such system"))
    assert places(only(tmp_path / "b.geojson")) == [(19.05, 98.05)]


def test_a_layer_without_a_system_keeps_its_numbers(tmp_path):
    points().to_file(tmp_path / "a.shp")
    (tmp_path / "a.prj").unlink()
    assert places(only(tmp_path / "a.shp")) == list(zip(LAT, LON, strict=True))


@pytest.mark.parametrize(
    ("geometry", "expected"),
    [
        (None, (None, None)),
        ({"type": "Point", "coordinates": []}, (None, None)),
        ({"type": "Point", "coordinates": ["98", "19"]}, (None, None)),
        ({"type": "Point", "coordinates": [98.5, 19.5, 300]}, (19.5, 98.5)),
        ({"type": "MultiPoint", "coordinates": [[98.5, 19.5]]}, (19.5, 98.5)),
        ({"type": "MultiPoint", "coordinates": [[98.5, 19.5], [99, 20]]}, (None, None)),
    ],
)
def test_a_feature_without_one_place_keeps_its_row(tmp_path, geometry, expected):
    (tmp_path / "a.geojson").write_text(collection(point(98.0, 19.0), geometry))
    assert places(only(tmp_path / "a.geojson"))[1] == expected


def test_columns_for_the_place_that_are_there_are_not_overwritten(tmp_path):
    points(Latitude=["a", "b"], lon=["c", "d"]).to_file(tmp_path / "a.gpkg")
    how = PlaceReading(headings=frozenset({"latitude", "lat", "lon"}))
    sheet = only(tmp_path / "a.gpkg", how)
    assert sheet.rows[0] == ["Latitude", "lon", "geometry_lat", "geometry_lon"]
    assert sheet.rows[1] == ["a", "c", LAT[0], LON[0]]


# Layers --------------------------------------------------------------------------------------


def test_each_layer_of_points_is_a_sheet_of_its_name(tmp_path):
    points().to_file(tmp_path / "a.gpkg", layer="โรงเรียน")
    points(a=[1, 2]).to_file(tmp_path / "a.gpkg", layer="สาขา")
    sheets = read_sheets(tmp_path / "a.gpkg", ROUND)
    assert [sheet.name for sheet in sheets] == ["โรงเรียน", "สาขา"]


@pytest.mark.parametrize("suffix", ["gpkg", "geojson", "shp", "fgb", "kml"])
def test_areas_are_a_map_and_no_sheet(tmp_path, suffix):
    area = points().set_geometry([shapely.box(98, 19, 99, 20)] * 2)
    path = tmp_path / f"a.{suffix}"
    if suffix == "kml":
        path.write_text("<kml><Placemark><Polygon/></Placemark></kml>")
    else:
        area.to_file(path)
    with pytest.raises(MapAmongSheetsError):
        read_sheets(path, ROUND)


KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>
<name>โรงเรียน</name><Schema id="s"><SimpleField name="ตำบล" type="string"/></Schema>
<Folder><name>ก</name>
<Placemark><name>บ้านห้วยเมฆ</name><description><![CDATA[<b>x</b>]]></description>
<ExtendedData><Data name="smis_code"><displayName>รหัส</displayName><value>00020001</value></Data>
<SchemaData schemaUrl="#s"><SimpleData name="ตำบล">ห้วยเมฆ</SimpleData></SchemaData></ExtendedData>
<Point><coordinates> 98.05,19.05,12
</coordinates></Point></Placemark>
<Placemark><name>ไม่มีที่ตั้ง</name></Placemark></Folder></Document></kml>"""


@pytest.mark.parametrize("suffix", ["kml", "kmz"])
def test_placemarks_keep_their_names_and_data(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    if suffix == "kml":
        path.write_text(KML, encoding="utf-8")
    else:
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("files/icon.png", b"x")
            package.writestr("doc.kml", KML)
    assert only(path).rows == [
        ["name", "description", "smis_code", "ตำบล", "lat", "lon"],
        ["บ้านห้วยเมฆ", "<b>x</b>", "00020001", "ห้วยเมฆ", 19.05, 98.05],
        ["ไม่มีที่ตั้ง", None, None, None, None, None],
    ]


@pytest.mark.parametrize(
    "text", ["<kml>", "<kml><a></kml>", '<!DOCTYPE a [<!ENTITY b "c">]><kml>&b;</kml>']
)
def test_a_kml_that_is_none_is_damage(tmp_path, text):
    (tmp_path / "a.kml").write_text(text)
    with pytest.raises(UnreadableFileError, match="damaged"):
        read_sheets(tmp_path / "a.kml", ROUND)


def test_a_list_of_other_sources_is_never_followed(tmp_path):
    """GDAL opens by content too: such a file would read any file or address it names."""
    points().to_file(tmp_path / "other.gpkg")
    source = f"<SrcDataSource>{tmp_path / 'other.gpkg'}</SrcDataSource>"
    for name in ("a.gpkg", "a.shp", "a.json", "a.kml", "a.fgb"):
        (tmp_path / name).write_text(
            f'<OGRVRTDataSource><OGRVRTLayer name="other">{source}</OGRVRTLayer></OGRVRTDataSource>'
        )
        with pytest.raises(UnreadableFileError):
            read_sheets(tmp_path / name, ROUND)
