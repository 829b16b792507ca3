"""What a round states about its coverage: the day that counts, registers, raster, neighbours."""

import functools
from collections.abc import Mapping
from datetime import date

import numpy as np

from gisapp.core.coverage.counting.children import counting_day
from gisapp.core.coverage.counting.lacking import why_unknown
from gisapp.core.dates_th import date_or_none
from gisapp.errors import UnreadableFileError
from gisapp.store.checked import read_statements
from gisapp.store.coverage_tables import coverage_criteria
from gisapp.store.published import LayerFile
from gisapp.store.published_coverage import has_units, read_ages_unknown
from gisapp.web.coverage.units import names_of, office_of, units_of
from gisapp.web.coverage.words import ages_of
from gisapp.web.i18n import gettext as _
from gisapp.web.reader import Reading, language, settings
from gisapp.web.words import number


def counted_on(now: Reading) -> date:
    """Return the day on which the round's children were counted, else that of the table of now."""
    stated = date_or_none(_statements(now.file).get("coverage day"))
    return stated or counting_day(now.round, coverage_criteria(settings()).limits)


def unknown_children(now: Reading, level: str) -> str:
    """Say which ages nobody counted in which subdistricts; empty where all of a level are known."""
    ages = ages_of(level)
    whole = office_of(now, level).figures.get("population")
    if ages is None or whole is None or not np.isnan(whole).any():
        return ""
    areas: list[str] = []
    if has_units(now.file, "subdistrict_coverage", level, now.access.of("subdistrict_coverage")):
        units = units_of(now, "subdistrict", level)
        names = names_of(now, "subdistrict", units, language())
        lost = np.isnan(units.figures.get("population", np.zeros((len(names), 1, 1))))
        areas = [
            name
            for name, key, unknown in zip(names, units.keys, lost[:, 0, 0], strict=True)
            if unknown and key is not None
        ]
    lacking = read_ages_unknown(now.file, level, now.access.of("zone_children"))
    return why_unknown(ages, lacking, areas, english=language() == "en")


def registers_word(now: Reading) -> str:
    """Name the files of the register; empty where the round does not say."""
    return _statements(now.file).get("coverage population", "")


def spread_sentences(now: Reading) -> tuple[str, ...]:
    """Say where inside its area each child was taken to live."""
    told = _statements(now.file)
    if "coverage raster" not in told:
        return ()
    if not told["coverage raster"]:
        return (_("ไม่มีราสเตอร์ประชากร เด็กจึงอยู่ที่จุดหมู่บ้าน หรือกระจายเท่ากันทั้งพื้นที่ที่ไม่มีจุด"),)
    ratio = told.get("coverage raster ratio", "")
    return (
        _(
            "ราสเตอร์ %(file)s บอกเพียงว่าอยู่ส่วนไหนของพื้นที่ ไม่เปลี่ยนจำนวนเด็ก",
            file=told["coverage raster"],
        ),
        *((_ratio_word(ratio, told),) if ratio else ()),
    )


def _ratio_word(ratio: str, told: Mapping[str, str]) -> str:
    """Say how many people the raster counts to one registered, of which areas, and why."""
    people, registered = (told.get(f"coverage raster {what}", "") for what in ("people", "beside"))
    if not people or not registered:
        return _("ราสเตอร์นับคนได้ %(n)s เท่าของทะเบียน", n=ratio)
    return _(
        "ในพื้นที่ที่มีทะเบียน ราสเตอร์นับได้ %(people)s คน เป็น %(n)s เท่าของทะเบียน (%(registered)s คน) "
        "ราสเตอร์ประมาณคนที่อยู่จริงทั้งหมด ทะเบียนนับเฉพาะผู้มีชื่อในทะเบียน",
        people=number(float(people)), n=ratio, registered=number(float(registered)),
    )  # fmt: skip


def knows_neighbours(now: Reading) -> bool | None:
    """Tell whether schools of neighbouring offices were counted; None where it is not said."""
    told = _statements(now.file).get("coverage neighbours")
    return None if told is None else told not in ("", "0")


@functools.lru_cache(maxsize=32)
def _statements(file: LayerFile) -> Mapping[str, str]:
    """Read what the round states; the same file is read once."""
    try:
        return read_statements(file)
    except UnreadableFileError:  # made by another program, which states nothing
        return {}
