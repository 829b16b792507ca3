"""The problem desk: what the check of a round found, for the office's own eyes."""

import tempfile
from pathlib import Path

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    jsonify,
    render_template,
    request,
    send_file,
)
from flask_wtf.csrf import CSRFProtect
from werkzeug.datastructures import MultiDict

from gisapp.core.problem_filter import DeskItem
from gisapp.errors import (
    DecisionError,
    GisappError,
    JobRunningError,
    NotCheckedError,
    ProblemNotFoundError,
    StaleProblemError,
    UploadRefusedError,
)
from gisapp.store.checked import (
    marked_copy,
    school_file,
)
from gisapp.store.jobs import read_job
from gisapp.store.problem_zip import write_problem_zip
from gisapp.store.published_geojson import read_geojson
from gisapp.store.secret import read_secret
from gisapp.store.uploads import MOST_BYTES
from gisapp.web.desk import words as desk_words
from gisapp.web.desk.board import Board, Desk, board_of, desk_of_request
from gisapp.web.desk.detail import (
    case_of,
    changes_of,
    choices_in_order,
    desk_map,
    detail_of,
    own_cells_of,
)
from gisapp.web.desk.posts import ASKED, REASON_LENGTH, officer, refuse_other_origins
from gisapp.web.desk.posts import blueprint as posts
from gisapp.web.desk.rows import Listing, fingerprint_of, list_problems
from gisapp.web.errors import status_of
from gisapp.web.reader import language, settings

blueprint = Blueprint("desk", __name__)

#: Where everything of this page lies.
PREFIX = "/check"

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def register(app: Flask, office_pages: bool) -> None:
    """Add the desk to an application that serves office pages; to no other."""
    app.jinja_env.globals.update(office_pages=office_pages)
    if not office_pages:
        return
    app.config.update(
        SECRET_KEY=read_secret(app.config["GISAPP"]),
        SESSION_COOKIE_NAME="desk",
        SESSION_COOKIE_PATH=PREFIX,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_HTTPONLY=True,
        WTF_CSRF_TIME_LIMIT=None,  # a page stays open over lunch
    )
    CSRFProtect(app)
    app.register_blueprint(blueprint)
    app.register_blueprint(posts)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.before_request(refuse_other_origins)
    app.after_request(keep_nowhere)
    app.jinja_env.globals.update(
        desk_words=desk_words,
        changes_of=changes_of,
        own_cells_of=own_cells_of,
        fingerprint_of=fingerprint_of,
    )


def keep_nowhere(response: Response) -> Response:
    """Let no browser keep an answer of the desk."""
    if request.path == PREFIX or request.path.startswith(f"{PREFIX}/"):
        response.headers["Cache-Control"] = "no-store"
    return response


@posts.errorhandler(StaleProblemError)
@posts.errorhandler(JobRunningError)
@posts.errorhandler(DecisionError)
@posts.errorhandler(UploadRefusedError)
def refused(error: GisappError) -> tuple[str, int]:
    """Say why nothing was written, and lead back with what was typed."""
    desk = desk_of_request()
    said = error.th if language() == "th" else str(error)
    back = {name: request.args.get(name) for name in ASKED} | {"round": desk.round.name}
    back |= {
        "problem": request.form.get("problem") or request.args.get("problem"),
        "reason": request.form.get("reason", "")[:REASON_LENGTH],
    }
    page = render_template("desk_refused.html", **_frame(desk), said=said, back=back)
    return page, status_of(error)


@blueprint.get(PREFIX)
def index() -> str:
    """The problems of a round as a list, one of them in detail."""
    desk = desk_of_request()
    if desk.file is None:
        return render_template("desk_unchecked.html", **_frame(desk))
    board = board_of(desk)
    listing = list_problems(board, request.args)
    return render_template(
        "desk.html",
        **_frame(desk),
        **_detail(board, listing),
        drawing=desk_map(desk),
        in_order=choices_in_order,
    )


@blueprint.get(f"{PREFIX}/problems/<ref>")
def problem(ref: str) -> str:
    """One problem in detail: a piece of HTML, asked for when another row is chosen."""
    board = board_of(desk_of_request())
    listing = list_problems(board, MultiDict({**request.args, "problem": ref}))
    if listing.missed:
        raise ProblemNotFoundError(
            "ไม่พบเรื่องนี้ในการตรวจครั้งล่าสุด", "the last check has no such problem"
        )
    return render_template("_desk_detail.html", **_detail(board, listing))


@blueprint.get(f"{PREFIX}/job")
def job_state() -> Response:
    """What the worker does for a round, asked for again and again while it works."""
    desk = desk_of_request()
    job = read_job(settings(), desk.round)
    busy = job is not None and job.busy
    return jsonify(busy=busy, says=desk_words.job_word(job) if job and busy else "")


@blueprint.get(f"{PREFIX}/ground/<layer>.geojson")
def ground(layer: str) -> Response:
    """Borders of a draft, for the small map as long as nothing is published."""
    desk = desk_of_request()
    allowed = desk.access.of(layer)
    if layer not in ("districts", "subdistricts") or not allowed:
        abort(404)
    return Response(
        read_geojson(desk.checked_file, layer, allowed, ("geometry",)),
        mimetype="application/geo+json",
    )


@blueprint.get(f"{PREFIX}/schools/<smis_code>")
def school(smis_code: str) -> str:
    """Everything found about one school, on a sheet of paper."""
    desk = desk_of_request()
    board = board_of(desk)
    return render_template(
        "desk_school.html",
        **_frame(desk),
        board=board,
        case=case_of(board, smis_code),
        has_file=school_file(settings(), desk.round, smis_code) is not None,
    )


@blueprint.get(f"{PREFIX}/files/problems.zip")
def papers() -> Response:
    """The problem workbook and the marked copies that it links to."""
    name = desk_of_request().round
    packed = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it once it was sent
    write_problem_zip(settings(), name, packed)
    packed.seek(0)
    return send_file(packed, "application/zip", True, f"{name}-problems.zip")


@blueprint.get(f"{PREFIX}/files/copies/<name>")
def copy(name: str) -> Response:
    """A received sheet with its faults marked."""
    return _workbook(marked_copy(settings(), desk_of_request().round, name))


@blueprint.get(f"{PREFIX}/files/schools/<smis_code>.xlsx")
def school_book(smis_code: str) -> Response:
    """The workbook that goes to a school: what was found, and its own rows to mend."""
    desk = desk_of_request()
    path = school_file(settings(), desk.round, smis_code)
    if path is None:
        raise NotCheckedError(
            f"ยังไม่มีไฟล์ของโรงเรียน {smis_code} ในรอบ {desk.round}",
            f"there is no file for school {smis_code} in round {desk.round} yet",
        )
    return _workbook(path)


def _frame(desk: Desk) -> dict[str, object]:
    """Return what every page of the desk shows around its content."""
    return {
        "now": desk,
        "desk": desk,
        "job": read_job(settings(), desk.round),
        # The map and the list have no such round as long as it is a draft.
        "elsewhere": {} if desk.published else {"round": None},
        "place": "check",
    }


def _detail(board: Board, listing: Listing) -> dict[str, object]:
    """Return what the chosen problem is shown with."""
    return {
        "board": board,
        "listing": listing,
        "detail": detail_of(board, listing.chosen) if listing.chosen else None,
        "filters": {**listing.filters, "round": board.desk.round.name},
        "officer": officer(),
        "typed": _typed(listing.chosen),
    }


def _typed(chosen: DeskItem | None) -> str:
    """Return the reason that was typed for the chosen problem before it was refused."""
    mine = chosen is not None and request.args.get("problem") == chosen.ref
    return request.args.get("reason", "")[:REASON_LENGTH] if mine else ""


def _workbook(path: Path) -> Response:
    """Hand over a workbook under its own name."""
    return send_file(path.resolve(), mimetype=_XLSX, as_attachment=True, download_name=path.name)
