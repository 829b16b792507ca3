"""Which of the office's population files counts where: no child is counted in two areas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.coverage.counting.age_bands import PERSONS
from gisapp.core.coverage.counting.age_structure import Estimates
from gisapp.core.coverage.counting.registers import AGES, Registers, rows_of

#: Kinds of area that people are counted in.
VILLAGE, SUBDISTRICT, OWN_AREA = "village", "subdistrict", "area"

#: Kind of an area that is none of the office's own parts: the country, a province, a district.
LARGER = "larger"

#: Where the children of an age of a subdistrict come from; 0 is nowhere.
UNKNOWN, VILLAGES, REGISTER, ESTIMATE, SOME_VILLAGES = range(5)


@dataclass(frozen=True)
class OfficeAreas:
    """The areas that the office's children may be counted in.

    Attributes:
        subdistricts: Codes, sorted.
        village, row_of_village: Codes of the villages that the office knows, sorted, and the row
            in `subdistricts` of each.
        own: Codes of the areas of the layer `population_areas`.
    """

    subdistricts: NDArray[np.object_]
    village: NDArray[np.object_]
    row_of_village: NDArray[np.int64]
    own: frozenset[str]

    @classmethod
    def of(
        cls,
        subdistrict_of_village: Mapping[str, str],
        subdistrict_codes: Sequence[str],
        population_area_codes: Sequence[str],
    ) -> "OfficeAreas":
        """Take them from the published layers; villages of other subdistricts are left out.

        An office without subdistricts is where its villages are.
        """
        codes = {code for code in subdistrict_codes if code}
        codes = codes or {code for code in subdistrict_of_village.values() if code}
        subdistricts = np.array(sorted(codes), dtype=object)
        pairs = sorted((code, to) for code, to in subdistrict_of_village.items() if to in codes)
        village = np.array([code for code, _ in pairs], dtype=object)
        rows = rows_of(subdistricts, np.array([to for _, to in pairs], dtype=object))
        own = frozenset(code for code in population_area_codes if code)
        return cls(subdistricts, village, rows, own)

    def kinds(self, rows: pd.DataFrame) -> pd.Series:
        """Kind of each row's area; `LARGER` where it is no part of the office, "" without a code.

        A village that the office's list lacks is one of its own where its code begins with the
        code of one of the subdistricts.
        """
        known = dict.fromkeys(self.village, VILLAGE)
        known |= dict.fromkeys(self.subdistricts, SUBDISTRICT)
        known |= dict.fromkeys(self.own, OWN_AREA) | {"": ""}
        kind = rows["area"].map(known)
        unlisted = kind.isna() & (rows["area_kind"] == VILLAGE)
        inside = self.rows_of(rows.loc[unlisted, "area"].unique())
        kind[unlisted] = rows.loc[unlisted, "area"].map(
            {code: VILLAGE if row >= 0 else LARGER for code, row in inside.items()}
        )
        return kind.fillna(LARGER).astype(object)

    def rows_of(self, villages: Sequence[str] | NDArray[np.object_]) -> dict[str, int]:
        """Row of each village's subdistrict, listed or not; -1 outside the office."""
        listed = dict(zip(self.village, self.row_of_village.tolist(), strict=True))
        by_code = {code: row for row, code in enumerate(self.subdistricts)}
        lengths = sorted({len(code) for code in by_code}, reverse=True)
        found = {}
        for code in villages:
            begins = (by_code[code[:n]] for n in lengths if n < len(code) and code[:n] in by_code)
            found[code] = listed[code] if code in listed else next(begins, -1)
        return found


@dataclass(frozen=True)
class Counted:
    """Children of some areas of one kind.

    Attributes:
        kind: VILLAGE, SUBDISTRICT or OWN_AREA.
        code: Codes of the areas.
        counts: float64 [area, age, sex].
        row: Row of the source that each area's counts come from; -1 without.
        source: The register or estimates that `row` is of.
    """

    kind: str
    code: NDArray[np.object_]
    counts: NDArray[np.float64]
    row: NDArray[np.int64]
    source: Registers | Estimates


@dataclass(frozen=True)
class Choice:
    """What counts where.

    Attributes:
        counted: The areas, parted by kind and source.
        source: [subdistrict, age] -> `VILLAGES`, `REGISTER`, `ESTIMATE`, `SOME_VILLAGES` or
            `UNKNOWN`; without rows where the office's own areas count.
        lacking: [subdistrict] -> how many of its known villages have no counts at all, where
            others of it have some; 0 elsewhere.
    """

    counted: tuple[Counted, ...]
    source: NDArray[np.int64]
    lacking: NDArray[np.int64]


def choose_own_areas(office: OfficeAreas, register: Registers) -> Choice:
    """Count children in the areas of the layer `population_areas`, and in no other."""
    codes = np.array(sorted(office.own), dtype=object)
    row = register.rows_of(codes)
    counts = _taken(register.counts, row)
    none = np.zeros((0, AGES), dtype=np.int64)
    counted = Counted(OWN_AREA, codes, counts, row, register)
    return Choice((counted,), none, np.zeros(0, dtype=np.int64))


def choose_sources(
    office: OfficeAreas, villages: Registers, register: Registers, estimates: Estimates
) -> Choice:
    """Choose for each subdistrict and age what counts.

    Villages count where every known one has counts of that age; else the subdistrict's register;
    else those villages that have counts, the others being unknown. An estimate counts where there
    is no register and not every village has counts.

    Args:
        office: Its areas.
        villages, register, estimates: Children of villages, of subdistricts, and of subdistricts
            by their total. None holds an area outside the office.
    """
    listed = _ListedVillages.of(office, villages)
    every, some = listed.every, listed.some
    of_register, of_estimate = (
        found.rows_of(office.subdistricts) for found in (register, estimates)
    )
    registered = _taken(register.counts, of_register)
    estimated = _taken(estimates.counts, of_estimate)
    in_register = np.isfinite(registered[:, :, PERSONS])
    alone = ~(in_register | every).any(axis=1, keepdims=True)
    in_estimate = np.isfinite(estimated[:, :, PERSONS]) & alone
    source = np.select(
        [every, in_register, in_estimate, some],
        [VILLAGES, REGISTER, ESTIMATE, SOME_VILLAGES],
        UNKNOWN,
    ).astype(np.int64)

    by_village = (source == VILLAGES) | (source == SOME_VILLAGES)
    whole = (source == REGISTER) | (source == ESTIMATE)
    counted = [listed.counted(by_village, whole, villages)]
    lost = ~by_village.any(axis=1) & ~whole.any(axis=1)
    for number, made, of, found in (
        (REGISTER, registered, of_register, register),
        (ESTIMATE, estimated, of_estimate, estimates),
    ):
        wanted = (source == number).any(axis=1) | (lost & (number == REGISTER))
        own = np.where((source == number)[:, :, None], made, np.nan)
        counted.append(
            _counted(SUBDISTRICT, office.subdistricts, own, by_village, of, found, wanted)
        )
    return Choice(tuple(counted), source, listed.lacking)


@dataclass(frozen=True)
class _ListedVillages:
    """Villages that the office knows or that have counts, and what their subdistricts know.

    Attributes:
        code, within, row: Codes, sorted; row of the subdistrict and of the register of each.
        counts: float64 [village, age, sex].
        every, some: [subdistrict, age] whether every known village, and any village, has counts.
        lacking: See `Choice.lacking`.
    """

    code: NDArray[np.object_]
    within: NDArray[np.int64]
    row: NDArray[np.int64]
    counts: NDArray[np.float64]
    every: NDArray[np.bool_]
    some: NDArray[np.bool_]
    lacking: NDArray[np.int64]

    @classmethod
    def of(cls, office: OfficeAreas, villages: Registers) -> "_ListedVillages":
        subdistricts = len(office.subdistricts)
        code = np.array(sorted({*office.village, *villages.code}), dtype=object)
        within = np.array([*office.rows_of(code).values()], dtype=np.int64)
        row = villages.rows_of(code)
        counts = _taken(villages.counts, row)
        listed = rows_of(office.village, code) >= 0
        has = np.isfinite(counts[:, :, PERSONS])
        known = np.bincount(within[listed], minlength=subdistricts)
        having = _sum_by(within[listed], has[listed], subdistricts)
        some = _sum_by(within, has, subdistricts) > 0
        every = (having == known[:, None]) & (known > 0)[:, None]
        counted = listed & has.any(axis=1)
        lacking = known - np.bincount(within[counted], minlength=subdistricts)
        lacking[~some.any(axis=1)] = 0
        return cls(code, within, row, counts, every, some, lacking)

    def counted(
        self, by_village: NDArray[np.bool_], whole: NDArray[np.bool_], villages: Registers
    ) -> Counted:
        """Keep the villages of the subdistricts that count by village at any age."""
        here = by_village[self.within]
        counts = np.where(here[:, :, None], self.counts, np.nan)
        wanted, elsewhere = np.asarray(here.any(axis=1)), whole[self.within]
        return _counted(VILLAGE, self.code, counts, elsewhere, self.row, villages, wanted)


def _counted(
    kind: str,
    code: NDArray[np.object_],
    counts: NDArray[np.float64],
    elsewhere: NDArray[np.bool_],
    row: NDArray[np.int64],
    source: Registers | Estimates,
    wanted: NDArray[np.bool_],
) -> Counted:
    """Keep the areas that count; ages that are counted in other areas are none here."""
    counts = np.where(elsewhere[:, :, None], 0.0, counts)
    return Counted(kind, code[wanted], counts[wanted], row[wanted], source)


def _taken(counts: NDArray[np.float64], row: NDArray[np.int64]) -> NDArray[np.float64]:
    """Counts of some rows; NaN for row -1."""
    taken = np.full((len(row), AGES, 3), np.nan)
    taken[row >= 0] = counts[row[row >= 0]]
    return taken


def _sum_by(group: NDArray[np.int64], flags: NDArray[np.bool_], groups: int) -> NDArray[np.int64]:
    """How many flags of each age are set in each group."""
    sums = np.zeros((groups, AGES), dtype=np.int64)
    np.add.at(sums, group, flags)
    return sums
