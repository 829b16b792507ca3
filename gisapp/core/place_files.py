"""One word about a whole file where all its schools have the same unusual coordinates."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.coordinates import Mask
from gisapp.core.ground import IN_SUBDISTRICT, Places, Standing
from gisapp.core.located import Located
from gisapp.core.problems import Problem
from gisapp.core.tables import FormTable

#: Kind of a school's problem -> the kind that says it of the whole file.
_OF_FILE = {
    "utm_coordinates": "file_of_utm_coordinates",
    "swapped_coordinates": "file_of_swapped_coordinates",
    "lost_decimal_point": "file_of_lost_points",
    "wrong_sign": "file_of_wrong_signs",
    "comma_coordinates": "file_of_decimal_commas",
    "coordinates_in_one_cell": "file_of_one_cell_coordinates",
    "dms_coordinates": "file_of_dms_coordinates",
}
#: Two schools may err alike; a file is spoken of from three, when nine of ten are alike.
_LEAST_ROWS, _LEAST_SHARE = 3, 0.9


@dataclass(frozen=True)
class WholeFile:
    """A file whose coordinates are nearly all of one unusual kind.

    Attributes:
        kind: What each of its schools is told.
        table: Place of its sheet.
        rows: The schools that are of this kind.
        given: How many of the file's schools have coordinates.
    """

    kind: str
    table: int
    rows: Places
    given: int


def whole_files(tables: NDArray[np.object_], located: Located) -> list[WholeFile]:
    """Find the files of which one word can be said.

    The problems of their schools stay, so that each can be accepted, or all of that kind in
    one file at once; only notes are left out (`said_of_file`): their points are in use.
    """
    kinds = np.where(
        located.plain, np.where(converted(located), "dms_coordinates", ""), located.kind
    )
    schools = pd.DataFrame({"table": tables, "kind": kinds})
    given = schools["table"][~located.written.blank].value_counts()
    groups = schools[schools["kind"].isin(list(_OF_FILE))].groupby(["table", "kind"]).groups
    return [
        WholeFile(str(kind), int(table), rows.to_numpy(), int(given[table]))
        for (table, kind), rows in groups.items()
        if len(rows) >= max(_LEAST_ROWS, _LEAST_SHARE * given[table])
    ]


def converted(located: Located) -> Mask:
    """Tell which points are in use although they were written in minutes and seconds."""
    used: Mask = located.plain & ~located.accepted & (located.written.form == "dms")
    return used


def said_of_file(files: Sequence[WholeFile], located: Located) -> Mask:
    """Tell which schools need no note of their own, since it is said of their whole file."""
    said = np.zeros(len(located.plain), dtype=bool)
    for whole in files:
        said[whole.rows] = located.plain[whole.rows]
    return said


def file_problems(
    files: Sequence[WholeFile], tables: Sequence[FormTable], located: Located, standing: Standing
) -> list[Problem]:
    """Say of each file how many schools it concerns, and how many the reading brings home.

    Args:
        files: From `whole_files`.
        tables: Sheets of the register.
        located: The coordinates.
        standing: How the likely readings lie.
    """
    return [_of_file(whole, tables[whole.table], located, standing) for whole in files]


def _of_file(whole: WholeFile, table: FormTable, located: Located, standing: Standing) -> Problem:
    kind, rows, likely = whole.kind, whole.rows, located.likely
    lies = located.standing if kind == "dms_coordinates" else standing
    facts: dict[str, object] = {
        "rows": f"{len(rows):,}",
        "of": f"{whole.given:,}",
        "in_subdistrict": f"{int((lies.to_subdistrict[rows] == 0).sum()):,}",
        "in_district": f"{int((lies.to_district[rows] == 0).sum()):,}",
    }
    if kind == "utm_coordinates":
        zones, counts = np.unique(likely.zone[rows], return_counts=True)
        other = "WGS 84" if likely.datum[rows[0]] != "WGS 84" else "Indian 1975"
        tried = np.isfinite(likely.other_lon[rows])
        inside = int((likely.other_rank[rows][tried] == IN_SUBDISTRICT).sum())
        facts |= {"zone": int(zones[counts.argmax()]), "datum": likely.datum[rows[0]]}
        facts["other_th"] = f" (ถ้าเป็น {other} {inside:,} แห่ง)" if tried.any() else ""
        facts["other_en"] = f" ({inside:,} on {other})" if tried.any() else ""
    return Problem(
        _OF_FILE[kind],
        file=table.sheet.file,
        sheet=table.sheet.name,
        key="coordinates",
        facts=facts,
    )
