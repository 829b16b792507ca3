"""What is doubtful about the places of schools, as problems: one for every doubt."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.coordinates import Mask
from gisapp.core.counts import cell_problem
from gisapp.core.ground import Land, Standing, stand
from gisapp.core.located import DEGREE_M, Located
from gisapp.core.moved import Moved
from gisapp.core.near import Neighbours
from gisapp.core.place_files import converted, file_problems, said_of_file, whole_files
from gisapp.core.place_words import STANDS, Sought, degrees, kilometres
from gisapp.core.problems import Problem
from gisapp.core.proposals import reading_facts
from gisapp.core.tables import FormTable


@dataclass(frozen=True)
class PlaceSheet:
    """Schools with what was made of their coordinates.

    Attributes:
        cells: Columns of the register, each as an array.
        tables: Sheets that the schools come from.
        land: The office's land.
        located: The coordinates, read and measured.
        quality: `location_quality` of each school.
        outside: The gravest way in which each point lies outside, "" where in none.
    """

    cells: Mapping[str, NDArray[np.object_]]
    tables: Sequence[FormTable]
    land: Land
    located: Located
    quality: NDArray[np.object_]
    outside: NDArray[np.object_]


def make_sheet(
    register: pd.DataFrame,
    tables: Sequence[FormTable],
    land: Land,
    located: Located,
    quality: NDArray[np.object_],
) -> PlaceSheet:
    """Lay ready what the problems of thousands of schools are made from."""
    cells = {
        column: register[column].to_numpy(dtype=object)
        for column in (
            "smis_code",
            "school_name_th",
            "subdistrict",
            "subdistrict_code",
            "district",
            "lat",
            "lon",
            "table",
            "row",
        )
    }
    return PlaceSheet(cells, tables, land, located, quality, _outside(located, land))


def place_problems(sheet: PlaceSheet, moved: Moved) -> list[Problem]:
    """Return every doubt about every school's place, school after school.

    What an officer has accepted is not doubted again.
    """
    located, land = sheet.located, sheet.land
    standing = stand(land, located.registered, located.likely.lon, located.likely.lat)
    files = whole_files(sheet.cells["table"], located)
    far = land.ground.limits.moved_m
    doubts: tuple[tuple[Mask, Callable[[int], Problem]], ...] = (
        (located.kind != "", lambda place: _unreadable(sheet, place, standing)),
        (sheet.outside != "", lambda place: _out_of_place(sheet, place)),
        (_doubted_near(located, located.same), lambda place: _shared(sheet, place)),
        (_near_only(located), lambda place: _near(sheet, place)),
        (located.plain & located.coarse, lambda place: _coarse(sheet, place)),
        (
            converted(located) & ~said_of_file(files, located),
            lambda place: _converted_problem(sheet, place),
        ),
        (
            (moved.distance_m > far) & ~located.accepted,
            lambda place: _moved(sheet, place, moved),
        ),
    )
    any_doubt = np.logical_or.reduce([mask for mask, _ in doubts])
    problems = file_problems(files, sheet.tables, located, standing)
    problems += [
        tell(place)
        for place in map(int, np.flatnonzero(any_doubt))
        for mask, tell in doubts
        if mask[place]
    ]
    return problems


def _outside(located: Located, land: Land) -> NDArray[np.object_]:
    """The gravest way in which each plain point lies outside; "" inside.

    The registered subdistrict decides whether a point is doubted, or where it is unknown the
    district and the office. What is said of a doubted point is the largest area that it left.
    """
    tolerance_m, standing = land.ground.tolerance_m, located.standing
    asked = located.plain & ~located.accepted
    unknown = np.isnan(standing.to_subdistrict)
    far = (standing.to_district > tolerance_m) | (standing.to_office > tolerance_m)
    doubted = asked & ((standing.to_subdistrict > tolerance_m) | (unknown & far))
    kind = np.full(len(located.kind), "", dtype=object)
    kind[asked & (standing.to_subdistrict > 0)] = "beside_subdistrict"
    kind[doubted] = "outside_subdistrict"
    kind[doubted & (standing.to_district > 0)] = "outside_district"
    kind[doubted & (standing.to_office > 0)] = "outside_office"
    return kind


def _doubted_near(located: Located, neighbours: Neighbours) -> Mask:
    doubted: Mask = located.plain & ~located.accepted & (neighbours.count > 0)
    return doubted


def _near_only(located: Located) -> Mask:
    """Schools near another that are not on one point with any."""
    alone: Mask = _doubted_near(located, located.near) & (located.same.count == 0)
    return alone


def _tell(sheet: PlaceSheet, place: int, kind: str, **facts: object) -> Problem:
    """Make a problem about a school's coordinates, at its point if it has one."""
    cells, located = sheet.cells, sheet.located
    row, number, code = (cells[name][place] for name in ("row", "table", "smis_code"))
    lat, lon = cells["lat"][place], cells["lon"][place]
    table = sheet.tables[number]
    columns = ("lon", "lat") if lon and not lat else ("lat", "lon")
    column = next((name for name in columns if name in table.places), "smis_code")
    stands = STANDS[sheet.quality[place]]
    found = cell_problem(kind, table, int(row), column, key=code, **stands, **facts)
    point: tuple[float | None, float | None] = (None, None)
    if located.plain[place]:
        point = float(located.lon[place]), float(located.lat[place])
    value = ", ".join(text for text in (lat, lon) if text)
    return replace(found, value=value, lon=point[0], lat=point[1])


def _unreadable(sheet: PlaceSheet, place: int, standing: Standing) -> Problem:
    """Cells that are no plain degrees, with the likely reading if there is one."""
    located, likely = sheet.located, sheet.located.likely
    kind = str(located.kind[place])
    if kind != likely.kind[place]:
        return _tell(sheet, place, kind)
    cells = sheet.cells
    known = located.registered.area[place] >= 0
    sought = Sought(
        place=place,
        standing=standing,
        subdistrict=str(cells["subdistrict"][place]),
        district=str(cells["district"][place]),
        code=str(cells["subdistrict_code"][place]) if known else "",
    )
    lon, lat = float(likely.lon[place]), float(likely.lat[place])
    found = _tell(sheet, place, kind, **reading_facts(sheet.land, located, sought))
    proposal = {"lat": degrees(lat), "lon": degrees(lon)}
    return replace(found, lon=lon, lat=lat, proposal=proposal)


def _out_of_place(sheet: PlaceSheet, place: int) -> Problem:
    standing = sheet.located.standing
    kind = str(sheet.outside[place])
    distance_m = {
        "outside_office": standing.to_office,
        "outside_district": standing.to_district,
    }.get(kind, standing.to_subdistrict)[place]
    also_th, also_en = _also(sheet, place, kind)
    return _tell(
        sheet,
        place,
        kind,
        distance_km=kilometres(float(distance_m)),
        also_th=also_th,
        also_en=also_en,
        subdistrict=sheet.cells["subdistrict"][place],
        district=sheet.cells["district"][place],
    )


def _also(sheet: PlaceSheet, place: int, kind: str) -> tuple[str, str]:
    """The other distance that matters: to the subdistrict, or over the office's border."""
    standing, name = sheet.located.standing, sheet.cells["subdistrict"][place]
    away_m, beyond_m = float(standing.to_subdistrict[place]), float(standing.to_office[place])
    if kind == "beside_subdistrict" and beyond_m > 0:
        beyond = kilometres(beyond_m)
        return f" และนอกเขตพื้นที่ {beyond} กม.", f" and {beyond} km outside the office's area"
    if kind in ("outside_office", "outside_district") and not np.isnan(away_m):
        away = kilometres(away_m)
        return f" และห่าง ต.{name} {away} กม.", f", {away} km from {name}"
    return "", ""


def _names(sheet: PlaceSheet, others: NDArray[np.intp], count: int) -> dict[str, str]:
    """Name the nearest other schools, and count those beyond."""
    names, codes = sheet.cells["school_name_th"], sheet.cells["smis_code"]
    named = [f"{names[other]} ({codes[other]})" for other in others if other >= 0]
    more = count - len(named)
    listed = ", ".join(named)
    return {
        "other": listed + (f" และอีก {more:,} แห่ง" if more else ""),
        "other_en": listed + (f" and {more:,} more" if more else ""),
    }


def _shared(sheet: PlaceSheet, place: int) -> Problem:
    same = sheet.located.same
    names = _names(sheet, same.others[place], int(same.count[place]))
    return _tell(sheet, place, "shared_point", **names)


def _near(sheet: PlaceSheet, place: int) -> Problem:
    near = sheet.located.near
    names = _names(sheet, near.others[place], int(near.count[place]))
    away = f"{near.distance_m[place, 0]:.0f}"
    return _tell(sheet, place, "near_school", distance_m=away, **names)


def _coarse(sheet: PlaceSheet, place: int) -> Problem:
    located = sheet.located
    kind = "whole_degrees" if located.written.whole[place] else "few_decimals"
    unit_m = located.written.step[place] * DEGREE_M
    least = int(sheet.land.ground.limits.least_decimals)
    return _tell(sheet, place, kind, unit=kilometres(unit_m), least=least)


def _converted_problem(sheet: PlaceSheet, place: int) -> Problem:
    lat, lon = (degrees(float(v[place])) for v in (sheet.located.lat, sheet.located.lon))
    return _tell(sheet, place, "dms_coordinates", proposal=f"{lat}, {lon}")


def _moved(sheet: PlaceSheet, place: int, moved: Moved) -> Problem:
    lon, lat = float(moved.lon[place]), float(moved.lat[place])
    old = f"{degrees(lat)}, {degrees(lon)}"
    distance = kilometres(float(moved.distance_m[place]))
    found = _tell(
        sheet,
        place,
        "moved_point",
        distance_km=distance,
        old=old,
        why_th="จุดของรอบก่อนใกล้หมู่บ้านหรือตำบลตามทะเบียนกว่า",
        why_en="the earlier place is nearer to the registered village or subdistrict",
    )
    if not moved.old_is_nearer[place]:
        return found
    return replace(found, proposal={"lat": degrees(lat), "lon": degrees(lon)})
