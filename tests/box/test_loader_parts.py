"""The parts that loading is made of: what statements bind and read, and modules that stand in for others."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from grader.box.names import Names
from grader.box.program import Wanted
from grader.box.standins import Anything, Progress, nothing, progress_range, stand_in
from grader.box.statements import anywhere_bound, bound, definitions, is_still, is_untouched, loads
from grader.box.survey import Survey
from grader.box.units import module_parts, parse
from tests.box.hosting import source


def first(text: str) -> ast.stmt:
    return ast.parse(text).body[0]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a = b.c = d[0], (e, *f) = 1", "a e f"),
        ("import a.b, c.d as e", "a e"),
        ("from a import b as c, d", "c d"),
        ("from a import *", ""),
        ("def a(b=1): c = 2", "a"),
        ("class A:\n    b = 1", "A"),
        ("for a, b in c: d = 1", "a b d"),
        ("with a as b: pass", "b"),
        ("try: pass\nexcept E as a: b = 1", "a b"),
        ("x = [a for a in b]", "x"),
        ("f = lambda a: 1", "f"),
        ("match a:\n    case [b, *c]: pass\n    case {'k': d, **e}: f = 1", "b c d e f"),
        ("if a: import b", "b"),
        ("print(a := 1)", "a"),
    ],
)
def test_what_a_statement_binds(text: str, names: str) -> None:
    assert set(bound(first(text))) == set(names.split())


def test_the_last_binding_node_of_a_statement() -> None:
    binder = bound(first("if a:\n    import b\nelse:\n    def b(): pass"))["b"]
    assert isinstance(binder, ast.FunctionDef)


def test_what_is_bound_anywhere() -> None:
    statements = ast.parse("def f():\n    global g\n    class H: pass\nx = 1\n").body
    assert anywhere_bound(statements) == ({"f": "function", "H": "class", "g": "", "x": ""}, False)


@pytest.mark.parametrize("text", ["exec('x')", "globals()['x'] = 1", "from a import *", "setattr(a, 'b', 1)"])
def test_what_could_bind_any_name(text: str) -> None:
    assert anywhere_bound([first(text)])[1]


def test_what_a_statement_reads() -> None:
    assert loads(first("x = a + (lambda b=c: d)")) == {"a", "c"}
    assert loads(first("def f(x=a): return b")) == {"a"}


@pytest.mark.parametrize(
    ("text", "early"),
    [
        ("a = f()\nb = a\nc = b\nd = 1", [False, False, False, True]),
        ("a = f()\na = 1\nb = a", [False, True, True]),
        ("a = {}\na['x'] = f()\nb = a", [True, False, False]),
        ("a = {}\na.x.y(1)\nb = a", [True, False, False]),
        ("import a\na.b()\nc = a.d", [True, False, True]),
        ("a = f()\ndef g(): return a\nclass B:\n    def h(self): return a", [False, True, True]),
        ("a = f()\nif a:\n    b = 1", [False, False]),
        ("del a\nb = a", [False, True]),
        ("a = 1\ndel a[0]\nb = a", [True, False, False]),
        ("raise E", [False]),
        (
            "import a.b as c\nc.set_x(c.d, y=1)\nc.d.set_x(1)\nc.set_x(c.d())\nc.settle(1)",
            [True] * 3 + [False] * 2,
        ),
        ("import a\na = f()\na.set_x(1)\nset_x(1)\na().set_x(1)\nb.set_x(1)", [True] + [False] * 5),
        ("import a\nx = f()\na.set_x(x)", [True, False, False]),
    ],
)
def test_what_waits_for_what(text: str, early: list[bool]) -> None:
    body = ast.parse(text).body
    assert definitions(body, [bound(node) for node in body]) == early


@pytest.mark.parametrize(
    ("text", "still"),
    [
        ("def f(x, *y, z=1, **w): return g()", True),
        ("def f(x: int = 1, y: 'str' = None) -> float: pass", True),
        ("async def f(): pass", True),
        ("class A:\n    'text'\n    def f(self): g()\n    class B: pass", True),
        ("'text'", True),
        ("pass", True),
        ("import a", False),
        ("from a import b", False),
        ("x = 1", False),
        ("f()", False),
        ("@g\ndef f(): pass", False),
        ("def f(x=g()): pass", False),
        ("def f(*, x=g()): pass", False),
        ("def f(x: g()): pass", False),
        ("def f(*x: g()): pass", False),
        ("def f(**x: g()): pass", False),
        ("def f(x: list[g]): pass", False),
        ("def f() -> g(): pass", False),
        ("def f() -> g.h: pass", False),
        ("@g\nclass A: pass", False),
        ("class A(B): pass", False),
        ("class A(metaclass=B): pass", False),
        ("class A: x = g()", False),
        ("class A:\n    def f(self, x=g()): pass", False),
        ("class A:\n    class B(C): pass", False),
    ],
)
def test_whether_nothing_else_runs_with_a_statement(text: str, still: bool) -> None:
    (statement,) = ast.parse(text).body
    assert is_still(statement) is still


@pytest.mark.parametrize(
    ("text", "untouched"),
    [
        ("def f(): pass", True),
        ("def f(): return 1", False),
        ("class A:\n    def __init__(self): self.x = 1\n    def f(self): ...", True),
        ("class A:\n    def f(self): ...\n    def g(self): return 1", False),
        ("class A:\n    def __init__(self): pass", False),
        ("f = 1", False),
    ],
)
def test_what_is_still_the_starters(text: str, untouched: bool) -> None:
    assert is_untouched(first(text)) is untouched


@pytest.mark.parametrize(
    ("path", "parts", "package"),
    [
        ("a.py", ("a",), False),
        ("a/b.py", ("a", "b"), False),
        ("a/__init__.py", ("a",), True),
        ("__init__.py", ("__init__",), False),
        ("layers (2).py", ("layers",), False),
        ("layers.v2.py", ("layers_v2",), False),
        ("noext", ("noext",), False),
    ],
)
def test_the_module_that_a_path_is(path: str, parts: tuple[str, ...], package: bool) -> None:
    assert module_parts(path) == (parts, package)


def test_only_what_may_help_is_run_late() -> None:
    wanted = (Wanted("softmax", "function"),)
    survey = Survey(wanted, Names(wanted))

    def may(text: str, sure: bool) -> bool:
        [unit], _ = parse("/sub", (source("a.py", text),))
        return survey.may_bind(unit.statements, wanted, sure)

    assert may("for i in range(3): print(i)", sure=False) is False
    assert may("softmax = f()", sure=True)
    assert may("def g():\n    global softmax\n    softmax = 1", sure=True)
    assert not may("with a:\n    def sofmax(): pass", sure=True)
    assert may("with a:\n    def sofmax(): pass", sure=False)
    assert not may("softmx = f()", sure=False)
    assert may("exec(a)", sure=False)
    assert not may("exec(a)", sure=True)


def test_a_stand_in_takes_everything() -> None:
    plt: Any = stand_in("matplotlib.pyplot")
    assert plt.__version__ == "0"
    figure, (a, b) = plt.subplots(1, 2)
    (line,) = a.plot([1])
    b[0, 1] = figure[2]
    with plt.style.context("x") as style:
        assert isinstance(style.sub.sub(), Anything)
    assert all(isinstance(one, Anything) for one in (a, b, line, nothing(1, a=2)))
    assert list(figure) == []
    assert len(figure) == 0
    assert figure
    assert plt.decorator(test_a_stand_in_takes_everything) is test_a_stand_in_takes_everything

    class Derived(plt.Artist):  # type: ignore[misc]
        x = 1

    assert Derived().x == 1


@pytest.mark.parametrize("name", ["__file__", "__wrapped__", "__array__"])
def test_a_stand_in_pretends_no_special_names(name: str) -> None:
    assert not hasattr(stand_in("matplotlib"), name)
    assert not hasattr(nothing(), name)


def test_a_stand_in_is_no_array_of_numbers() -> None:
    assert np.asarray(nothing(), dtype=object).dtype == object


def test_progress_bars_iterate() -> None:
    def endless() -> Iterator[int]:
        yield 1

    bar = Progress([1, 2], desc="x")
    bar.set_description("x")
    assert (list(bar), len(bar)) == ([1, 2], 2)
    assert (list(Progress(endless())), len(Progress(endless()))) == ([1], 0)
    assert list(progress_range(1, 4, desc="x")) == [1, 2, 3]
    assert stand_in("tqdm.auto").tqdm is Progress
