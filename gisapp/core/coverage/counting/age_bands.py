"""Bands of ages -> single ages: what is single stays, what is wider is split within its sum."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from gisapp.core.coverage.counting.sprague import BAND_YEARS, LEAST_BANDS, sprague_matrix

#: Ways in which bands were split; "" where every age was counted singly.
SPRAGUE, MONOTONE = "sprague", "monotone"

MALE, FEMALE, PERSONS = 0, 1, 2

#: No band reaches beyond this age.
_OLDEST = 200

#: Bands that end before this age leave somebody out.
_WHOLE_TO = 99

#: Sexes that add up to the persons within this are the same people.
_EQUAL = 1e-6


@dataclass(frozen=True)
class SingleAges:
    """People by single age.

    Attributes:
        counts: float64 [area, age 0.., sex MALE, FEMALE, PERSONS]; NaN unknown.
        counted: float64 [area, sex]: everybody whom the bands count, each once.
        upto: float64 [area]: the last age that they count, inf where open-ended; NaN where they
            do not begin at birth or leave a gap.
        split: Of each area `SPRAGUE`, also where the curve splits what lies beyond the five-year
            bands; `MONOTONE`; or "".
        overlaps: Of each area whether bands overlap without the one being part of the other.
    """

    counts: NDArray[np.float64]
    counted: NDArray[np.float64]
    upto: NDArray[np.float64]
    split: NDArray[np.object_]
    overlaps: NDArray[np.bool_]

    @property
    def whole(self) -> NDArray[np.float64]:
        """Everybody, [area, sex]; NaN where the bands do not reach from birth to the oldest."""
        return np.where(self.upto[:, None] >= _WHOLE_TO, self.counted, np.nan)


def single_ages(
    first: NDArray[np.float64],
    last: NDArray[np.float64],
    counts: NDArray[np.float64],
    ages: int,
) -> SingleAges:
    """Split bands of ages.

    The unbroken run of five-year bands from birth on, five of them or more, is split by Sprague
    multipliers, as UNESCO-IIEP does. Where these give an age a negative number, as they can in
    small areas, and where bands are of other widths, a monotone curve through the cumulated
    counts is differenced instead: it keeps each band's sum and is nowhere negative. An open last
    band is not split. A band that wider or narrower bands repeat counts once, by the narrower
    ones.

    Args:
        first, last: Of each band, both included; `last` is inf where open-ended.
        counts: [area, band, sex MALE, FEMALE, PERSONS]; NaN where the area has no such band or
            the sex is unknown.
        ages: How many single ages are wanted, from 0.

    Source: monotone cubic after F. N. Fritsch and R. E. Carlson (1980), SIAM Journal on
    Numerical Analysis 17, 238; Sprague: see `sprague`.
    """
    areas = len(counts)
    made = SingleAges(
        np.full((areas, ages, 3), np.nan),
        np.full((areas, 3), np.nan),
        np.full(areas, np.nan),
        np.full(areas, "", dtype=object),
        np.zeros(areas, dtype=bool),
    )
    stated = np.isfinite(counts[:, :, PERSONS])
    patterns, which = np.unique(stated, axis=0, return_inverse=True)
    for number, pattern in enumerate(patterns):
        here = np.flatnonzero(which.ravel() == number)
        kept, made.overlaps[here] = _narrowest(first, last, np.flatnonzero(pattern))
        if not len(kept):
            continue
        begin, end, people = first[kept], last[kept], counts[here][:, kept]
        made.counted[here], made.upto[here] = people.sum(axis=1), _upto(begin, end)
        made.counts[here], made.split[here] = _split(begin, end, people, ages)
    return made


def _narrowest(
    first: NDArray[np.float64], last: NDArray[np.float64], present: NDArray[np.int64]
) -> tuple[NDArray[np.int64], bool]:
    """Bands in order of age that do not overlap, narrow ones first; whether others cut them."""
    taken, kept, cut = np.zeros(_OLDEST + 1, dtype=bool), [], False
    # Of two open bands the one that begins later is the narrower.
    order = sorted(present, key=lambda band: (last[band] - first[band], -first[band]))
    for band in order:
        span = taken[int(first[band]) : int(min(last[band], _OLDEST)) + 1]
        if not span.any():
            span[:] = True
            kept.append(band)
        elif not span.all():
            cut = cut or bool(np.isfinite(last[band]))
    return np.array(sorted(kept, key=lambda band: first[band]), dtype=np.int64), cut


def _upto(first: NDArray[np.float64], last: NDArray[np.float64]) -> float:
    """Last age that the bands count; NaN where they leave a gap from birth on."""
    unbroken = first[0] == 0 and (first[1:] == last[:-1] + 1).all()
    return float(last[-1]) if unbroken else np.nan


def _split(
    first: NDArray[np.float64], last: NDArray[np.float64], people: NDArray[np.float64], ages: int
) -> tuple[NDArray[np.float64], NDArray[np.object_]]:
    """Single ages of areas that have the same bands, none of which overlap."""
    areas = len(people)
    single = np.full((areas, ages, 3), np.nan)
    how = np.full(areas, "", dtype=object)
    closed = np.isfinite(last)
    first, last, people = first[closed], last[closed], people[:, closed]
    wide = (last > first) & (first < ages)
    if not wide.any():
        counted = first < ages
        single[:, first[counted].astype(int)] = people[:, counted]
        return single, how
    made = _by_sprague(first, last, people)
    upto = min(made.shape[1], ages)
    # NaN sexes compare false and stay unknown.
    negative = (made[:, :upto] < 0).any(axis=(1, 2))
    curved = negative | bool(((first >= upto) & (first < ages)).any())
    single[curved] = _monotone(first, last, people[curved], ages)
    single[~negative, :upto] = made[~negative, :upto]
    how[:] = SPRAGUE if upto else MONOTONE
    how[negative] = MONOTONE
    return single, how


def _by_sprague(
    first: NDArray[np.float64], last: NDArray[np.float64], people: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Single ages of the unbroken run of five-year bands from birth; none where it is short.

    Bands that fill five years together, such as 0 and 1-4, are joined before they are split, and
    keep their own sums.

    Returns:
        float64 [area, age of the run, sex]; negative where the multipliers give less than nobody.
    """
    of_band = (first // BAND_YEARS).astype(int)
    within = np.where(last // BAND_YEARS == of_band, last - first + 1, 0)
    full = np.append(np.bincount(of_band, within) == BAND_YEARS, False)
    bands = int(np.argmin(full))
    if bands < LEAST_BANDS:
        return np.zeros((len(people), 0, 3))
    run = np.flatnonzero(of_band < bands)
    starts = np.flatnonzero(np.diff(of_band[run], prepend=-1))
    joined = np.add.reduceat(people[:, run], starts, axis=1)
    made: NDArray[np.float64] = np.einsum("ab,nbs->nas", sprague_matrix(bands), joined)
    parts = [int(band) for band in run if within[band] < BAND_YEARS]
    for band in parts:
        span, own = slice(int(first[band]), int(last[band]) + 1), people[:, [band]]
        share = made[:, span]
        total = share.sum(axis=1, keepdims=True)
        # Where the multipliers leave nobody to part a band by, -1 says that they fail.
        failed = np.where(own > 0, -1.0, own * np.ones_like(share))
        parted = np.divide(share * own, total, out=failed, where=total > 0)
        made[:, span] = own if first[band] == last[band] else parted
    if parts:
        _add_up_sexes(made, people)
    return made


def _monotone(
    first: NDArray[np.float64], last: NDArray[np.float64], people: NDArray[np.float64], ages: int
) -> NDArray[np.float64]:
    """Single ages by a monotone curve through the cumulated counts of each run of bands."""
    single = np.full((len(people), ages, 3), np.nan)
    breaks = np.flatnonzero(first[1:] != last[:-1] + 1) + 1
    for run in np.split(np.arange(len(first)), breaks):
        knots = np.append(first[run], last[run[-1]] + 1)
        begin, end = int(knots[0]), int(knots[-1])
        for sex in (MALE, FEMALE, PERSONS):
            known = np.flatnonzero(np.isfinite(people[:, run, sex]).all(axis=1))
            bands = people[known][:, run, sex]
            cumulated = np.pad(bands.cumsum(axis=1), ((0, 0), (1, 0)))
            curve = PchipInterpolator(knots, cumulated, axis=1)(np.arange(begin, end + 1))
            made = _within_sums(np.diff(curve, axis=1), bands, np.diff(knots).astype(int))
            upto = max(min(end, ages) - begin, 0)
            single[known, begin : begin + upto, sex] = made[:, :upto]
    _add_up_sexes(single, people)
    return single


def _add_up_sexes(single: NDArray[np.float64], people: NDArray[np.float64]) -> None:
    """Make persons both sexes again where the bands' persons are: curves do not add up."""
    same = (
        np.abs(people[:, :, MALE] + people[:, :, FEMALE] - people[:, :, PERSONS]) <= _EQUAL
    ).all(axis=1)
    single[same, :, PERSONS] = single[same, :, MALE] + single[same, :, FEMALE]


def _within_sums(
    made: NDArray[np.float64], bands: NDArray[np.float64], widths: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Take the last rounding off, so that the ages of each band add up to it."""
    made = np.maximum(made, 0)
    sums = np.add.reduceat(made, np.cumsum(widths) - widths, axis=1)
    factor = np.divide(bands, sums, out=np.zeros_like(bands), where=sums > 0)
    split: NDArray[np.float64] = made * np.repeat(factor, widths, axis=1)
    return split
