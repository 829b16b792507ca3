from itertools import pairwise

import pandas as pd
import pytest

from gisapp.core.sizes import (
    SizeClass,
    classify,
    sizes_as_text,
    sizes_from_text,
    why_not_next,
    why_not_whole,
)

FOUR = [
    SizeClass("size_class_4", "no_students", 0, 0),
    SizeClass("size_class_4", "small", 1, 120),
    SizeClass("size_class_4", "medium", 121, 600),
    SizeClass("size_class_4", "large", 601, 1500),
    SizeClass("size_class_4", "xlarge", 1501, None),
]


@pytest.mark.parametrize(
    ("students", "name"),
    [
        (0, "no_students"),
        (1, "small"),
        (120, "small"),
        (121, "medium"),
        (600, "medium"),
        (601, "large"),
        (1500, "large"),
        (1501, "xlarge"),
        (9000, "xlarge"),
    ],
)
def test_a_limit_belongs_to_its_class(students, name):
    assert classify(pd.Series([students], dtype="Int64"), FOUR, "size_class_4").tolist() == [name]


def test_unknown_pupils_have_no_class():
    found = classify(pd.Series([None, 5], dtype="Int64"), FOUR, "size_class_4")
    assert found.tolist() == [None, "small"]


def test_every_number_of_pupils_has_exactly_one_class():
    counts = pd.Series(range(3000), dtype="Int64")
    assert classify(counts, FOUR, "size_class_4").notna().all()
    assert all(a.most + 1 == b.least for a, b in pairwise(FOUR) if a.most is not None)


def refusal(classes):
    told = [why_not_next(classes[:place], size) for place, size in enumerate(classes)]
    return next((reason[1] for reason in (*told, why_not_whole(classes)) if reason), None)


def fours(*limits):
    names = ("no_students", "small", "medium", "large")
    return [SizeClass("size_class_4", n, *pair) for n, pair in zip(names, limits, strict=False)]


@pytest.mark.parametrize(
    ("classes", "why"),
    [
        (fours((0, 0), (1, 120), (121, None)), None),
        (fours((0, 0), (1, 120), (125, None)), "must start at 121 pupils, not 125"),
        (fours((0, 0), (1, 120), (100, None)), "must start at 121 pupils, not 100"),
        (fours((1, 0), (1, None)), "1 is above 0"),
        (fours((5, 9), (10, None)), "must start at 0 pupils, not 5"),
        (fours((0, None), (1, None)), "the class before it has no upper limit"),
        (fours((0, 0), (1, 120)), "the last class of size_class_4 must have no upper limit"),
        (fours((0, None)), "size_class_4 has no class small"),
        ([SizeClass("size_class_5", "small", 0, None)], "no scheme is called size_class_5"),
        ([SizeClass("small_band", "larger", 0, None)], "class 'larger' is reserved or repeated"),
        ([*fours((0, 0), (1, None)), SizeClass("small_band", "0", 0, 9)], None),
    ],
)
def test_the_classes_of_a_scheme_leave_no_gap_and_do_not_overlap(classes, why):
    said = refusal(classes)
    assert said == why if why is None else why in said


def test_classes_are_read_as_they_were_written():
    classes = (SizeClass("size_class_4", "small", 1, 120, "เล็ก", "Small"), *FOUR)
    assert sizes_from_text(sizes_as_text(classes)) == classes
