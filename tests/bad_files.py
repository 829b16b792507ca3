"""Files that would hurt whoever opens them carelessly, each as small as it can be."""

import zipfile

from openpyxl.utils import get_column_letter

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="แผ่น" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
_HEAD = f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode()
SHEET = "xl/worksheets/sheet1.xml"


def write_xlsx(path, *pieces, after=b"", parts=()):
    """Write a workbook of one sheet whose XML within ``sheetData`` is these pieces."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, text in {**_PARTS, **dict(parts)}.items():
            package.writestr(name, text)
        with package.open(SHEET, "w") as sheet:
            for piece in (_HEAD, *pieces, b"</sheetData>", after, b"</worksheet>"):
                sheet.write(piece)
    return path


def blank_rows(first, last, columns=60):
    """Rows of cells that have a format and nothing else, as pieces of XML."""
    cells = "".join(f'<c r="{get_column_letter(n + 1)}%d" s="1"/>' for n in range(columns))
    for start in range(first, last + 1, 1000):
        yield "".join(
            f'<row r="{row}">{cells.replace("%d", str(row))}</row>'
            for row in range(start, min(start + 1000, last + 1))
        ).encode()


def write_bomb(path, name="xl/sharedStrings.xml", megabytes=60):
    """Write a workbook with a part of zeros, a thousandth of that on the disk."""
    piece = bytes(1_000_000)
    write_xlsx(path, b'<row r="1"><c r="A1"><v>1</v></c></row>')
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package,
        package.open(name, "w") as part,
    ):
        for _ in range(megabytes):
            part.write(piece)
    return path


def lie_about_length(path, name, stated):
    """State a shorter length of a part than it has, in the list of parts and before the part."""
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        info = package.getinfo(name)
    content[info.header_offset + 22 : info.header_offset + 26] = stated.to_bytes(4, "little")
    at = content.rfind(name.encode()) - 46
    content[at + 24 : at + 28] = stated.to_bytes(4, "little")
    path.write_bytes(content)
    return path


def write_ods_of(path, rows):
    """Write an OpenDocument sheet whose rows are this XML."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        package.writestr(
            "content.xml",
            f'<office:document-content{spaces} office:version="1.2"><office:body>'
            f'<office:spreadsheet><table:table table:name="แผ่น">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path
