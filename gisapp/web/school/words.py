"""Words that only the page of a school needs, in the reader's language."""

from collections.abc import Sequence

from gisapp.core.profile_rows import School, Staff
from gisapp.core.rounds import BE_OFFSET
from gisapp.core.school_history import Change
from gisapp.web.i18n import gettext as _
from gisapp.web.reader import sees
from gisapp.web.received import received_word
from gisapp.web.words import UNKNOWN, number, size_word, trait_word

#: Columns of `schools` that say whether a school belongs to a project or kind.
PROJECTS = (
    "special_area", "royal_project", "model_school", "tambon_quality_school", "lab_school",
)  # fmt: skip

_TESTS = {"nt": "NT", "rt": "RT", "onet": "O-NET"}


def change_sentence(change: Change) -> str:
    """Say in one sentence what changed in which year; English adds the common era."""
    years = {"year": change.year_be, "year_ce": change.year_be - BE_OFFSET}
    if change.column == "school_name_th":
        return _(
            "ปี %(year)s เปลี่ยนชื่อจาก %(before)s เป็น %(after)s",
            before=change.before, after=change.after, **years,
        )  # fmt: skip
    if change.column == "size_class_4":
        return _(
            "ปี %(year)s เปลี่ยนขนาดจาก%(before)s เป็น%(after)s",
            before=size_word(change.before), after=size_word(change.after), **years,
        )  # fmt: skip
    if change.column == "merged_into":
        return _("ปี %(year)s ไปเรียนรวมกับ %(code)s", code=change.after, **years)
    return _(
        "ปี %(year)s สถานะเปลี่ยนจาก “%(before)s” เป็น “%(after)s”",
        before=received_word(change.before), after=received_word(change.after), **years,
    )  # fmt: skip


def projects(school: School, special: Sequence[str]) -> str | None:
    """Name the projects a school belongs to; None where the round does not say."""
    if special:
        return " · ".join(trait_word(trait) for trait in special)
    stated = any(getattr(school, column) is not None for column in PROJECTS)
    return _("ไม่อยู่ในโครงการใด") if stated else None


def staff_line(staff: Staff) -> str:
    """Count who works at a school, leaving out what the sheet does not state."""
    counts = (
        (_("ผู้อำนวยการ"), staff.directors),
        (_("รองผู้อำนวยการ"), staff.deputies),
        (_("ครู"), staff.teachers),
        (_("พนักงานราชการ"), staff.government_employees),
        (_("ลูกจ้างประจำ"), staff.permanent_employees),
        (_("ลูกจ้างชั่วคราว"), staff.temporary_employees),
    )
    stated = [f"{word} {number(count)}" for word, count in counts if count is not None]
    return " · ".join(stated) or UNKNOWN


def balance_word(staff: Staff | None) -> str:
    """Say whether the teachers are as many as required; empty where the round does not say."""
    if staff is None or staff.teacher_balance is None:
        return ""
    missing = f"{abs(staff.teacher_balance):g}"
    if staff.teacher_balance < 0:
        return _("ขาดจากเกณฑ์ %(n)s คน", n=missing)
    return _("เกินเกณฑ์ %(n)s คน", n=missing) if staff.teacher_balance > 0 else _("ครบตามเกณฑ์")


def location_sentence(school: School) -> str:
    """Say in a sentence what a school's point may be used for."""
    words = {
        "surveyed": _("พิกัดสำรวจแล้ว อยู่ในตำบลตามทะเบียน ใช้วัดระยะได้"),
        "village": _("ยังไม่มีพิกัดของโรงเรียน ใช้จุดของหมู่บ้านตามทะเบียน วัดระยะได้โดยประมาณ"),
        "subdistrict": _("ยังไม่มีพิกัดที่ใช้ได้ วางจุดแทนไว้ในตำบล ไม่ใช้วัดระยะ"),
    }
    nowhere = _("ยังไม่มีพิกัด จึงยังไม่อยู่บนแผนที่")
    if not school.subdistrict and sees("subdistrict"):
        nowhere = _("ยังไม่มีพิกัด และไม่ทราบตำบล จึงยังไม่อยู่บนแผนที่")
    return words.get(school.location_quality or "", nowhere)


def test_word(test: str | None) -> str:
    """Name a national test as schools call it."""
    return _TESTS.get(test or "", (test or UNKNOWN).upper())


def subject_word(subject: str | None) -> str:
    """Name a subject of a national test."""
    words = {
        "thai": _("ภาษาไทย"),
        "mathematics": _("คณิตศาสตร์"),
        "science": _("วิทยาศาสตร์"),
        "english": _("ภาษาอังกฤษ"),
        "language": _("ด้านภาษา"),
        "numeracy": _("ด้านคำนวณ"),
        "reasoning": _("ด้านเหตุผล"),
        "reading_aloud": _("การอ่านออกเสียง"),
        "reading_comprehension": _("การอ่านรู้เรื่อง"),
        "total": _("รวม"),
    }
    return words.get(subject or "", subject or UNKNOWN)
