"""Faults of registers: subdistricts, codes and single facts, and the coordinates beside them."""

from collections.abc import Callable, Iterable, Mapping

from gisapp.sample.faults import places
from gisapp.sample.faults.places import Planter
from gisapp.sample.faults.planted import Ledger
from gisapp.sample.schools.make import School
from gisapp.sample.sheets.filled import Filled
from gisapp.sample.world.make import World


def plant_register(
    sheet: Filled, ledger: Ledger, roles: Mapping[str, School], world: World, faults: Iterable[str]
) -> None:
    """Plant the named faults, each at the school that plays its role.

    Schools of a doubtful place whose village number is blank too can only stand in the middle
    of their subdistrict; the others stand at their village.
    """
    for fault in faults:
        _PLANTERS[fault](sheet, ledger, roles, world)


def forget_village(sheet: Filled, roles: Mapping[str, School], names: Iterable[str]) -> None:
    """Leave the village number of some schools blank, which is no fault by itself."""
    for name in names:
        for column in ("village_no", "village_name"):
            sheet.put(roles[name].smis_code, column, None)


def _cell(role: str, column: str, kind: str, wrong: Callable[[School], str | None]) -> Planter:
    """Make a planter that writes over one cell."""

    def plant(sheet: Filled, ledger: Ledger, roles: Mapping[str, School], world: World) -> None:
        school = roles[role]
        ledger.put(sheet, school.smis_code, column, wrong(school), kind)

    return plant


def _turned(percode: str) -> str:
    """Swap the last two different digits, as typing does."""
    for place in range(5, 0, -1):
        if percode[place] != percode[place - 1]:
            return percode[: place - 1] + percode[place] + percode[place - 1] + percode[place + 1 :]
    return f"{(int(percode) + 1) % 1_000_000:06d}"


_PLANTERS: dict[str, Planter] = {
    **places.PLANTERS,
    "no_subdistrict": _cell("no_subdistrict", "subdistrict", "no_subdistrict", lambda school: None),
    "unknown_subdistrict": _cell(
        "unknown_subdistrict",
        "subdistrict",
        "unknown_subdistrict",
        lambda school: f"{school.subdistrict_th}พัฒนา",
    ),
    "percode": _cell(
        "percode", "percode", "percode_mismatch", lambda school: _turned(school.percode)
    ),
    "ministry_code": _cell(
        "ministry_code",
        "ministry_code",
        "ministry_code_mismatch",
        lambda school: f"1089{school.percode}",
    ),
    "distance": _cell("distance", "distance_to_esao_km", "number_ignored", lambda school: "ไม่ทราบ"),
    "website": _cell("website", "website", "website_ignored", lambda school: "เพจของโรงเรียน"),
    "script": _cell("script", "website", "website_ignored", lambda school: "javascript:alert(1)"),
    "closed": _cell("closed", "status", "closed_with_pupils", lambda school: "เลิกกิจการ"),
    "expansion": _cell("expansion", "expansion_school", "expansion_differs", lambda school: "ไม่ใช่"),
}
