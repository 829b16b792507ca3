"""Everything that a round is made from, read once: sheets, land, criteria, earlier rounds."""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from gisapp.core.areas import SPELLINGS, AreaNames
from gisapp.core.cohorts import EarlierGrades
from gisapp.core.ground import Ground
from gisapp.core.headings import Headings
from gisapp.core.limits import Limits
from gisapp.core.problems import Acknowledgement, Problem, ProblemList
from gisapp.core.rounds import Round
from gisapp.core.school_keys import KeyBook
from gisapp.core.sizes import SizeClass
from gisapp.core.villages import VillageIndex
from gisapp.settings import Settings
from gisapp.store.boundaries import Boundaries, read_boundaries
from gisapp.store.decisions import read_acknowledgements
from gisapp.store.earlier_grades import read_earlier_grades
from gisapp.store.earlier_places import read_earlier_places
from gisapp.store.photos import read_photo_list
from gisapp.store.received import Received, receive_round
from gisapp.store.school_keys import read_key_book
from gisapp.store.tables import read_headings, read_limits, read_size_classes


@dataclass(frozen=True)
class Inputs:
    """What the office holds for a round. Nothing below `read_inputs` opens a file.

    Attributes:
        boundaries: Base layers; `ground` is the same land as places are measured on.
        villages: The office's villages, to look names and numbers up in.
        book: Keys of the schools without a code.
        earlier_places, earlier_grades: What earlier rounds have published.
    """

    settings: Settings
    data_round: Round
    headings: Headings
    boundaries: Boundaries
    ground: Ground
    villages: VillageIndex
    book: KeyBook
    received: Received
    limits: Limits
    size_classes: list[SizeClass]
    photos: pd.DataFrame
    earlier_places: gpd.GeoDataFrame | None
    earlier_grades: list[EarlierGrades]
    acknowledgements: list[Acknowledgement]


def read_inputs(settings: Settings, data_round: Round) -> tuple[Inputs, list[Problem]]:
    """Read what the office holds for a round.

    Returns:
        inputs: All of it, corrections applied.
        problems: What could not be used, and what was taken from earlier rounds.

    Raises:
        RoundNotFoundError: The round has no folder, or nothing lies in it.
        PersonDataError: A sheet holds personal numbers; nothing of it is kept.
        TableError: A table that officers edit cannot be used.
        UnreadableFileError: A file of ``data/boundaries`` cannot be read.
    """
    found = ProblemList()
    headings, limits = read_headings(settings), read_limits(settings)
    boundaries = found.keep(
        read_boundaries(settings.boundaries_dir, headings, settings.datum_operation)
    )
    spellings = headings.forms.get(SPELLINGS, {})
    book = read_key_book(settings, AreaNames.of(boundaries.subdistricts, spellings))
    received = found.keep(receive_round(settings, data_round, headings, book))
    ground = Ground(
        subdistricts=boundaries.subdistricts,
        villages=boundaries.villages,
        metric_crs=settings.metric_crs,
        tolerance_m=settings.place_tolerance_m,
        area_code=settings.area_code,
        datum_operation=settings.datum_operation,
        limits=limits,
        announced_zones=boundaries.announced_zones,
    )
    inputs = Inputs(
        settings=settings,
        data_round=data_round,
        headings=headings,
        boundaries=boundaries,
        ground=ground,
        villages=VillageIndex.of(boundaries.villages, boundaries.subdistricts, spellings),
        book=book,
        received=received,
        limits=limits,
        size_classes=read_size_classes(settings),
        photos=read_photo_list(settings.shown_dir),
        earlier_places=read_earlier_places(settings, data_round),
        earlier_grades=read_earlier_grades(settings, data_round),
        acknowledgements=read_acknowledgements(settings, data_round),
    )
    return inputs, found
