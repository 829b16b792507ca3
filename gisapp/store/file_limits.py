"""How large a received file may be; what lies beyond is refused in one sentence, not read.

The figures stand in ``docs/limits.md`` too, with what was measured.
"""

from gisapp.errors import UnreadableFileError

MEGABYTE = 1_000_000

#: A received file on the disk.
FILE_BYTES = 300 * MEGABYTE
#: Everything in a packed file (xlsx, ods, kmz, zip) once unpacked.
UNPACKED_BYTES = 2_000 * MEGABYTE
#: A part of a packed file, or a text, that has to be held as a whole.
WHOLE_BYTES = 300 * MEGABYTE
#: JSON, GeoJSON, KML and web pages, whose reading takes many times their size.
TREE_BYTES = 100 * MEGABYTE
#: Parts in a packed file.
PARTS = 10_000
#: A part of more than `RATIO_FROM_BYTES` that unpacks to more than so many times its size is
#: a bomb.
RATIO = 200
RATIO_FROM_BYTES = 50 * MEGABYTE
#: Cells of all sheets of a file, from A1 to the last cell with something in it.
CELLS = 10_000_000
#: Columns of a sheet; the widest form known, of population by age, has 220.
COLUMNS = 1_000
#: Rows of a sheet; Excel has no more.
ROWS = 1_048_576
#: Merged ranges of a sheet.
MERGED = 200_000


def too_large(th: str, en: str) -> UnreadableFileError:
    """An error that says which limit a file passes."""
    return UnreadableFileError(f"ใหญ่เกินกว่าจะอ่านได้: {th}", f"it is too large to read: {en}")


def check_bytes(size: int, limit: int) -> None:
    """Refuse a file of more bytes than a limit.

    Raises:
        UnreadableFileError: It has more.
    """
    if size > limit:
        allowed = limit // MEGABYTE
        raise too_large(
            f"ไฟล์ {size // MEGABYTE:,} MB เกิน {allowed:,} MB",
            f"the file has {size // MEGABYTE:,} MB, and {allowed:,} MB is the limit",
        )


def check_cells(rows: int, columns: int, before: int, name: str) -> int:
    """Count a sheet's cells to those of the file's other sheets.

    Args:
        rows, columns: Of the sheet, from its first cell to the last that holds something.
        before: Cells of the sheets before it.
        name: Of the sheet; "" for a file that has no sheets.

    Raises:
        UnreadableFileError: The sheet is wider than `COLUMNS`, longer than `ROWS`, or the cells
            are more than `CELLS`.
    """
    where_th, where_en = (f"แผ่น {name} ", f"sheet {name} ") if name else ("ตาราง", "the table ")
    if columns > COLUMNS:
        raise too_large(
            f"{where_th}มีข้อมูลถึงคอลัมน์ที่ {columns:,} เกิน {COLUMNS:,} คอลัมน์ ลบช่องที่หลงอยู่ไกลออกไป",
            f"{where_en}reaches column {columns:,}, and {COLUMNS:,} is the limit; "
            "delete the cells that stand far out",
        )
    whole = before + rows * columns
    if whole > CELLS or rows > ROWS:
        raise too_large(
            f"{where_th}มีข้อมูลถึงแถวที่ {rows:,} รวมทั้งไฟล์ {whole:,} ช่อง (อ่านได้ {ROWS:,} แถว "
            f"{CELLS:,} ช่อง) ลบช่องที่หลงอยู่ไกลออกไป หรือแบ่งไฟล์",
            f"{where_en}reaches row {rows:,}, which makes {whole:,} cells in the file; the limits "
            f"are {ROWS:,} rows and {CELLS:,} cells: delete the cells that stand far out, or split "
            "the file",
        )
    return whole


def check_elements(number: int) -> None:
    """Refuse a file of more cells or rows, written one by one, than a table may have.

    Raises:
        UnreadableFileError: They are more than `CELLS`.
    """
    if number > CELLS:
        raise too_large(f"มีช่องเกิน {CELLS:,} ช่อง", f"it has more than {CELLS:,} cells")
