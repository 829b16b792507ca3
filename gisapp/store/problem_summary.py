"""First sheet of the problem workbook: how much there is, where to begin, what to send back."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gisapp.core.problems import SEVERITIES
from gisapp.store.marked_sheets import FILL, LINE_PT, MOST_LETTERS, as_written, row_height
from gisapp.store.workbooks import FONT

SEVERITY_TH = {"block": "ต้องแก้", "warn": "ควรดู", "note": "แจ้งไว้"}

_MEANING = {
    "block": "เผยแพร่ไม่ได้จนกว่าจะแก้ หรือรับทราบพร้อมเหตุผล",
    "warn": "มีข้อสงสัย ควรตรวจก่อนเชื่อตัวเลขหรือตำแหน่ง",
    "note": "ทราบไว้ ไม่ต้องแก้ก็ได้",
}

#: So many kinds of problems and schools are worth beginning with.
_FIRST = 12

_HOW = (
    "เปิดไฟล์ที่ทำเครื่องหมายแล้วในโฟลเดอร์ {folder} ช่องที่มีสีคือช่องที่มีเรื่อง ชี้ที่ช่องเพื่ออ่านว่าผิดอะไรและควรทำอย่างไร",
    "แก้เฉพาะช่องที่มีสี ไม่ต้องลบสีหรือหมายเหตุ ไม่ต้องแก้หัวตาราง แล้วบันทึก",
    "วางไฟล์ที่แก้แล้วในโฟลเดอร์ของรอบแทนไฟล์เดิม (นำไฟล์เดิมออก) แล้วสั่ง gisapp check อีกครั้ง",
    "เรื่องที่ตรวจแล้วว่าถูกต้อง สั่ง gisapp acknowledge พร้อมรหัสเรื่อง เหตุผล และชื่อผู้รับทราบ",
)

_WIDTHS = (12.0, 9.0, 62.0, 48.0)

Row = dict[Hashable, object]


class Heads(NamedTuple):
    """Formats of what is no finding."""

    section: Format
    plain: Format


def write_summary(
    book: xlsxwriter.Workbook, sheet: Worksheet, title: str, rows: Sequence[Row], folder: str
) -> None:
    """Write the summary, row by row from the top.

    Args:
        book: The workbook.
        sheet: Its empty first sheet.
        title: Office and round.
        rows: Every problem, as shown.
        folder: Name of the folder with the marked copies.
    """
    base = {"font_name": FONT, "font_size": 14, "valign": "top", "text_wrap": True}
    big = book.add_format({"font_name": FONT, "font_size": 20, "bold": True})
    section = book.add_format({"font_name": FONT, "font_size": 16, "bold": True})
    heads = Heads(section, book.add_format({**base, "align": "left"}))
    edge = {"border": 1, "border_color": "#9AA5AD", "align": "left"}
    fills = {s: book.add_format({**base, **edge, "bg_color": FILL[s]}) for s in SEVERITIES}
    sheet.set_default_row(LINE_PT)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, "เรื่องที่พบในข้อมูล", big)
    sheet.write_string(1, 0, title, book.add_format({"font_name": FONT, "font_size": 16}))
    line = _write_counts(sheet, 3, rows, fills, heads.plain)
    line = _write_first(sheet, line + 1, rows, fills, heads)
    line = _write_schools(sheet, line + 1, rows, heads)
    sheet.set_row(line + 1, LINE_PT + 5)
    sheet.write_string(line + 1, 0, "วิธีแก้และส่งกลับ", section)
    # Not wrapped: the line runs over the columns beside it.
    text = book.add_format({"font_name": FONT, "font_size": 14})
    for number, step in enumerate(_HOW, start=1):
        sheet.write_string(line + 1 + number, 0, f"{number}. {step.format(folder=folder)}", text)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 1)


def _write_counts(
    sheet: Worksheet, line: int, rows: Sequence[Row], fills: dict[str, Format], plain: Format
) -> int:
    """How many problems of each severity, and what that means; return the next free line."""
    for severity, fill in fills.items():
        found = sum(row["severity"] == severity and not _settled(row) for row in rows)
        sheet.write_string(line, 0, SEVERITY_TH[severity], fill)
        sheet.write_number(line, 1, found, fill)
        sheet.write_string(line, 2, _MEANING[severity], fill)
        line += 1
    settled = sum(map(_settled, rows))
    sheet.write_string(line, 0, "รับทราบแล้ว", plain)
    sheet.write_number(line, 1, settled, plain)
    held = sum(int(str(row.get("pupils") or 0)) for row in rows if not _settled(row))
    sheet.write_string(line, 2, f"นักเรียนที่ยังไม่อยู่ในชั้นข้อมูลเพราะเรื่องเหล่านี้ {held:,} คน", plain)
    return line + 1


def _write_first(
    sheet: Worksheet, line: int, rows: Sequence[Row], fills: dict[str, Format], heads: Heads
) -> int:
    """The kinds of problems to begin with, the worst and most frequent first."""
    kinds: dict[tuple[int, str], list[Row]] = {}
    for row in rows:
        if not _settled(row) and row["severity"] != "note":
            rank = SEVERITIES.index(str(row["severity"]))
            kinds.setdefault((rank, str(row["kind"])), []).append(row)
    if not kinds:
        return line - 1
    sheet.set_row(line, LINE_PT + 5)
    sheet.write_string(line, 0, "เริ่มจากเรื่องเหล่านี้", heads.section)
    line += 1
    for place, text in enumerate(("ระดับ", "จำนวน", "ตัวอย่าง", "ควรทำ")):
        sheet.write_string(line, place, text, heads.plain)
    ordered = sorted(kinds.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1]))
    for (_, _), found in ordered[:_FIRST]:
        line += 1
        severity = str(found[0]["severity"])
        fill = fills[severity]
        texts = (found[0]["message_th"], found[0]["advice_th"])
        sheet.set_row(line, row_height(zip(texts, _WIDTHS[2:], strict=True)))
        sheet.write_string(line, 0, SEVERITY_TH[severity], fill)
        sheet.write_number(line, 1, len(found), fill)
        sheet.write_string(line, 2, shown_text(texts[0]), fill)
        sheet.write_string(line, 3, shown_text(texts[1]), fill)
    return line + 1


def _write_schools(sheet: Worksheet, line: int, rows: Sequence[Row], heads: Heads) -> int:
    """The schools that have most to mend."""
    schools: dict[str, list[Row]] = {}
    for row in rows:
        if row["severity"] == "block" and row.get("school_name_th") and not _settled(row):
            schools.setdefault(str(row["smis_code"]), []).append(row)
    if not schools:
        return line - 1
    sheet.set_row(line, LINE_PT + 5)
    sheet.write_string(line, 0, "โรงเรียนที่มีเรื่องต้องแก้มากที่สุด", heads.section)
    line += 1
    for place, text in enumerate(("รหัส", "ต้องแก้", "ชื่อ")):
        sheet.write_string(line, place, text, heads.plain)
    ordered = sorted(schools.items(), key=lambda item: (-len(item[1]), item[0]))
    for code, found in ordered[:_FIRST]:
        line += 1
        sheet.write_string(line, 0, shown_text(code), heads.plain)
        sheet.write_number(line, 1, len(found), heads.plain)
        sheet.write_string(line, 2, shown_text(found[0]["school_name_th"]), heads.plain)
    return line + 1


def _settled(row: Row) -> bool:
    return row.get("acknowledged_reason") is not None


def shown_text(value: object) -> str:
    """Return a text as a cell can hold it: no broken letters, and not too many."""
    return str(as_written("" if value is None else str(value)))[:MOST_LETTERS]
