"""The interpreter of jobs, on objects that need no loading."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.box.calls import run_job
from grader.box.program import Job, Opaque, Outcome, Raised, Step, Unreached, Value


class Objects:
    """Hooks over a dict of objects."""

    def __init__(self, **objects: object) -> None:
        self.objects = objects
        self.stubs: list[object] = []

    def resolve(self, name: str) -> object:
        if name not in self.objects:
            raise LookupError(f"{name} is not defined")
        return self.objects[name]

    def part(self, name: str) -> object:
        return self.resolve(name)

    def is_stub(self, function: object) -> bool:
        return any(function is stub for stub in self.stubs)

    def explain(self, error: BaseException) -> Raised:
        return Raised(type(error).__name__, str(error))


def run(*steps: Step, hooks: Objects | None = None, **job: Any) -> dict[str, Outcome]:
    return dict(run_job(Job(steps, **job), hooks or Objects()).outcomes)


def the_value(outcome: Outcome) -> Any:
    assert isinstance(outcome, Value), outcome
    return outcome.value


def calls(name: str, *args: Any) -> list[Any]:
    return ["call", ["exercise", name], *args]


class Layer:
    def __init__(self, w: Any) -> None:
        self.w = w

    def forward(self, x: Any) -> Any:
        self.x = x
        return x @ self.w

    def backward(self, dout: Any) -> Any:
        self.dw = self.x.T @ dout
        return dout @ self.w.T


def test_a_layer_goes_forward_and_backward() -> None:
    x, w, dout = np.arange(6.0).reshape(2, 3), np.ones((3, 4)), np.full((2, 4), 2.0)
    found = run(
        Step("layer", calls("Layer", ["array", 1]), wanted=False),
        Step("forward", ["call", ["attr", ["slot", "layer"], "forward"], ["array", 0]]),
        Step("backward", ["call", ["attr", ["slot", "layer"], "backward"], ["array", 2]]),
        Step("dW", ["attr", ["slot", "layer"], "dW", "dw"]),
        hooks=Objects(Layer=Layer),
        arrays=(x, w, dout),
    )
    assert list(found) == ["forward", "backward", "dW"]
    np.testing.assert_array_equal(the_value(found["forward"]), x @ w)
    np.testing.assert_array_equal(the_value(found["backward"]), dout @ w.T)
    np.testing.assert_array_equal(the_value(found["dW"]), x.T @ dout)


def test_every_expression() -> None:
    class Holder:
        thing = 1

    noted: list[type] = []

    def note(*args: Any) -> None:
        noted.extend(map(type, args))

    found = run(
        Step("holder", calls("Holder"), wanted=False),
        Step("set", ["set", ["slot", "holder"], ["thing"], ["scalar", 0]]),
        Step("got", ["attr", ["slot", "holder"], "thing"]),
        Step("list", ["list", ["scalar", 1], ["value", "text"]], wanted=False),
        Step("put", ["put", ["slot", "list"], 0, ["value", 7]]),
        Step("item", ["item", ["slot", "list"], 0]),
        Step("corner", ["item", ["array", 2], [1, 0]]),
        Step("note", calls("note", ["scalar", 0], ["scalar", 1], ["scalar", 3], ["slot", "list"])),
        hooks=Objects(Holder=Holder, note=note),
        arrays=(np.array(2.5), np.array(3), np.array([[1, 2], [3, 4]]), np.array(True)),
    )
    assert the_value(found["set"]) is None
    assert the_value(found["got"]) == 2.5
    assert the_value(found["item"]) == 7
    assert the_value(found["corner"]) == 3
    assert noted == [float, int, bool, list]


def test_every_array_is_a_fresh_writable_copy() -> None:
    original = np.zeros(3)
    original.setflags(write=False)

    def spoil(x: Any) -> Any:
        x += 1
        return x

    step = calls("spoil", ["array", 0])
    found = run(Step("a", step), Step("b", step), hooks=Objects(spoil=spoil), arrays=(original,))
    np.testing.assert_array_equal(the_value(found["a"]), 1)
    np.testing.assert_array_equal(the_value(found["b"]), 1)
    np.testing.assert_array_equal(original, 0)


def test_a_value_is_copied_before_the_next_step_changes_it() -> None:
    kept = np.zeros(2)

    def get() -> Any:
        return kept

    def change() -> None:
        kept[:] = 9

    found = run(
        Step("before", calls("get")),
        Step("change", calls("change")),
        Step("again", ["slot", "before"]),
        hooks=Objects(get=get, change=change),
    )
    np.testing.assert_array_equal(the_value(found["before"]), 0)
    np.testing.assert_array_equal(the_value(found["again"]), 9)


def fails() -> None:
    raise ZeroDivisionError("no")


def test_a_failed_call_ends_the_job() -> None:
    found = run(
        Step("bad", calls("fails")), Step("later", ["value", 1]), hooks=Objects(fails=fails), arrays=()
    )
    assert found == {"bad": Raised("ZeroDivisionError", "no"), "later": Unreached("bad")}


def test_another_failed_step_spoils_only_what_refers_to_it() -> None:
    found = run(
        Step("bad", ["attr", ["value", 1], "nothing"]),
        Step("after", ["item", ["slot", "bad"], 0]),
        Step("after that", ["slot", "after"]),
        Step("apart", ["value", 1]),
    )
    assert isinstance(found["bad"], Raised)
    assert found["bad"].type == "AttributeError"
    assert found["after"] == found["after that"] == Unreached("bad")
    assert the_value(found["apart"]) == 1


def test_why_an_unwanted_step_failed_is_told() -> None:
    found = run(
        Step("made", calls("fails"), wanted=False),
        Step("used", ["slot", "made"]),
        hooks=Objects(fails=fails),
    )
    assert found == {"made": Raised("ZeroDivisionError", "no"), "used": Unreached("made")}


def test_what_is_not_defined_or_not_written() -> None:
    hooks = Objects(fails=fails)
    hooks.stubs.append(fails)
    assert run(Step("a", calls("other")), hooks=hooks) == {"a": Raised("NotDefined", "other is not defined")}
    found = run(Step("a", calls("fails")), hooks=hooks)["a"]
    assert isinstance(found, Raised)
    assert found.stub
    assert found.type == "NotImplementedError"


@pytest.mark.parametrize("error", [SystemExit(0), GeneratorExit(), RecursionError(), MemoryError()])
def test_any_exception_is_an_outcome(error: BaseException) -> None:
    def leave() -> None:
        raise error

    assert run(Step("a", calls("leave")), hooks=Objects(leave=leave)) == {
        "a": Raised(type(error).__name__, str(error))
    }


def test_an_interruption_from_the_keyboard_is_the_users() -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(Step("a", calls("interrupted")), hooks=Objects(interrupted=interrupted))


def test_attributes_and_items_run_code_that_may_raise() -> None:
    class Hostile:
        @property
        def w(self) -> None:
            raise OSError("w")

        def __getitem__(self, key: Any) -> None:
            raise OSError("item")

    hooks = Objects(it=Hostile())
    for expr in (["attr", ["exercise", "it"], "w"], ["item", ["exercise", "it"], 0]):
        outcome = run(Step("a", expr), hooks=hooks)["a"]
        assert isinstance(outcome, Raised)
        assert outcome.type == "OSError"


def test_warnings_are_neither_noise_nor_errors() -> None:
    def overflow() -> Any:
        warnings.warn("mine", stacklevel=1)
        return np.log(np.zeros(1)) + np.exp(np.array([1e9]))

    with np.errstate(all="raise"):
        found = run(Step("a", calls("overflow")), hooks=Objects(overflow=overflow))
    assert np.isnan(the_value(found["a"])[0])


@pytest.mark.parametrize("expr", [["what"], [], ["call"], ["attr", ["value", 1]], ["slot", "later"]])
def test_a_job_that_makes_no_sense_is_our_mistake(expr: list[Any]) -> None:
    with pytest.raises(ValueError, match=r"no such expression|no step"):
        run(Step("a", expr))


def variants(function: Callable[[Any], Any], values: Any) -> Outcome:
    stacked = np.asarray(values)
    return run(
        Step("a", calls("f", ["array", 0])),
        hooks=Objects(f=function),
        arrays=(stacked,),
        variants=len(stacked),
        stacked=frozenset({0}),
    )["a"]


def test_variants_are_stacked() -> None:
    points = np.arange(12.0).reshape(4, 3)
    np.testing.assert_array_equal(the_value(variants(lambda x: x * 2, points)), points * 2)
    first, second = the_value(variants(lambda x: (x, {"s": x.sum()}), points))
    np.testing.assert_array_equal(first, points)
    np.testing.assert_array_equal(second["s"], points.sum(axis=1))
    assert the_value(variants(lambda _: None, points)) is None
    assert the_value(variants(lambda _: object(), points)) == Opaque("object")


def test_scalars_of_variants_are_python_numbers() -> None:
    seen: list[type] = []
    run(
        Step("a", calls("f", ["scalar", 0], ["scalar", 1])),
        hooks=Objects(f=lambda *args: seen.extend(map(type, args))),
        arrays=(np.arange(2.0), np.array(1)),
        variants=2,
        stacked=frozenset({0}),
    )
    assert seen == [float, int, float, int]


def test_each_variant_has_slots_of_its_own() -> None:
    def add(items: list[Any], x: Any) -> int:
        items.append(x)
        return len(items)

    found = run(
        Step("items", ["list"], wanted=False),
        Step("count", calls("add", ["slot", "items"], ["array", 0])),
        hooks=Objects(add=add),
        arrays=(np.arange(3.0),),
        variants=3,
        stacked=frozenset({0}),
    )
    np.testing.assert_array_equal(the_value(found["count"]), 1)


def test_number_types_may_differ_between_variants() -> None:
    outcome = variants(lambda x: float(x) if x > 0 else 0, [-1.0, 2.5])
    np.testing.assert_array_equal(the_value(outcome), [0.0, 2.5])


@pytest.mark.parametrize(
    "function",
    [
        lambda x: np.zeros(2 if x > 0 else 3),
        lambda x: (x, x) if x > 0 else (x,),
        lambda x: x if x > 0 else None,
        lambda x: {"a": x} if x > 0 else {"b": x},
    ],
)
def test_a_shape_that_changes_is_an_outcome(function: Callable[[Any], Any]) -> None:
    outcome = variants(function, [-1.0, 2.5])
    assert isinstance(outcome, Raised)
    assert outcome.type == "ShapeChanged"


def test_the_first_failure_of_all_variants_is_the_outcome() -> None:
    def positive(x: float) -> float:
        if x < 0:
            raise ValueError(str(x))
        return x

    assert variants(positive, [1.0, -2.0, -3.0]) == Raised("ValueError", "-2.0")


def test_programs_over_several_exercises_and_their_arithmetic() -> None:
    hooks = Objects(double=lambda x: 2 * x, fussy=lambda x, y: x + y)
    found = run(
        Step("part", ["call", ["part", "double"], ["scalar", 0]]),
        Step("sizes", ["sizes", 1]),
        Step("tuple", ["tuple", 1, 3]),
        Step("descend", ["descend", ["scalar", 0], ["value", 2.0], ["value", 0.25]]),
        Step("change", ["change", ["scalar", 0], ["value", 1.0], ["value", 0.5]]),
        Step(
            "either",
            [
                "either",
                ["call", ["part", "fussy"], ["scalar", 0]],
                ["call", ["part", "double"], ["value", 4]],
            ],
        ),
        hooks=hooks,
        arrays=(np.array(3.0), np.array([2, 5])),
    )
    assert [float(the_value(found[name])) for name in ("part", "descend", "change", "either")] == [
        6,
        2.5,
        4,
        8,
    ]
    assert [int(one) for one in the_value(found["sizes"])] == [2, 5]
    assert [int(one) for one in the_value(found["tuple"])] == [1, 3]


def test_either_does_not_hide_other_errors() -> None:
    found = run(
        Step("either", ["either", ["call", ["exercise", "broken"]], ["value", 1]]),
        hooks=Objects(broken=lambda: 1 / 0),
    )
    assert isinstance(found["either"], Raised)
    assert found["either"].type == "ZeroDivisionError"
