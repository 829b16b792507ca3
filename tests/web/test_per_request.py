import pytest
from flask import Flask

from gisapp.web.per_request import once_per_request


@pytest.fixture
def asked():
    return []


@pytest.fixture
def double(asked):
    @once_per_request
    def double(number, *, by=2):
        asked.append(number)
        return number * by

    return double


def test_an_answer_is_made_once_in_a_request_and_anew_in_the_next(double, asked):
    app = Flask("test")
    with app.test_request_context():
        assert [double(2), double(2), double(3), double(2, by=5)] == [4, 4, 6, 10]
        assert asked == [2, 3, 2]
    with app.test_request_context():
        assert double(2) == 4
    assert asked == [2, 3, 2, 2]


def test_two_functions_do_not_share_an_answer(double):
    @once_per_request
    def half(number):
        return number / 2

    with Flask("test").test_request_context():
        assert (double(4), half(4)) == (8, 2)


def test_an_answer_of_none_is_kept_too():
    asked = []

    @once_per_request
    def nothing():
        asked.append(1)

    with Flask("test").test_request_context():
        assert nothing() is nothing() is None
    assert len(asked) == 1
