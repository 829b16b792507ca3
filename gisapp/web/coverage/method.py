"""How the figures of coverage came about, in plain words: zones, children, distance, sources."""

from collections.abc import Mapping
from dataclasses import dataclass

from gisapp.core.coverage.criteria import ALL
from gisapp.core.coverage.zoning.zones import (
    DIGITISED,
    SCHOOL_VORONOI,
    TAMBON_DISSOLVE,
    UNASSIGNED,
    VILLAGE_VORONOI,
)
from gisapp.core.dates_th import date_short
from gisapp.core.grades import GRADES
from gisapp.core.rounds import BE_OFFSET
from gisapp.store.coverage_tables import coverage_criteria
from gisapp.store.published_coverage import count_others, read_zone_methods
from gisapp.web.coverage.asked import Asked
from gisapp.web.coverage.stated import (
    counted_on,
    knows_neighbours,
    registers_word,
    spread_sentences,
    unknown_children,
)
from gisapp.web.coverage.table import Sums
from gisapp.web.coverage.units import above_hundred, office_of, unit_word
from gisapp.web.coverage.unknown import no_zones_word
from gisapp.web.coverage.words import ages_of, ages_word, level_behind, reach_word
from gisapp.web.i18n import gettext as _
from gisapp.web.reader import Reading, language, settings
from gisapp.web.words import grade_word, number

#: Ways of counting that keep a register's own numbers.
_COUNTED = {"registered", "sprague", "monotone", "aged"}


@dataclass(frozen=True)
class Told:
    """One matter: what it is about, and what is said."""

    about: str
    sentences: tuple[str, ...]


def method_of(now: Reading, asked: Asked, sums: Sums) -> tuple[Told, ...]:
    """Say how the figures of a question were reckoned, and what they leave out."""
    told = (
        Told(unit_word("zone"), _zones(now, asked)),
        Told(_("เด็ก"), _children(now, asked, sums)),
        Told(_("ระยะ"), _distance(now, asked, sums)),
        Told(_("การเข้าเรียน"), _enrolment(now, asked, sums)),
        Told(_("เกณฑ์และที่มา"), _criteria(now)),
    )
    return tuple(one for one in told if one.sentences)


def zone_method_word(method: str | None) -> str:
    """Say how a zone was made."""
    words = {
        DIGITISED: _("ตามเขตที่ประกาศเป็นแผนที่"),
        VILLAGE_VORONOI: _("จากรายชื่อหมู่บ้านในประกาศและที่ตั้งหมู่บ้าน"),
        TAMBON_DISSOLVE: _("แบ่งตำบลตามจำนวนหมู่บ้าน"),
        SCHOOL_VORONOI: _("โรงเรียนที่ใกล้ที่สุด (ไม่มีรายชื่อหมู่บ้าน)"),
        UNASSIGNED: _("ไม่มีโรงเรียนของสำนักงานรับผิดชอบ"),
    }
    return words.get(method or "", method or number(None))


def zones_line(now: Reading, level: str) -> str:
    """Say in one line how most zones of a level were made; empty where nobody says."""
    found = read_zone_methods(now.file, level, now.access.of("service_zones"))
    if not found:
        return ""
    method, _count, announced = found[0]
    line = _("เขต: %(how)s", how=zone_method_word(method))
    if not announced:
        return line
    return _("%(zones)s ประกาศ %(year)s", zones=line, year=_announced_word(announced))


def population_line(now: Reading, level: str) -> str:
    """Say in two words whether children were counted or estimated; empty where nobody says."""
    told = office_of(now, level).said.get("population_method")
    words = {part.partition(":")[0] for part in ((told and told[0]) or "").split("+")}
    words -= {"", "unknown"}
    if not words:
        return ""
    return _("ทะเบียนราษฎร") if words <= _COUNTED else _("ค่าประมาณ")


def population_words(method: str | None) -> list[str]:
    """Say how children were counted; words are joined by "+", their figures stand behind colons."""
    if method == "unknown":
        return [_("ไม่มีจำนวนเด็กทุกพื้นที่")]
    return [_population_word(*part.split(":")) for part in (method or "").split("+") if part]


def _population_word(name: str, *figures: str) -> str:
    """Say one way of counting."""
    if name == "aged" and figures:
        return _("ทะเบียนต่างวัน จึงเลื่อนอายุเด็ก %(n)s ปี", n=figures[0].replace("-", "−"))
    if name == "total_by_structure" and len(figures) == 2:
        year, structure = (_year_word(figure) for figure in figures)
        return _(
            "เป็นค่าประมาณ: ประชากรรวมปี %(year)s คูณโครงสร้างอายุปี %(structure)s",
            year=year, structure=structure,
        )  # fmt: skip
    if name == "raster_estimate" and figures:
        return _(
            "เป็นค่าประมาณ: จำนวนคนในราสเตอร์คูณโครงสร้างอายุปี %(structure)s",
            structure=_year_word(figures[0]),
        )
    words: Mapping[str, str] = {
        "registered": _("จำนวนเด็กตามทะเบียน"),
        "sprague": _("แยกช่วงอายุเป็นรายปีด้วยตัวคูณ Sprague"),
        "monotone": _("แยกช่วงอายุเป็นรายปีโดยไม่ให้ติดลบ"),
        "unknown": _("บางพื้นที่ไม่มีจำนวนเด็ก"),
    }
    return words.get(name, name)


def _year_word(text: str) -> str:
    """Write a year CE of a method in the reader's calendar."""
    if not text.isdigit():
        return text
    return text if language() == "en" else str(int(text) + BE_OFFSET)


def _announced_word(year: int) -> str:
    """Write the year of an announcement, BE; in English with the year CE behind it."""
    return f"{year} ({year - BE_OFFSET})" if language() == "en" else str(year)


def _zones(now: Reading, asked: Asked) -> tuple[str, ...]:
    """Say how the zones of a level were made, and how many in each way."""
    found = read_zone_methods(now.file, asked.level, now.access.of("service_zones"))
    said = [
        _("%(n)s เขต %(how)s", n=number(count), how=zone_method_word(method))
        for method, count, _announced in found
    ]
    announced = max((year for _method, _count, year in found if year), default=None)
    if announced:
        said.append(_("ประกาศล่าสุดปี %(year)s", year=_announced_word(announced)))
    if missing := no_zones_word(now, asked.level):
        said = [missing]
    elif said:
        said.append(_("พื้นที่ที่ไม่มีโรงเรียนรับผิดชอบไม่นับให้โรงเรียนใด"))
    return tuple(said)


def _children(now: Reading, asked: Asked, sums: Sums) -> tuple[str, ...]:
    """Say who was counted, on which day, how, and who could not be placed."""
    office = office_of(now, asked.level)
    methods = office.said.get("population_method")
    said = [
        _(
            "อายุ %(ages)s ปีเต็ม ณ %(day)s",
            ages=ages_word(asked.level) or number(None),
            day=date_short(counted_on(now), language()),
        ),
        *population_words(methods[0] if methods else None),
    ]  # fmt: skip
    if why := unknown_children(now, asked.level):
        said.append(why)
    if sums.unplaced:
        said.append(_("ไม่ทราบที่อยู่ %(n)s คน จึงอยู่ในยอดรวมแต่ไม่อยู่ในเขตใด", n=number(sums.unplaced)))
    return (*said, *spread_sentences(now))


def _distance(now: Reading, asked: Asked, sums: Sums) -> tuple[str, ...]:
    """Say what within reach means, and what makes it unknown or too small."""
    whose = _("ทุกสังกัดที่มีข้อมูล") if asked.affiliations == ALL else _("ของสำนักงาน")
    said = [
        _(
            "เส้นตรงจากที่อยู่ถึงโรงเรียนใกล้สุดที่สอน%(level)s ไม่เกิน %(reach)s ไม่ใช่ระยะทางถนน",
            level=level_behind(asked.level), reach=reach_word(asked.reach),
        ),
        _("นับโรงเรียน%(whose)s เด็กหนึ่งคนนับครั้งเดียว", whose=whose),
    ]  # fmt: skip
    others = count_others(now.file, asked.level)
    if asked.affiliations == ALL and others and others[1]:
        said.append(_("โรงเรียนสังกัดอื่น %(n)s แห่งไม่มีข้อมูลชั้นที่สอน จึงไม่นับ", n=number(others[1])))
    if sums.unlocated:
        said.append(
            _(
                "โรงเรียน %(n)s แห่งยังไม่มีพิกัด จึงไม่รู้ว่าเด็กที่ไกลโรงเรียนอื่นอยู่ในระยะหรือไม่ และบอกเป็นช่วงแทน",
                n=number(sums.unlocated),
            )
        )
    if knows_neighbours(now):
        said.append(_("นับโรงเรียนของสำนักงานข้างเคียงที่ได้รับข้อมูลด้วย"))
    if sums.edge:
        edge = _(
            "เด็กนอกระยะ %(n)s คนอยู่ใกล้ขอบเขตสำนักงานกว่าโรงเรียนที่รู้จัก อาจใกล้โรงเรียนของเขตข้างเคียง",
            n=number(sums.edge),
        )
        said.append(edge)
    return tuple(said)


def _enrolment(now: Reading, asked: Asked, sums: Sums) -> tuple[str, ...]:
    """Say what the ratio compares, and why it may exceed a hundred."""
    ages = ages_of(asked.level)
    said = [
        _("อัตราเข้าเรียนอย่างหยาบ = นักเรียนทุกอายุในระดับ ÷ เด็กในวัย × 100"),
    ]
    if above_hundred(now, asked.unit, asked.level, asked.affiliations):
        said.append(_("เกิน 100% ได้ เพราะมีเด็กนอกเขต เด็กที่ไม่อยู่ในทะเบียน หรือเด็กต่างวัยมาเรียน จึงไม่ตัดทิ้ง"))
    if ages:
        said.append(
            _(
                "อัตราการรับเข้าอย่างหยาบ = นักเรียน %(grade)s ÷ เด็กอายุ %(age)s ปี × 100",
                grade=_grade_word(ages.entry_grade), age=ages.entry_age,
            )
        )  # fmt: skip
    if sums.enrolled is None and sums.silent:
        said.append(
            _("ไม่ทราบจำนวนนักเรียนของโรงเรียน %(n)s แห่ง จึงบอกเพียงจำนวนอย่างน้อย", n=number(sums.silent))
        )
    return tuple(said)


def _grade_word(label: str) -> str:
    """Name a grade that a table of the office writes in Thai."""
    return grade_word(next((grade.code for grade in GRADES if grade.label_th == label), label))


def _criteria(now: Reading) -> tuple[str, ...]:
    """Name the tables that officers set, and the sources."""
    limits = coverage_criteria(settings()).limits
    registers = registers_word(now)
    return (
        *((_("ทะเบียน %(files)s", files=registers),) if registers else ()),
        _("อายุตามระดับ ระยะ และเกณฑ์ แก้ได้ใน data/criteria (ages, reach, coverage)"),
        _(
            "หน้าสาธารณะแสดงเฉพาะกลุ่มเด็กนอกระยะตั้งแต่ %(n)s คน ปัดเป็นทีละ %(step)s",
            n=number(limits.pocket_min_children), step=number(limits.pocket_rounded_to),
        ),
    )  # fmt: skip
