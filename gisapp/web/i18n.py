"""Texts in the reader's language: Thai is written in the code, English stands in the catalogue."""

from pathlib import Path

import flask_babel

#: Catalogues; the build compiles them.
TRANSLATIONS_DIR = Path(__file__).resolve().parent / "translations"


def gettext(text: str, /, **values: object) -> str:
    """Return a Thai text in the reader's language, its ``%(name)s`` filled in."""
    return str(flask_babel.gettext(text, **values))
