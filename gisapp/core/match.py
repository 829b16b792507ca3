"""Which school a row means: by its 8-digit key, else by its ministry code or percode."""

import re
from dataclasses import dataclass

import pandas as pd

from gisapp.core.text import heading_key, is_damaged_code

CODES = ("smis_code", "ministry_code", "percode")


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


def may_be_code(text: str) -> bool:
    """Tell whether a text could be meant as a code: Latin letters and digits, no sentence."""
    return bool(re.fullmatch(r"[0-9A-Za-z.+-]+", text))


def name_key(name: str) -> str:
    """What two spellings of one school's name have in common: no blanks, no ``โรงเรียน``."""
    return heading_key(name).removeprefix("โรงเรียน").replace(".", "")


def wrong_code(code: str, key_pattern: str) -> str:
    """Say what is wrong with a code's form, for `bad_code`; "" where it could be a code."""
    if is_damaged_code(code):
        return "Excel ตัดหลักท้ายของรหัสทิ้ง / the spreadsheet cut its last digits"
    if re.fullmatch(key_pattern, code) or re.fullmatch(r"\d{10}|\d{6}", code):
        return ""
    return "ต้องเป็นรหัส 8 หลัก / expected 8 digits"
