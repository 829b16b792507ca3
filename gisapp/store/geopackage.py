"""Published layers: one GeoPackage per round, replaced in one step."""

import datetime
import errno
import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely
from filelock import FileLock, Timeout
from pyogrio.errors import DataLayerError, DataSourceError
from xlsxwriter.exceptions import FileCreateError

from gisapp.core.columns import ROUND_COLUMNS
from gisapp.core.dictionary import LAYERS
from gisapp.errors import FileInUseError
from gisapp.store.bundled import styles_dir

#: Readers of QGIS 3.22 and older validators balk at 1.4.
_VERSION = "1.3"

#: What the system says of a disk, a share or a quota without room.
_FULL = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})

#: Columns that readers look rows up by.
_LOOKUPS = ("smis_code", "subdistrict_code", "education_level")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary name to write to; it takes the file's place when all went well.

    A reader never sees half a file, and a build that is killed leaves the old one.

    Raises:
        FileInUseError: Another program holds the file open (Windows) or writes it just now, the
            disk is full, or the folder may not be written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.parent / f".{path.stem}.part{path.suffix}"
    # The lock lies outside the office: nothing but layers should be seen among the layers.
    name = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]
    try:
        with FileLock(Path(tempfile.gettempdir()) / f"gisapp-{name}.lock", timeout=0):
            _clear(part)  # of a run that was killed
            try:
                yield part
                part.replace(path)
            finally:
                _clear(part)
    except Timeout as error:
        raise FileInUseError(
            f"มีคำสั่งอื่นกำลังเขียน {path} อยู่ รอให้เสร็จแล้วสั่งใหม่",
            f"another command is writing {path} just now; wait for it and run again",
        ) from error
    except (OSError, DataLayerError, DataSourceError, FileCreateError, sqlite3.Error) as error:
        th, en = _why_not_written(error)
        raise FileInUseError(f"เขียน {path} ไม่ได้ {th}", f"cannot write {path}: {en}") from error


def _why_not_written(error: Exception) -> tuple[str, str]:
    """Say in both languages what kept a file from being written, and what to do."""
    cause = error.args[0] if error.args and isinstance(error.args[0], OSError) else error
    number, text = getattr(cause, "errno", None), str(cause).lower()
    if number in _FULL or "disk" in text:
        return (
            "ดิสก์เต็มหรือขัดข้อง ลบหรือย้ายไฟล์อื่นออกแล้วสั่งใหม่",
            "the disk is full or failing; make room on it and run again",
        )
    if isinstance(cause, PermissionError) or "readonly" in text or "locked" in text:
        return (
            "ปิดไฟล์นี้ในโปรแกรมอื่น (Excel, QGIS) และดูว่ามีสิทธิ์เขียนในโฟลเดอร์นี้ แล้วสั่งใหม่",
            "close it in other programs (Excel, QGIS), see that you may write into this folder, "
            "and run again",
        )
    # What is left says little, GDAL's errors above all.
    return (
        "ดูว่าโฟลเดอร์นี้ยังอยู่และเขียนได้ ดิสก์ไม่เต็ม และไฟล์ไม่ได้เปิดอยู่ในโปรแกรมอื่น แล้วสั่งใหม่",
        "see that the folder is there and can be written to, that the disk is not full and the "
        "file not open in another program, and run again",
    )


def _clear(part: Path) -> None:
    """Remove an unfinished file and the journal beside it."""
    for left in part.parent.glob(f"{part.name}*"):
        left.unlink(missing_ok=True)


def write_layers(
    layers: Mapping[str, pd.DataFrame],
    path: Path,
    metadata: Mapping[str, str],
    built_on: datetime.datetime,
) -> None:
    """Write every layer of a round into a new GeoPackage and put it in place.

    Args:
        layers: Layer name -> rows with exactly the dictionary's columns; EPSG:4326.
        path: The round's file.
        metadata: Source, checksum and other statements, by name.
        built_on: Time that the file states; equal inputs and time give equal bytes.
    """
    stamp = built_on.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": stamp})
    try:
        with replacing(path) as part:
            for name in LAYERS:
                if name in layers:
                    _write_layer(layers[name], part, name)
            with closing(sqlite3.connect(part)) as database:
                _describe(database, list(layers))
                _style(database, list(layers), stamp)
                _state_sources(database, metadata, stamp)
                for name in layers:
                    _index(database, name, layers[name])
                database.commit()
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _write_layer(frame: pd.DataFrame, path: Path, name: str) -> None:
    geometry = LAYERS[name].geometry
    options: dict[str, object] = {"dataset_options": {"VERSION": _VERSION}}
    if isinstance(frame, gpd.GeoDataFrame):
        options["geometry_type"] = geometry
        if str(geometry).startswith("Multi"):
            frame = frame.set_geometry(_as_multi(frame.geometry))
    # Arrow hands a country's rows over in a third of the time, where it is installed.
    arrow = find_spec("pyarrow") is not None
    pyogrio.write_dataframe(frame, path, layer=name, driver="GPKG", use_arrow=arrow, **options)


def _as_multi(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """Make a single polygon a collection of one, as the layer's type says."""
    parts = shapes.to_numpy().copy()
    single = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    parts[single] = shapely.multipolygons(parts[single][:, None])
    return gpd.GeoSeries(parts, index=shapes.index, crs=shapes.crs)


def _index(database: sqlite3.Connection, name: str, frame: pd.DataFrame) -> None:
    for column in _LOOKUPS:
        if column in frame:
            # Names come from the dictionary, never from a sheet.
            database.execute(f'CREATE INDEX "{name}_{column}" ON "{name}" ("{column}")')


def _describe(database: sqlite3.Connection, names: list[str]) -> None:
    """Write Thai titles of layers and columns where GIS programs look for them.

    Source: OGC 12-128r18, clause 1.1.3 (contents) and annex F.9 (schema extension).
    """
    database.execute(
        "CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, "
        "name TEXT, title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT, "
        "CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), "
        "CONSTRAINT gdc_tn UNIQUE (table_name, name))"
    )
    database.execute(
        "CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL, "
        "constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN, "
        "max NUMERIC, max_is_inclusive BOOLEAN, description TEXT, "
        "CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))"
    )
    _extension(
        database,
        "gpkg_schema",
        ("gpkg_data_columns", "gpkg_data_column_constraints"),
        "http://www.geopackage.org/spec121/#extension_schema",
    )
    for name in names:
        layer = LAYERS[name]
        database.execute(
            "UPDATE gpkg_contents SET identifier = ?, description = ? WHERE table_name = ?",
            (layer.title_th, layer.description_th, name),
        )
        database.executemany(
            "INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, NULL, NULL)",
            [
                (name, column.name, column.title_th, column.title_th, column.title_en)
                for column in (*layer.columns, *ROUND_COLUMNS)
            ],
        )


def _extension(
    database: sqlite3.Connection, extension: str, tables: tuple[str, ...], definition: str
) -> None:
    database.execute(
        "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, "
        "extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL, "
        "CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))"
    )
    database.executemany(
        "INSERT INTO gpkg_extensions VALUES (?, NULL, ?, ?, 'read-write')",
        [(table, extension, definition) for table in tables],
    )


def _style(database: sqlite3.Connection, names: list[str], stamp: str) -> None:
    """Give QGIS a default style for each layer that has one."""
    styles = {path.stem: path for path in sorted(styles_dir().glob("*.qml"))}
    styled = [name for name in names if name in styles]
    if not styled:
        return
    database.execute(
        "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
        "f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), "
        "f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, "
        "useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), "
        "update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"
    )
    for name in styled:
        qml = styles[name].read_text(encoding="utf-8")
        database.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
            "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, "
            "update_time) VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '', ?)",
            (name, name, qml, LAYERS[name].title_th, stamp),
        )
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id) "
        "VALUES ('layer_styles', 'attributes', 'layer_styles', ?, 0)",
        (stamp,),
    )


def _state_sources(database: sqlite3.Connection, metadata: Mapping[str, str], stamp: str) -> None:
    """Write what the layers were made from.

    Source: OGC 12-128r18, annex F.8 (metadata extension).
    """
    database.execute(
        "CREATE TABLE IF NOT EXISTS gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC "
        "NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL, "
        "mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '')"
    )
    database.execute(
        "CREATE TABLE IF NOT EXISTS gpkg_metadata_reference (reference_scope TEXT NOT NULL, "
        "table_name TEXT, column_name TEXT, row_id_value INTEGER, "
        "timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), "
        "md_file_id INTEGER NOT NULL, md_parent_id INTEGER, "
        "CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id), "
        "CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id))"
    )
    _extension(
        database,
        "gpkg_metadata",
        ("gpkg_metadata", "gpkg_metadata_reference"),
        "http://www.geopackage.org/spec121/#extension_metadata",
    )
    items = "".join(
        f'<item name="{escape(name, {chr(34): "&quot;"})}">{escape(value)}</item>'
        for name, value in metadata.items()
    )
    database.execute(
        "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata) "
        "VALUES ('dataset', 'http://gdal.org', 'text/xml', ?)",
        (f"<gisapp>{items}</gisapp>",),
    )
    database.execute(
        "INSERT INTO gpkg_metadata_reference (reference_scope, timestamp, md_file_id) "
        "VALUES ('geopackage', ?, last_insert_rowid())",
        (stamp,),
    )
