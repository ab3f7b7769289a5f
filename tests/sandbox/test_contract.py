"""What every sandbox does alike."""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
import pytest

from grader.box.program import Job, Opaque, Raised, Reply, Step, Unreached, Value
from grader.errors import UnreadableSubmission
from grader.sandbox.base import Deadline, Limits, Sandbox, Setup
from grader.sandbox.inprocess import InProcess
from grader.sandbox.unsafe import Unsafe

from .helpers import SANDBOXES, call, raised, session, source, value


@pytest.fixture(params=[*SANDBOXES, Unsafe, InProcess])
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    made: Callable[[], Sandbox] = request.param
    return made()


def test_it_is_available_under_a_name(sandbox: Sandbox) -> None:
    sandbox.available()
    assert sandbox.name in ("bubblewrap", "landlock", "none", "in-process")


def test_jobs_are_answered_in_order(sandbox: Sandbox) -> None:
    code = "def double(x): return 2 * x\ndef bad(x): return x.nothing\ndef thing(x): return open\n"
    with session(code, "double", "bad", "thing", "other", sandbox=sandbox) as asked:
        loaded = asked.load()
        assert [one.found_as for one in loaded.definitions] == ["double", "bad", "thing", ""]
        jobs = [call(name, np.arange(3.0)) for name in ("double", "bad", "thing", "other")]
        first, second, third, fourth = asked.observe(jobs)
        np.testing.assert_array_equal(value(first), [0, 2, 4])
        error = raised(second)
        assert error.type == "AttributeError"
        assert error.place is not None
        assert (error.place.file, error.place.line) == ("m.py", 2)
        assert value(third) == Opaque("builtin_function_or_method")
        assert raised(fourth).type == "NotDefined"


def test_steps_variants_and_structures(sandbox: Sandbox) -> None:
    code = """
class Layer:
    def __init__(self, w): self.w = w
    def forward(self, x):
        self.params = {"w": self.w, "n": 3}
        return (x @ self.w, None)
"""
    steps = (
        Step("layer", ["call", ["exercise", "Layer"], ["array", 0]], wanted=False),
        Step("forward", ["call", ["attr", ["slot", "layer"], "forward"], ["array", 1]]),
        Step("params", ["attr", ["slot", "layer"], "params"]),
        Step("grads", ["attr", ["slot", "layer"], "grads"]),
        Step("dw", ["item", ["slot", "grads"], "w"]),
    )
    w, x = np.arange(24.0).reshape(2, 3, 4), np.ones((5, 3), dtype=np.float32)
    with session(code, "Layer", sandbox=sandbox) as asked:
        (answer,) = asked.observe([Job(steps, (w, x), 2, frozenset({0}))])
    assert isinstance(answer, Reply)
    outcomes = answer.outcomes
    assert isinstance(outcomes["forward"], Value)
    assert isinstance(outcomes["params"], Value)
    np.testing.assert_array_equal(outcomes["forward"].value[0], x @ w)
    assert outcomes["forward"].value[1] is None
    np.testing.assert_array_equal(outcomes["params"].value["w"], w)
    np.testing.assert_array_equal(outcomes["params"].value["n"], [3, 3])
    assert isinstance(outcomes["grads"], Raised)
    assert outcomes["dw"] == Unreached("grads")


def test_statements_left_aside_run_when_a_name_is_missing(sandbox: Sandbox) -> None:
    code = "print('rest')\nfactor = max(2, 3)\ndef f(x): return x * factor\ndef g(x): return x\n"
    with session(code, "f", "g", sandbox=sandbox) as asked:
        assert asked.load().pending
        assert asked.output == ""
        first, second = asked.observe([call("f", [1.0]), call("g", [1.0])])
        np.testing.assert_array_equal(value(first), [3.0])
        np.testing.assert_array_equal(value(second), [1.0])
        assert asked.output == "rest\n"


def test_a_name_that_stays_missing_is_told(sandbox: Sandbox) -> None:
    code = "factor = max(missing, 3)\ndef f(x): return x * factor\n"
    with session(code, "f", sandbox=sandbox) as asked:
        for _ in range(2):
            assert raised(asked.observe([call("f", [1.0])])[0]).type == "NameError"


def test_what_is_lent_stands_in(sandbox: Sandbox) -> None:
    code = "count = []\ndef softmax(x): return x * 0\ndef loss(x):\n count.append(1)\n return softmax(x) + len(count)\n"
    lent = {"softmax": "def softmax(x):\n    return x * 10\n"}
    with session(code, "softmax", "loss", sandbox=sandbox) as asked:
        for loans, wanted in (({}, 1.0), (lent, 21.0), ({}, 1.0), (lent, 21.0), (lent, 21.0)):
            asked.lend(loans)
            np.testing.assert_array_equal(value(asked.observe([call("loss", [2.0])])[0]), [wanted])


def test_files_beside_are_there(sandbox: Sandbox) -> None:
    code = """
from pathlib import Path
from pack.part import number
def f(): return number + len(Path(__file__).with_name("data.txt").read_text())
"""
    files = {"pack/__init__.py": b"", "pack/part.py": b"number = 5\n", "data.txt": b"four"}
    with session(code, "f", sandbox=sandbox, files=files) as asked:
        assert value(asked.observe([call("f")])[0]) == 9


@pytest.mark.parametrize("imports", [(), ("wave", "xml.dom.minidom")])
def test_libraries_are_there_before_the_submission(sandbox: Sandbox, imports: tuple[str, ...]) -> None:
    code = (
        "import sys\nthere = 'xml.dom.minidom' in sys.modules\ndef f(): return there, 'wave' in globals()\n"
    )
    for name in ("wave", "xml.dom.minidom"):
        sys.modules.pop(name, None)
    with session(code, "f", sandbox=sandbox, imports=imports) as asked:
        assert value(asked.observe([call("f")])[0]) == (bool(imports), False)


def test_output_of_both_streams_is_cut(sandbox: Sandbox) -> None:
    code = "import sys\ndef f():\n    print('é' * 30)\n    print('error', file=sys.stderr)\n"
    with session(code, "f", sandbox=sandbox) as asked:
        asked.observe([call("f")])
        assert asked.output == "é" * 30 + "\nerror\n"
    with session(code, "f", sandbox=sandbox, limits=Limits(output=10)) as asked:
        asked.observe([call("f")])
        assert asked.output.startswith("ééééé")
        assert len(asked.output) <= 10


@pytest.mark.parametrize("name", ["", "/etc/x", "../x", "a/../x", "a//x", "./x", "a/", "nul\0", "x" * 300])
def test_a_name_that_leaves_the_folder_is_refused(sandbox: Sandbox, name: str) -> None:
    with pytest.raises(UnreadableSubmission):
        sandbox.open(Setup({name: b""}, (), ()))


def test_names_that_are_one_are_refused(sandbox: Sandbox) -> None:
    with pytest.raises(UnreadableSubmission):
        sandbox.open(Setup({"a": b"", "a/b": b""}, (), ()))


def test_a_box_can_be_closed_twice(sandbox: Sandbox) -> None:
    box = sandbox.open(Setup({}, (source("x = 1"),), ()))
    box.load(frozenset(), {}, Deadline.within(60))
    box.close()
    box.close()
