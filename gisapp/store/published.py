"""Published rounds, read only: rows of the GeoPackages that the pipeline has built.

A file is opened for one question and closed again, so that a rebuild can replace it at any
moment, on Windows too. Answers are kept by the file's time and size.
"""

import dataclasses
import functools
import sqlite3
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import shapely

from gisapp.core.profile_rows import School
from gisapp.core.rounds import Round
from gisapp.errors import (
    LayerNotFoundError,
    RoundNameError,
    RoundNotFoundError,
    UnreadableFileError,
)
from gisapp.settings import Settings

Row = TypeVar("Row")

#: Columns that a reader may see; None is every column.
Columns = frozenset[str] | None

#: Bytes of the envelope in a GeoPackage geometry, by the three bits of its flags.
#: Source: OGC 12-128r17, 2.1.3.
_ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


@dataclass(frozen=True)
class LayerFile:
    """A GeoPackage as it stood at one moment; another build is another value."""

    path: Path
    changed_ns: int
    size: int

    @property
    def stamp(self) -> str:
        """Short text that differs after every build."""
        return f"{self.changed_ns:x}-{self.size:x}"


def rounds_built(settings: Settings) -> tuple[Round, ...]:
    """Return the rounds that have a GeoPackage, oldest first; other files are not ours."""
    return rounds_named(path.stem for path in settings.layers_dir.glob("*.gpkg"))


def rounds_named(names: Iterable[str]) -> tuple[Round, ...]:
    """Return the rounds among some names, oldest first; what names no round is left out."""
    found = []
    for name in names:
        try:
            found.append(Round.parse(name))
        except RoundNameError:
            continue
    return tuple(sorted(found))


def layer_file(settings: Settings, round_name: str) -> LayerFile:
    """Return the GeoPackage of a round as it stands now.

    Raises:
        RoundNameError: Not a round's name.
        RoundNotFoundError: The round has not been built.
    """
    try:
        return file_now(settings.layer_file(Round.parse(round_name).name))
    except FileNotFoundError as error:
        raise RoundNotFoundError(
            f"ยังไม่ได้สร้างชั้นข้อมูลของรอบ {round_name} สั่ง gisapp build {round_name}",
            f"round {round_name} is not built; run `gisapp build {round_name}`",
        ) from error


def file_now(path: Path) -> LayerFile:
    """Return a GeoPackage as it stands now.

    Raises:
        FileNotFoundError: There is none.
    """
    status = path.stat()
    return LayerFile(path, status.st_mtime_ns, status.st_size)


@contextmanager
def connection(file: LayerFile) -> Iterator[sqlite3.Connection]:
    """Open a GeoPackage for reading and close it again.

    Raises:
        RoundNotFoundError: The file has gone.
        UnreadableFileError: It is not a database that can be read.
    """
    try:
        # as_uri() escapes what may stand in a folder's name: blanks, #, ?, Thai letters.
        with closing(
            sqlite3.connect(f"{file.path.resolve().as_uri()}?mode=ro", uri=True)
        ) as opened:
            yield opened
    except sqlite3.OperationalError as error:
        if file.path.exists():
            raise _unreadable(file) from error
        raise RoundNotFoundError(
            f"ไม่พบ {file.path.name} สั่ง gisapp build {file.path.stem}",
            f"{file.path.name} has gone; run `gisapp build {file.path.stem}`",
        ) from error
    except sqlite3.DatabaseError as error:
        raise _unreadable(file) from error


@functools.lru_cache(maxsize=256)
def columns_of(file: LayerFile, layer: str) -> tuple[tuple[str, str], ...]:
    """Return name and declared type of each column of a layer; empty without the layer."""
    with connection(file) as opened:
        rows = opened.execute("SELECT name, type FROM pragma_table_info(?)", (layer,)).fetchall()
    return tuple((name, kind.upper()) for name, kind in rows)


@functools.lru_cache(maxsize=64)
def feature_layers(file: LayerFile) -> tuple[str, ...]:
    """Return the names of all layers, with and without geometry."""
    with connection(file) as opened:
        rows = opened.execute("SELECT table_name FROM gpkg_contents ORDER BY table_name").fetchall()
    return tuple(name for (name,) in rows)


@functools.lru_cache(maxsize=256)
def geometry_column(file: LayerFile, layer: str) -> str | None:
    """Return the geometry column of a layer; None for a table without one."""
    with connection(file) as opened:
        row = opened.execute(
            "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", (layer,)
        ).fetchone()
    return row[0] if row else None


def geometry_from(blob: bytes | None) -> bytes | None:
    """Strip the GeoPackage header from a geometry and return its WKB; None is nowhere."""
    if not blob or blob[:2] != b"GP":
        return None
    return blob[8 + _ENVELOPE_BYTES[blob[3] >> 1 & 7] :]


@functools.lru_cache(maxsize=32)
def read_schools(file: LayerFile, allowed: Columns = None) -> tuple[School, ...]:
    """Return every school of a round, by code.

    Raises:
        LayerNotFoundError: The file has no layer `schools`.
    """
    if not columns_of(file, "schools"):
        raise LayerNotFoundError(
            f"{file.path.name} ไม่มีชั้น schools สั่ง gisapp build {file.path.stem}",
            f"{file.path.name} holds no layer `schools`; run `gisapp build {file.path.stem}`",
        )
    return tuple(_read(file, "schools", School, allowed))


def read_school(file: LayerFile, smis_code: str, allowed: Columns = None) -> School:
    """Return one school.

    Raises:
        LayerNotFoundError: No school of this round has the code.
    """
    found = read_rows(file, "schools", School, allowed, smis_code)
    if found:
        return found[0]
    raise LayerNotFoundError(f"ไม่มีโรงเรียนรหัส {smis_code}", f"no school has the code {smis_code}")


def read_rows(
    file: LayerFile,
    layer: str,
    row_type: type[Row],
    allowed: Columns = None,
    smis_code: str | None = None,
) -> tuple[Row, ...]:
    """Return the rows of a layer as `row_type`, of one school where `smis_code` is given.

    A layer that the round does not have gives no rows: not every round carries every form.
    """
    # mypy does not see that a class can be hashed.
    return _kept_rows(file, layer, row_type, allowed, smis_code)  # type: ignore[arg-type]


#: Answers kept: an office's schools over six rounds, each with what hangs on it; some 20 MB.
_KEPT_ROWS = 4096


@functools.lru_cache(maxsize=_KEPT_ROWS)
def _kept_rows(
    file: LayerFile, layer: str, row_type: type[Any], allowed: Columns, smis_code: str | None
) -> tuple[Any, ...]:
    return tuple(_read(file, layer, row_type, allowed, smis_code))


@functools.lru_cache(maxsize=32)
def read_pupils(file: LayerFile, allowed: Columns = None) -> dict[str, int | None]:
    """Return smis_code -> pupils of a round; empty where pupils are not for this reader."""
    needed = {"smis_code", "students"}
    if not needed <= set(dict(columns_of(file, "schools"))) or not (
        allowed is None or needed <= allowed
    ):
        return {}
    with connection(file) as opened:
        rows = opened.execute('SELECT "smis_code", "students" FROM "schools"').fetchall()
    return {code: None if students is None else int(students) for code, students in rows}


@functools.lru_cache(maxsize=64)
def as_of(file: LayerFile, layer: str) -> str | None:
    """Return the newest `as_of_date` of a layer; None without rows or without the layer."""
    if "as_of_date" not in dict(columns_of(file, layer)):
        return None
    with connection(file) as opened:
        row = opened.execute(f'SELECT max(as_of_date) FROM "{layer}"').fetchone()  # noqa: S608 - a known layer
    newest: str | None = row[0]
    return newest


def _read(
    file: LayerFile, layer: str, row_type: type[Any], allowed: Columns, smis_code: str | None = None
) -> Iterator[Any]:
    """Yield rows as dataclasses; what the layer lacks or the reader may not see stays None."""
    present = [name for name, _ in columns_of(file, layer)]
    shown = set(present) if allowed is None else set(present) & allowed
    converters = {name: convert for name, convert in _converters(row_type) if name in shown}  # type: ignore[arg-type]  # as above
    if not set(_required(row_type)) <= set(converters):
        return
    with_point = "lon" in row_type.__dataclass_fields__ and (
        allowed is None or "geometry" in allowed
    )
    point = geometry_column(file, layer) if with_point else None
    names = [*converters, *([point] if point else [])]
    where = ' WHERE "smis_code" = ?' if smis_code is not None else ""
    order = ' ORDER BY "smis_code"' if "smis_code" in present else ""
    # Names come from the table itself and from our dataclasses, never from a request.
    selected = ", ".join(f'"{name}"' for name in names)
    question = f'SELECT {selected} FROM "{layer}"{where}{order}'  # noqa: S608
    with connection(file) as opened:
        rows = opened.execute(question, () if smis_code is None else (smis_code,)).fetchall()
    places = _points([row[-1] for row in rows]) if point else None
    steps = list(converters.items())
    for number, row in enumerate(rows):
        values = {
            name: None if value is None else convert(value)
            for (name, convert), value in zip(steps, row, strict=False)
        }
        if places is not None:
            values["lon"], values["lat"] = places[number]
        yield row_type(**values)


def _points(blobs: Sequence[bytes | None]) -> list[tuple[float | None, float | None]]:
    """Turn GeoPackage points into (lon, lat), degrees; an empty point is nowhere."""
    points = shapely.from_wkb([geometry_from(blob) for blob in blobs])
    lons, lats = shapely.get_x(points).tolist(), shapely.get_y(points).tolist()
    return [(x, y) if x == x and y == y else (None, None) for x, y in zip(lons, lats, strict=True)]


@functools.lru_cache(maxsize=64)
def _converters(row_type: type[Any]) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """Return how each field is read: SQLite keeps a whole number of a float column as 3.0."""
    hints = typing.get_type_hints(row_type)
    found = []
    for field in dataclasses.fields(row_type):
        if field.name in ("lon", "lat"):
            continue
        kind = hints[field.name]
        if isinstance(kind, types.UnionType):
            kind = next(part for part in typing.get_args(kind) if part is not types.NoneType)
        found.append((field.name, kind))
    return tuple(found)


def _required(row_type: type[Any]) -> tuple[str, ...]:
    """Return the fields that a row cannot be without."""
    return tuple(
        field.name for field in dataclasses.fields(row_type) if field.default is dataclasses.MISSING
    )


def _unreadable(file: LayerFile) -> UnreadableFileError:
    return UnreadableFileError(
        f"เปิด {file.path.name} ไม่ได้ สั่ง gisapp build {file.path.stem} ใหม่",
        f"cannot read {file.path.name}; run `gisapp build {file.path.stem}` again",
    )
