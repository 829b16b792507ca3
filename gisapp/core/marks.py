"""What is written beside a faulty cell: how much it matters, what is wrong and what to do."""

import json
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from gisapp.core.problems import NOTE, SEVERITIES, Problem
from gisapp.core.sheet_layout import Layout, Spot, faulty_cells

#: One comment tells so many problems of a cell; the problem workbook has them all.
MOST_TOLD = 4

_WORDS = {
    "th": {
        "advice": "ควรทำ",
        "proposal": "ค่าที่เสนอ",
        "why": "เพราะ",
        "more": "และอีก {} เรื่อง",
        "settled": "รับทราบแล้ว",
    },
    "en": {
        "advice": "Do",
        "proposal": "Proposed",
        "why": "because",
        "more": "and {} more",
        "settled": "Acknowledged",
    },
}


@dataclass(frozen=True)
class Remark:
    """A problem in the words of one language, as it is written beside its cell.

    Attributes:
        severity: block, warn or note; an acknowledged problem is only worth a note.
        school: Code of its school; empty where it is no school's.
        proposal: Our column -> the text proposed.
        settled: The reason why it may stand; empty while nobody accepted it.
    """

    problem_id: str
    severity: str
    file: str
    sheet: str
    row: int | None
    column: str
    cell: str
    school: str
    value: str
    message: str
    advice: str
    proposal: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    settled: str = ""


@dataclass(frozen=True)
class Mark:
    """What a cell is marked with: the worst severity, and the text of its comment."""

    severity: str
    comment: str


def remark_of(problem: Problem, language: str = "th") -> Remark:
    """Put a problem into words, Thai (``th``) or English (``en``)."""
    settled = problem.acknowledged.reason if problem.acknowledged else ""
    return Remark(
        problem_id=problem.problem_id,
        severity=NOTE if settled else problem.severity,
        file=problem.file,
        sheet=problem.sheet,
        row=problem.row,
        column=problem.column,
        cell=problem.cell,
        school=problem.school,
        value=problem.value,
        message=problem.message(language),
        advice=problem.advice(language),
        proposal=problem.proposal,
        why=problem.why(language),
        settled=settled,
    )


def remark_to_school(problem: Problem, language: str = "th") -> Remark | None:
    """Put a problem into words for its school; None where the office alone can mend it."""
    told = problem.to_school(language)
    if told is None:
        return None
    message, advice = told
    return replace(remark_of(problem, language), message=message, advice=advice)


def remark_of_row(row: Mapping[Hashable, object], language: str = "th") -> Remark:
    """Take a remark from a row of the layer `problems`; unknown is None there, or NaN."""
    known = {name: value for name, value in row.items() if value is not None and value == value}
    text = {name: str(value) for name, value in known.items()}
    settled = text.get("acknowledged_reason", "")
    return Remark(
        problem_id=text["problem_id"],
        severity=NOTE if settled else text["severity"],
        file=text.get("file", ""),
        sheet=text.get("sheet", ""),
        row=int(float(text["row"])) if "row" in text else None,
        column=text.get("column", ""),
        cell=text.get("cell", ""),
        school=text.get("smis_code", "").partition(" ")[0],
        value=text.get("value", ""),
        message=text[f"message_{language}"],
        advice=text[f"advice_{language}"],
        proposal=read_proposal(text.get("proposal", "")),
        why=text.get(f"why_{language}", ""),
        settled=settled,
    )


def read_proposal(text: str) -> dict[str, str]:
    """Read the layer's column `proposal`: JSON of our column -> [text received, text proposed]."""
    changes = json.loads(text) if text else {}
    return {column: proposed for column, (_, proposed) in changes.items()}


def proposed_text(proposal: Mapping[str, str]) -> str:
    """Write a proposal as people write it: one value bare, a place as ``lat, lon``.

    Empty without a proposal; otherwise each value stands behind the name of its column.
    """
    if set(proposal) == {"lat", "lon"}:
        return f"{proposal['lat']}, {proposal['lon']}"
    if len(proposal) == 1:
        return next(iter(proposal.values()))
    return " · ".join(f"{column}: {value}" for column, value in proposal.items())


def mark_cells(layout: Layout, remarks: Iterable[Remark], language: str = "th") -> dict[Spot, Mark]:
    """Say which cells of a sheet are marked, and with what.

    Args:
        layout: The sheet.
        remarks: On this sheet.
        language: Of the words between the remarks, ``th`` or ``en``.
    """
    told: dict[Spot, list[Remark]] = {}
    for remark in remarks:
        for spot in faulty_cells(layout, remark):
            told.setdefault(spot, []).append(remark)
    marks = {}
    for spot, found in told.items():
        found.sort(key=lambda remark: SEVERITIES.index(remark.severity))
        texts = list(dict.fromkeys(_comment(layout, spot, one, language) for one in found))
        more = [_WORDS[language]["more"].format(len(texts) - MOST_TOLD)]
        shown = texts[:MOST_TOLD] + (more if len(texts) > MOST_TOLD else [])
        marks[spot] = Mark(found[0].severity, "\n\n".join(shown))
    return marks


def _comment(layout: Layout, spot: Spot, remark: Remark, language: str) -> str:
    words = _WORDS[language]
    if remark.settled:
        return f"{remark.message}\n{words['settled']}: {remark.settled}"
    lines = [remark.message, f"{words['advice']}: {remark.advice}"]
    here = {
        name: text for name, text in remark.proposal.items() if layout.columns.get(name) == spot[1]
    }
    if proposed := proposed_text(here or remark.proposal):
        reason = f" ({words['why']} {remark.why})" if remark.why else ""
        lines.append(f"{words['proposal']}: {proposed}{reason}")
    return "\n".join(lines)
