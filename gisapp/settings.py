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

#: Settings that are text.
_TEXTS = (
    "area_code", "name_th", "name_en", "key_pattern", "metric_crs", "contact", "base_map_url",
    "base_map_attribution",
)  # fmt: skip

#: An address of tiles: one host, then a path whose three places are filled in. No user, no
#: blank, quote, comma or semicolon: the host stands in the content policy as it is.
_TILES = re.compile(
    r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?/(?:[\w./~?&=%+@:-]|\{[xyz]\})+",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True)
class Settings:
    """One office: its folder and what ``office.toml`` says. Never changed after start."""

    #: The office's folder; everything else is found below it.
    office_dir: Path
    #: Code of the office: 8 digits in Thailand, for example ``58010000``; elsewhere its own.
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
    #: Address of tiles on the internet, ``https://…/{z}/{x}/{y}.png``; empty: no other host.
    base_map_url: str = ""
    #: Whose map that is; its licence wants it shown.
    base_map_attribution: str = ""
    #: Address of a database that serves instead of ``office.sqlite``; from the environment.
    database_url: str = ""

    @property
    def base_map_host(self) -> str:
        """Where the tiles of the internet come from, ``https://host``; empty without them."""
        return "/".join(self.base_map_url.split("/", 3)[:3])

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

    def grids_dir(self, round_name: str) -> Path:
        """Rasters of a round, beside its GeoPackage."""
        return self.layers_dir / round_name

    def check_file(self, round_name: str) -> Path:
        """What the last check of a round found, for the office's own pages."""
        return self.layers_dir / f"{round_name}-check.gpkg"

    def copies_dir(self, round_name: str) -> Path:
        """Received sheets with their faults marked, to be mended and sent back."""
        return self.layers_dir / f"{round_name}-problems"

    def returned_dir(self, round_name: str) -> Path:
        """Workbooks that schools mended and sent back, as they came."""
        return self.office_dir / "data" / "returned" / round_name

    def school_files_dir(self, round_name: str) -> Path:
        """One workbook per school that has something to mend."""
        return self.copies_dir(round_name) / "schools"

    @property
    def database_file(self) -> Path:
        """Accounts, decisions and jobs of the office."""
        return self.office_dir / "office.sqlite"

    def key_proposals(self, round_name: str) -> Path:
        """Keys proposed for the schools without a code, for an officer to accept."""
        return self.layers_dir / f"{round_name}-school_keys.csv"

    @property
    def secret_file(self) -> Path:
        """Key that marks the forms of the office's own pages."""
        return self.office_dir / "office.secret"

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
            database_url = os.environ.get("GISAPP_DATABASE_URL", "")
            checked = _checked(values)
        except OfficeSettingsError as error:
            raise _unusable(toml, error.th, error.en) from error
        except tomllib.TOMLDecodeError as error:
            place = re.sub(r".*\(at (.*)\)", r"\1", str(error))
            raise _unusable(toml, f"เขียนไม่ถูกรูปแบบ TOML ({place})", str(error)) from error
        except ValueError as error:
            raise _unusable(toml, "ตัวอักษรไม่ใช่ UTF-8", "its letters are not UTF-8") from error
        return cls(office_dir=office_dir, database_url=database_url, **checked)


def office_from_environment(env: Mapping[str, str] = os.environ) -> Path:
    """Folder named by ``GISAPP_OFFICE``, else the current folder."""
    return Path(env.get("GISAPP_OFFICE") or ".")


def _unusable(toml: Path, th: str, en: str) -> OfficeSettingsError:
    return OfficeSettingsError(f"อ่าน {toml} ไม่ได้: {th}", f"cannot use {toml}: {en}")


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """Turn TOML values into fields; one that is wrong or missing raises OfficeSettingsError."""
    known = {field.name for field in fields(Settings)} - {"office_dir", "database_url"}
    for name in values:
        if name not in known:
            names = ", ".join(sorted(known))
            raise OfficeSettingsError(
                f"ไม่มีค่าที่ชื่อ {name} ชื่อที่มี: {names}",
                f"{name} is not a setting; known are {names}",
            )
    for name in ("area_code", "name_th", "name_en"):
        if name not in values:
            raise OfficeSettingsError(f'ขาด {name} = "…"', f'{name} = "…" is missing')
    for name in _TEXTS:
        if name in values and not isinstance(values[name], str):
            raise OfficeSettingsError(
                f'{name} ต้องเป็นข้อความในเครื่องหมายคำพูด เช่น {name} = "…"',
                f'{name} must be text in quotes, e.g. {name} = "…"',
            )
    check_area_code(values["area_code"])
    if values.get("language", "th") not in ("th", "en"):
        raise OfficeSettingsError("language ต้องเป็น th หรือ en", "language must be th or en")
    for name in ("grid_m", "place_tolerance_m"):
        _check_metres(name, values.get(name, 1.0))
    try:
        re.compile(values.get("key_pattern", ""))
    except re.error as error:
        raise OfficeSettingsError(
            "key_pattern ไม่ใช่ regular expression ที่ถูกต้อง",
            f"key_pattern is no regular expression: {error}",
        ) from error
    _check_metric(values.get("metric_crs", Settings.metric_crs))
    _check_base_map(values.get("base_map_url", ""), values.get("base_map_attribution", ""))
    return {**values, "province_hall": _hall(values.get("province_hall"))}


def check_area_code(code: str) -> None:
    """Refuse what cannot be an office's code in any country.

    Raises:
        OfficeSettingsError: It is none.
    """
    if not re.fullmatch(r"[A-Za-z0-9-]{1,20}", code):
        raise OfficeSettingsError(
            f"area_code ต้องเป็นเลข 8 หลักของสำนักงานในเครื่องหมายคำพูด ไม่ใช่ “{code}”",
            "area_code must be the office's 8 digits in quotes; in another country 1 to 20 "
            f"letters, digits or hyphens, not {code!r}",
        )


def _hall(point: object) -> tuple[float, float] | None:
    if point is None:
        return None
    numbers = point if isinstance(point, list) else []
    if len(numbers) != 2 or any(type(number) not in (int, float) for number in numbers):
        raise OfficeSettingsError(
            "province_hall ต้องเป็น [ลองจิจูด, ละติจูด] หน่วยองศา",
            "province_hall must be [lon, lat] in degrees",
        )
    return float(numbers[0]), float(numbers[1])


def _check_metres(name: str, metres: object) -> None:
    number = isinstance(metres, (int, float)) and not isinstance(metres, bool)
    if not (number and 0 < float(str(metres)) < 1e6):
        raise OfficeSettingsError(
            f"{name} ต้องเป็นตัวเลขหน่วยเมตรที่มากกว่า 0 ไม่มีเครื่องหมายคำพูด",
            f"{name} must be a number of metres above 0, without quotes",
        )


def _check_metric(name: str) -> None:
    """Refuse a CRS that nobody can measure metres in."""
    try:
        crs = CRS.from_user_input(name)
    except CRSError as error:
        raise OfficeSettingsError(
            f"ไม่รู้จัก metric_crs “{name}”", f"metric_crs is not known: {name}"
        ) from error
    if not crs.is_projected or crs.axis_info[0].unit_name != "metre":
        raise OfficeSettingsError(
            f"metric_crs ต้องเป็นระบบพิกัดฉากหน่วยเมตร เช่น EPSG:32647 ไม่ใช่ {name}",
            f"metric_crs must be a projected CRS in metres, not {name}",
        )


def _check_base_map(url: str, attribution: str) -> None:
    """Refuse an internet base map that cannot be fetched safely, or that names no maker."""
    if not url:
        return
    places = all(url.count(place) == 1 for place in ("{z}", "{x}", "{y}"))
    if not _TILES.fullmatch(url) or not places:
        raise OfficeSettingsError(
            "base_map_url ต้องเป็นที่อยู่ https ของเครื่องเดียว มี {z} {x} {y} อย่างละหนึ่งครั้ง เช่น "
            f"https://tiles.example/{{z}}/{{x}}/{{y}}.png ไม่ใช่ “{url}”",
            "base_map_url must be an https address of one host with {z}, {x} and {y} once each, "
            f"such as https://tiles.example/{{z}}/{{x}}/{{y}}.png, not {url!r}",
        )
    if not attribution.strip():
        raise OfficeSettingsError(
            "base_map_attribution ต้องบอกว่าแผนที่เป็นของใคร เพราะต้องแสดงตามสัญญาอนุญาต",
            "base_map_attribution must say whose map it is: its licence wants that shown",
        )
