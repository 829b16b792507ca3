"""The office's own schools, told from others in lists that name everybody's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from gisapp.core.areas import AreaNames, area_key
from gisapp.core.match import SchoolKeys, name_key


class _Place(NamedTuple):
    """A subdistrict: its code, "" where unknown; keys of its name and its district's."""

    code: str
    name: str
    district: str

    def is_one(self, other: "_Place") -> bool:
        return self[:1] == other[:1] if self.code and other.code else self[1:] == other[1:]


@dataclass(frozen=True)
class OwnSchools:
    """How the office's own schools are known again.

    Attributes:
        keys: Their codes, of every kind.
        areas: Names of the office's subdistricts.
        named: Name without blanks -> key and subdistrict of each school of that name.
    """

    keys: SchoolKeys
    areas: AreaNames
    named: Mapping[str, list[tuple[str, _Place]]]

    @classmethod
    def of(cls, register: pd.DataFrame, areas: AreaNames) -> "OwnSchools":
        """Take them from a clean register."""
        keys = SchoolKeys.of(register)
        named: dict[str, list[tuple[str, _Place]]] = {}
        for key, place in zip(register["smis_code"], _places(register, areas), strict=True):
            named.setdefault(keys.names[key], []).append((key, place))
        return cls(keys, areas, named)

    def find(self, rows: pd.DataFrame, codes: pd.DataFrame) -> pd.Series:
        """Key of the office's school that each row names, "" where it is another's.

        A code decides; else the name, within the subdistrict that the row writes. A row that
        writes none is the only school of its name.

        Args:
            rows: `school_name_th`, `subdistrict_code`, `subdistrict`, `district` as text.
            codes: Of the same rows, as `sheet_rows.code_columns` gives them.
        """
        found = self.keys.find(codes)
        lost = rows[(found == "") & rows["school_name_th"].map(name_key).isin(list(self.named))]
        for row, place in zip(lost.index, _places(lost, self.areas), strict=True):
            alike = self.named[name_key(lost.at[row, "school_name_th"])]
            here = [key for key, own in alike if not any(place) or own.is_one(place)]
            found[row] = here[0] if len(here) == 1 else ""
        return found


def _places(rows: pd.DataFrame, areas: AreaNames) -> list[_Place]:
    """The subdistrict that each row writes; all of it "" where it writes none."""
    blank = pd.Series("", rows.index, dtype=object)
    columns = ("subdistrict_code", "subdistrict", "district")
    code, name, district = (rows.get(column, blank).fillna("") for column in columns)
    codes = areas.codes_of(rows.assign(subdistrict_code=code))
    return [
        _Place(*place)
        for place in zip(codes, name.map(area_key), district.map(area_key), strict=True)
    ]
