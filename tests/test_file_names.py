"""Files whose names are no text: a zip packed in Thai Windows, opened anywhere else."""

import hashlib
import os

import geopandas as gpd
import pytest

from gisapp.core.rounds import Round
from gisapp.settings import Settings
from gisapp.store.checked import changed_files, check_file, is_changed
from gisapp.store.file_names import shown_name, under_shown_name
from tests.office import ROUND, register_rows, small_office

THAI = "จำนวนนักเรียน"


@pytest.fixture
def office(tmp_path):
    return small_office(tmp_path / "office")


def named(folder, written):
    """The path of a file by the bytes of its name, where the system takes such names."""
    path = folder / os.fsdecode(written)
    try:
        path.touch()
    except OSError:
        pytest.skip("this system takes only names that are text")
    path.unlink()
    return path


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (f"{THAI}.xlsx".encode(), f"{THAI}.xlsx"),
        (f"{THAI}.xlsx".encode("cp874"), f"{THAI}.xlsx"),
        (b"\xff\xfe.xlsx", "\ufffd\ufffd.xlsx"),
    ],
    ids=["utf8", "thai", "neither"],
)
def test_a_name_is_shown_as_text(tmp_path, written, shown):
    assert shown_name(named(tmp_path, written)) == shown


def test_two_files_never_show_one_name(tmp_path):
    (tmp_path / f"{THAI}.xlsx").touch()
    assert shown_name(named(tmp_path, f"{THAI}.xlsx".encode("cp874"))) == f"{THAI} (2).xlsx"


def test_a_file_with_a_readable_name_is_read_where_it_lies(tmp_path):
    with under_shown_name(tmp_path / "a.xlsx") as readable:
        assert readable == tmp_path / "a.xlsx"


def test_a_sheet_named_in_thai_windows_is_read_published_and_known_again(office):
    whole = office.run("build", ROUND)
    sums = office.layer("schools")["students"].tolist()
    bad = named(office.sheet(""), f"{THAI}.xlsx".encode("cp874"))
    office.sheet("enrolment.xlsx").rename(bad)
    result = office.run("build", ROUND)
    assert result.exit_code == whole.exit_code == 0, result.output
    assert office.layer("schools")["students"].tolist() == sums
    digest = hashlib.sha256(bad.read_bytes()).hexdigest()
    stated = office.published.read_bytes()
    assert f"source {THAI}.xlsx".encode() in stated
    assert digest.encode() in stated
    for path in (office.folder / "layers").rglob("*"):
        path.name.encode()


def test_a_file_named_in_thai_windows_is_seen_to_change(office):
    bad = named(office.sheet(""), f"{THAI}.xlsx".encode("cp874"))
    office.sheet("enrolment.xlsx").rename(bad)
    office.run("check", ROUND)
    settings, data_round = Settings.load(office.folder), Round.parse(ROUND)
    file = check_file(settings, data_round)
    assert not changed_files(settings, data_round, file)
    assert not is_changed(settings, data_round, file, f"{THAI}.xlsx")
    bad.write_bytes(b"")
    assert changed_files(settings, data_round, file) == (f"{THAI}.xlsx",)
    assert is_changed(settings, data_round, file, f"{THAI}.xlsx")


def test_what_cannot_be_read_is_named_in_thai_too(office):
    named(office.sheet(""), f"{THAI}.pdf".encode("cp874")).write_bytes(b"%PDF-1.4")
    assert office.run("check", ROUND).exit_code == 1
    assert [problem["file"] for problem in office.problems("unreadable_file")] == [f"{THAI}.pdf"]


def test_all_parts_of_a_shapefile_are_found_under_its_shown_name(office):
    head, *rows = register_rows()
    columns = {name: [row[place] for row in rows] for place, name in enumerate(head)}
    lon, lat = (list(map(float, columns.pop(name))) for name in ("lng", "lat"))
    points = gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(lon, lat), crs=4326)
    office.sheet("register.xlsx").unlink()
    points.to_file(office.sheet("points.shp"), encoding="UTF-8")
    for part in list(office.sheet("").glob("points.*")):
        part.rename(named(office.sheet(""), f"จุด{part.suffix}".encode("cp874")))
    result = office.run("build", ROUND)
    assert result.exit_code == 0, result.output
    assert len(office.layer("schools")) == len(rows)
