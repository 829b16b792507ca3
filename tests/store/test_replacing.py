"""What is said when a file cannot be written: each cause has its own remedy."""

import errno
import sqlite3

import pytest
from pyogrio.errors import DataSourceError
from xlsxwriter.exceptions import FileCreateError

from gisapp.errors import FileInUseError
from gisapp.store.geopackage import replacing


@pytest.mark.parametrize(
    ("error", "thai", "english"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "ดิสก์เต็ม", "disk is full"),
        (OSError(errno.EFBIG, "File too large"), "ดิสก์เต็ม", "disk is full"),
        (sqlite3.OperationalError("database or disk is full"), "ดิสก์เต็ม", "disk is full"),
        (FileCreateError(OSError(errno.ENOSPC, "No space")), "ดิสก์เต็ม", "disk is full"),
        (PermissionError(errno.EACCES, "denied"), "ปิดไฟล์นี้", "close it in other programs"),
        (FileCreateError(PermissionError(errno.EACCES, "x")), "ปิดไฟล์นี้", "close it in other"),
        (
            sqlite3.OperationalError("attempt to write a readonly database"),
            "สิทธิ์เขียน",
            "you may write",
        ),
        (IsADirectoryError(errno.EISDIR, "Is a directory"), "โฟลเดอร์นี้ยังอยู่", "the folder is there"),
        (DataSourceError("Failed to create"), "โฟลเดอร์นี้ยังอยู่", "the folder is there"),
    ],
)
def test_each_cause_has_its_own_sentence(tmp_path, error, thai, english):
    path = tmp_path / "a.gpkg"
    path.write_text("old")
    with pytest.raises(FileInUseError) as caught, replacing(path) as part:
        part.write_text("half")
        raise error
    assert thai in caught.value.th
    assert english in str(caught.value)
    assert path.name in str(caught.value)
    assert path.read_text() == "old"
