"""Schools that the last published round had and this one does not name at all."""

from collections.abc import Collection

import pandas as pd

from gisapp.core.checks import says_closed
from gisapp.core.problems import Problem


def gone_schools(
    named: Collection[str], earlier: pd.DataFrame | None, round_name: str
) -> list[Problem]:
    """One problem per school of the last published round that no sheet of this one names.

    A school of which it was known that it is closed, or into which other it is merged, is
    worth a note.

    Args:
        named: Every code of this round's register and enrolment.
        earlier: The layer `schools` of the last published round; None without one.
        round_name: Name of that round.
    """
    if earlier is None:
        return []
    gone = earlier[~earlier["smis_code"].isin(list(named))]
    columns = ["smis_code", "school_name_th", "students", "status", "merged_into"]
    problems = []
    for row in gone[columns].astype(object).itertuples():
        code, name, students, status, merged_into = (
            "" if pd.isna(value) else value for value in row[1:]
        )
        facts: dict[str, object] = {"round": round_name}
        closed = bool(merged_into) or says_closed(str(status))
        if closed:
            facts["status_th"] = f"“{status}”" if status else f"รวมกับ {merged_into}"
            facts["status_en"] = f"'{status}'" if status else f"merged into {merged_into}"
        else:
            facts["had_th"] = "ไม่ทราบจำนวนนักเรียน" if students == "" else f"นักเรียน {students:,} คน"
            facts["had_en"] = "pupils unknown" if students == "" else f"{students:,} pupils"
        kind = "closed_school_gone" if closed else "school_gone"
        problems.append(Problem(kind, key=str(code), value=str(name), facts=facts))
    return problems
