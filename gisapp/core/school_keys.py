"""Keys of schools without a code: those that an officer accepted, and proposals for the rest.

A school without a code is known by its cleaned name, its subdistrict and its affiliation. Its
key counts only from the line of ``data/columns/school_keys.csv`` on that an officer accepted;
a match by name with a school that has a code is proposed and never made.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from gisapp.core.areas import AreaNames
from gisapp.core.match import CODES, name_key, written_code
from gisapp.core.sheet_rows import code_columns, is_total
from gisapp.core.tables import FormTable
from gisapp.core.text import clean_text, heading_key, parse_code

#: Forms that may list schools without a code.
LISTS = ("register", "school_list", "other_schools")

#: What tells a school without a code from another, and how its subdistrict is found.
IDENTITY = ("school_name_th", "affiliation", "subdistrict", "subdistrict_code", "district",
            "province")  # fmt: skip

#: Columns of the proposals; the first four are those of ``school_keys.csv``.
PROPOSED = ("name", "subdistrict_code", "affiliation", "key", "subdistrict", "district", "why")

Identity = tuple[str, str, str]


@dataclass(frozen=True)
class KeyBook:
    """The accepted keys.

    Attributes:
        areas: Names of the office's subdistricts.
        keys: (name key, subdistrict code, affiliation key) -> accepted key.
    """

    areas: AreaNames
    keys: Mapping[Identity, str]

    @classmethod
    def of(cls, lines: Iterable[tuple[str, str, str, str]], areas: AreaNames) -> "KeyBook":
        """Take the lines of ``school_keys.csv``: name, subdistrict code, affiliation, key."""
        keys = {
            identity_of(name, code, affiliation): parse_code(key)
            for name, code, affiliation, key in lines
        }
        return cls(areas, {identity: key for identity, key in keys.items() if key})

    @property
    def accepted(self) -> frozenset[str]:
        """Keys that are valid whatever ``key_pattern`` says."""
        return frozenset(self.keys.values())


def identity_of(name: str, subdistrict_code: str, affiliation: str) -> Identity:
    """What two rows about one school without a code have in common."""
    return name_key(name), parse_code(subdistrict_code), heading_key(affiliation)


def give_keys(tables: Iterable[FormTable], book: KeyBook) -> list[FormTable]:
    """Write the accepted key into the code of each row that has none.

    In a sheet without any column of codes the key stands in a column of its own, whose
    findings point at the name. Of two rows for one school the first takes the key, unless the
    sheet has a row per grade.
    """
    return [_with_keys(table, book) if table.form in LISTS else table for table in tables]


def codeless(table: FormTable) -> FormTable:
    """The rows of a table that carry no code of a school."""
    bare = written_code(code_columns(table)) == ""
    return replace(table, frame=table.frame[bare])


def named_rows(table: FormTable, book: KeyBook) -> pd.DataFrame:
    """The rows of a list without codes that name a school.

    Returns:
        rows: `IDENTITY` as text, `subdistrict_code` as found ("" unknown), `identity`, and an
            empty `smis_code`; index as `table.frame`.
    """
    frame = table.frame
    blank = pd.Series("", index=frame.index, dtype=object)
    rows = pd.DataFrame(
        {c: frame[c].map(clean_text).astype(object) if c in frame else blank for c in IDENTITY}
    )
    rows["smis_code"] = ""
    named = (rows["school_name_th"] != "") & ~rows["school_name_th"].map(is_total).astype(bool)
    rows = rows[named]
    rows = rows.assign(subdistrict_code=book.areas.codes_of(rows))
    columns = (rows[c] for c in ("school_name_th", "subdistrict_code", "affiliation"))
    identity = [identity_of(*row) for row in zip(*columns, strict=True)]
    return rows.assign(identity=pd.Series(identity, index=rows.index, dtype=object))


def _with_keys(table: FormTable, book: KeyBook) -> FormTable:
    keyless = not set(CODES) & set(table.frame)
    if not book.keys and not keyless:
        return table
    rows = named_rows(codeless(table), book)
    if "grade" not in table.frame:
        rows = rows[~rows["identity"].duplicated()]
    keys = rows["identity"].map(book.keys.get).dropna()
    if not len(keys) and not keyless:
        return table
    frame, places, headings = table.frame.copy(), dict(table.places), dict(table.headings)
    if "smis_code" not in frame:
        frame["smis_code"] = pd.Series("", index=frame.index, dtype=object)
        places["smis_code"] = places["school_name_th"]
        headings["smis_code"] = headings["school_name_th"]
    frame.loc[keys.index, "smis_code"] = keys
    return replace(table, frame=frame, places=places, headings=headings)


def propose_keys(rows: pd.DataFrame, book: KeyBook, register: pd.DataFrame) -> pd.DataFrame:
    """Propose a key for each school without one: ``<subdistrict code>-<nn>`` in name order.

    Args:
        rows: `named_rows` that have no code and no accepted key.
        book: Whose keys are never given a second time.
        register: Schools that have a key, located; one of the same name in the same
            subdistrict is proposed instead of a new key.

    Returns:
        Columns `PROPOSED`, one line per identity, by subdistrict and name; rows without a
        known subdistrict get none.
    """
    rows = rows[(rows["subdistrict_code"] != "") & ~rows["identity"].duplicated()]
    order = rows["identity"].map(lambda identity: (identity[1], identity[0], identity[2]))
    rows = rows.loc[order.sort_values(kind="stable").index]
    same = _by_name(register)
    taken = book.accepted | set(register["smis_code"])
    numbers: dict[str, int] = {}
    lines = []
    for row in rows.itertuples():
        code = row.subdistrict_code
        key = same.get((row.identity[0], code), "")
        why = f"ชื่อและตำบลตรงกับโรงเรียนรหัส {key} ในทะเบียน" if key else ""
        while not key:
            numbers[code] = numbers.get(code, 0) + 1
            number = f"{code}-{numbers[code]:02d}"
            key = "" if number in taken else number
        lines.append(
            (row.school_name_th, code, row.affiliation, key, row.subdistrict, row.district, why)
        )
    return pd.DataFrame(lines, columns=[*PROPOSED], dtype=object)


def _by_name(register: pd.DataFrame) -> dict[tuple[str, str], str]:
    """(name key, subdistrict code) -> key, of the names that stand once in a subdistrict."""
    found: dict[tuple[str, str], str] = {}
    names = register["school_name_th"].map(name_key)
    for name, code, key in zip(
        names, register["subdistrict_code"], register["smis_code"], strict=True
    ):
        found[name, code] = "" if (name, code) in found else key
    return found
