"""Tables -> schools with all that is known of them, and what is doubtful on the way."""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from gisapp.core import checks, layers
from gisapp.core.consistency import check_against_earlier, check_figures
from gisapp.core.corrections import accepted_places, corrected_columns
from gisapp.core.figures import Figures, KnownSchools, Pupils, read_figures, read_pupils
from gisapp.core.forms import FORM
from gisapp.core.gone import gone_schools
from gisapp.core.match import SchoolKeys
from gisapp.core.national import is_national
from gisapp.core.other_layers import other_layers
from gisapp.core.own_schools import OwnSchools
from gisapp.core.places import place_schools
from gisapp.core.point_findings import PlacedSchools, propose_points
from gisapp.core.population import FORMS as POPULATION
from gisapp.core.population import read_population
from gisapp.core.problems import Problem, ProblemList
from gisapp.core.school_gathering import GatheredSchools, SchoolSources, gather_schools
from gisapp.core.second_places import differing_places
from gisapp.core.service_areas import FORMS as SERVICE_AREAS
from gisapp.core.service_areas import read_service_villages
from gisapp.core.staff import teachers_of
from gisapp.pipeline.inputs import Inputs
from gisapp.store.received import ENROLMENT


@dataclass(frozen=True)
class Joined:
    """A round's schools and what hangs on them, not yet laid out as layers.

    Attributes:
        gathered: Which schools there are.
        schools: One row per school with everything joined, EPSG:4326.
        figures: Pupils, structures, staff and tests.
        service_villages: School × level × village.
        population: Area × age.
        photos: Pictures of these schools.
        others: Layers of schools of other affiliations.
    """

    gathered: GatheredSchools
    schools: gpd.GeoDataFrame
    figures: Figures
    service_villages: pd.DataFrame
    population: pd.DataFrame
    photos: pd.DataFrame
    others: dict[str, pd.DataFrame]


def join_round(inputs: Inputs) -> tuple[Joined, list[Problem]]:
    """Read every table, give its rows to the schools, and compare the sheets with one another."""
    found = ProblemList()
    received, headings, office = inputs.received, inputs.headings, inputs.settings
    pupils = found.keep(read_pupils(received.of, headings, office.area_code))
    sources = _sources(inputs, pupils)
    gathered = found.keep(gather_schools(sources, headings, office.area_code, office.key_pattern))
    register = gathered.register
    known = KnownSchools(
        register,
        [*gathered.tables, *sources.basic_info],
        SchoolKeys.of(register),
        headings,
        office.area_code,
        office.key_pattern,
    )
    places, found = _place(inputs, gathered, found)
    own = OwnSchools.of(register, inputs.book.areas)
    others = found.keep(other_layers(sources.others, headings, own, inputs.ground))
    figures = found.keep(read_figures(received.of, pupils, known, inputs.data_round, inputs.limits))
    zones = received.of(*SERVICE_AREAS)
    villages = found.keep(read_service_villages(zones, known.keys, headings, inputs.villages))
    people = found.keep(
        read_population(
            received.of(*POPULATION),
            inputs.ground.subdistricts,
            inputs.villages,
            inputs.limits,
            _drawn_areas(inputs.boundaries.population_areas),
        )
    )
    stated = [rows for rows in (people, inputs.boundaries.totals) if len(rows)]
    people = pd.concat(stated, ignore_index=True) if stated else people
    photos = inputs.photos[inputs.photos["smis_code"].isin(known.keys.smis)]
    schools = layers.join_schools(
        register,
        places,
        figures.grades,
        figures.buildings,
        teachers_of(figures.staff),
        photos,
        inputs.size_classes,
        figures.rooms,
    )
    schools["corrected"] = schools["smis_code"].map(corrected_columns(received.applied))
    joined = Joined(gathered, schools, figures, villages, people, photos, others)
    return joined, found + _compare(inputs, joined, known)


def _drawn_areas(areas: gpd.GeoDataFrame) -> dict[str, str]:
    """Code of each area that people are counted in -> its name."""
    return dict(zip(areas["area_code"], areas["area_name"], strict=True))


def _sources(inputs: Inputs, pupils: Pupils) -> SchoolSources:
    received = inputs.received
    return SchoolSources(
        # What the office keeps of its schools comes before what the nation's workbook says.
        registers=sorted(received.of("register"), key=is_national) + received.of("school_list"),
        others=received.of("other_schools"),
        basic_info=received.of("basic_info"),
        enrolment=pupils.enrolment,
        subdistricts=inputs.ground.subdistricts,
        book=inputs.book,
    )


def _place(
    inputs: Inputs, gathered: GatheredSchools, found: ProblemList
) -> tuple[gpd.GeoDataFrame, ProblemList]:
    """Put each school on its best point; points by name alone answer some of the doubts."""
    accepted = accepted_places(inputs.received.applied)
    places = found.keep(
        place_schools(
            gathered.register, inputs.ground, gathered.tables, accepted, inputs.earlier_places
        )
    )
    placed = PlacedSchools(gathered.register, gathered.tables, places, accepted)
    points = inputs.received.of("school_points")
    return places, ProblemList(propose_points(placed, points, inputs.ground, found))


def _compare(inputs: Inputs, joined: Joined, known: KnownSchools) -> list[Problem]:
    """Compare the sheets with one another, with earlier rounds, and with what should be there."""
    register, tables = joined.gathered.register, joined.gathered.tables
    found = check_figures(joined.figures, known, inputs.data_round, inputs.limits)
    accepted = accepted_places(inputs.received.applied)
    found += differing_places(known, inputs.ground, accepted)
    if "enrolment" not in inputs.received.taken:
        found += check_against_earlier(
            joined.figures, inputs.data_round, inputs.earlier_grades, inputs.limits
        )
    found += checks.expansion_flags(register, joined.schools, tables)
    found += checks.closed_with_pupils(register, joined.schools, tables)
    found += _absences(inputs, joined) + _gone(inputs, joined)
    found += [] if len(inputs.ground.subdistricts) else [Problem("no_boundaries")]
    return found


def _gone(inputs: Inputs, joined: Joined) -> list[Problem]:
    """Say which schools of the last published round no sheet names, where registers are new."""
    if "register" in inputs.received.taken or not inputs.earlier_grades:
        return []
    codes = (joined.gathered.register["smis_code"], joined.figures.enrolment.rows["smis_code"])
    last = inputs.earlier_grades[0].data_round.name
    return gone_schools({code for column in codes for code in column}, inputs.earlier_places, last)


def _absences(inputs: Inputs, joined: Joined) -> list[Problem]:
    """Say which schools a sheet lacks, or that nobody sent the sheet."""
    problems = []
    for kind, forms, rows in (
        ("no_enrolment", ENROLMENT, joined.figures.grades),
        ("no_buildings", ("buildings",), joined.figures.buildings),
        ("no_service_villages", SERVICE_AREAS, joined.service_villages),
    ):
        if inputs.received.of(*forms):
            present, gathered = set(rows["smis_code"]), joined.gathered
            problems += checks.absent_schools(kind, gathered.register, present, gathered.tables)
        elif forms == ENROLMENT:
            problems.append(Problem("enrolment_absent", key="enrolment"))
        else:
            form = FORM[forms[0]]
            facts = {"form_th": form.title_th, "form_en": form.title_en}
            problems.append(Problem("form_absent", key=form.name, facts=facts))
    return problems
