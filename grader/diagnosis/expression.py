"""Formulas as syntax trees: parsed, looked into, changed in one place, and evaluated over arrays."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, TypeAlias

import numpy as np

from grader.errors import AssignmentError
from grader.model import Array

Tree: TypeAlias = ast.expr
Put: TypeAlias = Callable[[Tree], Tree]
Field: TypeAlias = tuple[str, int]
Function: TypeAlias = Callable[..., Any]


def _softmax(x: Array, axis: int | None = -1) -> Array:
    e = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return np.asarray(e / e.sum(axis=axis, keepdims=True))


def _one_hot(t: Array, classes: int) -> Array:
    return np.eye(int(classes))[t.ravel()] if t.dtype.kind in "iu" else t


FUNCTIONS: Mapping[str, Function] = {
    **{
        "exp": np.exp,
        "tanh": np.tanh,
        "sqrt": np.sqrt,
        "abs": np.abs,
        "sum": np.sum,
        "mean": np.mean,
        "max": np.max,
    },
    # Labels are 0 where they are not 1: code that takes their logarithm keeps it finite.
    "log": lambda x: np.log(np.where(x == 0, 1e-7, x)),
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "relu": lambda x: np.maximum(x, 0),
    "softmax": _softmax,
    "one_hot": _one_hot,
    "ones": lambda x: np.ones_like(x, dtype=np.float64),
    "flip": np.flip,
    "reshape": lambda x, like: np.reshape(x, np.shape(like)),
    "row": lambda x: np.reshape(x, (1, -1)),
    "stack": lambda *parts: np.stack(parts),
    "entry": lambda x, index: x[int(index)],
}
"""What formulas may call."""

_OPERATORS: Mapping[type, Function] = {
    **{ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv},
    **{ast.Pow: operator.pow, ast.MatMult: operator.matmul, ast.USub: operator.neg, ast.Gt: operator.gt},
    **{ast.Lt: operator.lt, ast.GtE: operator.ge, ast.LtE: operator.le, ast.Eq: operator.eq},
}


@cache
def parse(text: str) -> Tree:
    """The tree of a formula. Raises AssignmentError where it is no Python expression."""
    try:
        return ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise AssignmentError(f"the formula {text!r} cannot be read: {error.msg}") from error


def names(tree: Tree) -> frozenset[str]:
    """The variables of a tree, not the functions that it calls."""
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return frozenset(n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and id(n) not in called)


def name(word: str) -> Tree:
    """A variable."""
    return ast.Name(word, ast.Load())


def number(value: float | tuple[int, ...] | None) -> Tree:
    """A constant."""
    # A tuple is a constant as well; the type of ast.Constant does not know it.
    return ast.Constant(value)  # type: ignore[arg-type]


def binary(left: Tree, sign: type[ast.operator], right: Tree) -> Tree:
    """``left sign right``"""
    return ast.BinOp(left, sign(), right)


def call(function: str, *arguments: Tree, **keywords: float | tuple[int, ...] | None) -> Tree:
    """``function(*arguments, **keywords)``"""
    given = [ast.keyword(key, number(value)) for key, value in keywords.items()]
    return ast.Call(name(function), list(arguments), given)


def negative(tree: Tree) -> Tree:
    """``-tree``, and the tree itself of what is negative already."""
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub):
        return tree.operand
    return ast.UnaryOp(ast.USub(), tree)


def transposed(tree: Tree) -> Tree:
    """``tree.T``"""
    return ast.Attribute(tree, "T", ast.Load())


def sites(tree: Tree) -> Iterator[tuple[Tree, Put, tuple[Tree, ...]]]:
    """Every part of a tree, what gives the whole with another in its place, and the parts that it lies in."""
    yield tree, lambda new: new, ()
    for field, child in _children(tree):
        for part, put, above in sites(child):
            yield part, _within(tree, field, put), (tree, *above)


def _within(tree: Tree, field: Field, put: Put) -> Put:
    return lambda new: _with(tree, field, put(new))


def substituted(tree: Tree, word: str, new: Tree) -> Tree:
    """The tree with another in place of a variable, wherever it stands."""
    if isinstance(tree, ast.Name):
        return new if tree.id == word else tree
    for field, child in _children(tree):
        tree = _with(tree, field, substituted(child, word, new))
    return tree


def _children(tree: Tree) -> Iterator[tuple[Field, Tree]]:
    """The operands of a tree; the name of a function is none of them."""
    for field, value in ast.iter_fields(tree):
        if isinstance(value, ast.expr) and not (isinstance(tree, ast.Call) and field == "func"):
            yield (field, -1), value
        elif isinstance(value, list):
            yield from (((field, i), one) for i, one in enumerate(value) if isinstance(one, ast.expr))


def _with(tree: Tree, field: Field, child: Tree) -> Tree:
    key, index = field
    values = dict(ast.iter_fields(tree))
    values[key] = child if index < 0 else [*values[key][:index], child, *values[key][index + 1 :]]
    return type(tree)(**values)


def evaluate(tree: Tree, value_of: Callable[[str], Any], functions: Mapping[str, Function]) -> Any:
    """The value of a tree. Raises AssignmentError for what formulas do not know, and what numpy raises."""

    def at(node: Tree) -> Any:
        match node:
            case ast.Constant(value):
                return value
            case ast.Name(word):
                return value_of(word)
            case ast.BinOp(left, op, right) if type(op) in _OPERATORS:
                return _OPERATORS[type(op)](at(left), at(right))
            case ast.UnaryOp(op, operand) if type(op) in _OPERATORS:
                return _OPERATORS[type(op)](at(operand))
            case ast.Compare(left, [op], [right]) if type(op) in _OPERATORS:
                return np.asarray(_OPERATORS[type(op)](at(left), at(right)), dtype=np.float64)
            case ast.Attribute(value, "T"):
                return at(value).T
            case ast.Tuple(parts):
                return tuple(at(part) for part in parts)
            case ast.Call(ast.Name(word), arguments, keywords) if word in functions:
                given = {keyword.arg or "": at(keyword.value) for keyword in keywords}
                return functions[word](*map(at, arguments), **given)
        raise AssignmentError(f"a formula does not know {ast.unparse(node)}")

    return at(tree)
