"""Files that no library we install can write: a locked workbook, old .xls, and .ods.

Each is the least that its format asks for, so that no test needs a program of its own.
Sources: [MS-CFB] 2.2-2.6, [MS-XLS] 2.4, OpenDocument 1.2 part 1 chapter 9.
"""

import struct
import zipfile
from xml.sax.saxutils import escape

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
#: Streams below this length would belong into the mini stream, which we do not write.
_LONG_ENOUGH = 4096


def compound_file(streams):
    """Return an OLE compound file with these streams (name -> bytes), all in the root."""
    content = {name: data.ljust(_LONG_ENOUGH, b"\0") for name, data in streams.items()}
    chains, fat = {}, []
    for name, data in content.items():
        count = -(-len(data) // _SECTOR)
        chains[name] = len(fat)
        fat += [*range(len(fat) + 1, len(fat) + count), _END]
    entries = [_entry("Root Entry", 5, child=1, start=_END, size=0)]
    for place, (name, data) in enumerate(content.items(), 1):
        right = place + 1 if place < len(content) else _FREE
        entries.append(_entry(name, 2, right=right, start=chains[name], size=len(data)))
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * _SECTOR, b"\0")
    directory_at = len(fat)
    count = len(directory) // _SECTOR
    fat += [*range(directory_at + 1, directory_at + count), _END]
    fat_at = len(fat)
    fat += [_FAT]
    assert len(fat) <= _SECTOR // 4, "one sector of the table is enough for small files"
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, directory_at, 0,
        _LONG_ENOUGH, _END, 0, _END, 0,
    )  # fmt: skip
    header += struct.pack("<I", fat_at) + b"\xff" * (108 * 4)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(_SECTOR, b"\xff")
    body = b"".join(
        data.ljust(-(-len(data) // _SECTOR) * _SECTOR, b"\0") for data in content.values()
    )
    return header.ljust(_SECTOR, b"\0") + body + directory + table


def _entry(name, kind, *, right=_FREE, child=_FREE, start, size):
    letters = f"{name}\0".encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xI16xIQ", letters, len(letters), kind, 1, _FREE, right, child, 0, start, size
    )


def write_locked(path):
    """Write a workbook locked by a password, as Excel keeps it: an OLE file of two streams."""
    version = struct.pack("<HHI", 4, 4, 0x40)  # agile encryption
    info = version + b'<?xml version="1.0"?><encryption/>'.ljust(_LONG_ENOUGH)
    path.write_bytes(
        compound_file({"EncryptionInfo": info, "EncryptedPackage": b"\x08" + bytes(9000)})
    )
    return path


def write_xls(path, name, rows):
    """Write one sheet as BIFF8, the format of Excel 97: text and numbers."""
    sheet_bof = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    cells = b"".join(
        _cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row)
    )
    end = _record(0x000A, b"")
    letters = name.encode("utf-16-le")
    book_bof = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    codepage = _record(0x0042, struct.pack("<H", 1200))
    bound_length = 4 + 8 + len(letters)
    offset = len(book_bof) + len(codepage) + bound_length + len(end)
    bound = _record(0x0085, struct.pack("<IBBBB", offset, 0, 0, len(name), 1) + letters)
    stream = book_bof + codepage + bound + end + sheet_bof + cells + end
    path.write_bytes(compound_file({"Workbook": stream}))
    return path


def _record(kind, content):
    return struct.pack("<HH", kind, len(content)) + content


def _cell(row, column, value):
    if value is None:
        return b""
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
        return _record(0x0204, place + text)
    return _record(0x0203, place + struct.pack("<d", value))


def write_ods(path, name, rows):
    """Write one sheet as OpenDocument."""
    body = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="{escape(name)}">{body}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", kind)
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", content)
    return path


def _ods_cell(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        kind, shown = 'office:value-type="string"', value
    else:
        kind, shown = f'office:value-type="float" office:value="{value}"', str(value)
    return f"<table:table-cell {kind}><text:p>{escape(shown)}</text:p></table:table-cell>"
