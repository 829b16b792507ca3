"""Sums over the rows of a published round that no page reads one by one."""

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gisapp.store.published import Columns, LayerFile, columns_of, connection

#: What a reader must be allowed to see before anything is added up.
_NEEDED = {"smis_code", "grade", "students"}

_FIGURES = ("male", "female", "students", "class_groups")


@dataclass(frozen=True)
class GradeSum:
    """One grade of many schools; None where no school states the figure."""

    grade: str
    male: int | None
    female: int | None
    students: int | None
    class_groups: int | None


@functools.lru_cache(maxsize=64)
def read_grade_sums(
    file: LayerFile, codes: tuple[str, ...] | None = None, allowed: Columns = None
) -> tuple[GradeSum, ...]:
    """Return pupils and class groups by grade, in no order; empty without the layer.

    Args:
        file: The round.
        codes: Schools to add up; None is all of them.
        allowed: Columns of `enrolment_by_grade` that the reader may see.
    """
    present = {name for name, _kind in columns_of(file, "enrolment_by_grade")}
    shown = present if allowed is None else present & allowed
    if not shown >= _NEEDED:
        return ()
    sums = ", ".join(f'sum("{name}")' if name in shown else "NULL" for name in _FIGURES)
    # Names come from this module, never from a request; the codes travel as one text.
    where = "" if codes is None else ' WHERE "smis_code" IN (SELECT value FROM json_each(?))'
    question = f'SELECT "grade", {sums} FROM "enrolment_by_grade"{where} GROUP BY "grade"'  # noqa: S608
    with connection(file) as opened:
        rows = opened.execute(question, () if codes is None else (json.dumps(codes),)).fetchall()
    return tuple(
        GradeSum(grade, *(None if value is None else int(value) for value in values))
        for grade, *values in rows
    )


def read_columns(
    file: LayerFile, layer: str, names: Sequence[str], allowed: Columns = None
) -> dict[str, tuple[Any, ...]]:
    """Return columns of a layer, row by row in no order.

    What the layer lacks, or the reader may not see, is None throughout.
    """
    present = {name for name, _kind in columns_of(file, layer)}
    if not present:
        return dict.fromkeys(names, ())
    shown = present if allowed is None else present & allowed
    asked = ", ".join(f'"{name}"' if name in shown else "NULL" for name in names)
    with connection(file) as opened:
        rows = opened.execute(f'SELECT {asked} FROM "{layer}"').fetchall()  # noqa: S608 - our names
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return dict(zip(names, columns, strict=True))
