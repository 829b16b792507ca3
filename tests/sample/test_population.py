import csv
import io
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

#: Figures of a line of the population file, after the name.
FIGURES = 219


def text_of(office_dir: Path, round_name: str, file: str) -> str:
    return (office_dir / "data" / "rounds" / round_name / file).read_text(encoding="utf-8-sig")


def population(office_dir: Path, round_name: str, file: str) -> list[tuple[str, np.ndarray]]:
    lines = text_of(office_dir, round_name, file).splitlines()
    rows = [line.split("|") for line in lines]
    return [(row[0], np.array([int(cell) for cell in row[1:]])) for row in rows]


@pytest.mark.parametrize(
    ("round_name", "file"),
    [
        ("2565-1", "stat_pop_6412.txt"),
        ("2567-1", "stat_pop_6612.txt"),
        ("2568-1", "stat_pop_6712.txt"),
    ],
)
def test_districts_without_towns_and_towns_make_the_province(office_dir, round_name, file):
    lines = population(office_dir, round_name, file)
    assert all(len(figures) == FIGURES for _, figures in lines)
    (name, province), *rest = lines
    assert name == "จังหวัดตัวอย่าง"
    blocks = [figures for name, figures in rest if name.startswith(("อำเภอ", "เทศบาล"))]
    assert len(blocks) == 5 + 5
    assert (np.sum(blocks, axis=0) == province).all()
    for name, figures in lines:
        male, female, total = figures[-3:]
        assert male == figures[0:-3:2].sum(), name
        assert female == figures[1:-3:2].sum(), name
        assert total == male + female, name


def test_a_block_of_the_population_file_is_the_sum_of_its_subdistricts(office_dir):
    block, blocks = "", {}
    for name, figures in population(office_dir, "2568-1", "stat_pop_6712.txt")[1:]:
        if name.startswith("ตำบล"):
            blocks[block][1].append(figures)
        else:
            block = name
            blocks[block] = (figures, [])
    for name, (stated, parts) in blocks.items():
        assert (np.sum(parts, axis=0) == stated).all(), name
    # One municipality lies in two subdistricts.
    assert max(len(parts) for name, (_, parts) in blocks.items() if "เทศบาล" in name) == 2


def test_villages_add_up_to_the_rows_of_their_subdistrict(office_dir, material):
    text = text_of(office_dir, "2568-1", "ประชากรรายหมู่บ้าน_2567.csv")
    villages: Counter[tuple[str, str, int]] = Counter()
    for row in csv.DictReader(io.StringIO(text)):
        for sex in ("ชาย", "หญิง"):
            villages[row["รหัสหมู่บ้าน"][:6], sex, int(row["อายุ"])] += int(row[sex])
    names = dict(material.world.subdistricts[["subdistrict_th", "subdistrict_code"]].to_numpy())
    registered: Counter[tuple[str, str, int]] = Counter()
    for name, figures in population(office_dir, "2568-1", "stat_pop_6712.txt"):
        if name.startswith("ตำบล"):
            for age in range(18):
                registered[names[name[4:]], "ชาย", age] += figures[2 * age]
                registered[names[name[4:]], "หญิง", age] += figures[2 * age + 1]
    # One village is planted with seven children too many.
    assert sum((villages - registered).values()) == 7
    assert not registered - villages
    assert len(villages) == 25 * 2 * 18


def test_children_grow_a_year_older_from_file_to_file(office_dir):
    older = population(office_dir, "2568-1", "stat_pop_6712.txt")[0][1]
    younger = population(office_dir, "2567-1", "stat_pop_6612.txt")[0][1]
    assert (older[2:36] == younger[0:34]).all()
