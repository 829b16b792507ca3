"""A data round: ``<academic year BE>-<n>``, three in each academic year."""

import datetime
import re
from dataclasses import dataclass
from typing import Self

from gisapp.errors import RoundNameError

#: A Buddhist year is the Christian year plus this.
BE_OFFSET = 543

#: Month and day of each cut-off; 3 falls into the next calendar year.
#: Source: OBEC data calendar 2560 (manual 003): 10 June, 10 November, 31 March.
_CUT_OFF = {1: (0, 6, 10), 2: (0, 11, 10), 3: (1, 3, 31)}

_NAME = re.compile(r"(2[4-6]\d\d)-([123])")


@dataclass(frozen=True, order=True)
class Round:
    """One round of data. Rounds sort by time."""

    academic_year_be: int
    number: int

    @classmethod
    def parse(cls, name: str) -> Self:
        """Read a round's name, such as ``2568-1``.

        Raises:
            RoundNameError: Not ``<year BE>-<1|2|3>``; a Christian year is named as such.
        """
        found = _NAME.fullmatch(name)
        if not found:
            hint_th = hint_en = ""
            if re.fullmatch(r"(19|20)\d\d-[123]", name):
                be = f"{int(name[:4]) + BE_OFFSET}{name[4:]}"
                hint_th, hint_en = (
                    f" ปี ค.ศ. ให้เขียนเป็น พ.ศ. คือ {be}",
                    f"; write the year in BE: {be}",
                )
            raise RoundNameError(
                f"“{name}” ไม่ใช่ชื่อรอบข้อมูล ต้องเป็น ปีการศึกษา-รอบ เช่น 2568-1{hint_th}",
                f"'{name}' is not a round; expected <academic year BE>-<1, 2 or 3>, "
                f"e.g. 2568-1{hint_en}",
            )
        return cls(int(found[1]), int(found[2]))

    @property
    def name(self) -> str:
        """The round as folders and addresses spell it."""
        return f"{self.academic_year_be}-{self.number}"

    @property
    def cut_off(self) -> datetime.date:
        """The day whose figures the round states."""
        years, month, day = _CUT_OFF[self.number]
        return datetime.date(self.academic_year_be - BE_OFFSET + years, month, day)

    @property
    def buildings_cut_off(self) -> datetime.date:
        """The day whose buildings the round states: the last 30 October.

        Source: OBEC data calendar 2560 (manual 003), B-OBEC cut.
        """
        cut = datetime.date(self.cut_off.year, 10, 30)
        return cut if cut <= self.cut_off else cut.replace(year=cut.year - 1)

    @property
    def population_cut_off(self) -> datetime.date:
        """The register whose people the round counts: 31 December before the academic year.

        Source: domain notes B10: population at 31 December, pupils at 10 June.
        """
        return datetime.date(self.academic_year_be - BE_OFFSET - 1, 12, 31)

    def __str__(self) -> str:
        """Show the name."""
        return self.name
