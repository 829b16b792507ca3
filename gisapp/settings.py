"""Where an office's things are, and its constants. The only reader of the environment."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

from pyproj import CRS
from pyproj.exceptions import CRSError

from gisapp.errors import OfficeNotFoundError, OfficeSettingsError


@dataclass(frozen=True)
class Settings:
    """One office: its folder and what ``office.toml`` says. Never changed after start."""

    #: The office's folder; everything else is found below it.
    office_dir: Path
    #: 8-digit code of the office, for example ``58010000``.
    area_code: str
    name_th: str
    name_en: str
    #: Regular expression that a school's key obeys in full.
    key_pattern: str = r"\d{8}(-\d{1,2})?"
    #: Projected CRS in which the office measures, metre units.
    metric_crs: str = "EPSG:32647"
    #: Side of one cell of the population grid, metres.
    grid_m: float = 100.0
    #: How far outside its registered subdistrict a school may stand and still be believed, metres.
    place_tolerance_m: float = 2000.0
    #: EPSG code of the pinned operation Indian 1975 -> WGS 84.
    datum_operation: int = 1304
    #: (lon, lat) of the provincial hall, degrees; None where unknown.
    province_hall: tuple[float, float] | None = None
    provincial_mean_elevation_m: float | None = None
    #: Language of messages when nobody asks for another: ``th`` or ``en``.
    language: str = "th"
    contact: str = ""

    @property
    def rounds_dir(self) -> Path:
        """Sheets as received, one folder per round. Never written to."""
        return self.office_dir / "data" / "rounds"

    @property
    def boundaries_dir(self) -> Path:
        """Subdistricts, districts, villages, roads."""
        return self.office_dir / "data" / "boundaries"

    @property
    def rasters_dir(self) -> Path:
        """Elevation and population rasters."""
        return self.office_dir / "data" / "rasters"

    @property
    def columns_dir(self) -> Path:
        """Headings that this office's forms use, beside the ones that ship."""
        return self.office_dir / "data" / "columns"

    @property
    def criteria_dir(self) -> Path:
        """Size classes, access and other tables that officers edit."""
        return self.office_dir / "data" / "criteria"

    @property
    def layers_dir(self) -> Path:
        """What the pipeline publishes. Safe to delete and build again."""
        return self.office_dir / "layers"

    @property
    def shown_dir(self) -> Path:
        """Pictures that may be shown; originals lie beside it and are never served."""
        return self.office_dir / "photos" / "shown"

    def layer_file(self, round_name: str) -> Path:
        """GeoPackage of a round."""
        return self.layers_dir / f"{round_name}.gpkg"

    def problem_book(self, round_name: str) -> Path:
        """Workbook that ``gisapp check`` writes."""
        return self.layers_dir / f"{round_name}-problems.xlsx"

    @classmethod
    def load(cls, office_dir: Path) -> Self:
        """Read ``office.toml`` of an office's folder.

        Raises:
            OfficeNotFoundError: The folder or its ``office.toml`` is not there.
            OfficeSettingsError: A value in it cannot be used.
        """
        toml = office_dir / "office.toml"
        if not toml.is_file():
            raise OfficeNotFoundError(
                f"“{office_dir}” ไม่ใช่โฟลเดอร์ของสำนักงาน (ไม่พบ office.toml) สร้างด้วยคำสั่ง gisapp init "
                "หรือระบุโฟลเดอร์ด้วย --office",
                f"'{office_dir}' is not an office's folder (no office.toml); make one with "
                "`gisapp init`, or name it with --office",
            )
        try:
            # utf-8-sig: Notepad puts a byte order mark before the first letter.
            values = tomllib.loads(toml.read_text(encoding="utf-8-sig"))
            return cls(office_dir=office_dir, **_checked(values))
        # ValueError: wrong values, broken TOML, and letters that are not UTF-8.
        except (TypeError, ValueError) as error:
            raise OfficeSettingsError(
                f"อ่าน {toml} ไม่ได้: {error}", f"cannot use {toml}: {error}"
            ) from error


def office_from_environment(env: Mapping[str, str] = os.environ) -> Path:
    """Folder named by ``GISAPP_OFFICE``, else the current folder."""
    return Path(env.get("GISAPP_OFFICE") or ".")


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """Turn TOML values into fields; a wrong one raises ValueError, a missing one TypeError."""
    known = {field.name for field in fields(Settings)} - {"office_dir"}
    for name in values:
        if name not in known:
            raise ValueError(f"{name} is not a setting; known are {', '.join(sorted(known))}")
    for text in ("area_code", "name_th", "name_en", "key_pattern", "metric_crs", "contact"):
        if text in values and not isinstance(values[text], str):
            raise ValueError(f'{text} must be text in quotes, e.g. {text} = "…"')
    if not re.fullmatch(r"\d{8}", values.get("area_code", "")):
        raise ValueError("area_code must be the office's 8 digits in quotes")
    if values.get("language", "th") not in ("th", "en"):
        raise ValueError("language must be th or en")
    for number in ("grid_m", "place_tolerance_m"):
        _check_metres(number, values.get(number, 1.0))
    try:
        re.compile(values.get("key_pattern", ""))
    except re.error as error:
        raise ValueError(f"key_pattern is no regular expression: {error}") from error
    _check_metric(values.get("metric_crs", Settings.metric_crs))
    return {**values, "province_hall": _hall(values.get("province_hall"))}


def _hall(point: object) -> tuple[float, float] | None:
    if point is None:
        return None
    if not (isinstance(point, list) and len(point) == 2):
        raise ValueError("province_hall must be [lon, lat] in degrees")
    return float(point[0]), float(point[1])


def _check_metres(name: str, metres: object) -> None:
    number = isinstance(metres, (int, float)) and not isinstance(metres, bool)
    if not (number and 0 < float(str(metres)) < 1e6):
        raise ValueError(f"{name} must be a number of metres above 0, without quotes")


def _check_metric(name: str) -> None:
    """Refuse, with ValueError, a CRS that nobody can measure metres in."""
    try:
        crs = CRS.from_user_input(name)
    except CRSError as error:
        raise ValueError(f"metric_crs is not known: {name}") from error
    if not crs.is_projected or crs.axis_info[0].unit_name != "metre":
        raise ValueError(f"metric_crs must be a projected CRS in metres, not {name}")
