"""scripts/dev.py, the lock files, the build hook: what a fresh machine depends on."""

import ast
import gettext
import hashlib
import importlib.util
import io
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def load(path):
    """Import a file that is no module of the package."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def dev(monkeypatch, tmp_path):
    """scripts/dev.py with an environment folder of its own."""
    module = load(ROOT / "scripts" / "dev.py")
    venv = tmp_path / ".venv"
    venv.mkdir()
    monkeypatch.setattr(module, "VENV", venv)
    monkeypatch.setattr(module.program, "__defaults__", (venv,))
    return module


def locked_blocks(lock):
    """Each requirement of a lock file with the lines that belong to it."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", text, flags=re.M | re.S)


def requirements_of(group):
    """Requirements of a dependency group, with the groups that it includes."""
    for entry in PYPROJECT["dependency-groups"][group]:
        if isinstance(entry, dict):
            yield from requirements_of(entry["include-group"])
        else:
            yield Requirement(entry)


# --- lock files


@pytest.mark.parametrize("lock", [*LOCKS, "package-lock.json"])
def test_no_lock_file_names_a_host(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert len(text) > 500
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text
    # `name @ address` and paths are the other ways to say where from
    assert not re.search(r"^\S+ @ |^(\./|/|-e )", text, flags=re.M)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_is_pinned_and_has_a_hash(lock):
    blocks = locked_blocks(lock)
    assert len(blocks) > 40
    for block in blocks:
        assert re.match(r"[a-z0-9.\-]+==[^\s;]+", block), block
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block


@pytest.mark.parametrize(
    ("lock", "groups"), [("requirements.lock", ["build"]), ("requirements-dev.lock", ["dev"])]
)
def test_a_lock_covers_what_the_project_asks_for(lock, groups):
    asked = [Requirement(text) for text in PYPROJECT["project"]["dependencies"]]
    asked += [requirement for group in groups for requirement in requirements_of(group)]
    versions = {}
    for block in locked_blocks(lock):
        name, version = re.match(r"([a-z0-9.\-]+)==([^\s;]+)", block).groups()
        versions.setdefault(canonicalize_name(name), []).append(version)
    for requirement in asked:
        found = versions.get(canonicalize_name(requirement.name))
        assert found, f"{requirement} is not in {lock}: run `python3 scripts/dev.py lock`"
        assert all(requirement.specifier.contains(version) for version in found), requirement


def test_both_locks_agree_on_every_version():
    # A package that only some Pythons need may be needed by all of them for the tests.
    small, large = (
        {block.split(" \\")[0].split(" ;")[0] for block in locked_blocks(lock)} for lock in LOCKS
    )
    assert small < large


def test_the_build_group_is_what_the_build_system_requires():
    assert PYPROJECT["dependency-groups"]["build"] == PYPROJECT["build-system"]["requires"]


@pytest.mark.parametrize("name", ["numpy", "pandas", "pyogrio", "rasterio", "shapely", "pillow"])
def test_compiled_packages_are_locked_for_more_than_one_system(name):
    blocks = [block for block in locked_blocks("requirements.lock") if block.startswith(name)]
    # One wheel per system and Python: three systems at least.
    assert all(block.count("--hash=") >= 4 for block in blocks)
    assert blocks


def test_every_npm_package_is_locked_by_hash_and_at_the_version_we_name():
    named = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert lock[""]["dependencies"] == named
    for name, version in named.items():
        assert lock[f"node_modules/{name}"]["version"] == version
    for path, package in lock.items():
        assert path == "" or package["integrity"].startswith("sha512-")


# --- scripts/dev.py


def test_dev_py_imports_the_standard_library_only():
    tree = ast.parse((ROOT / "scripts" / "dev.py").read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    }
    assert {"subprocess", "pathlib"} <= imported
    assert imported <= sys.stdlib_module_names


def test_an_old_python_can_read_dev_py_far_enough_to_be_refused(dev, capsys):
    source = (ROOT / "scripts" / "dev.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    with pytest.raises(SystemExit) as ended:
        dev.refuse_old_python((3, 9))
    assert ended.value.code == 2
    th, en = capsys.readouterr().err.splitlines()
    assert "Python 3.9 เก่าเกินไป" in th
    assert "Python 3.9 is too old" in en


def test_the_oldest_python_allowed_is_the_one_the_project_requires(dev):
    assert PYPROJECT["project"]["requires-python"] == ">={}.{}".format(*dev.OLDEST_PYTHON)
    dev.refuse_old_python(dev.OLDEST_PYTHON)


def test_a_python_without_venv_gets_one_clear_sentence(dev, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "ensurepip", None)  # as on a Debian without python3-venv
    monkeypatch.setenv("PATH", "")  # and nobody here who may install it
    with pytest.raises(SystemExit) as ended:
        dev.make_venv()
    assert ended.value.code == 2
    assert "lacks the venv module" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Failed: Temporary failure in name resolution", "cannot download"),
        ("npm error code ENOTFOUND", "cannot download"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "does not match its hash"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("ERROR: No matching distribution found for numpy==2.4.6", "no ready-made packages"),
        ("something never seen before", "details are in .venv/install.log"),
    ],
)
def test_a_failed_installation_names_its_cause(dev, words, sentence, capsys):
    failing = [sys.executable, "-c", f"import sys; print({words!r}); sys.exit(1)"]
    with pytest.raises(SystemExit) as ended:
        dev.install_or_stop(failing, "install.log")
    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err
    assert words in (dev.VENV / "install.log").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def real_venv(tmp_path_factory):
    """An environment as `make_venv` makes it, with nothing but pip in it."""
    module = load(ROOT / "scripts" / "dev.py")
    module.VENV = tmp_path_factory.mktemp("real") / ".venv"
    module.program.__defaults__ = (module.VENV,)
    assert not module.venv_works()
    module.make_venv()
    return module.VENV


@pytest.fixture
def small(dev, real_venv, monkeypatch, tmp_path):
    """scripts/dev.py for a checkout whose locks name one tiny package of its own."""
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", real_venv)
    for function in (dev.program, dev.pip_install):
        monkeypatch.setattr(function, "__defaults__", (real_venv,))
    (real_venv / "lock.stamp").unlink(missing_ok=True)
    tiny = tmp_path / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(tiny, "w") as archive:
        info = "tiny-1.0.dist-info"
        archive.writestr("tiny.py", "")
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    right = hashlib.sha256(tiny.read_bytes()).hexdigest()
    line = f"tiny @ {tiny.as_uri()} --hash=sha256:{{}}\n"
    (tmp_path / dev.BASE_LOCK).write_text(line.format(right), encoding="utf-8")
    (tmp_path / dev.DEV_LOCK).write_text("# more\n" + line.format(right), encoding="utf-8")
    return dev


def installs(dev, lock):
    """Install a lock; tell whether pip had to be started for it."""
    log = dev.VENV / "install.log"
    log.unlink(missing_ok=True)
    dev.install_lock(lock)
    return log.is_file()


def test_a_second_run_installs_nothing(small):
    assert installs(small, small.DEV_LOCK)
    assert not installs(small, small.DEV_LOCK)


def test_who_has_what_the_tests_need_can_run_but_not_the_other_way(small):
    assert installs(small, small.BASE_LOCK)
    assert installs(small, small.DEV_LOCK)
    assert not installs(small, small.BASE_LOCK)


def test_a_changed_lock_is_installed_again(small):
    assert installs(small, small.BASE_LOCK)
    lock = small.ROOT / small.BASE_LOCK
    lock.write_text(lock.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert installs(small, small.BASE_LOCK)


def test_a_package_that_does_not_match_its_hash_is_refused(small, capsys):
    lock = small.ROOT / small.BASE_LOCK
    forged = re.sub("sha256:[0-9a-f]{8}", "sha256:00000000", lock.read_text(encoding="utf-8"))
    lock.write_text(forged, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        small.install_lock(small.BASE_LOCK)
    assert ended.value.code == 2
    assert "does not match its hash" in capsys.readouterr().err
    assert not (small.VENV / "lock.stamp").is_file()


def test_a_lock_without_hashes_is_refused(small):
    lock = small.ROOT / small.BASE_LOCK
    lock.write_text(lock.read_text(encoding="utf-8").split(" --hash")[0], encoding="utf-8")
    with pytest.raises(SystemExit):
        small.install_lock(small.BASE_LOCK)
    assert "hash" in (small.VENV / "install.log").read_text(encoding="utf-8").lower()


def test_an_environment_works_until_the_checkout_is_moved(small):
    place = small.VENV / "place.stamp"
    here = place.read_text(encoding="utf-8")
    assert small.venv_works()
    place.write_text(here + "-before-it-was-moved", encoding="utf-8")
    assert not small.venv_works()
    place.write_text(here, encoding="utf-8")


def test_a_browser_named_by_the_user_comes_first(dev):
    for system in ("Windows", "Darwin", "Linux"):
        places = dev.browser_places({"GISAPP_BROWSER": "mine", "PATH": ""}, system)
        assert places[0] == "mine"


def test_browsers_are_looked_for_where_each_system_keeps_them(dev, tmp_path):
    windows = dev.browser_places({"PROGRAMFILES": r"C:\Program Files"}, "Windows")
    assert r"C:\Program Files\Google\Chrome\Application\chrome.exe" in windows
    assert r"C:\Program Files\Microsoft\Edge\Application\msedge.exe" in windows
    mac = dev.browser_places({}, "Darwin")
    assert "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" in mac
    assert dev.browser_places({"PATH": str(tmp_path)}, "Linux") == []


@pytest.mark.skipif(sys.platform == "win32", reason="browsers are not started there to try them")
def test_a_browser_that_does_not_start_is_no_browser(dev, tmp_path):
    good, bad = tmp_path / "good", tmp_path / "bad"
    good.write_text("#!/bin/sh\nexit 0\n", encoding="ascii")
    bad.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    for file in (good, bad):
        file.chmod(0o755)
    assert dev.browser_starts(str(good))
    assert not dev.browser_starts(str(bad))
    assert not dev.browser_starts(str(tmp_path / "nowhere"))


def test_an_unknown_command_lists_the_known_ones(dev, capsys):
    assert dev.main(["dance"]) == 2
    printed = capsys.readouterr().out
    assert all(f"  {name} " in printed for name in dev.COMMANDS)


def test_a_console_without_thai_letters_still_gets_the_english(dev, monkeypatch):
    console = io.TextIOWrapper(io.BytesIO(), encoding="cp437")
    monkeypatch.setattr(sys, "stdout", console)
    dev.main(["--help"])
    dev.say("สวัสดี", "hello")
    console.seek(0)
    assert "hello" in console.read()


def test_make_offers_every_command_of_dev_py(dev):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    offered = set(re.findall(r"^([a-z]+):  ## ", makefile, flags=re.M))
    assert offered == set(dev.COMMANDS) | {"help"}
    assert all(f"@python3 scripts/dev.py {name}\n" in makefile for name in dev.COMMANDS)


def test_ci_runs_the_second_command_and_nothing_else():
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    body = [line for line in lines if line and not line.startswith("#")]
    assert lines[0] == "#!/usr/bin/env bash"
    assert body == [
        "set -euo pipefail",
        'cd "$(dirname "$0")/.."',
        "exec python3 scripts/dev.py test",
    ]


# --- the list of tests that could not run


def report_of(tmp_path, source):
    """Run pytest on one file with our conftest; return the rows of the report."""
    (tmp_path / "conftest.py").write_bytes((ROOT / "tests" / "conftest.py").read_bytes())
    (tmp_path / "test_it.py").write_text(source, encoding="utf-8")
    report = tmp_path / "not-run.json"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        env={**os.environ, "GISAPP_SKIP_REPORT": str(report)},
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 5), done.stdout
    return json.loads(report.read_text(encoding="utf-8"))


def test_every_way_of_not_running_is_listed_with_its_reason(tmp_path):
    source = """
import pytest
def test_runs(): assert True
@pytest.mark.skip(reason="no such thing")
def test_marked(): assert False
def test_skips_itself(): pytest.skip("no browser: looked everywhere")
@pytest.mark.xfail(reason="not mended yet")
def test_expected(): assert False
@pytest.fixture
def thing(): pytest.skip("no thing")
def test_without_thing(thing): assert False
"""
    rows = {row["test"].split("::")[1]: row["why"] for row in report_of(tmp_path, source)}
    assert rows == {
        "test_marked": "no such thing",
        "test_skips_itself": "no browser: looked everywhere",
        "test_expected": "not mended yet",
        "test_without_thing": "no thing",
    }


def test_a_whole_file_left_out_is_listed(tmp_path):
    source = "import pytest\npytest.importorskip('no_such_module_anywhere')\n"
    (row,) = report_of(tmp_path, source)
    assert "no_such_module_anywhere" in row["why"]


@pytest.mark.parametrize(
    ("failed", "not_run", "ci", "code"),
    [
        (0, 0, "", 0),
        (0, 1, "", 0),
        (0, 0, "true", 0),
        (0, 1, "true", 1),
        (0, 1, "1", 1),
        (0, 1, "false", 0),
        (2, 0, "", 2),
        (2, 1, "true", 2),
    ],
)
def test_a_failure_always_counts_and_a_test_left_out_counts_on_ci(dev, failed, not_run, ci, code):
    rows = [{"test": "tests/e2e/test_map.py::test_opens", "why": "no browser"}] * not_run
    assert dev.verdict(failed, rows, {"CI": ci}) == code


def test_what_could_not_run_is_printed_under_its_reason(dev, tmp_path, capsys):
    report = tmp_path / "not-run.json"
    whys = {"a::one": "no browser", "b::two": "no data", "c::three": "no browser"}
    rows = [{"test": test, "why": why} for test, why in whys.items()]
    report.write_text(json.dumps(rows), encoding="utf-8")
    dev.verdict(0, dev.read_not_run(report), {})
    first, *rest = capsys.readouterr().out.splitlines()
    assert first.endswith("could not run: 3")
    assert [line.strip() for line in rest] == [
        "no browser",
        "a::one",
        "c::three",
        "no data",
        "b::two",
    ]


def test_a_missing_report_is_not_taken_for_an_empty_one(dev, tmp_path):
    with pytest.raises(SystemExit) as ended:
        dev.read_not_run(tmp_path / "nowhere.json")
    assert ended.value.code == 2


# --- the build hook and the wheel


@pytest.fixture(scope="module")
def wheel_file(tmp_path_factory):
    """The wheel, built from this checkout as anyone would build it."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def wheel(wheel_file):
    with zipfile.ZipFile(wheel_file) as archive:
        yield archive


def test_the_wheel_carries_the_map_library_the_fonts_and_their_licences(wheel):
    names = set(wheel.namelist())
    hook = load(ROOT / "hatch_build.py")
    assert {f"gisapp/static/vendor/{target}" for _, _, target in hook.VENDOR_FILES} <= names
    for package in ("leaflet", "supercluster", "bootstrap", "sarabun"):
        assert f"gisapp/static/vendor/{package}/LICENSE" in names
    versions = json.loads(wheel.read("gisapp/static/vendor/versions.json"))
    assert versions == hook.locked_packages(ROOT)


@pytest.mark.parametrize(
    ("folder", "place"),
    [
        ("templates", "templates"),
        ("layers/styles", "styles"),
        ("data/criteria", "criteria"),
        ("data/columns", "columns"),
    ],
)
def test_the_wheel_carries_the_folders_of_a_checkout(wheel, folder, place):
    names = set(wheel.namelist())
    files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    files = [path for path in files if path.name != "school_keys.csv" and path.suffix != ".xlsx"]
    files = [path for path in files if path.name[0] != "."]
    assert files
    for path in files:
        packed = f"gisapp/_bundled/{place}/{path.relative_to(ROOT / folder).as_posix()}"
        assert packed in names
        assert wheel.read(packed) == path.read_bytes()


def test_the_wheel_carries_compiled_translations(wheel):
    catalogs = [name for name in wheel.namelist() if name.endswith("messages.po")]
    assert catalogs
    assert {name[:-2] + "mo" for name in catalogs} <= set(wheel.namelist())


def test_the_wheel_holds_nothing_of_an_office(wheel):
    names = wheel.namelist()
    assert "gisapp/cli/__init__.py" in names
    assert not [name for name in names if name.endswith((".gpkg", ".sqlite", ".toml", ".secret"))]


def test_an_installed_wheel_needs_no_checkout(wheel_file, tmp_path):
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel_file) as archive:
        archive.extractall(site)
    asked = "import gisapp; from gisapp.store.bundled import columns_dir as c; print(gisapp, c())"
    (tmp_path / "elsewhere").mkdir()

    def python(*arguments):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path / "elsewhere",
            env={**os.environ, "PYTHONPATH": str(site), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    found = python("-c", asked)
    assert str(site / "gisapp" / "__init__.py") in found.stdout, found.stderr
    assert str(site / "gisapp" / "_bundled" / "columns") in found.stdout
    command = ("-c", "from gisapp.cli import main; main()", "init", "office")
    made = python(*command, "--area-code", "99010000", "--name", "สพป.ตัวอย่าง เขต 1")
    assert made.returncode == 0, made.stderr
    office = tmp_path / "elsewhere" / "office"
    assert (office / "office.toml").is_file()
    assert list(office.rglob("*.xlsx"))


def test_a_table_that_an_office_wrote_is_not_shipped(tmp_path):
    hook = load(ROOT / "hatch_build.py")
    for folder in hook.BUNDLED_FOLDERS:
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "ours.csv").write_text("a\n", encoding="utf-8")
    (tmp_path / "data/columns/school_keys.csv").write_text("of the office\n", encoding="utf-8")
    (tmp_path / "templates/form.xlsx").write_text("of the office\n", encoding="utf-8")
    shipped = hook.bundled_files(tmp_path)
    assert "gisapp/_bundled/columns/ours.csv" in shipped.values()
    assert "gisapp/_bundled/columns/school_keys.csv" not in shipped.values()
    assert "gisapp/_bundled/templates/form.xlsx" not in shipped.values()


def test_a_wheel_without_its_folders_is_not_built(tmp_path):
    with pytest.raises(FileNotFoundError, match="templates"):
        load(ROOT / "hatch_build.py").bundled_files(tmp_path)


def test_an_asset_of_another_version_or_a_missing_one_is_fetched_again(tmp_path):
    hook = load(ROOT / "hatch_build.py")
    locked = hook.locked_packages(ROOT)
    vendor = tmp_path / "vendor"
    assert not hook.vendor_is_current(vendor, locked)
    for _, _, target in hook.VENDOR_FILES:
        (vendor / target).parent.mkdir(parents=True, exist_ok=True)
        (vendor / target).write_bytes(b"x")
    (vendor / "versions.json").write_text(json.dumps(locked), encoding="utf-8")
    assert hook.vendor_is_current(vendor, locked)
    older = {**locked, "leaflet": {**locked["leaflet"], "version": "1.9.3"}}
    assert not hook.vendor_is_current(vendor, older)
    (vendor / "leaflet" / "leaflet.js").unlink()
    assert not hook.vendor_is_current(vendor, locked)


def test_translations_are_compiled_from_what_translators_wrote(tmp_path):
    hook = load(ROOT / "hatch_build.py")
    folder = tmp_path / "gisapp/web/translations/en/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "โรงเรียน"\nmsgstr "School"\n',
        encoding="utf-8",
    )
    hook.compile_translations(tmp_path)
    compiled = folder / "messages.mo"
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("โรงเรียน") == "School"
