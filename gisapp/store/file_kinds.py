"""What kind of file something is, told by its content; names are often wrong."""

import re
from pathlib import Path

from gisapp.store import compound_files
from gisapp.store.packages import open_package

#: Bytes that tell.
_HEAD = 4096

_BY_START = (
    (b"SQLite format 3\0", "geopackage"),
    (b"fgb", "flatgeobuf"),
    (b"\0\0\x27\x0a", "shapefile"),
    (b"II*\0", "raster"),
    (b"MM\0*", "raster"),
    (b"%PDF", "pdf"),
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG", "picture"),
    (b"GIF8", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (compound_files.SIGNATURE, "xls"),
)

#: A part that a package of this kind has.
_BY_PART = (
    ("xlsb", re.compile(r"xl/workbook\.bin")),
    ("xlsx", re.compile(r"xl/.+")),
    ("ods", re.compile(r"content\.xml")),
    ("word", re.compile(r"(word|ppt)/.+")),
    ("kml", re.compile(r".+\.kml", re.IGNORECASE)),
    ("shapefile", re.compile(r".+\.shp", re.IGNORECASE)),
)


def kind_of(path: Path) -> str:
    """Name the kind of a file: ``xlsx``, ``xls``, ``ods``, ``html``, ``json``, ``text`` and others.

    Raises:
        UnreadableFileError: A packed file that is damaged or beyond the limits.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PK"):
        return _packed(path)
    for start, kind in _BY_START:
        if head.startswith(start):
            return kind
    return _written(head)


def _packed(path: Path) -> str:
    with open_package(path) as package:
        names = package.namelist()
        for kind, part in _BY_PART:
            if any(part.fullmatch(name) for name in names):
                return kind
    return "archive"


def _written(head: bytes) -> str:
    """Tell kinds of text by how they begin."""
    text = _letters(head)
    if text.lstrip()[:1] in ("{", "["):
        return "json"
    if not text.lstrip().startswith("<"):
        return "text"
    lowered = text.lower()
    if "<kml" in lowered:
        return "kml"
    if "urn:schemas-microsoft-com:office:spreadsheet" in lowered:
        return "xml"
    if re.search(r"<(html|table|!doctype html|head|body|meta|div|tr)\b", lowered):
        return "html"
    return "xml"


def _letters(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
