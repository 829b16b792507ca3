"""Sums over zones of a raster that is never wholly in memory, here or over the workers of dask."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from gisapp.core.zonal import RunningSums, ZoneSums
from gisapp.core.zonal.rings import rings_of
from gisapp.errors import SchedulerError, ZoneGeometryError
from gisapp.store.raster_rows import RowRaster, read_row_blocks

#: Zones that a worker is handed at once, unless told otherwise.
ZONES_AT_ONCE = 500

#: Seconds to wait for a scheduler.
_PATIENCE_S = 10


def sum_zones(
    raster: RowRaster,
    polygons: NDArray[np.object_],
    *,
    scheduler: str | None = None,
    block_zones: int | None = None,
) -> ZoneSums:
    """Return the sums of a raster over zones; equal to the last bit however the work is shared.

    Args:
        raster: The raster; workers must find it under the same path.
        polygons: [zone] shapely geometry in the raster's CRS.
        scheduler: Address of a dask scheduler, such as ``tcp://10.0.0.5:8786``; None works in
            this process.
        block_zones: Neighbouring zones that are summed at once. None: all of them here, which
            reads each row once; `ZONES_AT_ONCE` over workers.

    Raises:
        SchedulerError: Nobody answers at the address, or dask is not installed.
        UnreadableFileError: The raster ends too early.
        ZoneGeometryError: A polygon crosses or overlaps itself, or has no finite place.
    """
    order = _neighbours_together(polygons)
    size = block_zones or (ZONES_AT_ONCE if scheduler else max(len(order), 1))
    blocks = [order[start : start + size] for start in range(0, len(order), size)]
    total = np.zeros((len(polygons), len(raster.bands)))
    known = np.zeros_like(total)
    whole = replace(raster, path=raster.path.resolve())
    shared = [polygons[block] for block in blocks]
    done = _over_workers(scheduler, whole, shared, blocks) if scheduler else None
    for number, block in enumerate(blocks):
        sums = done[number] if done else _named(whole, shared[number], block)
        total[block], known[block] = sums.total, sums.known
    return ZoneSums(total, known)


def sum_block(
    raster: RowRaster, polygons: NDArray[np.object_], rows: int | None = None
) -> ZoneSums:
    """Return the sums over some zones; reads only the part of the raster around them.

    `rows`: Rows that are read at once; None as many as fit into 32 MB.

    Raises:
        UnreadableFileError: The raster ends too early.
        ZoneGeometryError: A polygon crosses or overlaps itself, or has no finite place.
    """
    rings = rings_of(polygons, raster.grid)
    sums = RunningSums(rings, len(raster.bands))
    for row, values in read_row_blocks(raster, rings.around, rows):
        sums.add(values, row, rings.around[2])
    return sums.result()


def _named(raster: RowRaster, polygons: NDArray[np.object_], zones: NDArray[np.intp]) -> ZoneSums:
    """Sum over a block; an error names zones by their numbers among all, which are `zones`."""
    try:
        return sum_block(raster, polygons)
    except ZoneGeometryError as error:
        raise ZoneGeometryError(zones[list(error.zones)]) from None


def _over_workers(
    address: str,
    raster: RowRaster,
    shared: list[NDArray[np.object_]],
    blocks: list[NDArray[np.intp]],
) -> list[ZoneSums]:
    """Hand each block to a worker, and return the sums in the order of the blocks."""
    try:
        # Optional and heavy: only who spreads the work over machines installs it.
        from distributed import Client
    except ImportError as error:
        raise SchedulerError(
            "ยังไม่ได้ติดตั้ง dask ให้ติดตั้ง gisapp[large] หรือไม่ระบุ --scheduler",
            "dask is not installed: install gisapp[large], or leave --scheduler out",
        ) from error
    try:
        # dask says no types.
        client = Client(address, timeout=_PATIENCE_S, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise SchedulerError(
            f"ไม่มีตัวจัดคิวงาน dask ตอบที่ {address}",
            f"no dask scheduler answers at {address}; expected for example tcp://10.0.0.5:8786",
        ) from error
    with client:
        futures = [
            client.submit(_named, raster, polygons, block, pure=False)
            for polygons, block in zip(shared, blocks, strict=True)
        ]
        sums: list[ZoneSums] = client.gather(futures)  # type: ignore[no-untyped-call]
    return sums


def _neighbours_together(polygons: NDArray[np.object_]) -> NDArray[np.intp]:
    """Return the numbers of the zones so that those side by side on the land are so in the list."""
    drawn = np.flatnonzero(~(shapely.is_missing(polygons) | shapely.is_empty(polygons)))
    along = np.zeros(len(polygons), dtype=np.int64)
    bounds = shapely.bounds(polygons[drawn])
    # Where there is no finite place the sums say so; the order is no matter then.
    if len(drawn) and np.isfinite(bounds).all():
        along[drawn] = gpd.GeoSeries(polygons[drawn]).hilbert_distance()
    return np.argsort(along, kind="stable")
