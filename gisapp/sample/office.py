"""The sample office: a fictional, complete, deterministic office folder."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from gisapp.core.buildings import CONDITIONS
from gisapp.core.text import Cell
from gisapp.errors import FolderInUseError
from gisapp.sample.faults.planted import PLANTED_COLUMNS
from gisapp.sample.pictures.draw import BuildingLook, SchoolLook, draw_pictures
from gisapp.sample.round_draft import Draft, Material
from gisapp.sample.rounds import gather_material, make_rounds
from gisapp.sample.schools.make import AREA_CODE
from gisapp.sample.world.make import World, make_world, write_world
from gisapp.store.text_tables import write_csv, write_lines

NAME_TH = "สพป.ตัวอย่าง เขต 1"
NAME_EN = "Sample Primary Educational Service Area Office 1"

#: Year in which the pictures were taken, for the looks of the buildings.
_PICTURES_BE = 2568


def write_sample(
    office_dir: Path, seed: int = 68, tell: Callable[[str], object] = lambda _: None
) -> None:
    """Write the sample office: settings, boundaries, rasters, eight rounds of sheets, pictures.

    The same seed writes the same bytes, file by file. `tell` hears which part begins: the
    whole takes most of a minute.

    Raises:
        FolderInUseError: The folder already holds something.
    """
    if office_dir.exists() and any(office_dir.iterdir()):
        raise FolderInUseError(
            f"โฟลเดอร์ “{office_dir}” มีไฟล์อยู่แล้ว ระบุโฟลเดอร์ใหม่หรือโฟลเดอร์ว่าง",
            f"the folder '{office_dir}' is not empty; name a new or an empty one",
        )
    tell("ภูมิประเทศ ถนน หมู่บ้าน / ground, roads, villages")
    world = make_world(seed)
    tell("โรงเรียน นักเรียน และไฟล์ของแปดรอบ / schools, pupils and the sheets of eight rounds")
    material = gather_material(world, seed)
    tell("ภาพของโรงเรียน / pictures of the schools")
    draw_pictures(school_looks(material), office_dir / "photos" / "shown", seed)
    write_office_files(office_dir, material, make_rounds(material))


def write_office_files(office_dir: Path, material: Material, drafts: Sequence[Draft]) -> None:
    """Write an office's maps, its sheets, ``planted.csv`` and, last of all, ``office.toml``.

    A folder whose writing was interrupted has no settings, so nothing takes it for an office.
    """
    write_world(material.world, office_dir)
    rows: list[Sequence[Cell]] = [PLANTED_COLUMNS]
    for draft in drafts:
        folder = office_dir / "data" / "rounds" / draft.round_.name
        for sheet in draft.sheets:
            sheet.write(folder)
        rows += [planted.row for planted in draft.ledger.planted]
    write_csv(rows, office_dir / "planted.csv")
    write_lines(_settings(material.world), office_dir / "office.toml", "utf-8")


def school_looks(material: Material) -> list[SchoolLook]:
    """Describe each school to those who draw it."""
    return [
        SchoolLook(
            smis_code=school.smis_code,
            buildings=tuple(
                BuildingLook(
                    sequence=b.sequence,
                    building_type=b.design.building_type,
                    building_design=b.design.name,
                    storeys=b.design.storeys,
                    rooms=b.actual_rooms,
                    built_year_be=b.built_be,
                    condition=CONDITIONS[b.condition(_PICTURES_BE)],
                )
                for b in material.buildings[school.smis_code]
            ),
            highland=school.highland,
            island=school.island,
        )
        for school in material.schools.schools
    ]


def mean_elevation_m(world: World) -> float:
    """Mean height of the office's land, each cell alike; cells outside the office do not count."""
    block = round(world.population_cell_m / world.cell_m)
    rows, columns = world.people.shape
    fine = world.elevation_m[: rows * block, : columns * block]
    coarse = fine.reshape(rows, block, columns, block).mean(axis=(1, 3), dtype=np.float64)
    return float(coarse[np.isfinite(world.people)].mean())


def _settings(world: World) -> list[str]:
    """Lines of ``office.toml``."""
    lon, lat = world.hall
    return [
        "# สำนักงานตัวอย่าง ทุกอย่างในโฟลเดอร์นี้สมมติขึ้น",
        "# The sample office: everything in this folder is fictional.",
        f'area_code = "{AREA_CODE}"',
        f'name_th = "{NAME_TH}"',
        f'name_en = "{NAME_EN}"',
        f'metric_crs = "{world.crs}"',
        f"province_hall = [{lon:.6f}, {lat:.6f}]",
        f"provincial_mean_elevation_m = {mean_elevation_m(world):.0f}",
        'language = "th"',
        'contact = ""',
    ]
