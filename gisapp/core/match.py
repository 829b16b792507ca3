"""Which school a row means: by its 8-digit key, else by its ministry code or percode."""

import re
from collections.abc import Container
from dataclasses import dataclass

import pandas as pd

from gisapp.core.text import heading_key, is_damaged_code

CODES = ("smis_code", "ministry_code", "percode")

#: The key of a Thai school: its DMC code, a branch's with its number behind.
THAI_KEY = r"\d{8}(-\d{1,2})?"

_SCHOOL = re.compile("^(โรงเรียน|รร(?=[^ร]))")
_MARKS = str.maketrans("", "", ".\"'`“”‘’")


@dataclass(frozen=True)
class SchoolKeys:
    """How a register's schools can be found.

    Attributes:
        smis: The keys.
        ministry, percode: Cross-check code -> key; a code that two schools carry finds none.
        names: Key -> name without blanks, for comparison.
    """

    smis: frozenset[str]
    ministry: dict[str, str]
    percode: dict[str, str]
    names: dict[str, str]

    @classmethod
    def of(cls, register: pd.DataFrame) -> "SchoolKeys":
        """Take the keys from a clean register (columns `smis_code`, codes and name)."""
        return cls(
            frozenset(register["smis_code"]),
            _unique(register, "ministry_code"),
            _unique(register, "percode"),
            dict(zip(register["smis_code"], register["school_name_th"].map(name_key), strict=True)),
        )

    def find(self, codes: pd.DataFrame) -> pd.Series:
        """Return the key of each row's school, "" where no code of the row finds one.

        Args:
            codes: Columns `CODES` as text, "" where absent. A 10- or 6-digit code that
                stands in the 8-digit column is looked up as what it is.
        """
        written = codes["smis_code"]
        found = written.where(written.isin(self.smis), "")
        for column, lookup in (("ministry_code", self.ministry), ("percode", self.percode)):
            for source in (codes[column], written):
                other = source.map(lambda code, known=lookup: known.get(code, ""))
                found = found.where(found != "", other)
        return found


def _unique(register: pd.DataFrame, column: str) -> dict[str, str]:
    filled = register[register[column] != ""]
    once = filled[~filled[column].duplicated(keep=False)]
    return dict(zip(once[column], once["smis_code"], strict=True))


def written_code(codes: pd.DataFrame) -> pd.Series:
    """The code that a row carries, the 8-digit one first."""
    code = codes["smis_code"]
    for column in CODES[1:]:
        code = code.where(code != "", codes[column])
    return code


def may_be_code(text: str, key_pattern: str = "") -> bool:
    """Tell whether a text could be meant as a code: letters, digits and strokes, no sentence.

    Codes in another script are known by the office's own `key_pattern`.
    """
    plain = re.fullmatch(r"[0-9A-Za-z.+/_-]+", text) and re.search(r"[0-9A-Za-z]", text)
    return bool(plain) or bool(text and key_pattern and re.fullmatch(key_pattern, text))


def name_key(name: str) -> str:
    """What two spellings of one school's name have in common.

    Blanks, quotes, points and the word โรงเรียน before the name do not count.
    """
    return _SCHOOL.sub("", heading_key(name).translate(_MARKS)) if name else ""


def says_school(name: str) -> bool:
    """Tell whether a name begins with the word โรงเรียน, written out or short."""
    return bool(_SCHOOL.match(heading_key(name).translate(_MARKS)))


def wrong_code(code: str, key_pattern: str, accepted: Container[str] = ()) -> dict[str, str]:
    """Say what is wrong with a code's form, as facts of `bad_code`; empty where nothing is.

    Args:
        code: As written.
        key_pattern: What a key of the office obeys in full.
        accepted: Keys that an officer gave to schools without a code: right as they stand.
    """
    if code in accepted:
        return {}
    if is_damaged_code(code):
        return _facts("Excel ตัดหลักท้ายของรหัสทิ้ง", "the spreadsheet cut its last digits")
    if re.fullmatch(key_pattern, code):
        return {}
    if not _allows_thai(key_pattern):
        says = f"key_pattern {key_pattern}"
        return _facts(f"ไม่ตรงกับ {says} ใน office.toml", f"not as {says} of office.toml says")
    if re.fullmatch(r"\d{10}|\d{6}", code):
        return {}
    return _facts("ต้องเป็นรหัส 8 หลัก", "expected 8 digits")


def _facts(expected_th: str, expected_en: str) -> dict[str, str]:
    return {"expected_th": expected_th, "expected_en": expected_en}


def is_thai_office(area_code: str, key_pattern: str = THAI_KEY) -> bool:
    """Tell whether codes are made as Thailand's Ministry of Education makes them.

    Only then do the first four digits of a school's code name its office. Source: domain
    notes B3: area code = province 2 + area 2 + 0000; SMIS code = province 2 + area 2 + 4.
    """
    return _allows_thai(key_pattern) and bool(re.fullmatch(r"\d{8}", area_code))


def _allows_thai(key_pattern: str) -> bool:
    """Tell whether an office's keys are Thailand's 8 digits, however its pattern says so."""
    return bool(re.fullmatch(key_pattern, "10010001"))
