"""Names of subdistricts, districts and provinces -> codes."""

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

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
# Accents over Latin, Greek and Cyrillic letters, and the hamza and vowels of Arabic; the vowels
# of Thai and of the scripts of India are letters and stay.
_ACCENT = re.compile("[\u0300-\u036f\u064b-\u0655]")

#: (subdistrict, district, province) as keys.
Triple = tuple[str, str, str]


def area_key(name: str) -> str:
    """What two spellings of an area's name have in common.

    Blanks, the word for its kind (ต. อ. จ.), remarks in brackets and the kind of dash do not
    count.
    """
    key = _REMARK.sub("", heading_key(name)).replace("–", "-").replace("—", "-")
    return _PREFIX.sub("", key)


def folded_key(key: str) -> str:
    """A key without accents: ``san josé`` and ``san jose`` are one."""
    if key.isascii():
        return key
    return unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFD", key)))


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
    #: Names -> code, "" in a place that a row leaves blank; a name that means two
    #: subdistricts means none.
    _by_name: Mapping[Triple, str] = field(repr=False)
    #: The same without accents, and code in small letters -> code.
    _by_folded: Mapping[Triple, str] = field(repr=False)
    _by_lower: Mapping[str, str] = field(repr=False)

    @classmethod
    def of(cls, subdistricts: gpd.GeoDataFrame, spellings: Mapping[str, str]) -> "AreaNames":
        """Take the names in both languages from the boundaries."""
        official = {area_key(written): name for written, name in spellings.items()}
        codes = frozenset(subdistricts["subdistrict_code"])
        names = cls(codes, official, {}, {}, {})
        columns = [names._both(subdistricts, a) for a in ("subdistrict", "district", "province")]
        by_name: dict[Triple, str] = {}
        for own, within, beyond, code in zip(
            *columns, subdistricts["subdistrict_code"], strict=True
        ):
            for triple in product(own - {""}, within, beyond):
                by_name[triple] = code if by_name.get(triple, code) == code else ""
        by_folded: dict[Triple, str] = {}
        for (own, within, beyond), code in by_name.items():
            plain = (folded_key(own), folded_key(within), folded_key(beyond))
            by_folded[plain] = code if by_folded.get(plain, code) == code else ""
        by_lower: dict[str, str] = {}
        for code in codes:
            by_lower[code.lower()] = "" if code.lower() in by_lower else code
        return cls(codes, official, by_name, by_folded, by_lower)

    def _both(self, subdistricts: gpd.GeoDataFrame, area: str) -> list[frozenset[str]]:
        """Keys of each area's names in both languages, "" among them."""
        blank = pd.Series("", index=subdistricts.index)
        named = [
            self.keys(subdistricts.get(f"{area}_{language}", blank).fillna(""))
            for language in ("th", "en")
        ]
        return [frozenset({one, other, ""}) for one, other in zip(*named, strict=True)]

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
        return pd.Series([self._code(triple) for triple in triples], register.index, dtype=object)

    def _code(self, triple: Triple) -> str:
        """Code of a subdistrict by names; accents count only where they part two areas."""
        found = self._by_name.get(triple)
        if found is None:
            own, within, beyond = map(folded_key, triple)
            found = self._by_folded.get((own, within, beyond), "")
        return found

    def codes_of(self, register: pd.DataFrame) -> pd.Series:
        """Code of each row: the one that it states, where it is the office's; else by names."""
        given = register["subdistrict_code"].map(plain_area_code).astype(object)
        given = given.map(lambda code: code if code in self.codes else self._spelt(code))
        known = (given != "") & (given.isin(self.codes) | (not self.codes))
        return given.where(known, self.find(register))

    def _spelt(self, code: str) -> str:
        """The office's spelling of a code that differs in capital letters only."""
        return self._by_lower.get(code.lower()) or code

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
    keys = {area_key(name): name for name in _shown(known, "subdistrict") if name}
    if not keys:  # said once, of the file that names none
        lost = lost[lost["subdistrict"] == ""]
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
