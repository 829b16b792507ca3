"""The way from an office's sheets to the layers of a round, in order. Read this file first."""

import datetime
from dataclasses import dataclass

import pandas as pd

from gisapp.core.corrections import with_received
from gisapp.core.floods import fold_floods
from gisapp.core.layers import DESK_LAYERS, reading_order
from gisapp.core.marks import remark_to_school
from gisapp.core.problems import Problem, acknowledge, with_checksums
from gisapp.core.rounds import Round
from gisapp.core.school_rows import SchoolRows, part_by_school
from gisapp.errors import CoverageFailedError, GisappError
from gisapp.pipeline.inputs import read_inputs
from gisapp.pipeline.join import join_round
from gisapp.pipeline.lay_out import lay_out, state_sources
from gisapp.settings import Settings
from gisapp.store.geopackage import write_layers
from gisapp.store.marked_copies import write_marked_copies
from gisapp.store.problem_book import write_problem_book
from gisapp.store.published_round import has_coverage
from gisapp.store.received import Received
from gisapp.store.school_files import Office, write_school_files
from gisapp.store.school_keys import write_key_proposals


@dataclass(frozen=True)
class Checked:
    """A round, read and checked, not yet published.

    Attributes:
        layers: Layer name -> rows as they will be published.
        problems: Everything found, in no order.
        metadata: What the layers were made from.
        received: The sheets as they came, for marked copies and excerpts.
        key_proposals: Keys proposed for the schools without a code.
    """

    data_round: Round
    layers: dict[str, pd.DataFrame]
    problems: list[Problem]
    metadata: dict[str, str]
    received: Received
    key_proposals: pd.DataFrame

    @property
    def blocks(self) -> list[Problem]:
        """What must be mended or acknowledged before the round is published."""
        return [problem for problem in self.problems if problem.blocks]

    def by_school(self, language: str) -> SchoolRows:
        """The received rows of each school, with what the school can mend in them."""
        told = (remark_to_school(problem, language) for problem in reading_order(self.problems))
        remarks = [remark for remark in told if remark]
        sheets = list(self.received.sheet_of_place.values())
        return part_by_school(sheets, self.received.tables, remarks, self.layers["schools"])


def join_sheets(settings: Settings, data_round: Round) -> Checked:
    """Sheets -> tables -> schools with all that is known of them; nothing is written."""
    inputs, found = read_inputs(settings, data_round)
    joined, doubts = join_round(inputs)
    found = fold_floods([*found, *doubts], inputs.received.tables, inputs.limits)
    found = with_received(found, inputs.received.tables)
    found = with_checksums(found, inputs.received.checksums)
    found = acknowledge(found, inputs.acknowledgements)
    layers = lay_out(inputs, joined, found)
    keys = joined.gathered.key_proposals
    return Checked(data_round, layers, found, state_sources(inputs), inputs.received, keys)


def check_round(settings: Settings, data_round: Round, checked_on: datetime.datetime) -> Checked:
    """Read and check everything, publish nothing; write down what was found.

    The problem workbook and the marked copies are for people, the check file for the office's
    own pages.

    Args:
        settings: The office.
        data_round: Which round.
        checked_on: Time that the check file states.
    """
    checked = join_sheets(settings, data_round)
    name, received, language = data_round.name, checked.received, settings.language
    folder = settings.copies_dir(name)
    links = write_marked_copies(
        folder, received.sheets, received.tables, checked.problems, language
    )
    write_key_proposals(checked.key_proposals, settings, data_round)
    book = settings.problem_book(name)
    write_problem_book(checked.layers["problems"], book, settings.name_th, name, links)
    desk = {layer: rows for layer, rows in checked.layers.items() if layer in DESK_LAYERS}
    metadata = {**checked.metadata, "checked_on": checked_on.isoformat()}
    write_layers(desk, settings.check_file(name), metadata, checked_on)
    return checked


def check_for_schools(
    settings: Settings, data_round: Round, checked_on: datetime.datetime
) -> Checked:
    """Check a round and write a workbook for each school that has something to mend."""
    checked = check_round(settings, data_round, checked_on)
    name = settings.name_en if settings.language == "en" else settings.name_th
    office = Office(name, data_round.name, settings.language)
    folder = settings.school_files_dir(data_round.name)
    write_school_files(folder, checked.by_school(settings.language), office)
    return checked


def build_round(settings: Settings, data_round: Round, built_on: datetime.datetime) -> Checked:
    """Check a round and, when nothing blocks it, publish its GeoPackage in one step.

    Coverage that the replaced file had is worked out again.

    Args:
        settings: The office.
        data_round: Which round.
        built_on: Time that the file states.

    Raises:
        CoverageFailedError: The round is published, but not its coverage.
    """
    checked = check_round(settings, data_round, built_on)
    if not checked.blocks:
        was_covered = has_coverage(settings, data_round)
        path = settings.layer_file(data_round.name)
        metadata = {**checked.metadata, "built_on": built_on.isoformat()}
        write_layers(checked.layers, path, metadata, built_on)
        if was_covered:
            _cover_again(settings, data_round, built_on)
    return checked


def _cover_again(settings: Settings, data_round: Round, built_on: datetime.datetime) -> None:
    """Work out the coverage of a round that has just been published anew.

    Raises:
        CoverageFailedError: It cannot be; the round stays published, without coverage.
    """
    # Imported here: its compiled loops take longer to load than most rounds to check.
    from gisapp.pipeline.coverage import compute_coverage

    try:
        compute_coverage(settings, data_round, built_on)
    except GisappError as error:
        command = f"gisapp coverage {data_round}"
        th = f"เผยแพร่รอบ {data_round} แล้ว แต่ยังไม่มีความครอบคลุม แก้เรื่องต่อไปนี้แล้วสั่ง {command}"
        en = (
            f"round {data_round} is published without its coverage; mend this, then run `{command}`"
        )
        raise CoverageFailedError(f"{th}\n{error.th}", f"{en}\n{error}") from error
