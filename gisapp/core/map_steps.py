"""The steps of the map's views of limits: where each starts and ends, and that none is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

#: Most steps of one view: more colours than these cannot be told apart.
MOST_STEPS = 5

#: Views whose figures are whole numbers -> the largest there can be; the smallest is 0.
COUNTED = {"utilities": 3, "completeness": 7}

#: Views whose figures can be less than 0.
_BELOW_ZERO = {"elevation"}


@dataclass(frozen=True)
class Step:
    """One class of a view of limits: `least` <= figure < `below`; None is open on that side.

    A step whose two limits are equal holds that very figure.
    """

    view: str
    name: str
    least: float | None
    below: float | None

    @property
    def is_point(self) -> bool:
        """Whether it holds one figure alone."""
        return self.least is not None and self.least == self.below

    def holds(self, figure: float) -> bool:
        """Tell whether a figure falls into this step."""
        if self.is_point:
            return figure == self.least
        return (self.least is None or figure >= self.least) and (
            self.below is None or figure < self.below
        )


def why_not_next(earlier: Sequence[Step], step: Step) -> tuple[str, str] | None:
    """Say in Thai and English why a step cannot follow others of its view; None where it can.

    Args:
        earlier: The steps of the view before it.
        step: The step.
    """
    if step.name in {"", "nodata", "none"} or step.name in {other.name for other in earlier}:
        return f"ชื่อช่วง “{step.name}” ใช้ไม่ได้หรือซ้ำ", f"class '{step.name}' is reserved or repeated"
    if len(earlier) >= MOST_STEPS:
        return (
            f"{step.view} มีเกิน {MOST_STEPS} ช่วง", f"{step.view} has more than {MOST_STEPS} classes",
        )  # fmt: skip
    if step.least is not None and step.below is not None and step.below < step.least:
        return f"{step.least:g} มากกว่า {step.below:g}", f"{step.least:g} is above {step.below:g}"
    if not earlier:
        return _why_not_first(step)
    before = earlier[-1].below
    if before is None:
        return "ช่วงก่อนหน้าไม่มีค่าสูงสุด", "the class before it has no upper limit"
    starts = {before}
    if step.view in COUNTED and earlier[-1].is_point:
        starts = {before + 1}
    elif step.is_point and step.view not in COUNTED:
        return "ช่วงที่มีค่าเดียวต้องเป็นช่วงแรก", "a class of one figure must come first"
    if step.least not in starts:
        wanted = f"{min(starts):g}"
        return (
            f"ต้องเริ่มที่ {wanted} เพื่อไม่ให้ขาดหรือซ้อนกัน",
            f"must start at {wanted} to leave no gap or overlap",
        )
    return None


def _why_not_first(step: Step) -> tuple[str, str] | None:
    """Say why a step cannot be the first of its view."""
    if step.least is None or (step.least == 0 and step.view not in _BELOW_ZERO):
        return None
    if step.view in _BELOW_ZERO:
        return "ช่วงแรกต้องไม่มีค่าต่ำสุด", "the first class must have no lower limit"
    return "ช่วงแรกต้องเริ่มที่ 0 หรือไม่มีค่าต่ำสุด", "the first class must start at 0 or be open"


def why_not_last(step: Step) -> tuple[str, str] | None:
    """Say in Thai and English why a step cannot be the last of its view; None where it can."""
    if step.below is None or (step.view in COUNTED and step.holds(COUNTED[step.view])):
        return None
    return "ช่วงสุดท้ายต้องไม่มีค่าสูงสุด", "the last class must have no upper limit"
