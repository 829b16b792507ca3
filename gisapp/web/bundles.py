"""Several style sheets or scripts in one answer: on a slow line each request has its own wait.

The files stay small and apart in `static`; here they are only laid end to end.
"""

import functools
import re
from collections.abc import Iterable
from http import HTTPStatus
from pathlib import PurePosixPath

from flask import Blueprint, Response, abort, request, url_for
from werkzeug.security import safe_join

from gisapp.web import assets
from gisapp.web.per_request import once_per_request

blueprint = Blueprint("bundles", __name__)

_KINDS = {"css": "text/css", "js": "text/javascript"}

#: An address inside a style sheet that is relative to the sheet's own place.
_RELATIVE = re.compile(r"url\((?![\"']?(?:data:|/|#|https?:))[\"']?([^)\"']+)[\"']?\)")


@once_per_request
def bundle(*names: str) -> str:
    """Return the address of files below `static`, all of one kind, as one answer.

    The address changes when one of them does.
    """
    (kind,) = {name.rpartition(".")[2] for name in names}
    return url_for("bundles.together", mark=assets.mark_of(names), kind=kind, files=",".join(names))


@blueprint.get("/static/all/<mark>.<any(css,js):kind>")
def together(mark: str, kind: str) -> Response:
    """Some files laid end to end, in the order asked for."""
    names = tuple(request.args.get("files", "").split(","))
    if not all(_ours(name, kind) for name in names):
        abort(HTTPStatus.NOT_FOUND)
    now = assets.mark_of(names)
    answer = Response(_text(names, kind, now), mimetype=_KINDS[kind])
    # An address of an earlier version gets what there is now, and is not kept.
    answer.headers["Cache-Control"] = assets.KEPT_FOR_GOOD if mark == now else "no-cache"
    return answer


def _ours(name: str, kind: str) -> bool:
    """Tell whether a name is a file of that kind below `static`."""
    path = safe_join(str(assets.STATIC_DIR), name)
    return path is not None and name.endswith(f".{kind}") and (assets.STATIC_DIR / name).is_file()


@functools.lru_cache(maxsize=32)
def _text(names: Iterable[str], kind: str, _mark: str) -> str:
    """Lay files end to end; the same files are read once."""
    texts = ((name, (assets.STATIC_DIR / name).read_text(encoding="utf-8")) for name in names)
    if kind == "css":
        return "\n".join(_moved(text, name) for name, text in texts)
    # A file that ends without a semicolon must not run into the next one.
    return ";\n".join(text for _name, text in texts)


def _moved(text: str, name: str) -> str:
    """Keep a style sheet's relative addresses right below `static/all`, each with its mark."""
    folder = PurePosixPath(name).parent

    def address(found: re.Match[str]) -> str:
        file = folder / found[1]
        mark = f"?v={assets.mark_of((str(file),))}" if (assets.STATIC_DIR / file).is_file() else ""
        return f"url({PurePosixPath('..') / file}{mark})"

    return _RELATIVE.sub(address, text)
