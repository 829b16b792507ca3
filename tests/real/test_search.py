"""The search on 36,249 real names: what a slip costs, and names that people find hard to spell."""

import csv
import random

import pytest

from gisapp.core.match import name_key
from gisapp.core.profile_rows import School
from gisapp.core.search import SearchIndex, find

LIST = "nationwide/school_register_wikipedia_raw.csv"
#: Of 200 names with a slip so many were among the first three; the rest are a slip from others.
FOUND = 190


@pytest.fixture(scope="module")
def nation(real_data):
    """Code -> name of every school of the country, and the index of them."""
    with (real_data / LIST).open(encoding="utf-8-sig", newline="") as lines:
        names = {str(10_000_000 + n): row["name"] for n, row in enumerate(csv.DictReader(lines))}
    return names, SearchIndex.of(School(code, school_name_th=name) for code, name in names.items())


def first_three(nation, text):
    names, index = nation
    return [name_key(names[code]) for code in find(index, text).codes[:3]]


def with_slip(rng, name):
    """A name with one letter too few, too many, another, or two exchanged."""
    at, other = rng.randrange(1, len(name) - 1), rng.choice("กขคงจชดตทนบปพมยรลวสหอเแโาิีุู")
    return rng.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + other + name[at:],
            name[:at] + other + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        )
    )


def test_a_name_with_a_slip_is_among_the_first_three(nation, capsys):
    names, _ = nation
    assert len(names) == 36_249
    rng = random.Random(2568)  # noqa: S311 - a test's own dice
    sought = rng.sample([key for name in names.values() if len(key := name_key(name)) >= 6], 200)
    found = sum(name in first_three(nation, with_slip(rng, name)) for name in sought)
    with capsys.disabled():
        print(f"\n{found} of 200 names with a slip were among the first three of 36,249")
    assert found >= FOUND


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("อนุบาลเชียงไหม่", "อนุบาลเชียงใหม่"),
        ("อนุบานแม่ฮ่องสอน", "อนุบาลแม่ฮ่องสอน"),
        ("ห้องสอนสึกสา", "ห้องสอนศึกษา"),
        ("ศรีสะเกสวิทยาลัย", "ศรีสะเกษวิทยาลัย"),
        ("จุฬาภรราชวิทยาลัย เชียงราย", "วิทยาศาสตร์จุฬาภรณราชวิทยาลัยเชียงราย"),
        ("หาดใหย่วิทยาลัย", "หาดใหญ่วิทยาลัย"),
        ("ยุพราชวิทยาลย", "ยุพราชวิทยาลัย"),
        ("สวนกุลาบวิทยาลัย", "สวนกุหลาบวิทยาลัย"),
        ("ราดประชานุเคราะ 21", "ราชประชานุเคราะห์21"),
        ("ร.ร. ราชประชานุเคราะห์ ๒๒", "ราชประชานุเคราะห์22"),
        ("เบญจมราชูทิด", "เบญจมราชูทิศ"),
        ("มหิดนวิทยานุสรณ์", "มหิดลวิทยานุสรณ์"),
        ("สามเสนวิทยาลับ", "สามเสนวิทยาลัย"),
    ],
)
def test_names_that_are_hard_to_spell_are_found(nation, typed, meant):
    assert any(name.startswith(meant) for name in first_three(nation, typed))
