"""Pictures of schools: re-encoded ones only, by their id, and only what a round publishes."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, send_file

from gisapp.store.photos import published_photos, shown_path
from gisapp.store.published import layer_file, rounds_built
from gisapp.web.reader import access, settings

blueprint = Blueprint("photos", __name__)

#: Widths in px that exist for every picture.
SIZES = (320, 800)


@blueprint.get("/photos/<photo_id>/<int:size>.webp")
def photo(photo_id: str, size: int) -> Response:
    """One picture at one width; a browser keeps it, and asks each time whether it still may."""
    path = shown_path(settings().shown_dir, photo_id, size) if size in SIZES else None
    if path is None or not _is_published(photo_id):
        abort(HTTPStatus.NOT_FOUND)
    return send_file(path.resolve(), mimetype="image/webp")


def _is_published(photo_id: str) -> bool:
    """Tell whether some round shows the picture, the newest asked first, and this reader may."""
    if "photo_id" not in access().of("photos"):
        return False
    rounds = reversed(rounds_built(settings()))
    return any(photo_id in published_photos(layer_file(settings(), r.name)) for r in rounds)
