"""A round's folder: which rounds there are, what its files hold, and what became of each file."""

import hashlib

import pytest

from gisapp.core.rounds import Round
from gisapp.errors import PersonDataError, RoundNotFoundError
from gisapp.settings import Settings
from gisapp.store.rounds import list_rounds, read_round
from gisapp.store.tables import read_headings
from tests.office import (
    ROUND,
    bare_office,
    building_rows,
    dmc_records,
    long_rows,
    register_rows,
    small_office,
    wide_merges,
    wide_rows,
    write_book,
    write_json,
    write_text,
)


@pytest.fixture
def office(tmp_path):
    return bare_office(tmp_path / "office")


def read(office, data_round=ROUND):
    settings = Settings.load(office.folder)
    return read_round(settings, Round.parse(data_round), read_headings(settings))


def forms(found):
    return [table.form for table in found.tables]


def kinds(found):
    return [problem.kind for problem in found.problems]


def test_rounds_are_listed_by_time_and_other_folders_are_none(office):
    rounds = office.folder / "data" / "rounds"
    for name in ("2567-3", "2567-1", "2568-2", "สำรอง", "2568", "2025-1", "2568-4"):
        (rounds / name).mkdir()
    (rounds / "2566-1").touch()
    (rounds / "2566-1").unlink()
    found = [each.name for each in list_rounds(Settings.load(office.folder))]
    assert found == ["2567-1", "2567-3", "2568-1", "2568-2"]


def test_an_office_without_a_folder_for_rounds_has_none(tmp_path):
    (tmp_path / "office.toml").write_text(
        'area_code = "99020000"\nname_th = "ก"\nname_en = "a"\n', encoding="utf-8"
    )
    assert list_rounds(Settings.load(tmp_path)) == []


@pytest.mark.parametrize("data_round", [ROUND, "2567-1"])
def test_a_round_without_files_is_an_error_that_names_the_folder(office, data_round):
    with pytest.raises(RoundNotFoundError) as caught:
        read(office, data_round)
    assert data_round in caught.value.th
    assert str(office.folder / "data" / "rounds" / data_round) in str(caught.value)


def test_every_form_is_known_by_its_headings_whatever_its_file_is_called(office):
    write_book(office.sheet("a.xlsx"), {"x": register_rows()})
    write_book(office.sheet("b.xlsx"), {"x": wide_rows()}, wide_merges(wide_rows()))
    write_book(office.sheet("c.xlsx"), {"x": building_rows()})
    write_text(office.sheet("d.csv"), long_rows(), encoding="cp874")
    write_json(office.sheet("e.json"), dmc_records())
    found = read(office)
    assert forms(found) == ["register", "enrolment", "buildings", "enrolment_long", "enrolment"]
    assert kinds(found) == []
    assert {table.sheet.round_name for table in found.tables} == {ROUND}


def test_several_forms_in_one_workbook_are_all_read(office):
    sheets = {"ทะเบียน": register_rows(), "นักเรียน": long_rows(), "อาคาร": building_rows()}
    write_book(office.sheet("all.xlsx"), sheets)
    found = read(office)
    assert forms(found) == ["register", "enrolment_long", "buildings"]
    assert [table.sheet.name for table in found.tables] == list(sheets)


def test_tables_are_picked_by_form(office):
    small_office(office.folder.parent / "small")
    write_book(office.sheet("a.xlsx"), {"ท": register_rows(), "น": long_rows()})
    found = read(office)
    assert [table.form for table in found.of("enrolment", "enrolment_long")] == ["enrolment_long"]
    assert found.of("staff") == []


def test_the_checksum_is_that_of_the_bytes_received(office):
    path = write_book(office.sheet("a.xlsx"), {"x": register_rows()})
    office.sheet("Thumbs.db").write_bytes(b"x")
    broken = office.sheet("b.xlsx")
    broken.write_bytes(b"broken")
    assert read(office).checksums == {
        each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in (path, broken)
    }


def test_reading_changes_no_received_file(tmp_path):
    office = small_office(tmp_path / "small")
    paths = sorted((office.folder / "data").rglob("*.*"))
    before = [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths]
    read(office)
    assert [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths] == before
    assert sorted((office.folder / "data").rglob("*.*")) == paths


def test_one_broken_file_does_not_hide_the_others(office):
    write_book(office.sheet("a.xlsx"), {"x": register_rows()})
    office.sheet("b.xlsx").write_bytes(b"broken")
    write_book(office.sheet("c.xlsx"), {"x": long_rows()})
    found = read(office)
    assert forms(found) == ["register", "enrolment_long"]
    assert [(problem.kind, problem.file) for problem in found.problems] == [
        ("unreadable_file", "b.xlsx")
    ]


def test_a_map_is_named_as_one(office):
    line = '{"geometry": {"type": "LineString", "coordinates": [[98, 19], [99, 19]]}}'
    office.sheet("map.geojson").write_text(f'{{"type": "FeatureCollection", "features": [{line}]}}')
    assert kinds(read(office)) == ["map_among_sheets"]


def test_a_workbook_of_empty_sheets_is_one_finding(office):
    write_book(office.sheet("a.xlsx"), {"ก": [], "ข": [], "ค": []})
    found = read(office)
    assert kinds(found) == ["empty_file"]
    assert found.problems[0].severity == "block"


def test_a_sheet_of_no_form_beside_an_empty_one_is_the_news(office):
    write_book(office.sheet("a.xlsx"), {"ก": [], "ข": [["วัน", "อาหาร"]]})
    found = read(office)
    assert [(problem.kind, problem.sheet) for problem in found.problems] == [("unknown_form", "ข")]


def test_a_blank_form_is_an_empty_file(office):
    write_book(office.sheet("a.xlsx"), {"ก": long_rows()[:1]})
    found = read(office)
    assert forms(found) == []
    assert kinds(found) == ["empty_file"]


def test_a_form_for_a_later_step_is_kept_with_a_note(office):
    rows = [["รหัสโรงเรียน", "ชื่อโรงเรียน", "2 ติดชายแดนระดับ"], ["99020001", "ก", 1]]
    write_book(office.sheet("a.xlsx"), {"ก": rows})
    found = read(office)
    assert forms(found) == ["highland_evidence"]
    assert [problem.severity for problem in found.problems] == ["note"]


def citizen(first_twelve):
    """A number with the right check digit; none begins with 0, so that it is nobody's."""
    weights = range(13, 1, -1)
    weighted = sum(int(d) * w for d, w in zip(first_twelve, weights, strict=True))
    return f"{first_twelve}{(11 - weighted % 11) % 10}"


@pytest.mark.parametrize("spell", [str, int, lambda number: f"{number[0]} {number[1:]}"])
def test_numbers_of_persons_stop_everything_and_are_repeated_nowhere(office, spell):
    numbers = [citizen(f"0{n:011d}") for n in (11, 222, 3333)]
    written = [spell(number) for number in numbers]
    if spell is int:  # a leading 0 would not survive as a number
        numbers = [citizen(f"9{n:011d}") for n in (11, 222, 3333)]
        written = [int(number) for number in numbers]
    rows = [["รหัสโรงเรียน", "รหัส", "ชั้น"], *[["99020001", cell, "ป.1"] for cell in written]]
    write_book(office.sheet("roster.xlsx"), {"รายชื่อ": rows})
    with pytest.raises(PersonDataError) as caught:
        read(office)
    for said in (caught.value.th, str(caught.value)):
        assert "roster.xlsx" in said
        assert not any(number in said for number in numbers)
    result = office.run("build", ROUND)
    assert result.exit_code == 2
    assert not any(number in result.output for number in numbers)
    files = [path for path in office.folder.rglob("*") if path.is_file()]
    kept = [path for path in files if "rounds" not in str(path)]
    assert kept
    for path in kept:
        assert not any(number.encode() in path.read_bytes() for number in numbers)
