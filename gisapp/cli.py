"""Commands. Each one is a step of the pipeline, or the server."""

import datetime
import json
import socket
import sys
from collections import Counter
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
import waitress

from gisapp import __version__, pipeline
from gisapp.core.problems import BLOCK, SEVERITIES
from gisapp.core.rounds import Round
from gisapp.errors import GisappError
from gisapp.sample.office import write_sample
from gisapp.settings import Settings, office_from_environment
from gisapp.store.office import make_office
from gisapp.store.rounds import list_rounds
from gisapp.web import create_app

BUILT, BLOCKED, UNUSABLE = 0, 1, 2

LOOPBACK = "127.0.0.1"

#: At most this many blocking problems are printed; the workbook holds all of them.
_SHOWN_BLOCKS = 10

_SEVERITY = {
    "th": {"block": "ต้องแก้", "warn": "ควรดู", "note": "แจ้งไว้"},
    "en": {"block": "must fix", "warn": "check", "note": "note"},
}


_PORT = click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on.",
)


def _speaks(command: Callable[..., None]) -> Callable[..., None]:
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


@main.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on.",
)
@click.option("--build-only", is_flag=True, help="Do not serve the map at the end.")
@_speaks
def demo(port: int, build_only: bool) -> None:
    """Write the sample office, build its layers and serve the map."""
    office = Path("sample-office")
    if (office / "office.toml").is_file():
        click.echo(f"พบสำนักงานตัวอย่างใน {office} / found the sample office in {office}")
    else:
        click.echo(f"กำลังเขียนสำนักงานตัวอย่าง / writing the sample office: {office}")
        write_sample(office, tell=_tell)
    settings = Settings.load(office)
    for data_round in list_rounds(settings):
        _report_line(pipeline.build_round(settings, data_round, _now()))
    if not build_only:
        _serve(settings, LOOPBACK, _free_port(port), office_pages=False)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--seed", default=68, show_default=True, help="Same seed, same bytes.")
@_speaks
def sample(folder: Path, seed: int) -> None:
    """Write the fictional sample office into FOLDER."""
    write_sample(folder, seed, _tell)
    click.echo(f"เขียนแล้ว / written: {folder}")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--area-code", required=True, help="The office's 8 digits, for example 58010000.")
@click.option("--name", required=True, help="The office's name in Thai.")
@click.option("--name-en", default="", help="The office's name in English.")
@_speaks
def init(folder: Path, area_code: str, name: str, name_en: str) -> None:
    """Make an empty office in FOLDER, with the blank forms."""
    settings = make_office(folder, area_code, name, name_en or name)
    click.echo(
        f"สร้างสำนักงานแล้ว: {folder}\n"
        f"วางไฟล์ Excel ของแต่ละรอบใน {settings.rounds_dir / '2568-1'} แล้วสั่ง gisapp build 2568-1\n"
        f"office made: {folder}; put the sheets of a round into {settings.rounds_dir / '2568-1'}, "
        "then run gisapp build 2568-1"
    )


@main.command()
@click.argument("round_name", metavar="ROUND")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@_speaks
def check(office: Path, round_name: str, as_json: bool) -> None:
    """Read and check the sheets of ROUND; publish nothing."""
    settings = Settings.load(office)
    checked = pipeline.check_round(settings, Round.parse(round_name))
    _report(settings, checked, as_json, published=False)
    sys.exit(BLOCKED if checked.blocks else BUILT)


@main.command()
@click.argument("round_name", metavar="ROUND")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@_speaks
def build(office: Path, round_name: str, as_json: bool) -> None:
    """Check ROUND and publish its layers when nothing blocks them."""
    settings = Settings.load(office)
    checked = pipeline.build_round(settings, Round.parse(round_name), _now())
    _report(settings, checked, as_json, published=not checked.blocks)
    sys.exit(BLOCKED if checked.blocks else BUILT)


@main.command()
@click.option("--host", default=LOOPBACK, show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on.",
)
@click.option("--office-pages", is_flag=True, help="Show pages of the office, on this PC only.")
@click.pass_obj
@_speaks
def serve(office: Path, host: str, port: int, office_pages: bool) -> None:
    """Serve the map."""
    if office_pages and host != LOOPBACK:
        click.echo(
            f"--office-pages ใช้ได้กับ {LOOPBACK} เท่านั้น เพราะยังไม่มีการลงชื่อเข้าใช้\n"
            f"--office-pages needs --host {LOOPBACK}: there are no accounts yet",
            err=True,
        )
        sys.exit(UNUSABLE)
    _serve(Settings.load(office), host, port, office_pages)


def _serve(settings: Settings, host: str, port: int, office_pages: bool) -> None:
    app = create_app(settings, office_pages=office_pages)
    try:
        server = waitress.create_server(app, host=host, port=port, threads=8)
    except OSError as error:
        click.echo(
            f"เปิดพอร์ต {port} ไม่ได้ อาจมีโปรแกรมอื่นใช้อยู่ ลองเพิ่ม --port {port + 1}\n"
            f"cannot open port {port}: {error.strerror}; try --port {port + 1}",
            err=True,
        )
        sys.exit(UNUSABLE)
    click.echo(f"แผนที่อยู่ที่ / the map is at  http://{host}:{port}/   (หยุด / stop: Ctrl+C)")
    server.run()


def _tell(part: str) -> None:
    click.echo(f"  {part}", err=True)


def _free_port(port: int) -> int:
    """The first free port from this one on; a demo should start beside anything."""
    for candidate in range(port, port + 20):
        with socket.socket() as probe:
            if probe.connect_ex((LOOPBACK, candidate)):
                return candidate
    return port


def _report_line(checked: pipeline.Checked) -> None:
    """Print one line about a round."""
    counts = Counter(problem.severity for problem in checked.problems)
    schools = checked.layers["schools"]
    state = "ยังเผยแพร่ไม่ได้ / blocked" if checked.blocks else "เผยแพร่แล้ว / built"
    click.echo(
        f"  {checked.data_round}  {len(schools):>4} โรงเรียน {_total(schools):>7,} คน  "
        f"block {counts['block']:>2}  warn {counts['warn']:>3}  note {counts['note']:>3}  {state}"
    )


def _report(
    settings: Settings, checked: pipeline.Checked, as_json: bool, *, published: bool
) -> None:
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


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)
