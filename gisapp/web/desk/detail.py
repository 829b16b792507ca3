"""One problem of the desk: the sheet's cells, the proposed reading, its place, its history."""

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gisapp.core.excerpts import Excerpt
from gisapp.core.problem_filter import DONE, CorrectionRow, DeskItem, ProblemRow
from gisapp.core.profile_rows import School
from gisapp.core.rounds import Round
from gisapp.core.school_filter import thai_order
from gisapp.errors import LayerNotFoundError
from gisapp.store.checked import check_file, marked_copy_name, read_checked_schools, read_problems
from gisapp.store.decisions import Decision
from gisapp.store.published import LayerFile, layer_file, rounds_built
from gisapp.store.published_geojson import read_bounds
from gisapp.web.access import Access
from gisapp.web.desk.board import Board, Desk
from gisapp.web.map.drawing import MapParts, place_map
from gisapp.web.map.ground import base_config, ground_names
from gisapp.web.reader import Reading, language, link, settings

#: (lon, lat), degrees.
Point = tuple[float, float]

#: Half the width and height of the small map, degrees: about 2 km around the place.
AROUND_DEG = 0.02

#: Signs that stand side by side in the detail, the widest column counted, the space between
#: two, and the fewest columns that still tell whose row it is.
_SIGNS, _WIDEST, _BETWEEN, _LEAST = 50, 14, 2, 3

#: Degrees closer than this are one point: a tenth of a metre.
_SAME_DEG = 1e-6


@dataclass(frozen=True)
class Change:
    """One cell that the proposed reading would change."""

    column: str
    received: str
    proposed: str


@dataclass(frozen=True)
class Past:
    """One line of a problem's history.

    Attributes:
        data_round: Round that it belongs to.
        decision: What was decided; None where the problem was only found.
    """

    data_round: str
    decision: Decision | None


@dataclass(frozen=True)
class Detail:
    """A problem with everything that helps to decide.

    Attributes:
        item: The problem.
        school: Its school; None where no school has the code.
        excerpt: The sheet's own cells; None for a whole file.
        changes: Cells that the proposed reading would change; empty without one.
        proposed, found: Where the school would stand, and where it stands as received.
        history: Earlier rounds first, then what was decided in this one.
        decided: The newest decision that still holds; None where nobody decided.
        copy: Name of the sheet's marked copy; "" where there is none.
    """

    item: DeskItem
    school: School | None
    excerpt: Excerpt | None
    changes: tuple[Change, ...]
    proposed: Point | None
    found: Point | None
    history: tuple[Past, ...]
    decided: Decision | None
    copy: str

    @property
    def row(self) -> ProblemRow:
        """What the check found."""
        return self.item.row

    @property
    def is_place(self) -> bool:
        """Whether the proposal is a point."""
        return {change.column for change in self.changes} == {"lat", "lon"}

    @property
    def place(self) -> Point | None:
        """What the map is centred on."""
        return self.proposed or self.found


@dataclass(frozen=True)
class Case:
    """What was found about one school that the school can mend.

    Attributes:
        code: Its code.
        school: Its row of the draft; None where no school has the code.
        left, done: The problems that are for it; those for the office alone are on the desk.
        applied: Cells of it that the office put right.
    """

    code: str
    school: School | None
    left: tuple[DeskItem, ...]
    done: tuple[DeskItem, ...]
    applied: tuple[CorrectionRow, ...]


def case_of(board: Board, code: str) -> Case:
    """Gather what was found about one school and is for it to mend.

    Raises:
        LayerNotFoundError: No school has the code, and nothing names it.
    """
    desk = board.desk
    school = read_checked_schools(desk.checked_file, desk.access.of("schools")).get(code)
    items = [item for item in board.items if item.row.school == code]
    if school is None and not items:
        raise LayerNotFoundError(f"ไม่มีโรงเรียนรหัส {code}", f"no school has the code {code}")
    own = [item for item in items if item.row.for_school]
    return Case(
        code=code,
        school=school,
        left=tuple(item for item in own if item.state != DONE),
        done=tuple(item for item in own if item.state == DONE),
        applied=tuple(row for row in board.applied if row.smis_code == code),
    )


def detail_of(board: Board, item: DeskItem) -> Detail:
    """Put together what is known of one problem."""
    row, desk = item.row, board.desk
    changes = changes_of(row)
    proposed = _point(changes)
    found = None if row.lon is None or row.lat is None else (row.lon, row.lat)
    if proposed and found and _close(proposed, found):
        found = None
    schools = read_checked_schools(desk.checked_file, desk.access.of("schools"))
    return Detail(
        item=item,
        school=schools.get(row.school),
        excerpt=excerpt_of(row),
        changes=changes,
        proposed=proposed,
        found=found,
        history=tuple(_history(board, row)),
        decided=board.decided.get(row.fingerprint),
        copy=marked_copy_name(settings(), desk.round, row.file or ""),
    )


def excerpt_of(row: ProblemRow) -> Excerpt | None:
    """Return the sheet's own cells around a problem; None for a whole sheet or file."""
    return fitting(Excerpt.from_json(row.excerpt)) if row.excerpt else None


def own_cells_of(row: ProblemRow) -> Excerpt | None:
    """Return the header and the faulty rows alone: a school is not sent what others wrote."""
    excerpt = excerpt_of(row)
    if excerpt is None:
        return None
    kept = tuple(line for line in excerpt.rows if line.header or any(line.marked))
    return replace(excerpt, rows=kept)


def fitting(excerpt: Excerpt) -> Excerpt:
    """Leave out columns that nothing is wrong with, from the right, until the rest fits."""
    marked = [any(row.marked[n] for row in excerpt.rows) for n in range(len(excerpt.columns))]
    widths = [
        min(max(len(row.cells[n]) for row in excerpt.rows), _WIDEST) + _BETWEEN
        for n in range(len(marked))
    ]
    kept = list(range(len(marked)))
    while sum(widths[n] for n in kept) > _SIGNS and len(kept) > _LEAST:
        spare = [n for n in kept if not marked[n]]
        if not spare:
            break
        kept.remove(spare[-1])
    rows = tuple(
        replace(
            row,
            cells=tuple(row.cells[n] for n in kept),
            marked=tuple(row.marked[n] for n in kept),
        )
        for row in excerpt.rows
    )
    return Excerpt(tuple(excerpt.columns[n] for n in kept), rows)


def changes_of(row: ProblemRow) -> tuple[Change, ...]:
    """Return the cells that a problem's proposed reading would change."""
    proposal: dict[str, list[str]] = json.loads(row.proposal) if row.proposal else {}
    return tuple(Change(column, *texts) for column, texts in proposal.items())


def desk_map(desk: Desk) -> MapParts | None:
    """Return the small map, its ground drawn, still without a place; None without any ground.

    The ground is that of a published round; a draft has its borders only.
    """
    built = rounds_built(settings())
    if not built:
        draft = Reading(desk.round, desk.rounds, desk.checked_file, desk.access)
        return _ground_map(draft, language(), draft=True)
    newest = desk.round if desk.published else built[-1]
    file = layer_file(settings(), newest.name)
    return _ground_map(Reading(newest, built, file, desk.access), language(), draft=False)


@functools.lru_cache(maxsize=8)
def _ground_map(ground: Reading, _language: str, *, draft: bool) -> MapParts | None:
    """Build the map; one file in one language has one."""
    config = base_config(ground)
    if draft:
        config = {**config, "layers": _draft_layers(ground)}
    bounds = read_bounds(ground.file)
    return None if bounds is None else place_map(bounds, config)


def _draft_layers(draft: Reading) -> list[dict[str, str]]:
    """Say where the borders of a draft are."""
    return [
        {"name": layer, "url": link("desk.ground", layer=layer, round=draft.round.name, lang=None)}
        for layer in ground_names(draft)
        if layer in ("subdistricts", "districts")
    ]


def _history(board: Board, row: ProblemRow) -> list[Past]:
    """Return what happened to the same kind of problem at the same school, oldest first."""
    desk = board.desk
    made = [one for one in board.history if one.kind == row.kind and one.smis_code == row.key]
    lines = []
    for before in (one for one in desk.rounds if one < desk.round):
        own = [Past(before.name, one) for one in made if one.data_round == before.name]
        if not own and row.key and _was_found(before, desk.access, row):
            own = [Past(before.name, None)]
        lines += own
    this = [one for one in made if one.data_round == desk.round.name]
    return lines + [Past(desk.round.name, one) for one in this if one.problem_id == row.problem_id]


def _was_found(before: Round, access: Access, row: ProblemRow) -> bool:
    file = check_file(settings(), before)
    return file is not None and (row.kind, row.key) in _kinds_and_keys(file, access)


@functools.lru_cache(maxsize=16)
def _kinds_and_keys(file: LayerFile, access: Access) -> frozenset[tuple[str, str]]:
    return frozenset((row.kind, row.key) for row in read_problems(file, access.of("problems")))


def _point(changes: Sequence[Change]) -> Point | None:
    """Return the proposed place; None where the proposal is no point."""
    texts = {change.column: change.proposed for change in changes}
    try:
        return float(texts["lon"]), float(texts["lat"])
    except (KeyError, ValueError):
        return None


def _close(one: Point, other: Point) -> bool:
    return all(abs(a - b) <= _SAME_DEG for a, b in zip(one, other, strict=True))


def choices_in_order(names: Sequence[str]) -> list[str]:
    """Sort names for a menu as a Thai dictionary does."""
    return sorted(names, key=thai_order)
