"""What is doubtful about lists of schools: rows without a key, and names that are alike."""

import difflib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from gisapp.core.areas import NEAREST_SOUGHT, AreaNames, area_key
from gisapp.core.counts import cell_problem
from gisapp.core.match import name_key
from gisapp.core.problems import AREA_KEY, Problem
from gisapp.core.school_keys import IDENTITY, LISTS, KeyBook, codeless, named_rows
from gisapp.core.tables import FormTable

#: Shorter names than this, in letters, differ by one letter too easily.
_LONG_ENOUGH = 8


def rows_without_key(tables: Sequence[FormTable], book: KeyBook) -> pd.DataFrame:
    """Rows of all lists that name a school and carry neither a code nor an accepted key.

    Args:
        tables: Lists of schools, after `give_keys`.
        book: The accepted keys.

    Returns:
        rows: Columns of `named_rows`, `table` (place in `tables`) and `row`; index 0 … n-1.
    """
    parts = []
    for place, table in enumerate(tables):
        if table.form in LISTS:
            bare = named_rows(codeless(table), book)
            if "grade" in table.frame:  # a row per grade is no school each
                bare = bare[~bare["identity"].duplicated()]
            parts.append(bare.assign(table=place, row=bare.index))
    if not parts:
        return pd.DataFrame(columns=[*IDENTITY, "smis_code", "identity", "table", "row"])
    return pd.concat(parts, ignore_index=True)


def without_keys(
    rows: pd.DataFrame, proposals: pd.DataFrame, tables: Sequence[FormTable], areas: AreaNames
) -> list[Problem]:
    """Say once per sheet how many schools have no key, and which subdistricts are unknown.

    Args:
        rows: `rows_without_key` whose identity has no accepted key.
        proposals: What `propose_keys` made of them.
        tables: Sheets that `rows["table"]` points at.
        areas: Names of the office's subdistricts.
    """
    matched = {
        (name, code)
        for name, code, why in zip(
            proposals["name"].map(name_key), proposals["subdistrict_code"], proposals["why"],
            strict=True,
        )
        if why
    }  # fmt: skip
    problems = []
    for place, group in rows.groupby("table", sort=True):
        table = tables[int(place)]
        if table.form == "register":  # its blank codes are problems of their own
            continue
        same = sum(identity[:2] in matched for identity in group["identity"])
        found = cell_problem(
            "schools_without_key",
            table,
            int(group["row"].iloc[0]),
            "school_name_th",
            key=table.form,
            rows=len(group),
            matched=same,
            placeless=int((group["subdistrict_code"] == "").sum()),
            round=table.sheet.round_name,
        )
        problems.append(replace(found, value=str(len(group))))
        problems += _unknown_subdistricts(group[group["subdistrict_code"] == ""], table, areas)
    return problems


def _unknown_subdistricts(
    lost: pd.DataFrame, table: FormTable, areas: AreaNames
) -> Iterator[Problem]:
    """One problem per name that is no subdistrict of the boundaries, with its first cell."""
    if not areas.codes:
        return
    known = areas.subdistrict_names
    groups = lost.groupby(["subdistrict", "district"], sort=False)
    for number, ((subdistrict, district), group) in enumerate(groups):
        sought = known if number < NEAREST_SOUGHT else []
        near = difflib.get_close_matches(area_key(str(subdistrict)), sought, n=1, cutoff=0.7)
        yield cell_problem(
            "subdistrict_of_list_unknown",
            table,
            int(group["row"].iloc[0]),
            "subdistrict",
            key=AREA_KEY + f"{subdistrict} {district}".strip(),
            rows=len(group),
            district=district or "–",
            near_th=f" ใกล้เคียงกับ “{near[0]}”" if near else "",
            near_en=f"; close to '{near[0]}'" if near else "",
        )


def similar_names(schools: pd.DataFrame, tables: Sequence[FormTable]) -> list[Problem]:
    """Doubt schools of one name, or of nearly one name, within one subdistrict.

    O(n log n): names are sorted by subdistrict, and compared there by their spellings with one
    letter left out, never each with each.

    Args:
        schools: `school_name_th`, `subdistrict_code`, `smis_code` ("" without one), `table`
            and `row`.
        tables: Sheets that `schools["table"]` points at.
    """
    placed = schools[(schools["subdistrict_code"] != "") & (schools["school_name_th"] != "")]
    keys = placed["school_name_th"].map(name_key)
    placed = placed.assign(name=keys).sort_values(
        ["subdistrict_code", "name", "table", "row"], kind="stable", ignore_index=True
    )
    again = placed.duplicated(["subdistrict_code", "name"])
    twice = [
        _doubt("school_name_twice", placed, first, place, tables)
        for first, place in _repeats(placed, again)
    ]
    once = placed[~again]
    pairs = (
        pair
        for _, group in once.groupby("subdistrict_code", sort=False)
        if len(group) > 1
        for pair in _near_pairs(dict(zip(group.index, group["name"], strict=True)))
    )
    near = [_doubt("school_name_near", placed, first, place, tables) for first, place in pairs]
    return twice + near


def _repeats(placed: pd.DataFrame, again: pd.Series) -> Iterator[tuple[int, int]]:
    """(first, further) place of each name that stands again in its subdistrict."""
    first = 0
    for place, repeated in enumerate(again):
        if repeated:
            yield first, place
        else:
            first = place


def _near_pairs(names: dict[int, str]) -> Iterator[tuple[int, int]]:
    """Pairs of names that a mark, one letter or the place of a letter tells apart.

    Numbers always count: school no. 1 is not school no. 2.
    """
    spelled: dict[str, int] = {}
    bare = {place: _letters(name) for place, name in names.items()}
    for place, name in bare.items():
        variants = {name}
        if len(name) >= _LONG_ENOUGH:
            variants |= {name[:n] + name[n + 1 :] for n in range(len(name))}
        others = sorted({spelled[variant] for variant in variants if variant in spelled})
        other = next((o for o in others if _one_slip(bare[o], name)), None)
        if other is not None:
            yield other, place
        for variant in variants:
            spelled.setdefault(variant, place)


def _letters(name: str) -> str:
    """A name's letters, their vowel signs and tone marks, and its numbers; nothing else."""
    return "".join(
        letter for letter in name if unicodedata.category(letter)[0] in "LMN" and letter != "ฯ"
    )


def _one_slip(one: str, other: str) -> bool:
    """Tell whether one letter, or two that changed places, make one name the other."""
    if [c for c in one if c.isdigit()] != [c for c in other if c.isdigit()]:
        return False
    if len(one) != len(other):
        longer, shorter = sorted((one, other), key=len, reverse=True)
        return any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))
    wrong = [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(wrong) <= 1:
        return True
    first, last = wrong[0], wrong[-1]
    swapped = (one[first], one[last]) == (other[last], other[first])
    return len(wrong) == 2 and last == first + 1 and swapped


def _doubt(
    kind: str, placed: pd.DataFrame, first: int, place: int, tables: Sequence[FormTable]
) -> Problem:
    row, other = placed.loc[place], placed.loc[first]
    table = tables[row["table"]]
    earlier = tables[other["table"]]
    where = earlier.address(int(other["row"]), "school_name_th")
    return cell_problem(
        kind,
        table,
        int(row["row"]),
        "school_name_th",
        key=row["smis_code"] or row["school_name_th"],
        other=" ".join(text for text in (other["school_name_th"], other["smis_code"]) if text),
        other_cell=where if earlier is table else f"{earlier.sheet.file} {where}".strip(),
    )
