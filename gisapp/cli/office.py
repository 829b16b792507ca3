"""Commands about an office: the sample, a new one, and the server."""

import socket
import sys
from pathlib import Path

import click

from gisapp import pipeline
from gisapp.cli.common import LOOPBACK, UNUSABLE, main, now, speaks
from gisapp.cli.coverage import coverage_line
from gisapp.cli.reports import report_line
from gisapp.core.rounds import Round
from gisapp.settings import Settings
from gisapp.store.office import make_office
from gisapp.store.rounds import list_rounds
from gisapp.store.tables import read_coverage_criteria

_PORT = click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on.",
)

#: Connections at once, and how long a silent one is kept, seconds. A browser opens up to six and
#: keeps them: waitress' own hundred are taken by the first seventeen readers, and the next waits
#: for two minutes. Windows watches 512 at most.
_CONNECTIONS, _IDLE_S = 500, 30


@main.command()
@_PORT
@click.option("--build-only", is_flag=True, help="Do not serve the map at the end.")
@speaks
def demo(port: int, build_only: bool) -> None:
    """Write the sample office, build its layers and serve the map."""
    office = Path("sample-office")
    if (office / "office.toml").is_file():
        click.echo(f"พบสำนักงานตัวอย่างใน {office} / found the sample office in {office}")
    else:
        click.echo(f"กำลังเขียนสำนักงานตัวอย่าง / writing the sample office: {office}")
        _write_sample(office)
    settings = Settings.load(office)
    for data_round in list_rounds(settings):
        checked = pipeline.build_round(settings, data_round, now())
        report_line(checked)
        if not checked.blocks:
            _cover(settings, data_round)
    if not build_only:
        _serve(settings, LOOPBACK, _free_port(port), office_pages=False)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--seed", default=68, show_default=True, help="Same seed, same bytes.")
@speaks
def sample(folder: Path, seed: int) -> None:
    """Write the fictional sample office into FOLDER."""
    _write_sample(folder, seed)
    click.echo(f"เขียนแล้ว / written: {folder}")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--area-code", required=True, help="The office's 8 digits, such as 58010000; elsewhere its own."
)
@click.option("--name", required=True, help="The office's name in Thai.")
@click.option("--name-en", default="", help="The office's name in English.")
@speaks
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
@click.option("--host", default=LOOPBACK, show_default=True, help="Address to listen on.")
@_PORT
@click.option("--office-pages", is_flag=True, help="Show pages of the office, on this PC only.")
@click.pass_obj
@speaks
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
    # Imported here: loading Flask and folium is a tenth of the time that checking a round takes.
    import waitress

    from gisapp.web import create_app
    from gisapp.worker import start_worker

    app = create_app(settings, office_pages=office_pages)
    try:
        server = waitress.create_server(
            app,
            host=host,
            port=port,
            threads=8,
            connection_limit=_CONNECTIONS,
            asyncore_use_poll=True,
            channel_timeout=_IDLE_S,
            cleanup_interval=_IDLE_S // 3,
        )
    except OSError as error:
        click.echo(
            f"เปิดพอร์ต {port} ไม่ได้ อาจมีโปรแกรมอื่นใช้อยู่ ลองเพิ่ม --port {port + 1}\n"
            f"cannot open port {port}: {error.strerror}; try --port {port + 1}",
            err=True,
        )
        sys.exit(UNUSABLE)
    click.echo(f"แผนที่อยู่ที่ / the map is at  http://{host}:{port}/   (หยุด / stop: Ctrl+C)")
    # Only the office's own pages can leave jobs.
    end_worker = start_worker(settings) if office_pages else None
    try:
        server.run()
    finally:
        if end_worker:
            end_worker()


def _cover(settings: Settings, data_round: Round) -> None:
    # Imported here: only coverage needs compiled loops, slow to load.
    from gisapp.pipeline.coverage import compute_coverage

    covered = compute_coverage(settings, data_round, now())
    coverage_line(covered, read_coverage_criteria(settings))


def _write_sample(folder: Path, seed: int = 68) -> None:
    # Imported here: only the sample's world needs scipy's images and graphs, slow to load.
    from gisapp.sample.office import write_sample

    write_sample(folder, seed, _tell)


def _tell(part: str) -> None:
    click.echo(f"  {part}", err=True)


def _free_port(port: int) -> int:
    """The first free port from this one on; a demo should start beside anything."""
    for candidate in range(port, port + 20):
        with socket.socket() as probe:
            if probe.connect_ex((LOOPBACK, candidate)):
                return candidate
    return port
