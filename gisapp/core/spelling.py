"""What two ways of typing a name have in common: its letters, and beyond them its sound."""

import re
import unicodedata
from dataclasses import dataclass

from gisapp.core.areas import folded_key
from gisapp.core.text import arabic_digits, clean_text

#: Stands behind the number of a village and behind the word for an area: หมู่ 3 is not หมู่ 30.
EDGE = "|"

#: Marks that are left out or put in by mistake: ๆ, ไม้ไต่คู้, tones, การันต์.
MARKS = "\u0e46-\u0e4e"

#: What may stand before the name of a village, of an area, or inside an address, as one of each.
_WORDS = (
    (re.compile(r"(?:หมู่(?:บ้าน)?(?:ที่)?|(?<!\S)ม\.|\b(?:moo|mu)(?=[\s\d]))\s*(\d+)"), r" หมู่\1| "),
    (re.compile(r"(?<!\S)(?:ตำบล|แขวง|ต\.(?!\s*\S\.)|(?:tambon|subdistrict)\s)\s*(?=\S)"), "ต|"),
    (re.compile(r"(?<!\S)(?:(?:กิ่ง)?อำเภอ|เขต|อ\.(?!\s*\S\.)|(?:amphoe|district)\s)\s*(?=\S)"),
     "อ|"),
    (re.compile(r"(?<!\S)(?:หมู่บ้าน|บ\.(?!\s*\S\.))\s*(?=\S)"), "บ้าน"),
    (re.compile(r"(?<=\S)\s+(?:school|subdistrict|district)(?!\S)"), ""),
)  # fmt: skip
# What a text must hold for any of this to be needed: most hold none, and looking is faster.
_SELDOM = re.compile(r"หมู่|ม\.|\bmoo|\bmu|ตำบล|แขวง|[ตอบ]\.|อำเภอ|เขต|tambon|amphoe|district|school")
_SCHOOL = re.compile("^(?:โรงเรียน|รร(?=[^ร]))(?=.)|(?<=.)school$")
_AREA_WORDS = {"subdistrict": f"ต{EDGE}", "district": f"อ{EDGE}"}
_BEFORE_NAME = re.compile(rf"[ตอ]\{EDGE}|บ้าน(?=.)")
_BAN = re.compile(r"(baa?n)\s+\S")

_MARK = re.compile(f"[{MARKS}]")
#: Two เ for แ, a tone before its vowel, a mark twice; and what a text must hold for any of them.
_MISTYPED = (
    (re.compile("เเ"), "แ"),
    (re.compile("([\u0e48-\u0e4b])([\u0e31\u0e34-\u0e39])"), r"\2\1"),
    (re.compile(f"([{MARKS}])\\1+"), r"\1"),
)
_SELDOM_TYPED = re.compile("เเ|[\u0e48-\u0e4b][\u0e31\u0e34-\u0e39\u0e46-\u0e4e]|\u0e46\u0e46")

#: Thai letters of one sound, and the ways in which English writes one Thai sound.
_ALIKE = str.maketrans("ใศษณฎฏฐธฑฒภญฬฆฅฌ", "ไสสนดตถทททพยลคคช")
_LATIN = re.compile("[a-z]")
_SOUNDS = (
    ("ay", "ai"),
    ("ee", "i"),
    ("oo", "u"),
    ("aa", "a"),
    ("ew", "eo"),
    ("ph", "p"),
    ("th", "t"),
    ("kh", "k"),
    ("v", "w"),
    ("j", "ch"),
)


class _Letters(dict[int, str | None]):
    """What `str.translate` makes of each character: letters, digits and edges stay."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        kept = letter == EDGE or (unicodedata.category(letter)[0] in "LMN" and letter != "ฯ")
        self[code] = letter if kept else None
        return self[code]


_LETTERS = _Letters()


#: What may stand between the letters of a name, and what cannot stand without one.
_BETWEEN = rf"(?:[{MARKS}]|[^\w\u0e00-\u0e7f])*"
_ABOVE = "[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]*"


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as it is compared.

    Attributes:
        text: Its letters and digits without blanks, case, accents and the word for a school.
        core: Where the name itself begins, behind บ้าน, Ban, ตำบล or อำเภอ.
    """

    text: str
    core: int = 0

    @property
    def name(self) -> str:
        """The name itself."""
        return self.text[self.core :]


def spell(text: str) -> Spelling:
    """Spell a name, or what somebody types for one; emoji and signs alone are nothing.

    Zero-width characters, Thai digits, a decomposed สระอำ, two เ for แ, a tone typed twice or
    before its vowel are as they should be.
    """
    if text.isascii() and text.isdigit():  # a code, the most of what is spelled
        return Spelling(text)
    return _spelled(_parts(text))


def spell_words(text: str) -> tuple[Spelling, ...]:
    """Spell each word of an address: what blanks part, ``หมู่ 3`` and ``ต. แม่เมฆ`` being one."""
    words = (_spelled(word) for word in _parts(text).split())
    return tuple(dict.fromkeys(word for word in words if word.text))


def heard_as(spelled: Spelling) -> Spelling:
    """Write a name by its sound: marks left out, one letter for those that sound alike."""
    before = _sound(spelled.text[: spelled.core])
    return Spelling(before + _sound(spelled.name), len(before))


def pattern(spelled: str) -> re.Pattern[str]:
    """Return what finds a spelling: marks that are typed must be there, others may be."""
    return re.compile(
        "".join(re.escape(c) + ("" if _MARK.match(c) else f"[{MARKS}]*") for c in spelled)
    )


def part_written(name: str, text: str) -> tuple[str, str, str]:
    """Part a name, as it is written, into what stands before a text, the text, and what is behind.

    All but the last are empty where the text is not written in it. Vowels and marks stay with
    their letter: a mark alone cannot be drawn.
    """
    asked = spell(text)
    for sought in dict.fromkeys((asked.text, asked.name)):
        letters = (re.escape(letter) for letter in sought if letter != EDGE)
        if sought and (found := re.search(_BETWEEN.join(letters) + _ABOVE, name, re.IGNORECASE)):
            return name[: found.start()], found[0], name[found.end() :]
    return "", "", name


def _parts(text: str) -> str:
    """Clean a text, blanks kept, its words for villages and areas written in one way."""
    cleaned = folded_key(arabic_digits(clean_text(text.replace(EDGE, " "))).casefold())
    if _SELDOM.search(cleaned):
        for words, one in _WORDS:
            cleaned = words.sub(one, cleaned)
    return cleaned.strip()


def _spelled(cleaned: str) -> Spelling:
    letters = cleaned.translate(_LETTERS)
    if _SELDOM_TYPED.search(letters):
        for mistyped, meant in _MISTYPED:
            letters = mistyped.sub(meant, letters)
    letters = _SCHOOL.sub("", letters)
    before = _BEFORE_NAME.match(letters)
    ban = _BAN.match(cleaned)
    return Spelling(letters, before.end() if before else len(ban[1]) if ban else 0)


def spell_place(kind: str, name: str) -> Spelling:
    """Spell the name of a place with the word for its kind before it, written there or not.

    Args:
        kind: village, subdistrict or district; the name of any other stands alone.
        name: Thai, English or another.
    """
    spelled = spell(name)
    if not spelled.text:
        return spelled
    if kind == "village":
        word = "ban" if spelled.text.isascii() else "บ้าน"
        return spelled if spelled.core else Spelling(word + spelled.text, len(word))
    if kind in _AREA_WORDS:
        own = spelled.text[spelled.core :] if EDGE in spelled.text[: spelled.core] else spelled.text
        return Spelling(_AREA_WORDS[kind] + own, len(_AREA_WORDS[kind]))
    return spelled


def _sound(letters: str) -> str:
    heard = letters.replace(EDGE, "")
    if not heard.isascii():
        heard = _MARK.sub("", heard).replace("ทร", "ซ").translate(_ALIKE)
    if _LATIN.search(heard):
        for written, said in _SOUNDS:
            heard = heard.replace(written, said)
    return heard
