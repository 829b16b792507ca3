"""The tables that officers edit: headings of forms and criteria. UTF-8 CSV, with or without BOM."""

import csv
import math
from dataclasses import fields
from pathlib import Path

from gisapp.core.headings import Headings, make_headings
from gisapp.core.limits import Limits
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
    own = settings.criteria_dir / f"{name}.csv"
    path = own if own.is_file() else criteria_dir() / f"{name}.csv"
    rows = read_rows(path)
    if not rows:
        raise TableError(f"{path.name} ไม่มีข้อมูล", f"{path.name} is empty")
    return [dict(zip(rows[0], row, strict=False)) for row in rows[1:] if any(row)]


def read_size_classes(settings: Settings) -> list[SizeClass]:
    """Read the limits of the size classes.

    Raises:
        TableError: A limit is not a whole number, or a column is missing.
    """
    classes = []
    for line, row in enumerate(read_criteria(settings, "size_classes"), start=2):
        try:
            most = int(row["most"]) if row["most"].strip() else None
            classes.append(SizeClass(row["scheme"], row["class"], int(row["least"]), most))
        except (KeyError, ValueError, AttributeError) as error:
            raise TableError(
                f"data/criteria/size_classes.csv บรรทัด {line} อ่านไม่ได้: {error}",
                f"data/criteria/size_classes.csv line {line} cannot be used: {error}",
            ) from error
    return classes


def read_limits(settings: Settings) -> Limits:
    """Read from which figure on each check speaks; a line that is missing keeps its default.

    Raises:
        TableError: A limit is no number of 0 or more, or no check has its name.
    """
    limits: dict[str, float] = {}
    known = {field.name for field in fields(Limits)}
    for line, row in enumerate(read_criteria(settings, "checks"), start=2):
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
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return [row for row in csv.reader(lines) if row]
    except UnicodeDecodeError as error:
        raise TableError(
            f"{path.name} ต้องบันทึกเป็น CSV UTF-8",
            f"{path.name} must be saved as CSV UTF-8",
        ) from error
