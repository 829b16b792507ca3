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
    for stream in (sys.stdout, sys.stderr):
        # Windows consoles may still use a code page that has no Thai.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
    context.obj = office or office_from_environment()


def now() -> datetime.datetime:
    """The time, to the second, as files state it."""
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)
