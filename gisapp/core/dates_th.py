"""Dates as people write them here: Buddhist years, Thai or English months."""

import datetime

from gisapp.core.rounds import BE_OFFSET

#: Short and long name of each month, January first, in Thai and in English.
_MONTHS = (
    ("ม.ค.", "มกราคม", "Jan", "January"),
    ("ก.พ.", "กุมภาพันธ์", "Feb", "February"),
    ("มี.ค.", "มีนาคม", "Mar", "March"),
    ("เม.ย.", "เมษายน", "Apr", "April"),
    ("พ.ค.", "พฤษภาคม", "May", "May"),
    ("มิ.ย.", "มิถุนายน", "Jun", "June"),
    ("ก.ค.", "กรกฎาคม", "Jul", "July"),
    ("ส.ค.", "สิงหาคม", "Aug", "August"),
    ("ก.ย.", "กันยายน", "Sep", "September"),
    ("ต.ค.", "ตุลาคม", "Oct", "October"),
    ("พ.ย.", "พฤศจิกายน", "Nov", "November"),
    ("ธ.ค.", "ธันวาคม", "Dec", "December"),
)

#: Between day, month and year: a date never breaks over two lines.
_NBSP = "\u00a0"


def date_short(day: datetime.date, language: str) -> str:
    """Write a date for tables: ``10 มิ.ย. 2568``, ``10 Jun 2568 (2025)``."""
    return _NBSP.join((day_month(day, language), _year(day, language)))


def date_long(day: datetime.date, language: str) -> str:
    """Write a date for prose: ``10 มิถุนายน 2568``, ``10 June 2568 (2025)``."""
    _, long_th, _, long_en = _MONTHS[day.month - 1]
    month = long_en if language == "en" else long_th
    return _NBSP.join((str(day.day), month, _year(day, language)))


def day_month(day: datetime.date, language: str) -> str:
    """Write day and month where the year stands beside it: ``10 มิ.ย.``."""
    return _NBSP.join((str(day.day), _short(day, language)))


def month_year(day: datetime.date, language: str) -> str:
    """Write a month for captions: ``พ.ค. 2568``, ``May 2568 (2025)``."""
    return _NBSP.join((_short(day, language), _year(day, language)))


def moment(at: datetime.datetime, language: str) -> str:
    """Write a time with its date: ``2 ก.ค. 2568 09.14 น.``, ``2 Jul 2568 (2025) 09:14``."""
    day = date_short(at.date(), language)
    return f"{day} {at:%H:%M}" if language == "en" else f"{day} {at:%H.%M} น."


def date_or_none(text: str | None) -> datetime.date | None:
    """Read an ISO date as layers hold it; None where there is no such date.

    The year is of the common era; anything else in the cell stays what it is, text.
    """
    try:
        return datetime.date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _year(day: datetime.date, language: str) -> str:
    """The Buddhist year; who reads English is told the year of the common era as well."""
    buddhist = str(day.year + BE_OFFSET)
    return f"{buddhist}{_NBSP}({day.year})" if language == "en" else buddhist


def _short(day: datetime.date, language: str) -> str:
    short_th, _, short_en, _ = _MONTHS[day.month - 1]
    return short_en if language == "en" else short_th
