"""Texts in the reader's language: Thai is written in the code, English stands in the catalogue."""

from gettext import NullTranslations
from pathlib import Path

import flask_babel
from flask import Flask

from gisapp.web.per_request import once_per_request

#: Catalogues; the build compiles them.
TRANSLATIONS_DIR = Path(__file__).resolve().parent / "translations"


@once_per_request
def _catalogue() -> NullTranslations:
    """Return the reader's catalogue: a page asks for hundreds of texts, and for it once."""
    found: NullTranslations = flask_babel.get_translations()
    return found


def lookup(text: str) -> str:
    """Return a Thai text in the reader's language as it stands in the catalogue."""
    return str(_catalogue().gettext(text))


def gettext(text: str, /, **values: object) -> str:
    """Return a Thai text in the reader's language, its ``%(name)s`` filled in."""
    found = lookup(text)
    return found % values if values else found


def register(app: Flask) -> None:
    """Give templates the same lookup; markup in what is filled in stays escaped."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # its extension adds it
        lookup, lambda one, many, n: lookup(one if n == 1 else many), newstyle=True
    )
