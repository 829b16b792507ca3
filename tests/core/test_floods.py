import dataclasses

import pandas as pd
import pytest

from gisapp.core.floods import fold_floods
from gisapp.core.layers import reading_order
from gisapp.core.limits import Limits
from gisapp.core.problems import Acknowledgement, Problem, acknowledge
from gisapp.core.tables import FormTable, Sheet

LIMITS = Limits(flood_findings=3, flood_share=0.01)


def found(number, kind="not_a_number", column="ชาย", **more):
    return [
        Problem(kind, "e.csv", "s", row=row, column=column, cell=f"C{row}",
                key=f"9902{row:04}", value="x", pupils=row, **more)
        for row in range(2, 2 + number)
    ]  # fmt: skip


def table(rows):
    return FormTable("enrolment", Sheet("e.csv", "s", []), pd.DataFrame(index=range(rows)), {}, {})


def test_up_to_the_limit_every_finding_stays_by_itself():
    assert fold_floods(found(3), [], LIMITS) == found(3)


def test_above_the_limit_one_finding_names_the_count_the_first_cells_and_all_pupils():
    (one,) = fold_floods(list(reversed(found(7))), [], LIMITS)
    assert (one.kind, one.severity, one.cell, one.many.count) == ("not_a_number", "block", "C2", 7)
    assert one.pupils == 2 + 3 + 4 + 5 + 6 + 7 + 8
    assert "7 แห่ง" in one.message("th")
    assert "C2, C3, C4, C5, C6 …; 35 pupils" in one.message("en")


def test_the_pupils_at_stake_are_the_same_before_and_after():
    mixed = found(9) + found(2, column="หญิง") + found(5, kind="unknown_grade", facts={})
    folded = fold_floods(mixed, [], LIMITS)
    assert sum(p.pupils for p in folded) == sum(p.pupils for p in mixed)
    assert len(folded) == 1 + 2 + 1


def test_another_column_file_or_kind_is_another_matter():
    other_file = [dataclasses.replace(p, file="f.csv") for p in found(2)]
    mixed = found(2) + found(2, column="หญิง") + other_file
    assert fold_floods(mixed, [], LIMITS) == mixed


@pytest.mark.parametrize(("rows", "told"), [(400, 1), (399, 1), (500, 5), (1000, 5)])
def test_in_a_large_sheet_a_small_share_of_the_rows_stays_single(rows, told):
    assert len(fold_floods(found(5), [table(rows)], LIMITS)) == told


def test_proposals_stay_because_each_is_accepted_by_itself():
    proposed = found(9, kind="bad_code", proposal={"smis_code": "99020001"})
    assert fold_floods(proposed, [], LIMITS) == proposed


def test_an_acknowledged_flood_stays_so_until_any_of_it_changes():
    (one,) = fold_floods(found(9), [], LIMITS)
    made = Acknowledgement(one.problem_id, one.fingerprint, "ทราบแล้ว", "ก", None)
    moved = [dataclasses.replace(p, row=p.row + 40, cell=f"C{p.row + 40}") for p in found(9)]
    for same in (list(reversed(found(9))), moved):
        (again,) = acknowledge(fold_floods(same, [], LIMITS), [made])
        assert not again.blocks
    for place in (0, 8):
        changed = found(9)
        changed[place] = dataclasses.replace(changed[place], value="y")
        (other,) = acknowledge(fold_floods(changed, [], LIMITS), [made])
        assert other.problem_id == one.problem_id
        assert other.blocks


def test_every_school_of_a_flood_is_counted_and_none_is_taken_for_it():
    (one,) = fold_floods(found(9), [], LIMITS)
    assert one.school == ""
    assert one.schools == tuple(p.school for p in found(9))


def test_a_flood_of_what_stands_in_no_file_names_its_schools():
    gone = [Problem("school_gone", key=f"9902{n:04}", facts={"round": "2567-1", "had_th": "",
            "had_en": ""}) for n in range(5)]  # fmt: skip
    (one,) = fold_floods(reading_order(gone), [], LIMITS)
    assert "99020000, 99020001" in one.message("en")
