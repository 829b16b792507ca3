"""Fictional relief: ranges and basins raised by uplift and cut by rivers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage as ndi

from gisapp.sample.world.flow import drained

Heights = NDArray[np.float64]

#: Lowest and highest ground of the sample, metres; both occur.
LOWEST_M, HIGHEST_M = 30.0, 2500.0
#: Cell sides on which the relief grows, coarse to fine, metres.
CELLS_M = (1200, 600, 300, 150)
#: Rounds of erosion on each of them: coarse cells find the valleys, fine ones only sharpen.
ROUNDS = (130, 36, 10, 4)
#: Cells of 1,200 m, (rows, columns), with a rim that is cut off: rivers run along closed edges.
SHAPE = (114, 124)
RIM = 7


@dataclass(frozen=True)
class Relief:
    """Ground before any lake is dammed.

    Attributes:
        z: Metres, [row, column], rim included; nowhere below its way out.
        outlet: True where rivers leave, same shape.
        cell_m: Side of a cell.
        rim: Rows and columns on each side that are not shown.
    """

    z: Heights
    outlet: NDArray[np.bool_]
    cell_m: float
    rim: int


def make_relief(seed: int) -> Relief:
    """Grow ranges that strike NNW-SSE, basins between them, valleys in them."""
    rng = np.random.default_rng((seed, 1))
    uplift = _uplift(rng)
    z = 300 * uplift + 40 * noise(rng, SHAPE, 2.0)
    outlet = _outlets(uplift)
    z[outlet] = z.min() - 100
    for cell_m, rounds in zip(CELLS_M, ROUNDS, strict=True):
        if cell_m != CELLS_M[0]:
            z, outlet, uplift = _finer(z), _finer_outlets(outlet), _finer(uplift)
            z = _bent(z, outlet, cell_m, rng)
            z += (cell_m / 60) * noise(rng, z.shape, 1.8)
        rock = np.exp(0.30 * noise(rng, z.shape, 1.6))
        z = _eroded(z, uplift, outlet, rock, cell_m, rounds, rng)
        if cell_m == 300:
            z = _scaled(z, RIM * 4)
            z = _with_plains(z, outlet, cell_m)
    rim = RIM * CELLS_M[0] // CELLS_M[-1]
    flow = drained(z, outlet)
    z = _scaled(flow.carved(z.ravel()).reshape(z.shape), rim)
    return Relief(z, outlet, CELLS_M[-1], rim)


def noise(rng: np.random.Generator, shape: tuple[int, int], beta: float) -> Heights:
    """Return noise of mean 0 and deviation 1 whose power falls with frequency to -beta."""
    spectrum = np.fft.rfft2(rng.standard_normal(shape))
    down = np.fft.fftfreq(shape[0])[:, None]
    right = np.fft.rfftfreq(shape[1])[None, :]
    frequency = np.hypot(down, right)
    frequency[0, 0] = 1
    spectrum *= frequency ** (-beta / 2)
    spectrum[0, 0] = 0
    waves = np.fft.irfft2(spectrum, s=shape)
    return np.asarray(waves / waves.std())


def _uplift(rng: np.random.Generator) -> Heights:
    """Return how fast the ground rises, 0 to about 1.3: ranges with basins in between."""
    rows, columns = SHAPE
    down, right = np.mgrid[0:rows, 0:columns] / columns
    across = right * 0.94 - (down - 0.46) * 0.30 + 0.045 * noise(rng, SHAPE, 3.2)
    ranges = 0.5 + 0.5 * np.cos(2 * np.pi * (across - 0.44) * 2.15)
    patches = np.clip(0.5 + 0.42 * noise(rng, SHAPE, 2.4), 0, 1.3)
    uplift = 0.04 + (0.14 + 0.86 * ranges**1.1) * (0.25 + 0.95 * patches)
    return np.asarray(ndi.gaussian_filter(uplift, 1.2))


def _outlets(uplift: Heights) -> NDArray[np.bool_]:
    """Open the southern edge in each basin, nothing else."""
    outlet = np.zeros(uplift.shape, dtype=bool)
    south = ndi.gaussian_filter1d(uplift[-1], 4)
    outlet[-1, 1:-1] = (south[1:-1] < south[:-2]) & (south[1:-1] < south[2:])
    outlet[-1, south.argmin()] = True
    return outlet


def _eroded(
    z: Heights,
    uplift: Heights,
    outlet: NDArray[np.bool_],
    rock: Heights,
    cell_m: float,
    rounds: int,
    rng: np.random.Generator,
) -> Heights:
    """Raise by uplift and cut by stream power, implicitly from the outlet up.

    `rock` is how easily the ground is cut, about 1. A little roughness each round keeps valleys
    from following the eight directions of the grid.

    Source: Braun & Willett (2013), Geomorphology 180-181, 170-179 (implicit scheme); m = 0.47.
    """
    ground = z
    area = np.full(z.size, cell_m**2)
    rough = cell_m / 130 * (cell_m > 200)
    for _ in range(rounds):
        flow = drained(ground + rough * rng.standard_normal(z.shape), outlet)
        # Uplift of a round counts in metres; finer cells take shorter rounds.
        raised = (ground + np.where(outlet, 0, uplift * 40)).ravel()
        power = 0.26 * rock.ravel() * flow.gathered(area) ** 0.47 / (flow.step * cell_m)
        for cells in flow.levels[1:]:
            below = raised[flow.receiver[cells]]
            cut = (raised[cells] + power[cells] * below) / (1 + power[cells])
            raised[cells] = np.minimum(raised[cells], cut)
        ground = raised.reshape(z.shape)
        ground = ground + np.where(outlet, 0, 0.04 * ndi.laplace(ground, mode="nearest"))
    return ground


def _with_plains(z: Heights, outlet: NDArray[np.bool_], cell_m: float) -> Heights:
    """Fill the floors of large valleys: low ground near large rivers sinks towards their level."""
    flow = drained(z, outlet)
    low = flow.carved(z.ravel()).reshape(z.shape)
    gathered = flow.gathered(np.full(z.size, cell_m**2)).reshape(z.shape)
    distance, (row, column) = ndi.distance_transform_edt(
        gathered < 60e6, sampling=cell_m, return_indices=True
    )
    level = ndi.gaussian_filter(low[row, column], 1500 / cell_m)
    width = 900 + 2600 * np.clip(gathered[row, column] / 1.5e9, 0, 1) ** 0.5
    width = ndi.gaussian_filter(width, 1500 / cell_m)
    height = np.maximum(z - level, 0)
    flat = 0.88 * np.exp(-((height / 70) ** 2)) * np.exp(-((distance / width) ** 4))
    return np.asarray(np.where(z > level, level + height * (1 - flat), z))


def _bent(
    z: Heights, outlet: NDArray[np.bool_], cell_m: float, rng: np.random.Generator
) -> Heights:
    """Shift the ground sideways by up to a kilometre, so that no valley stays ruler-straight."""
    down, right = np.mgrid[0 : z.shape[0], 0 : z.shape[1]].astype(np.float64)
    waves = 4500 / cell_m  # nothing longer: the ranges stay where they are
    shifts = []
    for _ in range(2):
        shift = noise(rng, z.shape, 2.0)
        shift = ndi.gaussian_filter(shift, waves / 9) - ndi.gaussian_filter(shift, waves)
        shifts.append(shift / shift.std() * 330 / cell_m)
    bent = ndi.map_coordinates(z, [down + shifts[0], right + shifts[1]], order=1, mode="nearest")
    return np.asarray(np.where(outlet, z, bent))


def _finer(values: Heights) -> Heights:
    return np.asarray(ndi.zoom(values, 2, order=3, mode="nearest", grid_mode=True))


def _finer_outlets(outlet: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Keep one open cell per outlet on the southern edge of the finer grid."""
    finer = np.zeros((outlet.shape[0] * 2, outlet.shape[1] * 2), dtype=bool)
    finer[-1, np.flatnonzero(outlet[-1]) * 2] = True
    return finer


def _scaled(z: Heights, rim: int) -> Heights:
    """Stretch heights so that what is shown runs from LOWEST_M to HIGHEST_M exactly."""
    shown = z[rim:-rim, rim:-rim]
    unit = (z - shown.min()) / (shown.max() - shown.min())
    return np.asarray(LOWEST_M + unit * (HIGHEST_M - LOWEST_M))
