"""What goes with every answer: a strict content policy, safe headers, small bodies."""

import functools
import gzip
import secrets
import zlib
from collections.abc import Iterable, Iterator

from flask import Flask, Response, g, request

from gisapp.errors import AccessDeniedError
from gisapp.web.reader import settings

#: Answers of these kinds shrink well.
_TEXT = ("text/", "application/json", "application/geo+json", "text/javascript", "image/svg+xml")

#: Smaller bodies gain nothing.
_SMALL_BYTES = 1_000

#: From here on the best compression keeps a reader waiting.
_LONG_BYTES = 500_000

#: The largest window of zlib, 15, in the wrapping of gzip, 16.
_GZIP_BITS = 15 + 16

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), payment=(), usb=()",
}

#: Names under which a machine calls itself.
_OWN_HOSTS = {"127.0.0.1", "localhost", "[::1]"}


def guard(app: Flask, office_pages: bool) -> None:
    """Put headers and compression on every answer of an application."""
    app.jinja_env.globals["csp_nonce"] = nonce
    app.after_request(add_headers)
    app.after_request(shrink)
    if office_pages:
        app.before_request(refuse_other_hosts)


def nonce() -> str:
    """Return the word that marks this answer's own scripts."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    word: str = g.csp_nonce
    return word


def refuse_other_hosts() -> None:
    """Answer office pages only to the machine itself: a name from outside may be re-bound to it.

    Raises:
        AccessDeniedError: The request came under another name.
    """
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    if host not in _OWN_HOSTS:
        raise AccessDeniedError(
            "หน้าสำหรับสำนักงานเปิดได้จากเครื่องนี้เท่านั้น", "office pages answer on this machine only"
        )


def add_headers(response: Response) -> Response:
    """Add the security headers; scripts run from our files or with this answer's nonce only."""
    script = f"'self' 'nonce-{g.csp_nonce}'" if "csp_nonce" in g else "'self'"
    # Another host only where the office asked for an internet base map, and only its tiles.
    tiles = f" {host}" if (host := settings().base_map_host) else ""
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src {script}; style-src 'self'; img-src 'self' data:{tiles}; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def shrink(response: Response) -> Response:
    """Send text gzipped to those who read it so."""
    if not (response.mimetype or "").startswith(_TEXT) or response.status_code != 200:
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings["gzip"] or "Content-Encoding" in response.headers:
        return response
    if response.is_streamed and not response.direct_passthrough:
        # What is made while it leaves, such as a long table, is never whole in memory.
        response.response = _gzipped_pieces(response.iter_encoded())
        response.headers["Content-Encoding"] = "gzip"
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < _SMALL_BYTES:
        return response
    # A page with a nonce is never the same twice: keeping it would only drive out what is.
    response.set_data(_pressed(body, 4) if "csp_nonce" in g else _gzipped(body))
    response.headers["Content-Encoding"] = "gzip"
    tag, _ = response.get_etag()
    if tag:
        # Two spellings of one answer: a strong tag would claim equal bytes.
        response.set_etag(tag, weak=True)
    return response


def _gzipped_pieces(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Compress piece by piece."""
    press = zlib.compressobj(4, wbits=_GZIP_BITS)
    for piece in pieces:
        yield press.compress(piece)
    yield press.flush()


@functools.lru_cache(maxsize=128)
def _gzipped(body: bytes) -> bytes:
    """Compress once for every reader: at gzip's best, long bodies at a fifth of the time."""
    return _pressed(body, 9 if len(body) < _LONG_BYTES else 4)


def _pressed(body: bytes, level: int) -> bytes:
    """Compress; level 4 is within 5 % of level 9 on GeoJSON at a fifth of the time."""
    return gzip.compress(body, level, mtime=0)
