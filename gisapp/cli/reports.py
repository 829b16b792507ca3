"""What commands print about a checked round, for people and for programs."""

import json
from collections import Counter
from typing import Any

import click

from gisapp import pipeline
from gisapp.core.problems import BLOCK, SEVERITIES
from gisapp.settings import Settings

#: At most this many blocking problems are printed; the workbook holds all of them.
_SHOWN_BLOCKS = 10

_SEVERITY = {
    "th": {"block": "ต้องแก้", "warn": "ควรดู", "note": "แจ้งไว้"},
    "en": {"block": "must fix", "warn": "check", "note": "note"},
}


def report_line(checked: pipeline.Checked) -> None:
    """Print one line about a round."""
    counts = Counter(problem.severity for problem in checked.problems)
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
    counts = Counter(problem.severity for problem in checked.problems)
    book = settings.problem_book(checked.data_round.name)
    layers = settings.layer_file(checked.data_round.name)
    if as_json:
        answer = {
            "round": checked.data_round.name,
            "schools": len(schools),
            "students": _total(schools),
            "problems": {severity: counts[severity] for severity in SEVERITIES},
            "published": str(layers) if published else None,
            "problem_book": str(book),
        }
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    thai, words = settings.language == "th", _SEVERITY[settings.language]
    name = settings.name_th if thai else settings.name_en
    click.echo(f"{name} · {'รอบ' if thai else 'round'} {checked.data_round}")
    click.echo(
        f"{'โรงเรียน' if thai else 'schools'} {len(schools):,} · "
        f"{'นักเรียน' if thai else 'pupils'} {_total(schools):,}"
    )
    click.echo(" · ".join(f"{words[severity]} {counts[severity]}" for severity in SEVERITIES))
    _report_blocks(checked)
    click.echo(f"{'สมุดปัญหา' if thai else 'problem workbook'}: {book}")
    if published:
        click.echo(f"{'เผยแพร่แล้ว' if thai else 'published'}: {layers}")
    elif checked.blocks:
        click.echo(
            "ยังเผยแพร่ไม่ได้จนกว่าจะแก้เรื่องที่ต้องแก้ ไฟล์เดิมคงอยู่"
            if thai
            else "not publishable until what must be fixed is fixed; the previous file stays"
        )


def _report_blocks(checked: pipeline.Checked) -> None:
    """Say each blocking problem in both languages, with its place and what to do."""
    blocks = checked.blocks
    for problem in blocks[:_SHOWN_BLOCKS]:
        click.echo(f"[{BLOCK}] {problem.place}")
        for language in ("th", "en"):
            click.echo(f"    {problem.message(language)} → {problem.advice(language)}")
    if len(blocks) > _SHOWN_BLOCKS:
        click.echo(f"    … +{len(blocks) - _SHOWN_BLOCKS}")


def _total(schools: Any) -> int:
    return int(schools["students"].sum())
