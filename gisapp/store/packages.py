"""Packed files (xlsx, ods, kmz, zip): opened only when what they unpack to is bounded."""

import copy
import struct
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from gisapp.errors import UnreadableFileError
from gisapp.store import file_limits

#: Bytes that are unpacked at a time.
CHUNK = 1 << 20

#: What reading a damaged package raises, of zipfile and of what lies below it.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    NotImplementedError,
    RuntimeError,
)

#: The two ways of packing that office programs use; the others unpack without a bound.
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

#: Length of the record that ends a package, of the comment after it, and of a list of parts
#: that is worth reading. Source: PKWARE APPNOTE 4.3.16.
_END_RECORD, _LONGEST_COMMENT = 22, 65_535
_LIST_BYTES = 200 * file_limits.PARTS


@contextmanager
def open_package(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a packed file whose list of parts keeps the limits.

    Raises:
        UnreadableFileError: Damaged, locked, or beyond a limit.
    """
    try:
        _check_list(path)
        package = zipfile.ZipFile(path)
    except DAMAGE as error:
        raise damaged() from error
    with package:
        _check_parts(package.infolist())
        yield package


def part_chunks(package: zipfile.ZipFile, name: str) -> Generator[bytes]:
    """Unpack a part piece by piece, never more of it than the package states.

    Raises:
        UnreadableFileError: Damaged, or longer than stated.
    """
    try:
        stated = package.getinfo(name)
        # zipfile stops at the stated length, where other readers unpack all there is.
        longer = copy.copy(stated)
        longer.file_size += 1
        with package.open(longer) as part:
            left = stated.file_size
            while chunk := part.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise damaged()
                yield chunk
    except UnreadableFileError:
        raise
    except DAMAGE as error:
        raise damaged() from error


def read_part(package: zipfile.ZipFile, name: str) -> bytes:
    """Unpack a part as a whole.

    Raises:
        UnreadableFileError: Damaged, longer than stated or than `WHOLE_BYTES`.
    """
    check_whole(package.getinfo(name).file_size)
    return b"".join(part_chunks(package, name))


def check_whole(size: int) -> None:
    """Refuse a part that is too long to be held as a whole.

    Raises:
        UnreadableFileError: It is.
    """
    file_limits.check_bytes(size, file_limits.WHOLE_BYTES)


def damaged() -> UnreadableFileError:
    """An error for a file whose content breaks off or contradicts itself."""
    return UnreadableFileError(
        "ไฟล์เสียหายหรือไม่ใช่ชนิดตามนามสกุล", "it is damaged, or not the kind of file its name says"
    )


def locked() -> UnreadableFileError:
    """An error for a file that a password locks."""
    return UnreadableFileError("ไฟล์มีรหัสผ่าน", "it is locked by a password")


def _check_list(path: Path) -> None:
    """Look at the length of the list of parts before anybody reads it into memory."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _END_RECORD - _LONGEST_COMMENT))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + _END_RECORD:
        raise damaged()
    (length,) = struct.unpack_from("<I", tail, at + 12)
    if length > _LIST_BYTES:
        raise _too_many_parts()


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > file_limits.PARTS:
        raise _too_many_parts()
    if any(part.flag_bits & 1 for part in parts):
        raise locked()
    if any(part.compress_type not in _PACKINGS for part in parts):
        raise damaged()
    if sum(part.file_size for part in parts) > file_limits.UNPACKED_BYTES:
        allowed = file_limits.UNPACKED_BYTES // file_limits.MEGABYTE
        raise file_limits.too_large(
            f"คลายแล้วเกิน {allowed:,} MB", f"it unpacks to more than {allowed:,} MB"
        )
    for part in parts:
        large = part.file_size > file_limits.RATIO_FROM_BYTES
        if large and part.file_size > file_limits.RATIO * part.compress_size:
            raise file_limits.too_large(
                f"ส่วนหนึ่งคลายแล้วใหญ่ขึ้นเกิน {file_limits.RATIO} เท่า",
                f"a part of it unpacks to more than {file_limits.RATIO} times its size",
            )


def _too_many_parts() -> UnreadableFileError:
    return file_limits.too_large(
        f"มีมากกว่า {file_limits.PARTS:,} ส่วน", f"it has more than {file_limits.PARTS:,} parts"
    )
