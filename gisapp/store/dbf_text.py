"""The encoding of a dBase table's texts, told by the texts themselves.

Thai Shapefiles come in UTF-8 and in code page 874, with a ``.cpg`` that says so, says the
other, or is not there.
"""

import codecs
import re
import struct

from gisapp.errors import UnreadableFileError
from gisapp.store.packages import damaged
from gisapp.store.text_sheets import decoded

#: Bytes to tell by.
_TOLD_BY = 4_000_000
#: How ``.cpg`` files and Python call the Thai code page.
_THAI = frozenset({"874", "windows-874", "ansi 874", "cp874", "tis-620", "tis620", "iso-8859-11"})


def dbf_encoding(table: bytes, stated: bytes) -> str:
    """Name the encoding of a ``.dbf``.

    Args:
        table: The file's bytes.
        stated: What its ``.cpg`` says, empty without one.

    Raises:
        UnreadableFileError: No encoding fits, or the file is no dBase table.
    """
    texts = _texts(table)
    name = stated.decode("ascii", "replace").strip().lower()
    known = _python_name(name)
    for encoding in filter(None, ("utf-8", None if known == "cp874" else known)):
        # A field that is cut at its length may end within a letter.
        if all(_fits(text, encoding) for text in texts):
            return encoding
    try:
        for text in texts:
            decoded(text)
    except UnreadableFileError:
        if known != "cp874":
            raise
    return "cp874"


def _python_name(stated: str) -> str:
    if stated in _THAI:
        return "cp874"
    try:
        return codecs.lookup(re.sub(r"^(ansi|windows)\s*", "cp", stated)).name if stated else ""
    except LookupError:
        return ""


def _fits(text: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        decoder.decode(text)
    except UnicodeDecodeError:
        return False
    return True


def _texts(table: bytes) -> list[bytes]:
    """Each different text beyond ASCII in the first rows of a table, and the headings.

    Source: dBase III+ file header, 32 bytes a field: name at 0, kind at 11, length at 16.
    """
    if len(table) < 33:
        raise damaged()
    head, width = struct.unpack_from("<HH", table, 8)
    fields, offset = [], 1
    for place in range(32, min(head, len(table)) - 31, 32):
        if table[place] == 0x0D:
            break
        kind, length = chr(table[place + 11]), table[place + 16]
        if kind == "C":
            fields.append((offset, offset + length))
        offset += length
    texts = {table[place : place + 11].split(b"\0")[0] for place in range(32, head - 31, 32)}
    last = min(len(table), _TOLD_BY)
    for row in range(head, last - width + 1, width) if width else ():
        texts.update(table[row + start : row + end].rstrip(b" \0") for start, end in fields)
    return [text for text in texts if not text.isascii()]
