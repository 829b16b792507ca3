import pytest

from gisapp.core.coverage.counting.children import METHODS as POPULATION_METHODS
from gisapp.core.coverage.criteria import AFFILIATIONS, REACH_KINDS
from gisapp.core.coverage.words import WORDS, said_in_thai, said_word
from gisapp.core.coverage.zoning.zones import ZONE_METHODS
from gisapp.core.dictionary import LAYERS


def test_every_value_of_a_coded_column_has_a_word():
    assert set(WORDS["zone_method"]) == set(ZONE_METHODS)
    assert set(WORDS["population_method"]) == set(POPULATION_METHODS)
    assert set(WORDS["affiliations"]) == set(AFFILIATIONS)
    assert set(WORDS["reach_kind"]) == set(REACH_KINDS)


def test_every_coded_column_is_a_column_of_a_layer():
    columns = {column.name for layer in LAYERS.values() for column in layer.columns}
    assert set(WORDS) <= columns


@pytest.mark.parametrize(
    ("value", "thai"),
    [
        ("registered", "จำนวนเด็กตามทะเบียน"),
        ("registered+aged:1.5", "จำนวนเด็กตามทะเบียน · ทะเบียนต่างวัน จึงเลื่อนอายุเด็ก 1.5 ปี"),
        ("total_by_structure:2021:2017", "เป็นค่าประมาณ: ประชากรรวมปี 2564 คูณโครงสร้างอายุปี 2560"),
        ("of another version", "of another version"),
        ("aged", "aged"),
        ("registered:9", "registered:9"),
    ],
)
def test_what_stands_behind_colons_is_put_into_the_words(value, thai):
    assert said_in_thai("population_method", value) == thai


def test_a_word_is_said_in_english_too():
    assert said_word("outlook_method", "range_worst:4", english=True) == (
        "the range is as wide as the largest error in 4 past years, "
        "and no narrower than chance alone"
    )
    assert "8 in 10" in said_word("outlook_method", "range_schools", english=True)
    assert "8" not in said_word("outlook_method", "range_worst:3", english=True)
