"""What a cell of a Thai sheet says: text cleaned, numbers read, never guessed."""

import datetime
import math
import re
import unicodedata

from gisapp.core.rounds import BE_OFFSET

Cell = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta | None

# Every script's decimal digits: Thai, Lao, Khmer, Burmese, Arabic, Devanagari …
_DIGITS = {
    place: str(unicodedata.decimal(chr(place)))
    for place in range(128, 0x10000)
    if unicodedata.category(chr(place)) == "Nd"
}
# Invisible characters that copying from web pages and PDFs leaves behind. Those that turn the
# direction of writing would turn what stands beside the cell as well.
_INVISIBLE = dict.fromkeys(
    map(
        ord,
        "\u200b\u2060\ufeff\u00ad\u200e\u200f\u061c"
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    )
)
# Joiners shape the letters of Arabic and of the scripts of India and Myanmar; after any other
# letter, Thai among them, they are left from copying.
_STRAY_JOINER = re.compile(
    "(?<![\u0600-\u07ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff])[\u200c\u200d]"
)
# สระอำ typed as nikhahit + sara aa, with or without a tone mark between, is one letter.
_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_NIKHAHIT = "\u0e4d"
_TONE_AFTER_NIKHAHIT = re.compile("([\u0e48-\u0e4b])\u0e4d\u0e32")
#: No count of anything is larger; sums of what is larger would not be whole numbers any more.
LARGEST_COUNT = 10**12

# What a cell must hold for any of this to be needed, and for its digits to be others than ours:
# most cells hold neither, and looking is faster than replacing.
_SELDOM = re.compile(f"[{''.join(map(chr, _INVISIBLE))}\u200c\u200d{_NIKHAHIT}]")
_OTHER_DIGIT = re.compile(f"[{''.join(map(chr, _DIGITS))}]")
_BLANK = {"", "-", "–", "—"}
# Thousands in groups of three, or as India writes them; the groups of one number are all parted
# by the same mark. Two numbers with a plain blank between them are not one.
_GROUPED = re.compile(
    r"([+-]?)([1-9]\d{0,2}(?:([,'’\u066c\xa0\u2009\u202f])\d{3})(?:\3\d{3})*|[1-9]\d?(?:,\d{2})+,\d{3})"
    r"((?:[.\u066b]\d*)?)"
)
_DECIMAL_MARK = "\u066b"
# What spreadsheets write around a code to keep it text, and behind one that became a number.
_KEPT_AS_TEXT = re.compile('=?"(.*)"|\'(.*)')
_AS_FLOAT = re.compile(r"(\d+)\.0+")
# A code that a spreadsheet turned into a power of ten: its last digits are gone.
_DAMAGED = re.compile(r"\d(\.\d+)?[eE]\+?\d+")

_MONTHS = (
    ("มกราคม", "ม.ค."),
    ("กุมภาพันธ์", "ก.พ."),
    ("มีนาคม", "มี.ค."),
    ("เมษายน", "เม.ย."),
    ("พฤษภาคม", "พ.ค."),
    ("มิถุนายน", "มิ.ย."),
    ("กรกฎาคม", "ก.ค."),
    ("สิงหาคม", "ส.ค."),
    ("กันยายน", "ก.ย."),
    ("ตุลาคม", "ต.ค."),
    ("พฤศจิกายน", "พ.ย."),
    ("ธันวาคม", "ธ.ค."),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_THAI_DATE = re.compile(
    rf"(\d{{1,2}})\s*({'|'.join(map(re.escape, _MONTH))})\s*(?:พ\.ศ\.)?\s*(\d{{4}})"
)
_SLASH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")


def clean_text(value: Cell) -> str:
    """Return a cell as plain text: one form of each letter, single blanks, no stray marks.

    Joiners that shape the letters of a script stay; comparing is `heading_key`'s work.

    A whole number in a float (as spreadsheets store codes) loses its ``.0``. Nothing is "".
    """
    if value is None:
        return ""
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        value = int(value) if value.is_integer() else value
    text = str(value)
    if text.isascii():  # most cells are numbers and codes: nothing to compose, nothing hidden
        return " ".join(text.split())
    text = unicodedata.normalize("NFC", text)
    if _SELDOM.search(text):
        text = _STRAY_JOINER.sub("", text.translate(_INVISIBLE))
        text = _TONE_AFTER_NIKHAHIT.sub("\\1\u0e33", text)
        text = _SARA_AM.sub("\\1\u0e33", text)
    return " ".join(text.split())


def arabic_digits(text: str) -> str:
    """Write the decimal digits of every script as 0 to 9."""
    return text.translate(_DIGITS) if _OTHER_DIGIT.search(text) else text


def heading_key(value: Cell) -> str:
    """Return what two spellings of one heading have in common.

    Blanks, invisible characters, case and the kind of digits do not count.
    """
    key = arabic_digits(clean_text(value)).replace(" ", "").lower()
    return key if key.isascii() else key.replace("\u200c", "").replace("\u200d", "")


def parse_count(value: Cell) -> int | None:
    """Read a number of people or rooms; None where the cell is blank or a dash.

    Thai digits and ``3,100`` are numbers, ``1,2`` is none.

    Raises:
        ValueError: Not a whole number of 0 or more.
    """
    number = parse_number(value)
    if number is None:
        return None
    if not 0 <= number <= LARGEST_COUNT or not number.is_integer():
        raise ValueError(f"expected a whole number of 0 or more, got {clean_text(value)!r}")
    return int(number)


def parse_number(value: Cell) -> float | None:
    """Read a number; None where the cell is blank or a dash.

    Raises:
        ValueError: Not a finite number.
    """
    if isinstance(value, bool):
        raise ValueError(f"expected a number, got {value!r}")
    if isinstance(value, (int, float)):
        number = float(value)
        if math.isnan(number):
            return None
    else:
        text = _without_groups(value)
        if text in _BLANK:
            return None
        # float() would take "1_000", "nan" and "infinity" as well.
        if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", text):
            raise ValueError(f"expected a number, got {text!r}")
        number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"expected a number, got {clean_text(value)!r}")
    return number


def _without_groups(value: Cell) -> str:
    """A number's text without the marks between its thousands, and with a point."""
    written = "" if value is None else arabic_digits(str(value)).translate(_INVISIBLE).strip()
    if found := _GROUPED.fullmatch(written):
        sign, whole, _, rest = found.groups()
        written = sign + re.sub(r"\D", "", whole) + rest
    return clean_text(written).replace(_DECIMAL_MARK, ".")


def parse_code(value: Cell) -> str:
    """Return a code as text; blank where there is none.

    ``58010001.0``, ``'58010001`` and ``="58010001"``, as spreadsheets write numbers and text
    into CSV files, are that code.
    """
    text = arabic_digits(clean_text(value)).replace(" ", "")
    if found := _KEPT_AS_TEXT.fullmatch(text):
        text = found[1] or found[2] or ""
    if found := _AS_FLOAT.fullmatch(text):
        text = found[1]
    return "" if text in _BLANK else text


def is_damaged_code(text: str) -> bool:
    """Tell whether a spreadsheet turned a code into a power of ten, such as ``1.02E+09``."""
    return bool(_DAMAGED.fullmatch(text))


def parse_year_be(value: Cell) -> int | None:
    """Read a year as Buddhist era; years up to 2200 are Christian; None where blank.

    Raises:
        ValueError: Not a year that a building or announcement can have.
    """
    number = parse_count(re.sub(r"^(พ\.?ศ\.?|ปี)\s*", "", clean_text(value)))
    if not number:  # nobody builds in the year 0: offices write it for "unknown"
        return None
    year = number + BE_OFFSET if 1800 <= number <= 2200 else number
    if not 2343 <= year <= 2743:
        raise ValueError(f"expected a year such as 2538, got {number}")
    return year


def parse_date(value: Cell) -> datetime.date | None:
    """Read a date: ``28 ก.พ. 2566``, ``28/02/2566``, ``2566-02-28`` or a spreadsheet's own.

    A year above 2400 is Buddhist. None where the cell is blank.

    Raises:
        ValueError: Not a date.
    """
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return _christian(value.year, value.month, value.day)
    text = arabic_digits(clean_text(value))
    if text in _BLANK:
        return None
    if found := _THAI_DATE.fullmatch(text):
        return _christian(int(found[3]), _MONTH[found[2]], int(found[1]))
    if found := _SLASH_DATE.fullmatch(text):
        return _christian(int(found[3]), int(found[2]), int(found[1]))
    if found := _ISO_DATE.fullmatch(text):
        return _christian(int(found[1]), int(found[2]), int(found[3]))
    raise ValueError(f"expected a date such as 16 พ.ค. 2503, got {text!r}")


def date_within(text: str) -> datetime.date | None:
    """Find the first Thai date inside a title, or None."""
    found = _THAI_DATE.search(arabic_digits(clean_text(text)))
    try:
        return _christian(int(found[3]), _MONTH[found[2]], int(found[1])) if found else None
    except ValueError:  # 31 June
        return None


def _christian(year: int, month: int, day: int) -> datetime.date:
    return datetime.date(year - BE_OFFSET if year > 2400 else year, month, day)
