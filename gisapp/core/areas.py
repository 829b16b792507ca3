"""Names of subdistricts, districts and provinces -> codes."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

from gisapp.core.counts import cell_problem
from gisapp.core.problems import Problem
from gisapp.core.tables import FormTable
from gisapp.core.text import heading_key

#: Table of `data/columns` with names as some write them -> the official name.
SPELLINGS = "area_names"

#: For so many unknown names the nearest one is sought; more are another country's, or no names.
NEAREST_SOUGHT = 200

_PREFIX = re.compile(r"^(ตำบล|ต\.|แขวง|กิ่งอำเภอ|กิ่งอ\.|อำเภอ|อ\.|เขต|จังหวัด|จ\.)")
# A remark in brackets belongs to no name; a lone bracket is left from a web page.
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[()\[\]{}]")
_COUNTRY = re.compile(r"^TH(?=\d)")


def area_key(name: str) -> str:
    """What two spellings of an area's name have in common.

    Blanks, the word for its kind (ต. อ. จ.), remarks in brackets and the kind of dash do not
    count.
    """
    key = _REMARK.sub("", heading_key(name)).replace("–", "-").replace("—", "-")
    return _PREFIX.sub("", key)


def plain_area_code(code: str) -> str:
    """Write a Thai area code without its country: TH580101 is 580101.

    Letters of other countries' codes stay: they may tell one area from another.
    """
    return _COUNTRY.sub("", code)


@dataclass(frozen=True)
class AreaNames:
    """How an office's subdistricts can be found by name.

    Attributes:
        codes: Their codes.
        spellings: Key as written -> official name, from the table that officers extend.
    """

    codes: frozenset[str]
    spellings: Mapping[str, str]
    #: (subdistrict, district, province) -> code, "" in a place that a row leaves blank; a name
    #: that means two subdistricts means none.
    _by_name: Mapping[tuple[str, str, str], str] = field(repr=False)

    @classmethod
    def of(cls, subdistricts: gpd.GeoDataFrame, spellings: Mapping[str, str]) -> "AreaNames":
        """Take the names in both languages from the boundaries."""
        official = {area_key(written): name for written, name in spellings.items()}
        names = cls(frozenset(subdistricts["subdistrict_code"]), official, {})
        found: dict[tuple[str, str, str], str] = {}
        blank = pd.Series("", index=subdistricts.index)
        province = names.keys(subdistricts.get("province_th", blank).fillna(""))
        for language in ("th", "en"):
            own = names.keys(subdistricts[f"subdistrict_{language}"].fillna(""))
            district = names.keys(subdistricts[f"district_{language}"].fillna(""))
            rows = zip(own, district, province, subdistricts["subdistrict_code"], strict=True)
            for name, within, beyond, code in rows:
                if name:
                    for triple in {(name, a, b) for a in (within, "") for b in (beyond, "")}:
                        found[triple] = code if found.get(triple, code) == code else ""
        return cls(names.codes, official, found)

    def keys(self, written: pd.Series) -> pd.Series:
        """Keys of official names, each spelling looked up once."""
        every = {text: area_key(text) for text in written.unique()}
        known = {text: area_key(self.spellings.get(key, key)) for text, key in every.items()}
        return written.map(known)

    def find(self, register: pd.DataFrame) -> pd.Series:
        """Return the code of each row's subdistrict, "" where it is not one of the office's.

        The district and the province decide between subdistricts of one name; without them a
        name that is used once is enough. A name in another district or province than the one
        written is not found.

        Args:
            register: `subdistrict`, `district` and, where there is one, `province` as text.
        """
        blank = pd.Series("", index=register.index)
        columns = ("subdistrict", "district", "province")
        keys = [self.keys(register.get(column, blank)) for column in columns]
        if not any(province for _, _, province in self._by_name):
            keys[2] = blank
        triples = zip(*keys, strict=True)
        return pd.Series(
            [self._by_name.get(triple, "") for triple in triples], register.index, dtype=object
        )

    def codes_of(self, register: pd.DataFrame) -> pd.Series:
        """Code of each row: the one that it states, where it is the office's; else by names."""
        given = register["subdistrict_code"].map(plain_area_code).astype(object)
        known = (given != "") & (given.isin(self.codes) | (not self.codes))
        return given.where(known, self.find(register))

    @property
    def subdistrict_names(self) -> list[str]:
        """Keys of the names of all subdistricts, to propose the nearest from."""
        return sorted({name for name, _, _ in self._by_name})


def find_subdistricts(
    names: pd.Series, districts: pd.Series, subdistricts: gpd.GeoDataFrame
) -> pd.Series:
    """Return the code of each named subdistrict, "" where it is not one of the office's."""
    rows = pd.DataFrame({"subdistrict": names, "district": districts})
    return AreaNames.of(subdistricts, {}).find(rows)


def district_codes(subdistricts: gpd.GeoDataFrame) -> pd.Series:
    """Return the code of the district that each subdistrict lies in.

    Where the boundaries state none, the first four digits of a Thai code are the district.
    """
    stated = subdistricts.get("district_code")
    codes = subdistricts["subdistrict_code"].astype(str).str[:4]
    return codes if stated is None else stated.where(stated.notna() & (stated != ""), codes)


def find_districts(names: pd.Series, subdistricts: gpd.GeoDataFrame) -> pd.Series:
    """Return the code of each named district, "" where it is not one of the office's.

    A name that two districts share is not found.
    """
    codes = district_codes(subdistricts)
    by_name: dict[str, set[str]] = {}
    for column in ("district_th", "district_en"):
        if column in subdistricts:
            for name, code in zip(subdistricts[column], codes, strict=True):
                by_name.setdefault(area_key(name), set()).add(str(code))
    found = [by_name.get(area_key(name), set()) if name else set() for name in names]
    one = [next(iter(known)) if len(known) == 1 else "" for known in found]
    return pd.Series(one, index=names.index, dtype=object)


def locate_register(
    register: pd.DataFrame,
    subdistricts: gpd.GeoDataFrame,
    tables: list[FormTable],
    spellings: Mapping[str, str],
) -> tuple[pd.DataFrame, list[Problem]]:
    """Fill `subdistrict_code`, and the official names where a code is known.

    Returns:
        register: With codes of the office's own subdistricts, "" where unknown.
        problems: Schools without a subdistrict, and names that are not the office's.
    """
    if not len(subdistricts):
        return register, []
    names = AreaNames.of(subdistricts, spellings)
    codes = names.codes_of(register)
    official = register.assign(subdistrict_code=codes)
    known = subdistricts.set_index("subdistrict_code")
    for column in ("subdistrict", "district"):
        shown = _shown(known, column).map(lambda name: names.spellings.get(area_key(name), name))
        found = codes.map(shown)
        official[column] = found.where(found.notna(), register[column])
    return official, _not_found(register[codes == ""], tables, known)


def _shown(known: gpd.GeoDataFrame, column: str) -> pd.Series:
    """The name that people of the country read: Thai, else the only one there is."""
    own = known[f"{column}_th"].fillna("")
    return own.where(own != "", known[f"{column}_en"].fillna(""))


def _not_found(
    lost: pd.DataFrame, tables: list[FormTable], known: gpd.GeoDataFrame
) -> list[Problem]:
    problems = []
    keys = {area_key(name): name for name in _shown(known, "subdistrict")}
    nearest: dict[str, list[str]] = {}
    for row in lost.itertuples():
        kind = "unknown_subdistrict" if row.subdistrict else "no_subdistrict"
        table = tables[row.table]
        column = "subdistrict" if "subdistrict" in table.places else "smis_code"
        key = area_key(row.subdistrict)
        if key not in nearest and len(nearest) < NEAREST_SOUGHT:
            nearest[key] = difflib.get_close_matches(key, list(keys), n=1, cutoff=0.7)
        near = [keys[found] for found in nearest.get(key, [])]
        problems.append(
            cell_problem(
                kind,
                table,
                row.row,
                column,
                key=row.smis_code,
                near_th=f" ใกล้เคียงกับ “{near[0]}”" if near else "",
                near_en=f"; close to '{near[0]}'" if near else "",
            )
        )
    return problems
