"""A school's file that came back: what the school changed in it, as corrections."""

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gisapp.core.corrections import Correction
from gisapp.core.mended import Author, Page, Unplaced, mended_cells, rows_digest, same_header
from gisapp.core.rounds import Round
from gisapp.core.school_rows import SchoolRows, Where
from gisapp.core.tables import Sheet
from gisapp.core.text import clean_text
from gisapp.errors import UnreadableFileError
from gisapp.settings import Settings
from gisapp.store.geopackage import replacing
from gisapp.store.person_data import known_codes, refuse_persons
from gisapp.store.school_files import ORIGIN
from gisapp.store.sheets import read_sheets

#: Why a line stands in ``corrections.csv`` that a school's answer made.
REASON = "โรงเรียนแก้และส่งกลับ"


@dataclass(frozen=True)
class Mended:
    """What came back from a school.

    Attributes:
        school: Its code.
        corrections: One per changed cell; `line` is 0.
        unplaced: Changes that corrections cannot say.
    """

    school: str
    corrections: tuple[Correction, ...]
    unplaced: tuple[Unplaced, ...]


def read_mended(
    path: Path, parted: SchoolRows, round_name: str, by: str, on: datetime.date
) -> Mended:
    """Read a school's file that came back, and say what the school changed.

    Args:
        path: The file.
        parted: The round's sheets as they are now, parted by school.
        round_name: The round that the file must be of.
        by: Who takes the changes over.
        on: The day of it.

    Raises:
        UnreadableFileError: It is no file of this round that was sent to a school; its header
            was changed; or the school's rows have changed in the office since.
        PersonDataError: The school wrote data of persons into it.
    """
    sheets = read_sheets(path, round_name)
    for number, sheet in enumerate(sheets, 1):
        refuse_persons(sheet, number, known_codes(parted.rows))
    origin = next((sheet for sheet in sheets if sheet.name == ORIGIN), None)
    lines = [[clean_text(cell) for cell in row] for row in origin.rows] if origin else []
    if not lines or lines[0][:2] != [ORIGIN, round_name]:
        raise UnreadableFileError(
            f"ไม่ใช่ไฟล์ที่ส่งให้โรงเรียนของรอบ {round_name}",
            f"it is not a file of round {round_name} that was sent to a school",
        )
    school = lines[0][2]
    author = Author(REASON, by, on)
    corrections: list[Correction] = []
    unplaced: list[Unplaced] = []
    for name, file, sheet_name, digest in (line[:4] for line in lines[1:]):
        page = _page(sheets, name, (file, sheet_name), digest, parted, school)
        where = (file, sheet_name)
        here = [r for r in parted.remarks.get(school, ()) if (r.file, r.sheet) == where]
        changed, left = mended_cells(page, here, author)
        corrections += changed
        unplaced += left
    return Mended(school, tuple(corrections), tuple(unplaced))


def keep_returned(settings: Settings, data_round: Round, school: str, path: Path) -> Path:
    """Keep a file that came back, beside the round's own; each one once, none is replaced.

    Raises:
        FileInUseError: It cannot be written.
    """
    content = path.read_bytes()
    name = f"{school}-{hashlib.sha256(content).hexdigest()[:8]}{path.suffix.lower()}"
    kept = settings.returned_dir(data_round.name) / name
    if not kept.exists():
        with replacing(kept) as part:
            part.write_bytes(content)
    return kept


def _page(
    sheets: Sequence[Sheet],
    name: str,
    where: Where,
    digest: str,
    parted: SchoolRows,
    school: str,
) -> Page:
    """Put a sheet that came back together with the sheet it was taken from."""
    returned = next((sheet for sheet in sheets if sheet.name == name), None)
    if returned is None:
        raise UnreadableFileError(f"ไม่มีแผ่น {name}", f"the sheet {name} is missing")
    rows = parted.rows.get(school, {}).get(where, [])
    if where not in parted.layouts or rows_digest(parted.layouts[where], rows) != digest:
        raise UnreadableFileError(
            f"แถวของโรงเรียนใน {where[0]} เปลี่ยนไปหลังจากส่งไฟล์นี้ ตรวจใหม่แล้วส่งไฟล์ใหม่ให้โรงเรียน",
            f"the school's rows in {where[0]} have changed since this file was sent; check again "
            "and send the school a new file",
        )
    page = Page(returned, parted.layouts[where], parted.tables[where], rows)
    if not same_header(page):
        raise UnreadableFileError(
            f"หัวตารางของแผ่น {name} ถูกแก้ ให้แก้เฉพาะช่องที่มีสี",
            f"the header of sheet {name} was changed; only the coloured cells may be",
        )
    return page
