"""Registered people of every village by single age, and the municipalities among them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gisapp.sample.schools.cohorts import BORN
from gisapp.sample.schools.municipalities import municipalities
from gisapp.sample.world.make import World

#: Single ages 0..100; the register adds seven more pairs (over 100 and special registers).
AGES, EXTRA_PAIRS = 101, 7
#: Ages that the village table shows, one row each.
VILLAGE_AGES = range(18)

_STAGE_ADULTS, _STAGE_EXTRA = 401, 402


@dataclass(frozen=True)
class Population:
    """People on 31 December of one year.

    Attributes:
        year_be: The year that ended.
        people: int `[village, age 0..100, sex]`, sex 0 is male.
        extra: int `[village, pair, sex]`: the register's seven pairs after age 100.
        municipality: Name for villages in a municipality, "" for others, by village row.
    """

    year_be: int
    people: NDArray[np.int64]
    extra: NDArray[np.int64]
    municipality: tuple[str, ...]


def register_people(
    world: World, children: NDArray[np.int64], year_be: int, seed: int
) -> Population:
    """Count the people of 31 December of a year.

    Children are the village's cohorts, a year older every year; adults fill up to the number
    of people that the world has in each village.
    """
    villages = len(world.villages)
    people = np.zeros((villages, AGES, 2), np.int64)
    for column, born in enumerate(BORN):
        age = year_be - born
        if 0 <= age <= VILLAGE_AGES.stop - 1:
            people[:, age] = children[:, column]
    adults = np.arange(VILLAGE_AGES.stop, AGES)
    weight = _age_pyramid(adults)
    left = np.maximum(world.villages["people"].to_numpy(np.int64) - people.sum(axis=(1, 2)), 0)
    rng = np.random.default_rng([seed, _STAGE_ADULTS])
    drawn = rng.multinomial(left, weight / weight.sum()).reshape(villages, len(adults), 2)
    people[:, VILLAGE_AGES.stop :] = drawn
    rare = np.random.default_rng([seed, _STAGE_EXTRA, year_be])
    per_thousand = np.array([0.1, 0.05, 0.0, 1.2, 0.4, 0.0, 0.3])
    expected = (
        per_thousand[None, :, None] * world.villages["people"].to_numpy(float)[:, None, None] / 2000
    )
    extra = rare.poisson(np.repeat(expected, 2, axis=2))
    return Population(year_be, people, extra.astype(np.int64), municipalities(world))


def _age_pyramid(ages: NDArray[np.int64]) -> NDArray[np.float64]:
    """Weight of each adult age and sex, flattened `[age, sex]`: full to 55, then thinning."""
    thin = 1 / (1 + np.exp((ages - 70) / 7.5))
    men = thin * (1.0 - 0.003 * np.maximum(ages - 40, 0))
    return np.column_stack([men, thin]).ravel()
