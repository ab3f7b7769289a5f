"""Formulas mean what they mean in Python, and are changed only where they are meant to be."""

from __future__ import annotations

import ast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.diagnosis import expression as ex
from grader.diagnosis.expression import FUNCTIONS, Tree
from grader.diagnosis.hypotheses import FAILURES
from grader.errors import AssignmentError

VALUES = {
    "a": np.array([0.3, -1.2, 0.7]),
    "b": np.array([-0.4, 0.9, 1.1]),
    "m": np.array([[0.2, 0.5, -0.8], [1.3, -0.6, 0.1], [-0.3, 0.4, 0.9]]),
    "n": 3,
}
WORDS = st.sampled_from(sorted(VALUES))


def written(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Formulas one step larger."""
    signs, comparisons = st.sampled_from(["+", "-", "*"]), st.sampled_from(["<", ">", "<=", ">=", "=="])
    functions = st.sampled_from(["tanh", "abs", "sigmoid", "relu", "ones", "sum", "mean", "max"])
    return st.one_of(
        st.builds("({} {} {})".format, inner, signs, inner),
        # Formulas have numbers for what is true or false, with which Python does not reckon in all ways.
        st.builds("(({} {} {}) * 1.0)".format, inner, comparisons, inner),
        st.builds("({} / 4.0)".format, inner),
        st.builds("(-{})".format, inner),
        st.builds("({} ** 2)".format, inner),
        st.builds("{}({})".format, functions, inner),
        st.builds("(m @ {})".format, st.sampled_from(["a", "b", "m", "m.T"])),
        st.builds("sum({} * m, 0)".format, inner),
    )


FORMULAS = st.recursive(WORDS | st.sampled_from(["1", "0.5"]), written, max_leaves=8)


def value(tree: Tree) -> object:
    with np.errstate(all="ignore"):
        return ex.evaluate(tree, VALUES.__getitem__, FUNCTIONS)


def same(one: object, other: object) -> bool:
    first, second = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    return first.shape == second.shape and np.array_equal(first, second, equal_nan=True)


@given(FORMULAS)
def test_a_formula_has_the_value_that_python_gives(text: str) -> None:
    with np.errstate(all="ignore"):
        wanted = eval(text, {"__builtins__": {}}, {**FUNCTIONS, **VALUES})
    assert same(value(ex.parse(text)), wanted)


@given(FORMULAS)
def test_putting_a_part_back_gives_the_same_tree(text: str) -> None:
    tree = ex.parse(text)
    for part, put, above in ex.sites(tree):
        assert ast.dump(put(part)) == ast.dump(tree)
        assert all(ast.dump(part) in ast.dump(whole) for whole in above)


@given(FORMULAS)
def test_putting_something_else_changes_that_place_and_leaves_the_tree_alone(text: str) -> None:
    tree = ex.parse(text)
    before = ast.dump(tree)
    for _part, put, _above in ex.sites(tree):
        assert "elsewhere" in ex.names(put(ex.name("elsewhere")))
    assert ast.dump(tree) == before
    parts = [part for part, _put, _above in ex.sites(tree)]
    assert {part.id for part in parts if isinstance(part, ast.Name)} == ex.names(tree)


@given(FORMULAS, WORDS, FORMULAS)
def test_a_substituted_name_has_the_value_of_what_stands_for_it(text: str, word: str, other: str) -> None:
    tree, new = ex.parse(text), ex.parse(other)
    changed = ex.substituted(tree, word, new)
    assert word not in ex.names(changed) or word in ex.names(new)
    inner = value(new)
    try:
        wanted = ex.evaluate(tree, lambda one: inner if one == word else VALUES[one], FUNCTIONS)
    except FAILURES:
        return
    assert same(value(changed), wanted)


@given(FORMULAS)
def test_twice_negative_is_the_tree_itself(text: str) -> None:
    tree = ex.parse(text)
    assert same(value(ex.negative(ex.negative(tree))), value(tree))


@pytest.mark.parametrize(
    "text",
    [
        *("a[0]", "a.shape", "a.__class__", "unknown(a)", "a.sum()", "(lambda: a)()", "lambda: a", "[a, b]"),
        *("a if b else m", "a and b", "not n", "~n", "n // 2", "n % 2", "a < b < a", "{'a': a}", "f'{a}'"),
        *("(n := 2)", "[x for x in a]", "a != b", "n is n", "n << 2", "sum(*a)", "exp"),
    ],
)
def test_what_formulas_do_not_know_is_an_error_of_the_author(text: str) -> None:
    with pytest.raises((AssignmentError, KeyError)) as caught:
        value(ex.parse(text))
    assert caught.type is AssignmentError or text == "exp"


@pytest.mark.parametrize("text", ["", "a +", "a = b", "sum(a", "a b", "：", "import os"])
def test_what_is_no_formula_is_an_error_of_the_author(text: str) -> None:
    with pytest.raises(AssignmentError, match="cannot be read"):
        ex.parse(text)
