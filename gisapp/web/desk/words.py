"""Words of the problem desk, in the reader's language."""

import datetime
import re

from gisapp.core.dates_th import moment
from gisapp.core.dictionary import LAYERS
from gisapp.core.findings import COVERAGE_FINDINGS, FINDINGS
from gisapp.core.grades import LEVEL_NAMES
from gisapp.core.problem_filter import DONE, SENT, DeskItem, ProblemRow, kind_title
from gisapp.store.decisions import ACKNOWLEDGED, CORRECTED, RECALLED, SENT_BACK, Decision
from gisapp.store.jobs import BUILD, RETURNED, SCHOOL_FILES, Job
from gisapp.web.desk.detail import Change, Detail, Past
from gisapp.web.i18n import gettext as _
from gisapp.web.reader import language
from gisapp.web.words import date_word, full_name, level_word

#: Signs of a sentence that stands in two lines of the list.
_LONG = 70

_NUMBER = re.compile(r"[-+]?[\d๐-๙][\d๐-๙.,]*%?")


def is_number(text: str) -> bool:
    """Tell whether a cell stands to the right, as spreadsheets show it."""
    return _NUMBER.fullmatch(text) is not None


def severity_word(severity: str) -> str:
    """Name how much a problem matters."""
    words = {"block": _("ต้องแก้"), "warn": _("ควรดู"), "note": _("แจ้งไว้")}
    return words.get(severity, severity)


def message(row: ProblemRow) -> str:
    """Say what was found."""
    return _either(row.message_th, row.message_en) or kind_title(row.kind, language())


def value_word(row: ProblemRow) -> str:
    """Return what stands there; levels of a problem of coverage in the reader's words."""
    value = row.value or ""
    words = value.split()
    if row.kind in COVERAGE_FINDINGS and words and all(word in LEVEL_NAMES for word in words):
        return " · ".join(map(level_word, words))
    return value


def is_of_coverage(row: ProblemRow) -> bool:
    """Tell whether the page of coverage shows what the problem is about."""
    return row.kind in COVERAGE_FINDINGS


def headline(row: ProblemRow) -> str:
    """Say what was found in a line or two.

    A long sentence ends at its colon, where what stands before it is the same for every problem
    of the kind: such words name the fault, others only whose it is.
    """
    whole, finding = message(row), FINDINGS.get(row.kind)
    pattern = (finding.en if language() == "en" else finding.th) if finding else ""
    first, colon, _rest = pattern.partition(": ")
    named = colon and whole.startswith(f"{first}: ")
    return first if named and len(whole) > _LONG else whole


def remainder(row: ProblemRow) -> str:
    """Return what `headline` left out."""
    return message(row).removeprefix(headline(row)).removeprefix(": ")


def advice(row: ProblemRow) -> str:
    """Say what to do about it."""
    return _either(row.advice_th, row.advice_en)


def message_to_school(row: ProblemRow) -> str:
    """Say to the school what was found."""
    return _either(row.school_message_th, row.school_message_en)


def advice_to_school(row: ProblemRow) -> str:
    """Say to the school what to do about it."""
    return _either(row.school_advice_th, row.school_advice_en)


def why(row: ProblemRow) -> str:
    """Say why the proposed reading is likely."""
    return _either(row.why_th, row.why_en)


def kind_word(kind: str) -> str:
    """Name a kind of problem."""
    return kind_title(kind, language())


def school_word(row: ProblemRow) -> str:
    """Name a problem's school as the list shows it: by name, else by its code, else not at all."""
    unnamed = _("รหัส %(code)s", code=row.key) if row.names_school else ""
    return row.school_name_th or unnamed


def school_line(detail: Detail) -> str:
    """Name a problem's school as its page does."""
    return full_name(detail.school) if detail.school else school_word(detail.row)


def spot(row: ProblemRow) -> str:
    """Say where to look: file, sheet and cell or row."""
    parts = (row.file, row.sheet, cell_word(row))
    return " · ".join(part for part in parts if part)


def cell_word(row: ProblemRow) -> str:
    """Name the cell, else the row; empty for a whole sheet."""
    if row.cell:
        return row.cell
    return _("แถว %(row)s", row=row.row) if row.row is not None else ""


def sheet_line(row: ProblemRow) -> str:
    """Head the excerpt: file, sheet and row."""
    sheet = _("แผ่น “%(sheet)s”", sheet=row.sheet) if row.sheet else ""
    place = _("แถว %(row)s", row=row.row) if row.row is not None else ""
    return " · ".join(part for part in (row.file, sheet, place) if part)


def column_word(change: Change) -> str:
    """Name the column of a proposed value."""
    titles = {column.name: column for layer in LAYERS.values() for column in layer.columns}
    places = {"lat": _("ละติจูด"), "lon": _("ลองจิจูด")}
    if change.column in places:
        return places[change.column]
    known = titles.get(change.column)
    return (known.title_en if language() == "en" else known.title_th) if known else change.column


def past_word(past: Past) -> str:
    """Say what happened to a problem in a round."""
    made = past.decision
    if made is None:
        return _("พบเรื่องเดียวกัน")
    on, by = date_word(made.at.astimezone().date().isoformat()), made.by
    if made.decision == CORRECTED:
        return _("ใช้ค่าที่เสนอ %(on)s โดย %(by)s", on=on, by=by)
    if made.decision == ACKNOWLEDGED:
        return _("รับทราบ %(on)s โดย %(by)s: %(reason)s", on=on, by=by, reason=made.reason)
    if made.decision == RECALLED:
        return _("ยกเลิก %(on)s โดย %(by)s: %(reason)s", on=on, by=by, reason=made.reason)
    return _("ส่งกลับโรงเรียน %(on)s โดย %(by)s", on=on, by=by)


def state_word(item: DeskItem, made: Decision | None) -> str:
    """Say in a word or two what was done about a problem; empty where nothing was."""
    if item.state == DONE:
        corrected = made is not None and made.decision == CORRECTED
        return _("แก้แล้ว รอตรวจใหม่") if corrected else _("รับทราบแล้ว")
    return _("ส่งกลับแล้ว") if item.state == SENT else ""


def why_not_sent(row: ProblemRow) -> str:
    """Say why a problem cannot be sent back to a school; empty where it can."""
    if not row.school_name_th:
        return _("ไม่ใช่เรื่องของโรงเรียนเดียว")
    return "" if row.for_school else _("สำนักงานเป็นผู้แก้")


def time_word(at: datetime.datetime) -> str:
    """Write a time as the clock of this machine shows it."""
    return moment(at.astimezone(), language())


def said_done(decision: str, school: str) -> str:
    """Say that a decision was written down; its school is named where it has one."""
    if not school:
        words = {
            CORRECTED: _("บันทึกแล้ว ใช้ค่าที่เสนอ ตรวจใหม่เพื่อเห็นผล"),
            ACKNOWLEDGED: _("บันทึกแล้ว รับทราบ"),
            RECALLED: _("บันทึกแล้ว ยกเลิก เรื่องนี้เปิดอยู่อีกครั้ง"),
        }
    else:
        words = {
            CORRECTED: _("บันทึกแล้ว ใช้ค่าที่เสนอของ %(school)s ตรวจใหม่เพื่อเห็นผล", school=school),
            ACKNOWLEDGED: _("บันทึกแล้ว รับทราบเรื่องของ %(school)s", school=school),
            RECALLED: _("บันทึกแล้ว ยกเลิก เรื่องของ %(school)s เปิดอยู่อีกครั้ง", school=school),
            SENT_BACK: _("บันทึกแล้ว ส่งกลับ %(school)s", school=school),
        }
    return words.get(decision, "")


def job_word(job: Job) -> str:
    """Say what the worker is doing."""
    words = {
        BUILD: _("กำลังเผยแพร่…"),
        SCHOOL_FILES: _("กำลังเขียนไฟล์ของโรงเรียน…"),
        RETURNED: _("กำลังอ่านไฟล์ที่โรงเรียนส่งกลับ…"),
    }
    return words.get(job.step, _("กำลังตรวจ…"))


def job_lines(job: Job) -> list[str]:
    """Say why a job failed, or what it has to tell, line by line."""
    return _either(job.said_th, job.said_en).splitlines()


def _either(th: str | None, en: str | None) -> str:
    return (en if language() == "en" else th) or th or ""


def as_is(text: str) -> str:
    """Name a choice by itself."""
    return text


def state_choice(state: str) -> str:
    """Name which problems the list holds."""
    return _("จบแล้ว") if state == DONE else _("ทั้งหมด")
