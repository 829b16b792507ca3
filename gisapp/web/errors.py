"""Errors as pages: which status each has, and what the reader can do."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from gisapp.core.rounds import Round
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
    TableError,
    UnknownChoiceError,
    UnreadableFileError,
    UnsafePathError,
)
from gisapp.store.published import rounds_built
from gisapp.web.i18n import gettext as _
from gisapp.web.reader import here, language, settings, shortened

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
    (TableError, HTTPStatus.SERVICE_UNAVAILABLE),
)

#: Addresses that no person reads: scripts, pictures, other programs.
_FRAGMENTS = ("/data/", "/photos/", "/points/", "/search", "/tiles/")


#: Rounds offered where one is asked for that does not exist.
_ROUNDS = 7


@dataclass(frozen=True)
class Error:
    """What a page says about an error.

    Attributes:
        status: The answer's status.
        title: What is wrong, in few words.
        said: More about it; may be empty.
        way: The address that helps first, with its word; None leads to the map.
        rounds: The rounds that can be read instead, newest first.
    """

    status: HTTPStatus
    title: str
    said: str = ""
    way: tuple[str, str] | None = None
    rounds: tuple[Round, ...] = ()


def register(app: Flask) -> None:
    """Answer our errors, and Flask's, with a designed page."""
    app.register_error_handler(GisappError, answer_for)
    app.register_error_handler(HTTPException, answer_for_http)
    app.jinja_env.filters["sentence"] = sentence


def status_of(error: GisappError) -> HTTPStatus:
    """Return the status that one of our errors is answered with."""
    return next((code for kind, code in _STATUS if isinstance(error, kind)), HTTPStatus.BAD_REQUEST)


def sentence(text: str) -> str:
    """Begin a sentence with a capital; the name of a file or a setting stays as it is."""
    first = text.split(" ", 1)[0]
    return text if any(letter in first for letter in "./_`") else text[:1].upper() + text[1:]


def answer_for(error: GisappError) -> tuple[str, int]:
    """Say one of our errors in the reader's language."""
    if isinstance(error, TableError):
        current_app.logger.error("%s", error.en)
    if isinstance(error, UnknownChoiceError):
        return _page(_unknown_choice(error))
    if isinstance(error, RoundNotFoundError | RoundNameError):
        return _page(_unknown_round(error))
    status = status_of(error)
    said = error.th if language() == "th" else error.en
    if isinstance(error, UnsafePathError):
        said = ""
    if status == HTTPStatus.NOT_FOUND:
        return _page(Error(status, sentence(said) or _title(status), _not_here()))
    title = _("ตารางเกณฑ์ของสำนักงานใช้ไม่ได้") if isinstance(error, TableError) else _title(status)
    return _page(Error(status, title, sentence(said), _again(status)))


def answer_for_http(error: HTTPException) -> tuple[str, int]:
    """Say an error of the web itself, such as an address that does not exist."""
    try:
        status = HTTPStatus(error.code or 500)
    except ValueError:
        status = HTTPStatus.INTERNAL_SERVER_ERROR
    missing = status == HTTPStatus.NOT_FOUND
    return _page(Error(status, _title(status), _not_here() if missing else "", _again(status)))


def _unknown_choice(error: UnknownChoiceError) -> Error:
    """Say what cannot be chosen where, and offer the page without it."""
    said = _(
        "ไม่มี “%(value)s” ให้เลือกใน%(what)s",
        value=shortened(error.value),
        what=choice_word(error.name),
    )
    status = HTTPStatus.BAD_REQUEST
    way = (_("ดูโดยไม่ใช้ตัวเลือกนี้"), here(**{error.name: None}))
    return Error(status, _title(status), said, way)


def _unknown_round(error: RoundNotFoundError | RoundNameError) -> Error:
    """Say that a round is not there, and offer those that are; only the office builds rounds."""
    rounds = rounds_built(settings())
    said = error.th if language() == "th" else error.en
    if not rounds:
        missing = isinstance(error, RoundNotFoundError)
        status = HTTPStatus.SERVICE_UNAVAILABLE if missing else HTTPStatus.NOT_FOUND
        return Error(status, _title(status), sentence(said), _again(status))
    office = current_app.config["GISAPP_OFFICE_PAGES"]
    asked = (request.view_args or {}).get("round_name") or request.args.get("round", "")
    return Error(
        HTTPStatus.NOT_FOUND,
        _("ไม่มีรอบข้อมูล %(name)s", name=shortened(asked)),
        sentence(said) if office else "",
        (_("ดูรอบล่าสุด"), here(round=None)),
        tuple(reversed(rounds))[:_ROUNDS],
    )


def choice_word(name: str) -> str:
    """Name what an address asks for as the page does."""
    words = {
        "by": _("การแสดงจุด"),
        "district": _("ตัวกรองอำเภอ"),
        "subdistrict": _("ตัวกรองตำบล"),
        "network": _("ตัวกรองเครือข่าย"),
        "size": _("ตัวกรองขนาดโรงเรียน"),
        "level": _("ตัวกรองระดับที่เปิดสอน"),
        "type": _("ตัวกรองประเภทโรงเรียน"),
        "trait": _("ตัวกรองลักษณะ"),
        "condition": _("ตัวกรองสภาพสิ่งก่อสร้าง"),
        "class": _("กลุ่มบนแผนที่"),
        "reach": _("ระยะ"),
        "affiliations": _("สังกัดที่นับ"),
        "unit": _("หน่วยพื้นที่"),
        "measure": _("การแสดงบนแผนที่"),
        "tab": _("แท็บ"),
        "rows": _("จำนวนแถว"),
        "sort": _("การเรียงลำดับ"),
        "cols": _("รายการคอลัมน์"),
        "group": _("การจัดกลุ่ม"),
        "page": _("รายการหน้า"),
        "lang": _("รายการภาษา"),
    }
    return words.get(name, name)


def _title(status: HTTPStatus) -> str:
    """Say in few words what a status means to a reader."""
    if status == HTTPStatus.NOT_FOUND:
        return _("ไม่พบหน้านี้")
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return _("ยังเปิดแผนที่ไม่ได้")
    if status == HTTPStatus.FORBIDDEN:
        return _("ไม่เปิดให้ดูจากที่นี่")
    broken = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return _("ระบบขัดข้อง") if broken else _("คำขอนี้ใช้ไม่ได้")


def _not_here() -> str:
    return _("ที่อยู่อาจพิมพ์ผิด หรือรอบข้อมูลนี้ไม่มีรายการนั้น")


def _again(status: HTTPStatus) -> tuple[str, str] | None:
    """Offer to ask again where somebody else has to mend something first."""
    mended = status >= HTTPStatus.INTERNAL_SERVER_ERROR and request.method == "GET"
    return (_("ลองอีกครั้ง"), here()) if mended else None


def _page(error: Error) -> tuple[str, int]:
    """Render the page; fragments and data get the sentence alone."""
    if request.path.startswith(_FRAGMENTS) or request.path.endswith("/card"):
        told = error.title if error.status == HTTPStatus.NOT_FOUND else error.said
        return told or error.status.phrase, error.status
    return render_template("error.html", error=error), error.status
