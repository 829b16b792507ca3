"""A round with a file that cannot be read: a clear sentence, and every other file is reported."""

import json
import re
import shutil
import zipfile

import geopandas as gpd
import pytest
import shapely
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests import office_files
from tests.bad_files import blank_rows, write_bomb, write_xlsx
from tests.office import (
    ROUND,
    SCHOOLS,
    STUDENTS,
    Office,
    block_said,
    long_rows,
    register_rows,
    small_office,
    wide_rows,
    write_book,
    write_json,
    write_text,
)

THAI = re.compile("[\u0e01-\u0e5b]")
ONE = b'<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return small_office(tmp_path_factory.mktemp("template") / "office")


@pytest.fixture
def office(template, tmp_path):
    return Office(shutil.copytree(template.folder, tmp_path / "office"))


def with_check_digit(twelve):
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(twelve))
    return twelve + str((11 - total % 11) % 10)


def far_cell(path):
    write_xlsx(path, ONE, b'<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')


def ten_million_rows(path):
    write_xlsx(path, ONE, b'<row r="10000000"><c r="A10000000"><v>2</v></c></row>')


def open_formula(path):
    write_xlsx(path, b'<row r="1"><c r="A1"><f>1+1</f></c></row>')


def open_quote(path):
    path.write_text('รหัสโรงเรียน,ชั้น,ชาย\n"99020001,ป.1,3\n' * 50, encoding="utf-8")


def third_encoding(path):
    path.write_bytes("学校コード,学年,男子\n1,小学校,3\n".encode("shift_jis"))


def cut_short(path):
    write_book(path, {"แผ่น": wide_rows()})
    path.write_bytes(path.read_bytes()[:-300])


def web_page(path):
    path.write_text("<html><body><p>เข้าสู่ระบบ</p></body></html>", encoding="utf-8")


def deep(path):
    path.write_text("[" * 100_000)


def doctype(path):
    path.write_text('<!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><kml>&b;</kml>')


def half_shapefile(path):
    gpd.GeoDataFrame({"a": [1]}, geometry=gpd.points_from_xy([98.0], [19.0]), crs=4326).to_file(
        path
    )
    path.with_suffix(".dbf").unlink()


UNREADABLE = {
    "far.xlsx": (far_cell, "16,384"),
    "rows.xlsx": (ten_million_rows, "10,000,000"),
    "bomb.xlsx": (write_bomb, "200"),
    "formula.xlsx": (open_formula, "A1"),
    "quote.csv": (open_quote, ""),
    "japanese.csv": (third_encoding, "UTF-8"),
    "cut.xlsx": (cut_short, ""),
    "page.xls": (web_page, ".xlsx"),
    "deep.json": (deep, ""),
    "grows.kml": (doctype, ""),
    "half.shp": (half_shapefile, ".dbf"),
}


def test_unreadable_files_are_named_one_by_one_and_the_others_read(office):
    for name, (write, _) in UNREADABLE.items():
        write(office.sheet(name))
    checked = office.run("check", ROUND, "--json")
    assert checked.exit_code == 1, checked.output
    answer = json.loads(checked.stdout)
    assert (answer["schools"], answer["students"]) == (len(SCHOOLS), STUDENTS)
    assert answer["problems"]["block"] == len(UNREADABLE)


@pytest.mark.parametrize("name", list(UNREADABLE))
def test_each_of_them_says_what_is_wrong_in_two_languages(office, name):
    write, word = UNREADABLE[name]
    write(office.sheet(name))
    checked = office.run("check", ROUND)
    assert checked.exit_code == 1, checked.output
    thai, english = block_said(checked.stdout, name)
    assert THAI.search(thai)
    assert word in thai
    assert word in english
    assert "Traceback" not in checked.output


def test_a_register_under_a_million_formatted_blanks_loses_no_school(office):
    cells = [
        f'<c r="{chr(65 + column)}{row}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for row, line in enumerate(register_rows(), 1)
        for column, cell in enumerate(line)
    ]
    rows = f'<row r="1">{"".join(cells)}</row>'.encode()
    office.sheet("register.xlsx").unlink()
    write_xlsx(office.sheet("register.xlsx"), rows, *blank_rows(10, 200_000))
    assert office.run("build", ROUND).exit_code == 0
    assert len(office.layer("schools")) == len(SCHOOLS)


# Maps of points ------------------------------------------------------------------------------


def school_points():
    head, *rows = register_rows()
    columns = {name: [row[place] for row in rows] for place, name in enumerate(head)}
    lon, lat = (list(map(float, columns.pop(name))) for name in ("lng", "lat"))
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(lon, lat), crs=4326)


def write_points(points, path):
    if path.suffix == ".zip":
        points.to_file(path.parent / "parts.shp", encoding="CP874")
        parts = sorted(path.parent.glob("parts.*"))
        with zipfile.ZipFile(path, "w") as package:
            for part in parts:
                package.write(part, f"schools/{part.name}")
                part.unlink()
    elif path.suffix == ".kml":
        marks = "".join(
            "<Placemark><ExtendedData>"
            + "".join(
                f'<Data name="{key}"><value>{row[key]}</value></Data>' for key in row.index[:-1]
            )
            + f"</ExtendedData><Point><coordinates>{row.geometry.x},{row.geometry.y},0"
            "</coordinates></Point></Placemark>"
            for _, row in points.iterrows()
        )
        path.write_text(
            f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{marks}</Document></kml>'
        )
    else:
        points.to_file(path)


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "shp", "zip", "kml", "fgb"])
def test_a_register_that_comes_as_a_map_places_the_same_schools(office, suffix):
    assert office.run("build", ROUND).exit_code == 0
    sheet = office.layer("schools").sort_values("smis_code", ignore_index=True)
    office.sheet("register.xlsx").unlink()
    write_points(school_points(), office.sheet(f"register.{suffix}"))
    built = office.run("build", ROUND)
    assert built.exit_code == 0, built.output
    mapped = office.layer("schools").sort_values("smis_code", ignore_index=True)
    assert mapped["smis_code"].tolist() == sheet["smis_code"].tolist()
    assert mapped["location_quality"].tolist() == ["surveyed"] * len(SCHOOLS)
    apart = shapely.distance(mapped.geometry.to_numpy(), sheet.geometry.to_numpy())
    assert apart.max() < 1e-6  # degrees


def test_all_parts_of_a_shapefile_are_named_as_sources(office):
    office.sheet("register.xlsx").unlink()
    write_points(school_points(), office.sheet("register.shp"))
    assert office.run("build", ROUND).exit_code == 0
    names = {path.name for path in office.sheet("").glob("register.*")}
    assert {"register.shp", "register.dbf", "register.shx", "register.prj"} <= names
    stated = office.published.read_bytes()
    assert all(f"source {name}".encode() in stated for name in names)


# Persons -------------------------------------------------------------------------------------

MADE = with_check_digit("1" * 12)
DASHED = "-".join((MADE[0], MADE[1:5], MADE[5:10], MADE[10:12], MADE[12]))
THAI_DIGITS = DASHED.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
G_CODE = "G680000000001"
SOMEBODY = "สมหญิงไม่มีตัวตน"


def persons(number):
    return [["รหัสโรงเรียน", "ชื่อ", "อื่น"], ["99020001", SOMEBODY, number]]


def as_points(number):
    return gpd.GeoDataFrame(
        {"smis_code": ["99020001"], "name": [SOMEBODY], "other": [number]},
        geometry=gpd.points_from_xy([98.05], [19.05]),
        crs=4326,
    )


def as_page(number):
    rows = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in persons(number))
    return f"<table>{rows}</table>"


PERSON_FILES = {
    "a.xlsx": lambda path, number: write_book(path, {"s": persons(number)}),
    "hidden.xlsx": lambda path, number: write_book(
        path, {"a": long_rows(), "s": persons(number)}, hidden=("s",)
    ),
    "a.xls": lambda path, number: office_files.write_xls(path, "s", persons(number)),
    "a.ods": lambda path, number: office_files.write_ods(path, "s", persons(number)),
    "a.csv": lambda path, number: write_text(path, persons(number), encoding="cp874"),
    "a.json": lambda path, number: write_json(path, [{"ก": SOMEBODY, "ข": number}]),
    "nested.json": lambda path, number: write_json(path, [{"ก": SOMEBODY, "ข": [{"id": number}]}]),
    "page.xls": lambda path, number: path.write_text(as_page(number), encoding="utf-8"),
    "a.gpkg": lambda path, number: as_points(number).to_file(path),
    "a.shp": lambda path, number: as_points(number).to_file(path, encoding="UTF-8"),
    "a.geojson": lambda path, number: as_points(number).to_file(path),
    "a.kml": lambda path, number: path.write_text(
        f"<kml><Placemark><name>{SOMEBODY} {number}</name></Placemark></kml>", encoding="utf-8"
    ),
}


@pytest.mark.parametrize("name", list(PERSON_FILES))
@pytest.mark.parametrize(
    "number", [MADE, DASHED, THAI_DIGITS, G_CODE], ids=["plain", "dashed", "thai", "g"]
)
def test_personal_numbers_are_refused_in_every_kind_of_file(office, name, number, caplog):
    PERSON_FILES[name](office.sheet(name), number)
    result = office.run("check", ROUND)
    assert result.exit_code == 2, result.output
    thai, english = result.stderr.strip().splitlines()
    assert name in thai
    assert name in english
    assert "Send counts by grade and sex" in english or "send counts" in english.lower()
    layers = office.folder / "layers"
    kept = (
        [path.read_bytes() for path in layers.rglob("*") if path.is_file()]
        if layers.is_dir()
        else []
    )
    told = result.output + caplog.text
    for secret in (SOMEBODY, number, number.replace("-", "")):
        assert secret not in told
        assert not any(secret.encode() in content for content in kept)
    assert not kept


@pytest.mark.parametrize("number", [int(MADE), float(MADE)])
def test_a_personal_number_that_is_a_number_is_refused_too(office, number):
    write_book(office.sheet("a.xlsx"), {"s": persons(number)})
    assert office.run("check", ROUND).exit_code == 2


# Anything at all -----------------------------------------------------------------------------

HEADINGS = [
    "รหัสโรงเรียน",
    "ชื่อโรงเรียน",
    "lat",
    "lon",
    "ชั้น",
    "ชาย",
    "หญิง",
    "ป.1 ชาย",
    "ป.1 หญิง",
    "ตำบล",
]
CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        [*HEADINGS, "99020001", "99020002", "บ้านห้วยเมฆ", "ป.1", "รวม", "-", "1.02E+09"]
    ),
    st.integers(-(10**11), 10**11),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20).filter(
        lambda text: not text.startswith("=")
    ),
)


@pytest.fixture(scope="module")
def fuzzed(template, tmp_path_factory):
    return Office(shutil.copytree(template.folder, tmp_path_factory.mktemp("fuzzed") / "office"))


#: A whole check takes a third of a second: what fails is shown as it was found.
WHOLE_WAY = settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate])


@WHOLE_WAY
@given(
    head=st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=8),
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=8), max_size=8),
)
def test_any_workbook_of_any_cells_is_checked_to_the_end(fuzzed, head, rows):
    write_book(fuzzed.sheet("any.xlsx"), {"s": [head, *rows]})
    checked = fuzzed.run("check", ROUND)
    assert checked.exit_code in (0, 1, 2), checked.output
    assert "Traceback" not in checked.output


@WHOLE_WAY
@given(
    records=st.lists(
        st.dictionaries(
            st.sampled_from(HEADINGS),
            st.recursive(
                CELLS.filter(lambda cell: not hasattr(cell, "year"))
                | st.sampled_from([10**400, 1e308, "\ud800", "\x00"]),
                lambda inner: st.lists(inner, max_size=2),
                max_leaves=3,
            ),
            min_size=1,
        ),
        max_size=6,
    )
)
def test_any_records_are_checked_to_the_end(fuzzed, records):
    fuzzed.sheet("any.xlsx").unlink(missing_ok=True)
    fuzzed.sheet("any.json").write_text(json.dumps(records), encoding="utf-8")
    checked = fuzzed.run("check", ROUND)
    assert checked.exit_code in (0, 1, 2), checked.output
