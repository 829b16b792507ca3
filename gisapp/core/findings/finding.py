"""What every kind of problem has."""

from typing import NamedTuple


class Finding(NamedTuple):
    """Texts of one kind of problem; words in braces are filled by the problem."""

    severity: str
    th: str
    en: str
    advice_th: str
    advice_en: str
