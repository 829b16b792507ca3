"""Work out the coverage of every published round and write all of it into one workbook.

    .venv/bin/python scripts/compute_coverage.py --office FOLDER [--out FILE]

Rounds are worked out from the oldest to the newest, because the outlook of a round looks back on
those before it. Each round's GeoPackage gets its layers of coverage, as `gisapp coverage` gives
them. Without ``--out`` the workbook is ``layers/coverage.xlsx`` of the office.
"""

from pathlib import Path

import click

from gisapp.cli.common import now, speak_utf8, speaks
from gisapp.cli.coverage import coverage_line
from gisapp.errors import RoundNotFoundError
from gisapp.pipeline.coverage import compute_coverage
from gisapp.settings import Settings, office_from_environment
from gisapp.store.coverage_book import CoverageRound, write_coverage_book
from gisapp.store.published import rounds_built
from gisapp.store.tables import read_coverage_criteria


@click.command()
@click.option(
    "--office",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the office (default: GISAPP_OFFICE, else the current folder).",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The workbook (default: layers/coverage.xlsx of the office).",
)
@speaks
def main(office: Path | None, out: Path | None) -> None:
    """Work out every round's coverage, oldest first, and write one workbook."""
    speak_utf8()
    settings = Settings.load(office or office_from_environment())
    rounds = sorted(rounds_built(settings))
    if not rounds:
        raise RoundNotFoundError(
            "ยังไม่มีรอบที่เผยแพร่ สั่ง gisapp build รอบ ก่อน",
            "no round is published yet; run `gisapp build ROUND` first",
        )
    criteria = read_coverage_criteria(settings)
    covered = []
    for data_round in rounds:
        found = compute_coverage(settings, data_round, now())
        covered.append(CoverageRound.of(data_round, found.layers, found.stated))
        coverage_line(found, criteria)
    path = out or settings.layers_dir / "coverage.xlsx"
    name = settings.name_th or settings.name_en
    write_coverage_book(covered, path, name, criteria)
    click.echo(f"{'สมุดงาน' if settings.language == 'th' else 'workbook'}: {path}")


if __name__ == "__main__":
    main()
