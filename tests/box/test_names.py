"""Which of a student's names is meant for which exercise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.box.names import Names, normal, within
from grader.box.program import Wanted

RELU = Wanted("Relu", "class", ("ReLU",))
MUL = Wanted("MulLayer", "class")
ADD = Wanted("AddLayer", "class")
SOFTMAX = Wanted("softmax", "function")
APPLE = Wanted("buy_apple", "function")
KNOWN = (RELU, MUL, ADD, SOFTMAX, APPLE)


def find(wanted: Wanted, *names: str, near: bool = False, kind: str = "") -> str | None:
    return Names(KNOWN).find(wanted, dict.fromkeys(names, kind or wanted.kind), near)


def test_exact_names_and_aliases_come_first() -> None:
    assert find(RELU, "relu_layer", "ReLU", "Relu") == "Relu"
    assert find(RELU, "relu_layer", "ReLU", "RELU") == "ReLU"


@pytest.mark.parametrize("name", ["relu", "RELU", "ReluLayer", "Relu_Layer", "relu_node", "Re_Lu"])
def test_case_underscores_and_suffix_do_not_count(name: str) -> None:
    assert find(RELU, name) == name


@pytest.mark.parametrize("name", ["Mul", "mul_layer", "MulNode"])
def test_the_suffix_may_be_left_out(name: str) -> None:
    assert find(MUL, name) == name


def test_a_suffix_alone_is_a_name() -> None:
    assert (normal("Layer"), normal("Node"), normal("FCLayer")) == ("layer", "node", "fc")


def test_of_several_equal_names_the_last_counts() -> None:
    assert find(RELU, "relu", "RELU") == "RELU"


def test_the_kind_must_fit() -> None:
    assert find(RELU, "Relu", kind="function") is None
    assert find(SOFTMAX, "softmax", kind="class") is None


def test_near_names_only_when_asked() -> None:
    assert find(SOFTMAX, "sofmax") is None
    assert find(SOFTMAX, "sofmax", near=True) == "sofmax"


@pytest.mark.parametrize(
    ("wanted", "name", "found"),
    [
        (SOFTMAX, "sotfmax", True),
        (SOFTMAX, "sofmx", True),
        (SOFTMAX, "sofx", False),
        (RELU, "Rellu", True),
        (RELU, "Relluu", False),
        (APPLE, "buy_aple", True),
        (APPLE, "byapple", True),
    ],
)
def test_how_near_is_near(wanted: Wanted, name: str, found: bool) -> None:
    assert (find(wanted, name, near=True) == name) is found


def test_two_near_names_are_none() -> None:
    assert find(SOFTMAX, "sofmax", "softmx", near=True) is None


def test_what_is_anothers_is_not_taken() -> None:
    near = Wanted("MudLayer", "class")
    names = Names((MUL, near))
    assert names.find(near, {"MulLayer": "class"}, near=True) is None
    assert names.find(near, {"mul_layer": "class"}, near=True) is None
    assert names.find(near, {"MutLayer": "class"}, near=True) == "MutLayer"


def test_anothers_name_is_not_the_same_without_its_suffix() -> None:
    mul = Wanted("Mul", "class")
    assert Names((mul, MUL)).find(mul, {"MulLayer": "class"}) is None
    assert Names((mul,)).find(mul, {"MulLayer": "class"}) == "MulLayer"


def test_another_kinds_name_is_free() -> None:
    names = Names((Wanted("Softmax", "class"), SOFTMAX))
    assert names.find(SOFTMAX, {"Softmax": "function"}) == "Softmax"


def test_endless_names_are_passed_over() -> None:
    assert find(RELU, "re" + "_" * 200 + "lu") is None


def slow(a: str, b: str) -> int:
    if not a or not b:
        return len(a) + len(b)
    return min(slow(a[1:], b) + 1, slow(a, b[1:]) + 1, slow(a[1:], b[1:]) + (a[0] != b[0]))


@given(st.text("ab", max_size=5), st.text("ab", max_size=5), st.integers(0, 3))
def test_within_is_edit_distance(a: str, b: str, limit: int) -> None:
    assert within(a, b, limit) == (slow(a, b) <= limit)
