"""Words of the page of coverage."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from gisapp.core.coverage.criteria import LevelAges
from gisapp.core.grades import GRADES
from gisapp.store.coverage_tables import coverage_criteria
from gisapp.web.i18n import gettext as _
from gisapp.web.map.words import map_words
from gisapp.web.reader import language, settings
from gisapp.web.words import grade_word, level_short, number

if TYPE_CHECKING:
    from gisapp.web.coverage.table import UnitRow


def ages_of(level: str) -> LevelAges | None:
    """Return the official ages of a level; None where the office's table has none now."""
    levels = {known.education_level: known for known in coverage_criteria(settings()).levels}
    return levels.get(level)


def ages_word(level: str) -> str:
    """Write the official ages of a level: 6–11 ปี."""
    ages = ages_of(level)
    if ages is None:
        return ""
    if ages.first_age == ages.last_age:
        return _("%(n)s ปี", n=ages.first_age)
    return _("%(first)s–%(last)s ปี", first=ages.first_age, last=ages.last_age)


def children_word(level: str) -> str:
    """Name the children of a level by their ages."""
    ages = ages_word(level)
    return _("เด็ก %(ages)s", ages=ages) if ages else _("เด็กในวัย")


def pupils_word(level: str) -> str:
    """Name the pupils of a level by its grades, in English by the level: นักเรียน ป.1–ป.6."""
    grades = [grade.code for grade in GRADES if grade.education_level == level]
    same = [code for code in grades if code[0] == grades[0][0]]
    # Grades have other names abroad: in English the level is named.
    if not same or language() == "en":
        return _("นักเรียน%(level)s", level=level_behind(level))
    return _("นักเรียน %(first)s–%(last)s", first=grade_word(same[0]), last=grade_word(same[-1]))


def level_behind(level: str) -> str:
    """Name a level behind another word: what is cut short with a full stop has a space before."""
    short = level_short(level)
    return f"\u00a0{short}" if "." in short and language() == "th" else short


def reach_word(reach: float) -> str:
    """Write a reach: 3 กม."""
    return _("%(n)s กม.", n=f"{reach:g}")


def percent_word(value: float | None) -> str:
    """Write a percentage with one decimal."""
    return number(value) if value is None else f"{value:,.1f}%"


def range_word(least: float, most: float) -> str:
    """Write between which percentages an unknown one lies: 78.9–85.6%."""
    return f"{least:,.1f}–{most:,.1f}%"


def people_figure(value: float | None, least: float | None, most: float | None) -> str:
    """Write people, or between which numbers they lie where nobody knows: 1,202–2,365."""
    if value is not None or least is None or most is None:
        return number(value)
    return f"{number(least)}–{number(most)}"


def rate_figure(row: "UnitRow") -> str:
    """Write the share within reach of a unit, its bounds, or that the distance is not known."""
    if row.at_least is not None and row.at_most is not None:
        return range_word(row.at_least, row.at_most)
    return _("ไม่ทราบระยะ") if row.rate is None and row.population else percent_word(row.rate)


def out_of_word(decided: int, units: int) -> str:
    """Say of how many units something is known."""
    if decided in (0, units):
        return _("จาก %(n)s", n=number(units))
    return _("จาก %(n)s ที่ทราบ", n=number(decided))


def unsure_word(unlocated: float | None) -> str:
    """Say why a percentage is not known: so many schools without a point."""
    if not unlocated:
        return _("ยังไม่ทราบแน่")
    if unlocated == 1:
        return _("ไม่ทราบระยะ 1 โรงเรียน")
    return _("ไม่ทราบระยะ %(n)s โรงเรียน", n=number(unlocated))


def least_word(said: str) -> str:
    """Say that a figure is no less than what is written."""
    return _("อย่างน้อย %(n)s", n=said)


def pupils_figure(
    value: float | None, least: float | None, write: Callable[[float | None], str]
) -> str:
    """Write pupils or their ratio; where some schools' are unknown, what the others make."""
    return write(value) if value is not None or least is None else least_word(write(least))


def silent_word(schools: float | None) -> str:
    """Say why pupils are not known: so many schools do not state theirs."""
    if schools == 1:
        return _("ไม่ทราบ 1 โรงเรียน")
    return _("ไม่ทราบ %(n)s โรงเรียน", n=number(schools)) if schools else ""


def page_words(*, empty: bool) -> dict[str, str]:
    """Return the words by the names that ``static/coverage.js`` and the map know them by."""
    return map_words(empty=empty) | {
        "children": _("เด็ก"),
        "within": _("ในระยะ"),
        "outside": _("นอกระยะ"),
        "enrolled": _("นักเรียน"),
        "enrolled_all": _("นักเรียนทุกสังกัดในเขต"),
        "ger": _("อัตราเข้าเรียนอย่างหยาบ"),
        "unknown_reach": _("ไม่ทราบระยะ"),
        "unknown_children": _("ไม่ทราบจำนวนเด็ก"),
        "no_children": _("ไม่มีเด็กในพื้นที่"),
        "out_of": _("จาก %(n)s", n="{n}"),
        "out_of_known": _("จาก %(n)s ที่ทราบ", n="{n}"),
        "unsure": unsure_word(None),
        "unsure_of_one": unsure_word(1),
        "unsure_of": _("ไม่ทราบระยะ %(n)s โรงเรียน", n="{n}"),
        "at_least": least_word("{n}"),
        "silent_one": silent_word(1),
        "silent_of": _("ไม่ทราบ %(n)s โรงเรียน", n="{n}"),
        "no_data": _("ไม่มีข้อมูล"),
        "people": _("คน"),
        "pocket": _("กลุ่มเด็กนอกระยะ"),
        "unassigned": _("นอกเขตบริการทุกโรงเรียน"),
        "own_reach": _("ค่าของเขต"),
        "straight": _("เส้นตรง"),
        "find": _("ดูบนแผนที่"),
        "find_pocket": _("ดูกลุ่มที่ %(n)s บนแผนที่", n="{no}"),
    }
