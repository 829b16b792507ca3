"""What cells of coordinates say: degrees in every way people write them."""

import re
from dataclasses import dataclass, replace

from gisapp.core.map_links import both_of_map
from gisapp.core.text import arabic_digits

#: Ways of writing; PLAIN also where a degree sign or a letter stands beside a decimal number.
PLAIN, SEXAGESIMAL, COMMA = "", "dms", "comma"

_BLANK = {"", "-"}
#: Marks that keyboards and copying put for degree, minute, second and minus.
_MARKS = str.maketrans(
    {
        **dict.fromkeys("º˚⁰ᵒ∘\u0e4d", "°"),
        **dict.fromkeys("′’‘´`ʹʼ", "'"),
        **dict.fromkeys("″“”ʺ", '"'),
        **dict.fromkeys("−–—", "-"),
        "٫": ".",
        "٬": ",",
    }
)
_UNITS = (
    (re.compile(r"องศา|degrees?|deg(?![a-z])|(?<=\d)d(?![a-z])"), "°"),
    (re.compile(r"ฟิลิปดา|พิลิปดา|วินาที|sec(onds?)?(?![a-z])"), '"'),
    (re.compile(r"ลิปดา|นาที|min(utes?)?(?![a-z])"), "'"),
    (re.compile(r"''"), '"'),
)
#: Word -> (axis, sign).
_WORDS = {
    **dict.fromkeys(("n", "north", "lat", "latitude", "mn", "y", "ละติจูด", "เหนือ"), ("lat", 1)),
    **dict.fromkeys(("s", "south", "ใต้"), ("lat", -1)),
    **dict.fromkeys(
        ("e", "east", "lon", "long", "lng", "longitude", "me", "x", "ลองจิจูด", "ตะวันออก"), ("lon", 1)
    ),
    **dict.fromkeys(("w", "west", "ตะวันตก"), ("lon", -1)),
    "m": ("", 1),
}
_WORD = re.compile(r"[a-z\u0e00-\u0e7f]+")
#: A word amid the digits, as in 1e5, names no side of the world.
_AMID = re.compile(r"\d\W*[a-z\u0e00-\u0e7f]+\W*\d")
_DECIMAL = re.compile(r"([+-]?)(\d+(?:\.(\d*))?|\.(\d+))\s*°?")
#: A spreadsheet's way of writing a number with all its digits: 1.90899E+01.
_POWER = re.compile(r"([+-]?\d\.(\d+))e([+-]\d{2})")
#: A blank that slipped in beside the decimal point.
_LOOSE_POINT = re.compile(r"(?<![\d.])(\d{1,3})(?:\. +| +\.)(\d+)")
_COMMA = re.compile(r"([+-]?)(\d{1,3}),(\d+)\s*°?")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?|(?<![\d ])\d{1,3}( \d{3})+(\.\d+)?(?![\d ])")
#: Metres of a map into which one blank slipped: "21 07950".
_TORN = re.compile(r"(?<![\d ])(\d{1,5}) (\d{1,6})(?![\d ])")
#: Digits of an easting and of a northing.
_METRES = (6, 7)
_SEXAGESIMAL = re.compile(
    r"([+-]?)(\d{1,3})\s*[°:\- ]\s*(\d{1,2})(?:\.(\d+))?"
    r"(?:\s*['\-: ]\s*(?:(\d{1,2})(?:\.(\d+))?\s*\"?)?)?"
)
#: A UTM zone beside its numbers: "47Q 546120 2135480", "โซน 47 …".
_ZONE = re.compile(
    r"(?:zone|โซน)\s*(\d{1,2})\s*[a-z]?(?![a-z\d])|(?<![\d.])(\d{1,2})\s?[c-hj-np-x](?![a-z\d])"
)
_ZONED = re.compile(r"\D*?(\d{5,8}(?:\.\d+)?)\D+?(\d{5,8}(?:\.\d+)?)\D*")
#: Where one cell that holds both values may be cut in two.
_CUT = re.compile(
    r"[,;/|]\s*|\s+|(?<=[a-z\u0e00-\u0e7f'\"°])(?=[\d-])|(?<=[\d'\"°])(?=[a-z\u0e00-\u0e7f])"
)
_LARGEST = 180.0


@dataclass(frozen=True)
class Angle:
    """One value of a pair of coordinates.

    Attributes:
        value: Degrees, or metres where the numbers are too large for degrees.
        step: What one unit of its last written digit is worth.
        axis: ``lat`` or ``lon`` where a letter beside it says so, else "".
        form: `PLAIN`, `SEXAGESIMAL` or `COMMA`.
    """

    value: float
    step: float
    axis: str = ""
    form: str = PLAIN


@dataclass(frozen=True)
class Pair:
    """What two cells say; a value is None where its cell is blank or says nothing readable.

    Attributes:
        y, x: Of the cell for latitude and of the cell for longitude.
        zone: UTM zone that stands beside the numbers, 0 without one.
        one_cell: Both values stood in one of the cells.
    """

    y: Angle | None
    x: Angle | None
    zone: int = 0
    one_cell: bool = False


def read_pair(lat: str, lon: str) -> Pair:
    """Read the cells for latitude and longitude together, since each explains the other.

    A comma is a decimal point only where both values are small enough for degrees.
    """
    if mapped := _of_map(lat, lon):
        return mapped
    texts = [_plain_marks(text).rstrip(",; ") for text in (lat, lon)]
    blank = [text in _BLANK for text in texts]
    if all(blank):
        return Pair(None, None)
    if zoned := _with_zone(" ".join(t for t, none in zip(texts, blank, strict=True) if not none)):
        return replace(zoned, one_cell=any(blank))
    if any(blank):
        return _cut_in_two(texts[1] if blank[0] else texts[0])
    y, x = (read_angle(text) for text in texts)
    if any(angle is None or abs(angle.value) > _LARGEST for angle in (y, x)):
        y, x = (read_angle(text) for text in _mended([_ungrouped(text) for text in texts]))
    return Pair(y, x)


def _of_map(lat: str, lon: str) -> Pair | None:
    """Both values where a map wrote them into one cell, the other blank or the same."""
    said = {arabic_digits(text).strip().lower() for text in (lat, lon)} - _BLANK
    both = both_of_map(next(iter(said))) if len(said) == 1 else None
    if both is None:
        return None
    y, x = (_read_decimal(text) for text in both)
    return Pair(y, x, one_cell=True)


def read_angle(text: str) -> Angle | None:
    """Read one value; None where the text is not one.

    ``19.3``, ``19.3° N``, ``19,3``, ``19°17'42.8"N``, ``19 17 42.8``, ``19-17-42.8``,
    ``19°17.713'``, Thai digits and words; minutes and seconds of 60 and more are none.
    """
    text = _plain_marks(text)
    axis, sign = "", 1
    if found := _read_power(text):
        return found
    if _AMID.search(text):
        return None
    for word in _WORD.findall(text):
        if word not in _WORDS:
            return None
        named, turned = _WORDS[word]
        if named and axis not in ("", named):
            return None
        axis, sign = named or axis, min(sign, turned)
    body = _WORD.sub(" ", text).strip(" :=,;") if axis or "m" in text else text
    found = _read_decimal(body) or _read_sexagesimal(body)
    if found is None:
        return None
    value = -abs(found.value) if sign < 0 else found.value
    return replace(found, value=value, axis=axis)


def _read_decimal(body: str) -> Angle | None:
    if found := _DECIMAL.fullmatch(body):
        digits = len(found[3] or found[4] or "")
        return Angle(float(found[1] + found[2]), 10.0**-digits)
    if found := _COMMA.fullmatch(body):
        return Angle(float(f"{found[1]}{found[2]}.{found[3]}"), 10.0 ** -len(found[3]), form=COMMA)
    return None


def _read_power(text: str) -> Angle | None:
    """Degrees written as a power of ten; metres so written have lost their last digits."""
    found = _POWER.fullmatch(text)
    if found is None or abs(float(found[0])) > _LARGEST:
        return None
    return Angle(float(found[0]), 10.0 ** (int(found[3]) - len(found[2])))


def _read_sexagesimal(body: str) -> Angle | None:
    found = _SEXAGESIMAL.fullmatch(body)
    if found is None:
        return None
    sign, degrees, minutes, of_minute, seconds, of_second = found.groups()
    if seconds and of_minute:  # 19° 17.713' 42": one of them is not meant
        return None
    whole_minutes = float(f"{minutes}.{of_minute or 0}")
    whole_seconds = float(f"{seconds or 0}.{of_second or 0}")
    if whole_minutes >= 60 or whole_seconds >= 60:
        return None
    value = float(degrees) + whole_minutes / 60 + whole_seconds / 3600
    last = of_second or of_minute or ""
    step = 10.0 ** -len(last) / (3600 if seconds else 60)
    return Angle(-value if sign == "-" else value, step, form=SEXAGESIMAL)


def _with_zone(text: str) -> Pair | None:
    """Two numbers of metres beside a UTM zone, in the order they stand."""
    zone = _ZONE.search(text)
    rest = _ungrouped(_ZONE.sub(" ", text, count=1)) if zone else ""
    numbers = _ZONED.fullmatch(rest)
    if zone is None or numbers is None:
        return None
    first, second = (Angle(float(number), 1.0) for number in numbers.groups())
    return Pair(first, second, zone=int(zone[1] or zone[2]))


def _cut_in_two(text: str) -> Pair:
    """Both values out of one cell; where no cut gives two, the cell for longitude is blank."""
    for cut in _CUT.finditer(text):
        left, right = read_angle(text[: cut.start()]), read_angle(text[cut.end() :])
        if left and right and (not left.axis or left.axis != right.axis):
            if left.axis == "lon" or right.axis == "lat":
                left, right = right, left
            return Pair(left, right, one_cell=True)
    return Pair(read_angle(text), None)


def _plain_marks(text: str) -> str:
    text = _LOOSE_POINT.sub(r"\1.\2", arabic_digits(text).strip())
    if text.isascii() and not any(letter.isalpha() or letter == "'" for letter in text):
        return text
    text = text.lower().translate(_MARKS)
    for words, mark in _UNITS:
        text = words.sub(mark, text)
    return " ".join(text.split())


def _ungrouped(text: str) -> str:
    """Numbers without the commas or blanks that group their digits."""
    return _GROUPED.sub(lambda found: found[0].replace(",", "").replace(" ", ""), text)


def _mended(texts: list[str]) -> list[str]:
    """Metres without the blank that slipped into them: an easting and a northing, else as is."""
    joined = [_TORN.sub(r"\1\2", text) for text in texts]
    digits = sorted(len(text.partition(".")[0]) for text in joined if text[:1].isdigit())
    return joined if tuple(digits) == _METRES else texts
