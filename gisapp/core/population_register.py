"""Lines of the registered population -> rows by subdistrict and age, municipal parts added."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.population_areas import PopulationAreas
from gisapp.core.population_days import day_of
from gisapp.core.population_lines import (
    AGES,
    DISTRICT,
    MUNICIPALITY,
    SUBDISTRICT,
    Lines,
    read_lines,
)
from gisapp.core.problems import AREA_KEY, Problem
from gisapp.core.tables import FormTable
from gisapp.core.text import heading_key

#: A municipality is named after the town that it is in.
_MUNICIPAL = ("ท้องถิ่น", "เทศบาลนคร", "เทศบาลเมือง", "เทศบาลตำบล", "เทศบาล")


@dataclass(frozen=True)
class _Office:
    """Districts in which a file and the office know a subdistrict of a name.

    Attributes:
        inside: Subdistrict key -> keys of the office's districts, by its boundaries or the file.
        outside: Subdistrict key -> keys of the file's other districts.
    """

    areas: PopulationAreas
    inside: dict[str, set[str]]
    outside: dict[str, set[str]]

    def districts_of(self, name: str) -> set[str]:
        return self.inside.get(name, set()) | self.outside.get(name, set())


def read_register_population(
    table: FormTable, areas: PopulationAreas
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read one population file of a province.

    Returns:
        population: One row per subdistrict and age 0 to 100: `area_code` ("" where the place is
            not known), `area_name`, `age`, `age_to`, `male`, `female`, `persons`, `as_of_date`.
            Municipal parts of a subdistrict are added to it. Rows of other offices' districts
            are left out.
        problems: Sums that fail, and whom the rows leave out or cannot place.
    """
    lines, problems = read_lines(table)
    if not len(lines.names):
        return pd.DataFrame(), problems
    office = _office(lines, areas)
    codes: dict[int, str] = {}
    left_out: list[int] = []
    for head in np.unique(lines.heads[lines.of(SUBDISTRICT)]):
        parts = [int(place) for place in lines.of(SUBDISTRICT) if lines.heads[place] == head]
        if lines.kinds[head] == MUNICIPALITY:
            placed = _municipal(lines, int(head), parts, office)
        else:
            placed = _in_district(lines, int(head), parts, areas)
        codes |= {place: code for place, code in placed.items() if code is not None}
        left_out += [place for place, code in placed.items() if code is None]
    problems += _left_out(table, lines, left_out)
    problems += [
        _unplaced(table, lines, place, office)
        for place, code in codes.items()
        if not code and areas.districts
    ]
    problems += _without_age(table, lines, list(codes))
    day, found = day_of(table)
    frame = _long(lines, codes, areas)
    frame["as_of_date"] = day.isoformat()
    return frame, problems + found


def _office(lines: Lines, areas: PopulationAreas) -> _Office:
    inside: dict[str, set[str]] = {}
    for district, name in areas.subdistricts:
        inside.setdefault(name, set()).add(district)
    outside: dict[str, set[str]] = {}
    for place in lines.of(SUBDISTRICT):
        head = int(lines.heads[place])
        district = areas.key(lines.names[head])
        if lines.kinds[head] == DISTRICT:
            known = inside if district in areas.districts else outside
            known.setdefault(areas.key(lines.names[place]), set()).add(district)
    return _Office(areas, inside, outside)


def _in_district(
    lines: Lines, head: int, parts: list[int], areas: PopulationAreas
) -> dict[int, str | None]:
    """Codes by name within the district; None for a district of another office."""
    district = areas.key(lines.names[head])
    if areas.districts and district not in areas.districts:
        return dict.fromkeys(parts)
    return {
        place: areas.subdistricts.get((district, areas.key(lines.names[place])), "")
        for place in parts
    }


def _municipal(lines: Lines, head: int, parts: list[int], office: _Office) -> dict[int, str | None]:
    """Codes of a municipality's parts, whose district the file does not say.

    A name that is used once is enough. Where two districts have it, that one counts which the
    municipality's other parts lie in, else the one that the municipality is named after.
    """
    names = {place: office.areas.key(lines.names[place]) for place in parts}
    found = {place: office.districts_of(name) for place, name in names.items()}
    sure = {next(iter(districts)) for districts in found.values() if len(districts) == 1}
    town = _town(lines.names[head])
    named = {town} if office.areas.districts & {town} else office.districts_of(town)
    placed: dict[int, str | None] = {}
    for place, districts in found.items():
        for hint in (sure, named):
            if len(districts) > 1 and len(districts & hint) == 1:
                districts = districts & hint
        # A part that nobody names elsewhere lies where the municipality's other parts lie.
        likely = districts or sure
        if likely and not likely & office.areas.districts:
            placed[place] = None
        else:
            only = next(iter(districts)) if len(districts) == 1 else ""
            placed[place] = office.areas.subdistricts.get((only, names[place]), "")
    return placed


def _town(municipality: str) -> str:
    name = heading_key(municipality)
    for prefix in _MUNICIPAL:
        name = name.removeprefix(prefix)
    return name


def _left_out(table: FormTable, lines: Lines, left_out: list[int]) -> list[Problem]:
    if not left_out:
        return []
    persons = int(lines.people[left_out].sum())
    districts = {_whole_or_part(lines, place, set(left_out)) for place in left_out}
    nothing = len(left_out) == len(lines.of(SUBDISTRICT))
    found = Problem(
        "population_only_outside" if nothing else "population_outside",
        file=table.sheet.file,
        sheet=table.sheet.name,
    )
    facts = {
        "persons": f"{persons:,}",
        "rows": len(left_out),
        "areas": ", ".join(sorted(districts)),
    }
    return [replace(found, value=str(persons), facts=facts)]


def _whole_or_part(lines: Lines, place: int, left_out: set[int]) -> str:
    """The line's district or municipality where all of it is left out, else the line itself."""
    head = int(lines.heads[place])
    parts = np.flatnonzero(lines.heads == head)
    whole = all(int(part) in left_out for part in parts if part != head)
    return lines.names[head] if whole else f"{lines.names[place]} ({lines.names[head]})"


def _unplaced(table: FormTable, lines: Lines, place: int, office: _Office) -> Problem:
    """Name the persons of a line that no subdistrict of the office could be given."""
    head = int(lines.heads[place])
    name, line = lines.names[place], table.sheet.row_number(lines.rows[place])
    districts = sorted(office.districts_of(office.areas.key(name)))
    return Problem(
        "population_either" if len(districts) > 1 else "population_unplaced",
        file=table.sheet.file,
        sheet=table.sheet.name,
        row=line,
        key=f"{AREA_KEY}{lines.names[head]}",
        value=name,
        facts={
            "line": line,
            "persons": f"{int(lines.people[place].sum()):,}",
            "block": lines.names[head],
            "districts_th": " หรือ ".join(f"อ.{district}" for district in districts),
            "districts_en": " or ".join(districts),
        },
    )


def _without_age(table: FormTable, lines: Lines, places: list[int]) -> list[Problem]:
    """Say how many people stand in the pairs after age 100, whose meaning is not verified."""
    persons = int(lines.people[places, AGES:].sum())
    if not persons:
        return []
    found = Problem("population_without_age", file=table.sheet.file, sheet=table.sheet.name)
    return [replace(found, value=str(persons), facts={"persons": f"{persons:,}"})]


def _long(lines: Lines, codes: dict[int, str], areas: PopulationAreas) -> pd.DataFrame:
    """Add up the lines of each subdistrict and lay the ages below one another.

    Lines without a code stay apart, under the names that the file gives them.
    """
    groups: dict[str, list[int]] = {}
    for place, code in codes.items():
        groups.setdefault(code or f"line {place}", []).append(place)
    people: NDArray[np.int64] = np.array(
        [lines.people[places, :AGES].sum(axis=0) for places in groups.values()], dtype=np.int64
    ).reshape(len(groups), AGES, 2)
    firsts = [places[0] for places in groups.values()]
    written = [codes[place] for place in firsts]
    names = [
        areas.name.get(codes[place])
        or f"{lines.names[place]} ({lines.names[int(lines.heads[place])]})"
        for place in firsts
    ]
    ages = np.tile(np.arange(AGES), len(groups))
    return pd.DataFrame(
        {
            "area_code": np.repeat(np.array(written, dtype=object), AGES),
            "area_name": np.repeat(np.array(names, dtype=object), AGES),
            "area_kind": "subdistrict",
            "age": ages,
            "age_to": ages,
            "male": people[:, :, 0].ravel(),
            "female": people[:, :, 1].ravel(),
            "persons": people.sum(axis=2).ravel(),
        }
    )
