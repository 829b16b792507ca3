"""The workbook of coverage: every round, level, unit, reach and affiliation, and the outlook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import pandas as pd

from gisapp.core.columns import Column
from gisapp.core.coverage.criteria import AFFILIATIONS, CoverageCriteria
from gisapp.core.coverage.reckoning.shown_figures import PEOPLE, whole_people
from gisapp.core.coverage.words import WORDS, said_in_thai
from gisapp.core.dictionary import LAYERS
from gisapp.core.grades import GRADE, LEVEL_NAMES, LEVELS, ORDER
from gisapp.core.rounds import Round
from gisapp.store.coverage_book_method import ZONES_LAYER, method_lines
from gisapp.store.published_coverage import UNIT_KEYS
from gisapp.store.table_files import Table, TableColumn, Value, write_tables

OUTLOOK, POCKETS = "outlook", "uncovered_pockets"

#: Layer -> name of its sheet.
_SHEETS = {
    "office_coverage": "สำนักงาน",
    "district_coverage": "อำเภอ",
    "network_coverage": "เครือข่าย",
    "subdistrict_coverage": "ตำบล",
    "zone_coverage": "เขตพื้นที่บริการ",
    POCKETS: "กลุ่มเด็กนอกระยะ",
    OUTLOOK: "คาดการณ์ ป.1 ม.1",
}

#: Layer -> the column of names, and what stands there in the row without a code.
_NOBODYS = {
    "zone_coverage": ("school_name_th", "นอกเขตบริการทุกโรงเรียน"),
    "subdistrict_coverage": ("subdistrict_th", "ไม่ทราบตำบล"),
    "district_coverage": ("district_th", "ไม่ทราบอำเภอ"),
    "network_coverage": ("school_network", "ไม่มีเครือข่าย"),
    OUTLOOK: ("school_name_th", "ทั้งสำนักงาน"),
}

#: What is asked of a unit; the answers stand in rows.
_QUESTION = ["data_round", "education_level", "reach_kind", "reach_value", "affiliations"]

_ROUND = Column("data_round", "text", "รอบข้อมูล", "Data round")
_SCHOOL = Column("school_name_th", "text", "โรงเรียน", "School")

#: Columns that are written in another way than their kind: kind, factor and heading.
_RATES = {
    "coverage_rate": ("ratio", 100.0, "ส่วนที่อยู่ในระยะ (%)"),
    "reach_value": ("plain", 1.0, ""),
    "target_year_be": ("plain", 1.0, ""),
    # To the metre: who is out of reach must not read as being just within it.
    "nearest_km": ("plain", 1.0, ""),
}

#: The workbook goes from hand to hand: of pockets it has what everybody may see.
_KEPT_BACK = {"children"}

_PEOPLE = (*PEOPLE, "zone_children", "expected", "expected_low", "expected_high")

#: Characters of a column by kind; names and methods are longer.
_WIDTHS = {"text": 16.0, "count": 11.0, "ratio": 11.0, "plain": 9.0}
_LONG = {
    "school_name_th": 34.0,
    "zone_method": 40.0,
    "population_method": 40.0,
    "nearest_school_th": 34.0,
    "villages": 48.0,
    "outlook_method": 48.0,
    "affiliations": 24.0,
}


@dataclass(frozen=True)
class CoverageRound:
    """What the workbook shows of a round.

    Attributes:
        layers: Layer -> its rows, without their shapes.
        stated: What the round says of the sources of its figures.
    """

    data_round: Round
    layers: Mapping[str, pd.DataFrame]
    stated: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, data_round: Round, layers: Mapping[str, pd.DataFrame], stated: Mapping[str, str]
    ) -> Self:
        """Keep what the workbook shows of a round's layers; the shapes of all would fill memory."""
        shown = [*_SHEETS, ZONES_LAYER]
        kept = {name: layers[name] for name in shown if name in layers}
        return cls(
            data_round,
            {
                name: pd.DataFrame(table).drop(columns="geometry", errors="ignore")
                for name, table in kept.items()
            },
            stated,
        )


def write_coverage_book(
    rounds: Sequence[CoverageRound], path: Path, title: str, criteria: CoverageCriteria
) -> None:
    """Write the coverage of all rounds, headings in Thai, a sheet for each kind of unit.

    People are whole numbers that add up to those of the office; rates were reckoned before they
    were rounded.

    Args:
        rounds: In the order in which they are to stand.
        path: Replaced in one step.
        title: The office.
        criteria: What the figures were reckoned by.
    """
    tables = (_table(rounds, layer) for layer in _SHEETS)
    write_tables(
        path, f"{title} · ความครอบคลุม", tables, "วิธีคิดและที่มา", method_lines(rounds, criteria)
    )


def _table(rounds: Sequence[CoverageRound], layer: str) -> Table:
    columns = (_ROUND, *(one for one in LAYERS[layer].columns if one.name not in _KEPT_BACK))
    if layer == OUTLOOK:
        columns = (*columns[:2], _SCHOOL, *columns[2:])
    return Table(_SHEETS[layer], tuple(map(_column, columns)), _rows(rounds, layer, columns))


def _column(column: Column) -> TableColumn:
    kind, _factor, heading = _RATES.get(column.name, (_kind(column), 1.0, ""))
    return TableColumn(heading or column.title_th, kind, _LONG.get(column.name, _WIDTHS[kind]))


def _kind(column: Column) -> str:
    if column.name in _PEOPLE:
        return "count"
    return {"int": "count", "float": "ratio"}.get(column.kind, "text")


def _rows(
    rounds: Sequence[CoverageRound], layer: str, columns: tuple[Column, ...]
) -> Iterator[Sequence[Value]]:
    """Yield the rows of a layer round by round, so that only one round is in memory twice."""
    for known in rounds:
        found = known.layers.get(layer)
        if found is None or found.empty:
            continue
        if layer == POCKETS:
            found = found[found["children_rounded"].notna()]
        ordered = _ordered(found.assign(data_round=known.data_round.name), layer)
        if layer in UNIT_KEYS:
            ordered = whole_people(ordered, _QUESTION)
        ordered = _named(ordered, layer, known)
        yield from zip(*(_values(ordered, column) for column in columns), strict=True)


def _ordered(rows: pd.DataFrame, layer: str) -> pd.DataFrame:
    """Sort by level or grade in the order of schooling, then by code; without a code last."""
    by = ["grade", "smis_code", "years_ahead"]
    if layer == POCKETS:
        by = [*_QUESTION[1:], "pocket_no"]
    if layer in UNIT_KEYS:
        by = ["education_level", "reach_kind", "reach_value", "affiliations", UNIT_KEYS[layer]]
    places = {
        "education_level": {level: place for place, level in enumerate(LEVELS)},
        "affiliations": {whose: place for place, whose in enumerate(AFFILIATIONS)},
        "grade": ORDER,
    }

    def placed(values: pd.Series) -> pd.Series:
        return values.map(places[values.name]) if values.name in places else values

    return rows.sort_values(by, key=placed, na_position="last", kind="stable")


def _named(rows: pd.DataFrame, layer: str, known: CoverageRound) -> pd.DataFrame:
    """Name the row that has no code, and the schools of the outlook."""
    if layer not in _NOBODYS:
        return rows
    column, word = _NOBODYS[layer]
    key = UNIT_KEYS.get(layer, "smis_code")
    names = rows.get(column)
    if names is None:
        zones = known.layers["zone_coverage"].drop_duplicates("smis_code").set_index("smis_code")
        names = rows[key].map(zones["school_name_th"])
    return rows.assign(**{column: names.astype(object).where(rows[key].notna(), word)})


def _values(rows: pd.DataFrame, column: Column) -> list[Any]:
    """Return the cells of a column: words for codes, None where nothing is known."""
    values = rows[column.name]
    if column.name in _RATES:
        values = values.astype("Float64") * _RATES[column.name][1]
    elif column.name in WORDS:
        said = {value: said_in_thai(column.name, value) for value in values.dropna().unique()}
        values = values.map(said)
    elif column.name == "education_level":
        values = values.map({level: names[0] for level, names in LEVEL_NAMES.items()})
    elif column.name == "grade":
        values = values.map({code: grade.label_th for code, grade in GRADE.items()})
    known = values.notna().to_numpy()
    cells = values.astype(object).to_numpy(dtype=object, copy=True)
    cells[~known] = None
    return list(cells)
