"""What is asked many times while one page is made, and answered once."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import g

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def once_per_request(ask: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Keep the answer of a function for the rest of the request; its arguments can be hashed."""

    @functools.wraps(ask)
    def kept(*args: Asked.args, **named: Asked.kwargs) -> Answer:
        answers: dict[object, Answer] = g.setdefault("answers", {})
        question = (ask, args, tuple(named.items()))
        if question not in answers:
            answers[question] = ask(*args, **named)
        return answers[question]

    return kept
