"""The way from an office's sheets to the layers of a round, in order. Read this file first."""

import datetime
import hashlib
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd

import gisapp
from gisapp.core import checks, layers
from gisapp.core.areas import locate_register
from gisapp.core.buildings import read_buildings
from gisapp.core.enrolment import EnrolmentRows, gather_enrolment, read_enrolment
from gisapp.core.enrolment_long import read_enrolment_long
from gisapp.core.forms import FORM
from gisapp.core.headings import Headings
from gisapp.core.match import SchoolKeys
from gisapp.core.places import Ground, place_schools
from gisapp.core.problems import BLOCK, Problem, ProblemList
from gisapp.core.pupils import give_to_schools
from gisapp.core.register import add_basic_info, read_register, register_from_enrolment
from gisapp.core.rounds import Round
from gisapp.core.service_areas import read_service_villages
from gisapp.core.staff import read_teachers
from gisapp.core.tables import FormTable
from gisapp.errors import RoundNotFoundError
from gisapp.settings import Settings
from gisapp.store.boundaries import Boundaries, read_boundaries
from gisapp.store.geopackage import write_layers
from gisapp.store.photos import read_photo_list
from gisapp.store.problem_book import write_problem_book
from gisapp.store.rounds import RoundTables, checksums_of, list_rounds, read_round
from gisapp.store.tables import read_headings, read_size_classes

ENROLMENT = ("enrolment", "enrolment_long")

#: Forms that a later round takes over from an earlier one, each group as a whole.
_TAKEN_OVER = (
    ("register",),
    ("basic_info",),
    ENROLMENT,
    ("buildings",),
    ("service_villages",),
    ("staff",),
)


@dataclass(frozen=True)
class Checked:
    """A round, read and checked, not yet published.

    Attributes:
        layers: Layer name -> rows as they will be published.
        problems: Everything found, in no order.
        metadata: What the layers were made from.
    """

    data_round: Round
    layers: dict[str, pd.DataFrame]
    problems: list[Problem]
    metadata: dict[str, str]

    @property
    def blocks(self) -> list[Problem]:
        """What must be mended or acknowledged before the round is published."""
        return [problem for problem in self.problems if problem.severity == BLOCK]


def check_round(settings: Settings, data_round: Round) -> Checked:
    """Read and check everything; write the problem workbook; publish nothing."""
    checked = _join(settings, data_round)
    title = f"{settings.name_th} · รอบ {data_round}"
    path = settings.problem_book(data_round.name)
    write_problem_book(checked.layers["problems"], path, title)
    return checked


def build_round(settings: Settings, data_round: Round, built_on: datetime.datetime) -> Checked:
    """Check a round and, when nothing blocks it, publish its GeoPackage in one step.

    Args:
        settings: The office.
        data_round: Which round.
        built_on: Time that the file states.
    """
    checked = check_round(settings, data_round)
    if not checked.blocks:
        path = settings.layer_file(data_round.name)
        metadata = {**checked.metadata, "built_on": built_on.isoformat()}
        write_layers(checked.layers, path, metadata, built_on)
    return checked


def _join(settings: Settings, data_round: Round) -> Checked:
    """Sheets -> tables -> schools with all that is known of them."""
    found = ProblemList()
    headings = read_headings(settings)
    received, taken = found.keep(_receive(settings, data_round, headings))
    ground = read_boundaries(settings.boundaries_dir, headings)

    wide = found.keep(read_enrolment(received.of("enrolment"), settings.area_code))
    long = found.keep(read_enrolment_long(received.of("enrolment_long"), headings))
    enrolment = gather_enrolment(wide, long)
    register, sheets = found.keep(_register(settings, received, enrolment, headings))
    register = found.keep(locate_register(register, ground.subdistricts, sheets))
    keys = SchoolKeys.of(register)
    found += [] if len(register) else [Problem("empty_register")]

    places = found.keep(place_schools(register, _ground(settings, ground), sheets))
    grades = found.keep(give_to_schools(enrolment, keys, settings.key_pattern))
    year = data_round.academic_year_be
    buildings = found.keep(read_buildings(received.of("buildings"), keys, year))
    villages = found.keep(
        read_service_villages(
            received.of("service_villages"), keys, headings, ground.subdistricts, ground.villages
        )
    )
    teachers = found.keep(read_teachers(received.of("staff"), keys))
    photos = read_photo_list(settings.shown_dir)
    photos = photos[photos["smis_code"].isin(keys.smis)]
    classes = read_size_classes(settings)
    schools = layers.join_schools(register, places, grades, buildings, teachers, photos, classes)

    found += checks.expansion_flags(register, schools, sheets)
    found += _absences(received, register, sheets, grades, buildings, villages)
    found += [] if len(ground.subdistricts) else [Problem("no_boundaries")]
    tables = {
        "schools": layers.finish_schools(schools, found),
        "enrolment_by_grade": grades,
        "buildings": buildings,
        "service_villages": _village_points(villages, ground.villages),
        "photos": photos,
        "problems": layers.problem_rows(found),
        **_base_layers(ground, schools),
    }
    published = {
        name: layers.as_published(table, name, data_round, _as_of(name, data_round, taken))
        for name, table in tables.items()
    }
    return Checked(data_round, published, found, _metadata(settings, received, taken))


def _receive(
    settings: Settings, data_round: Round, headings: Headings
) -> tuple[tuple[RoundTables, dict[str, Round]], list[Problem]]:
    """Read the round, and take each form that it lacks from the newest earlier round.

    Returns:
        received: Tables of this round and those taken over; and from which earlier round
            each form that was taken over comes.
        problems: Files that could not be used, and what was taken over.
    """
    received = read_round(settings, data_round, headings)
    problems = list(received.problems)
    for table in received.of(*ENROLMENT):
        problems += checks.round_of_title(table, data_round)
    taken: dict[str, Round] = {}
    missing = [group for group in _TAKEN_OVER if not received.of(*group)]
    for before in reversed([known for known in list_rounds(settings) if known < data_round]):
        if not missing:
            break
        try:
            earlier = read_round(settings, before, headings)
        except RoundNotFoundError:
            continue  # its folder is empty
        for group in list(missing):
            tables = [_as_of_round(table, before) for table in earlier.of(*group)]
            if tables:
                missing.remove(group)
                received.tables.extend(tables)
                taken |= dict.fromkeys(group, before)
                problems.append(_taken_over(group[0], before))
                for table in tables:
                    file = table.sheet.file
                    received.checksums[file] = earlier.checksums[file.split("/", 1)[1]]
    return (received, taken), problems


def _as_of_round(table: FormTable, before: Round) -> FormTable:
    """Name an earlier round's file by its round, so that people look in the right folder."""
    return replace(table, sheet=replace(table.sheet, file=f"{before}/{table.sheet.file}"))


def _taken_over(form: str, before: Round) -> Problem:
    as_of = before.buildings_cut_off if form == "buildings" else before.cut_off
    facts = {
        "form_th": FORM[form].title_th,
        "form_en": FORM[form].title_en,
        "round": before.name,
        "as_of": as_of.isoformat(),
    }
    return Problem("taken_from_earlier_round", key=form, value=before.name, facts=facts)


def _absences(
    received: RoundTables,
    register: pd.DataFrame,
    sheets: list[FormTable],
    grades: pd.DataFrame,
    buildings: pd.DataFrame,
    villages: pd.DataFrame,
) -> list[Problem]:
    """Say which schools a sheet lacks, or that nobody sent the sheet."""
    problems = []
    for kind, forms, rows in (
        ("no_enrolment", ENROLMENT, grades),
        ("no_buildings", ("buildings",), buildings),
        ("no_service_villages", ("service_villages",), villages),
    ):
        if received.of(*forms):
            present = set(rows["smis_code"])
            problems += checks.absent_schools(kind, register, present, sheets)
        elif forms == ENROLMENT:
            problems.append(Problem("enrolment_absent", key="enrolment"))
        else:
            form = FORM[forms[0]]
            facts = {"form_th": form.title_th, "form_en": form.title_en}
            problems.append(Problem("form_absent", key=form.name, facts=facts))
    return problems


def _register(
    settings: Settings, received: RoundTables, enrolment: EnrolmentRows, headings: Headings
) -> tuple[tuple[pd.DataFrame, list[FormTable]], list[Problem]]:
    """The schools there are: from registers, else basic information, else enrolment sheets."""
    registers, basic = received.of("register"), received.of("basic_info")
    main = registers or basic
    if not main:
        register = register_from_enrolment(enrolment, settings.key_pattern)
        return (register, list(enrolment.tables)), [Problem("no_register")]
    register, problems = read_register(main, headings, settings.area_code, settings.key_pattern)
    if registers:
        register, found = add_basic_info(register, basic, headings)
        problems += found
    return (register, main), problems


def _ground(settings: Settings, boundaries: Boundaries) -> Ground:
    return Ground(
        subdistricts=boundaries.subdistricts,
        villages=boundaries.villages,
        metric_crs=settings.metric_crs,
        tolerance_m=settings.place_tolerance_m,
    )


def _village_points(rows: pd.DataFrame, villages: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Put each service village on its point, where the office has one."""
    points = villages.drop_duplicates("village_code").set_index("village_code").geometry
    return gpd.GeoDataFrame(
        rows, geometry=points.reindex(rows["village_code"]).to_numpy(), crs=4326
    )


def _base_layers(ground: Boundaries, schools: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Areas with their counts, and what the office has to draw below the schools."""
    by_district = schools.assign(district_code=schools["subdistrict_code"].str[:4])
    areas: dict[str, pd.DataFrame] = {}
    if len(ground.subdistricts):
        areas["districts"] = layers.count_by_area(
            ground.districts, "district_code", by_district, "district_code"
        )
        areas["subdistricts"] = layers.count_by_area(
            ground.subdistricts, "subdistrict_code", schools, "subdistrict_code"
        )
    drawn = {
        "villages": ground.villages,
        "roads": ground.roads,
        "rivers": ground.rivers,
        "lakes": ground.lakes,
    }
    return {**areas, **{name: layer for name, layer in drawn.items() if len(layer)}}


def _as_of(layer: str, data_round: Round, taken: dict[str, Round]) -> datetime.date:
    """The day that a layer's figures are of."""
    form = {"schools": "enrolment", "enrolment_by_grade": "enrolment"}.get(layer, layer)
    stated = taken.get(form, data_round)
    return stated.buildings_cut_off if form == "buildings" else stated.cut_off


def _metadata(settings: Settings, received: RoundTables, taken: dict[str, Round]) -> dict[str, str]:
    """Name each source with its checksum, the criteria and what was taken over."""
    checksums = received.checksums | checksums_of(settings.boundaries_dir)
    sources = {f"source {file}": f"sha256 {digest}" for file, digest in checksums.items()}
    criteria = hashlib.sha256(repr(read_size_classes(settings)).encode()).hexdigest()
    return {
        "office": f"{settings.area_code} {settings.name_th}",
        "gisapp": gisapp.__version__,
        **sources,
        **{f"taken over {form}": before.name for form, before in taken.items()},
        "criteria size_classes": f"sha256 {criteria}",
    }
