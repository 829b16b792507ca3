"""The state of the service, for programs that watch it."""

from http import HTTPStatus

from flask import Blueprint, Response, jsonify

from gisapp import __version__
from gisapp.errors import TableError
from gisapp.store.elevation import elevation
from gisapp.store.published import layer_file, rounds_built
from gisapp.store.published_views import has_other_sizes, map_views
from gisapp.web.reader import access, settings

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def health() -> Response:
    """State of the service: the rounds it serves, the heights it draws, its version."""
    rounds = [built.name for built in rounds_built(settings())]
    heights = elevation(settings())
    refused = _table_refused()
    answer = jsonify(
        status="unusable" if refused else "ok" if rounds else "empty",
        table_refused=refused,
        rounds=rounds,
        rounds_of_other_criteria=[] if refused else _rounds_of_other_criteria(rounds),
        heights=[raster.name for raster in heights.rasters],
        heights_refused={raster.name: raster.en for raster in heights.refused},
        version=__version__,
    )
    answer.status_code = HTTPStatus.SERVICE_UNAVAILABLE if refused else HTTPStatus.OK
    return answer


def _table_refused() -> str | None:
    """Say what is wrong with the office's tables; None where pages can use them."""
    try:
        access()
        map_views(settings(), None)
    except TableError as error:
        return error.en
    return None


def _rounds_of_other_criteria(rounds: list[str]) -> list[str]:
    """Return the rounds whose size classes are not those of the office's table now."""
    now = settings()
    return [name for name in rounds if has_other_sizes(now, layer_file(now, name))]
