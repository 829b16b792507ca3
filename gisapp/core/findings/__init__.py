"""Every kind of problem: how much it matters, what it says and what to do, in two languages.

`block`: publishing would lose pupils or state a wrong figure. `warn`: a doubt that the
reader must see. `note`: worth knowing.
"""

from gisapp.core.findings import (
    buildings,
    children,
    codes,
    corrections,
    details,
    files,
    given_layers,
    grades,
    people_raster,
    places,
    population,
    pupils,
    schools,
    service_areas,
    sources,
    staff,
    test_results,
    zones,
)
from gisapp.core.findings.finding import Finding

#: What is found when coverage is worked out, not when the sheets are checked.
COVERAGE_FINDINGS: dict[str, Finding] = {
    **children.FINDINGS,
    **people_raster.FINDINGS,
    **zones.FINDINGS,
}

FINDINGS: dict[str, Finding] = {
    **files.FINDINGS,
    **codes.FINDINGS,
    **corrections.FINDINGS,
    **pupils.FINDINGS,
    **places.FINDINGS,
    **details.FINDINGS,
    **schools.FINDINGS,
    **buildings.FINDINGS,
    **staff.FINDINGS,
    **grades.FINDINGS,
    **sources.FINDINGS,
    **test_results.FINDINGS,
    **population.FINDINGS,
    **service_areas.FINDINGS,
    **given_layers.FINDINGS,
    **COVERAGE_FINDINGS,
}

__all__ = ["COVERAGE_FINDINGS", "FINDINGS", "Finding"]
