"""Which village a row means: by its number, else by its name, within its subdistrict."""

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import geopandas as gpd
import pandas as pd

from gisapp.core.areas import AreaNames, area_key, plain_area_code
from gisapp.core.text import clean_text, parse_code

K = TypeVar("K", bound=Hashable)

_VILLAGE = re.compile(r"^(หมู่บ้าน|ชุมชน|บ้าน|บ\.)(?=.)")


def village_key(name: str) -> str:
    """What two spellings of a village's name have in common: no blanks, no ``บ้าน``."""
    return _VILLAGE.sub("", area_key(name))


@dataclass(frozen=True)
class VillageIndex:
    """The office's villages, to be found by what sheets write of them.

    Attributes:
        names: Village code -> name; empty where the office has no list of villages.
        subdistrict: Village code -> code of its subdistrict.
        number: Village code -> number in its subdistrict.
        inside: Subdistrict code -> codes of its villages, in order.
        places: Subdistrict code -> name.
        areas: How subdistricts are found by name.
    """

    names: Mapping[str, str]
    subdistrict: Mapping[str, str]
    number: Mapping[str, int]
    inside: Mapping[str, list[str]]
    places: Mapping[str, str]
    areas: AreaNames
    _by_number: Mapping[tuple[str, int], str]
    _by_name: Mapping[tuple[str, str], str]
    _by_both: Mapping[tuple[int, str], str]

    @classmethod
    def of(
        cls,
        villages: gpd.GeoDataFrame,
        subdistricts: gpd.GeoDataFrame,
        spellings: Mapping[str, str],
    ) -> "VillageIndex":
        """Take the villages from the boundaries; a name or number used twice finds none.

        Args:
            villages, subdistricts: Of the office; either may be empty.
            spellings: Area's name as some write it -> official name.
        """
        places = subdistricts["subdistrict_code"], subdistricts["subdistrict_th"].fillna("")
        codes = villages["village_code"].tolist()
        within = villages["subdistrict_code"].tolist()
        numbers = [int(number) if pd.notna(number) else 0 for number in villages["village_no"]]
        names = [clean_text(name) for name in villages["village_th"]]
        keys = [village_key(name) for name in names]
        inside: dict[str, list[str]] = {}
        for code, area in sorted(zip(codes, within, strict=True)):
            inside.setdefault(area, []).append(code)
        return cls(
            dict(zip(codes, names, strict=True)),
            dict(zip(codes, within, strict=True)),
            dict(zip(codes, numbers, strict=True)),
            inside,
            dict(zip(*places, strict=True)),
            AreaNames.of(subdistricts, spellings),
            _once(zip(within, numbers, strict=True), codes),
            _once(zip(within, keys, strict=True), codes),
            _once(zip(numbers, keys, strict=True), codes),
        )

    def __len__(self) -> int:
        """Number of villages."""
        return len(self.names)

    def find(self, subdistrict_code: str, number: int | None, name: str) -> str:
        """Return the village's code, "" where none or more than one fits.

        Number and name together find it without a subdistrict, where the office has only one
        such village.
        """
        key = village_key(name)
        if subdistrict_code:
            found = self._by_number.get((subdistrict_code, number), "") if number else ""
            return found or (self._by_name.get((subdistrict_code, key), "") if key else "")
        return self._by_both.get((number, key), "") if number and key else ""

    def agrees(self, code: str, name: str) -> bool:
        """Tell whether a written name can be the village's; nothing written agrees."""
        written, known = village_key(name), village_key(self.names.get(code, ""))
        return not written or not known or written == known

    def subdistrict_codes(self, cells: pd.DataFrame) -> pd.Series:
        """Code of each row's subdistrict, by its code, else by its name; "" where unknown.

        Args:
            cells: Some of the columns `subdistrict_code`, `subdistrict`, `district`.
        """
        blank = pd.Series("", cells.index, dtype=object)
        found = blank
        if "subdistrict_code" in cells:
            found = cells["subdistrict_code"].map(parse_code).map(plain_area_code).astype(object)
        if "subdistrict" not in cells or not self.areas.codes:
            return found
        written = [name for name in ("subdistrict", "district", "province") if name in cells]
        texts = pd.DataFrame({name: cells[name].map(clean_text) for name in written})
        return found.where(found != "", self.areas.find(texts))


def _once(keys: Iterable[K], codes: list[str]) -> dict[K, str]:
    """Key -> code, without the keys that mean two villages."""
    found: dict[K, str] = {}
    for key, code in zip(keys, codes, strict=True):
        found[key] = code if key not in found else ""
    return {key: code for key, code in found.items() if code}
