"""The web service: turns requests into calls, rows into pages, errors into answers."""

from flask import Flask
from flask_babel import Babel

from gisapp.settings import Settings
from gisapp.store.bundled import templates_dir
from gisapp.web import (
    assets,
    bundles,
    charts,
    data,
    errors,
    health,
    i18n,
    photos,
    reader,
    received,
    security,
    words,
)

# Names of their own: a module bound here as "desk" would hide the package of that name.
from gisapp.web.choosing import asking, search
from gisapp.web.coverage import pages as coverage_pages
from gisapp.web.coverage import shapes as coverage_shapes
from gisapp.web.desk import pages as desk_pages
from gisapp.web.listing import downloads, paging
from gisapp.web.map import layers, points, served, tiles, views, zones
from gisapp.web.map import pages as map_pages
from gisapp.web.overview import pages as overview_pages
from gisapp.web.school import pages as school_pages

#: Every subject that is served to everybody.
_BLUEPRINTS = (
    map_pages.blueprint,
    school_pages.blueprint,
    search.blueprint,
    downloads.blueprint,
    data.blueprint,
    photos.blueprint,
    points.blueprint,
    bundles.blueprint,
    served.blueprint,
    zones.blueprint,
    tiles.blueprint,
    coverage_pages.blueprint,
    coverage_shapes.blueprint,
    overview_pages.blueprint,
    health.blueprint,
)


def create_app(settings: Settings, *, office_pages: bool = False) -> Flask:
    """Build an application that serves one office.

    Args:
        settings: The office.
        office_pages: Also serve what is for the office only, to this machine alone.
    """
    app = Flask(
        __name__,
        template_folder=str(templates_dir()),
        static_folder=str(assets.STATIC_DIR),
        static_url_path="/static",
    )
    app.config.update(
        GISAPP=settings,
        GISAPP_OFFICE_PAGES=office_pages,
        BABEL_TRANSLATION_DIRECTORIES=str(i18n.TRANSLATIONS_DIR),
        BABEL_DEFAULT_LOCALE="th",
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask's default provider has it
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    Babel(app, locale_selector=reader.language)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    errors.register(app)
    for module in (i18n, reader, received, asking, paging, layers, views, coverage_pages):
        module.register(app)
    app.jinja_env.globals.update(
        words=words, charts=charts, asset=assets.asset, bundle=bundles.bundle, office=settings
    )
    app.after_request(assets.keep_static)
    security.guard(app, office_pages)
    desk_pages.register(app, office_pages)
    return app
