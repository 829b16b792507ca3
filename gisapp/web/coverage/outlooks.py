"""The pupils that are expected in the entry grades, of a school or of the whole office."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from gisapp.core.coverage.words import said_word
from gisapp.core.profile_rows import GradeRow
from gisapp.store.published import read_rows
from gisapp.store.published_outlook import Expected, read_outlook
from gisapp.store.published_sums import read_grade_sums
from gisapp.web.choosing.choice import line_files
from gisapp.web.i18n import gettext as _
from gisapp.web.outlook_chart import OutlookPoint, outlook_line
from gisapp.web.reader import Reading, language
from gisapp.web.words import grade_word, number


@dataclass(frozen=True)
class OutlookYear:
    """One year that is looked ahead to, as written.

    Attributes:
        year_be: Academic year BE.
        children: Children of that cohort in the zones.
        expected: Pupils expected.
        between: The range, which `Outlook.notes` explains; a dash where there is none.
        ranged: Whether there is a range.
    """

    year_be: int
    children: str
    expected: str
    between: str
    ranged: bool


@dataclass(frozen=True)
class Outlook:
    """The pupils expected in one grade.

    Attributes:
        grade: In words.
        title: What is expected, in a sentence.
        picture: Pupils so far and expected; None where nothing is known.
        years: The years looked ahead to.
        notes: How it and its range were reckoned, and why a year is unknown.
        told: Whether any year has children or pupils to write down.
    """

    grade: str
    title: str
    picture: Markup | None
    years: tuple[OutlookYear, ...]
    notes: tuple[str, ...]
    told: bool


def outlooks_of(now: Reading, smis_code: str | None = None) -> tuple[Outlook, ...]:
    """Return the pupils expected in each entry grade, of a school or of the whole office."""
    rows = read_outlook(now.file, smis_code, now.access.of("outlook"))
    grades = dict.fromkeys(row.grade for row in rows)
    return tuple(
        _outlook(grade, [row for row in rows if row.grade == grade], _so_far(now, grade, smis_code))
        for grade in grades
    )


def looks_ahead(now: Reading) -> bool:
    """Tell whether the round has an outlook that this reader may see."""
    return bool(read_outlook(now.file, None, now.access.of("outlook")))


def _so_far(now: Reading, grade: str, smis_code: str | None) -> list[OutlookPoint]:
    """Return the pupils of a grade in this and up to four earlier rounds, old to new."""
    seen = now.access.of("enrolment_by_grade")
    points = []
    for year, file in line_files(now):
        if file is None:
            known = []
        elif smis_code is None:
            known = [
                row.students for row in read_grade_sums(file, None, seen) if row.grade == grade
            ]
        else:
            rows = read_rows(file, "enrolment_by_grade", GradeRow, seen, smis_code)
            known = [row.students for row in rows if row.grade == grade]
        points.append(OutlookPoint(year, known[0] if known else None, expected=False))
    while points and points[0].value is None:
        points = points[1:]
    return points


def _outlook(grade: str, rows: Sequence[Expected], so_far: list[OutlookPoint]) -> Outlook:
    """Say and draw what is expected in a grade."""
    points = [
        OutlookPoint(row.target_year_be, row.expected, row.expected_low, row.expected_high)
        for row in rows
    ]
    known = [point for point in points if point.value is not None]
    points = so_far + points
    word = grade_word(grade)
    if not known:
        title = _("%(grade)s: ยังคาดการณ์ไม่ได้", grade=word)
    else:
        first, last = known[0], known[-1]
        told = {"grade": word, "first": first.year_be, "n": number(first.value)}
        title = (
            _("%(grade)s คาดว่ามี %(n)s คนในปี %(first)s", **told)
            if first is last
            else _(
                "%(grade)s คาดว่ามี %(n)s คนในปี %(first)s และ %(m)s คนในปี %(last)s",
                **told, last=last.year_be, m=number(last.value),
            )
        )  # fmt: skip
    said = ", ".join(_said(point) for point in points)
    return Outlook(
        grade=word,
        title=title,
        picture=outlook_line(points, f"{title} ({said})") if len(known) > 1 else None,
        years=tuple(_year(row) for row in rows),
        notes=_notes(rows),
        told=bool(known) or any(row.zone_children is not None for row in rows),
    )


def _said(point: OutlookPoint) -> str:
    """Write one year of the line, its range behind it."""
    line = f"{point.year_be}: {number(point.value)}"
    return line if point.low is None else f"{line} ({_between(point.low, point.high)})"


def _between(low: float | None, high: float | None) -> str:
    """Write a range; a dash where there is none."""
    return number(None) if low is None or high is None else f"{number(low)}–{number(high)}"


def _year(row: Expected) -> OutlookYear:
    return OutlookYear(
        row.target_year_be,
        number(row.zone_children),
        number(row.expected),
        _between(row.expected_low, row.expected_high),
        row.expected_low is not None and row.expected_high is not None,
    )


def _notes(rows: Sequence[Expected]) -> tuple[str, ...]:
    """Say how the years were reckoned; behind what all share, words of some years name those."""
    years: dict[str, list[int]] = {}
    for row in rows:
        for word in (row.outlook_method or "").split("+"):
            if word:
                years.setdefault(word, []).append(row.target_year_be)
    shared = [word for word, told in years.items() if len(told) == len(rows)]
    return (
        *map(method_word, shared),
        *(
            _("ปี %(years)s: %(what)s", years=_run(told), what=method_word(word))
            for word, told in years.items()
            if word not in shared
        ),
    )


def method_word(word: str) -> str:
    """Say in the reader's language how something was reckoned; an unknown word stays."""
    said = said_word("outlook_method", word, english=language() == "en")
    return said[:1].upper() + said[1:]


def _run(years: Sequence[int]) -> str:
    """Write years that follow each other by the first and the last."""
    first, last = years[0], years[-1]
    if len(years) > 1 and last - first == len(years) - 1:
        return f"{first}–{last}"
    return ", ".join(str(year) for year in years)
