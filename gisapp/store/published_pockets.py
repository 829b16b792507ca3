"""Pockets of children out of reach as a round has published them, as far as a reader may see."""

import functools
from dataclasses import dataclass

from gisapp.core.coverage.criteria import STRAIGHT_KM
from gisapp.store.published import LayerFile, columns_of, connection


@dataclass(frozen=True)
class Pocket:
    """Children who live side by side out of reach.

    Attributes:
        number: From 1, most children first.
        children: How many; None where the reader may see only `rounded`.
        rounded: How many, rounded; None where they are too few to be told to everybody.
        villages: Their names with commas between.
        subdistricts: In how many they live; None where the round does not say.
    """

    number: int
    children: float | None
    rounded: int | None
    subdistrict_code: str | None = None
    subdistrict_th: str | None = None
    nearest_smis_code: str | None = None
    nearest_school_th: str | None = None
    nearest_km: float | None = None
    villages: str | None = None
    subdistricts: int | None = None


@functools.lru_cache(maxsize=256)
def read_pockets(
    file: LayerFile, level: str, affiliations: str, reach: float, *, exact: bool
) -> tuple[Pocket, ...]:
    """Return the pockets of one question, most children first; empty without the layer.

    Args:
        file: The round.
        level: Education level.
        affiliations: Which schools count.
        reach: Kilometres.
        exact: Whether the reader may see every pocket and how many children it has. Everybody else
            sees the larger ones only, and a rounded number: fewer children could be known by name.
    """
    known = {name for name, _kind in columns_of(file, "uncovered_pockets")}
    if not known:
        return ()
    # A round of an older version does not say in how many.
    spans = "subdistricts" if "subdistricts" in known else "NULL"
    children, only = ("children", "") if exact else ("NULL", " AND children_rounded IS NOT NULL")
    question = (
        f"SELECT pocket_no, {children}, children_rounded, subdistrict_code, subdistrict_th,"  # noqa: S608
        f" nearest_smis_code, nearest_school_th, nearest_km, villages, {spans}"
        " FROM uncovered_pockets"
        " WHERE education_level = ? AND reach_kind = ? AND affiliations = ? AND reach_value = ?"
        f"{only} ORDER BY pocket_no"
    )
    with connection(file) as opened:
        rows = opened.execute(question, (level, STRAIGHT_KM, affiliations, reach)).fetchall()
    return tuple(Pocket(*row) for row in rows)
