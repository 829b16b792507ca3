"""Sum a raster of any size over zones, each cell by its exact share of area.

    python scripts/sum_zones.py RASTER.tif ZONES.gpkg OUT.csv
    python scripts/sum_zones.py RASTER.tif ZONES.gpkg OUT.csv --scheduler tcp://10.0.0.5:8786

The raster is never wholly in memory. With a scheduler of dask (``pip install gisapp[large]``) the
zones are shared among its workers, who must find the raster under the same path; the figures are
the same to the last digit.
"""

from pathlib import Path

import click

from gisapp.cli.common import speaks
from gisapp.pipeline.nation import sum_zones
from gisapp.store.raster_rows import describe_raster
from gisapp.store.zone_tables import read_zones, write_zone_sums

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("raster_file", type=_FILE, metavar="RASTER")
@click.argument("zones_file", type=_FILE, metavar="ZONES")
@click.argument("out", type=_FILE)
@click.option("--scheduler", help="Address of a dask scheduler; without it, this process works.")
@click.option(
    "--block-zones", type=click.IntRange(min=1), help="Neighbouring zones that are summed at once."
)
@speaks
def main(
    raster_file: Path, zones_file: Path, out: Path, scheduler: str | None, block_zones: int | None
) -> None:
    """Write the sums of each band of RASTER over each zone of ZONES as OUT, a CSV."""
    raster = describe_raster(raster_file)
    zones, mended = read_zones(zones_file, raster.crs)
    if mended:
        click.echo(
            f"ซ่อมรูปปิดที่ตัดตัวเอง {mended} รูป · mended {mended} zones that cross themselves", err=True
        )
    sums = sum_zones(
        raster, zones.geometry.to_numpy(), scheduler=scheduler, block_zones=block_zones
    )
    write_zone_sums(zones, raster, sums, out)
    click.echo(f"{len(zones)} · {out}")


if __name__ == "__main__":
    main()
