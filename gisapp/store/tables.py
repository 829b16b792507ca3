"""The tables that officers edit: headings of forms and criteria. UTF-8 CSV, with or without BOM."""

import csv
import math
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import TypeVar

from gisapp.core import map_steps, sizes
from gisapp.core.coverage.criteria import (
    CoverageCriteria,
    CoverageLimits,
    LevelAges,
    Reach,
    why_not_levels,
    why_not_limits,
    why_not_reaches,
)
from gisapp.core.coverage.reckoning.measures import LIMITS
from gisapp.core.grades import LEVELS
from gisapp.core.headings import Headings, make_headings
from gisapp.core.limits import Limits
from gisapp.core.map_steps import Step
from gisapp.core.map_views import FIGURES
from gisapp.core.sizes import SizeClass
from gisapp.errors import TableError
from gisapp.settings import Settings
from gisapp.store.bundled import columns_dir, criteria_dir

Value = TypeVar("Value")

#: The table of keys that officers gave to schools without a code.
SCHOOL_KEYS = "school_keys"


def read_headings(settings: Settings) -> Headings:
    """Read every table of headings; an office's own lines come before the ones that ship."""
    tables: dict[str, list[tuple[str, str]]] = {}
    for folder in (settings.columns_dir, columns_dir()):
        for path in sorted(folder.glob("*.csv")):
            if path.stem == SCHOOL_KEYS:  # a table of schools, not of headings
                continue
            lines = [
                (row[0], row[1]) for row in read_rows(path)[1:] if len(row) >= 2 and row[0].strip()
            ]
            tables.setdefault(path.stem, []).extend(lines)
    return make_headings(tables)


def read_criteria(settings: Settings, name: str) -> list[dict[str, str]]:
    """Read a table of criteria as rows by column: the office's own, else the one that ships."""
    return [row for _line, row in _numbered(settings, name)]


def _numbered(settings: Settings, name: str) -> list[tuple[int, dict[str, str]]]:
    """Read a table of criteria as rows by column, each with its line in the file."""
    own = settings.criteria_dir / f"{name}.csv"
    path = own if own.is_file() else criteria_dir() / f"{name}.csv"
    rows = _lines(path)
    if not rows:
        raise TableError(
            f"data/criteria/{path.name} ไม่มีข้อมูล เติมข้อมูล หรือลบแฟ้มเพื่อใช้ตารางที่มากับโปรแกรม",
            f"data/criteria/{path.name} is empty; fill it in, or remove it to use what ships",
        )
    head = rows[0][1]
    return [(line, dict(zip(head, row, strict=False))) for line, row in rows[1:] if any(row)]


def unlisted_layers(settings: Settings, layers: Iterable[str]) -> tuple[str, ...]:
    """Return those of some layers that the office's table of access has no row of.

    What is not listed is shown to nobody; an older table does not know newer layers.
    """
    listed = {row.get("layer", "").strip() for row in read_criteria(settings, "access")}
    return tuple(layer for layer in layers if layer not in listed)


def read_size_classes(settings: Settings) -> list[SizeClass]:
    """Read the limits and names of the size classes.

    Raises:
        TableError: A limit is not a whole number, a column is missing, or the classes of a scheme
            leave a gap or overlap.
    """
    classes: list[SizeClass] = []
    for line, row in _numbered(settings, "size_classes"):
        try:
            most = int(row["most"]) if row["most"].strip() else None
            labels = [(row.get(f"label_{language}") or "").strip() for language in ("th", "en")]
            size = SizeClass(
                row["scheme"].strip(), row["class"].strip(), int(row["least"]), most, *labels
            )
        except (KeyError, ValueError, AttributeError) as error:
            raise _unusable("size_classes", line, _misread(error)) from error
        if why := sizes.why_not_next(classes, size):
            raise _unusable("size_classes", line, why)
        classes.append(size)
    if why := sizes.why_not_whole(classes):
        raise _unusable("size_classes", None, why)
    return classes


def read_map_steps(settings: Settings) -> tuple[Step, ...]:
    """Read where the classes of the map's views end.

    Raises:
        TableError: A limit is no number, no view has the name, or the classes of a view are more
            than can be told apart, leave a gap or overlap.
    """
    return _steps(settings, "map_classes", FIGURES)


def read_coverage_steps(settings: Settings) -> tuple[Step, ...]:
    """Read where the classes of the map of coverage end.

    Raises:
        TableError: As `read_map_steps`, or a measure has no classes.
    """
    steps = _steps(settings, "coverage_classes", LIMITS)
    if missing := [name for name in LIMITS if name not in {step.view for step in steps}]:
        why = f"ไม่มีช่วงของ {missing[0]}", f"{missing[0]} has no classes"
        raise _unusable("coverage_classes", None, why)
    return steps


def _steps(settings: Settings, table: str, known: Collection[str]) -> tuple[Step, ...]:
    """Read a table of steps of the views that are known."""
    views: dict[str, list[Step]] = {}
    ends: dict[str, int] = {}
    for line, row in _numbered(settings, table):
        try:
            least, below = (
                _finite(row[side]) if row[side].strip() else None for side in ("least", "below")
            )
            step = Step(row["view"].strip(), row["class"].strip(), least, below)
        except (KeyError, ValueError, AttributeError) as error:
            raise _unusable(table, line, _misread(error)) from error
        if step.view not in known:
            why = f"ไม่มีมุมมอง {step.view}", f"no view is called {step.view}"
            raise _unusable(table, line, why)
        own = views.setdefault(step.view, [])
        if reason := map_steps.why_not_next(own, step):
            raise _unusable(table, line, reason)
        own.append(step)
        ends[step.view] = line
    for view, own in views.items():
        if reason := map_steps.why_not_last(own[-1]):
            raise _unusable(table, ends[view], reason)
    return tuple(step for own in views.values() for step in own)


def _finite(text: str) -> float:
    """Read a limit.

    Raises:
        ValueError: It is no finite number.
    """
    if not math.isfinite(value := float(text)):
        raise ValueError(text)
    return value


def _misread(error: Exception) -> tuple[str, str]:
    """Say in Thai and English why a line is no class."""
    if isinstance(error, KeyError):
        return f"ไม่มีคอลัมน์ {error.args[0]}", f"there is no column {error.args[0]}"
    return "ค่าต่ำสุดหรือสูงสุดไม่ใช่ตัวเลข หรือแถวไม่ครบ", "a limit is no number, or cells are missing"


def _unusable(table: str, line: int | None, why: tuple[str, str]) -> TableError:
    """Return the error that names the line of a table of criteria."""
    at_th, at_en = (f" บรรทัด {line}", f" line {line}") if line else ("", "")
    return TableError(
        f"data/criteria/{table}.csv{at_th} ใช้ไม่ได้: {why[0]}",
        f"data/criteria/{table}.csv{at_en} cannot be used: {why[1]}",
    )


def read_limits(settings: Settings) -> Limits:
    """Read from which figure on each check speaks; a line that is missing keeps its default.

    Raises:
        TableError: A limit is no number of 0 or more, or no check has its name.
    """
    return Limits(**_numbers_by_name(settings, "checks", {field.name for field in fields(Limits)}))


def read_coverage_criteria(settings: Settings) -> CoverageCriteria:
    """Read official ages, reaches and limits of coverage.

    Raises:
        TableError: A cell is no number, a column is missing, a level or reach stands twice, or
            none or several of the reaches are the office's own.
    """
    known = {field.name for field in fields(CoverageLimits)}
    limits = CoverageLimits(**_numbers_by_name(settings, "coverage", known))
    levels = tuple(_rows_as(settings, "ages", _level_ages))
    reaches = tuple(_rows_as(settings, "reach", _reach))
    for table, why in (
        ("coverage", why_not_limits(limits)),
        ("ages", why_not_levels(levels)),
        ("reach", why_not_reaches(reaches)),
    ):
        if why:
            raise _unusable(table, None, why)
    levels = tuple(sorted(levels, key=lambda level: LEVELS.index(level.education_level)))
    reaches = tuple(sorted(reaches, key=lambda reach: (reach.kind, reach.value)))
    return CoverageCriteria(levels, reaches, limits)


def _level_ages(row: dict[str, str]) -> LevelAges:
    level = row["education_level"].strip()
    LEVELS.index(level)
    ages = [int(row[name]) for name in ("first_age", "last_age", "entry_age")]
    grade = row["entry_grade"].strip()
    return LevelAges(level, ages[0], ages[1], grade, ages[2], row["zones_of"].strip())


def _reach(row: dict[str, str]) -> Reach:
    own = bool(row["own"].strip())
    return Reach(row["reach_kind"].strip(), _finite(row["reach_value"]), own)


def _rows_as(
    settings: Settings, table: str, read: Callable[[dict[str, str]], Value]
) -> Iterator[Value]:
    """Read the rows of a table, or say which line cannot be used."""
    for line, row in _numbered(settings, table):
        try:
            yield read(row)
        except (KeyError, ValueError, AttributeError) as error:
            raise _unusable(table, line, _misread(error)) from error


def _numbers_by_name(settings: Settings, table: str, known: set[str]) -> dict[str, float]:
    """Read a table of named limits."""
    limits: dict[str, float] = {}
    for line, row in _numbered(settings, table):
        name, text = row.get("check", "").strip(), row.get("value", "").strip()
        try:
            limits[name] = float(text)
        except ValueError:
            limits[name] = math.nan
        if name not in known or not 0 <= limits[name] < math.inf:
            raise TableError(
                f"data/criteria/{table}.csv บรรทัด {line} อ่านไม่ได้: {name} = “{text}”",
                f"data/criteria/{table}.csv line {line} cannot be used: {name} = '{text}'",
            )
    return limits


def read_rows(path: Path) -> list[list[str]]:
    """Read a CSV of our own as rows of text.

    Raises:
        TableError: Not UTF-8 text, as when Excel saved it in another code page.
    """
    return [row for _line, row in _lines(path)]


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """Read the rows of a CSV, each with the line it ends on."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines)
            return [(reader.line_num, row) for row in reader if row]
    except UnicodeDecodeError as error:
        raise TableError(
            f"{path.name} ต้องบันทึกเป็น CSV UTF-8",
            f"{path.name} must be saved as CSV UTF-8",
        ) from error
