"""Numbers with the word for what is counted behind them: ``4 ห้อง``, ``10 กม.``."""

from gisapp.core.text import Cell, clean_text

ROOMS = ("ห้องเรียน", "ห้อง", "rooms", "room")
PEOPLE = ("คน", "อัตรา", "pupils", "persons")
BAHT = ("บาท", "baht")
KILOMETRES = ("กิโลเมตร", "กม.", "กม", "km.", "km")


def without_unit(cell: Cell, units: tuple[str, ...]) -> Cell:
    """The cell without its unit; as it is where it ends with none of these.

    Only the unit of the column is taken away: ``4 ห้อง`` under pupils stays a text.
    """
    if not isinstance(cell, str):
        return cell
    text = clean_text(cell)
    found = next((unit for unit in units if text.lower().endswith(unit)), "")
    number = text[: len(text) - len(found)].rstrip()
    return number if found and number else cell


def units_of(column: str) -> tuple[str, ...]:
    """Units of a column of counts: rooms or people."""
    return ROOMS if column.endswith(("class_groups", "_rooms")) else PEOPLE
