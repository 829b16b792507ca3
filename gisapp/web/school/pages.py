"""The schools as a list, and one school as a card and as a page."""

from http import HTTPStatus

from flask import Blueprint, render_template, request

from gisapp.core.profile_rows import School
from gisapp.errors import LayerNotFoundError
from gisapp.web.choosing.asking import chips
from gisapp.web.choosing.choice import choose, pupil_lines
from gisapp.web.errors import answer_for
from gisapp.web.listing.paging import page_of
from gisapp.web.map.drawing import MapParts, school_map
from gisapp.web.map.ground import base_config
from gisapp.web.map.layers import more_config
from gisapp.web.map.pages import point_config
from gisapp.web.reader import Reading, reading, subdistrict_names
from gisapp.web.school import words as profile_words
from gisapp.web.school.profile import profile_of, rounds_with
from gisapp.web.school.surroundings import surroundings_of
from gisapp.web.school.zones import zones_of

blueprint = Blueprint("schools", __name__)

#: Half the width and height of the small map, degrees: about 7 km around a school.
_AROUND_DEG = 0.062


@blueprint.get("/schools")
def index() -> str:
    """The same schools as on the map, as a table."""
    now = reading()
    choice = choose(now, request.args)
    page = page_of(now, choice.shown, request.args)
    return render_template(
        "schools.html",
        now=now,
        choice=choice,
        chips=chips(choice.asked, now),
        page=page,
        lines=pupil_lines(now, page.rows),
        place="list",
    )


@blueprint.get("/schools/<smis_code>")
def profile(smis_code: str) -> str:
    """One school on a page of its own, ready to print."""
    now = reading()
    found = profile_of(now, smis_code)
    return render_template(
        "school.html",
        now=now,
        profile=found,
        school=found.school,
        around=surroundings_of(now, found.school),
        zones=zones_of(now, smis_code),
        drawing=_small_map(now, found.school),
        subdistricts=subdistrict_names(now),
        say=profile_words,
        place="list",
    )


@blueprint.get("/schools/<smis_code>/card")
def card(smis_code: str) -> str:
    """One school as the card beside the map: a piece of HTML, asked for on click."""
    found = profile_of(reading(), smis_code)
    return render_template("card.html", profile=found, school=found.school)


@blueprint.errorhandler(LayerNotFoundError)
def missing(error: LayerNotFoundError) -> tuple[str, int]:
    """Say that a round has no such school, and where it can be found."""
    code = (request.view_args or {}).get("smis_code")
    if code is None or request.endpoint != "schools.profile":
        return answer_for(error)
    rounds = rounds_with(reading(), code)
    return render_template("school_missing.html", code=code, rounds=rounds), HTTPStatus.NOT_FOUND


def _small_map(now: Reading, school: School) -> MapParts | None:
    """Return the map around a school; None where it has no place."""
    if school.lon is None or school.lat is None:
        return None
    west, east = school.lon - _AROUND_DEG, school.lon + _AROUND_DEG
    south, north = school.lat - _AROUND_DEG, school.lat + _AROUND_DEG
    points = {**point_config(now, school.smis_code), "card": None}
    base = {**base_config(now), "more": more_config(now), "chosen": school.smis_code}
    return school_map((west, south, east, north), base, points, quiet=True)
