import csv
import io
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from gisapp.core.findings import FINDINGS

#: Kinds that would leave a round with nothing else to find, or that no round of sheets can have.
#: Each is tested on a small office of its own.
NOT_PLANTED = {
    "empty_register": "without any school nothing else of the round can be found",
    "no_register": "without a register no school has a place",
    "no_boundaries": "without boundaries no place can be checked",
    "boundary_file_not_used": "the office's maps are not a round's",
    "boundary_names_unknown": "the office's maps are not a round's",
    "only_districts": "the office's maps are not a round's",
    "datum_converted": "no map among the sheets declares another datum",
    "wrong_sign": "north and east of the origin no minus sign is written",
    "file_of_wrong_signs": "north and east of the origin no minus sign is written",
    "enrolment_absent": "every round has its pupils, or those of an earlier one",
    "school_gone": "every school of the fictional land stays in its register",
    "too_many_pupils": "so many pupils would stand in every sum of their round",
    "codes_only_in_first_rows": "the only long form of the rounds has a code in each of its rows",
    "school_file_among_sheets": "the sample lies as it came, before anything was sent to a school",
    "problem_book_among_sheets": "it was not checked yet",
    "marked_copy_beside": "it was not checked yet",
    "round_repeats": "every figure is an earlier round's, so that no other can be wrong",
    "population_no_province": "of a file without its first line no sums can be checked",
    "population_older_file": "each round has one population file of its own",
    "population_fractions": "the file that holds them would not be there for any other fault",
    "announced_but": "the villages of its school would be in no zone",
    "population_either": "no name stands twice in the fictional land",
    "code_of_other_office": "its pupils would be a school more than the office has",
    "school_in_one_list": "it would be a school more than the office has",
    "list_without_coordinates": "the office's register has the columns",
    "other_source_unmatched": "a code of the national workbook is a school of its register",
    "area_without_polygon": "zones are made after a check, from what it published",
    "areas_outside": "zones are made after a check, from what it published",
    "areas_overlap": "zones are made after a check, from what it published",
    "village_outside": "zones are made after a check, from what it published",
    "zone_share_sum": "zones are made after a check, from what it published",
    "zone_share_none": "zones are made after a check, from what it published",
    "zones_overlap": "zones are made after a check, from what it published",
    "zone_of_unknown_school": "zones are made after a check, from what it published",
    "zone_of_no_level": "zones are made after a check, from what it published",
    "listed_elsewhere": "zones are made after a check, from what it published",
    "villages_not_served": "zones are made after a check, from what it published",
    "nearest_unlocated": "zones are made after a check, from what it published",
    "school_without_zone": "zones are made after a check, from what it published",
    "school_outside_zone": "zones are made after a check, from what it published",
    "people_raster_unreadable": "the raster is looked at after a check, by the coverage",
    "people_raster_not_counts": "the raster is looked at after a check, by the coverage",
    "people_raster_no_crs": "the raster is looked at after a check, by the coverage",
    "people_raster_rotated": "the raster is looked at after a check, by the coverage",
    "people_raster_negative": "the raster is looked at after a check, by the coverage",
    "people_raster_cells": "the raster is looked at after a check, by the coverage",
    "people_raster_empty": "the raster is looked at after a check, by the coverage",
    "people_raster_elsewhere": "the raster is looked at after a check, by the coverage",
    "people_raster_several": "the raster is looked at after a check, by the coverage",
    "people_raster_per_km2": "the raster is looked at after a check, by the coverage",
    "people_raster_too_dense": "the raster is looked at after a check, by the coverage",
    "people_raster_doubted": "the raster is looked at after a check, by the coverage",
    "people_raster_no_people": "the raster is looked at after a check, by the coverage",
    "people_raster_few_people": "the raster is looked at after a check, by the coverage",
    "people_raster_part": "the raster is looked at after a check, by the coverage",
    "children_spread_evenly": "the raster is looked at after a check, by the coverage",
    "children_without_raster": "the raster is looked at after a check, by the coverage",
    "children_nowhere": "the raster is looked at after a check, by the coverage",
    "children_estimated": "the raster is looked at after a check, by the coverage",
    "children_unknown_areas": "the raster is looked at after a check, by the coverage",
    "children_not_estimated": "the raster is looked at after a check, by the coverage",
    "children_unknown": "children are counted after a check, from what it published",
    "children_too_old": "children are counted after a check, from what it published",
    "children_no_structure": "children are counted after a check, from what it published",
    "children_by_structure": "children are counted after a check, from what it published",
    "children_bands_overlap": "children are counted after a check, from what it published",
    "children_ages_missing": "children are counted after a check, from what it published",
    "children_villages_missing": "children are counted after a check, from what it published",
    "population_areas_part": "children are counted after a check, from what it published",
    "boundary_off_earth": "the office's maps are not a round's",
    "village_twice": "the office's maps are not a round's",
    "given_rows_without_code": "the office's maps are not a round's",
    "given_rows_without_shape": "the office's maps are not a round's",
    "given_level": "the office's maps are not a round's",
    "given_neighbour_level": "the office's maps are not a round's",
    "totals_not_people": "the office's maps are not a round's",
    "totals_sexes": "the office's maps are not a round's",
    "totals_twice": "the office's maps are not a round's",
}

ROUNDS = ["2563-1", "2564-1", "2565-1", "2566-1", "2567-1", "2567-3", "2568-1", "2568-2"]


def cells(office_dir: Path, round_name: str, file: str) -> list[list[object]]:
    """Rows of a workbook's first sheet, read by another library than wrote it."""
    book = openpyxl.load_workbook(office_dir / "data" / "rounds" / round_name / file)
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def planted(office_dir: Path) -> list[dict[str, str]]:
    text = (office_dir / "planted.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_only_2568_2_is_blocked(office_dir):
    rows = planted(office_dir)
    assert list(rows[0]) == ["round", "file", "sheet", "cell", "kind", "severity"]
    assert all(row["severity"] == FINDINGS[row["kind"]].severity for row in rows)
    assert {row["round"] for row in rows if row["severity"] == "block"} == {"2568-2"}


def test_every_kind_of_block_and_warning_is_planted_or_it_is_said_why_not(office_dir):
    serious = {kind for kind, finding in FINDINGS.items() if finding.severity != "note"}
    kinds = {row["kind"] for row in planted(office_dir)}
    assert serious - kinds == set(NOT_PLANTED)


def test_most_schools_of_the_fullest_round_are_beyond_doubt(checked, material):
    schools = checked("2568-1").layers["schools"]
    assert (schools["location_quality"] == "surveyed").sum() >= 100
    own = set(material.schools.by_code)
    doubted = {p.key for p in checked("2568-1").problems if p.key in own and p.severity != "note"}
    assert len(doubted) <= 40


def table(round_name: str, found: Counter, wanted: Counter) -> str:
    """Faults of a round by kind: planted, found, false; pytest -s shows it."""
    lines = [f"{'':8}{'kind':34}{'planted':>8}{'found':>8}{'false':>8}"]
    false = found - wanted
    for kind in sorted({place[-1] for place in found | wanted}):
        counts = [
            sum(number for place, number in places.items() if place[-1] == kind)
            for places in (wanted, found & wanted, false)
        ]
        lines.append(f"{round_name:8}{kind:34}{counts[0]:8}{counts[1]:8}{counts[2]:8}")
    totals = (wanted.total(), (found & wanted).total(), false.total())
    lines.append(f"{round_name:8}{'all':34}{totals[0]:8}{totals[1]:8}{totals[2]:8}")
    return "\n".join(["", *lines])


@pytest.mark.parametrize("round_name", ROUNDS)
def test_a_check_finds_what_is_planted_and_nothing_else(office_dir, checked, round_name):
    problems = checked(round_name).problems
    found = Counter((p.file, p.sheet, p.cell, p.kind) for p in problems if p.severity != "note")
    wanted = Counter(
        (row["file"], row["sheet"], row["cell"], row["kind"])
        for row in planted(office_dir)
        if row["round"] == round_name and row["severity"] != "note"
    )
    print(table(round_name, found, wanted))
    assert found == wanted
    assert wanted


@pytest.mark.parametrize("round_name", ROUNDS[:-1])
def test_the_layers_hold_the_pupils_that_the_round_was_made_with(checked, material, round_name):
    # One school sent nothing, and one sent more pupils than it has.
    roles = ("unreported", "jump") if round_name == "2568-1" else ()
    left_out = {material.roles[name].smis_code for name in roles}
    pupils = material.enrolment[round_name].pupils.sum(axis=(1, 2))
    wanted = {
        school.smis_code: int(number)
        for school, number in zip(material.schools.schools, pupils, strict=True)
        if school.smis_code not in left_out
    }
    rows = checked(round_name).layers["enrolment_by_grade"]
    published = rows.groupby("smis_code")["students"].sum().to_dict()
    assert {code: n for code, n in published.items() if code not in left_out} == wanted


def test_in_2568_2_pupils_of_the_sheet_are_in_the_layers_or_in_problems(office_dir, checked):
    file = "นักเรียนรายโรง_10พย68.xlsx"
    rows = cells(office_dir, "2568-2", file)
    heads = [rows[2][3 + 4 * (place // 4)] for place in range(len(rows[2]) - 3)]
    sexes = [3 + p for p, head in enumerate(heads) if p % 4 < 2 and not head.startswith("รวม")]
    in_sheet = sum(row[p] for row in rows[4:-1] for p in sexes if isinstance(row[p], int))
    round_ = checked("2568-2")
    grades = round_.layers["enrolment_by_grade"]
    coded = {str(row[1]) for row in rows[4:-1]}
    published = int(grades.loc[grades["smis_code"].isin(coded), "students"].sum())
    lost = {p.kind: p.pupils for p in round_.blocks if p.pupils and p.file == file}
    assert set(lost) == {"unmatched_code", "row_without_code", "school_twice", "bad_code"}
    assert published + sum(lost.values()) == in_sheet
