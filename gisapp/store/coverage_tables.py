"""What officers set about coverage, as pages ask for it: read once for each edit of a table."""

import functools
from collections.abc import Mapping

from gisapp.core.coverage.criteria import CoverageCriteria
from gisapp.core.map_steps import Step
from gisapp.settings import Settings
from gisapp.store.published_views import Stamp, table_stamp
from gisapp.store.tables import read_coverage_criteria, read_coverage_steps


def coverage_criteria(settings: Settings) -> CoverageCriteria:
    """Return official ages, reaches and limits as they stand now.

    Raises:
        TableError: A table cannot be used.
    """
    return _criteria(settings, table_stamp(settings, "ages", "reach", "coverage"))


def coverage_steps(settings: Settings) -> Mapping[str, tuple[Step, ...]]:
    """Return limits -> the classes between them, smallest figures first.

    Raises:
        TableError: The table cannot be used.
    """
    return _steps(settings, table_stamp(settings, "coverage_classes"))


@functools.lru_cache(maxsize=8)
def _criteria(settings: Settings, _as_now: Stamp) -> CoverageCriteria:
    return read_coverage_criteria(settings)


@functools.lru_cache(maxsize=8)
def _steps(settings: Settings, _as_now: Stamp) -> dict[str, tuple[Step, ...]]:
    found: dict[str, tuple[Step, ...]] = {}
    for step in read_coverage_steps(settings):
        found[step.view] = (*found.get(step.view, ()), step)
    return found
