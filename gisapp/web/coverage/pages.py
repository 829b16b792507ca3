"""The page of coverage, its figures for the slider, and its table as a file."""

import functools
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, render_template, request

from gisapp.core.coverage.criteria import ALL, OWN
from gisapp.core.coverage.reckoning.measures import MEASURES
from gisapp.errors import (
    LayerNotFoundError,
    RoundNameError,
    RoundNotFoundError,
    UnreadableFileError,
)
from gisapp.store.coverage_tables import coverage_criteria
from gisapp.store.published import columns_of, feature_layers, layer_file, rounds_built
from gisapp.store.published_coverage import OFFICE, Offered, count_others, read_offered
from gisapp.store.published_geojson import read_bounds
from gisapp.web.coverage import legend, words
from gisapp.web.coverage.asked import (
    KEPT,
    TABS,
    Asked,
    asked_from,
    asked_parts,
    knows_others,
    measures_offered,
    offered_of,
    own_reach,
    reach_text,
    sort_text,
    units_offered,
)
from gisapp.web.coverage.downloads import about_coverage, coverage_table
from gisapp.web.coverage.method import method_of, population_line, zones_line
from gisapp.web.coverage.outlooks import outlooks_of
from gisapp.web.coverage.payload import answers_mark, bands_json, config_text, map_config
from gisapp.web.coverage.pockets import FIRST, no_pockets_word, pockets_of
from gisapp.web.coverage.shapes import sees_small_pockets
from gisapp.web.coverage.stated import counted_on, unknown_children
from gisapp.web.coverage.table import table_of
from gisapp.web.coverage.trend import trend_of
from gisapp.web.coverage.units import above_hundred, unit_word
from gisapp.web.coverage.unknown import known_children
from gisapp.web.i18n import gettext as _
from gisapp.web.listing.downloads import CSV, XLSX, table_file
from gisapp.web.map.drawing import MapParts, coverage_map
from gisapp.web.map.ground import base_config
from gisapp.web.reader import Reading, access, language, reading, reading_of, settings
from gisapp.web.tagged import tagged

blueprint = Blueprint("coverage", __name__)


@blueprint.get("/coverage")
def index() -> str | tuple[str, int]:
    """Who lives within reach of a school: map, table, pockets, trend and outlook."""
    now = reading()
    offered = offered_of(now)
    if offered is None:
        return _missing(now)
    asked = asked_from(now, offered, request.args)
    return render_template("coverage.html", **_parts(now, offered, asked))


@blueprint.get("/coverage/<round_name>.json")
def bands(round_name: str) -> Response:
    """Figures of all units of a level for every reach and affiliation, by columns."""
    now = reading_of(round_name)
    offered = offered_of(now)
    if offered is None:
        raise LayerNotFoundError("รอบนี้ยังไม่มีความครอบคลุม", "this round has no coverage yet")
    asked = asked_from(now, offered, request.args)
    mark = answers_mark()
    parts = (now.file.stamp, now.access.mark, language(), mark)
    return tagged(
        "application/json", parts, lambda: _bands(now, asked.level, asked.unit, language(), mark)
    )


@blueprint.get(f"/coverage.<any({CSV}, {XLSX}):kind>")
def download(kind: str) -> Response:
    """Every unit of a level as a file; `reaches=all` gives every reach a row."""
    now = reading()
    offered = offered_of(now)
    if offered is None:
        raise LayerNotFoundError("รอบนี้ยังไม่มีความครอบคลุม", "this round has no coverage yet")
    asked = asked_from(now, offered, request.args)
    reaches = offered.reaches if request.args.get("reaches") == ALL else (asked.reach,)
    about = about_coverage(now, asked, table_of(now, asked, 1).sums, reaches)
    stem = f"{_('ความครอบคลุม')}-{asked.level}-{asked.unit}-{now.round.name}"
    return table_file(coverage_table(now, asked, reaches), about, stem, kind)


def has_coverage(now: object) -> bool:
    """Tell whether there is coverage to go to that this reader may see.

    `now` is the round that a page reads; None on a page of an error. Of the desk, which reads
    what was checked, the newest published round counts.
    """
    if now is None:
        return False
    shown = now if isinstance(now, Reading) else _newest()
    return shown is not None and offered_of(shown) is not None


def _newest() -> Reading | None:
    """Return the newest published round; None where there is none that can be read."""
    try:
        built = rounds_built(settings())
        file = layer_file(settings(), built[-1].name) if built else None
        return (
            Reading(built[-1], built, file, access()) if file and columns_of(file, OFFICE) else None
        )
    except (RoundNotFoundError, UnreadableFileError):
        return None


def _parts(now: Reading, offered: Offered, asked: Asked) -> dict[str, object]:
    """Return everything that the page shows."""
    table = table_of(now, asked)
    pockets = pockets_of(now, asked)
    limits = coverage_criteria(settings()).limits
    return {
        "now": now,
        "offered": offered,
        "asked": asked,
        "table": table,
        "pockets": pockets,
        "first_pockets": pockets.rows[:FIRST],
        "trend": trend_of(now, asked),
        "outlooks": outlooks_of(now),
        "method": method_of(now, asked, table.sums),
        "measures": measures_offered(now),
        "measure": MEASURES[asked.measure],
        "units": units_offered(now, asked.level),
        "tabs": TABS,
        "own_reach": own_reach(offered),
        "others": OWN in offered.affiliations and ALL in offered.affiliations,
        "knows_others": knows_others(now),
        "other_schools": (count_others(now.file, asked.level) or (None,))[0],
        "rounded": not sees_small_pockets(now),
        "pocket_min": limits.pocket_min_children,
        "pocket_step": limits.pocket_rounded_to,
        "no_pockets": no_pockets_word(now, asked.level, asked.affiliations, asked.reach),
        "known_children": known_children(now, asked.level),
        "why_unknown": unknown_children(now, asked.level),
        "counted_how": population_line(now, asked.level),
        "zones_how": zones_line(now, asked.level),
        "counted_on": counted_on(now).isoformat(),
        "config": config_text(now, offered, asked),
        "drawing": _map(now, offered, asked),
        "say": words,
        "classes": legend,
        "unit_word": unit_word,
        "parts": functools.partial(asked_parts, asked),
        "reach_text": reach_text,
        "sorted_by": sort_text(asked),
        "above_hundred": above_hundred(now, asked.unit, asked.level, asked.affiliations),
        "kept": urlencode(
            {"round": now.round.name, **{name: asked_parts(asked)[name] for name in KEPT}}
        ),
        "place": "coverage",
    }


def _map(now: Reading, offered: Offered, asked: Asked) -> MapParts | None:
    """Return the map; None where the round has no borders to draw."""
    bounds = read_bounds(now.file)
    if bounds is None:
        return None
    return coverage_map(bounds, base_config(now), map_config(now, offered, asked))


def _missing(now: Reading) -> tuple[str, int]:
    """Say that the round has no coverage yet, what to run, and which rounds have it."""
    others = [
        built for built in reversed(now.rounds) if built != now.round and _has(now, built.name)
    ]
    page = render_template(
        "coverage_missing.html",
        now=now,
        others=others,
        hidden=OFFICE in feature_layers(now.file),
        place="coverage",
    )
    return page, HTTPStatus.NOT_FOUND


def _has(now: Reading, name: str) -> bool:
    """Tell whether another round has coverage."""
    try:
        file = layer_file(settings(), name)
    except (RoundNotFoundError, RoundNameError):
        return False
    return read_offered(file, now.access.of(OFFICE)) is not None


@functools.lru_cache(maxsize=48)
def _bands(now: Reading, level: str, unit: str, _language: str, _mark: str) -> str:
    """Write the figures; the same question about the same file and tables is answered once."""
    offered = offered_of(now)
    return bands_json(now, offered, level, unit) if offered else ""


def register(app: Flask) -> None:
    """Give templates what decides whether a round has this page, and its words."""
    app.jinja_env.globals.update(has_coverage=has_coverage, coverage_words=words)
