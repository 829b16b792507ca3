"""Every kind of problem: how much it matters, what it says and what to do, in two languages.

`block`: publishing would lose pupils or state a wrong figure. `warn`: a doubt that the
reader must see. `note`: worth knowing.
"""

from gisapp.core.findings import (
    buildings,
    codes,
    corrections,
    details,
    files,
    grades,
    places,
    population,
    pupils,
    schools,
    service_areas,
    sources,
    staff,
    test_results,
)
from gisapp.core.findings.finding import Finding

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
}

__all__ = ["FINDINGS", "Finding"]
