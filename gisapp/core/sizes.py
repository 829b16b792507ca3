"""Size classes of schools, by limits that stand in ``data/criteria/size_classes.csv``."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

import numpy as np
import pandas as pd

#: The classes that an office is spoken of in, and the one of them whose schools are counted.
FOUR_CLASSES, SMALL = "size_class_4", "small"

#: Columns of `schools` that hold a size class; bands part only the small schools.
SCHEMES = (FOUR_CLASSES, "size_class_7", "small_band")

#: What layers call the classes that they were built with.
SIZES_STATED = "size classes"

#: Names that mean something else in an address.
_RESERVED = {"", "nodata", "none", "larger"}


@dataclass(frozen=True)
class SizeClass:
    """One class: schools of `least` to `most` pupils; None is no upper limit.

    Attributes:
        scheme: Column of `schools`.
        name: Its value there.
        least, most: Pupils of its smallest and its largest school.
        label_th, label_en: Its names for reading; empty where the office wrote none.
    """

    scheme: str
    name: str
    least: int
    most: int | None
    label_th: str = ""
    label_en: str = ""

    @property
    def limits(self) -> tuple[str, str, int, int | None]:
        """What makes a school belong to it; how it is called does not."""
        return self.scheme, self.name, self.least, self.most


def classify(students: pd.Series, classes: Sequence[SizeClass], scheme: str) -> pd.Series:
    """Return the class of each school in one scheme.

    Args:
        students: Pupils, nullable; the limits themselves are inside.
        classes: Limits of every scheme.
        scheme: ``size_class_4``, ``size_class_7`` or ``small_band``.

    Returns:
        Class names; null where the pupils are unknown or no class holds them.
    """
    counts = students.to_numpy(dtype=np.float64, na_value=np.nan)
    found = np.full(len(counts), None, dtype=object)
    for size in classes:
        if size.scheme == scheme:
            most = np.inf if size.most is None else size.most
            found[(counts >= size.least) & (counts <= most)] = size.name
    return pd.Series(found, index=students.index, dtype=object)


def why_not_next(earlier: Sequence[SizeClass], size: SizeClass) -> tuple[str, str] | None:
    """Say in Thai and English why a class cannot follow others; None where it can.

    Classes of a scheme start at 0 and follow one another without a gap or an overlap.

    Args:
        earlier: The classes before it, of every scheme.
        size: The class.
    """
    own = [other for other in earlier if other.scheme == size.scheme]
    if size.scheme not in SCHEMES:
        return f"ไม่มีชุดขนาด {size.scheme}", f"no scheme is called {size.scheme}"
    if size.name in _RESERVED or size.name in {other.name for other in own}:
        return f"ชื่อกลุ่ม “{size.name}” ใช้ไม่ได้หรือซ้ำ", f"class '{size.name}' is reserved or repeated"
    if size.most is not None and size.most < size.least:
        return f"{size.least} มากกว่า {size.most}", f"{size.least} is above {size.most}"
    most = own[-1].most if own else -1
    if most is None:
        return "กลุ่มก่อนหน้าไม่มีค่าสูงสุด", "the class before it has no upper limit"
    if size.least != most + 1:
        return (
            f"ต้องเริ่มที่ {most + 1} คน ไม่ใช่ {size.least} เพื่อไม่ให้ขาดหรือซ้อนกัน",
            f"must start at {most + 1} pupils, not {size.least}, to leave no gap or overlap",
        )
    return None


def why_not_whole(classes: Sequence[SizeClass]) -> tuple[str, str] | None:
    """Say in Thai and English what a table of classes lacks; None where nothing."""
    names = {size.name for size in classes if size.scheme == FOUR_CLASSES}
    if SMALL not in names:
        return f"{FOUR_CLASSES} ไม่มีกลุ่ม {SMALL}", f"{FOUR_CLASSES} has no class {SMALL}"
    last = {size.scheme: size for size in classes}
    for scheme in SCHEMES[:2]:
        if scheme in last and last[scheme].most is not None:
            return (
                f"กลุ่มสุดท้ายของ {scheme} ต้องไม่มีค่าสูงสุด",
                f"the last class of {scheme} must have no upper limit",
            )
    return None


def sizes_as_text(classes: Iterable[SizeClass]) -> str:
    """Write classes so that `sizes_from_text` reads them again."""
    return json.dumps([astuple(size) for size in classes], ensure_ascii=False)


def sizes_from_text(text: str) -> tuple[SizeClass, ...]:
    """Read what `sizes_as_text` wrote."""
    return tuple(SizeClass(*row) for row in json.loads(text))
