"""Two sources of one round compared: what was published, and what another source states."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from gisapp.core.compare_pupils import (
    add_up,
    rows_of,
    school_figures,
    side_by_side,
    totals_by_unit,
)
from gisapp.core.earlier import PublishedRound
from gisapp.core.grades import GRADES
from gisapp.core.rounds import Round

BOTH, ONLY_PUBLISHED, ONLY_OTHER = "both", "only_published", "only_other"


@dataclass(frozen=True)
class SourceComparison:
    """Pupils of one round by what was published and by another source.

    `_before` is what was published, `_after` what the other source states, `_change` the second
    less the first: null unless both state all of the figure. A school that one of them lacks
    is unknown there, never 0.

    Attributes:
        data_round: Which round.
        schools: One row per school and source: `source_file`, `smis_code`, `school_name_th`,
            `stated_by` (``both``, ``only_published``, ``only_other``), then the figures as in
            `compare.Comparison.schools`.
        grades: Figures of each source, school and `grade`.
        totals: Figures of the office by `source_file` and `scope`.
    """

    data_round: Round
    schools: pd.DataFrame
    grades: pd.DataFrame
    totals: pd.DataFrame


def compare_sources(published: PublishedRound, other: pd.DataFrame) -> SourceComparison:
    """Compare a round's pupils with what other sources of the same round state.

    Args:
        published: The round.
        other: The layer `enrolment_other_source`; at least one row.
    """
    schools, grades, totals = [], [], []
    names = published.schools.set_index("smis_code")["school_name_th"]
    for file, rows in other.groupby("source_file", sort=True):
        codes = sorted({*published.grades["smis_code"], *rows["smis_code"].dropna()})
        sides = side_by_side(codes, published.grades, rows)
        sums = add_up(sides)
        known = [pd.Index(codes).isin(side["smis_code"]) for side in (published.grades, rows)]
        by_school = pd.DataFrame(
            {
                "source_file": file,
                "smis_code": pd.Series(codes, dtype="str"),
                "school_name_th": names.reindex(codes).array,
                "stated_by": np.select(
                    [known[0] & known[1], known[0]], [BOTH, ONLY_PUBLISHED], ONLY_OTHER
                ),
            }
        )
        schools.append(by_school.assign(**school_figures(sums)))
        by_grade = rows_of(codes, sides, [grade.code for grade in GRADES], "grade")
        by_grade.insert(0, "source_file", file)
        grades.append(by_grade)
        office = pd.Series("", index=codes)
        totals.append(totals_by_unit(sums, office, office, "office").assign(source_file=file))
    return SourceComparison(
        published.data_round,
        *(pd.concat(parts, ignore_index=True) for parts in (schools, grades, totals)),
    )
