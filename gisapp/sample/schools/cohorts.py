"""Children of the villages by year of birth, and the pupils they become year after year.

A cohort keeps its pupils but for a few moves: who sits in ป.1 in one year sits in ป.2 in the
next. Grades meet ages as domain notes B5 say: ป.1 of academic year Y are those born in Y - 7.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gisapp.core.grades import GRADES, ORDER
from gisapp.sample.schools.make import School, Schools
from gisapp.sample.world.make import World

#: Grades the sample knows, youngest first: อ.1 to ม.6.
GRADE_CODES = tuple(grade.code for grade in GRADES if grade.code[0] != "v")
FIRST_YEAR, LAST_YEAR = 2563, 2568
#: Years of birth (Buddhist era) that any round or population file needs.
BORN = range(2545, 2568)
#: Age in completed years on 31 December before the academic year, by place in GRADE_CODES.
_AGE_AT_K1 = 3

_STAGE_BIRTHS, _STAGE_SIZES, _STAGE_MOVES, _STAGE_MIDYEAR = 201, 202, 203, 204
#: Births per thousand people in 2558 and how they shrink from year to year.
_BIRTHS_PER_PERSON, _YEARLY_CHANGE = 0.0108, 0.984
#: Children of each year and sex who live near a school, outside all villages.
_SCATTERED = 0.25
#: Pupils that a school of each rank has in 2568-1: (least, most).
_SIZE = {
    "xlarge": (1_760, 1_790),
    "large": (660, 1_050),
    "medium": (146, 585),
    "small": (10, 120),
    "unreported": (20, 60),
}
#: Pupils of the office in 2568-1, before the few who move away each year.
_PUPILS = 18_000
#: Part of a cohort that comes to the first, second and third kindergarten year, and to ม.1, ม.4.
_TAKES_PART = {"k1": 0.45, "k2": 0.97, "k3": 0.98, "m1": 0.8, "m4": 0.45}


@dataclass(frozen=True)
class Enrolment:
    """Pupils of one round.

    Attributes:
        pupils: int `[school, grade, sex]`; sex 0 is male, grades as in GRADE_CODES.
        rooms: int class groups `[school, grade]`.
    """

    pupils: NDArray[np.int64]
    rooms: NDArray[np.int64]


def born_in(grade: str, academic_year_be: int) -> int:
    """Year of birth of a grade's pupils of official age."""
    return academic_year_be - 1 - _AGE_AT_K1 - ORDER[grade]


def village_children(world: World, seed: int) -> NDArray[np.int64]:
    """Children born in each year of BORN: `[village, year, sex]`, sex 0 is male."""
    rng = np.random.default_rng([seed, _STAGE_BIRTHS])
    people = world.villages["people"].to_numpy(float)
    years = np.array(BORN)
    rate = _BIRTHS_PER_PERSON * _YEARLY_CHANGE ** (years - 2558)
    rate = rate * rng.normal(1.0, 0.02, len(years))
    births = rng.poisson(people[:, None] * rate[None, :])
    boys = rng.binomial(births, 0.514)
    return np.stack([boys, births - boys], axis=2).astype(np.int64)


def make_enrolment(
    schools: Schools, children: NDArray[np.int64], seed: int
) -> Mapping[str, Enrolment]:
    """Return the enrolment of every round, by name: six first terms, 2567-3 and 2568-2."""
    rng = np.random.default_rng([seed, _STAGE_SIZES])
    zone = _zone_children(schools, children)
    paths = _paths(schools.schools, zone, rng, np.random.default_rng([seed, _STAGE_MOVES]))
    middle = np.random.default_rng([seed, _STAGE_MIDYEAR])
    counts = {f"{year}-1": paths[year] for year in range(FIRST_YEAR, LAST_YEAR + 1)}
    counts["2567-3"] = _moved_within_year(counts["2567-1"], middle)
    counts["2568-2"] = _moved_within_year(counts["2568-1"], middle)
    return {
        name: Enrolment(count, class_groups(count.sum(axis=2))) for name, count in counts.items()
    }


def class_groups(pupils: NDArray[np.int64]) -> NDArray[np.int64]:
    """Class groups for pupils `[school, grade]`.

    Source: old staffing criteria (domain notes B8): full classes of 30 in kindergarten and
    40 above; a rest of 10 or more makes one more; at least one where there is a pupil.
    """
    cap = np.array([30 if code[0] == "k" else 40 for code in GRADE_CODES])
    groups = pupils // cap + (pupils % cap >= 10)
    return np.where(pupils > 0, np.maximum(groups, 1), 0)


def _zone_children(schools: Schools, children: NDArray[np.int64]) -> NDArray[np.float64]:
    """Children of each school's primary zone, joint villages by share: `[school, year, sex]`."""
    # A few children of scattered houses come to every school, also where its villages had none.
    zone = np.full((len(schools.schools), *children.shape[1:]), _SCATTERED)
    for service in schools.services:
        if service.education_level == "primary":
            zone[service.school] += service.share * children[service.village]
    return zone


def _targets(
    schools: Sequence[School], wanted: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Pupils that each school shall have in 2568-1: near what its zone would fill, in its class.

    How many of their children village schools keep is set so that the office has _PUPILS.
    """
    open_ = np.array([school.rank != "zero" for school in schools])
    limits = np.array([_SIZE.get(school.rank, (0, 1)) for school in schools], float)
    low, high = limits[:, 0], limits[:, 1]
    # Town schools draw from the whole district, not from their zone.
    town = np.array([school.rank in ("xlarge", "large") for school in schools])
    draw, place = rng.normal(1.0, 0.12, len(schools)), rng.random(len(schools))

    def filled(kept: float) -> NDArray[np.float64]:
        aim = np.where(town, low + (high - low) * place, wanted * draw * kept)
        # Soft limits at both ends, so that few schools stand at exactly the same number.
        above = np.logaddexp(0.0, 12.0 * (aim - low) / (high - low)) / 12.0
        return np.where(open_, low + (high - low) * np.tanh(above), 0.0)

    least, most = 0.2, 3.0
    for _ in range(30):
        middle = (least + most) / 2
        least, most = (middle, most) if filled(middle).sum() < _PUPILS else (least, middle)
    return filled(least)


def _paths(
    schools: Sequence[School],
    zone: NDArray[np.float64],
    sizes: np.random.Generator,
    moves: np.random.Generator,
) -> dict[int, NDArray[np.int64]]:
    """Walk every cohort through the grades: year -> `[school, grade, sex]`."""
    part = _part_taken(schools)
    last = [_column(code, LAST_YEAR) for code in GRADE_CODES]
    wanted = (part * zone[:, last].sum(axis=2)).sum(axis=1)
    targets = _targets(schools, wanted, sizes)
    scale = np.divide(targets, wanted, out=np.zeros_like(targets), where=wanted > 0)
    years: dict[int, NDArray[np.int64]] = {}
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        now = np.zeros((len(schools), len(GRADE_CODES), 2), np.int64)
        for g, code in enumerate(GRADE_CODES):
            drawn = (scale * part[:, g])[:, None] * zone[:, _column(code, year)]
            fresh = _rounded(drawn, sizes)
            if year == FIRST_YEAR or code in ("k1", "k2", "p1", "m1", "m4"):
                now[:, g] = fresh
            if year > FIRST_YEAR and code not in ("k1", "k2", "m1", "m4"):
                before = years[year - 1][:, g - 1]
                stays = part[:, g - 1] > 0
                now[:, g] = np.where(stays[:, None], _few_moves(before, moves), now[:, g])
        years[year] = _with_emptying(schools, now, year)
    return years


def _column(grade: str, academic_year_be: int) -> int:
    return born_in(grade, academic_year_be) - BORN.start


def _part_taken(schools: Sequence[School]) -> NDArray[np.float64]:
    """Part of a cohort that sits in each grade: `[school, grade]`; 0 where it is not taught."""
    part = np.zeros((len(schools), len(GRADE_CODES)))
    entry = {"m2": "m1", "m3": "m1", "m5": "m4", "m6": "m4"}
    for place, school in enumerate(schools):
        if school.rank == "zero":
            continue
        for g in range(ORDER[school.grades[0]], ORDER[school.grades[1]] + 1):
            code = GRADE_CODES[g]
            part[place, g] = _TAKES_PART.get(entry.get(code, code), 1.0)
    return part


def _rounded(expected: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.int64]:
    """Whole pupils around the expected number, up or down by chance."""
    return np.floor(expected + rng.random(expected.shape)).astype(np.int64)


def _few_moves(pupils: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    """Pupils a year later: per sex at most one in ten, or one, came or left."""
    most = np.maximum(1, pupils // 10)
    came = np.rint(rng.normal(0.0, 0.22 * np.sqrt(np.maximum(pupils, 1)))).astype(np.int64)
    came = np.where(pupils > 0, np.clip(came, -most, most), 0)
    stay: NDArray[np.int64] = np.maximum(pupils + came, 0)
    return stay


def _moved_within_year(pupils: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    """Pupils of a later round of the same year: now and then one came or left."""
    came = rng.choice([-1, 0, 1], size=pupils.shape, p=[0.07, 0.88, 0.05])
    return pupils + np.where(pupils > 1, came, 0)


def _with_emptying(
    schools: Sequence[School], now: NDArray[np.int64], year: int
) -> NDArray[np.int64]:
    """Let the two zero-pupil schools run out: the last three classes go up and nobody follows."""
    p4 = GRADE_CODES.index("p4")
    last = {p4: (2, 1), p4 + 1: (1, 2), p4 + 2: (2, 2)}
    for place, school in enumerate(schools):
        if school.rank == "zero":
            now[place] = 0
            for g, sexes in last.items():
                if g + year - FIRST_YEAR <= p4 + 2:
                    now[place, g + year - FIRST_YEAR] = sexes
    return now
