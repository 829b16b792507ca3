"""The command that compares: two rounds, or two sources of one."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import click

from gisapp.cli.common import main, speaks
from gisapp.core.compare import compare_rounds
from gisapp.core.compare_sources import compare_sources
from gisapp.core.compare_words import source_lines, summarise, summarise_sources, summary_lines
from gisapp.core.rounds import Round
from gisapp.core.sizes import FOUR_CLASSES
from gisapp.errors import RoundNameError, RoundNotFoundError
from gisapp.settings import Settings
from gisapp.store.compare_book import write_compare_book, write_source_book
from gisapp.store.earlier import need_published_round, read_other_sources
from gisapp.store.published_views import size_classes
from gisapp.store.tables import read_limits


@main.command()
@click.argument("round_names", metavar="ROUND [ROUND]", nargs=-1, required=True)
@click.option("--national", is_flag=True, help="Compare one ROUND with the national DMC figures.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@speaks
def compare(office: Path, round_names: tuple[str, ...], national: bool, as_json: bool) -> None:
    """Say what changed between two published rounds, school by school."""
    settings = Settings.load(office)
    rounds = sorted({Round.parse(name) for name in round_names})
    if len(rounds) != (1 if national else 2):
        raise RoundNameError(
            "ต้องระบุสองรอบที่ต่างกัน หรือหนึ่งรอบกับ --national เช่น gisapp compare 2567-1 2568-1",
            "name two different rounds, or one with --national: `gisapp compare 2567-1 2568-1`",
        )
    lines, answer = (_sources if national else _rounds)(settings, rounds)
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    thai = settings.language == "th"
    click.echo(settings.name_th if thai else settings.name_en)
    for line in lines:
        click.echo(line)
    click.echo(f"{'สมุดเปรียบเทียบ' if thai else 'workbook'}: {answer['workbook']}")


def _rounds(settings: Settings, rounds: list[Round]) -> tuple[list[str], dict[str, Any]]:
    before, after = (need_published_round(settings, data_round) for data_round in rounds)
    moved_m = read_limits(settings).moved_m
    compared = compare_rounds(before, after, settings.metric_crs, moved_m)
    path = settings.layers_dir / f"{rounds[0]}-{rounds[1]}-compare.xlsx"
    sizes = size_classes(settings, None)[FOUR_CLASSES]
    words = {name: size.label_th or name for name, size in sizes.items()}
    write_compare_book(compared, path, settings.name_th, words)
    answer = dataclasses.asdict(summarise(compared))
    answer["taken_over"] = compared.taken_over.to_dict("records")
    return summary_lines(compared, settings.language), answer | {"workbook": str(path)}


def _sources(settings: Settings, rounds: list[Round]) -> tuple[list[str], dict[str, Any]]:
    (data_round,) = rounds
    published = need_published_round(settings, data_round)
    other = read_other_sources(settings, data_round)
    if other.empty:
        raise RoundNotFoundError(
            f"รอบ {data_round} ไม่มีตัวเลขระดับประเทศ วางไฟล์ DMC ระดับประเทศไว้ข้างไฟล์ของสำนักงาน"
            f"ในโฟลเดอร์ของรอบ แล้วสั่ง gisapp build {data_round}",
            f"round {data_round} holds no national figures; put the national DMC workbook beside "
            f"the office's sheet in the round's folder and run `gisapp build {data_round}`",
        )
    compared = compare_sources(published, other)
    path = settings.layers_dir / f"{data_round}-national-compare.xlsx"
    write_source_book(compared, path, settings.name_th)
    answer = {
        "round": data_round.name,
        "sources": [dataclasses.asdict(found) for found in summarise_sources(compared)],
    }
    return source_lines(compared, settings.language), answer | {"workbook": str(path)}
