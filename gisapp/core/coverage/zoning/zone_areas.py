"""Areas that zones of a level are made of: which faces each holds, and which schools serve it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.coverage.land.fabric import Fabric

#: Kinds of area that a part of a zone is.
VILLAGE_AREA, SUBDISTRICT_AREA, ANNOUNCED_AREA, NEAREST_AREA = (
    "village",
    "subdistrict",
    "announced",
    "nearest",
)

#: Columns of claims: who serves an area, and how much of it.
CLAIM_COLUMNS = ("area_kind", "area_code", "smis_code", "share", "villages", "announced_be")


@dataclass(frozen=True)
class ServedAreas:
    """Areas of one level, each face in one of them at most.

    Attributes:
        kind, code: Area of each face; "" where nobody serves it.
        claims: Columns `CLAIM_COLUMNS`, a row per area and own school that teaches the level.
            `share` adds up to 1 per area, or to less where others serve the rest; `villages` is
            how many villages of the school's the area holds, NaN where that is not known.
    """

    kind: NDArray[np.object_]
    code: NDArray[np.object_]
    claims: pd.DataFrame

    def above(self, below: "ServedAreas") -> "ServedAreas":
        """Take these areas, and others where these serve nobody."""
        free = self.kind == ""
        return ServedAreas(
            np.where(free, below.kind, self.kind),
            np.where(free, below.code, self.code),
            pd.concat([self.claims, below.claims], ignore_index=True),
        )


def no_areas(faces: int) -> ServedAreas:
    """Return areas that hold no face."""
    blank = np.full(faces, "", dtype=object)
    return ServedAreas(blank, blank, as_claims({}))


def as_claims(columns: dict[str, object]) -> pd.DataFrame:
    """Return claims with every column and its kind."""
    claims = pd.DataFrame(columns, columns=[*CLAIM_COLUMNS])
    kinds: dict[str, type] = dict.fromkeys(("share", "villages", "announced_be"), float)
    return claims.astype({**dict.fromkeys(CLAIM_COLUMNS[:3], object), **kinds})


def of_villages(fabric: Fabric, listed: pd.DataFrame, villages: pd.DataFrame) -> ServedAreas:
    """Give villages to the schools that list them, each its land or its part of a subdistrict.

    A subdistrict where every village has land is served village by village. Where one has none,
    nobody can say whose land is its: all of the subdistrict is shared by number of villages.

    Args:
        fabric: Villages that have land.
        listed: Of one level, own schools that teach it only: `village`, `subdistrict_code`,
            `smis_code`, `share`, `announced_be`.
        villages: Every village that is known: `village`, `subdistrict_code`.
    """
    shared = without_land(fabric, villages)
    by_village = _by_village(fabric, listed[~listed["subdistrict_code"].isin(shared)])
    number = villages["subdistrict_code"].value_counts()
    in_shared = listed[listed["subdistrict_code"].isin(shared)]
    by_number = _by_number(in_shared, number)
    known = set(number.index)
    whole = np.isin(fabric.subdistrict.astype(str), sorted(shared))
    parted = np.isin(fabric.subdistrict.astype(str), sorted(known - shared))
    kind = np.where(whole, SUBDISTRICT_AREA, np.where(parted, VILLAGE_AREA, ""))
    code = np.where(whole, fabric.subdistrict, np.where(parted, fabric.village, ""))
    return ServedAreas(
        kind.astype(object),
        code.astype(object),
        pd.concat([by_village, by_number], ignore_index=True),
    )


def with_land(fabric: Fabric) -> set[str]:
    """Return the villages that some land is nearest to."""
    placed = set(fabric.village) - {""}
    for together in fabric.on_one_point.values():
        if together[0] in placed:
            placed |= set(together)
    return placed


def without_land(fabric: Fabric, villages: pd.DataFrame) -> set[str]:
    """Return the subdistricts of the office that have a village without any land."""
    own = villages["subdistrict_code"].isin(set(fabric.subdistrict) - {""})
    lost = own & ~villages["village"].isin(with_land(fabric))
    return set(villages.loc[lost, "subdistrict_code"])


def _by_village(fabric: Fabric, listed: pd.DataFrame) -> pd.DataFrame:
    """Claims on villages' land; villages on one point have equal parts of one land."""
    bearer: dict[str, str] = {}
    parts: dict[str, int] = {}
    for code, together in fabric.on_one_point.items():
        bearer |= dict.fromkeys(together, code)
        parts[code] = len(together)
    codes = [bearer.get(village, village) for village in listed["village"]]
    area = pd.Series(codes, listed.index, dtype=object)
    share = listed["share"] / [parts.get(code, 1) for code in codes]
    return _summed(VILLAGE_AREA, area, listed, share)


def _by_number(listed: pd.DataFrame, number: "pd.Series[int]") -> pd.DataFrame:
    """Claims on whole subdistricts: every known village is an equal part."""
    area = listed["subdistrict_code"]
    return _summed(SUBDISTRICT_AREA, area, listed, listed["share"] / area.map(number))


def _summed(kind: str, area: pd.Series, listed: pd.DataFrame, share: pd.Series) -> pd.DataFrame:
    rows = listed.assign(area_code=area, share=share)
    sums = rows.groupby(["area_code", "smis_code"], as_index=False, sort=True).agg(
        share=("share", "sum"), villages=("village", "size"), announced_be=("announced_be", "max")
    )
    return as_claims({**{str(name): sums[name] for name in sums}, "area_kind": kind})


def of_schools(kind: str, groups: list[tuple[str, ...]], serving: pd.DataFrame) -> pd.DataFrame:
    """Return claims on areas that groups of schools serve in equal parts.

    Args:
        kind: ANNOUNCED_AREA or NEAREST_AREA.
        groups: Codes of the schools of each area; see `group_code`.
        serving: Own schools that teach the level, index `smis_code`: `announced_be`. Parts of
            others are nobody's.
    """
    rows = [(group_code(group), code, 1 / len(group)) for group in groups for code in group]
    claims = pd.DataFrame(rows, columns=["area_code", "smis_code", "share"])
    claims = claims[claims["smis_code"].isin(serving.index)].reset_index(drop=True)
    return as_claims(
        {
            **{str(name): claims[name] for name in claims},
            "area_kind": kind,
            "villages": np.nan,
            "announced_be": claims["smis_code"].map(serving["announced_be"]),
        }
    )


def group_code(schools: tuple[str, ...]) -> str:
    """Code of an area that belongs to one school, or to several together."""
    return "+".join(schools)
