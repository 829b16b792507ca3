"""What every command shares: the group, the way errors are said, and the clock."""

import datetime
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from gisapp import __version__
from gisapp.errors import GisappError
from gisapp.settings import office_from_environment

DONE, BLOCKED, UNUSABLE = 0, 1, 2

LOOPBACK = "127.0.0.1"


def speaks(command: Callable[..., None]) -> Callable[..., None]:
    """Turn our errors into one sentence in both languages, and never into a traceback."""

    @wraps(command)
    def spoken(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except GisappError as error:
            click.echo(f"{error.th}\n{error}", err=True)
            sys.exit(UNUSABLE)

    return spoken


@click.group()
@click.option(
    "--office",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the office (default: GISAPP_OFFICE, else the current folder).",
)
@click.version_option(__version__, prog_name="gisapp")
@click.pass_context
def main(context: click.Context, office: Path | None) -> None:
    """School maps of an education office, from Excel sheets to a web map.

    แผนที่โรงเรียนของสำนักงานเขตพื้นที่ จากไฟล์ Excel ถึงแผนที่บนเว็บ
    """
    speak_utf8()
    context.obj = office or office_from_environment()


def speak_utf8() -> None:
    """Write Thai to the console whatever code page it has: those of Windows may have none."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


def now() -> datetime.datetime:
    """The time, to the second, as files state it."""
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


def about_round(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command its ROUND, ``--json``, the office, and errors said in words."""
    for decorate in (
        speaks,
        click.pass_obj,
        click.option("--json", "as_json", is_flag=True, help="Print one JSON object."),
        click.argument("round_name", metavar="ROUND"),
    ):
        command = decorate(command)
    return command
