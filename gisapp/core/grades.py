"""Grades and levels of Thai basic education.

Source: domain notes B5 (PED tables; OBEC DMC): อ.1-3, ป.1-6, ม.1-3, ม.4-6, and ปวช.1-3
which some schools run beside ม.4-6.
"""

from dataclasses import dataclass

PRE_PRIMARY, PRIMARY = "pre_primary", "primary"
LOWER_SECONDARY, UPPER_SECONDARY = "lower_secondary", "upper_secondary"

LEVELS = (PRE_PRIMARY, PRIMARY, LOWER_SECONDARY, UPPER_SECONDARY)

#: What sentences call each level, in Thai and in English.
LEVEL_NAMES = {
    PRE_PRIMARY: ("ก่อนประถม", "pre-primary"),
    PRIMARY: ("ประถม", "primary"),
    LOWER_SECONDARY: ("ม.ต้น", "lower secondary"),
    UPPER_SECONDARY: ("ม.ปลาย", "upper secondary"),
}


def level_facts(level: str) -> dict[str, str]:
    """A level's names as facts of a problem: ``level_th`` and ``level_en``."""
    level_th, level_en = LEVEL_NAMES.get(level, (level, level))
    return {"level_th": level_th, "level_en": level_en}


@dataclass(frozen=True)
class Grade:
    """One grade; `code` is what layers hold, `label_th` what people read."""

    code: str
    label_th: str
    label_en: str
    education_level: str


def _grades() -> tuple[Grade, ...]:
    runs = (
        ("k", "อ.", "K", 1, 3, PRE_PRIMARY),
        ("p", "ป.", "P", 1, 6, PRIMARY),
        ("m", "ม.", "M", 1, 3, LOWER_SECONDARY),
        ("m", "ม.", "M", 4, 6, UPPER_SECONDARY),
        ("v", "ปวช.", "V", 1, 3, UPPER_SECONDARY),
    )
    return tuple(
        Grade(f"{code}{n}", f"{th}{n}", f"{en}{n}", level)
        for code, th, en, first, last, level in runs
        for n in range(first, last + 1)
    )


#: Every grade, youngest first.
GRADES = _grades()

GRADE = {grade.code: grade for grade in GRADES}

#: Place of a grade in the order of schooling, for sorting and for lowest and highest.
ORDER = {grade.code: place for place, grade in enumerate(GRADES)}


def _scopes() -> dict[str, tuple[str, ...]]:
    scopes = {
        level: tuple(grade.code for grade in GRADES if grade.education_level == level)
        for level in LEVELS
    }
    scopes["secondary"] = scopes[LOWER_SECONDARY] + scopes[UPPER_SECONDARY]
    scopes["total"] = tuple(grade.code for grade in GRADES)
    return scopes


#: What a subtotal of a sheet adds up: its grades. Totals are checks, never data.
SCOPES = _scopes()

MEASURES = ("male", "female", "students", "class_groups")
