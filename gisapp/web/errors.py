"""Errors as pages: which status each has, and what the reader can do."""

from http import HTTPStatus

from flask import Flask, render_template, request
from werkzeug.exceptions import HTTPException

from gisapp.errors import (
    AccessDeniedError,
    GisappError,
    JobRunningError,
    LayerNotFoundError,
    NotCheckedError,
    ProblemNotFoundError,
    RoundNameError,
    RoundNotFoundError,
    StaleProblemError,
    UnreadableFileError,
    UnsafePathError,
)
from gisapp.store.published import rounds_built
from gisapp.web.reader import language, settings

#: Error -> status; the first that fits. Any other of ours is a wrong question.
_STATUS = (
    (UnsafePathError, HTTPStatus.NOT_FOUND),  # say nothing about the folder
    (LayerNotFoundError, HTTPStatus.NOT_FOUND),
    (RoundNameError, HTTPStatus.NOT_FOUND),
    (RoundNotFoundError, HTTPStatus.NOT_FOUND),
    (NotCheckedError, HTTPStatus.NOT_FOUND),
    (ProblemNotFoundError, HTTPStatus.NOT_FOUND),
    (StaleProblemError, HTTPStatus.CONFLICT),
    (JobRunningError, HTTPStatus.CONFLICT),
    (AccessDeniedError, HTTPStatus.FORBIDDEN),
    (UnreadableFileError, HTTPStatus.SERVICE_UNAVAILABLE),
)


def register(app: Flask) -> None:
    """Answer our errors, and Flask's, with a designed page."""
    app.register_error_handler(GisappError, answer_for)
    app.register_error_handler(HTTPException, answer_for_http)


def status_of(error: GisappError) -> HTTPStatus:
    """Return the status that one of our errors is answered with."""
    return next((code for kind, code in _STATUS if isinstance(error, kind)), HTTPStatus.BAD_REQUEST)


def answer_for(error: GisappError) -> tuple[str, int]:
    """Say one of our errors in the reader's language."""
    status = status_of(error)
    if isinstance(error, RoundNotFoundError) and not rounds_built(settings()):
        status = HTTPStatus.SERVICE_UNAVAILABLE
    said = (
        "" if isinstance(error, UnsafePathError) else error.th if language() == "th" else str(error)
    )
    return _page(status, said)


def answer_for_http(error: HTTPException) -> tuple[str, int]:
    """Say an error of the web itself, such as an address that does not exist."""
    try:
        status = HTTPStatus(error.code or 500)
    except ValueError:
        status = HTTPStatus.INTERNAL_SERVER_ERROR
    return _page(status, "")


def _page(status: HTTPStatus, said: str) -> tuple[str, int]:
    """Render the page; fragments and data get the sentence alone."""
    if request.path.startswith(("/data/", "/photos/")) or request.path.endswith("/card"):
        return said or status.phrase, status
    return render_template("error.html", code=status.value, said=said), status
