"""Pictures of schools: only re-encoded ones, only by their id."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, send_file

from gisapp.store.photos import shown_path
from gisapp.web.reader import settings

blueprint = Blueprint("photos", __name__)

#: Widths in px that exist for every picture.
SIZES = (320, 800)

_DAY_S = 86_400


@blueprint.get("/photos/<photo_id>/<int:size>.webp")
def photo(photo_id: str, size: int) -> Response:
    """One picture at one width."""
    path = shown_path(settings().shown_dir, photo_id, size) if size in SIZES else None
    if path is None:
        abort(HTTPStatus.NOT_FOUND)
    return send_file(path.resolve(), mimetype="image/webp", max_age=_DAY_S)
