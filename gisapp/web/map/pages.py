"""The map page."""

from flask import Blueprint, render_template, request

from gisapp.store.published_geojson import read_bounds
from gisapp.web.choosing.asking import asked_in_address, chips
from gisapp.web.choosing.choice import Choice, choose, views_known
from gisapp.web.map.drawing import MapParts, school_map
from gisapp.web.map.ground import base_config
from gisapp.web.map.layers import more_config
from gisapp.web.map.views import Row, legend, view_word, views_of
from gisapp.web.map.words import map_words
from gisapp.web.reader import Reading, language, link, reading

blueprint = Blueprint("pages", __name__)

#: No school's code is longer.
CODE_LENGTH = 40


@blueprint.get("/")
def home() -> str:
    """Map of every school of a round."""
    now = reading()
    choice = choose(now, request.args)
    return render_template(
        "map.html",
        now=now,
        choice=choice,
        chips=chips(choice.asked, now),
        legend=view_legend(choice),
        views=view_choices(now),
        points_url=points_url(now),
        drawing=full_map(now),
        place="map",
    )


def full_map(now: Reading) -> MapParts | None:
    """Return the map of the whole office; None where neither a border nor a school has a place."""
    bounds = read_bounds(now.file)
    if bounds is None:
        return None
    return school_map(bounds, {**base_config(now), "more": more_config(now)}, point_config(now))


def point_config(now: Reading, selected: str | None = None) -> dict[str, object]:
    """Say where the school points are, where their names, and how a card is asked for."""
    return {
        "url": points_url(now),
        "names": link("points.names", round_name=now.round.name, lang=language(), round=None),
        "card": link("schools.card", smis_code="0").replace("/0/", "/{code}/"),
        "language": language(),
        "selected": selected or request.args.get("school", "")[:CODE_LENGTH] or None,
        "words": map_words(empty=not now.schools()),
    }


def points_url(now: Reading) -> str:
    """Return the address of the points that this page's address asks for."""
    return link(
        "points.points", round_name=now.round.name, lang=None, round=None, **asked_in_address()
    )


def view_legend(choice: Choice) -> list[Row]:
    """Return the legend of the view that a page shows."""
    facet = choice.view.facet
    return legend(choice.view, choice.asked.of(facet), choice.counts[facet])


def view_choices(now: Reading) -> list[tuple[str, str, bool]]:
    """Return (name, word, whether the round says anything) of each view."""
    known = views_known(now)
    return [(name, view_word(name), name in known) for name in views_of(now)]
