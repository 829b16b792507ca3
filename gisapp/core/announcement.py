"""The text of a service-area announcement -> its villages, by a small explicit grammar.

A text is a row of these, in any order, with blanks and punctuation between them:

    count      5 หมู่บ้าน
    village    บ้านหัวบึง หมู่ที่ 1 | หมู่ที่ 1 บ้านหัวบึง | หมู่ 1-4, 7 | หมู่ 1 ถึงหมู่ 4 | บ้านหัวบึง
               | ทุกหมู่บ้าน
    but        ยกเว้น หมู่ที่ 3: the villages after it, to the end of the text, are taken out
    place      ต.หนองแวง | ตำบลหนองแวง อำเภอเมือง
    words      หมู่บ้านในเขตบริการ, ได้แก่, และ …

A place that comes first holds for the villages after it; one that follows villages holds for
them, and for the rest of the text where no other place follows. Anything else is not
understood, and is handed back with its very words.
Source: domain notes B9, lists of bnrv.ac.th and bansalanam.ac.th.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gisapp.core.text import Cell, arabic_digits, clean_text

#: A village list names none beyond this; a longer run of digits is something else.
_NO = r"\d{1,3}(?!\d)(?!\s*หมู่บ้าน)"
_MOO = r"(?:หมู่บ้านที่|หมู่ที่|หมู่|ม\.)"
#: From the first number of a range to its last.
_TO = r"(?:-|–|—|จนถึง|ถึง)"
# The number of the next item of a list, ``2.บ้านโนน``, is no village's number.
_NEXT = r"(?![.)]\s*(?:บ้าน|หมู่|ชุมชน|ม\.|บ\.))"
#: What takes villages out again.
_BUT = r"(?:ยกเว้น|เว้นแต่|เว้น|ไม่รวมถึง|ไม่รวม|ไม่นับ|นอกจาก)"
# Where a name ends.
_END = rf"(?=[\s,;:()/\[\]]|$|ยกเว้น|ไม่รวม|{_MOO}\s*\d|ตำบล|ต\.|แขวง|อำเภอ|อ\.|จังหวัด|จ\.)"
_NAME = rf"[^\s,;:()/\[\]]+?{_END}"

_TOKEN = re.compile(
    rf"""
    (?P<stop>[,;]+)
  | (?P<blank>[\s:/()\[\]“”"'•·…*.]+|[-–—](?!\d))
  | (?P<but>{_BUT})
  | (?P<words>(?:หมู่บ้าน|พื้นที่)?(?:ใน|ที่อยู่ใน)?เขต(?:พื้นที่)?บริการ(?:ของโรงเรียน|ของสถานศึกษา)?
        |พื้นที่บริการ|ได้แก่|คือ|ดังนี้|ดังต่อไปนี้|ประกอบด้วย|รับผิดชอบ|และ|กับ|ตั้งแต่
        |(?:มี|จำนวน|รวม|ทั้งหมด|ทั้งสิ้น|หมู่บ้าน)(?=[\s:,\d]|หมู่|เขต|$))
  | (?P<count>\d+)\s*หมู่บ้าน
  | (?P<all>ทุก(?:หมู่บ้าน|หมู่|ชุมชน)|ทั้งตำบล)
  | (?P<item>\(?\d{{1,3}}[.)](?=\s*(?:บ้าน|หมู่|ชุมชน|ม\.|บ\.|ตำบล|ต\.)))
  | {_MOO}\s*(?P<numbers>{_NO}(?:\s*(?:(?:,|และ|กับ|/|\s)|{_TO}\s*(?:{_MOO}\s*)?)\s*{_NO}{_NEXT})*)
  | (?:ตำบล|ต\.|แขวง)\s*(?P<subdistrict>{_NAME})
  | (?:อำเภอ|อ\.|เขต)\s*(?P<district>{_NAME})
  | (?:จังหวัด|จ\.)\s*(?P<province>{_NAME})
  | (?:หมู่บ้าน|บ้าน|บ\.|ชุมชน)\s*(?P<village>{_NAME})
  | (?P<other>[^\s,;:()]+?(?=[\s,;:()]|$|{_BUT}))
    """,
    re.VERBOSE,
)
_RANGE = re.compile(rf"(\d+)(?:\s*{_TO}\s*(\d+))?")
# A dash before the word: of a range, or of the next line of a list.
_DASHED = re.compile(rf"\s*[-–—]\s*{_MOO}\s*")
_AFTER_DASH = re.compile(r"[-–—]\s*$")
_FROM_BUT = re.compile(_BUT)
_VILLAGES = ("village", "numbers", "all")

#: Words after a village's number that are no name of it.
_PART = ("บางส่วน", "เฉพาะ", "บางหลัง")


@dataclass(frozen=True)
class AnnouncedVillage:
    """One village as a text names it.

    Attributes:
        whole: It stands for every village of the subdistrict.
        out: The text takes it out of the others.
    """

    number: int | None = None
    name: str = ""
    subdistrict: str = ""
    district: str = ""
    whole: bool = False
    out: bool = False

    @property
    def words(self) -> str:
        """The village as people write it."""
        parts = (
            "ยกเว้น" if self.out else "",
            "ทุกหมู่บ้าน" if self.whole else "",
            f"บ้าน{self.name}" if self.name else "",
            f"หมู่ที่ {self.number}" if self.number is not None else "",
            f"ต.{self.subdistrict}" if self.subdistrict else "",
        )
        return " ".join(part for part in parts if part)


@dataclass(frozen=True)
class AnnouncedText:
    """What a text says.

    Attributes:
        villages: In their order.
        stated: How many villages it says that there are, each time it says so.
        unread: Words that were not understood.
        refused: It takes villages out in a way that was not understood: all of it is `unread`,
            and what it says of its school may not be used.
        subdistrict, district: The place that holds at its end, for a text that goes on.
    """

    villages: tuple[AnnouncedVillage, ...]
    stated: tuple[int, ...]
    unread: tuple[str, ...]
    subdistrict: str
    district: str
    refused: bool = False


def parse_villages(value: Cell, subdistrict: str = "", district: str = "") -> AnnouncedText:
    """Read the villages of a text.

    Args:
        value: The text; Thai digits count as digits.
        subdistrict, district: The place that holds where the text names none.
    """
    text = arabic_digits(clean_text(value))
    found = _Reader(list(_tokens(text)), subdistrict, district).read()
    if found.refused or _goes_on_after_bracket(text):
        return replace(found, villages=(), unread=(text,), refused=True)
    return found


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for found in _TOKEN.finditer(text):
        kind = str(found.lastgroup)
        if kind == "numbers":
            listed = bool(_AFTER_DASH.search(text[: found.start()]))
            yield kind, _without_words(found[kind], listed=listed)
        elif kind not in ("blank", "province"):
            yield kind, found[kind]


def _without_words(numbers: str, *, listed: bool) -> str:
    """``1 - หมู่ที่ 5`` is a range, three numbers or lines with a dash before each are a list."""
    parts = _DASHED.split(numbers)
    return re.sub(_MOO, "", ("," if listed or len(parts) > 2 else "-").join(parts))


def _goes_on_after_bracket(text: str) -> bool:
    """Tell whether villages follow behind the bracket that closes ``(ยกเว้น …)``."""
    but = _FROM_BUT.search(text)
    depth = 0
    for place in range(but.end() if but else len(text), len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth < 0:
            return any(kind in _VILLAGES for kind, _ in _tokens(text[place + 1 :]))
    return False


class _Reader:
    """Puts the pieces of one text together; state that only lives while it is read."""

    def __init__(self, tokens: list[tuple[str, str]], subdistrict: str, district: str) -> None:
        kinds = [kind for kind, _ in tokens]
        villages = [n for n, kind in enumerate(kinds) if kind in _VILLAGES]
        places = [n for n, kind in enumerate(kinds) if kind == "subdistrict"]
        self.place_first = bool(places and villages and places[0] < villages[0])
        #: Between two stops names stand before numbers or after them, as the first one does.
        self.name_first: bool | None = None
        self.tokens = tokens
        self.place = (subdistrict, district)
        self.villages: list[AnnouncedVillage] = []
        #: Place of the first village that still waits for its subdistrict.
        self.waiting = 0
        #: The last village lacks a name or a number, and nothing stands between.
        self.open = False
        #: Place of the first village that is taken out; None while none is.
        self.out_from: int | None = None
        self.refused = False
        self.stated: list[int] = []
        self.unread: list[str] = []

    def read(self) -> AnnouncedText:
        for kind, text in self.tokens:
            if self.name_first is None and kind in ("village", "numbers"):
                self.name_first = kind == "village"
            match kind:
                case "but":
                    self._take_out()
                case "count":
                    self.stated.append(int(text))
                case "stop" | "words" | "item":
                    self._stop()
                case "subdistrict" | "district":
                    self._locate(kind, text)
                case "numbers":
                    self._number(_numbers(text))
                case "village":
                    self._name(text)
                case "all":
                    self._add(AnnouncedVillage(whole=True))
                case _:
                    self._other(text)
        self._settle()
        self.refused |= self.out_from == len(self.villages)
        return AnnouncedText(
            tuple(self.villages), tuple(self.stated), tuple(self.unread), *self.place, self.refused
        )

    def _take_out(self) -> None:
        """Every village from here on is taken out; of a second such word nobody knows."""
        self._stop()
        self.refused |= self.out_from is not None
        self.out_from = len(self.villages)

    def _stop(self) -> None:
        self.open, self.name_first = False, None

    def _add(self, village: AnnouncedVillage, *, is_open: bool = False) -> None:
        out = self.out_from is not None
        # A whole subdistrict, or a village behind the place of those that are taken out: the
        # text may mean it as one of its own again.
        self.refused |= out and (village.whole or self.waiting > (self.out_from or 0))
        self.villages.append(replace(village, out=out))
        self.open = is_open

    def _number(self, numbers: list[int]) -> None:
        last = self.villages[-1] if self.villages else AnnouncedVillage()
        if self.open and self.name_first and last.number is None:
            self.villages[-1] = replace(last, number=numbers[0])
            for number in numbers[1:]:
                self._add(replace(last, number=number))
            self.open = False
            return
        for number in numbers:
            self._add(AnnouncedVillage(number), is_open=len(numbers) == 1)

    def _name(self, name: str) -> None:
        last = self.villages[-1] if self.villages else AnnouncedVillage()
        if self.open and not self.name_first and not last.name:
            self.villages[-1] = replace(last, name=name)
            self.open = False
        else:
            self._add(AnnouncedVillage(name=name), is_open=True)

    def _other(self, text: str) -> None:
        """A bare word after a village's number is its name; any other is not understood."""
        word = not any(letter.isdigit() for letter in text) and not text.startswith(_PART)
        if self.open and self.name_first is False and word and not self.villages[-1].name:
            self._name(text)
        else:
            self.unread.append(text)
            self.open = False
            self.refused |= self.out_from is not None

    def _locate(self, kind: str, text: str) -> None:
        if kind == "district":
            subdistrict = self.place[0]
            self.place = (subdistrict, text)
            self.villages = [
                replace(village, district=text)
                if village.subdistrict == subdistrict and not village.district
                else village
                for village in self.villages
            ]
            return
        self.refused |= self.out_from == len(self.villages)
        if self.place_first:
            self._settle()
            self.place = (text, "")
        else:
            waiting = len(self.villages) > self.waiting
            self.place = (text, "")
            if waiting:
                self._settle()
        self._stop()

    def _settle(self) -> None:
        """Give the villages that wait for it the place that holds."""
        subdistrict, district = self.place
        for place in range(self.waiting, len(self.villages)):
            village = self.villages[place]
            self.villages[place] = replace(village, subdistrict=subdistrict, district=district)
        self.waiting = len(self.villages)


def _numbers(text: str) -> list[int]:
    """``1-4, 7`` is 1, 2, 3, 4 and 7; a range that runs backwards is its two ends."""
    numbers: list[int] = []
    for first, last in _RANGE.findall(text):
        low, high = int(first), int(last or first)
        numbers += range(low, high + 1) if low <= high else [low, high]
    return numbers
