"""The areas that population is counted in: their codes, names and kinds within one office."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import geopandas as gpd
import pandas as pd

from gisapp.core.areas import area_key
from gisapp.core.villages import VillageIndex

#: Digits of a Thai area code -> kind of area. Source: domain notes B2.
_KIND_OF_DIGITS = {2: "province", 4: "district", 6: "subdistrict", 8: "village"}


@dataclass(frozen=True)
class PopulationAreas:
    """What is known of the office's areas; all of it may be empty.

    Attributes:
        kind: Area code -> village, subdistrict, district or province, or area: one that the
            layer `population_areas` draws.
        name: Area code -> name.
        parent: Village code -> code of its subdistrict.
        subdistricts: (district key, subdistrict key) -> code, keys as `area_key` makes them.
        districts: Keys of the office's districts.
        spellings: Key as some write it -> official name.
    """

    kind: Mapping[str, str]
    name: Mapping[str, str]
    parent: Mapping[str, str]
    subdistricts: Mapping[tuple[str, str], str]
    districts: frozenset[str]
    spellings: Mapping[str, str]

    @classmethod
    def of(
        cls,
        subdistricts: gpd.GeoDataFrame,
        villages: VillageIndex,
        drawn: Mapping[str, str] = MappingProxyType({}),
    ) -> "PopulationAreas":
        """Take them from the office's boundaries.

        Args:
            subdistricts, villages: Of the office.
            drawn: Code of each area of the layer `population_areas` -> its name.
        """
        known = pd.DataFrame(
            {
                column: subdistricts[column].fillna("").astype(object)
                for column in ("subdistrict_code", "subdistrict_th", "district_code", "district_th")
            }
        )
        kind: dict[str, str] = {}
        name: dict[str, str] = {}
        for level in ("district", "subdistrict"):
            pairs = zip(known[f"{level}_code"], known[f"{level}_th"], strict=True)
            name |= {code: text for code, text in pairs if code}
            kind |= dict.fromkeys((code for code in known[f"{level}_code"] if code), level)
        kind |= {code[:2]: "province" for code in known["subdistrict_code"] if _is_thai(code)}
        name |= villages.names
        kind |= dict.fromkeys(villages.names, "village")
        # An area that is also a village or subdistrict is told as such.
        kind = dict.fromkeys(drawn, "area") | kind
        name = {**drawn, **name}
        districts = known["district_th"].map(area_key)
        keys = zip(districts, known["subdistrict_th"].map(area_key), strict=True)
        by_name = dict(zip(keys, known["subdistrict_code"], strict=True))
        within, spellings = villages.subdistrict, villages.areas.spellings
        return cls(kind, name, within, by_name, frozenset(districts), spellings)

    def key(self, name: str) -> str:
        """What the spellings of an area's name have in common."""
        key = area_key(name)
        return area_key(self.spellings.get(key, key))

    def kind_of(self, code: str) -> str:
        """Kind of an area, by the office's own list, else by the length of a Thai code."""
        return self.kind.get(code) or (_KIND_OF_DIGITS.get(len(code), "") if code.isdigit() else "")

    def is_outside(self, code: str) -> bool:
        """Tell whether a code is of a district that the office has nothing in."""
        if code in self.kind or not self.districts or not _is_thai(code):
            return False
        return code[:4] not in self.kind

    def subdistrict_of(self, code: str) -> str:
        """Code of a village's subdistrict; "" where it is not known."""
        found = self.parent.get(code)
        if found is None and self.kind_of(code) == "village":
            found = code[:6]
        return found or ""


def _is_thai(code: str) -> bool:
    return code.isdigit() and len(code) in _KIND_OF_DIGITS
