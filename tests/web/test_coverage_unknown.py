"""What the page of coverage says where children, distances or zones are not known."""

import numpy as np
import pytest

from gisapp.core.coverage.reckoning.shown_figures import PEOPLE
from gisapp.core.coverage.words import WORDS, said_in_thai
from gisapp.store.published_coverage import UnitFigures
from gisapp.web import create_app
from gisapp.web.coverage.method import population_words, zone_method_word
from gisapp.web.coverage.pockets import far_word
from gisapp.web.coverage.table import below_limit
from gisapp.web.coverage.units import answer, nobodys_word, whole_people_of
from gisapp.web.coverage.unknown import unknown_of
from gisapp.web.coverage.words import out_of_word, people_figure
from tests.web.coverage_office import by_hand


@pytest.fixture
def app(web_office, tmp_path):
    return create_app(by_hand(web_office, tmp_path / "office"))


def units(**columns):
    """Units named a, b, … at one reach, by their columns."""
    cubes = {
        name: np.array(values, dtype=float).reshape(-1, 1, 1) for name, values in columns.items()
    }
    count = len(next(iter(columns.values())))
    return UnitFigures(tuple("abcdef"[:count]), {}, (3.0,), ("own",), cubes)


def asked(figures):
    return answer(figures, "own", 3.0)


def test_between_nobody_and_everybody_is_no_range():
    found = asked(
        units(population=[50, 50, 50], covered_at_least=[0, 0, 5], covered_at_most=[50, 40, 50])
    )
    assert np.isnan(found.at_least).tolist() == [True, False, False]
    assert np.isnan(found.uncovered_most).tolist() == [True, False, False]


def test_children_out_of_reach_lie_between_what_their_bounds_leave():
    found = asked(units(population=[250], covered_at_least=[62.5], covered_at_most=[187.5]))
    # Rounded away from each other: 62.5 to 187.5 are 62 to 188 of 250.
    assert (found.uncovered_least[0], found.uncovered_most[0]) == (62, 188)
    assert people_figure(None, 62.0, 188.0) == "62–188"
    assert people_figure(None, None, None) == "–"


def test_where_the_rate_is_known_both_bounds_are_the_covered_children_that_are_shown():
    people = {"population": [10.5, 9.5], "uncovered_population": [4.2, 1.4]}
    covered = [6.3, 8.1]
    found = whole_people_of(
        units(
            **people, covered_population=covered, covered_at_least=covered, covered_at_most=covered,
            population_male=[5.25, 4.75], population_female=[5.25, 4.75],
        ),
        "own",
        3.0,
    )  # fmt: skip
    assert set(found) == set(PEOPLE)
    for bound in ("covered_at_least", "covered_at_most"):
        assert found[bound].tolist() == found["covered_population"].tolist()
    both = found["population_male"] + found["population_female"]
    assert both.tolist() == found["population"].tolist()


def test_what_is_missing_is_told_apart(app):
    figures = asked(
        units(population=[np.nan, 0, 40, 40], coverage_rate=[np.nan, np.nan, np.nan, 0.5])
    )
    with app.test_request_context("/coverage"):
        told = unknown_of(figures, np.array([True, True, True, False]))
        assert (told.children, told.nobody, told.reach, told.count) == (1, 1, 1, 3)
        assert told.of(4) == "ไม่ทราบระยะ 1 · ไม่ทราบจำนวนเด็ก 1 · ไม่มีเด็กในพื้นที่ 1 จาก 4"
        alone = unknown_of(figures, np.array([True, False, False, False]))
        assert (alone.legend, alone.of(4)) == ("ไม่ทราบจำนวนเด็ก", "ไม่ทราบจำนวนเด็ก 1 จาก 4")
        assert unknown_of(figures, np.zeros(4, dtype=bool)).of(4) == "ไม่ทราบระยะ 0 จาก 4"


def test_units_below_the_limit_are_those_that_surely_are(app):
    # The limit is 50 %: known below, surely below, surely not, and undecided.
    figures = units(
        population=[100] * 4,
        coverage_rate=[0.2, np.nan, np.nan, np.nan],
        covered_at_least=[20, 10, 60, 10],
        covered_at_most=[20, 40, 90, 90],
    )
    with app.test_request_context("/coverage"):
        assert below_limit(figures, "own", 3.0) == (2, 3)
        assert out_of_word(3, 4) == "จาก 3 ที่ทราบ"
        nothing = units(population=[np.nan] * 2, coverage_rate=[np.nan] * 2)
        assert below_limit(nothing, "own", 3.0) == (None, 0)
        assert out_of_word(0, 2) == "จาก 2"


def test_land_is_nobodys_only_where_zones_could_be_made(app):
    with app.test_request_context("/coverage"):
        assert nobodys_word("zone") == "นอกเขตบริการทุกโรงเรียน"
        assert nobodys_word("zone", alone=True) == "ยังสร้างเขตไม่ได้"


def test_where_the_distance_is_unknown_nobody_says_that_there_is_no_pocket(app):
    client = app.test_client()
    told = client.get("/coverage/2568-1.json").json["no_pockets"]["own"]
    # At 1 and 2 km the distance of the middle zone's children is unknown.
    assert told[0] == told[1] == "ยังไม่ทราบ เพราะโรงเรียน 1 แห่งยังไม่มีพิกัด"
    assert told[2] == "ไม่มีกลุ่มเด็กนอกระยะตั้งแต่ 10 คน"


def test_a_pocket_out_of_reach_never_reads_as_within_it():
    assert [far_word(km) for km in (3.0009, 3.1, 22.64)] == ["3.1", "3.1", "22.7"]


def test_the_workbook_says_as_the_page_does_how_zones_were_made_and_children_counted(app):
    with app.test_request_context("/coverage"):
        for method, (thai, _english) in WORDS["zone_method"].items():
            assert zone_method_word(method) == thai
        for method in ("registered+aged:-0.5", "total_by_structure:2021:2017", "sprague+unknown"):
            said = " · ".join(population_words(method))
            assert said_in_thai("population_method", method) == said
