from itertools import pairwise

import pandas as pd
import pytest

from gisapp.core.sizes import SizeClass, classify

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
