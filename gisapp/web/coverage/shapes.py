"""Where the units of coverage and its pockets lie, as steps: fetched once, coloured many times."""

import functools

from flask import Blueprint, Response, request

from gisapp.core.coverage.criteria import AFFILIATIONS
from gisapp.core.line_steps import COARSE, FINE, Form, joined_steps
from gisapp.errors import LayerNotFoundError, UnknownChoiceError
from gisapp.store.published_coverage import UNIT_KEYS
from gisapp.store.published_zones import POCKETS, read_pocket_areas, read_unit_areas
from gisapp.web.reader import Reading, link, reading_of
from gisapp.web.tagged import tagged

blueprint = Blueprint("coverage_shapes", __name__)


@blueprint.get("/coverage/<round_name>/<level>/<unit>.steps.json")
def units(round_name: str, level: str, unit: str) -> Response:
    """Areas of the units of a level, each with its `id`; with `fine` good at any zoom.

    Raises:
        LayerNotFoundError: The round has no such unit.
    """
    now, layer = reading_of(round_name), f"{unit}_coverage"
    if layer not in UNIT_KEYS:
        raise LayerNotFoundError(f"ไม่มีหน่วย {unit}", f"there is no unit {unit}")
    form = FINE if "fine" in request.args else COARSE
    parts = (now.file.stamp, now.access.mark)
    return tagged("application/json", parts, lambda: _units(now, layer, level, form))


@blueprint.get("/coverage/<round_name>/<level>/pockets.steps.json")
def pockets(round_name: str, level: str) -> Response:
    """Areas of the pockets of a level, each with its `no`, of the reach and affiliations asked.

    Raises:
        UnknownChoiceError: The reach is no number, or the affiliations are none.
    """
    now, told = reading_of(round_name), request.args.get("affiliations", "")
    if told not in AFFILIATIONS:
        raise UnknownChoiceError("affiliations", told)
    reach = _reach(request.args.get("reach", ""))
    parts = (now.file.stamp, now.access.mark)
    return tagged("application/json", parts, lambda: _pockets(now, level, reach, told))


def shape_addresses(now: Reading) -> dict[str, str]:
    """Say where areas and pockets of a round are; what stands in braces is to be filled in."""
    where = {"round_name": now.round.name, "level": "L", "lang": None, "round": None}
    areas = link("coverage_shapes.units", unit="U", **where)
    pockets_at = link("coverage_shapes.pockets", **where).replace("/L/", "/{level}/")
    return {
        "areas": areas.replace("/L/U.", "/{level}/{unit}."),
        "pockets": f"{pockets_at}?reach={{reach}}&affiliations={{affiliations}}",
    }


def sees_small_pockets(now: Reading) -> bool:
    """Tell whether a reader may see exact numbers of children, and pockets of only a few.

    Everybody else sees the pockets that have a rounded number, and that number.
    """
    return "children" in now.access.of(POCKETS)


@functools.lru_cache(maxsize=48)
def _units(now: Reading, layer: str, level: str, form: Form) -> str:
    """Write the areas of units; the same question about the same file is worked out once."""
    found = read_unit_areas(now.file, layer, level, now.access.of(layer))
    return joined_steps(found.shapes, [{"id": name or ""} for name in found.names], form)


@functools.lru_cache(maxsize=96)
def _pockets(now: Reading, level: str, reach: float, affiliations: str) -> str:
    """Write the areas of pockets; the same question about the same file is worked out once."""
    found = read_pocket_areas(now.file, level, reach, affiliations, small=sees_small_pockets(now))
    return joined_steps(found.shapes, [{"no": name} for name in found.names], FINE)


def _reach(value: str) -> float:
    """Read the value of a reach from the address.

    Raises:
        UnknownChoiceError: It is no number.
    """
    try:
        return float(value)
    except ValueError as error:
        raise UnknownChoiceError("reach", value) from error
