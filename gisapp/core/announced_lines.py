"""An announcement of service areas as plain lines -> a row per line, under its school."""

import re
from dataclasses import dataclass

import pandas as pd

from gisapp.core.problems import Problem
from gisapp.core.rounds import BE_OFFSET
from gisapp.core.tables import FormTable, Sheet
from gisapp.core.text import Cell, arabic_digits, clean_text, date_within

FORM = "service_announcement"

_ABOUT = re.compile(r"เขต(?:พื้นที่)?บริการ")
_ITEM = r"(?:\(?\d{1,4}[.)]\s*|\(\d{1,4}\)\s*|-\s*)?"
_CODE = r"(?:\(?\s*(?:รหัส(?:โรงเรียน|สถานศึกษา)?\s*:?)?\s*(?P<{name}>\d{{10}}|\d{{8}}|\d{{6}})\s*\)?)"
_SCHOOL = re.compile(
    rf"{_ITEM}(?:{_CODE.format(name='before')}\s*)?(?:โรงเรียน|ร\.ร\.|รร\.)\s*(?P<name>.+?)\s*"
    rf"(?:{_CODE.format(name='after')}|$|(?=:|;|,|\s+(?:มี|จำนวน|ได้แก่|ระดับ|ตำบล|ต\.|หมู่|ทุกหมู่|ทั้งตำบล)|\(?\s*(?:หมู่บ้านใน)?เขต))"
    r"(?P<rest>.*)"
)
_LEVEL = re.compile(rf"{_ITEM}(?:[ก-ฮ]\.\s*)?(?:ระดับ|ชั้น)\s*(?P<level>.+?)\s*:?\s*")
_LEVEL_WITHIN = re.compile(r"ระดับ\s*(?P<level>[^\s,:()]+)")
_VILLAGE = re.compile(r"(?:หมู่ที่|หมู่|ม\.)\s*\d|บ้าน|ทุกหมู่|ทั้งตำบล")
_CLOSING = re.compile(r"ประกาศ\s*ณ\s*วันที่|สั่ง\s*ณ\s*วันที่")
_YEAR = re.compile(r"(?:พ\.?\s*ศ\.?|ปีการศึกษา|ปี)\s*(?:พ\.?\s*ศ\.?)?\s*(\d{4})(?!\d)")


@dataclass
class _Place:
    """Which school and level the lines are under while they are read."""

    code: str = ""
    name: str = ""
    level: str = ""
    inside: bool = False


def announcement_table(sheet: Sheet) -> tuple[FormTable | None, list[Problem]]:
    """Read a sheet without any header as an announcement, if its words say that it is one.

    Returns:
        table: A row per line that speaks of villages: `smis_code`, `school_name_th`,
            `education_level`, `service_area_text`, `announced_be`; None for another text.
        problems: Lines about villages that stand under no school.
    """
    lines = {row: _line(cells) for row, cells in enumerate(sheet.rows)}
    lines = {row: line for row, line in lines.items() if line}
    schools = [row for row, line in lines.items() if _SCHOOL.fullmatch(line)]
    about = any(_ABOUT.search(line) for line in lines.values())
    if not about or not schools or not any(_VILLAGE.search(line) for line in lines.values()):
        return None, []
    place, records, problems = _Place(), dict[int, tuple[str, str, str, str]](), list[Problem]()
    following = dict(zip(lines, [*list(lines)[1:], -1], strict=True))
    for row, line in lines.items():
        if level := _LEVEL.fullmatch(line):
            place.level = level["level"]
            # A level above a school's name holds for the schools below it.
            place.inside = place.inside and following[row] not in schools
            continue
        if school := _SCHOOL.fullmatch(line):
            text = _open(place, school)
        elif _CLOSING.search(line):
            place.inside, text = False, ""
        else:
            text = line
        if not place.inside:
            problems += _without_school(sheet, row, text)
        elif any(letter.isalnum() for letter in text) or school:
            records[row] = (place.code, place.name, place.level, text)
    columns = ["smis_code", "school_name_th", "education_level", "service_area_text"]
    frame = pd.DataFrame(records.values(), pd.Index(records, name="row"), columns, dtype=object)
    frame["announced_be"] = _year(list(lines.values()))
    if frame["education_level"].eq("").all():
        frame = frame.drop(columns="education_level")
    title = " ".join(line for row, line in lines.items() if row < schools[0])
    places = dict.fromkeys(frame.columns.drop("announced_be"), 0)
    return FormTable(FORM, sheet, frame, places, dict.fromkeys(places, ""), title), problems


def _line(cells: list[Cell]) -> str:
    """The line as it was, where commas have made cells of it."""
    texts = [clean_text(cell) for cell in cells]
    return arabic_digits(", ".join(text for text in texts if text))


def _open(place: _Place, school: re.Match[str]) -> str:
    """Go on under a school; return what its own line says of villages."""
    place.code = school["before"] or school["after"] or ""
    place.name, place.inside = school["name"].strip(" ,"), True
    rest = school["rest"]
    if level := _LEVEL_WITHIN.search(rest):
        place.level = level["level"]
        rest = rest.replace(level[0], " ")
    return rest.strip()


def _without_school(sheet: Sheet, row: int, text: str) -> list[Problem]:
    """A line that lists villages before the first school, or after the last."""
    if not re.search(r"(?:หมู่ที่|หมู่|ม\.)\s*\d", text):
        return []
    return [
        Problem(
            "announced_without_school",
            file=sheet.file,
            sheet=sheet.name,
            row=sheet.row_number(row),
            value=text,
        )
    ]


def _year(lines: list[str]) -> int | None:
    """Buddhist year of the announcement: of its date, else the first one that it names."""
    for line in lines:
        if _CLOSING.search(line) and (day := date_within(line)):
            return day.year + BE_OFFSET
    return next((int(found[1]) for line in lines if (found := _YEAR.search(line))), None)
