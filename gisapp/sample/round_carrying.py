"""Forms that a round takes from an earlier one, and the faults that come with them."""

from collections.abc import Mapping, Sequence

from gisapp.sample.round_draft import Draft
from gisapp.sample.sheets.filled import Filled
from gisapp.sample.sheets.register import OPEN

#: Forms that a round without any of a group takes from the newest earlier one that has some.
CARRIED = (
    ("register", "school_list"),
    ("basic_info",),
    ("buildings",),
    ("service_villages", "service_announcement"),
    ("staff",),
    ("population_by_age", "village_population", "population"),
    ("test_results",),
    ("school_points",),
    ("other_schools",),
)


def carry_faults(drafts: Sequence[Draft]) -> None:
    """Note the faults of sheets that a round takes from an earlier one."""
    newest: dict[str, tuple[Draft, list[Filled]]] = {}
    for draft in drafts:
        for group in CARRIED:
            own = [sheet for sheet in draft.sheets if sheet.form in group]
            if own:
                newest[group[0]] = (draft, own)
            elif group[0] in newest:
                earlier, sheets = newest[group[0]]
                draft.ledger.carry(earlier.ledger, [sheet.file for sheet in sheets])
        _mark_disagreeing(draft, newest)
        owner, registers = newest["register"]
        _mark_unserved(draft, owner, registers[0])
        if "buildings" not in newest:
            draft.ledger.mark_absent("form_absent")


def _mark_disagreeing(draft: Draft, newest: Mapping[str, tuple[Draft, list[Filled]]]) -> None:
    """Note where basic information of another round has not the register's wrong subdistrict."""
    if "basic_info" not in newest:
        return
    (earlier, (info, *_)), (_, (register, *_)) = newest["basic_info"], newest["register"]
    code = draft.material.roles["unknown_subdistrict"].smis_code
    if info.get(code, "subdistrict") != register.get(code, "subdistrict"):
        file = f"{earlier.round_.name}/{info.file}"
        draft.ledger.mark(info, code, "subdistrict", "sources_disagree", file)


def _mark_unserved(draft: Draft, owner: Draft, register: Filled) -> None:
    """Note the emptied schools, which serve no village, while the register calls them open."""
    file = register.file if owner is draft else f"{owner.round_.name}/{register.file}"
    for school in draft.material.schools.schools:
        if school.rank != "zero":
            continue
        if "status" not in register.column_at or register.get(school.smis_code, "status") == OPEN:
            draft.ledger.mark(register, school.smis_code, "smis_code", "no_service_villages", file)
