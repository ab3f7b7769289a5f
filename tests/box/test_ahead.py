"""What is done before there is any submission changes nothing but how long it takes."""

from __future__ import annotations

import linecache
import os
import sys
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.box import ahead, mend
from grader.box.ahead import read_ahead, rehearse
from grader.box.program import Cell, Expr, Loaded, Raised, Source, Value, Wanted
from grader.box.units import parse
from grader.sandbox.base import Limits, Sandbox
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.landlock import Landlock
from grader.sandbox.session import Session
from tests.box.hosting import box, functions
from tests.sandbox.helpers import call, raised, value

HELPER = "import numpy as np\n\n\ndef helper(x):\n    inner = lambda: 1 / len(x)\n    return inner()"
OWN = "def softmax(x):\n    return helper(x)"
MAGIC = "%matplotlib inline\ndef magic(x):\n    %timeit x\n    return x"
HANDOUT = (
    HELPER,
    "class Relu:\n    def forward(self, x):\n        pass\n",
    "def softmax(x):\n    raise NotImplementedError",
    "import colorsys as np\nnp.random = 3",
    "def slope(f, x, h=1e-4):\n    return (f(x + h) - f(x - h)) / (2 * h)",
    "total = helper([1, 2])\nprint(total)",
    "return 3",
    "def g(:",
    MAGIC,
    "def f():\n\tif 1:\n        return 2",
)
SUBMISSIONS = [
    [HELPER, OWN],
    [OWN, "x = 1", HELPER],
    ["from __future__ import annotations", HELPER, "def softmax(x: unknown): return helper(x)"],
    [HELPER, HELPER, OWN, HELPER],
    list(HANDOUT),
    [*HANDOUT, OWN],
    [HANDOUT[1], HELPER, "class Relu(Relu): pass", "def softmax(x): return slope(helper, x)", HANDOUT[4]],
    [HELPER + "\n", OWN],
    [MAGIC, OWN],
    HELPER,
    MAGIC,
]


def all_told(cells: str | list[str], lent: dict[str, str]) -> tuple[Loaded, str]:
    asked: list[Expr] = [["call", ["part", "softmax"], ["array", 0]], ["call", ["exercise", "Relu"]]]
    with box(cells, lent=lent) as it:
        return it.load(), repr([it.outcome(expr, np.zeros(0)) for expr in asked])


@pytest.mark.parametrize("lent", [{}, {"softmax": "def softmax(x):\n    return x"}])
@pytest.mark.parametrize("cells", SUBMISSIONS)
def test_all_is_told_as_without(
    cells: str | list[str], lent: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = all_told(cells, lent)
    monkeypatch.setattr(mend, "_kept", {})
    read_ahead(HANDOUT)
    assert all_told(cells, lent) == before
    assert all_told(cells, lent) == before


def test_what_was_read_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mend, "_kept", {})
    read_ahead(HANDOUT)
    (unit,), _ = parse("/sub", (Source("a.ipynb", (Cell(OWN, 1), Cell(HELPER, 2)), notebook=True),))
    known = mend.read(HELPER, notebook=True).pieces
    assert [statement.piece in known for statement in unit.statements] == [False, True, True]
    assert not any(mend.read(text, notebook=True).mends for text in mend._kept)
    assert len(mend._kept) == len(HANDOUT) - 2


@pytest.mark.parametrize("make", [Bubblewrap, Landlock])
def test_a_box_knows_the_handout_and_names_the_students_file(make: Callable[[], Sandbox]) -> None:
    sandbox = make()
    cells = (Cell("'prose'", 1), Cell(HELPER, 4), Cell(OWN, 5))
    with Session(
        sandbox,
        {"mine.ipynb": b""},
        (Source("mine.ipynb", cells, notebook=True),),
        (*functions("softmax"), Wanted("helper", "function")),
        Limits(),
        handout=HANDOUT,
    ) as session:
        places = [one.places[""] for one in session.load().definitions]
        fails, works = session.observe([call("softmax", np.zeros(0)), call("softmax", np.zeros(4))])
    sandbox.close()
    assert [(place.file, place.cell, place.line) for place in places] == [
        ("mine.ipynb", 5, 1),
        ("mine.ipynb", 4, 4),
    ]
    where = raised(fails).place
    assert where is not None
    assert (where.file, where.cell, where.line) == ("mine.ipynb", 4, 5)
    assert value(works) == 0.25


def test_of_a_rehearsal_nothing_is_left() -> None:
    def surroundings() -> list[object]:
        return [
            dict(sys.modules),
            list(sys.path),
            list(sys.meta_path),
            dict(linecache.cache),
            warnings.filters[:],
            np.geterr(),
            os.getcwd(),
            os.listdir("/proc/self/fd"),
        ]

    rehearse()
    before = surroundings()
    rehearse()
    assert surroundings() == before


def test_a_rehearsal_is_of_code_that_works(capfd: pytest.CaptureFixture[str]) -> None:
    with box([ahead._TEXT], ahead._WANTED) as it:
        assert it.load().failures == ()
        outcomes = [list(it.host.run(job).outcomes.values()) for job in ahead._JOBS]
        assert [type(one) for found in outcomes for one in found] == [Value, Value, Value, Value, Raised]
    rehearse()
    assert capfd.readouterr() == ("", "")


KNOWN = """
def known():
    import sys
    frame = sys._getframe()
    while frame.f_globals["__name__"] != "grader_box.host":
        frame = frame.f_back
    parse = frame.f_globals["Loader"].__init__.__globals__["parse"].__wrapped__
    return len(parse.__globals__["read"].__globals__["_kept"])
"""


@pytest.mark.parametrize("make", [Bubblewrap, Landlock])
def test_one_warm_process_serves_whoever_has_a_handout_and_whoever_has_none(make: Callable[[], Any]) -> None:
    sandbox = make()
    source = Source("a.py", (Cell(KNOWN),))
    found = []
    for handout in ((), HANDOUT, HANDOUT, (HELPER,)):
        wanted = functions("known")
        with Session(sandbox, {"a.py": b""}, (source,), wanted, Limits(), handout=handout) as session:
            found += [int(value(one)) for one in session.observe([call("known")])]
    assert len(sandbox._zygotes._warm) == 1
    sandbox.close()
    assert found == [0, *[len(HANDOUT) - 2] * 3]
