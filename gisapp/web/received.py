"""Words that offices write alike in their sheets, said in the reader's language.

What an office writes otherwise stays as received, marked as Thai where the page is not.
"""

import re
from collections.abc import Mapping

from flask import Flask

from gisapp.web.i18n import gettext as _
from gisapp.web.per_request import once_per_request
from gisapp.web.reader import language

_THAI_LETTER = re.compile("[\u0e01-\u0e5b]")


def received_word(text: str) -> str:
    """Return a word of a sheet in the reader's language; one that is not known stays as it is."""
    return text if language() == "th" else _known().get(text, text)


def letters(text: str) -> str:
    """Return "th" for Thai letters on a page in another language; else nothing needs saying."""
    return "th" if language() != "th" and _THAI_LETTER.search(text) else ""


def register(app: Flask) -> None:
    """Give templates both."""
    app.jinja_env.globals.update(received_word=received_word, letters=letters)


@once_per_request
def _known() -> Mapping[str, str]:
    """Return every word that is known, by its Thai."""
    return {**_structures(), **_uses(), **_utilities(), **_affiliations()}


def _structures() -> dict[str, str]:
    """Types and designs of structures. Source: domain notes B7, categories of B-OBEC."""
    return {
        "อาคารเรียน": _("อาคารเรียน"),
        "อาคารอเนกประสงค์": _("อาคารอเนกประสงค์"),
        "อาคารอนุบาล": _("อาคารอนุบาล"),
        "อาคารประกอบ": _("อาคารประกอบ"),
        "โรงอาหาร": _("โรงอาหาร"),
        "โรงฝึกงาน": _("โรงฝึกงาน"),
        "หอประชุม": _("หอประชุม"),
        "ห้องสมุด": _("ห้องสมุด"),
        "ส้วม": _("ส้วม"),
        "ห้องน้ำ": _("ห้องน้ำ"),
        "ห้องน้ำห้องส้วม": _("ห้องน้ำห้องส้วม"),
        "บ้านพักครู": _("บ้านพักครู"),
        "บ้านพักนักเรียน": _("บ้านพักนักเรียน"),
        "อาคารหอนอน": _("อาคารหอนอน"),
        "หอนอน": _("หอนอน"),
        "บ้านพักภารโรง": _("บ้านพักภารโรง"),
        "สนาม": _("สนาม"),
        "สนามกีฬา": _("สนามกีฬา"),
        "สนามบาสเกตบอล": _("สนามบาสเกตบอล"),
        "เรือนเพาะชำ": _("เรือนเพาะชำ"),
        "บ่อ": _("บ่อ"),
        "ถังเก็บน้ำ": _("ถังเก็บน้ำ"),
        "อื่น ๆ": _("อื่น ๆ"),
        "อื่น ๆ (สร้างเอง)": _("อื่น ๆ (สร้างเอง)"),
    }


def _uses() -> dict[str, str]:
    """Whether a structure is used and a school open. Source: domain notes B7, B6."""
    return {
        "ใช้งาน": _("ใช้งาน"),
        "รอรื้อถอน": _("รอรื้อถอน"),
        "รื้อถอน": _("รื้อถอน"),
        "รื้อถอนแล้ว": _("รื้อถอนแล้ว"),
        "เลิกใช้": _("เลิกใช้"),
        "งดใช้": _("งดใช้"),
        "เปิดสอน": _("เปิดสอน"),
        "ไม่มีนักเรียน (มาเรียนรวม)": _("ไม่มีนักเรียน (มาเรียนรวม)"),
        "เลิกสถานศึกษา": _("เลิกสถานศึกษา"),
        "รวมสถานศึกษา": _("รวมสถานศึกษา"),
    }


def _utilities() -> dict[str, str]:
    """Electricity, water and internet. Source: the announcement's form of highland schools."""
    return {
        "ไม่มี": _("ไม่มี"),
        "ระบบจำหน่าย": _("ระบบจำหน่าย"),
        "โซลาร์เซลล์": _("โซลาร์เซลล์"),
        "พลังงานทดแทน": _("พลังงานทดแทน"),
        "ประปาส่วนภูมิภาค": _("ประปาส่วนภูมิภาค"),
        "ประปาหมู่บ้าน": _("ประปาหมู่บ้าน"),
        "ประปา อปท.": _("ประปา อปท."),
        "ประปาภูเขา": _("ประปาภูเขา"),
        "บ่อบาดาล": _("บ่อบาดาล"),
        "บ่อน้ำชุมชน": _("บ่อน้ำชุมชน"),
        "บ่อน้ำของโรงเรียน": _("บ่อน้ำของโรงเรียน"),
        "แหล่งน้ำธรรมชาติ": _("แหล่งน้ำธรรมชาติ"),
        "ใยแก้วนำแสง": _("ใยแก้วนำแสง"),
        "ไร้สาย": _("ไร้สาย"),
        "ดาวเทียม": _("ดาวเทียม"),
    }


def _affiliations() -> dict[str, str]:
    """Who runs a school."""
    return {
        "สพฐ.": _("สพฐ."),
        "เอกชน": _("เอกชน"),
        "องค์กรปกครองส่วนท้องถิ่น": _("องค์กรปกครองส่วนท้องถิ่น"),
        "กองบัญชาการตำรวจตระเวนชายแดน": _("กองบัญชาการตำรวจตระเวนชายแดน"),
    }
