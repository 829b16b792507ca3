"""Why the children of a level are unknown: which ages nobody counted, and where."""

from collections.abc import Iterable, Sequence

from gisapp.core.coverage.criteria import LevelAges

#: So many subdistricts are named; what follows is counted only.
_NAMED = 3


def why_unknown(
    level: LevelAges, ages: Iterable[int], areas: Sequence[str], *, english: bool = False
) -> str:
    """Say which ages of a level lack numbers in which subdistricts; "" where none does.

    Args:
        level: Whose children are unknown.
        ages: Single ages without a number somewhere; those of other levels do not count.
        areas: Names of the subdistricts whose children are unknown, in order; none is known.
        english: In English, not in Thai.
    """
    lacking = sorted(set(ages) & set(level.ages))
    if not lacking:
        return ""
    named = ", ".join(areas[:_NAMED]) + (" …" if len(areas) > _NAMED else "")
    of_age = "" if len(lacking) == len(level.ages) else runs_of(lacking)
    if english:
        said = "no number of children" + (f" aged {of_age}" if of_age else "")
        one = "subdistrict" if len(areas) == 1 else "subdistricts"
        return f"{said} in {len(areas):,} {one} ({named})" if areas else said
    said = "ไม่มีจำนวนเด็ก" + (f"อายุ {of_age} ปี " if of_age else "")
    return f"{said}ของ {len(areas):,} ตำบล ({named})" if areas else said.strip()


def runs_of(numbers: Sequence[int]) -> str:
    """Write whole numbers, ascending, as people do: ``3–5, 17``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}" if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
