"""Answers that a browser may keep and ask about: the same mark, the same answer."""

import hashlib
from collections.abc import Callable
from http import HTTPStatus

from flask import Response, request


def tagged(mimetype: str, parts: tuple[str, ...], body: Callable[[], str]) -> Response:
    """Answer with a body, or with "not modified" where the browser holds it already.

    Args:
        mimetype: Kind of the body.
        parts: What the body depends on, beside the address.
        body: Makes it; asked only where it has to travel.
    """
    told = "\x1f".join((request.full_path, *parts))
    tag = hashlib.sha256(told.encode()).hexdigest()[:20]
    answer = Response(mimetype=mimetype, headers={"Cache-Control": "no-cache"})
    answer.set_etag(tag)
    if request.if_none_match.contains_weak(tag):
        answer.status_code = HTTPStatus.NOT_MODIFIED
    else:
        answer.set_data(body())
    return answer
