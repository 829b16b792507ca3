"""The whole way on the sample office: its sheets in, published layers out."""

import datetime
import hashlib
import shutil
import sqlite3
from collections import Counter
from contextlib import closing

import openpyxl
import pyogrio
import pytest

from gisapp import pipeline
from gisapp.core.rounds import Round
from gisapp.settings import Settings

BUILT_ON = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
ROUNDS = ("2563-1", "2564-1", "2565-1", "2566-1", "2567-1", "2567-3", "2568-1")
BLOCKED = "2568-2"


@pytest.fixture(scope="module")
def built(office_dir, tmp_path_factory):
    """A copy of the office in which the fullest round was built."""
    office = tmp_path_factory.mktemp("built") / "office"
    shutil.copytree(office_dir, office)
    settings = Settings.load(office)
    pipeline.build_round(settings, Round.parse("2568-1"), BUILT_ON)
    return settings


@pytest.mark.parametrize("name", ROUNDS)
def test_schools_levels_and_areas_add_up_to_the_same_pupils(checked, name):
    layers = checked(name).layers
    pupils = layers["schools"]["students"].sum()
    assert pupils > 15_000
    assert layers["enrolment_by_grade"]["students"].sum() == pupils
    by_level = ["pre_primary", "primary", "lower_secondary", "upper_secondary"]
    assert layers["schools"][by_level].sum().sum() == pupils
    placed = layers["schools"]["subdistrict_code"].notna()
    in_areas = layers["schools"]["students"][placed].sum()
    assert layers["subdistricts"]["students"].sum() == in_areas
    assert layers["districts"]["students"].sum() == in_areas


def test_a_cell_of_the_sheet_is_the_figure_in_the_published_file(built):
    path = built.rounds_dir / "2568-1" / "นักเรียนรายโรง_10มิย68.xlsx"
    sheet = openpyxl.load_workbook(path, data_only=True)["จำนวนนักเรียน"]
    rows = list(sheet.iter_rows(values_only=True))
    group = next(row for row in rows if "รวมทั้งหมด" in row)
    total = group.index("รวมทั้งหมด") + 2  # ชาย หญิง รวม ห้อง
    in_sheet = {str(row[1]): row[total] for row in rows if str(row[1] or "").startswith("9901")}
    schools = pyogrio.read_dataframe(built.layer_file("2568-1"), layer="schools")
    known = schools[schools["students"].notna()]
    published = dict(zip(known["smis_code"], known["students"].astype(int), strict=True))
    assert len(published) == 119
    assert published == in_sheet


def test_a_build_that_is_blocked_writes_the_workbook_and_no_layers(built):
    blocked = pipeline.build_round(built, Round.parse(BLOCKED), BUILT_ON)
    assert {"unmatched_code", "total_mismatch", "school_twice", "not_a_number"} <= {
        problem.kind for problem in blocked.blocks
    }
    assert built.problem_book(BLOCKED).is_file()
    assert not built.layer_file(BLOCKED).exists()


def test_the_same_sheets_at_the_same_time_give_the_same_bytes(built):
    first = built.layer_file("2568-1").read_bytes()
    pipeline.build_round(built, Round.parse("2568-1"), BUILT_ON)
    assert built.layer_file("2568-1").read_bytes() == first


def test_a_build_changes_nothing_that_was_received(built, office_dir):
    def digests(folder):
        files = sorted(path for path in (folder / "data").rglob("*") if path.is_file())
        return {
            path.relative_to(folder): hashlib.sha256(path.read_bytes()).digest() for path in files
        }

    assert len(digests(office_dir)) > 30
    assert digests(built.office_dir) == digests(office_dir)


def test_a_form_that_a_round_lacks_comes_from_the_newest_earlier_round(checked):
    found = checked("2567-3")
    days = {name: set(layer["as_of_date"]) for name, layer in found.layers.items() if len(layer)}
    assert days["schools"] == {"2025-03-31"}
    assert days["service_villages"] == {"2024-06-10"}
    assert days["buildings"] == {"2022-10-30"}
    notes = {p.key: p.value for p in found.problems if p.kind == "taken_from_earlier_round"}
    assert notes["register"] == "2567-1"
    assert notes["buildings"] == "2566-1"


def test_the_first_round_takes_nothing_from_a_later_one(checked):
    found = checked("2563-1")
    kinds = {problem.kind for problem in found.problems}
    assert "form_absent" in kinds
    assert "taken_from_earlier_round" not in kinds
    assert len(found.layers["buildings"]) == 0
    assert found.layers["schools"]["buildings"].isna().all()


def test_published_problems_are_those_of_the_check(built, checked):
    with closing(sqlite3.connect(built.layer_file("2568-1"))) as database:
        rows = database.execute("SELECT kind, severity, message_th FROM problems").fetchall()
    found = Counter((problem.kind, problem.severity) for problem in checked("2568-1").problems)
    assert Counter((kind, severity) for kind, severity, _ in rows) == found
    assert all("{" not in message for *_, message in rows)


def test_layers_open_styled_in_gis_programs(built):
    with closing(sqlite3.connect(built.layer_file("2568-1"))) as database:
        styled = {name for (name,) in database.execute("SELECT f_table_name FROM layer_styles")}
        titles = dict(database.execute("SELECT table_name, identifier FROM gpkg_contents"))
    assert {"schools", "districts", "subdistricts", "roads", "rivers", "lakes"} <= styled
    assert titles["schools"] == "โรงเรียน"
