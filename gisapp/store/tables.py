"""The tables that officers edit: headings of forms and criteria. UTF-8 CSV, with or without BOM."""

import csv
import math
from dataclasses import fields
from pathlib import Path

from gisapp.core import map_steps, sizes
from gisapp.core.headings import Headings, make_headings
from gisapp.core.limits import Limits
from gisapp.core.map_steps import Step
from gisapp.core.map_views import FIGURES
from gisapp.core.sizes import SizeClass
from gisapp.errors import TableError
from gisapp.settings import Settings
from gisapp.store.bundled import columns_dir, criteria_dir

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
        raise TableError(f"{path.name} ไม่มีข้อมูล", f"{path.name} is empty")
    head = rows[0][1]
    return [(line, dict(zip(head, row, strict=False))) for line, row in rows[1:] if any(row)]


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
    views: dict[str, list[Step]] = {}
    ends: dict[str, int] = {}
    for line, row in _numbered(settings, "map_classes"):
        try:
            least, below = (
                _finite(row[side]) if row[side].strip() else None for side in ("least", "below")
            )
            step = Step(row["view"].strip(), row["class"].strip(), least, below)
        except (KeyError, ValueError, AttributeError) as error:
            raise _unusable("map_classes", line, _misread(error)) from error
        if step.view not in FIGURES:
            why = f"ไม่มีมุมมอง {step.view}", f"no view is called {step.view}"
            raise _unusable("map_classes", line, why)
        own = views.setdefault(step.view, [])
        if reason := map_steps.why_not_next(own, step):
            raise _unusable("map_classes", line, reason)
        own.append(step)
        ends[step.view] = line
    for view, own in views.items():
        if reason := map_steps.why_not_last(own[-1]):
            raise _unusable("map_classes", ends[view], reason)
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
    limits: dict[str, float] = {}
    known = {field.name for field in fields(Limits)}
    for line, row in _numbered(settings, "checks"):
        name, text = row.get("check", "").strip(), row.get("value", "").strip()
        try:
            limits[name] = float(text)
        except ValueError:
            limits[name] = math.nan
        if name not in known or not 0 <= limits[name] < math.inf:
            raise TableError(
                f"data/criteria/checks.csv บรรทัด {line} อ่านไม่ได้: {name} = “{text}”",
                f"data/criteria/checks.csv line {line} cannot be used: {name} = '{text}'",
            )
    return Limits(**limits)


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
