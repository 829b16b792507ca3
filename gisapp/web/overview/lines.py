"""Five-year lines of the overview: a figure of the schools asked for, round by round."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from gisapp.core.grades import LEVELS
from gisapp.core.overview import Figures
from gisapp.store.table_files import TableColumn, Value
from gisapp.web.charts import YearPoint, year_line
from gisapp.web.choosing.choice import Choice
from gisapp.web.i18n import gettext as _
from gisapp.web.overview.sums import YearSum, years
from gisapp.web.overview.words import pupils_word
from gisapp.web.reader import Reading
from gisapp.web.words import number

#: Figures of `Figures` that have a line, with the decimals of their values.
_LINES = {
    "students": 0,
    **dict.fromkeys(LEVELS, 0),
    "schools": 0,
    "class_groups": 0,
    "teachers": 0,
    "pupils_per_teacher": 1,
}

#: What must be known to say a figure; itself where it is not listed. A school whose sheet has no
#: column for a level is known by its pupils.
_NEEDS = {
    **dict.fromkeys(LEVELS, ("students",)),
    "schools": (),
    "pupils_per_teacher": ("students", "teachers"),
}

#: A figure that more than this share of the schools leave out is drawn dashed, and its change is
#: not said: what moved may be the number of schools that state it.
_LACKING_SHARE = 0.1


@dataclass(frozen=True)
class Line:
    """One figure over the rounds.

    Attributes:
        word: What it counts.
        title: How it stands and how it has changed, in a sentence.
        picture: The line; None where it has a single round.
        dashed: Whether a round in it leaves out too many schools.
    """

    word: str
    title: str
    picture: Markup | None
    dashed: bool


@dataclass(frozen=True)
class Lines:
    """Every line with the table behind them.

    Attributes:
        lines: The lines.
        unknown: What no round states.
        columns, rows: Year by year.
    """

    lines: tuple[Line, ...]
    unknown: tuple[str, ...]
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def dashed(self) -> bool:
        """Whether a piece of some line is dashed."""
        return any(line.dashed for line in self.lines)


def lines_of(now: Reading, choice: Choice) -> Lines:
    """Return the lines of the schools asked for, as far as the reader may see their figures."""
    rounds = years(now, choice.asked, choice.view)
    seen = now.access.of("schools")
    names = [
        name
        for name in _LINES
        if seen.issuperset(_NEEDS.get(name, (name,)))
        and (name not in LEVELS or any(r.figures and getattr(r.figures, name) for r in rounds))
    ]
    lacking = [name for name in ("students", "teachers") if name in seen]
    columns = (
        TableColumn(_("ปีการศึกษา"), "text"),
        *(TableColumn(_word(name), "ratio" if _LINES[name] else "count") for name in names),
        *(
            TableColumn(_("ไม่มีข้อมูล%(what)s (โรงเรียน)", what=_word(name)), "count")
            for name in lacking
        ),
    )
    rows: list[tuple[Value, ...]] = [
        (
            str(a_round.year_be),
            *(_value(name, a_round) for name in names),
            *(a_round.figures.lacking[name] if a_round.figures else None for name in lacking),
        )
        for a_round in rounds
    ]
    known = [name for name in names if any(_value(name, r) is not None for r in rounds)]
    return Lines(
        tuple(_line(name, rounds) for name in known),
        tuple(_word(name) for name in names if name not in known),
        columns,
        tuple(rows),
    )


def _value(name: str, a_round: YearSum) -> float | None:
    """Return a figure of a round."""
    value: float | None = getattr(a_round.figures, name) if a_round.figures else None
    return value


def _line(name: str, rounds: Sequence[YearSum]) -> Line:
    """Draw one figure and say it."""
    decimals = _LINES[name]
    points = [
        YearPoint(r.year_be, _value(name, r), not r.figures or _whole(name, r.figures))
        for r in rounds
    ]
    title = _title(name, rounds, decimals)
    said = ", ".join(f"{point.year_be}: {number(point.value, decimals)}" for point in points)
    picture = year_line(points, f"{title} ({said})", decimals) if len(points) > 1 else None
    dashed = any(not point.whole and point.value is not None for point in points)
    return Line(_word(name), title, picture, dashed)


def _whole(name: str, figures: Figures) -> bool:
    """Tell whether nearly all schools state a figure."""
    lacking = max((figures.lacking[need] for need in _NEEDS.get(name, (name,))), default=0)
    return lacking <= _LACKING_SHARE * figures.schools


def _stands(name: str, figure: str) -> str:
    """Say a figure with what it counts."""
    words = {"what": _word(name), "n": figure}
    if name == "schools":
        return _("%(what)s %(n)s แห่ง", **words)
    if name == "class_groups":
        return _("%(what)s %(n)s ห้อง", **words)
    if name == "pupils_per_teacher":
        return _("%(what)s %(n)s", **words)
    return _("%(what)s %(n)s คน", **words)


def _title(name: str, rounds: Sequence[YearSum], decimals: int) -> str:
    """Say how a figure stands and how it has changed since the first round that knows it."""
    last, value = rounds[-1].figures, _value(name, rounds[-1])
    if last is None or value is None:
        return _("%(what)s: รอบนี้ไม่มีข้อมูล", what=_word(name))
    stands = _stands(name, number(value, decimals))
    first = next(a_round for a_round in rounds if _value(name, a_round) is not None)
    if first.figures is None or first.figures is last:
        return stands
    if first.regrouped and name != "schools":
        # What moved may only be which schools the question finds.
        counts = {"first": number(first.figures.schools), "last": number(last.schools)}
        return _("%(stands)s (%(first)s → %(last)s โรงเรียน)", stands=stands, **counts)
    if not (_whole(name, first.figures) and _whole(name, last)):
        return _("%(stands)s (บางโรงเรียนไม่มีข้อมูล)", stands=stands)
    # Of the figures as they are written, so that a reader who subtracts finds the same.
    moved = round(round(value, decimals) - round(_value(name, first) or 0, decimals), decimals)
    words = {"stands": stands, "n": number(abs(moved), decimals), "year": first.year_be}
    if not moved:
        return _("%(stands)s เท่ากับปี %(year)s", **words)
    if name == "pupils_per_teacher":  # a ratio is not counted: it is higher or lower
        if moved < 0:
            return _("%(stands)s ต่ำลง %(n)s จากปี %(year)s", **words)
        return _("%(stands)s สูงขึ้น %(n)s จากปี %(year)s", **words)
    if moved < 0:
        return _("%(stands)s ลดลง %(n)s จากปี %(year)s", **words)
    return _("%(stands)s เพิ่มขึ้น %(n)s จากปี %(year)s", **words)


def _word(name: str) -> str:
    """Name a figure of the lines."""
    if name in LEVELS:
        return pupils_word(name)
    return {
        "students": _("นักเรียน"),
        "schools": _("โรงเรียน"),
        "class_groups": _("ห้องเรียน"),
        "teachers": _("ครู"),
        "pupils_per_teacher": _("นักเรียนต่อครู"),
    }[name]
