"""From which figure on a check speaks: the limits that officers set in ``checks.csv``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Limits of the checks; each field is a line of ``data/criteria/checks.csv``."""

    #: Schools nearer to one another than this are doubted, metres.
    near_school_m: float = 100.0
    #: Schools nearer to one another than this stand on one point, metres.
    same_point_m: float = 1.0
    #: A school that is farther from its place of the last round has moved, metres.
    moved_m: float = 500.0
    #: Degrees with fewer decimals than this are too coarse to be a school's.
    least_decimals: float = 4.0
    #: Share of a cohort that may come or go from one grade to the next, 0-1.
    cohort_change: float = 0.5
    #: Changes of a cohort by fewer pupils than this are usual.
    cohort_pupils: float = 10.0
    #: So many years before its school a building may be built.
    building_years_before_school: float = 1.0
    #: Fewer people of one age than this are not compared with the ages beside it.
    population_least: float = 1000.0
    #: So many times more or fewer people than of every age beside it are doubted.
    population_age_factor: float = 3.0
    #: A mean score of fewer pupils than this is not shown.
    least_examinees: float = 5.0
    #: More findings of one kind in one column of a sheet than this are told as one …
    flood_findings: float = 200.0
    #: … where they are also more than this share of the sheet's rows, 0-1.
    flood_share: float = 0.01
    #: More pupils in one class group than this are doubted.
    most_pupils_in_class: float = 500.0
    #: More pupils in one grade of a school than this are doubted.
    most_pupils_in_grade: float = 10000.0
