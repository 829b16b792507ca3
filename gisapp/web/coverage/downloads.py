"""The table of coverage as a file: all units of a level, for one reach or for every reach."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from gisapp.core.coverage.criteria import ALL
from gisapp.core.dictionary import LAYERS
from gisapp.core.school_filter import thai_order
from gisapp.store.published_coverage import UnitFigures
from gisapp.store.table_files import About, Table, TableColumn, Value
from gisapp.web.coverage.asked import Asked, asked_parts
from gisapp.web.coverage.method import method_of, population_words, zone_method_word
from gisapp.web.coverage.table import Sums
from gisapp.web.coverage.units import (
    UNITS,
    Values,
    known,
    names_of,
    office_of,
    unit_word,
    units_of,
    whole_people_of,
)
from gisapp.web.coverage.words import reach_word
from gisapp.web.i18n import gettext as _
from gisapp.web.reader import Reading, language, link
from gisapp.web.words import level_word, office_name, round_sentence

#: Shares that a file gives in percent, as the page does.
_SHARES = {"coverage_rate"}

#: Columns of the layers whose words people read.
_SAID: dict[str, Callable[[str | None], str]] = {
    "zone_method": zone_method_word,
    "population_method": lambda method: " · ".join(population_words(method)),
}

#: Columns that the file writes itself, or that say what the whole file is about.
_OWN = {"school_name_th", "subdistrict_th", "district_th", "education_level", "reach_kind"}


def coverage_table(now: Reading, asked: Asked, reaches: Sequence[float]) -> Table:
    """Return every unit with every figure that the reader may see, a row for each reach.

    Args:
        now: What is read.
        asked: Level, unit and whose schools count.
        reaches: Kilometres.
    """
    unit = UNITS[asked.unit]
    allowed = now.access.of(unit.layer)
    layer = LAYERS[unit.layer]
    columns = [
        column
        for column in layer.columns
        if column.name in allowed
        and column.name not in _OWN | {unit.key, "reach_value", "affiliations", "entry_grade"}
    ]
    described = [
        TableColumn(_head(_("รหัส")), "text", 16, applies=False),
        TableColumn(_head(unit_word(asked.unit)), "text", 30),
        TableColumn(_("ระดับ"), "text", 18),
        TableColumn(_("ระยะ (กม.)"), "plain"),
        TableColumn(_("สังกัดที่นับ"), "text", 16),
    ]
    for column in columns:
        title = column.title_en if language() == "en" else column.title_th
        if column.name in _SHARES:
            title = _("เด็กในระยะ (ร้อยละ)")
        described.append(TableColumn(title, _kind(column.name, column.kind), 14))
    names = [column.name for column in columns]
    return Table(unit_word(asked.unit), tuple(described), _rows(now, asked, reaches, names))


def _head(word: str) -> str:
    """Begin a heading with a capital, where the language has any."""
    return word[:1].upper() + word[1:]


def _kind(name: str, kind: str) -> str:
    """Return how a column of a file is written: people whole, ratios with one decimal."""
    if kind == "text":
        return "text"
    return "ratio" if name in _SHARES or "ratio" in name else "count"


def _rows(
    now: Reading, asked: Asked, reaches: Sequence[float], names: Sequence[str]
) -> Iterator[tuple[Value, ...]]:
    """Yield the rows of each reach, units as a dictionary has them, what belongs to none last."""
    units, office = units_of(now, asked.unit, asked.level), office_of(now, asked.level)
    called = names_of(now, asked.unit, units, language())
    order = sorted(
        range(len(called)), key=lambda at: (units.keys[at] is None, thai_order(called[at]), at)
    )
    level, whose = level_word(asked.level), affiliations_word(asked.affiliations)
    for reach in reaches:
        shown = whole_people_of(units, asked.affiliations, reach, office)
        columns = [_column(asked, reach, name, shown, units) for name in names]
        for at in order:
            head = (units.keys[at], called[at], level, reach, whose)
            yield (*head, *(column[at] for column in columns))


def _column(
    asked: Asked, reach: float, name: str, shown: Mapping[str, Values], units: UnitFigures
) -> list[Value]:
    """Return one column of a file, a cell for each unit."""
    if name in _SAID:
        return [_SAID[name](word) or None for word in units.said.get(name, ())]
    values = shown[name] if name in shown else units.of(name, asked.affiliations, reach)
    factor = 100.0 if name in _SHARES else 1.0
    return [known(value) for value in np.asarray(values) * factor]


def affiliations_word(affiliations: str) -> str:
    """Say whose schools count."""
    return _("ทุกสังกัด") if affiliations == ALL else _("สังกัดสำนักงาน")


def _address(now: Reading, asked: Asked) -> str:
    """Return the address of the page that says the same, next year too: it names its round."""
    return link("coverage.index", _external=True, round=now.round.name, **asked_parts(asked))


def about_coverage(now: Reading, asked: Asked, sums: Sums, reaches: Sequence[float]) -> About:
    """Return what the second sheet says: the question, and how its figures came about."""
    lines = [
        (_("หน่วยงาน"), office_name()),
        (_("รอบข้อมูล"), round_sentence(now.round)),
        (_("ระดับ"), level_word(asked.level)),
        (_("ระยะ"), ", ".join(reach_word(reach) for reach in reaches)),
        (_("สังกัดที่นับ"), affiliations_word(asked.affiliations)),
        *(
            (told.about, sentence)
            for told in method_of(now, asked, sums)
            for sentence in told.sentences
        ),
        (_("ตัวเลข"), _("จำนวนคนปัดให้ผลรวมของทุกแถวเท่ากับยอดรวม ร้อยละและอัตราทศนิยม 1 ตำแหน่ง")),
        (_("ช่องว่าง"), _("ไม่ทราบ ไม่ใช่ศูนย์")),
        (_("ที่อยู่"), _address(now, asked)),
    ]
    lines = [(what, said.replace("\xa0", " ")) for what, said in lines]
    return About(_("ที่มา"), tuple(lines), _("คอลัมน์"), _("ไม่ทราบ (แถว)"), _("ว่างคือไม่เกี่ยวข้อง"))
