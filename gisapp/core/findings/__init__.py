"""Every kind of problem: how much it matters, what it says and what to do, in two languages.

`block`: publishing would lose pupils or state a wrong figure. `warn`: a doubt that the
reader must see. `note`: worth knowing.
"""

from gisapp.core.findings import codes, details, files, places, pupils
from gisapp.core.findings.finding import Finding

FINDINGS: dict[str, Finding] = {
    **files.FINDINGS,
    **codes.FINDINGS,
    **pupils.FINDINGS,
    **places.FINDINGS,
    **details.FINDINGS,
}

__all__ = ["FINDINGS", "Finding"]
