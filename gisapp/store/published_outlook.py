"""Expected pupils as a round has published them."""

import functools
from dataclasses import dataclass, fields

from gisapp.core.grades import ORDER
from gisapp.store.published import Columns, LayerFile, columns_of, connection


@dataclass(frozen=True)
class Expected:
    """Pupils expected in a grade and year; None is unknown, and `outlook_method` says why.

    Attributes:
        zone_children: Children of that cohort in the zone.
        expected_low, expected_high: The range of past errors.
    """

    grade: str
    target_year_be: int
    zone_children: float | None
    expected: float | None
    expected_low: float | None
    expected_high: float | None
    outlook_method: str | None


@functools.lru_cache(maxsize=1024)
def read_outlook(
    file: LayerFile, smis_code: str | None, allowed: Columns = None
) -> tuple[Expected, ...]:
    """Return the pupils expected at a school, or at the whole office where None, by grade and year.

    Empty without the layer, or where the reader may not see all of it.
    """
    names = [field.name for field in fields(Expected)]
    present = {name for name, _kind in columns_of(file, "outlook")}
    if not {"smis_code", *names} <= (present if allowed is None else present & allowed):
        return ()
    # Names are the dataclass's own, never a request's.
    question = f"SELECT {', '.join(names)} FROM outlook WHERE smis_code IS ?"  # noqa: S608
    with connection(file) as opened:
        rows = opened.execute(question, (smis_code,)).fetchall()
    found = (Expected(*row) for row in rows)
    return tuple(
        sorted(found, key=lambda row: (ORDER.get(row.grade, len(ORDER)), row.target_year_be))
    )
