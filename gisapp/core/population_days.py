"""The day that a population table is of, where its rows do not say so."""

import calendar
import datetime
import re
from dataclasses import replace

from gisapp.core.dates_th import date_short
from gisapp.core.problems import Problem
from gisapp.core.rounds import BE_OFFSET, Round
from gisapp.core.tables import FormTable
from gisapp.core.text import arabic_digits, date_within

#: Year and month as the Department of Provincial Administration names its files: 6712 is
#: December 2567. Source: stat.bora.dopa.go.th, stat_pop_6712.txt.
_YEAR_MONTH = re.compile(r"(?<!\d)(?:25)?([4-9]\d)(0[1-9]|1[0-2])(?!\d)")
_YEAR = re.compile(r"(?<!\d)(25[4-9]\d|20\d\d)(?!\d)")


def stated_day(table: FormTable) -> datetime.date | None:
    """The day that the title above a table or its file's name states; None without one."""
    if day := date_within(table.title):
        return day
    name = arabic_digits(table.sheet.file.rsplit("/", 1)[-1])
    if found := _YEAR_MONTH.search(name):
        year, month = 2500 + int(found[1]) - BE_OFFSET, int(found[2])
        return datetime.date(year, month, calendar.monthrange(year, month)[1])
    if found := _YEAR.search(name):
        return year_end(int(found[1]))
    return None


def year_end(year: int) -> datetime.date:
    """31 December of a year; one above 2400 is Buddhist."""
    return datetime.date(year - BE_OFFSET if year > 2400 else year, 12, 31)


def day_of(table: FormTable) -> tuple[datetime.date, list[Problem]]:
    """The stated day, else the one that the round rests on, with a note that it is assumed."""
    if stated := stated_day(table):
        return stated, []
    day = Round.parse(table.sheet.round_name).population_cut_off
    found = Problem("population_day_assumed", file=table.sheet.file, sheet=table.sheet.name)
    facts = {"day_th": date_short(day, "th"), "day_en": date_short(day, "en")}
    return day, [replace(found, value=day.isoformat(), facts=facts)]
