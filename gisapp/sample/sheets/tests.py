"""Results of a national test (C12): NT of ป.3, a column for each subject. Means only."""

import numpy as np

from gisapp.core.text import Cell
from gisapp.sample.schools.cohorts import GRADE_CODES, Enrolment
from gisapp.sample.schools.make import OFFICE_TH, Schools
from gisapp.sample.sheets.filled import Filled, fill

_STAGE = 901
_HEADINGS = (
    ("number", "ที่", 6.0),
    ("smis_code", "รหัสโรงเรียน", 13.0),
    ("school_name_th", "ชื่อโรงเรียน", 32.0),
    ("examinees", "จำนวนผู้เข้าสอบ", 10.0),
    ("thai mean_score", "ภาษาไทย คะแนนเฉลี่ย", 12.0),
    ("thai quality_level", "ภาษาไทย ระดับคุณภาพ", 12.0),
    ("mathematics mean_score", "คณิตศาสตร์ คะแนนเฉลี่ย", 12.0),
    ("mathematics quality_level", "คณิตศาสตร์ ระดับคุณภาพ", 12.0),
)
#: Lowest mean of each quality level; our example.
_LEVELS = ((65.0, "ดีมาก"), (50.0, "ดี"), (35.0, "พอใช้"), (0.0, "ปรับปรุง"))


def nt_sheet(
    file: str, schools: Schools, enrolment: Enrolment, test_year_be: int | None, seed: int
) -> Filled:
    """Lay out the mean scores of every school with pupils in ป.3.

    Args:
        file: File name.
        schools: All schools.
        enrolment: Of the year of the test.
        test_year_be: Academic year of the test; None leaves it out of the title.
        seed: A school keeps its strength from year to year: draws depend on the school only.
    """
    p3 = GRADE_CODES.index("p3")
    records: dict[str, dict[str, Cell]] = {}
    for place, school in enumerate(schools.schools):
        sat = int(enrolment.pupils[place, p3].sum())
        if not sat:
            continue
        rng = np.random.default_rng([seed, _STAGE, place])
        scores = {
            subject: round(float(np.clip(rng.normal(mean, 9.0), 12, 96)), 2)
            for subject, mean in (("thai", 55.0), ("mathematics", 48.0))
        }
        records[school.smis_code] = {
            "number": len(records) + 1,
            "smis_code": school.smis_code,
            "school_name_th": school.name_th,
            "examinees": sat,
            **{f"{subject} mean_score": score for subject, score in scores.items()},
            **{f"{subject} quality_level": _level(score) for subject, score in scores.items()},
        }
    year = f" ปีการศึกษา {test_year_be}" if test_year_be else ""
    titles = (f"ผลการทดสอบความสามารถพื้นฐานของผู้เรียนระดับชาติ (NT) ป.3{year}", OFFICE_TH)
    return fill(
        file,
        "test_results",
        _HEADINGS,
        records,
        sheet="NT",
        titles=titles,
        text=frozenset({"smis_code"}),
    )


def _level(score: float) -> str:
    return next(word for least, word in _LEVELS if score >= least)
