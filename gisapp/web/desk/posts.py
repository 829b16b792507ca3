"""What officers do at the problem desk: decide about a problem, ask for a check or a build."""

from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import quote, unquote, urlsplit

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from gisapp.core.problem_filter import DeskItem, ProblemRow
from gisapp.errors import AccessDeniedError, DecisionError, JobRunningError, StaleProblemError
from gisapp.store.checked import is_changed
from gisapp.store.decisions import (
    ACKNOWLEDGED,
    CORRECTED,
    RECALLED,
    SENT_BACK,
    record_acceptances,
    record_decisions,
)
from gisapp.store.jobs import (
    BUILD,
    CHECK,
    RETURNED,
    SCHOOL_FILES,
    read_job,
    request_job,
)
from gisapp.store.recalled import recall_decision
from gisapp.store.uploads import discard_uploads, keep_uploads
from gisapp.web.desk.board import Board, board_of, desk_of_request
from gisapp.web.desk.detail import changes_of
from gisapp.web.desk.rows import fingerprint_of, list_problems
from gisapp.web.reader import link, settings

blueprint = Blueprint("desk_posts", __name__)

#: Who decides; asked for once and kept in the browser, sent back to the desk alone.
NAME_COOKIE = "officer"

#: Longest name and longest reason that anybody writes.
NAME_LENGTH, REASON_LENGTH = 80, 500

_YEAR_S = 31_536_000

#: Questions of the desk's address that an answer goes back to.
ASKED = ("q", "file", "kind", "district", "severity", "state", "page")


def refuse_other_origins() -> None:
    """Take a form from our own pages only.

    Raises:
        AccessDeniedError: Another site sent it, or a program that does not say where it is from.
    """
    if request.method not in ("POST", "PUT", "PATCH", "DELETE"):
        return
    sent = urlsplit(request.headers.get("Origin") or request.headers.get("Referer") or "")
    own = urlsplit(request.host_url)
    if (sent.scheme, sent.netloc) != (own.scheme, own.netloc):
        raise AccessDeniedError(
            "คำสั่งนี้ไม่ได้ส่งจากหน้าตรวจข้อมูลของเครื่องนี้ เปิดหน้าตรวจข้อมูลแล้วสั่งใหม่",
            "this was not sent by the desk's own page; open the desk and try again",
        )


def officer() -> str:
    """Return the name that the reader decided under before; empty the first time."""
    return unquote(request.cookies.get(NAME_COOKIE, ""))[:NAME_LENGTH]


@blueprint.post("/check/decide")
def decide() -> Response:
    """Decide about one problem and go on to the next."""
    board = board_of(desk_of_request())
    decision = request.form.get("decision", "")
    by, reason = _words("by", NAME_LENGTH), _words("reason", REASON_LENGTH)
    item = _shown_as_now(board, request.form)
    if decision not in _WRITERS:
        raise DecisionError("ไม่รู้จักคำสั่งนี้", "no such decision")
    _WRITERS[decision](board, item.row, reason, by)
    return _answer(_onward(board, item, decision), by)


@blueprint.post("/check/decide-all")
def decide_all() -> Response:
    """Use the proposed values of every problem of one kind that the list shows."""
    board = board_of(desk_of_request())
    by, reason = _words("by", NAME_LENGTH), _words("reason", REASON_LENGTH)
    _need(by)
    items = list_problems(board, request.args).proposed
    if not items or fingerprint_of(items) != request.form.get("fingerprint"):
        raise _changed()
    _refuse_busy(board)
    for file in {item.row.file or "" for item in items}:
        _refuse_changed(board, file)
    accepted = [(item.row, _texts(item.row)) for item in items]
    why = reason or "ใช้ค่าที่เสนอ"
    record_acceptances(settings(), board.desk.round, accepted, why, by, _now())
    asked = {name: request.args.get(name) for name in ASKED if name != "page"}
    return _answer(link("desk.index", **asked, done="all"), by)


@blueprint.post("/check/recall")
def recall() -> Response:
    """Take back an acknowledgement, or a value in use."""
    board = board_of(desk_of_request())
    by, reason = _words("by", NAME_LENGTH), _words("reason", REASON_LENGTH)
    ref = request.form.get("problem", "")
    _need(by)
    if not reason:
        raise DecisionError("เขียนเหตุผลที่ยกเลิกก่อนบันทึก", "write why it is taken back")
    _refuse_busy(board)
    recall_decision(settings(), board.desk.round, ref.partition(".")[0], reason, by, _now())
    open_again = any(item.ref == ref for item in board.items)
    to = {"problem": ref, "about": ref} if open_again else {"state": "done"}
    return _answer(link("desk.index", **to, done=RECALLED), by)


@blueprint.post("/check/returned")
def take_returned() -> Response:
    """Keep the files that schools sent back, and leave them to the worker."""
    desk = desk_of_request()
    by = _words("by", NAME_LENGTH)
    _need(by)
    files = [(sent.filename or "", sent.read()) for sent in request.files.getlist("files")]
    batch = keep_uploads(settings(), files)
    try:
        request_job(settings(), desk.round, RETURNED, _now(), {"batch": batch, "by": by})
    except JobRunningError:
        discard_uploads(settings(), batch)
        raise
    return _answer(link("desk.index", round=desk.round.name), by)


@blueprint.post("/check/job")
def ask() -> Response:
    """Leave a job for the worker: check, publish, or write the schools' files."""
    desk = desk_of_request()
    step = request.form.get("step", "")
    if step not in (CHECK, BUILD, SCHOOL_FILES):
        raise DecisionError("ไม่รู้จักคำสั่งนี้", "no such step")
    if step == BUILD:
        _refuse_blocked(board_of(desk))
    request_job(settings(), desk.round, step, _now())
    back = {name: request.args.get(name) for name in (*ASKED, "problem", "reason")}
    to = link("desk.index", round=desk.round.name, **back)
    if request.args.get("school"):
        to = link("desk.school", smis_code=request.args["school"], round=desk.round.name)
    return redirect(to, HTTPStatus.SEE_OTHER)


def _answer(address: str, by: str) -> Response:
    """Go to an address, and let the browser keep the name for the next decision."""
    answer = redirect(address, HTTPStatus.SEE_OTHER)
    answer.set_cookie(
        NAME_COOKIE, quote(by), max_age=_YEAR_S, path="/check", httponly=True, samesite="Strict"
    )
    return answer


def _onward(board: Board, item: DeskItem, decision: str) -> str:
    """Return the address to go to: the next problem of the list, or this one if it stays open."""
    listing = list_problems(board, request.args)
    following = item if decision == SENT_BACK else listing.after or listing.before
    return link(
        "desk.index",
        **{name: request.args.get(name) for name in ASKED},
        problem=following.ref if following else None,
        done=decision,
        about=item.ref,
    )


def _shown_as_now(board: Board, form: Mapping[str, str]) -> DeskItem:
    """Return the problem that a form is about, as it was shown.

    Raises:
        StaleProblemError: The last check has another value, another file, or no such problem.
        JobRunningError: The round is being checked just now.
    """
    _refuse_busy(board)
    ref, fingerprint = form.get("problem", ""), form.get("fingerprint", "")
    item = next((item for item in board.items if item.ref == ref), None)
    if item is None or item.row.fingerprint != fingerprint:
        raise _changed()
    _refuse_changed(board, item.row.file or "")
    return item


def _changed() -> StaleProblemError:
    return StaleProblemError(
        "เรื่องนี้เปลี่ยนไปหรือไม่มีแล้วในการตรวจครั้งล่าสุด จึงไม่ได้บันทึกอะไร เปิดรายการแล้วดูใหม่",
        "this problem has changed or has gone since it was shown; nothing was written. Open "
        "the list and look again",
    )


def _refuse_busy(board: Board) -> None:
    job = read_job(settings(), board.desk.round)
    if job is not None and job.busy:
        raise JobRunningError(
            "กำลังตรวจรอบนี้อยู่ รอให้เสร็จแล้วตัดสินใหม่",
            "the round is being checked; wait for it to end and decide again",
        )


def _refuse_changed(board: Board, file: str) -> None:
    if is_changed(settings(), board.desk.round, board.desk.checked_file, file):
        raise StaleProblemError(
            f"ไฟล์ {file} เปลี่ยนไปหลังการตรวจครั้งล่าสุด จึงไม่ได้บันทึกอะไร ตรวจใหม่ก่อน",
            f"{file} has changed since the last check; nothing was written. Check again first",
        )


def _texts(row: ProblemRow) -> dict[str, tuple[str, str]]:
    return {change.column: (change.received, change.proposed) for change in changes_of(row)}


def _accept(board: Board, row: ProblemRow, reason: str, by: str) -> None:
    changes = _texts(row)
    if not changes:
        raise DecisionError("เรื่องนี้ไม่มีค่าที่เสนอ", "this problem has no proposed value")
    made = board.decided.get(row.fingerprint)
    if made and made.decision == CORRECTED and made.at > board.written_at:
        raise StaleProblemError(
            "ใช้ค่าที่เสนอของเรื่องนี้แล้ว ตรวจใหม่เพื่อเห็นผล",
            "the proposed value is in use already; check again to see it",
        )
    _need(by)
    why = reason or "ใช้ค่าที่เสนอ"
    record_acceptances(settings(), board.desk.round, [(row, changes)], why, by, _now())


def _send_back(board: Board, row: ProblemRow, reason: str, by: str) -> None:
    _need(by)
    if not (row.school_name_th and row.for_school):
        raise DecisionError(
            "เรื่องนี้สำนักงานเป็นผู้แก้ ส่งกลับโรงเรียนไม่ได้",
            "the office mends this itself; it cannot be sent back to a school",
        )
    record_decisions(settings(), board.desk.round, [row], SENT_BACK, reason, by, _now())


def _acknowledge(board: Board, row: ProblemRow, reason: str, by: str) -> None:
    _need(by)
    if not reason and row.severity == "block":
        raise DecisionError(
            "เรื่องที่ต้องแก้รับทราบได้เมื่อมีเหตุผล เขียนเหตุผลแล้วบันทึกใหม่",
            "what must be fixed can be acknowledged with a reason only; write one and save again",
        )
    why = reason or "รับทราบ"
    record_decisions(settings(), board.desk.round, [row], ACKNOWLEDGED, why, by, _now())


#: Name of a button -> what it writes down.
_WRITERS = {
    CORRECTED: _accept,
    SENT_BACK: _send_back,
    ACKNOWLEDGED: _acknowledge,
}


def _need(by: str) -> None:
    if not by:
        raise DecisionError("เขียนชื่อผู้ตัดสินใจก่อนบันทึก", "write who decides before saving")


def _refuse_blocked(board: Board) -> None:
    """Refuse, with DecisionError, to publish what still must be fixed."""
    left = list_problems(board, request.args).counts.blocks
    if left:
        raise DecisionError(
            f"ยังเผยแพร่ไม่ได้ เหลือ {left} เรื่องที่ต้องแก้", f"cannot publish yet: {left} left"
        )


def _words(name: str, most: int) -> str:
    """Return a line that somebody wrote, without the blanks around it."""
    return " ".join(request.form.get(name, "").split())[:most]


def _now() -> datetime:
    return datetime.now(UTC)
