"""Published code takes some inputs as parameters and reads others as globals; both ways are called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.box.apply import apply


def defined(text: str) -> Callable[..., Any]:
    """The function f of a module that holds this text."""
    module: dict[str, Any] = {"a": "stale"}
    exec(compile(text, "student.py", "exec"), module)
    function: Callable[..., Any] = module["f"]
    return function


INPUTS = {"a": 1, "b": 2, "c": 3}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("def f(a, b, c): return a, b, c", (1, 2, 3)),
        ("def f(c, a, b): return a, b, c", (1, 2, 3)),
        ("def f(b): return a, b, c", (1, 2, 3)),
        ("def f(): return a, b, c", (1, 2, 3)),
        ("def f(x, y, z): return x, y, z", (1, 2, 3)),
        ("def f(a, b, c, verbose=False): return a, b, c, verbose", (1, 2, 3, False)),
        ("f = lambda a, b: (a, b, c)", (1, 2, 3)),
        ("def f(*given): return given", (1, 2, 3)),
        ("def f(first, *rest): return first, *rest", (1, 2, 3)),
        ("def f(b, c, own): return own, b, c", (1, 2, 3)),
        ("def f(own, c): return own, b, c", (1, 2, 3)),
    ],
)
def test_inputs_reach_the_function_as_it_asks_for_them(text: str, result: object) -> None:
    assert apply(defined(text), INPUTS) == result


def test_globals_are_set_anew_for_every_call() -> None:
    function = defined("def f(b): return a")
    assert [apply(function, {"a": value, "b": 0}) for value in (1, 2)] == [1, 2]


def test_an_input_that_is_a_parameter_is_not_set_as_a_global() -> None:
    function = defined("def f(a): return globals()['a']")
    assert apply(function, INPUTS) == "stale"


def test_more_parameters_than_inputs_are_counted() -> None:
    with pytest.raises(TypeError, match="takes 4 arguments, but there are 3: a, b, c"):
        apply(defined("def f(x, y, z, more): return x"), INPUTS)
