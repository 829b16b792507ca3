"""A new, empty office: its folders, ``office.toml``, criteria to edit and blank forms."""

import json
import shutil
from pathlib import Path

from gisapp.errors import FolderInUseError, OfficeSettingsError
from gisapp.settings import Settings, check_area_code
from gisapp.store.bundled import columns_dir, criteria_dir
from gisapp.store.forms_blank import write_blank_forms

_TOML = """\
# สำนักงาน / the office. ข้อความอยู่ในเครื่องหมายคำพูด / text stands in quotes.
area_code = {area_code}
name_th = {name_th}
name_en = {name_en}

# ระบบพิกัดเมตร: EPSG:32647 ตะวันตกของ 102°E, EPSG:32648 ตะวันออก / metric CRS: 32648 east of 102°E
metric_crs = "EPSG:32647"
# จุดของโรงเรียนอยู่นอกตำบลตามทะเบียนได้ไม่เกินกี่เมตร / how far outside its subdistrict a school may stand
place_tolerance_m = 2000
# ภาษาของข้อความ th หรือ en / language of messages
language = "th"
# แผนที่จากอินเทอร์เน็ต ปิดไว้ / a map from the internet, off unless both lines are given
# base_map_url = "https://…/{{z}}/{{x}}/{{y}}.png"
# base_map_attribution = "© …"
"""


def make_office(folder: Path, area_code: str, name_th: str, name_en: str) -> Settings:
    """Make an empty office.

    Raises:
        FolderInUseError: The folder already is an office.
        OfficeSettingsError: The area code is not one.
    """
    toml = folder / "office.toml"
    if toml.exists():
        raise FolderInUseError(
            f"“{folder}” เป็นสำนักงานอยู่แล้ว ไม่ได้เปลี่ยนอะไร",
            f"'{folder}' is an office already; nothing was changed",
        )
    try:
        check_area_code(area_code)
    except ValueError as error:
        raise OfficeSettingsError(
            f"รหัสเขต “{area_code}” ต้องเป็นตัวเลข 8 หลัก เช่น 58010000 หรือรหัสของประเทศอื่นไม่เกิน 20 ตัวอักษร",
            f"the area code '{area_code}' must be 8 digits, e.g. 58010000, or another country's of "
            "1 to 20 letters, digits or hyphens",
        ) from error
    # A JSON string is a TOML basic string, quotes and backslashes included.
    values = {"area_code": area_code, "name_th": name_th, "name_en": name_en}
    quoted = {key: json.dumps(value, ensure_ascii=False) for key, value in values.items()}
    for below in ("data/rounds", "data/boundaries", "data/rasters", "data/columns", "layers",
                  "photos/originals", "photos/shown", "templates"):  # fmt: skip
        (folder / below).mkdir(parents=True, exist_ok=True)
    criteria = folder / "data" / "criteria"
    if not criteria.exists():
        shutil.copytree(criteria_dir(), criteria)
    for form in sorted(columns_dir().glob("*.csv")):
        own = folder / "data" / "columns" / form.name
        if not own.exists():
            first = form.read_text(encoding="utf-8").splitlines()[0]
            own.write_text(f"{first}\n", encoding="utf-8-sig")
    write_blank_forms(folder / "templates")
    toml.write_text(_TOML.format(**quoted), encoding="utf-8")
    return Settings.load(folder)
