"""The papers of the project agree with what it does."""

import re
from pathlib import Path

import pytest

from gisapp.cli import main
from gisapp.settings import Settings
from gisapp.store.dictionary_text import dictionary_text

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_readme_and_commands_agree():
    named = set(re.findall(r"^\| `gisapp ([a-z-]+)", README, flags=re.MULTILINE))
    assert named == set(main.commands)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_explains_itself_as_the_readme_does(name):
    command = main.commands[name]
    assert command.help
    line = next(line for line in README.splitlines() if line.startswith(f"| `gisapp {name}"))
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            shown = (parameter.metavar or parameter.name or "").upper()
            assert shown in line


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_option_of_a_command_explains_itself(name):
    for parameter in main.commands[name].params:
        if parameter.param_type_name == "option":
            assert parameter.help, parameter.name


def test_every_file_and_picture_that_the_readme_names_exists():
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert len(links) > 3
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_readme_names_the_two_commands():
    assert "python3 scripts/dev.py demo" in README
    assert "python3 scripts/dev.py test" in README


def test_the_data_dictionary_is_the_one_that_the_code_writes():
    settings = Settings(office_dir=ROOT, area_code="00000000", name_th="", name_en="")
    written = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert written == dictionary_text(settings), "run: python scripts/write_dictionary.py"


def test_the_readme_shows_what_the_commands_really_print():
    assert "_OUTPUT" not in README
    assert "http://127.0.0.1:8000/" in README
    assert "tests that could not run: 0" in README
