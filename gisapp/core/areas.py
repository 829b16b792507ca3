"""Names of subdistricts and districts -> codes, within one office."""

import difflib
import re

import geopandas as gpd
import pandas as pd

from gisapp.core.counts import cell_problem
from gisapp.core.problems import Problem
from gisapp.core.tables import FormTable
from gisapp.core.text import heading_key

_PREFIX = re.compile(r"^(ตำบล|ต\.|แขวง|อำเภอ|อ\.|เขต|กิ่งอำเภอ)")


def area_key(name: str) -> str:
    """What two spellings of a subdistrict's or district's name have in common."""
    return _PREFIX.sub("", heading_key(name))


def find_subdistricts(
    names: pd.Series, districts: pd.Series, subdistricts: gpd.GeoDataFrame
) -> pd.Series:
    """Return the code of each named subdistrict, "" where it is not one of the office's.

    The district decides between subdistricts of one name; without a district a name that is
    used once is enough. A name in another district than the one written is not found.
    """
    by_pair: dict[tuple[str, str], str] = {}
    by_name: dict[str, list[str]] = {}
    for row in subdistricts.itertuples():
        name, code = area_key(row.subdistrict_th), row.subdistrict_code
        by_pair[name, area_key(row.district_th)] = code
        by_name.setdefault(name, []).append(code)
    found = []
    for name, district in zip(names.map(area_key), districts.map(area_key), strict=True):
        alone = by_name.get(name, [])
        if district:
            found.append(by_pair.get((name, district), ""))
        else:
            found.append(alone[0] if len(alone) == 1 else "")
    return pd.Series(found, index=names.index, dtype=object)


def locate_register(
    register: pd.DataFrame, subdistricts: gpd.GeoDataFrame, tables: list[FormTable]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Fill `subdistrict_code`, and the official names where a code is known.

    Returns:
        register: With codes of the office's own subdistricts, "" where unknown.
        problems: Schools without a subdistrict, and names that are not the office's.
    """
    if not len(subdistricts):
        return register, []
    known = subdistricts.set_index("subdistrict_code")
    found = find_subdistricts(register["subdistrict"], register["district"], subdistricts)
    given = register["subdistrict_code"].str.replace(r"^[A-Za-z]+", "", regex=True)
    codes = found.where(found != "", given.where(given.isin(known.index), ""))
    problems = []
    for row in register[codes == ""].itertuples():
        kind = "unknown_subdistrict" if row.subdistrict else "no_subdistrict"
        table = tables[row.table]
        column = "subdistrict" if "subdistrict" in table.places else "smis_code"
        near = difflib.get_close_matches(
            area_key(row.subdistrict), known["subdistrict_th"].map(area_key), n=1, cutoff=0.7
        )
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
    official = register.assign(subdistrict_code=codes)
    for column, source in (("subdistrict", "subdistrict_th"), ("district", "district_th")):
        names = codes.map(known[source])
        official[column] = names.where(names.notna(), register[column])
    return official, problems
