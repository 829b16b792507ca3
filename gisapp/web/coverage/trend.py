"""The same figures in this round and in earlier ones."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from markupsafe import Markup

from gisapp.store.published_coverage import (
    OFFICE,
    UnitFigures,
    read_units,
)
from gisapp.web.charts import YearPoint, year_line
from gisapp.web.choosing.choice import line_files
from gisapp.web.coverage.asked import Asked
from gisapp.web.coverage.units import answer, known
from gisapp.web.coverage.words import (
    children_word,
    percent_word,
    pupils_figure,
    pupils_word,
    range_word,
    silent_word,
    unsure_word,
)
from gisapp.web.i18n import gettext as _
from gisapp.web.reader import Reading
from gisapp.web.words import number

#: The figure that is known between bounds where a school has no point.
_RATE = "coverage_rate"

#: Lines of the trend: column of the layers, whether it is a percentage, and its factor.
_LINES = (
    ("population", False, 1.0),
    (_RATE, True, 100.0),
    ("enrolled", False, 1.0),
    ("gross_enrolment_ratio", True, 1.0),
)


@dataclass(frozen=True)
class Bounds:
    """What is known of an unknown figure.

    Attributes:
        written: The bounds, as written.
        why: Why no more is known.
        least, most: Between which it lies; None where only the lower bound is known.
    """

    written: str
    why: str
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class TrendLine:
    """One figure over the rounds.

    Attributes:
        title: How it stands and how it has changed, in a sentence.
        word: What it counts.
        values: As written, one for each year; a dash is unknown, bounds where only they are known.
        picture: The line; None where no or one round knows the figure.
    """

    title: str
    word: str
    values: tuple[str, ...]
    picture: Markup | None


@dataclass(frozen=True)
class Trend:
    """The figures of one question over the rounds of one season.

    Attributes:
        years: Academic years BE, old to new.
        lines: The figures.
    """

    years: tuple[int, ...]
    lines: tuple[TrendLine, ...]


def trend_of(now: Reading, asked: Asked) -> Trend:
    """Return the office's figures for a question in this and up to four earlier rounds."""
    seen = now.access.of(OFFICE)
    files = line_files(now)
    rounds = [
        (year, read_units(file, OFFICE, asked.level, seen) if file else None)
        for year, file in files
    ]
    while rounds and rounds[0][1] is None:
        rounds = rounds[1:]
    return _trend(rounds, asked)


def _trend(rounds: Sequence[tuple[int, UnitFigures | None]], asked: Asked) -> Trend:
    """Return the figures of the first unit over rounds, old to new; None has no coverage."""
    lines = tuple(
        _line(column, percent, [(year, unit_value(units, column, asked, factor))
                                for year, units in rounds],
              {year: bounds for year, units in rounds
               if (bounds := _bounds(units, column, asked))}, asked)
        for column, percent, factor in _LINES
        if any(units and column in units.figures for _year, units in rounds)
    )  # fmt: skip
    return Trend(tuple(year for year, _units in rounds), lines)


def unit_value(
    units: UnitFigures | None, column: str, asked: Asked, factor: float = 1.0
) -> float | None:
    """Return a figure of the first unit; None where there is none, or no such reach or schools."""
    if not _answers(units, asked):
        return None
    return known(units.of(column, asked.affiliations, asked.reach)[0] * factor)


def _answers(units: UnitFigures | None, asked: Asked) -> TypeGuard[UnitFigures]:
    """Tell whether there are figures of the reach and of the schools that are asked for."""
    return (
        units is not None
        and asked.reach in units.reaches
        and asked.affiliations in units.affiliations
    )


def _bounds(units: UnitFigures | None, column: str, asked: Asked) -> Bounds | None:
    """Return what is known of an unknown figure of the first unit; None where it is known."""
    if unit_value(units, column, asked) is not None or not _answers(units, asked):
        return None
    figures = answer(units, asked.affiliations, asked.reach)
    if column == _RATE:
        least, most = known(figures.at_least[0]), known(figures.at_most[0])
        if least is None or most is None:
            return None
        why = unsure_word(known(figures.unlocated[0]))
        return Bounds(range_word(least, most), why, least, most)
    stated = {
        "enrolled": (figures.enrolled_least, number),
        "gross_enrolment_ratio": (figures.ger_least, percent_word),
    }
    values, write = stated.get(column, (None, number))
    least = None if values is None else known(values[0])
    if least is None:
        return None
    return Bounds(pupils_figure(None, least, write), silent_word(known(figures.silent[0])))


def _line(
    column: str,
    percent: bool,
    values: Sequence[tuple[int, float | None]],
    bounds: Mapping[int, Bounds],
    asked: Asked,
) -> TrendLine:
    """Draw one figure and say it."""
    word = {
        "population": lambda: children_word(asked.level),
        "coverage_rate": lambda: _("เด็กในระยะ %(n)s กม.", n=f"{asked.reach:g}"),
        "enrolled": lambda: pupils_word(asked.level),
        "gross_enrolment_ratio": lambda: _("อัตราเข้าเรียนอย่างหยาบ"),
    }[column]()
    write: Callable[[float | None], str] = percent_word if percent else number
    title = _title(word, write, values, percent, bounds)
    written = tuple(
        between.written if (between := bounds.get(year)) else write(value) for year, value in values
    )
    points = [_point(year, value, bounds.get(year)) for year, value in values]
    picture = None
    if sum(point.value is not None or point.low is not None for point in points) > 1:
        years = (year for year, _value in values)
        said = ", ".join(f"{year}: {one}" for year, one in zip(years, written, strict=True))
        picture = year_line(points, f"{title} ({said})", 1 if percent else 0)
    return TrendLine(title, word, written, picture)


def _point(year: int, value: float | None, between: Bounds | None) -> YearPoint:
    """Return a year of the line, with its bounds where only they are known."""
    if between is None:
        return YearPoint(year, value)
    return YearPoint(year, value, low=between.least, high=between.most)


def _title(
    word: str,
    write: Callable[[float | None], str],
    values: Sequence[tuple[int, float | None]],
    percent: bool,
    bounds: Mapping[int, Bounds] | None = None,
) -> str:
    """Say how a figure stands and how it has changed since the first round that knows it."""
    last = values[-1][1] if values else None
    between = (bounds or {}).get(values[-1][0]) if values else None
    if between:
        known = {"what": word, "range": between.written, "why": between.why}
        return _("%(what)s %(range)s (%(why)s)", **known)
    if last is None:
        return _("%(what)s: รอบนี้ไม่ทราบ", what=word)
    stands = (
        f"{word} {write(last)}" if percent else _("%(what)s %(n)s คน", what=word, n=write(last))
    )
    year, first = next((year, value) for year, value in values if value is not None)
    if year == values[-1][0] or first is None:
        return stands
    decimals = 1 if percent else 0
    # Of the figures as they are written, so that a reader who subtracts finds the same.
    moved = round(round(last, decimals) - round(first, decimals), decimals)
    told = {"stands": stands, "n": number(abs(moved), decimals), "year": year}
    if not moved:
        return _("%(stands)s เท่ากับปี %(year)s", **told)
    if percent:
        if moved < 0:
            return _("%(stands)s ต่ำลง %(n)s จุดจากปี %(year)s", **told)
        return _("%(stands)s สูงขึ้น %(n)s จุดจากปี %(year)s", **told)
    if moved < 0:
        return _("%(stands)s ลดลง %(n)s จากปี %(year)s", **told)
    return _("%(stands)s เพิ่มขึ้น %(n)s จากปี %(year)s", **told)
