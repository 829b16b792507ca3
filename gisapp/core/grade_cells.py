"""Where the pupils of a school's grade were written."""

from gisapp.core.enrolment import EnrolmentRows
from gisapp.core.tables import FormTable


def grade_cell(enrolment: EnrolmentRows, source: int, grade: str) -> tuple[FormTable, int, str]:
    """Return table, place in the sheet and column of a grade's pupils.

    Args:
        source: Index of `EnrolmentRows.rows`.
        grade: Code of the grade; a long sheet has a row of its own for each.

    The cell of the sum comes first, else the first sex that the sheet states.
    """
    row = enrolment.rows.loc[int(source)]
    table = enrolment.tables[int(row["table"])]
    wanted = ("students", "male", "female")
    columns = [*(f"{grade} {measure}" for measure in wanted), *wanted, "smis_code"]
    column = next((column for column in columns if column in table.places), "")
    return table, int(row["row"]), column
