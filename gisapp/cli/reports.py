"""What commands print about a checked round, for people and for programs."""

import dataclasses
import json
from collections import Counter
from typing import Any

import click

from gisapp import pipeline
from gisapp.core.problems import BLOCK, SEVERITIES
from gisapp.settings import Settings
from gisapp.store.mended_files import Mended

#: At most this many blocking problems are printed; the workbook holds all of them.
_SHOWN_BLOCKS = 10

#: What commands call a severity.
SEVERITY = {
    "th": {"block": "ต้องแก้", "warn": "ควรดู", "note": "แจ้งไว้"},
    "en": {"block": "must fix", "warn": "check", "note": "note"},
}


def report_line(checked: pipeline.Checked) -> None:
    """Print one line about a round."""
    counts = _open_counts(checked)
    schools = checked.layers["schools"]
    state = "ยังเผยแพร่ไม่ได้ / blocked" if checked.blocks else "เผยแพร่แล้ว / built"
    click.echo(
        f"  {checked.data_round}  {len(schools):>4} โรงเรียน {_total(schools):>7,} คน  "
        f"block {counts['block']:>2}  warn {counts['warn']:>3}  note {counts['note']:>3}  {state}"
    )


def report(
    settings: Settings, checked: pipeline.Checked, as_json: bool, *, published: bool
) -> None:
    """Print what a check or a build found and where it stands."""
    schools = checked.layers["schools"]
    counts = _open_counts(checked)
    acknowledged = len(checked.problems) - counts.total()
    book = settings.problem_book(checked.data_round.name)
    layers = settings.layer_file(checked.data_round.name)
    if as_json:
        answer = {
            "round": checked.data_round.name,
            "schools": len(schools),
            "students": _total(schools),
            "problems": {severity: counts[severity] for severity in SEVERITIES},
            "acknowledged": acknowledged,
            "published": str(layers) if published else None,
            "problem_book": str(book),
        }
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    thai, words = settings.language == "th", SEVERITY[settings.language]
    name = settings.name_th if thai else settings.name_en
    click.echo(f"{name} · {'รอบ' if thai else 'round'} {checked.data_round}")
    click.echo(
        f"{'โรงเรียน' if thai else 'schools'} {len(schools):,} · "
        f"{'นักเรียน' if thai else 'pupils'} {_total(schools):,}"
    )
    found = [f"{words[severity]} {counts[severity]}" for severity in SEVERITIES]
    if acknowledged:
        found.append(f"{'รับทราบแล้ว' if thai else 'acknowledged'} {acknowledged}")
    click.echo(" · ".join(found))
    _report_blocks(checked, words[BLOCK])
    click.echo(f"{'สมุดปัญหา' if thai else 'problem workbook'}: {book}")
    if published:
        click.echo(f"{'เผยแพร่แล้ว' if thai else 'published'}: {layers}")
    elif checked.blocks:
        click.echo(
            "ยังเผยแพร่ไม่ได้จนกว่าจะแก้เรื่องที่ต้องแก้ ไฟล์เดิมคงอยู่"
            if thai
            else "not publishable until what must be fixed is fixed; the previous file stays"
        )


def _report_blocks(checked: pipeline.Checked, word: str) -> None:
    """Say each blocking problem in both languages, with its identity, place and what to do."""
    blocks = checked.blocks
    for problem in blocks[:_SHOWN_BLOCKS]:
        click.echo(f"[{word} · {problem.problem_id}] {problem.place}".rstrip())
        for language in ("th", "en"):
            click.echo(f"    {problem.message(language)} → {problem.advice(language)}")
    if len(blocks) > _SHOWN_BLOCKS:
        click.echo(f"    … +{len(blocks) - _SHOWN_BLOCKS}")


def _open_counts(checked: pipeline.Checked) -> Counter[str]:
    """Severity -> problems that nobody has acknowledged."""
    return Counter(problem.severity for problem in checked.problems if problem.acknowledged is None)


def _total(schools: Any) -> int:
    return int(schools["students"].sum())


def report_mended(came: Mended) -> None:
    """Say each cell that a school changed, old and new, and what of it is not taken over."""
    for line in came.corrections:
        mark = "" if line.problem_id else "  (ไม่ใช่ช่องที่มีสี / not a coloured cell)"
        place = f"{line.file} · {line.cell}  {line.column}"
        click.echo(f"{place}: {_quoted(line.old_value)} → {_quoted(line.new_value)}{mark}")
    for change in came.unplaced:
        place = f"{change.file} · {change.cell}"
        values = f"{_quoted(change.old)} → {_quoted(change.new)}"
        click.echo(f"[ไม่รับ / not taken] {place}: {values}", err=True)
        click.echo(f"    {change.th}\n    {change.en}", err=True)


def mended_answer(came: Mended) -> dict[str, object]:
    """The same for programs."""
    taken = [
        {
            "file": line.file,
            "cell": line.cell,
            "column": line.column,
            "old": line.old_value,
            "new": line.new_value,
            "coloured": bool(line.problem_id),
        }
        for line in came.corrections
    ]
    left = [dataclasses.asdict(change) for change in came.unplaced]
    return {"school": came.school, "changes": taken, "not_taken": left}


def _quoted(text: str) -> str:
    return f"“{text}”"
