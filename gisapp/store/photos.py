"""Pictures that may be shown, and the list of them. Every path to a picture is made here.

``photos/shown/<photo_id>/<size>.webp`` beside ``photos/shown/photos.csv``. Originals lie elsewhere
and are never served.
"""

import functools
import io
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd
from PIL import Image

from gisapp.errors import TableError, UnsafePathError
from gisapp.store.published import LayerFile, columns_of, connection

#: Widths in which a picture is kept, pixels, the greatest first.
SHOWN_SIZES = (800, 320)

#: Columns of ``photos.csv``, in order.
PHOTO_COLUMNS = (
    "photo_id", "smis_code", "building_sequence", "photo_slot", "taken_on",
    "caption_th", "caption_en",
)  # fmt: skip

_LIST = "photos.csv"
_PHOTO_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")
#: Names that Windows keeps for devices, in any case.
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")
_WEBP_QUALITY = 79
#: Effort of the encoder, 0..6: 2 writes files 8 % larger than 6 in a quarter of its time.
_WEBP_METHOD = 2


def shown_path(shown_dir: Path, photo_id: str, size: int) -> Path | None:
    """Return the file of a picture in one size, or None where there is none.

    Raises:
        UnsafePathError: `photo_id` is no plain name, or leads out of `shown_dir` over a link.
    """
    if size not in SHOWN_SIZES:
        return None
    picture = _picture_dir(shown_dir, photo_id) / f"{size}.webp"
    folder = shown_dir.resolve()
    if not picture.resolve().is_relative_to(folder):
        raise _unsafe(photo_id)
    return picture if picture.is_file() else None


@functools.lru_cache(maxsize=16)
def published_photos(file: LayerFile) -> frozenset[str]:
    """Return the ids of the pictures that a round publishes; empty without the layer."""
    if "photo_id" not in dict(columns_of(file, "photos")):
        return frozenset()
    with connection(file) as opened:
        rows = opened.execute('SELECT "photo_id" FROM "photos" WHERE "photo_id" IS NOT NULL')
        return frozenset(photo_id for (photo_id,) in rows)


def write_shown(image: Image.Image, shown_dir: Path, photo_id: str) -> None:
    """Write a picture in every shown size, never enlarged, without any metadata.

    A reader sees the old file or the new one, never a part.

    Raises:
        UnsafePathError: `photo_id` is no plain name.
    """
    folder = _picture_dir(shown_dir, photo_id)
    if not folder.resolve().is_relative_to(shown_dir.resolve()):
        raise _unsafe(photo_id)
    folder.mkdir(parents=True, exist_ok=True)
    # Only the pixels: whatever a camera wrote beside them stays behind.
    bare = image.convert("RGB")
    for width in SHOWN_SIZES:
        bare = _narrowed(bare, width)
        content = io.BytesIO()
        bare.save(
            content, "WEBP", quality=_WEBP_QUALITY, method=_WEBP_METHOD, exif=b"", xmp=b"",
            icc_profile=b"",
        )  # fmt: skip
        _replace(folder / f"{width}.webp", content.getvalue())


def write_photo_list(rows: Iterable[Mapping[str, object]], shown_dir: Path) -> Path:
    """Write ``photos.csv`` (UTF-8) with `PHOTO_COLUMNS` and return its path.

    Raises:
        KeyError: A row lacks one of the columns.
    """
    table = pd.DataFrame(
        [[row[column] for column in PHOTO_COLUMNS] for row in rows], columns=list(PHOTO_COLUMNS)
    )
    shown_dir.mkdir(parents=True, exist_ok=True)
    path = shown_dir / _LIST
    _replace(path, table.to_csv(index=False, lineterminator="\n").encode("utf-8"))
    return path


def read_photo_list(shown_dir: Path) -> pd.DataFrame:
    """Read ``photos.csv``: text columns, `building_sequence` a nullable integer.

    Empty, with the same columns, where no list has been written yet.

    Raises:
        TableError: The list lacks a column, or a building's number is none.
    """
    path = shown_dir / _LIST
    if not path.is_file():
        return pd.DataFrame(
            {
                c: pd.Series(dtype="Int64" if c == "building_sequence" else "str")
                for c in PHOTO_COLUMNS
            }
        )
    try:
        table = pd.read_csv(path, dtype="str", encoding="utf-8-sig", keep_default_na=False)
        table = table[list(PHOTO_COLUMNS)]
        number = pd.to_numeric(table["building_sequence"].replace("", None)).astype("Int64")
    except (KeyError, ValueError) as error:
        raise TableError(
            f"อ่านรายการภาพ {path} ไม่ได้ ต้องมีคอลัมน์ {', '.join(PHOTO_COLUMNS)} "
            f"และลำดับอาคารเป็นจำนวนเต็ม: {error}",
            f"cannot use the list of pictures {path}; it needs the columns "
            f"{', '.join(PHOTO_COLUMNS)} and whole numbers of buildings: {error}",
        ) from error
    return table.assign(building_sequence=number)


def _picture_dir(shown_dir: Path, photo_id: str) -> Path:
    """Return the folder of a picture; refuse every name that is more than a name."""
    if not _PHOTO_ID.fullmatch(photo_id) or _DEVICE.fullmatch(photo_id):
        raise _unsafe(photo_id)
    return shown_dir / photo_id


def _unsafe(photo_id: str) -> UnsafePathError:
    """Return the error for a name that is not a picture's."""
    return UnsafePathError(f"{photo_id!r} ไม่ใช่รหัสภาพ", f"{photo_id!r} is not a picture's id")


def _narrowed(image: Image.Image, width: int) -> Image.Image:
    """Return the image at most `width` pixels wide, its proportions kept."""
    if image.width <= width:
        return image
    if image.width == 2 * width:
        return image.reduce(2)
    size = (width, max(1, round(image.height * width / image.width)))
    return image.resize(size, Image.Resampling.HAMMING)


def _replace(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step, through a name of its own beside it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        part.chmod(0o644)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
