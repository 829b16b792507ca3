"""Commands about a round: check, build, and what officers decide about its problems."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import click

from gisapp import pipeline
from gisapp.cli.common import BLOCKED, DONE, UNUSABLE, about_round, main, now
from gisapp.cli.reports import mended_answer, report, report_mended
from gisapp.core.problems import Problem
from gisapp.core.rounds import Round
from gisapp.errors import DecisionError, FileInUseError, ProblemNotFoundError
from gisapp.pipeline.returned import take_over_returned
from gisapp.settings import Settings
from gisapp.store.decisions import ACKNOWLEDGED, record_acceptances, record_decisions
from gisapp.store.recalled import recall_decision


def _about_problems(why: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command its problems, the reason, and who decides."""

    def add(command: Callable[..., None]) -> Callable[..., None]:
        for decorate in (
            click.option("--by", required=True, help="Who decides."),
            click.option("--reason", required=True, help=why),
            click.argument("problem_ids", metavar="PROBLEM_ID...", nargs=-1, required=True),
        ):
            command = decorate(command)
        return command

    return add


@main.command()
@about_round
@click.option("--school-files", is_flag=True, help="Also write a workbook for each school.")
def check(office: Path, round_name: str, as_json: bool, school_files: bool) -> None:
    """Read and check the sheets of ROUND; publish nothing."""
    settings = Settings.load(office)
    step = pipeline.check_for_schools if school_files else pipeline.check_round
    checked = step(settings, Round.parse(round_name), now())
    report(settings, checked, as_json, published=False)
    sys.exit(BLOCKED if checked.blocks else DONE)


@main.command()
@about_round
def build(office: Path, round_name: str, as_json: bool) -> None:
    """Check ROUND and publish its layers when nothing blocks them."""
    settings = Settings.load(office)
    checked = pipeline.build_round(settings, Round.parse(round_name), now())
    report(settings, checked, as_json, published=not checked.blocks)
    sys.exit(BLOCKED if checked.blocks else DONE)


@main.command()
@about_round
@_about_problems("Why it may stand.")
def acknowledge(
    office: Path,
    round_name: str,
    as_json: bool,
    problem_ids: tuple[str, ...],
    reason: str,
    by: str,
) -> None:
    """Accept problems of ROUND with a reason, for the values they state now."""
    settings, data_round = Settings.load(office), Round.parse(round_name)
    found = {problem.problem_id: problem for problem in _problems(settings, data_round)}
    chosen = [_known(found, problem_id, data_round) for problem_id in problem_ids]
    _need_words(reason, by)
    record_decisions(settings, data_round, chosen, ACKNOWLEDGED, reason, by, now())
    _check_again(settings, data_round, "acknowledged", len(chosen), as_json)


@main.command()
@about_round
@_about_problems("Why it is taken back.")
def recall(
    office: Path,
    round_name: str,
    as_json: bool,
    problem_ids: tuple[str, ...],
    reason: str,
    by: str,
) -> None:
    """Take back an acknowledgement or an accepted value of ROUND: the problem is open again."""
    settings, data_round = Settings.load(office), Round.parse(round_name)
    _need_words(reason, by)
    for problem_id in problem_ids:
        recall_decision(settings, data_round, problem_id, reason, by, now())
    _check_again(settings, data_round, "recalled", len(problem_ids), as_json)


@main.command()
@about_round
@click.argument("problem_ids", metavar="[PROBLEM_ID]...", nargs=-1)
@click.option("--kind", help="Every proposal of this kind.")
@click.option("--file", "file_name", help="Only those of this file.")
@click.option("--reason", default="ใช้ค่าที่เสนอ", show_default=True, help="Why.")
@click.option("--by", required=True, help="Who decides.")
def accept(
    office: Path,
    round_name: str,
    as_json: bool,
    problem_ids: tuple[str, ...],
    kind: str | None,
    file_name: str | None,
    reason: str,
    by: str,
) -> None:
    """Use the proposed values of problems of ROUND: lines are added to its corrections.csv."""
    settings, data_round = Settings.load(office), Round.parse(round_name)
    problems = _problems(settings, data_round)
    found = {problem.problem_id: problem for problem in problems}
    chosen = [_known(found, problem_id, data_round) for problem_id in problem_ids]
    chosen += [
        problem
        for problem in problems
        if kind and problem.kind == kind and (file_name or problem.file) == problem.file
    ]
    _need_words(reason, by)
    proposed = [problem for problem in chosen if problem.proposal]
    if not proposed:
        click.echo("ไม่มีเรื่องที่มีค่าที่เสนอให้ใช้\nno such problem has a proposed value", err=True)
        sys.exit(UNUSABLE)
    accepted = [(problem, problem.changes) for problem in proposed]
    record_acceptances(settings, data_round, accepted, reason, by, now())
    _check_again(settings, data_round, "accepted", len(proposed), as_json)


@main.command()
@about_round
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--by", required=True, help="Who takes the changes over.")
def mended(office: Path, round_name: str, as_json: bool, file: Path, by: str) -> None:
    """Take over FILE that a school mended and sent back: its changes go to corrections.csv."""
    settings, data_round = Settings.load(office), Round.parse(round_name)
    _need_words(by)
    came = take_over_returned(settings, data_round, file, by, now().date())
    if not as_json:
        report_mended(came)
    told = mended_answer(came)
    _check_again(settings, data_round, "taken over", len(came.corrections), as_json, told)


def _problems(settings: Settings, data_round: Round) -> list[Problem]:
    return pipeline.join_sheets(settings, data_round).problems


def _known(found: dict[str, Problem], problem_id: str, data_round: Round) -> Problem:
    if problem_id not in found:
        raise ProblemNotFoundError(
            f"รอบ {data_round} ไม่มีเรื่อง {problem_id} ดูรหัสเรื่องในสมุดปัญหา",
            f"round {data_round} has no problem {problem_id}; see the problem workbook",
        )
    return found[problem_id]


def _need_words(*words: str) -> None:
    if not all(word.strip() for word in words):
        raise DecisionError("ต้องมีเหตุผลและชื่อผู้ตัดสินใจ", "a reason and a name are needed")


def _check_again(
    settings: Settings,
    data_round: Round,
    what: str,
    number: int,
    as_json: bool,
    told: Mapping[str, object] = MappingProxyType({}),
) -> None:
    """Check the round once more and say what was written down, and what is left.

    What was written down stays also where the round cannot be checked just now.
    """
    try:
        left = len(pipeline.check_round(settings, data_round, now()).blocks)
    except FileInUseError as error:
        th = f"บันทึกแล้ว {number} เรื่อง แต่ยังตรวจใหม่ไม่ได้ สั่ง gisapp check {data_round} ภายหลัง"
        en = f"{number} {what}, but not checked again; run `gisapp check {data_round}` later"
        raise FileInUseError(f"{th}\n{error.th}", f"{en}\n{error}") from error
    if as_json:
        answer = {"round": data_round.name, what: number, "blocks_left": left, **told}
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    click.echo(
        f"บันทึกแล้ว {number} เรื่อง เหลือเรื่องที่ต้องแก้ {left}\n{number} {what}; {left} still must be fixed"
    )
