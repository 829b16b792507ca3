"""Which schools there are: from registers and lists, else basic information, else enrolment."""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from gisapp.core.areas import locate_register
from gisapp.core.enrolment import EnrolmentRows
from gisapp.core.headings import Headings
from gisapp.core.problems import Problem, ProblemList
from gisapp.core.register import add_basic_info, read_register, register_from_enrolment
from gisapp.core.school_keys import PROPOSED, KeyBook, propose_keys
from gisapp.core.school_lists import rows_without_key, similar_names, without_keys
from gisapp.core.tables import FormTable


@dataclass(frozen=True)
class SchoolSources:
    """What says which schools there are.

    Attributes:
        registers: Registers, then lists without codes, their accepted keys filled in.
        others: Lists of other affiliations, which may need keys too.
        basic_info: Sheets that only fill gaps.
        enrolment: Rows with pupils.
        subdistricts: The office's, EPSG:4326; may be empty.
        book: Accepted keys, and the names of the subdistricts.
    """

    registers: list[FormTable]
    others: list[FormTable]
    basic_info: list[FormTable]
    enrolment: EnrolmentRows
    subdistricts: gpd.GeoDataFrame
    book: KeyBook


@dataclass(frozen=True)
class GatheredSchools:
    """The schools.

    Attributes:
        register: One row per school, sorted by `smis_code`, with its subdistrict's code.
        tables: Sheets that `register["table"]` points at.
        key_proposals: Keys proposed for the schools that have none, columns
            `gisapp.core.school_keys.PROPOSED`.
    """

    register: pd.DataFrame
    tables: list[FormTable]
    key_proposals: pd.DataFrame


def gather_schools(
    sources: SchoolSources, headings: Headings, area_code: str, key_pattern: str
) -> tuple[GatheredSchools, list[Problem]]:
    """Say which schools there are, and what is doubtful about that.

    A school without a code counts only with a key that an officer accepted; for the others
    keys are proposed.
    """
    found = ProblemList()
    book, tables = sources.book, sources.registers or sources.basic_info
    if tables:
        register = found.keep(
            read_register(tables, headings, area_code, key_pattern, book.accepted)
        )
        if sources.registers:
            register = found.keep(add_basic_info(register, sources.basic_info, headings))
    else:
        found.append(Problem("no_register"))
        tables = list(sources.enrolment.tables)
        register = register_from_enrolment(sources.enrolment, key_pattern)
    located = found.keep(
        locate_register(register, sources.subdistricts, tables, book.areas.spellings)
    )
    found += [] if len(located) else [Problem("empty_register")]
    lists = sources.registers + sources.others
    bare = rows_without_key(lists, book)
    keyless = bare[~bare["identity"].isin(list(book.keys))]
    proposals = (
        propose_keys(keyless, book, located) if len(keyless) else pd.DataFrame(columns=[*PROPOSED])
    )
    found += without_keys(keyless, proposals, lists, book.areas)
    named = ["school_name_th", "subdistrict_code", "smis_code", "table", "row"]
    listed = bare[bare["table"] < len(sources.registers)]
    both = pd.concat([part[named] for part in (located, listed) if len(part)] or [bare[named]])
    found += similar_names(both, tables)
    return GatheredSchools(located, tables, proposals), list(found)
